"""A page as the server hands it out: the file of the site, and what an editor is shown beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from html import escape, unescape

OURS = "/.broadsheet/"  # where the server's own files stand, beside every site
LIVE = f"{OURS}live"  # what happens, as a stream of events
SCRIPT = f"{OURS}live.js"
STYLE = f"{OURS}live.css"
MARKS = f"{OURS}marks.css"
NOTE = "broadsheet-early"  # class of what says that a page is shown before its time

# All of it is read as bytes: a page may be a file of the site's own, in whatever encoding.
_VALUE = rb'\s*=\s*("[^"]*"|\'[^\']*\'|[^\s>]+)'
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_STYLE = re.compile(rb"<link\b[^>]*\brel\s*=\s*[\"']?stylesheet\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref" + _VALUE, re.IGNORECASE)
_SRC = re.compile(rb"<(?:img|script|source|video|audio|iframe|embed)\b[^>]*?\bsrc" + _VALUE, re.IGNORECASE)
_POLICY = re.compile(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?content-security-policy\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(rb"\bcontent" + _VALUE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader sees of a page, in short.

    `rest` stands for all but its style sheets: the page, and what it shows of other files; `styles` are their
    addresses as written, in order.
    """

    rest: str
    styles: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.rest}.{_digest(*(style.encode() for style in self.styles))}"


def look(page: bytes, loaded: Callable[[str], bytes | None], early: str = "") -> Look:
    """Look at a page. `loaded` gives the bytes of what an address in it leads to, if that is of the site."""
    styles = tuple(_hrefs(page))
    seen = dict.fromkeys(_plain(found[1]) for found in _SRC.finditer(page))
    rest = _digest(_STYLE.sub(b"<link>", page), early.encode(), *(loaded(address) or b"" for address in seen))
    return Look(rest, styles)


def _hrefs(page: bytes) -> Iterator[str]:
    for link in _STYLE.finditer(page):
        if href := _HREF.search(link[0]):
            yield _plain(href[1])


def _plain(value: bytes) -> str:
    bare = value[1:-1] if value[:1] in (b'"', b"'") else value
    return unescape(bare.decode("utf-8", "replace"))


def _digest(*parts: bytes) -> str:
    made = blake2b(digest_size=9)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


def dressed(page: bytes, look: Look, origin: str, marks: bytes, early: str = "") -> bytes:
    """Add to a page what reloads it, what marks links, and what says that it is shown early.

    `origin` is the server's, as the browser knows it: the page's own policy is widened for our files alone.
    """
    page = _POLICY.sub(lambda found: _widened(found[0], origin), page, count=1)
    head = f'<script src="{SCRIPT}" data-look="{look}" defer></script>'
    if marks:
        head = f'<link rel="stylesheet" href="{marks_at(marks)}" data-ours>{head}'
    end = _HEAD_END.search(page)
    page = _with(page, head.encode(), end.start() if end else len(page))
    if early:
        note = f'<aside class="{NOTE}" aria-label="Preview">{escape(early)}</aside>'
        body = _BODY.search(page)
        page = _with(page, note.encode("ascii", "xmlcharrefreplace"), body.end() if body else len(page))
    return page


def marks_at(marks: bytes) -> str:
    """Address of the style sheet that marks links: another one for each."""
    return f"{MARKS}?{_digest(marks)}"


def _with(page: bytes, what: bytes, at: int) -> bytes:
    return page[:at] + what + page[at:]


def _widened(meta: bytes, origin: str) -> bytes:
    def content(found: re.Match[bytes]) -> bytes:
        policy = escape(widened(_plain(found[1]), f"{origin}{OURS}"))
        return f'content="{policy}"'.encode("ascii", "xmlcharrefreplace")

    return _CONTENT.sub(content, meta, count=1)


def widened(policy: str, place: str) -> str:
    """Let a policy allow scripts, style sheets and streams from one place more, and nothing else."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or ("",)
        if name:
            directives.setdefault(name.lower(), sources)
    for name, instead in (
        ("script-src-elem", None),
        ("style-src-elem", None),
        ("script-src", "default-src"),
        ("style-src", "default-src"),
        ("connect-src", "default-src"),
    ):
        known = directives.get(name, directives.get(instead) if instead else None)
        if known is not None:
            directives[name] = [*(source for source in known if source.lower() != "'none'"), place]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
