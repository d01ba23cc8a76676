"""Plain values as YAML text that every reader takes for the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.schema.documents import NULLS, Plain, resolved

# Safe without quotes: begins as words and amounts do, holds nothing that YAML could take for its own.
BARE = re.compile(
    r"(?!.*(?:: |:$| #))(?:[^\W_]|[$€£¥“‘«„¿¡(])(?:[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*)"
)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
TEXT = "tag:yaml.org,2002:str"


def scalar(value: str) -> str:
    """Write a text so that it comes back: bare where it can be, else between double quotes."""
    if BARE.fullmatch(value) and value not in NULLS and value == value.strip():
        return value
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + UNSEEN.sub(lambda sign: rf"\u{ord(sign[0]):04x}", quoted) + '"'


def text_scalar(value: str) -> str:
    """Write a text so that readers without a schema take it for text too: not for a number, a day or a no."""
    bare = scalar(value)
    return bare if bare.startswith('"') or _is_text(value) else f'"{bare}"'


def mapping(fields: Mapping[str, object]) -> Iterator[str]:
    """Give a line for each field, texts quoted where they must be; mappings and lists take more lines.

    A `Plain` stays as it is written; what is empty is left out.
    """
    for key, value in fields.items():
        match value:
            case None | "" | () | []:
                continue
            case dict():
                yield f"{key}:"
                yield from (f"  {line}" for line in mapping(value))
            case list() | tuple():
                yield f"{key}:"
                yield from (f"  - {_written(item)}" for item in value)
            case _:
                yield f"{key}: {_written(value)}"


def _written(value: object) -> str:
    return str(value) if isinstance(value, Plain) else text_scalar(str(value))


def _is_text(value: str) -> bool:
    """Tell what is text in YAML 1.1, as most programs read it, and in the core schema of 1.2."""
    reader: Any = yaml.SafeLoader("")
    implied = reader.resolve(yaml.ScalarNode, value, (True, False))
    return bool(implied == TEXT and isinstance(resolved(Plain(value)), str))
