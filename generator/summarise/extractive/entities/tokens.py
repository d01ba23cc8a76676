"""A sentence taken apart into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

TOKEN = re.compile(r"(?:[^\W\d_]\.)+(?=\W|$)|[^\W_]+(?:[’'&.-][^\W_]+)*")
POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
NO_NAME = re.compile(r"^I(?:[’']|$)|-[a-z]{3,}$|^[a-z]+-")  # I’m; London-based; pro-European
REMEMBERED = 65_536  # words


class Word(NamedTuple):
    """What a word is wherever it stands; `bare` is without a possessive ending."""

    bare: str
    low: str
    owns: bool
    capital: bool
    small: bool  # it has no capital at all


class Tokens(NamedTuple):
    """The words of a sentence, in order, and where each begins."""

    words: Sequence[Word]
    starts: Sequence[int]

    def after(self, begin: int) -> Tokens:
        """Leave out what begins before a place."""
        left = [(word, start) for word, start in zip(*self, strict=True) if start >= begin]
        return Tokens([word for word, _ in left], [start for _, start in left])


def tokens(sentence: str) -> Tokens:
    """Take a sentence apart into words."""
    found = TOKEN.findall(sentence)
    starts, at = [], 0
    for written in found:
        at = sentence.find(written, at)  # between two words nothing begins one
        starts.append(at)
        at += len(written)
    return Tokens(list(map(_WORDS.__getitem__, found)), starts)


class _Remembered(dict[str, Word]):
    """What is found out about words, for those seen last: most of a text are those of every other."""

    def __missing__(self, written: str) -> Word:
        if len(self) >= REMEMBERED:
            self.clear()
        self[written] = found = _word(written)
        return found


def _word(written: str) -> Word:
    bare = POSSESSIVE.sub("", written) if "'" in written or "’" in written else written
    low = bare.lower()
    capital = bare != low and not bare[0].isdigit() and not NO_NAME.search(bare)
    return Word(bare, low, bare != written, capital, bare == low)


_WORDS = _Remembered()
