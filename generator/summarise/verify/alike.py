"""English words that may stand for one another, by their stems."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from generator.summarise.verify.support import stem

KIN = 6  # letters that words of one root begin with: construct, constructor
TAIL = 5  # letters by which they may differ behind it


@functools.cache
def rows() -> Mapping[str, frozenset[str]]:
    """Give, by stem, the stems of all the words that a word may stand for."""
    made: dict[str, set[str]] = {}
    for line in Path(__file__).with_name("alike.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        row = {stem(word) for word in line.split()}
        for word in row:
            made.setdefault(word, set()).update(row)
    return {word: frozenset(row) for word, row in made.items()}


def forms(word: str) -> Iterator[str]:
    """Give the stems that stand for a stem: itself, its parts, its row."""
    yield word
    yield from rows().get(word, ())


def carries(held: frozenset[str], word: str) -> bool:
    """Tell whether a set of stems holds a stem, or one that may stand for it."""
    if word in held or not rows().get(word, frozenset()).isdisjoint(held):
        return True
    return len(word) >= KIN and any(_are_kin(word, other) for other in held)


def _are_kin(one: str, other: str) -> bool:
    return len(other) >= KIN and one[:KIN] == other[:KIN] and abs(len(one) - len(other)) <= TAIL


__all__ = ["Container", "carries", "forms", "rows"]
