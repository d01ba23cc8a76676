"""Small print in English: counts, lists, names of sources, directions of script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from generator import text, urls
from generator.model import Entry, Figure, Source
from generator.pages import dates

Period = Literal["day", "week", "month"]

NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
MARKS = ("%", "°", "¢", "′", "″")
# A value set in the figures' size is about this wide, in characters, before it needs a row of its own.
VALUE_FITS = 6
DESCRIPTION_LENGTH = 300


def number(count: int) -> str:
    """Words up to twelve, figures from there."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def joined(items: Sequence[str]) -> str:
    """Write `a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def outlets(entry: Entry) -> str:
    """Who reported it: the sources, else the authors, else nothing."""
    return joined([source.name for source in entry.sources] or entry.authors)


def outlet(source: Source) -> str:
    """Address of a source's page."""
    return urls.subject("source", text.slug(source.name))


def updated(entry: Entry) -> str:
    """When an article last changed; the time alone where that was on its own day."""
    same = entry.updated.date() == entry.published.date()
    return dates.clock(entry.updated) if same else dates.moment(entry.updated)


def joint(unit: str) -> str:
    """Give what parts a value from its unit: nothing before a sign."""
    return "" if not unit or unit.startswith(MARKS) else " "


def wide(figure: Figure) -> bool:
    """Whether the value needs a row of its own above its context."""
    return len(figure.value) > VALUE_FITS


def paragraphs(text: str) -> list[str]:
    """Parts of a plain text between its empty lines."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def description(text: str, otherwise: str = "") -> str:
    """One line for search engines and link previews, cut between words."""
    line = " ".join((text or otherwise).split())
    if len(line) <= DESCRIPTION_LENGTH:
        return line
    return line[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def about(entry: Entry) -> str:
    """Describe an article: its summary's first line, else its headline."""
    summary = entry.brief.summary
    return description(summary[0].text if summary else "", entry.headline)


def today(period: Period) -> str:
    """Name of the newest edition."""
    return {"day": "Today", "week": "This week", "month": "This month"}[period]


def farewell(start: date, period: Period) -> str:
    """Last words of an edition."""
    words = {"day": dates.weekday(start), "week": "the week", "month": dates.month(start.month)}
    return f"That was {words[period]}."
