"""Words of trees, and what was seen of one, as it is kept."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from generator.cache import keep, kept

FORM = "broadsheet seen 4"
FEW = 8  # that one in so many is
SOME = 5000  # rows that are written together


class Stamp(NamedTuple):
    """How a disk knows a file: size in bytes, time of its last change in nanoseconds, inode."""

    size: int
    changed: int
    inode: int


class Listed(NamedTuple):
    """How a disk knew a folder before it was listed: times of its names and of its node, inode."""

    changed: int
    touched: int
    inode: int


# As the classes do it, at a third of the cost.
stamped, as_listed = partial(tuple.__new__, Stamp), partial(tuple.__new__, Listed)
NO_FILE = Stamp(-1, -1, -1)
UNSURE = Listed(-1, -1, -1)  # of a folder that is to be listed again


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder holds: files by their paths, and folders. A link counts as a file that is none."""

    root: Path
    files: dict[str, Stamp] = field(default_factory=dict)
    folders: dict[str, Listed] = field(default_factory=dict)


Names = tuple[dict[str, int], dict[str, Listed]]  # inodes of files by their paths, and folders


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a tree saw, as it was kept, and the tree's `state`."""

    state: str
    files: dict[str, Stamp]
    folders: dict[str, Listed]

    @property
    def is_sure(self) -> bool:
        """Tell whether few folders will have to be listed again."""
        return list(self.folders.values()).count(UNSURE) <= len(self.folders) // FEW


def as_stamp(told: tuple[int, int, int]) -> Stamp:
    return told if isinstance(told, Stamp) else Stamp(*told)


def recall(file: Path) -> Seen | None:
    """Give what a look saw that was kept in a file, where that helps to look again."""
    told = _kept(file)
    if told is None:
        return None
    folders, paths, sizes, changed, inodes, *times, (state,) = told
    rows = map(stamped, zip(sizes, changed, inodes, strict=True))
    return Seen(state, dict(zip(paths, rows, strict=True)), _folders(folders, times))


def recall_names(file: Path) -> Names | None:
    """Give what `recall` does, but of files their inodes alone: the rest takes as much room again."""
    told = _kept(file)
    if told is None:
        return None
    folders, paths = next(told), next(told)
    for _ in "size", "changed":
        next(told)
    files = dict(zip(paths, next(told), strict=True))
    *times, _ = told
    return files, _folders(folders, times)


def _kept(file: Path) -> Iterator[Any] | None:
    data = kept(file, FORM) if os.name == "posix" else None
    return None if data is None else columns(data)


def _folders(paths: Sequence[str], times: Iterable[Sequence[int]]) -> dict[str, Listed]:
    return dict(zip(paths, map(as_listed, zip(*times, strict=True)), strict=True))


def remember(file: Path, tree: Tree) -> str:
    """Keep what a look saw; give the tree's state, a digest of what stands in it as the disk knows it.

    The state of a tree without files is empty. What cannot be kept is looked at in full the next time.
    """
    paths, folders = sorted(tree.files), sorted(tree.folders)
    of_files = ([tree.files[path][n] for path in paths] for n in range(len(Stamp._fields)))
    told = in_columns(chain((folders, paths), of_files))
    state = blake2b(told, digest_size=16).hexdigest() if paths else ""
    if os.name == "posix":
        times = ([tree.folders[path][n] for path in folders] for n in range(len(Listed._fields)))
        told += in_columns(chain(times, [[state]]))
        keep(file, FORM, told)
    return state


def in_columns(columns: Iterable[Sequence[object]]) -> bytearray:
    """Write columns of rows, a line for each: all at once they would be in memory several times."""
    made = bytearray()
    for column in columns:
        made += b"["
        for start in range(0, len(column), SOME):
            told = json.dumps(column[start : start + SOME], separators=(",", ":"))
            made += (f",{told[1:-1]}" if start else told[1:-1]).encode()
        made += b"]\n"
    return made


def columns(data: bytes) -> Iterator[Any]:
    """Read what `in_columns` wrote, one after the other."""
    return map(json.loads, io.BytesIO(data))
