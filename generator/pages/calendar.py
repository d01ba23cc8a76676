"""Months: as a calendar with the days of its editions, and as divisions of a long listing."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from generator import urls
from generator.model import Edition, Entry
from generator.pages import dates

T = TypeVar("T")
_published: Callable[[Any], datetime] = attrgetter("published")


@dataclass(frozen=True, slots=True)
class Day:
    """A field of a calendar; `number` is 0 where it belongs to another month."""

    number: int
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """What a listing has of one calendar month, newest first, and where a page of its own would stand."""

    year: int
    month: int
    url: str
    entries: tuple[T, ...]

    @property
    def title(self) -> str:
        return dates.month(self.month, self.year)


def weeks(year: int, month: int, editions: Iterable[Edition]) -> list[list[Day]]:
    """Weeks of a month from Monday on, each of seven days."""
    by_day = {edition.start: edition for edition in editions}
    numbers = Calendar(firstweekday=0).monthdayscalendar(year, month)
    return [[Day(n, by_day.get(date(year, month, n)) if n else None) for n in week] for week in numbers]


def spans(entries: Iterable[T], listing: str, when: Callable[[T], datetime] = _published) -> list[Span[T]]:
    """Divide entries (newest first) by calendar month; `listing` is the address that they belong to.

    The month is that of each moment's own zone, so entries of one month need not stand side by side.
    """
    by_month: dict[tuple[int, int], list[T]] = defaultdict(list)
    for entry in entries:
        by_month[when(entry).year, when(entry).month].append(entry)
    return [
        Span(year, month, urls.month_of(listing, year, month), tuple(by_month[year, month]))
        for year, month in sorted(by_month, reverse=True)
    ]


def month_below(months: Sequence[Span[Any]], place: int) -> str:
    """Name of a month in a listing, with its year where that is another than of the one above."""
    span = months[place]
    same = place > 0 and span.year == months[place - 1].year
    return dates.month(span.month) if same else span.title


def days(span: Span[Entry]) -> list[tuple[date, list[Entry]]]:
    """Entries of a month by the day of their own zone, newest first."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in span.entries:
        by_day[entry.published.date()].append(entry)
    return [(day, by_day[day]) for day in sorted(by_day, reverse=True)]


def divided(
    spans: Sequence[Span[T]], at_least: int, at_most: int
) -> tuple[Sequence[Span[T]], Sequence[Span[T]]]:
    """Months for the listing itself, newest first, and those that have pages of their own.

    The listing shows whole months until it holds `at_least` entries. A month that would make it hold more
    than `at_most` is cut short there, and has its own page too.
    """
    held = 0
    for n, span in enumerate(spans):
        if held >= at_least:
            return spans[:n], spans[n:]
        if held + len(span.entries) > at_most:
            cut = replace(span, entries=span.entries[: at_least - held])
            return (*spans[:n], cut), spans[n:]
        held += len(span.entries)
    return spans, ()
