"""The HTML of editors whom their site trusts (`content.trusted_html`), as they wrote it.

What cleaning would keep is read as ever, so that it gets its sentences, measures and addresses. An element
that cleaning would take is passed on whole, as `Raw`. Nothing here makes anything safe.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from generator.content.references import Body, is_remote
from generator.content.tokens import ATTRIBUTES, SCHEMES, TAGS, VOID, Raw, Tag, Token, filtered
from generator.problems import Problem

PART = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>|<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
PAIR = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
SENTENCE = re.compile(r"s\d+")
RAW_ID = re.compile(r"\bid\s*=\s*[\"']?([^\s\"'>]+)", re.IGNORECASE)
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Elements without an end, beside those of `VOID`, and those within which no tag begins.
ALONE = frozenset("area base embed frame input link meta param source track".split())
SHUT = frozenset("script style iframe textarea title noscript xmp noembed noframes".split())


def own_tokens(made: str) -> list[Token] | None:
    """Take HTML apart that nobody cleaned; None where cleaning would take nothing of it but comments."""
    stream = list(_tokens(made))
    return stream if any(map(_is_own, stream)) else None


def own_ids(stream: Iterable[Token]) -> frozenset[str]:
    """Find the ids that an editor's scripts and styles may ask for; those of sentences are ours."""
    found: set[str] = set()
    for token in stream:
        if isinstance(token, Raw):
            found.update(RAW_ID.findall(token.written))
        elif isinstance(token, Tag) and token.get("id"):
            found.add(token.get("id"))
    return frozenset(name for name in found if not SENTENCE.fullmatch(name))


def balanced(stream: Iterable[Token]) -> Iterator[Token]:
    """Leave out ends that end nothing and add those that are missing, so that a text ends where it stands."""
    opened: list[str] = []
    for token in stream:
        if not isinstance(token, Tag) or token.name in VOID:
            yield token
        elif not token.closing:
            opened.append(token.name)
            yield token
        elif token.name in opened:
            while (name := opened.pop()) != token.name:
                yield Tag(name, closing=True)
            yield token
    for name in reversed(opened):
        yield Tag(name, closing=True)


def unclosed(stream: Sequence[Token], body: Body) -> Iterator[Problem]:
    """Tell elements that nothing closes: they would swallow the rest of the page."""
    for token in stream:
        if isinstance(token, Raw) and not token.whole:
            name = token.written[1:].split(">")[0].split()[0]
            at = body.position(f"<{name}")
            message, hint = f"<{name}> is never closed", f"add </{name}>"
            yield Problem(at.path, at.line, at.column, "unclosed-html", message, hint)


def _tokens(made: str) -> Iterator[Token]:
    at = 0
    while found := PART.search(made, at):
        if found.start() > at:
            yield html.unescape(made[at : found.start()])
        at = found.end()
        name = (found[2] or "").lower()
        if name in TAGS:
            yield Tag(name, () if found[1] else tuple(_attributes(found[3])), closing=bool(found[1]))
        elif name and not found[1]:
            end = found.end() if name in ALONE else _end(made, name, found.end())
            at = end or found.end()
            yield Raw(made[found.start() : at], whole=bool(end))
    if at < len(made):
        yield html.unescape(made[at:])


def _attributes(written: str) -> Iterator[tuple[str, str]]:
    for name, value in PAIR.findall(written):
        bare = value[1:-1] if value[:1] in ('"', "'") else value
        yield name.lower(), html.unescape(bare)


def _end(made: str, name: str, start: int) -> int:
    """Where an element ends that begins before `start`; 0 where it never does."""
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^>]*>", re.IGNORECASE).finditer(made, start):
        depth += -1 if tag[1] else name not in SHUT
        if not depth:
            return tag.end()
    return 0


def _is_own(token: Token) -> bool:
    """Whether cleaning would take something of it."""
    if not isinstance(token, Tag):
        return isinstance(token, Raw)
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(token.name, set())
    return any(
        name not in allowed
        or filtered(token.name, name, value) != value
        or _leads_astray(token.name, name, value)
        for name, value in token.attributes
    )


def _leads_astray(tag: str, attribute: str, value: str) -> bool:
    found = SCHEME.match(value) if attribute in ("href", "src", "cite") else None
    is_foreign = found is not None and found[1].lower() not in SCHEMES
    return is_foreign or (tag == "img" and attribute == "src" and is_remote(value))
