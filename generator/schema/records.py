"""Frozen data <-> JSON that is kept for the next run, read back by its types; plain data -> JSON."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

T = TypeVar("T")
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def encoded(value: Any) -> bytes:
    """Write a dataclass as one line of JSON, its nested ones too.

    Raises ValueError for what JSON cannot hold: half a character (a lone surrogate), values of no known type.
    """
    return _adapter(type(value)).dump_json(value)


def decoded(kind: type[T], data: str | bytes) -> T | None:
    """Read what `encoded` wrote; None where the data does not fit the type."""
    try:
        made: T = _adapter(kind).validate_json(data)
    except ValidationError:
        return None
    return made


FAULTS = {
    "missing": "is missing",
    "string_type": "is no text",
    "tuple_type": "is no list",
    "dataclass_type": "is no object",
}


def misfit(kind: type[Any], data: str | bytes) -> str:
    """Name the first place where data does not fit a type, and what is wrong there; nothing where it fits."""
    try:
        _adapter(kind).validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "it"
        return f"{place} {FAULTS.get(first['type'], first['msg'])}"
    return ""


def salvaged(kind: type[T], data: str | bytes) -> tuple[T | None, tuple[str, ...]]:
    """Read data of others without those fields that do not fit, and name them; None for what is no object."""
    try:
        raw = from_json(data)
    except ValueError:
        return None, ()
    if not isinstance(raw, dict):
        return None, ()
    try:
        return _adapter(kind).validate_python(raw), ()
    except ValidationError as error:
        wrong = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
    try:
        kept = {name: value for name, value in raw.items() if name not in wrong}
        return _adapter(kind).validate_python(kept), tuple(wrong)
    except ValidationError:  # one that it cannot be without
        return None, tuple(wrong)


def indented(value: Any) -> bytes:
    """Write plain data without fractions as JSON for others to read, as `json.dumps` does it with an indent.

    That one indents in Python, twenty times as slowly. Lone surrogates are escaped: UTF-8 holds none.
    """
    try:
        return to_json(value, indent=1)
    except ValueError:
        return json.dumps(value, ensure_ascii=False, indent=1).encode(errors="backslashreplace")


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Give a kind's adapter: to make one costs as much as a hundred records."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
