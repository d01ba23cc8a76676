"""Articles on their way: the bytes of each file go with it, of pictures only what is known of them."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import cache, content, disk, pieces
from generator.executors.pictures import Pictures
from generator.executors.sending import packed, unpacked

Keyed = tuple[pieces.Paths, str | None]
MEMORY, ROOT = "memory", "root"  # what stands for the cache and for content/, which stay at home


class MissedError(Exception):
    """Something was asked for that only home has."""


class NoMemory:
    """Stands for the cache where there is none: it digests and keeps nothing; what it is asked for is missed.

    Only the brief of an article that awaits a model's answer asks for anything.
    """

    digest = staticmethod(cache.digest)

    def recall(self, key: str) -> bytes | None:
        raise MissedError(key)

    def keep(self, _key: str, _data: bytes) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Lent:
    """Files of content/ for some articles: their bytes, what pictures measure, and mere names of others."""

    keyed: tuple[Keyed, ...]
    files: Mapping[str, bytes]
    measured: Mapping[str, content.Measured]
    names: tuple[str, ...]


def opened(shared: bytes) -> pieces.Options:
    return unpacked(shared, {MEMORY: NoMemory(), ROOT: Path()})  # type: ignore[no-any-return]


def made(options: pieces.Options, part: bytes) -> list[tuple[str, bytes] | None]:
    """Make the pieces of some articles in a worker: each as it is kept, under its key, or nothing.

    What has a key was made from the same bytes as at home, nothing is wrong with it, and nothing was missed.
    """
    lent: Lent = unpacked(part, ())
    with tempfile.TemporaryDirectory(prefix="broadsheet-", ignore_cleanup_errors=True) as folder:
        for path, data in (*lent.files.items(), *((name, b"") for name in (*lent.measured, *lent.names))):
            _write(Path(folder, path), data)
        reading = replace(options.reading, measured=lent.measured)
        return [_made(keyed, replace(options, root=Path(folder), reading=reading)) for keyed in lent.keyed]


def _write(file: Path, data: bytes) -> None:
    with suppress(OSError, ValueError):  # a name that this disk cannot hold: home makes it
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _made(keyed: Keyed, options: pieces.Options) -> tuple[str, bytes] | None:
    try:
        key, data = pieces.make_one(keyed, options, NoMemory())
    except MissedError:
        return None
    return (key, data) if key and isinstance(data, bytes) else None


class Articles:
    """Sends what `pieces.make_lean` makes of files under content/, and keeps what comes back."""

    size = 24
    there = staticmethod(made)
    open = staticmethod(opened)

    def __init__(self, work: functools.partial[Any], _items: Sequence[Keyed]) -> None:
        self.work = work
        self.options: pieces.Options = work.keywords["options"]
        self.memory: pieces.Memory = work.keywords["memory"]
        self.pictures = Pictures.under(self.options.root)

    def shared(self) -> bytes:
        return packed(self.options, {id(self.memory): MEMORY, id(self.options.root): ROOT})

    def part(self, items: Sequence[Keyed]) -> bytes:
        files: dict[str, bytes] = {}
        measured: dict[str, content.Measured] = {}
        limits = self.options.reading.limits
        for (path, brief), key in items:
            told = self._read(path, limits.article) if key else None
            edited = self._read(brief, limits.data) if brief and key else None
            if told is None or (brief and edited is None):
                continue  # something is wrong with it: home tells what
            files[path] = told
            if brief and edited is not None:
                files[brief] = edited
            measured.update(self.pictures.shown(path, told))
        return packed(Lent(tuple(items), files, measured, self.pictures.odd), {})

    def home(self, item: Keyed, made: tuple[str, bytes] | None) -> Any:
        if made is None:
            return self.work(item)
        self.memory.keep(*made)
        return pieces.slim(item[0], made, self.options, self.memory)

    def _read(self, path: str, most: int) -> bytes | None:
        try:
            data = disk.read(self.options.root / path, most)
        except OSError:
            return None
        return data if len(data) <= most else None
