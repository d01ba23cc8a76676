"""How messages and pages count."""

from __future__ import annotations


def plural(count: int, one: str, many: str = "") -> str:
    """`1 story`, `12 stories`, `5,016 articles`; `many` is `one` with an s where not given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
