"""Front matter in YAML, the same of all generators that read it; JSON is YAML, and so is each value here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime


def front_matter(matter: Mapping[str, object]) -> str:
    """Write front matter. Moments are in UTC."""
    lines = (f"{key}: {_value(value)}" for key, value in matter.items())
    return "\n".join(["---", *lines, "---", "", ""])


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return json.dumps(value, ensure_ascii=False)
