"""A folder made to hold what it is to hold."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from generator.trees import UNSURE, Stamp, Tree, folders_of, named_at, recall_names, stamp

Map = Callable[..., Iterable[Any]]
FOLDERS = 500  # that are made together, with their files


def fill(
    root: Path, wanted: Mapping[str, bytes | str], stamps: Mapping[str, Stamp], seen: Path | None = None
) -> Tree:
    """Let a folder hold exactly these files: bytes to write, or files to name there too. Give what it holds.

    Those to be named lie at the same path below a root that is given instead, with a slash at its end.
    What is held already stays; nothing is written into a file, which may have another name elsewhere.
    `stamps` are those of the files that are named; what a look saw there before may be kept in `seen`.
    Where files cannot have two names they are copied. Raises OSError; then the folder holds anything.
    """
    there, standing = named_at(root, recall_names(seen) if seen else None)
    root.mkdir(exist_ok=True)
    folders = folders_of(wanted)
    gone = there.keys() - wanted.keys()
    _make_room(root, gone, standing.keys() - folders, folders - standing.keys())
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


def follow(
    held: Tree, other: Path, gone: Iterable[str], new: Iterable[str], stamps: Mapping[str, Stamp]
) -> None:
    """Let a tree, of which all is known that it holds, become what another is: some files go, some are named.

    `stamps` are those of all files of the other. Raises OSError; then the folder holds anything.
    """
    folders = folders_of(stamps)
    _make_room(held.root, gone, held.folders.keys() - folders, folders - held.folders.keys())
    filler = _Filler(held.root, {path: stamp.inode for path, stamp in held.files.items()})
    root = f"{other}/"
    for path in new:
        filler.put(path, root, stamps[path])


def name_again(
    root: Path,
    other: Path,
    stamps: Mapping[str, Stamp],
    map: Map = map,  # noqa: A002 -- the seam's name
) -> Tree:
    """Let a folder that is not there name all files of another tree, with any `map`.

    These are their `stamps`. Raises OSError, and what the map raises; then the folder holds anything.
    """
    files: dict[str, list[str]] = {}
    for path in stamps:
        files.setdefault(path.rpartition("/")[0], []).append(path)
    folders = folders_of(stamps)
    inner = _above(*folders) | {""}
    for folder in sorted(inner):
        (root / folder).mkdir()
    told = [(paths, folder not in inner) for folder, paths in files.items()]
    shares = [told[n : n + FOLDERS] for n in range(0, len(told), FOLDERS)]
    for _ in map(partial(_named_again, root, other, stamps), shares):
        pass
    return Tree(root, dict(stamps), dict.fromkeys(folders, UNSURE))


def _named_again(
    root: Path, other: Path, stamps: Mapping[str, Stamp], share: Sequence[tuple[Sequence[str], bool]]
) -> None:
    filler, source = _Filler(root, {}), f"{other}/"
    for paths, is_new in share:
        if is_new:
            Path(f"{root}/{paths[0]}").parent.mkdir()
        for path in paths:
            filler.put(path, source, stamps[path])


def _make_room(root: Path, files: Iterable[str], folders: Iterable[str], new: Iterable[str]) -> None:
    """Take away files and the folders that are empty then, and make new folders."""
    for path in files:
        (root / path).unlink()
    for folder in sorted(folders, reverse=True):
        (root / folder).rmdir()
    for folder in sorted(new):
        (root / folder).mkdir()


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
        if here is not None and known and source == self._root:
            return known
        if here is not None and not self._linked and filecmp.cmp(source + path, place, shallow=False):
            return stamp(os.lstat(place))
        if here is not None:
            Path(place).unlink()
        return self._named(source + path, place, known)

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
