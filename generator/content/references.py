"""What a text refers to: headings, links and pictures, given the form that the site needs.

An address on the site is written `site:2026/11/…`, so that HTML does not depend on where the site
stands; a link to a Markdown file `content:path.md` until every file's address is known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TypeGuard
from urllib.parse import quote

from generator import text
from generator.content.images import Beside, UnfitError
from generator.content.source_files import ENDINGS
from generator.content.tokens import Tag, Token
from generator.model import Image, Position
from generator.problems import Problem

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
HEADING_TOKENS = 200  # at the most are read for a heading's id
LOOKED_FOR = 100  # targets are looked for in every form; of more, the usual one alone
NEAR = 80  # signs that tell where a text stands
WHOLE = "write it whole: https://example.org/page"
TOP = 3  # h1 is the headline, h2 the page's own
PASSED_OVER = re.compile("[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")  # by browsers, in an address


@dataclass(slots=True)
class Referred:
    """A text's tokens in their final form, and what they refer to."""

    tokens: list[Token] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    files: list[tuple[str, Position]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Body:
    """A text as written, and where it stands in its file."""

    written: str
    path: str
    line: int
    breaks: list[int] = field(init=False, repr=False, compare=False)
    found: dict[str, Position] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "breaks", [found.start() for found in re.finditer("\n", self.written)])

    def position(self, literal: str) -> Position:
        """Place where a link's target is written; the text's first line if it is written otherwise."""
        if literal not in self.found:
            forms = (f"]({literal}", f"](<{literal}", f"]: {literal}", f'"{literal}', literal)
            some = forms if len(self.found) < LOOKED_FOR else forms[:1]
            at = next((at for at in map(self.written.find, some) if at >= 0), -1)
            self.found[literal] = self._place(self.written.find(literal, at) if at >= 0 else at)
        return self.found[literal]

    def _place(self, at: int) -> Position:
        if at < 0:
            return Position(self.path, self.line, 1)
        line = bisect_left(self.breaks, at)
        return Position(self.path, self.line + line, at - (self.breaks[line - 1] if line else -1))

    def near(self, words: str, before: int = 0) -> Position:
        """Place that converted text comes from, by its first words; the first line if they are not found.

        `before` is how often they stand before it.
        """
        said = next((line.strip() for line in words.split("\n") if line.strip()), "").partition("\x02")[0]
        found = [at.start() for at in islice(re.finditer(re.escape(said[:NEAR]), self.written), before + 1)]
        return self._place(found[-1] if said and found else -1)


def refer(stream: Iterable[Token], body: Body, beside: Beside, own: frozenset[str] | None = None) -> Referred:
    """Give headings, ids, links and pictures their final form.

    `own` is given where the site trusts its editors: ids that stay as they are, like pictures on other sites.
    """
    done = Referred()
    links = 0  # that are open
    for token in _headings(_corners(list(stream))):
        if not isinstance(token, Tag):
            done.tokens.append(token)
            continue
        if token.name == "a":
            links += -1 if token.closing else 1
            if links > (0 if token.closing else 1):
                continue  # a link within a link, which no browser would read back as such
        if token.closing:
            done.tokens.append(token)
            continue
        tag = _named(token, own or frozenset())
        if tag.name == "a" and tag.get("href"):
            tag = tag.with_(href=_link(tag.get("href"), done, body, beside, own or frozenset()))
        if tag.name == "img" and not (own is not None and is_remote(tag.get("src"))):
            done.tokens.extend(_picture(tag, done, body, beside, linked=links > 0))
        else:
            done.tokens.append(tag)
    return done


def is_remote(address: str) -> bool:
    """Tell a picture on another site."""
    return address.startswith(("http://", "https://", "//"))


def _named(tag: Tag, own: frozenset[str]) -> Tag:
    """Keep an author's ids apart from ours, and table columns aligned without a style."""
    if not tag.attributes:
        return tag
    if "id" in dict(tag.attributes) and tag.get("id") not in own:
        name = _id(tag.get("id"))
        tag = tag.with_(id=name) if name else tag.without("id")
    side = tag.get("align")
    if side:
        tag = tag.without("align")
        tag = tag.with_(**{"class": side}) if side in ("right", "center") else tag
    return tag


def _id(written: str) -> str:
    """Id that an author's id becomes: of one word, and never one of ours."""
    words = "-".join(written.split())
    return f"t-{words}" if words else ""


def _corners(stream: list[Token]) -> list[Token]:
    """Let an empty heading of a table, its corner, be a plain cell: it heads nothing."""
    if not any(map(_is_heading_cell, stream)):
        return stream
    made = list(stream)
    for number, (one, other) in enumerate(pairwise(stream)):
        if _is_heading_cell(one) and _is_heading_cell(other) and not one.closing and other.closing:
            made[number : number + 2] = [replace(cell, name="td") for cell in (one, other)]
    return made


def _is_heading_cell(token: Token) -> TypeGuard[Tag]:
    return isinstance(token, Tag) and token.name == "th"


def _headings(stream: list[Token]) -> Iterator[Token]:
    """Let the highest heading be an h3 and none skip a level; give each an id from its text."""
    above: list[int] = []  # levels, as written, of the heading at hand and of those that it stands under
    taken: dict[str, int] = {}
    for number, token in enumerate(stream):
        if not isinstance(token, Tag) or token.name not in HEADINGS:
            yield token
            continue
        if not token.closing:
            level = int(token.name[1])
            above = [*(higher for higher in above if higher < level), level]
        made = Tag(f"h{min(6, TOP - 1 + len(above))}", token.attributes, token.closing)
        if token.closing or token.get("id"):
            yield made
        else:
            yield made.with_(id=_heading_id(stream[number + 1 : number + HEADING_TOKENS], taken))


def _heading_id(following: Iterable[Token], taken: dict[str, int]) -> str:
    said: list[str] = []
    for token in following:
        if isinstance(token, str):
            said.append(token)
        elif isinstance(token, Tag) and token.name in HEADINGS:
            break
    made = text.slug("".join(said)) or "section"
    taken[made] = taken.get(made, 0) + 1
    return made if taken[made] == 1 else f"{made}-{taken[made]}"


def _link(href: str, done: Referred, body: Body, beside: Beside, own: frozenset[str]) -> str:
    href = PASSED_OVER.sub("", href)
    href = re.sub(r"^[/\\]+", lambda found: found[0].replace("\\", "/"), href)  # as browsers read it
    if href.startswith("#"):
        is_kept = href[1:] in own or re.fullmatch(r"#s\d+", href)
        return href if is_kept else f"#{_id(href[1:])}"
    if href.startswith("//"):
        return f"https:{href}"
    if re.match(r"https?:(?!//[^/?#])", href, re.IGNORECASE):
        _complain(done, body, href, UnfitError("bad-url", f'the link "{href}" names no host', WHOLE))
        return "#"
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href):
        return href
    path, mark, fragment = href.partition("#")
    if not path.lower().endswith(ENDINGS):
        if href.startswith("/"):
            return f"site:{href.lstrip('/')}"
        _complain(done, body, href, _relative(href))
        return "#"
    try:
        target = beside.resolve(path)
    except UnfitError as error:
        _complain(done, body, href, error)
        return "#"
    done.files.append((target, body.position(href)))
    named = fragment if re.fullmatch(r"s\d+", fragment) else f"t-{fragment}"
    return f"content:{quote(target)}{mark}{named if mark else ''}"


def _relative(href: str) -> UnfitError:
    return UnfitError(
        "relative-link",
        f'the link "{href}" has no fixed place to start from',
        "name the Markdown file (other.md), begin at the root (/about/), or write the whole address (https://…)",
    )


def _complain(done: Referred, body: Body, literal: str, error: UnfitError) -> None:
    at = body.position(literal)
    done.problems.append(Problem(at.path, at.line, at.column, error.code, str(error), error.hint))


def _picture(tag: Tag, done: Referred, body: Body, beside: Beside, *, linked: bool) -> Iterator[Token]:
    """Give a local picture its measures; make a link of one on another site, unless it may be shown."""
    src, alt = tag.get("src"), tag.get("alt")
    if not src:
        yield alt
    elif is_remote(src):
        address = f"https:{src}" if src.startswith("//") else src
        if beside.may_show(address):
            yield _remote(tag, address)
        elif linked:
            yield alt or src
        else:
            yield from (Tag("a", (("href", address),)), alt or src, Tag("a", closing=True))
    else:
        try:
            image = beside.image(src, alt)
        except UnfitError as error:
            _complain(done, body, src, error)
            return
        done.images.append(image)
        title = (("title", tag.get("title")),) if tag.get("title") else ()
        size = (("width", str(image.width)), ("height", str(image.height)))
        yield Tag(
            "img", (("src", f"site:{quote(image.url)}"), ("alt", alt), *title, *size, ("loading", "lazy"))
        )


def _remote(tag: Tag, address: str) -> Tag:
    """Show a picture on another site, which is not told where it is shown."""
    kept = ((name, tag.get(name)) for name in ("alt", "title", "width", "height"))
    given = [(name, value) for name, value in kept if value or name == "alt"]
    return Tag("img", (("src", address), *given, ("loading", "lazy"), ("referrerpolicy", "no-referrer")))
