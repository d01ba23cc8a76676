"""A sentence taken apart into words."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(r"(?:[^\W\d_]\.)+(?=\W|$)|[^\W_]+(?:[’'&.-][^\W_]+)*")
POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
NO_NAME = re.compile(r"^I(?:[’']|$)|-[a-z]{3,}$|^[a-z]+-")  # I’m; London-based; pro-European


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
        word = found[0]
        bare = POSSESSIVE.sub("", word) if "'" in word or "’" in word else word
        low, start = bare.lower(), found.start()
        capital = bare != low and not bare[0].isdigit() and not NO_NAME.search(bare)
        made.append(Token(start, start + len(bare), bare, low, bare != word, capital))
    return made
