"""Dates and times in English words, whatever the locale of the machine."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from generator.text import MONTHS, WEEKDAYS


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def month(number: int, year: int | None = None) -> str:
    """`November`, or `November 2026`."""
    name = MONTHS[number - 1]
    return name if year is None else f"{name} {year}"


def long(day: date) -> str:
    """`23 November 2026`."""
    return f"{day.day} {month(day.month, day.year)}"


def full(day: date) -> str:
    """`Monday 23 November 2026`."""
    return f"{weekday(day)} {long(day)}"


def short(day: date) -> str:
    """`23 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def appointment(day: date, beside: date) -> str:
    """`Thu 26 Nov`, with the year in the weekday's place where it is another."""
    return f"{short(day)} {day.year}" if day.year != beside.year else f"{weekday(day)[:3]} {short(day)}"


def stated(when: datetime) -> str:
    """`23 November 2026, 07:40 UTC.`, without a time where only a day was given."""
    return f"{long(when)}." if _whole_day(when) else f"{long(when)}, {clock(when)}."


def near(day: date, beside: date) -> str:
    """`23 November`, with the year only where it is not that of the page's own date."""
    return long(day) if day.year != beside.year else f"{day.day} {month(day.month)}"


def clock(moment: datetime) -> str:
    """`21:10 UTC`."""
    return f"{moment.hour:02d}:{moment.minute:02d} {zone(moment)}"


def zone(moment: datetime) -> str:
    """Abbreviation of a moment's zone; `UTC+3`, `UTC-3:30` where it has but a number."""
    name = moment.tzname() or "UTC"
    offset = moment.utcoffset()
    if name[0] not in "+-" or offset is None:
        return name
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def moment(when: datetime) -> str:
    """`Sunday 22 November 2026, 21:10 UTC`; without a time where only a day was given (midnight)."""
    return full(when) if _whole_day(when) else f"{full(when)}, {clock(when)}"


def machine(when: datetime) -> str:
    """Write the same for the `datetime` attribute."""
    return when.date().isoformat() if _whole_day(when) else when.isoformat(timespec="minutes")


def resolved(iso: str) -> str:
    """Write an ISO date of a brief in words: `22 Nov 2026`, `November 2026`, `2026`."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return iso
    if len(parts) == 2:  # noqa: PLR2004 -- year, month
        return month(parts[1], parts[0])
    return f"{short(date(*parts))} {parts[0]}"


def issue(start: date, period: Literal["day", "week", "month"]) -> str:
    """Write an edition's day, week or month for the `datetime` attribute."""
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    return start.isoformat() if period == "day" else start.isoformat()[:7]


def stamp(start: date, period: Literal["day", "week", "month"]) -> str:
    """Write an edition's date for a narrow column: `23 Nov`, or `Nov`."""
    return MONTHS[start.month - 1][:3] if period == "month" else short(start)


def _whole_day(when: datetime) -> bool:
    return when.time() == time()
