"""What looks like a tag and is a word, and what would swallow the text behind it: looked for before cleaning.

Cleaning takes an element that it does not know, and of some all that they hold. "Run cp <path> there" would
lose the end of its paragraph, since `path` is a name of SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from generator.content.references import Body
from generator.content.tokens import TAGS
from generator.problems import Problem

# Elements of HTML that are not kept, and obsolete ones:
# https://html.spec.whatwg.org/multipage/indices.html#elements-3
OTHERS = frozenset(
    (
        "acronym address applet area article aside audio base basefont bgsound big blink body button "
        "canvas center datalist dialog dir embed fieldset font footer form frame frameset head header "
        "hgroup html iframe input label legend link main map marquee menu meta meter nav nobr noembed "
        "noframes noscript object optgroup option output param picture plaintext progress script search "
        "section select slot source strike style svg math template textarea title track tt video xmp"
    ).split()
)
# What swallows all that follows if it is not closed, tags and all.
SWALLOWS = frozenset(
    "iframe math noembed noframes noscript plaintext script style svg template textarea title xmp".split()
)
KNOWN = TAGS | OTHERS
COMMENT = "<!--"
PART = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][^\s/<>]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>|<[!?/]", re.DOTALL
)
# Attributes that have no value; other bare words behind a name (a<b and c>d) are words.
BARE = re.compile(
    r"[\s/]*(?:(?:open|reversed|hidden|controls|allowfullscreen|async|defer|download)[\s/]*)*", re.IGNORECASE
)

Stray = tuple[re.Match[str], Literal["word", "open"]]


def spoken(made: str, found: Sequence[Stray]) -> str:
    """Escape what looks like a tag and is none of HTML, so that its words stay."""
    parts: list[str] = []
    at = 0
    for stray, kind in found:
        if kind == "word":
            parts += (made[at : stray.start()], f"&lt;{made[stray.start() + 1 : stray.end()]}")
            at = stray.end()
    return "".join((*parts, made[at:]))


def swallowing(found: Sequence[Stray], body: Body) -> Iterator[Problem]:
    """Tell of an element or comment that nothing closes: all that follows would be lost with it."""
    for stray, kind in found:
        if kind == "open":
            written, end = (f"<{stray[2]}", f"</{stray[2]}>") if stray[2] else (COMMENT, "-->")
            at = body.position(written)
            what = f"{written}>" if stray[2] else written
            message = f"{what} is never closed, and all that follows would be lost"
            hint = f"add {end}, or write &lt; for < if it is a word"
            yield Problem(at.path, at.line, at.column, "unclosed-html", message, hint)
            return


def strays(made: str) -> list[Stray]:
    """Find what is a word and what is left open, not within elements that are taken whole."""
    return list(_strays(made))


def _strays(made: str) -> Iterator[Stray]:
    small, last = "", dict[str, int]()
    upto = 0
    for found in PART.finditer(made):
        if found.start() < upto:
            continue
        name = (found[2] or "").lower()
        if name in SWALLOWS and not found[1]:
            small = small or made.lower()
            if name not in last:
                last[name] = small.rfind(f"</{name}")
            if last[name] < found.end():
                yield found, "open"
            else:
                upto = small.find(f"</{name}", found.end())
        elif name in KNOWN:
            if found[3] and "=" not in found[3] and not BARE.fullmatch(found[3]):
                yield found, "word"
        elif not found[0].startswith(COMMENT):
            yield found, "word"
        elif not found[0].endswith("-->"):
            yield found, "open"
