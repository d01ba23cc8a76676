"""Months: as a calendar with the days of its editions, and as divisions of a long listing."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator import urls
from generator.model import Edition, Entry
from generator.pages import dates


@dataclass(frozen=True, slots=True)
class Day:
    """A field of a calendar; `number` is 0 where it belongs to another month."""

    number: int
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The entries of one calendar month, newest first, and where a page of their own would stand."""

    year: int
    month: int
    url: str
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        return dates.month(self.month, self.year)


def weeks(year: int, month: int, editions: Iterable[Edition]) -> list[list[Day]]:
    """Weeks of a month from Monday on, each of seven days."""
    by_day = {edition.start: edition for edition in editions}
    numbers = Calendar(firstweekday=0).monthdayscalendar(year, month)
    return [[Day(n, by_day.get(date(year, month, n)) if n else None) for n in week] for week in numbers]


def spans(entries: Iterable[Entry], listing: str) -> list[Span]:
    """Divide entries (newest first) by calendar month; `listing` is the address that they belong to."""
    by_month = groupby(entries, key=lambda entry: (entry.published.year, entry.published.month))
    return [
        Span(year, month, urls.month_of(listing, year, month), tuple(group))
        for (year, month), group in by_month
    ]


def divided(spans: Sequence[Span], at_least: int) -> tuple[Sequence[Span], Sequence[Span]]:
    """Whole months, newest first, that hold at least so many entries together; and the older rest."""
    shown = 0
    for n, span in enumerate(spans):
        if shown >= at_least:
            return spans[:n], spans[n:]
        shown += len(span.entries)
    return spans, ()
