"""Keys of what is made: the digest of all that goes in, found without making it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from hashlib import blake2b
from operator import attrgetter
from typing import Any

PLAIN = frozenset((str, int, float, bool, type(None), bytes, date))
ERRORS = "surrogatepass"
SIZE = 32  # signs of a digest


class UnkeyedError(TypeError):
    """A value that no key can stand for."""


class Keys:
    """Tells values apart by all that they hold, whatever their depth; looks at each object once.

    `known` gives values and what stands for all that they hold: into these it does not look. Values of
    `passing` kinds are few times met: they are not held, and looked at each time. Values must not
    change meanwhile. Order counts, in mappings too: a template sees it.
    """

    def __init__(
        self, known: Iterable[tuple[object, str]] = (), passing: Collection[type] = frozenset()
    ) -> None:
        self._passing = passing
        self._told: dict[int, str] = {}
        self._once: dict[int, str] = {}
        self._held: list[object] = []  # an id is an object's own only while it lives
        for value, key in known:
            self._keep(value, key)

    def of(self, *values: object) -> str:
        """Give the key of some values together. Raises UnkeyedError for what is no plain data."""
        return digest(self._parts(values))

    def once(self, value: object) -> str:
        """Give the key of a value that is asked for again and again: a mapping, or a list.

        What holds it has the same key whether this was asked before or not.
        """
        known = self._once.get(id(value))
        if known is None:
            self._once[id(value)] = known = self.of(value)
            self._held.append(value)
        return known

    def knows(self, value: object) -> bool:
        """Tell whether something stands for all that a value holds already."""
        return id(value) in self._told

    def know(self, value: object, *parts: object) -> None:
        """Let some values together stand for one that follows from them alone."""
        self._keep(value, self.of(*parts))

    def _keep(self, value: object, key: str) -> str:
        told = f"#{key}" if len(key) == SIZE else f"#{digest(key)}"
        self._told[id(value)] = told
        self._held.append(value)
        return told

    def _part(self, value: Any) -> str:
        """Give what stands for a value that is neither plain nor known yet."""
        kind = type(value)
        if kind is tuple or kind is list:
            return f"({self._parts(value)})"
        if kind is datetime:
            return f"{value.isoformat()}{value.tzinfo};"
        look = _LOOKS.get(kind)
        if look is not None:
            key = digest(f"{kind.__name__}{self._parts(look(value))}")
            return f"#{key}" if kind in self._passing else self._keep(value, key)
        if isinstance(value, tuple):  # with names
            return f"{kind.__name__}({self._parts(value)})"
        if is_dataclass(value):
            _LOOKS[kind] = fields_of(kind)
            return self._part(value)
        if isinstance(value, Mapping):
            return f"{{{self._parts([part for pair in value.items() for part in pair])}}}"
        raise UnkeyedError(kind.__name__)

    def _parts(self, values: Sequence[Any]) -> str:
        told = self._told
        parts: list[str] = []
        for value in values:  # a call for each would be slow: there are millions
            if type(value) is str:
                parts.append(f"{len(value)}:{value}")
                continue
            part = told.get(id(value))
            if part is None:
                part = f"{value!r};" if type(value) in PLAIN else self._part(value)
            parts.append(part)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Known:
    """What a step needs to leave out what was made before: `program` stands for all that makes it.

    `holds` tells whether the site has the file of this path, made from this key.
    """

    keys: Keys
    program: str = ""
    holds: Callable[[str, str], bool] = lambda _path, _key: False

    @classmethod
    def nothing(cls) -> Known:
        """Know nothing: all is made."""
        return cls(Keys())


def digest(text: str) -> str:
    return blake2b(text.encode("utf-8", ERRORS), digest_size=16).hexdigest()


_LOOKS: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Give what takes all fields out of a dataclass at once."""
    names = [field.name for field in fields(kind)]
    if len(names) < 2:  # noqa: PLR2004 -- attrgetter gives one value, not a tuple of one
        return lambda value: tuple(getattr(value, name) for name in names)
    return attrgetter(*names)
