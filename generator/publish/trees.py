"""Trees of files on the disk: what lies in one, and making one hold what it is to hold."""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from generator.publish.ledger import Stamp, stamp

Map = Callable[..., Iterable[Any]]
NO_FILE = Stamp(-1, -1, -1)
FOLDERS = 500  # that are made together, with their files


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder holds: files by their paths, and folders. A link counts as a file that is none."""

    root: Path
    files: dict[str, Stamp] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)


def looked_at(root: Path) -> Tree:
    """Look at all that a folder holds; links are not followed. A folder that is not there holds nothing."""
    tree, base = Tree(root), f"{root}/"  # a Path for each is slow, and so is a call
    files, folders, waiting = tree.files, tree.folders, [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(base + prefix) as items:
                found = list(items)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for item in found:
            path = prefix + item.name
            if item.is_dir(follow_symlinks=False):
                folders.add(path)
                waiting.append(f"{path}/")
                continue
            known = item.stat(follow_symlinks=False)
            # A plain file that its owner may read: no server could show another.
            if stat.S_ISREG(known.st_mode) and known.st_mode & stat.S_IRUSR:
                files[path] = Stamp(known.st_size, known.st_mtime_ns, known.st_ino)
            else:
                files[path] = NO_FILE
    return tree


def named_at(root: Path) -> tuple[dict[str, int], set[str]]:
    """Look at a folder but at no file in it: give inodes of files by their paths, and folders."""
    files: dict[str, int] = {}
    folders: set[str] = set()
    base, waiting = f"{root}/", [""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(base + prefix) as items:
                for item in items:
                    if item.is_dir(follow_symlinks=False):
                        folders.add(prefix + item.name)
                        waiting.append(f"{prefix}{item.name}/")
                    else:
                        files[prefix + item.name] = item.inode()
        except (FileNotFoundError, NotADirectoryError):
            continue
    return files, folders


def folders_of(paths: Iterable[str]) -> set[str]:
    """Give every folder that some files stand in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def fill(root: Path, wanted: Mapping[str, bytes | str], stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Let a folder hold exactly these files: bytes to write, or files to name there too. Give their stamps.

    What it holds already stays; nothing is written into a file, which may have another name elsewhere.
    `stamps` are those of the files that are named. Where files cannot have two names they are copied.
    Raises OSError; then the folder holds anything.
    """
    there, standing = named_at(root)
    root.mkdir(exist_ok=True)
    folders = folders_of(wanted)
    for path in there.keys() - wanted.keys():
        (root / path).unlink()
    for folder in sorted(standing - folders, reverse=True):
        (root / folder).rmdir()
    for folder in sorted(folders - standing):
        (root / folder).mkdir()
    filler = _Filler(root, there)
    return {path: filler.put(path, source, stamps.get(path)) for path, source in wanted.items()}


def follow(
    held: Tree, other: Path, gone: Iterable[str], new: Iterable[str], stamps: Mapping[str, Stamp]
) -> None:
    """Let a tree, of which all is known that it holds, become what another is: some files go, some are named.

    `stamps` are those of all files of the other. Raises OSError; then the folder holds anything.
    """
    folders = folders_of(stamps)
    for path in gone:
        (held.root / path).unlink()
    for folder in sorted(held.folders - folders, reverse=True):
        (held.root / folder).rmdir()
    for folder in sorted(folders - held.folders):
        (held.root / folder).mkdir()
    filler = _Filler(held.root, {path: stamp.inode for path, stamp in held.files.items()})
    for path in new:
        filler.put(path, f"{other}/{path}", stamps[path])


def name_again(
    root: Path,
    other: Path,
    stamps: Mapping[str, Stamp],
    map: Map = map,  # noqa: A002 -- the seam's name
) -> None:
    """Let a folder that is not there name all files of another tree, with any `map`.

    These are their `stamps`. Raises OSError, and what the map raises; then the folder holds anything.
    """
    files: dict[str, list[str]] = {}
    for path in stamps:
        files.setdefault(path.rpartition("/")[0], []).append(path)
    inner = {folder.rpartition("/")[0] for folder in folders_of(stamps)} | {""}
    for folder in sorted(inner):
        (root / folder).mkdir()
    told = [(paths, folder not in inner) for folder, paths in files.items()]
    shares = [told[n : n + FOLDERS] for n in range(0, len(told), FOLDERS)]
    for _ in map(partial(_named_again, root, other, stamps), shares):
        pass


def _named_again(
    root: Path, other: Path, stamps: Mapping[str, Stamp], share: Sequence[tuple[Sequence[str], bool]]
) -> None:
    filler = _Filler(root, {})
    for paths, is_new in share:
        if is_new:
            Path(f"{root}/{paths[0]}").parent.mkdir()
        for path in paths:
            filler.put(path, f"{other}/{path}", stamps[path])


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
        if here is not None and known and (here == known.inode or source == place):
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
