"""A folder made to hold what it is to hold."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.trees import UNSURE, Stamp, Tree, folders_of, named_at, recall, stamp


def fill(
    root: Path, wanted: Mapping[str, bytes | str], stamps: Mapping[str, Stamp], seen: Path | None = None
) -> Tree:
    """Let a folder hold exactly these files: bytes to write, or files to name there too. Give what it holds.

    What it holds already stays; nothing is written into a file, which may have another name elsewhere.
    `stamps` are those of the files that are named; what a look saw there before may be kept in `seen`.
    Where files cannot have two names they are copied. Raises OSError; then the folder holds anything.
    """
    there, standing = named_at(root, recall(seen) if seen else None)
    root.mkdir(exist_ok=True)
    folders = folders_of(wanted)
    gone = there.keys() - wanted.keys()
    for path in gone:
        (root / path).unlink()
    for folder in sorted(standing.keys() - folders, reverse=True):
        (root / folder).rmdir()
    for folder in sorted(folders - standing.keys()):
        (root / folder).mkdir()
    filler = _Filler(root, there)
    files: dict[str, Stamp] = {}
    put: list[str] = []
    for path, source in wanted.items():
        known = stamps.get(path)
        if known is not None and there.get(path) == known.inode:
            files[path] = known
        else:
            files[path] = filler.put(path, source, known)
            put.append(path)
    changed = _above(*gone, *put, *(standing.keys() ^ folders))
    return Tree(
        root, files, {path: UNSURE if path in changed else standing.get(path, UNSURE) for path in folders}
    )


def _above(*paths: str) -> set[str]:
    return {path.rpartition("/")[0] for path in paths}


class _Filler:
    def __init__(self, root: Path, there: Mapping[str, int]) -> None:
        self._root, self._there = f"{root}/", there
        self._linked = True  # until the disk says that it cannot

    def put(self, path: str, source: bytes | str, known: Stamp | None) -> Stamp:
        place = self._root + path
        here = self._there.get(path)
        if isinstance(source, bytes):
            if here is not None:
                Path(place).unlink()
            Path(place).write_bytes(source)
            return stamp(os.lstat(place))
        if here is not None and known and source == place:
            return known
        if here is not None and not self._linked and filecmp.cmp(source, place, shallow=False):
            return stamp(os.lstat(place))
        if here is not None:
            Path(place).unlink()
        return self._named(source, place, known)

    def _named(self, source: str, place: str, known: Stamp | None) -> Stamp:
        try:
            os.link(source, place)
        except FileNotFoundError:
            raise
        except OSError:
            self._linked = False
            shutil.copy2(source, place)
            return stamp(os.lstat(place))
        return known or stamp(os.lstat(place))
