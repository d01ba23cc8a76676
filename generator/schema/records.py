"""Frozen data <-> JSON that is kept for the next run, read back by its types."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

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


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Give a kind's adapter: to make one costs as much as a hundred records."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
