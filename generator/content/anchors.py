"""Sentences of a text, and the spans that make each of them a place to link to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator import text
from generator.content.tokens import INLINE, VOID, Raw, Tag, Token, escaped
from generator.model import Sentence, SentenceKind

# Text in these is read, but it is not made of sentences.
WITHOUT_SENTENCES = frozenset("h1 h2 h3 h4 h5 h6 pre table summary".split())
CODE = frozenset("code kbd samp var".split())
KINDS: dict[str, SentenceKind] = {
    "li": "item",
    "dt": "item",
    "dd": "item",
    "blockquote": "quotation",
    "figcaption": "caption",
    "caption": "caption",
}


BREAK = "\u2029"  # ends a sentence, whatever stands before it
LEADING = ("<strong", "<b>")


@dataclass(slots=True)
class Anchored:
    """The outcome: HTML, its sentences from `s1` on, and its count of words."""

    html: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    words: int = 0
    blocks: int = 0


def anchor(stream: Sequence[Token], lang: str) -> Anchored:
    """Wrap each sentence of a text in `<span class="s" id="sN">`, cut where an element would be split."""
    done = Anchored()
    stack: list[Tag] = []
    run: list[Token] = []
    section = ""
    for token in stream:
        if not isinstance(token, Tag) or token.name in INLINE:
            run.append(token)
            continue
        said = _flush(done, run, stack, section, lang) if run else ""
        run = []
        if token.closing and token.name[0] == "h" and token.name[1:].isdigit():
            section = " ".join(said.split())
        _nest(stack, token)
        done.html.append(token.html())
    _flush(done, run, stack, section, lang)
    return done


def _nest(stack: list[Tag], token: Tag) -> None:
    if token.closing:
        while stack and stack.pop().name != token.name:
            pass
    elif token.name not in VOID:
        stack.append(token)


def _flush(done: Anchored, run: list[Token], stack: list[Tag], section: str, lang: str) -> str:
    """Write one run of inline content; returns its plain text, or nothing where there is none."""
    if len(run) == 1 and isinstance(run[0], str):
        return _flush_text(done, run[0], stack, section, lang)
    pieces = _pieces(run)
    plain = "".join([piece.plain for piece in pieces])
    kind = _counted(done, plain, stack)
    if kind is None:
        done.html.extend([piece.html for piece in pieces])
        return plain.strip()
    if kind in ("prose", "item") and _is_linked(pieces):
        kind = "link"
    spans = text.sentences(_seen(pieces), lang)
    first = _told(done, plain, spans, section, kind)
    done.html.extend(_spanned(pieces, spans, first))
    return plain


def _flush_text(done: Anchored, plain: str, stack: list[Tag], section: str, lang: str) -> str:
    """Write a run without any tag, as most are."""
    whole = escaped(plain)
    kind = _counted(done, plain, stack)
    if kind is None:
        done.html.append(whole)
        return plain.strip()
    spans = text.sentences(plain, lang)
    written = str if whole == plain else escaped
    at = 0
    for number, (start, end) in enumerate(spans, _told(done, plain, spans, section, kind)):
        between, said = written(plain[at:start]), written(plain[start:end])
        done.html.append(f'{between}<span class="s" id="s{number}">{said}</span>')
        at = end
    done.html.append(written(plain[at:]))
    return plain


def _counted(done: Anchored, plain: str, stack: list[Tag]) -> SentenceKind | None:
    """Count the words of a run, and say what its sentences are; nothing where it has none."""
    if not plain.strip():
        return None
    done.words += text.word_count(plain)
    return _kind(stack)


def _kind(stack: list[Tag]) -> SentenceKind | None:
    """Say what sentences within some elements are; none where there are none."""
    if any(tag.attributes and "footnote" in tag.get("class") for tag in stack):
        return None
    around = [tag.name for tag in stack]
    if not WITHOUT_SENTENCES.isdisjoint(around):
        return None
    return next((KINDS[name] for name in reversed(around) if name in KINDS), "prose")


def _told(
    done: Anchored, plain: str, spans: Sequence[tuple[int, int]], section: str, kind: SentenceKind
) -> int:
    """Add the sentences of a block; returns the number of the first."""
    done.blocks += 1
    first = len(done.sentences) + 1
    for number, (start, end) in enumerate(spans, first):
        told = text.closed(" ".join(plain[start:end].split()))
        done.sentences.append(Sentence(f"s{number}", told, done.blocks, section, kind))
    return first


@dataclass(slots=True)
class _Piece:
    """A text or a tag of a run, at `start` of the run's plain text; its element ends at `until`."""

    html: str
    plain: str = ""
    seen: str = ""  # what the finder of sentences sees: in code a stop ends nothing
    kind: Literal["text", "break", "open", "close", "mute"] = "mute"
    start: int = 0
    until: int = 0


def _pieces(run: list[Token]) -> list[_Piece]:
    """Measure a run: what of it is text, and how far each element reaches. Note marks are no text."""
    made: list[_Piece] = []
    opened: list[_Piece] = []
    at = silent = code = 0
    for token in run:
        if isinstance(token, str):
            seen = "x" * len(token) if code else token
            piece = _Piece(escaped(token)) if silent else _Piece(escaped(token), token, seen, "text")
        elif isinstance(token, Raw):
            piece = _Piece(token.html())
        elif token.name in VOID:
            piece = _Piece(token.html(), "\n", BREAK, "break") if token.name == "br" else _Piece(token.html())
        elif silent or _is_note_mark(token):
            silent += -1 if token.closing else 1
            piece = _Piece(token.html())
        elif token.closing:
            piece = _Piece(token.html(), kind="close")
            code -= token.name in CODE
            if opened:
                opened.pop().until = at
        else:
            piece = _Piece(token.html(), kind="open", until=1 << 60)
            opened.append(piece)
            code += token.name in CODE
        piece.start = at
        at += len(piece.plain)
        made.append(piece)
    return made


def _seen(pieces: Sequence[_Piece]) -> str:
    """Give what the finder of sentences reads; words in bold on a line of their own are a heading."""
    seen = "".join(piece.seen for piece in pieces)
    lead = next((piece for piece in pieces if piece.kind == "open" or piece.plain.strip()), None)
    if lead and lead.html.startswith(LEADING) and seen[lead.until : lead.until + 1] == "\n":
        return seen[: lead.until] + BREAK + seen[lead.until + 1 :]
    return seen


def _is_linked(pieces: Sequence[_Piece]) -> bool:
    """Tell a block that is nothing but links."""
    until = 0
    for piece in pieces:
        if piece.kind == "open" and piece.html.startswith("<a "):
            until = max(until, piece.until)
        elif piece.start >= until and any(sign.isalnum() for sign in piece.plain):
            return False
    return until > 0


def _is_note_mark(tag: Tag) -> bool:
    """Tell the mark of a footnote; its closing tag is found by `silent`."""
    return tag.name == "sup" and tag.get("id").removeprefix("t-").startswith("fnref")


class _Spanner:
    """Writes pieces with a span around each sentence; a span is closed where an element would cut it."""

    def __init__(self, spans: Sequence[tuple[int, int]], first: int) -> None:
        self.out: list[str] = []
        self.spans = spans
        self.first = first
        self.at = 0  # the span that is open or comes next
        self.open = False
        self.named = -1  # the last span that has its id
        self.inside = 0  # elements opened within the open span

    def span(self, place: int) -> tuple[int, int] | None:
        """Give the sentence that `place` stands in or before."""
        while self.at < len(self.spans) and self.spans[self.at][1] <= place:
            self.close()
            self.at += 1
        return self.spans[self.at] if self.at < len(self.spans) else None

    def begin(self) -> None:
        if not self.open:
            name = "" if self.named == self.at else f' id="s{self.first + self.at}"'
            self.out.append(f'<span class="s"{name}>')
            self.named, self.open, self.inside = self.at, True, 0

    def close(self) -> None:
        if self.open:
            self.out.append("</span>")
            self.open = False

    def tag(self, piece: _Piece) -> None:
        if piece.kind == "close" and self.open and self.inside:
            self.inside -= 1
        elif piece.kind == "close":
            self.close()
        else:
            span = self.span(piece.start)
            if span and span[0] <= piece.start and piece.until <= span[1]:
                self.begin()
                self.inside += 1
            else:
                self.close()
        self.out.append(piece.html)

    def text(self, piece: _Piece) -> None:
        place, end = piece.start, piece.start + len(piece.plain)
        while place < end:
            span = self.span(place)
            if span is None or place < span[0]:
                upto = end if span is None else min(span[0], end)
                self.close()
            else:
                upto = min(span[1], end)
                self.begin()
            cut = piece.plain[place - piece.start : upto - piece.start]
            self.out.append(piece.html if piece.kind == "break" else escaped(cut))
            place = upto


def _spanned(pieces: list[_Piece], spans: Sequence[tuple[int, int]], first: int) -> list[str]:
    writer = _Spanner(spans, first)
    for piece in pieces:
        if piece.kind == "mute":
            writer.out.append(piece.html)
        elif piece.kind in ("text", "break"):
            writer.text(piece)
        else:
            writer.tag(piece)
    writer.close()
    return writer.out
