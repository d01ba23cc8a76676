"""A sentence taken apart into words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(r"(?:[^\W\d_]\.)+(?=\W|$)|[^\W_]+(?:[’'&.-][^\W_]+)*")
POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
NO_NAME = re.compile(r"^I(?:[’']|$)|-[a-z]{3,}$|^[a-z]+-")  # I’m; London-based; pro-European

REMEMBERED = 65_536  # words


class Token(NamedTuple):
    """A word of a sentence; `bare` is without a possessive ending, `end` is the end of that."""

    start: int
    end: int
    bare: str
    low: str
    owns: bool
    capital: bool


def tokens(sentence: str) -> list[Token]:
    """Take a sentence apart into words."""
    made = []
    for found in TOKEN.finditer(sentence):
        start = found.start()
        length, bare, low, owns, capital = _known(found[0])
        made.append(Token(start, start + length, bare, low, owns, capital))
    return made


@lru_cache(maxsize=REMEMBERED)
def _known(word: str) -> tuple[int, str, str, bool, bool]:
    """Give what a word is wherever it stands: a token's parts, its length in the place of where it ends."""
    bare = POSSESSIVE.sub("", word) if "'" in word or "’" in word else word
    low = bare.lower()
    capital = bare != low and not bare[0].isdigit() and not NO_NAME.search(bare)
    return len(bare), bare, low, bare != word, capital
