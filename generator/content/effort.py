"""What it costs to convert a run of text: the signs that are read over again to find what stands in it."""

from __future__ import annotations

import re

A_MILLION = 1_000_000
SMALL = 200  # signs: below, no text is worth the counting
TAKEN = 30  # signs are copied once more in that time wherever a mark becomes an element
BRACKET = 10  # a sign between brackets is read by five patterns, two times as slowly
TARGET = 4  # the same behind a bracket, for two patterns
MARK = re.compile(r"[*_`&<\[!\\]|  \n")
TICKS = re.compile(r"`+")
TARGET_SOUND = re.compile(
    r"""\]\(\s*+(?><[^<>\n]*>|[^()\s"'<]*+(?:\([^()\s"']*+\)[^()\s"'<]*+)*)\s*+(?>"[^"\n]*"|'[^'\n]*')?\s*+\)"""
)


def inline_effort(text: str) -> int:
    """Say how many signs are read over again to find links, code and emphasis in one run of text."""
    length = len(text)
    if length < SMALL:
        return 0
    effort = length * len(MARK.findall(text)) // TAKEN
    if text.count("[") * length > A_MILLION // BRACKET:
        effort += BRACKET * _between_brackets(text)
    opened = text.count("](")
    if opened * length > A_MILLION // TARGET:
        effort += TARGET * _behind_brackets(text)
    if "`" in text:
        effort += _behind_ticks(text)
    return effort


def _between_brackets(text: str) -> int:
    """Sum up how far each bracket reaches: to the one that closes it, or to the end."""
    opened: list[int] = []
    sum_ = 0
    for found in re.finditer(r"[\[\]]", text):
        if found[0] == "[":
            opened.append(found.start())
        elif opened:
            sum_ += found.start() - opened.pop()
    return sum_ + sum(len(text) - at for at in opened)


def _behind_brackets(text: str) -> int:
    """Sum up how far targets reach; one without an end is looked for to the end."""
    sum_ = 0
    for at in (found.start() for found in re.finditer(r"\]\(", text)):
        sound = TARGET_SOUND.match(text, at)
        sum_ += (sound.end() if sound else len(text)) - at
    return sum_


def _behind_ticks(text: str) -> int:
    """Sum up how far backticks are looked for that do not come again."""
    seen: set[int] = set()
    sum_ = 0
    for at, long in reversed([(found.start(), len(found[0])) for found in TICKS.finditer(text)]):
        sum_ += 0 if long in seen else len(text) - at
        seen.add(long)
    return sum_
