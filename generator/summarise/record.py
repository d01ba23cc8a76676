"""Frozen dataclasses <-> JSON text, by their types."""

from __future__ import annotations

import dataclasses
import functools
import json
import types
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encoded(value: Any) -> str:
    """Write a dataclass as JSON; its nested ones too."""
    return json.dumps(dataclasses.asdict(value), ensure_ascii=False, separators=(",", ":"))


def decoded(kind: type[T], text: str) -> T | None:
    """Read what `encoded` wrote; None where the text does not fit the type."""
    try:
        made: T = _of(kind, json.loads(text))
    except (ValueError, TypeError, KeyError):
        return None
    return made


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _of(kind: Any, data: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _of(hint, data[name]) for name, hint in _hints(kind).items()})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(_of(parts[0], item) for item in data)
    if origin in (Union, types.UnionType):
        return None if data is None else _of(next(part for part in parts if part is not type(None)), data)
    if origin is Literal:
        if data not in parts:
            raise ValueError(data)
        return data
    if not isinstance(data, kind):
        raise TypeError(data)
    return data
