"""Text from sections of words and lines: a slot such as `{noun}` draws from the section `noun`.

A file of sections holds `[name]` and what belongs to it. Words are parted by white space, and drawn as
unevenly as the words of a language are (Zipf); `word/form` gives its other form. Lines begin with `- `
and are drawn evenly. Chance comes from `random()` alone, whose numbers Python promises to keep.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")
Say = Callable[[str], str]  # what a slot says that is no section
SLOT = re.compile(r"\{(\w+)\}")
BEFORE_VOWEL = re.compile(r"\b([Aa]) (?=[aeiouAEIO])")
STEEPNESS = 2.7  # Zipf and Mandelbrot's: the first words of a section are not all that is said
VOWELS = "aeiou"


class Dice:
    """Chance, the same for the same seed on every Python."""

    __slots__ = ("random",)

    def __init__(self, seed: str) -> None:
        self.random = Random(seed).random

    def below(self, count: int) -> int:
        return int(self.random() * count)

    def between(self, low: int, high: int) -> int:
        return low + int(self.random() * (high - low + 1))

    def one(self, items: Sequence[T]) -> T:
        return items[int(self.random() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Give different items, in the order in which they were drawn."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def chance(self, share: float) -> bool:
        return self.random() < share


class Ranked:
    """Items of which the first are drawn most often."""

    __slots__ = ("heights", "items", "whole")

    def __init__(self, items: Sequence[str]) -> None:
        self.items = items
        self.heights = list(accumulate(1 / (rank + STEEPNESS) for rank in range(len(items))))
        self.whole = self.heights[-1]

    def draw(self, dice: Dice) -> str:
        return self.items[bisect(self.heights, dice.random() * self.whole)]


class Grammar:
    """The sections of a language. `say` of a slot that no section has is asked of who wants the text."""

    def __init__(self, sections: Mapping[str, Sequence[str]], lines: frozenset[str]) -> None:
        self.words = {name: Ranked(items) for name, items in sections.items() if name not in lines}
        self.lines = {name: [parts(line) for line in sections[name]] for name in lines}

    def told(self, name: str, dice: Dice, say: Say) -> str:
        """Say one line of a section."""
        made: list[str] = []
        self._add(dice.one(self.lines[name]), dice, say, made)
        text = BEFORE_VOWEL.sub(r"\1n ", "".join(made))
        return text[0].upper() + text[1:]

    def _add(self, line: tuple[str, ...], dice: Dice, say: Say, made: list[str]) -> None:
        for place, part in enumerate(line):
            if not place % 2:
                made.append(part)
            elif part in self.words:
                made.append(self.words[part].draw(dice))
            elif part in self.lines:
                self._add(dice.one(self.lines[part]), dice, say, made)
            else:
                made.append(say(part))


def parts(line: str) -> tuple[str, ...]:
    """Part a line into what stands in it and its slots, by turns."""
    return tuple(SLOT.split(line))


def read(path: Path) -> dict[str, list[str]]:
    """Read a file of sections; of lines the mark `- ` is left on."""
    sections: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = sections.setdefault(line[1:-1], [])
        elif line.startswith("- "):
            here.append(line)
        elif line and not line.startswith("#"):
            here += line.split()
    return sections


def grammar(path: Path) -> Grammar:
    """Read a grammar. Forms that follow a rule are added: plurals, what somebody does and has done."""
    sections = read(path)
    lines = frozenset(name for name, items in sections.items() if items[0].startswith("- "))
    told = {name: [it.removeprefix("- ") for it in items] for name, items in sections.items()}
    return Grammar(told | dict(_forms(told)), lines)


def _forms(sections: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    if "verb" not in sections:
        return
    yield "noun", [first(word) for word in sections["noun"]]
    yield "nouns", [other(word) or _with_s(word) for word in sections["noun"]]
    verbs = sections["verb"]
    yield "verb", [first(verb) for verb in verbs]
    yield "third", [_with_s(first(verb)) for verb in verbs]
    yield "past", [other(verb) or _past(verb) for verb in verbs]


def first(word: str) -> str:
    return word.partition("/")[0]


def other(word: str) -> str:
    return word.partition("/")[2]


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh", "z")) else f"{word}s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in VOWELS else f"{verb}ed"
