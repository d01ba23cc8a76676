"""Which edition a moment belongs to, and what it is called."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

Period = Literal["day", "week", "month"]
# Of our own, since strftime's follow the locale.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def edition_start(published: datetime, period: Period) -> date:
    """First day of the edition that a moment belongs to, in its own zone; weeks begin on Monday."""
    day = published.date()
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def edition_title(start: date, period: Period) -> str:
    month = f"{MONTHS[start.month - 1]} {start.year}"
    if period == "month":
        return month
    return (
        f"Week of {start.day} {month}" if period == "week" else f"{DAYS[start.weekday()]} {start.day} {month}"
    )
