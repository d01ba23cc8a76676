"""When something was published, as others write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LEEWAY = timedelta(minutes=5)  # between two clocks
DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
FRACTION = re.compile(r"(\.\d{6})\d+")


def moment(written: str, zone: ZoneInfo) -> datetime | None:
    """Read ISO 8601 or RFC 5322; a time without a zone, and a day, are the site's."""
    told = FRACTION.sub(r"\1", " ".join(written.split()))
    if not told:
        return None
    made: datetime | None = None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            made = read(told)
            break
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    if made is None and (day := DAY.match(told)):
        try:
            made = datetime(int(day[1]), int(day[2]), int(day[3]))  # noqa: DTZ001 -- its zone comes below
        except ValueError:
            return None
    if made is None:
        return None
    try:
        aware = made if made.tzinfo else made.replace(tzinfo=zone)
        return aware.astimezone(zone).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None


def first(written: Iterable[str], zone: ZoneInfo) -> datetime | None:
    """Read the first of some that can be."""
    return next((made for told in written if (made := moment(told, zone))), None)


def settled(published: datetime | None, retrieved: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """Decide on a date, and say what is unsure of it: what can be read has been published."""
    here = retrieved.astimezone(zone).replace(microsecond=0)
    if published is None:
        return here, "no date was found: it is dated to when it was retrieved"
    if published > retrieved + LEEWAY:
        return here, f"it says that it is of {published.date()}: it is dated to when it was retrieved"
    if published < EARLIEST:
        return here, f"its date, {published.date()}, cannot be: it is dated to when it was retrieved"
    return published, ""
