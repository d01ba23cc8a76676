"""What makes a raw feed readable in a browser: a style sheet, and a few words on what it is.

Browsers drop XSLT, so nothing is transformed: CSS shows the feed's own elements, and one `div` of XHTML
says what to do with them. Feeds stay valid: Atom allows elements of other vocabularies (RFC 4287, 6.4), RSS
those with a namespace, and the W3C's validator passes over this one in a feed and in a channel.
"""

from __future__ import annotations

import re
from html import escape

from generator.feeds.formats import Head

DECLARATION = re.compile(rb"<\?xml [^>]*\?>\n?")
START = re.compile(rb"<(?:channel|feed)\b[^>]*>")


def readable(xml: bytes, head: Head) -> bytes:
    """Add the style sheet and the words to a feed in RSS or Atom; to a reader it stays the same."""
    instruction = f'<?xml-stylesheet type="text/css" href="{escape(head.sheet)}"?>\n'.encode()
    declared = DECLARATION.match(xml)
    root = START.search(xml)
    above = declared.end() if declared else 0
    below = root.end() if root else len(xml)
    return b"".join((xml[:above], instruction, xml[above:below], _words(head).encode(), xml[below:]))


def _words(head: Head) -> str:
    """Say what this is: of an archive, too, the feed's address is the one to follow."""
    what = "This is a month of a feed." if head.current else "This is a feed."
    return (
        '\n<div xmlns="http://www.w3.org/1999/xhtml" lang="en">'
        # Without it a telephone shows the page as wide as a desk's.
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<p><strong>{what}</strong> A feed reader looks at its address for you; copy it into yours:</p>"
        f"<p><code>{escape(head.current or head.self)}</code></p>"
        f'<p><a href="{escape(head.subscribe)}">What a feed is, and readers to choose from</a> '
        f'<a href="{escape(head.page)}">The same as a page</a></p></div>'
    )
