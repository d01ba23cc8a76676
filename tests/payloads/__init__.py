"""What an attacker would write: lists of it, and the forms of Markdown and HTML that it can stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ESCAPE = re.compile(r"\\(\\|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")

EVENTS = """
abort activate afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy
beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur bounce cancel
canplay canplaythrough change click close command contentvisibilityautostatechange contextmenu copy cuechange cut
dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop durationchange emptied end ended error
filterchange finish focus focusin focusout formdata fullscreenchange gotpointercapture hashchange help input
invalid keydown keypress keyup languagechange load loadeddata loadedmetadata loadend loadstart lostpointercapture
message mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide
pageshow paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout
pointerover pointerrawupdate pointerup popstate progress propertychange ratechange readystatechange repeat reset
resize scroll scrollend scrollsnapchange search securitypolicyviolation seeked seeking select selectionchange
selectstart show slotchange stalled start storage submit suspend timeupdate toggle touchcancel touchend touchmove
touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection unload volumechange
waiting webkitanimationend webkitfullscreenchange wheel zoom x
""".split()

# How an address can be written in a text; `{}` is the address.
LINKS = (
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "y")',
    "![x]({})",
    "![x](<{}> 'y')",
    "[x][y]\n\n[y]: {}",
    '![x][y]\n\n[y]: <{}>\n    "z"',
    "<{}>",
    '<a href="{}">x</a>',
    "<a href='{}'>x</a>",
    "<a href={}>x</a>",
    '<img src="{}" alt="x">',
    '<q cite="{}">x</q> <blockquote cite="{}">y</blockquote>',
    '<form action="{}"><button formaction="{}">x</button></form>',
    '<iframe src="{}"></iframe><object data="{}"></object><embed src="{}">',
    '<svg><a href="{}" xlink:href="{}"><text>x</text></a></svg>',
    '<img srcset="{} 1x" alt="x"><video poster="{}"></video><table background="{}"></table>',
    '<meta http-equiv="refresh" content="0;url={}"><base href="{}"><link rel=stylesheet href="{}">',
)

# Where in a text a payload can stand; `{}` is the payload on one line.
PLACES = (
    "{}",
    "Words before {} and behind.",
    "# {}",
    "{}\n===",
    "- {}\n- two",
    "1. {}\n\n    {}",
    "> {}",
    "> - > {}",
    "| {} | b |\n|---|---|\n| {} | d |",
    "Note[^1].\n\n[^1]: {}",
    "Note[^1].\n\n[^1]: x\n\n    {}",
    "Term {}\n: {}",
    "[{}](https://example.org/)",
    '[x](https://example.org/ "{}")',
    "![{}](https://example.org/a.png)",
    "![x](https://example.org/a.png '{}')",
    "[x][{}]\n\n[{}]: https://example.org/ '{}'",
    "`{}`",
    "```\n{}\n```",
    "    {}",
    "**{}** _{}_",
    "<div>{}</div>",
    "<div>\n\n{}\n\n</div>",
    '<p title="{}">x</p>',
    "<p title='{}'>x</p>",
    "<details><summary>{}</summary>{}</details>",
    "<table><caption>{}</caption><tr><td>{}</td></tr></table>",
    "<figure>{}<figcaption>{}</figcaption></figure>",
    "<ruby>{}<rt>{}</rt></ruby>",
    "<!-- {} -->",
    "\\{}",
    "&lt;b&gt;{}",
)


@cache
def listed(name: str) -> tuple[str, ...]:
    """Payloads of a file, one a line."""
    lines = (HERE / name).read_text(encoding="utf-8").split("\n")
    return tuple(_unescaped(line) for line in lines if line and not line.startswith("# "))


@cache
def markdown() -> tuple[str, ...]:
    """Markdown of several lines."""
    return tuple((HERE / "markdown.txt").read_text(encoding="utf-8").split("\n%\n")[1:])


@cache
def html() -> tuple[str, ...]:
    """Every raw HTML there is here, each on one line."""
    return tuple(dict.fromkeys((*listed("html.txt"), *listed("mutations.txt"), *handlers())))


def texts() -> tuple[str, ...]:
    """What plain fields are given, each on one line."""
    return listed("texts.txt")


def links() -> Iterator[str]:
    """Every address in every form."""
    for address in listed("urls.txt"):
        for form in LINKS:
            yield form.replace("{}", address)


def placed(payload: str) -> Iterator[str]:
    """A payload at every place of a text."""
    for place in PLACES:
        yield place.replace("{}", payload)


def handlers() -> Iterator[str]:
    """Every event's handler, on elements that take turns."""
    carriers = ("<p on{}='tripwire()'>x</p>", "<img src=x on{}=tripwire()>", "<svg on{}=tripwire()></svg>")
    for number, event in enumerate(EVENTS):
        yield carriers[number % len(carriers)].format(event)
        yield f"<details open class=footnote on{event.upper()}='tripwire()'><summary>x</summary></details>"


def _unescaped(line: str) -> str:
    made = ESCAPE.sub(lambda found: "\\" if found[1] == "\\" else chr(int(found[1][1:], 16)), line)
    return unicodedata.normalize("NFC", made.encode("utf-16", "surrogatepass").decode("utf-16"))
