"""Two numbers, or two names, that have changed places: each stands among the other's words (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.summarise.models.clauses import WORD, Clauses
from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.numbers import numbers
from generator.summarise.verify.support import stem

AROUND = 3  # words of sense on either side by which a number is known
MARGIN = 2  # words more that speak for a change of places than for none
MOST = 8  # numbers or names of a line that are compared
LISTED = re.compile(r"\W*(?:(?:and|or|as|with|met|meets|than|from|versus|v|vs)\W*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A number or a name, by what it is, and the words before and behind it."""

    written: str
    start: int
    end: int
    keys: frozenset[object]
    before: frozenset[str]
    behind: frozenset[str]

    def shares(self, others: Sequence[Placed]) -> int:
        """Give how many words it has at most in common with one of others, each on its side."""
        return max(len(self.before & it.before) + len(self.behind & it.behind) for it in others)


def counted(line: str, sentences: Sequence[str]) -> str:
    """Give a number of a line that stands among another's words in its sentences, and that among its own."""
    held = [it for told in sentences for it in _numbers(told)]
    for one, other in combinations(_numbers(line)[:MOST], 2):
        if _are_changed(one, other, held):
            return one.written
    return ""


def named(line: str, sentences: Sequence[str]) -> str:
    """Give a name that stands next to another's words in one of the sentences, and that next to its own."""
    for one, other in combinations(_names(line)[:MOST], 2):
        if LISTED.fullmatch(line, one.end, other.start):
            continue
        for told in sentences:
            held = [it for it in _names(told) if it.keys & (one.keys | other.keys)]
            listed = any(LISTED.fullmatch(told, a.end, b.start) for a, b in combinations(held, 2))
            if not listed and _are_changed(one, other, held):
                return one.written
    return ""


def _are_changed(one: Placed, other: Placed, held: Sequence[Placed]) -> bool:
    first, second = ([it for it in held if it.keys & wanted.keys] for wanted in (one, other))
    if not first or not second or one.keys & other.keys:
        return False
    straight = one.shares(first) + other.shares(second)
    return one.shares(second) + other.shares(first) >= straight + MARGIN


def _numbers(told: str) -> list[Placed]:
    found = numbers(told, "en")
    starts, ends = [*(it.start for it in found), len(told)], [0, *(it.end for it in found)]
    return [
        Placed(
            it.text,
            it.start,
            it.end,
            frozenset(it.readings),
            frozenset(_sense(told[ends[at] : it.start])[-AROUND:]),
            frozenset(_sense(told[it.end : starts[at + 1]])[:AROUND]),
        )
        for at, it in enumerate(found)
    ]


def _names(told: str) -> list[Placed]:
    return [
        Placed(
            told[it.start : it.end],
            it.start,
            it.end,
            frozenset(it.words[-1:]),
            frozenset(_words(told[: it.start][-40:])[-1:]),
            frozenset(_words(told[it.end :][:40])[:1]),
        )
        for it in Clauses.of(told).names
    ]


def _sense(told: str) -> list[str]:
    return [stem(word) for word in _words(told) if word not in EMPTY]


def _words(told: str) -> list[str]:
    return [found[0].lower() for found in WORD.finditer(told)]
