"""When something was published, as others write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LEEWAY = timedelta(minutes=5)  # between two clocks
FRACTION = re.compile(r"(\.\d{6})\d+")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAMED = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"
DAYS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})(?![\d])"),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<month>{NAMED}),?[ -](?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(rf"\b(?P<month>{NAMED}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?!\d)"
    ),  # where it is plain which
)
BETWEEN = re.compile(r"^(?:t|[ ,;|/-]|at\b|um\b|\u00b7|\u2013|\u2014)+")  # a day and a time
YEAR_LAST = re.compile(rf"\b({NAMED} +\d{{1,2}}) (\d{{1,2}}:\d{{2}}.*) (\d{{4}})$")  # as `date` writes it
TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?uhr\b)?",
)
OFFSET = re.compile(r"(?:(?:gmt|utc) ?)?(?P<sign>[-+\u2212])(?P<hours>\d{2}):?(?P<minutes>\d{2})?")
# Hours from UTC, of names that mean one zone; Python knows those of RFC 5322, none of these. Others, such as
# IST, are of India, Ireland and Israel.
ZONES = {
    "z": 0,
    "utc": 0,
    "ut": 0,
    "gmt": 0,
    "wet": 0,
    "west": 1,
    "bst": 1,
    "cet": 1,
    "met": 1,
    "mez": 1,
    "cest": 2,
}
ZONES |= {
    "mest": 2,
    "mesz": 2,
    "eet": 2,
    "sast": 2,
    "eest": 3,
    "msk": 3,
    "sgt": 8,
    "hkt": 8,
    "awst": 8,
    "jst": 9,
}
ZONES |= {
    "kst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
}
ZONES |= {"mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10}
ZONE = re.compile(r"\(?(?P<name>[a-z]{1,5})\)?(?![a-z])")
Told = tuple[datetime | None, tuple[str, ...]]


def read(written: str, zone: ZoneInfo) -> Told:
    """Read a moment as others write it, and say what is unsure of it; none where it holds no day.

    ISO 8601 and RFC 5322 first, then a day and a time in other forms. A time without a zone, and a day, are
    the site's; so, and that is told, is a time whose zone cannot be read, and a day whose time cannot.
    """
    told = FRACTION.sub(r"\1", " ".join(written.split()))
    made = _standard(told)
    if made is None:
        return _pieced(YEAR_LAST.sub(r"\1 \3 \2", told.casefold()), zone, shown=told[:60])
    moment = _in(made, zone)
    return moment, () if moment else (_unreadable(told),)


def first(written: Iterable[str], zone: ZoneInfo) -> Told:
    """Read the first of some that can be; if none can, say so of the first."""
    made = [read(told, zone) for told in written if told.strip()]
    return next((one for one in made if one[0]), made[0] if made else (None, ()))


def _standard(told: str) -> datetime | None:
    """Read ISO 8601 or RFC 5322, unless that names a zone which Python would pass over."""
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        pass
    try:
        made = parsedate_to_datetime(told)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return made if made.tzinfo else made.replace(tzinfo=UTC) if told.endswith("-0000") else None


def _pieced(told: str, zone: ZoneInfo, *, shown: str) -> Told:
    """Look for a day, then after it, or before it, for a time and its zone."""
    days = [(match, day) for form in DAYS if (match := form.search(told)) and (day := _day(match))]
    found, day = days[0] if len({day for _, day in days}) == 1 else (None, None)
    if found is None or day is None or _in(day, zone) is None:
        return None, (_unreadable(shown),) if told else ()
    after, before = BETWEEN.sub("", told[found.end() :]), told[: found.start()]
    for rest in (after, before):
        if clock := TIME.search(rest):
            made = _at(day, clock)
            if made is None:
                break
            return _zoned(made, rest[clock.end() :].strip(" ,"), zone, shown)
    is_bare = not re.search(r"\d", after + before)
    unsure = () if is_bare else (f'its time cannot be read ("{shown}"): it is dated to the start of the day',)
    return _in(day, zone), unsure


def _unreadable(told: str) -> str:
    return f'its date cannot be read ("{told[:60]}")'


def _day(found: re.Match[str]) -> datetime | None:
    month = found["month"]
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3]) + 1
    try:
        return datetime(int(found["year"]), number, int(found["day"]))  # noqa: DTZ001 -- its zone comes below
    except ValueError:
        return None


def _at(day: datetime, clock: re.Match[str]) -> datetime | None:
    """Give the moment of a day; a number alone is no time, and 24:00 is the next day."""
    half = clock["half"]
    if not (clock["minute"] or half):
        return None
    hour, minute, second = int(clock["hour"]), int(clock["minute"] or 0), int(clock["second"] or 0)
    if half and not 1 <= hour <= 12:  # noqa: PLR2004 -- of twelve
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    is_end = (hour, minute, second) == (24, 0, 0)
    try:
        return (
            day + timedelta(days=1)
            if is_end
            else day.replace(hour=hour, minute=minute, second=min(second, 59))
        )
    except (ValueError, OverflowError):
        return None


def _zoned(made: datetime, rest: str, zone: ZoneInfo, shown: str) -> Told:
    if offset := OFFSET.match(rest):
        hours = int(offset["hours"]) + int(offset["minutes"] or 0) / 60
        ours = timedelta(hours=hours if offset["sign"] == "+" else -hours)
    elif (name := ZONE.match(rest)) is None:
        return _in(made, zone), ()
    elif name["name"] in ZONES:
        ours = timedelta(hours=ZONES[name["name"]])
    else:
        return _in(made, zone), (f'the zone of its time is not known ("{shown}"): the site\'s was taken',)
    try:
        return _in(made.replace(tzinfo=timezone(ours)), zone), ()
    except ValueError:
        return _in(made, zone), (f'the zone of its time cannot be ("{shown}"): the site\'s was taken',)


def _in(made: datetime, zone: ZoneInfo) -> datetime | None:
    try:
        aware = made if made.tzinfo else made.replace(tzinfo=zone)
        return aware.astimezone(zone).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None


def settled(published: datetime | None, retrieved: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """Decide on a date, and say what is unsure of it: what can be read has been published."""
    here = retrieved.astimezone(zone).replace(microsecond=0)
    if published is None:
        return here, "no date could be read: it is dated to when it was retrieved"
    if published > retrieved + LEEWAY:
        return here, f"it says that it is of {published.date()}: it is dated to when it was retrieved"
    if published < EARLIEST:
        return here, f"its date, {published.date()}, cannot be: it is dated to when it was retrieved"
    return published, ""
