"""A sentence taken apart, once for all its figures and dates; and whether a cut from it turns what stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator import text
from generator.summarise.extractive.language import CLAUSE, NEGATES, SOURCE_AT_END, SWAYS, TURNS

LONGEST = 16  # words of a cut, the source at its end among them
WORD = re.compile(r"\S+")
AROUND = re.compile(r"^\W+|\W+$")
OPENED = re.compile(r"(?:^|[\s(])[‘'](?=\w)")
CLOSED = re.compile(r"(?<=[^\Ws])[’'](?=\W|$)|(?<=[.,!?])[’']")
TURNING = {"sways": SWAYS, "negates": NEGATES, "turns": TURNS}
KEPT = 64  # sentences taken apart: those of an article that have figures and dates
REMEMBERED = 65_536  # words


class Word(NamedTuple):
    """A word as it is written, where it stands, and what it is wherever it stands."""

    start: int
    end: int
    written: str
    bare: str  # lower case, without punctuation
    sways: bool  # a source or a condition by itself


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence taken apart, without the source at its end: that is the tail of every cut."""

    text: str
    tail: str
    words: tuple[Word, ...]
    room: int  # words that a cut may have


@lru_cache(maxsize=KEPT)
def taken_apart(sentence: str) -> Said:
    """Take a sentence apart once for all its figures and dates."""
    source = SOURCE_AT_END.search(sentence)
    upto = source.start() if source else len(sentence)
    tail = sentence[upto:].rstrip(".") if source else ""
    told = sentence[:upto]
    words = tuple(Word(*found.span(), found[0], *_looked_at(found[0])) for found in WORD.finditer(told))
    return Said(
        text=told,
        tail=tail,
        words=words,
        room=LONGEST - text.word_count(tail),
    )


@lru_cache(maxsize=3 * KEPT)
def _has(kind: str, told: str) -> bool:
    """Tell whether a sentence has anywhere what may turn a cut of it."""
    return TURNING[kind].search(told) is not None


@lru_cache(maxsize=REMEMBERED)
def _looked_at(written: str) -> tuple[str, bool]:
    """Give what a word is wherever it stands: bare, and whether it sways."""
    bare = AROUND.sub("", written).lower()
    return bare, SWAYS.fullmatch(bare) is not None


def is_safe(said: Said, first: int, last: int) -> bool:
    """Tell whether nothing that was cut away turns what stays, and no quotation or bracket is torn."""
    before, cut, after = said.text[:first], said.text[first:last], said.text[last:]
    if _has("sways", said.text) and (SWAYS.search(before) or SWAYS.search(after)):
        return False
    negates = _has("negates", said.text)
    if negates and NEGATES.search(before[max(map(before.rfind, ";:—")) + 1 :]):
        return False
    if negates and NEGATES.search(cut) and after and cut[-1] not in ",;:" and not CLAUSE.match(after):
        return False  # a negation keeps all that it negates
    if _has("turns", said.text) and _is_turned(before, after):
        return False
    if (
        before.count('"') % 2
        or before.count("“") > before.count("”")
        or before.count("(") > before.count(")")
    ):
        return False
    return _is_balanced(cut)


def _is_turned(before: str, after: str) -> bool:
    """Tell whether a negation, a modal or a refusal stands in the clauses beside a cut."""
    borders = [found.end() for found in CLAUSE.finditer(before)]
    near = before[
        borders[-1] if borders and borders[-1] < len(before) else (borders[-2] if len(borders) > 1 else 0) :
    ]
    border = CLAUSE.search(after)
    return TURNS.search(near) is not None or (
        TURNS.search(after[: border.start() if border else len(after)]) is not None
    )


def _is_balanced(cut: str) -> bool:
    opened, closed = len(OPENED.findall(cut)), len(CLOSED.findall(cut))
    return (
        opened == closed
        and cut.count("“") == cut.count("”")
        and cut.count('"') % 2 == 0
        and cut.count("(") == cut.count(")")
    )
