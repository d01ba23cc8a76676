"""Words of a language by which a line is held to its sentences more strictly. Beside this file, `TAG.toml`.

They are read when a model's lines are proved, and at no other time.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

NOTHING: frozenset[str] = frozenset()
ROOTED = 5  # letters of a grave word from which a longer one is made, and that it may be longer by
LANGUAGES = ("en", "de", "fr", "es")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and patterns of one language, in lower case. Patterns are matched without regard to case."""

    orders: tuple[str, ...] = ()  # patterns of sentences that tell who sums up a text what to say
    address: tuple[str, ...] = ()  # patterns of sentences that speak to their reader
    imperatives: frozenset[str] = NOTHING  # verbs that tell a reader what to do
    grave: frozenset[str] = NOTHING  # of crime, death, guilt, ruin: a line's own evidence must hold them
    light: frozenset[str] = NOTHING  # that add little: a long line may have one of its own
    # Rows of words that change how far a line goes: all, never, only. Those before the bar must be borne out
    # by one of their row; an underscore is a blank.
    scope: tuple[str, ...] = ()
    doubts: frozenset[str] = NOTHING  # that make a statement less than sure: may, alleged
    denials: frozenset[str] = NOTHING  # by which somebody denies, supposes or feigns what stands behind them
    # Of number, weekday and month, in small letters: a line may have none that its sentences have not
    exact: frozenset[str] = NOTHING
    hedges: frozenset[str] = NOTHING  # by which a line may keep that: these, and who says it

    def is_grave(self, word: str) -> bool:
        """Tell a word of crime, death, guilt or ruin, or one that begins with it: arson, arsonist."""
        shortest = max(ROOTED, len(word) - ROOTED)
        return word in self.grave or any(word[:end] in self.grave for end in range(shortest, len(word)))


@functools.cache
def vocabulary(tag: str) -> Vocabulary:
    """Give what is known of a language (BCP 47), by its first subtag; nothing of one that has no file."""
    name = tag.partition("-")[0].lower()
    if name not in LANGUAGES:
        return Vocabulary()
    told = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    lists = {field.name for field in fields(Vocabulary) if field.type == "tuple[str, ...]"}
    made: dict[str, Any] = {
        key: tuple(value) if key in lists else frozenset(value.split()) for key, value in told.items()
    }
    return Vocabulary(**made)
