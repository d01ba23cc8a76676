"""Years, months and days that a text names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from generator import text

YEAR = re.compile(r"(?:19|20)(?<!\w(?:19|20))\d\d\b")
DAY_BEFORE = re.compile(r"\b(\d\d?)\.?\s(?:de\s)?$")
DAY_AFTER = re.compile(r"\.?\s(\d\d?)\b")
LONGEST = 12  # letters of a month
DOTLESS = "ı"  # without regard to case it is an i, in small letters it is not


def dates_named(told: str, lang: str) -> set[str]:
    """Give the years, months and days that a text names: `2026`, `--12`, `--12-09`."""
    made = set(YEAR.findall(told))
    small = told.casefold()
    for month, (forms, pattern) in enumerate(_months(lang), 1):
        for found in _named(told, small, forms, pattern):
            made.add(f"--{month:02}")
            before = DAY_BEFORE.search(told, max(0, found.start() - LONGEST), found.start())
            if day := before or DAY_AFTER.match(told, found.end()):
                made.add(f"--{month:02}-{int(day[1]):02}")
    return made


def _named(told: str, small: str, forms: Sequence[str], pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
    """Find a month where its letters stand: to try its pattern at every place takes many times as long.

    `small` is the text in small letters. Places in it are those of the text unless a letter became several.
    """
    begins = {at for form in forms for at in _places(form, small)}
    if not begins or len(small) != len(told) or DOTLESS in told:
        return pattern.finditer(told) if begins else ()
    return filter(None, (pattern.match(told, at) for at in begins))


def _places(form: str, small: str) -> Iterator[int]:
    at = small.find(form)
    while at >= 0:
        yield at
        at = small.find(form, at + 1)


@functools.cache
def _months(lang: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (forms, re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE))
        for forms in text.language(lang).months
    )
