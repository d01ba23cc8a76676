"""How work travels to a process that has neither this machine's disk nor its memory.

What all of it needs is packed once and goes to each worker once; what a few items need goes with them.
A worker gives what it made, or nothing of an item for which it lacked something: that is made at home, so
that what is wrong is found and told where the files lie.
"""

from __future__ import annotations

import gc
import io
import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from generator.executors.alike import Told, UnlikeError, told

PROTOCOL = 5
ALONE = threading.RLock()  # a worker may have many threads; what makes articles and pages knows of one


class Sending(Protocol):
    """Some work on its way: its items go in parts of so many."""

    @property
    def size(self) -> int: ...

    @property
    def open(self) -> Callable[[bytes], Any]:
        """Give what unpacks over there what is shared: a function of a module, as is the next."""
        ...

    @property
    def there(self) -> Callable[[Any, bytes], list[Any]]:
        """Give what does a part there, with what is shared."""
        ...

    def shared(self) -> bytes:
        """Pack what every part needs."""
        ...

    def part(self, items: Sequence[Any]) -> bytes:
        """Pack what some items need."""
        ...

    def home(self, item: Any, made: Any) -> Any:
        """Take what was made of an item, or make it here where nothing was."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker is to do, with which name for what is shared, and on what ground."""

    there: Callable[[Any, bytes], list[Any]]
    open: Callable[[bytes], Any]
    name: str
    timezone: str
    here: Told


class Packer(pickle.Pickler):
    """Leaves out what the other side has already: `known` gives its name by the id of an object."""

    def __init__(self, file: io.BytesIO, known: Mapping[int, Any]) -> None:
        super().__init__(file, PROTOCOL)
        self.known = known

    def persistent_id(self, value: object) -> Any:
        return self.known.get(id(value))


class Unpacker(pickle.Unpickler):
    """Puts in what `Packer` left out; `has` gives it by its name."""

    def __init__(self, data: bytes, has: Any) -> None:
        super().__init__(io.BytesIO(data))
        self.has = has

    def persistent_load(self, name: Any) -> Any:
        return self.has[name]


def packed(value: object, known: Mapping[int, Any]) -> bytes:
    file = io.BytesIO()
    Packer(file, known).dump(value)
    return file.getvalue()


def unpacked(data: bytes, has: Any) -> Any:
    """Unpack what `packed` packed. A large value is not looked through for garbage while it grows."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return Unpacker(data, has).load()
    finally:
        if was_on:
            gc.enable()


def run(errand: Errand, shared: bytes, part: bytes) -> list[Any]:
    """Do an errand, in a worker. Raises UnlikeError where it would not come out as at home."""
    mine = told(errand.timezone)
    if mine != errand.here:
        raise UnlikeError(_own_address(), mine)
    with ALONE:
        if _OPEN.get("name") != errand.name:
            _OPEN.clear()  # of an earlier build
            _OPEN.update(name=errand.name, value=errand.open(shared))
        return errand.there(_OPEN["value"], part)


_OPEN: dict[str, Any] = {}  # what was unpacked last, and its name: most parts need the same


def _own_address() -> str:
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:
        return "a worker"
