"""What a command prints for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click


def tell_data(data: Mapping[str, Any]) -> None:
    """Print JSON on standard output, in UTF-8 whatever the locale (RFC 8259).

    Half a pair of signs, as in a name that is not UTF-8, is written as an escape.
    """
    text = json.dumps(data, ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", "backslashreplace"))
