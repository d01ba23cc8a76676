"""Values that front matter and brief files share: days and web addresses."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from generator.schema.validation import BeforeValidator, WithJsonSchema, fault, shown
from generator.schema.web import parts_of

DAY = re.compile(
    r"(\d{4})-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
DAY_ALONE = 10  # characters
# Outside of these years some zone or some feed cannot tell the time.
YEARS = range(1001, 9998)


def when(value: Any) -> date | datetime:
    """Read a day, or a day and a time with or without a zone (ISO 8601)."""
    hint = 'write 2026-11-23, or with a time: "2026-11-23 08:00" or 2026-11-23T08:00:00+01:00'
    written = str(value).strip() if isinstance(value, str) else ""
    found = DAY.fullmatch(written)
    if not found:
        raise fault("bad-date", f"{shown(value)} is not a date", hint)
    if int(found[1]) not in YEARS:
        raise fault("bad-date", f"the year {found[1]} is out of range", hint)
    try:
        if len(written) == DAY_ALONE:
            return date.fromisoformat(written)
        return datetime.fromisoformat(re.sub(r"\s+(?=[-+Z])", "", written.replace(" UTC", "Z")))
    except ValueError as error:
        raise fault("bad-date", f"{shown(value)} is not a date: {error}", hint) from error


def web_address(value: Any) -> str:
    """Check an absolute http(s) address of the web."""
    if not parts_of(value.strip() if isinstance(value, str) else "") or re.search(
        r"[\s\"<>\\]", value.strip()
    ):
        raise fault(
            "bad-url", f"{shown(value)} is not a web address", "write it whole: https://example.org/page"
        )
    return str(value.strip())


When = Annotated[
    date | datetime,
    BeforeValidator(when),
    WithJsonSchema({"type": "string", "description": "A day, or a day and a time (ISO 8601)."}),
]
Url = Annotated[str, BeforeValidator(web_address), WithJsonSchema({"type": "string", "format": "uri"})]
