"""Trees of files on the disk: what lies in one, and which of its folders need not be listed again.

A name that comes into a folder, or goes, changes the folder's times. So a folder whose times are those of
when it was listed holds the same names, and looking at it costs one question instead of five. Times that were
young then are not believed: a name may come after them in the same moment.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from generator.cache import keep, kept
from generator.disk import UNSETTLED

FORM = "broadsheet seen 2"
FEW = 8  # that one in so many is
MUCH = 100  # that so many are
KIND = stat.S_IFMT(0o177777)
PLAIN = stat.S_IFREG | stat.S_IRUSR  # a plain file that its owner may read: no server could show another


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


def stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def looked_at(root: Path, seen: Seen | None = None) -> Tree:
    """Look at all that a folder holds; links are not followed. A folder that is not there holds nothing.

    What was `seen` before makes it cheaper.
    """
    if root.is_symlink():  # what it leads to is none of ours
        return Tree(root)
    settled = _settled()
    if seen is not None and (tree := _looked_again(root, seen, settled)):
        return tree
    tree = Tree(root)
    _list(tree, "", settled)
    return tree


def _settled() -> int:
    """Give the time up to which those of folders are believed; that other systems change them is not sure."""
    return time.time_ns() - UNSETTLED if os.name == "posix" else 0


def _listed(found: os.stat_result, settled: int) -> Listed:
    known = Listed(found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return known if 0 < known.changed < settled and known.touched < settled else UNSURE


def _list(tree: Tree, folder: str, settled: int) -> None:
    """Add what lies in a folder, at any depth, but not below folders that the tree knows."""
    files, folders = tree.files, tree.folders
    base, waiting = f"{tree.root}/", [f"{folder}/" if folder else ""]  # a Path for each is slow, and a call
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(base + prefix) as items:
                found = list(items)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for item in found:
            path = prefix + item.name
            if not item.is_dir(follow_symlinks=False):
                files[path] = _stamp(item.stat(follow_symlinks=False))
            elif path not in folders:
                folders[path] = _listed(item.stat(follow_symlinks=False), settled)
                waiting.append(f"{path}/")


def _stamp(found: os.stat_result) -> Stamp:
    if found.st_mode & (KIND | stat.S_IRUSR) == PLAIN:
        return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)
    return NO_FILE


def _again(root: Path, seen: Seen, settled: int) -> tuple[dict[str, Listed], list[str]] | None:
    """Look at the folders that were seen, and name those to be listed again; None where one is gone."""
    folders: dict[str, Listed] = {}
    stale = [""]
    base, lstat, is_folder = f"{root}/", os.lstat, stat.S_ISDIR
    for path, known in seen.folders.items():
        try:
            found = lstat(base + path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not is_folder(found.st_mode):
            return None
        if (found.st_mtime_ns, found.st_ctime_ns, found.st_ino) == known:
            folders[path] = known
        else:
            folders[path] = _listed(found, settled) if settled else UNSURE
            stale.append(path)
    return folders, stale


def _is_much(stale: list[str], seen: Seen) -> bool:
    """Tell whether it takes less to list all folders than some of them again."""
    return len(stale) > MUCH and len(stale) > len(seen.folders) // 2


def _looked_again(root: Path, seen: Seen, settled: int) -> Tree | None:
    """Look at a tree that is much as it was seen; None where it is not."""
    looked = _again(root, seen, settled)
    if looked is None or _is_much(looked[1], seen):
        return None
    folders, stale = looked
    tree = Tree(root, folders=folders)
    files, base, lstat, is_folder = tree.files, f"{root}/", os.lstat, stat.S_ISDIR
    for path in seen.files:
        try:
            found = lstat(base + path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        mode = found.st_mode
        if mode & (KIND | stat.S_IRUSR) == PLAIN:
            files[path] = stamped((found.st_size, found.st_mtime_ns, found.st_ino))
        elif not is_folder(mode):
            files[path] = NO_FILE
    for folder in stale:
        _list(tree, folder, settled)
    return tree


def same_folders(root: Path, seen: Seen) -> bool:
    """Tell whether a folder holds the folders that were seen in it, and nothing that was not seen."""
    looked = None if root.is_symlink() else _again(root, seen, 0)
    if looked is None:
        return False
    for folder in looked[1]:
        prefix = f"{folder}/" if folder else ""
        try:
            with os.scandir(f"{root}/{folder}") as items:
                for item in items:
                    known = seen.folders if item.is_dir(follow_symlinks=False) else seen.files
                    if prefix + item.name not in known:
                        return False
        except (FileNotFoundError, NotADirectoryError):
            return False
    return True


def same_files(root: Path, seen: Seen, start: int = 0, stop: int | None = None) -> bool:
    """Tell whether files stand as they were seen: all, or some of them by their number."""
    base, lstat, plain = f"{root}/", os.lstat, KIND | stat.S_IRUSR
    for path, known in islice(seen.files.items(), start, stop):
        try:
            found = lstat(base + path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        if found.st_mode & plain != PLAIN:
            if known != NO_FILE or stat.S_ISDIR(found.st_mode):
                return False
        elif (found.st_size, found.st_mtime_ns, found.st_ino) != known:
            return False
    return True


def named_at(root: Path, seen: Seen | None = None) -> tuple[dict[str, int], dict[str, Listed]]:
    """Look at a folder but at no file in it: give inodes of files by their paths, and folders.

    Where a folder was listed before and has not changed since, no name in it leads to another file.
    """
    settled = _settled()
    files: dict[str, int] = {}
    looked = _again(root, seen, settled) if seen is not None else None
    if seen is None or looked is None or _is_much(looked[1], seen):
        folders: dict[str, Listed] = {}
        _name(root, "", files, folders, settled)
        return files, folders
    folders, stale = looked
    again = set(stale)
    for path, known in seen.files.items():
        if path.rpartition("/")[0] not in again:
            files[path] = known[2]
    for folder in stale:
        _name(root, folder, files, folders, settled)
    return files, folders


def _name(root: Path, folder: str, files: dict[str, int], folders: dict[str, Listed], settled: int) -> None:
    base, waiting = f"{root}/", [f"{folder}/" if folder else ""]
    while waiting:
        prefix = waiting.pop()
        try:
            with os.scandir(base + prefix) as items:
                for item in items:
                    path = prefix + item.name
                    if not item.is_dir(follow_symlinks=False):
                        files[path] = item.inode()
                    elif path not in folders:
                        folders[path] = _listed(item.stat(follow_symlinks=False), settled)
                        waiting.append(f"{path}/")
        except (FileNotFoundError, NotADirectoryError):
            continue


def folders_of(paths: Iterable[str]) -> set[str]:
    """Give every folder that some files stand in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def recall(file: Path) -> Seen | None:
    """Give what a look saw that was kept in a file, where that helps to look again."""
    data = kept(file, FORM) if os.name == "posix" else None
    if data is None:
        return None
    state, times, told = data.split(b"\n")
    folders, paths, *files = json.loads(told)
    return Seen(
        state.decode(),
        dict(zip(paths, map(stamped, zip(*files, strict=True)), strict=True)),
        dict(zip(folders, map(as_listed, zip(*json.loads(times), strict=True)), strict=True)),
    )


def remember(file: Path, tree: Tree) -> str:
    """Keep what a look saw; give the tree's state, a digest of what stands in it as the disk knows it.

    The state of a tree without files is empty. What cannot be kept is looked at in full the next time.
    """
    paths, folders = sorted(tree.files), sorted(tree.folders)
    of_files = ([tree.files[path][n] for path in paths] for n in range(len(Stamp._fields)))
    told = in_columns(chain((folders, paths), of_files))
    state = blake2b(told, digest_size=16).hexdigest() if paths else ""
    times = in_columns([tree.folders[path][n] for path in folders] for n in range(len(Listed._fields)))
    if os.name == "posix":
        keep(file, FORM, b"%s\n%s\n%s" % (state.encode(), times, told))
    return state


def in_columns(columns: Iterable[Sequence[object]]) -> bytearray:
    """Write rows by their columns, one after the other: all at once they would be in memory several times."""
    made = bytearray(b"[")
    for column in columns:
        made += json.dumps(column, separators=(",", ":")).encode() + b","
    made[-1:] = b"]"
    return made
