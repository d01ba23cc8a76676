"""Which edition a moment belongs to, and what it is called."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from generator.text import MONTHS, WEEKDAYS

Period = Literal["day", "week", "month"]


def edition_start(published: datetime, period: Period) -> date:
    """First day of the edition that a moment belongs to, in its own zone; weeks begin on Monday."""
    return start_of(published.date(), period)


def start_of(day: date, period: Period) -> date:
    """First day of the day, week or month that a day belongs to."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def edition_title(start: date, period: Period) -> str:
    month = f"{MONTHS[start.month - 1]} {start.year}"
    if period == "month":
        return month
    if period == "week":
        return f"Week of {start.day} {month}"
    return f"{WEEKDAYS[start.weekday()]} {start.day} {month}"
