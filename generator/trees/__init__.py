"""Trees of files on the disk: what lies in one, and which of its folders need not be listed again.

A name that comes into a folder, or goes, changes the folder's times. So a folder whose times are those of
when it was listed holds the same names, and looking at it costs one question instead of five. Times that were
young then are not believed: a name may come after them in the same moment.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from generator.disk import UNSETTLED
from generator.trees.seen import NO_FILE as NO_FILE
from generator.trees.seen import UNSURE as UNSURE
from generator.trees.seen import Listed as Listed
from generator.trees.seen import Names as Names
from generator.trees.seen import Seen as Seen
from generator.trees.seen import Stamp as Stamp
from generator.trees.seen import Tree as Tree
from generator.trees.seen import as_stamp as as_stamp
from generator.trees.seen import columns as columns
from generator.trees.seen import in_columns as in_columns
from generator.trees.seen import recall as recall
from generator.trees.seen import recall_names as recall_names
from generator.trees.seen import remember as remember
from generator.trees.seen import stamped as stamped

MUCH = 100  # that so many are
KIND = stat.S_IFMT(0o177777)
PLAIN = stat.S_IFREG | stat.S_IRUSR  # a plain file that its owner may read: no server could show another


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


def _again(
    root: Path, seen: Mapping[str, Listed], settled: int
) -> tuple[dict[str, Listed], list[str]] | None:
    """Look at the folders that were seen, and name those to be listed again; None where one is gone."""
    folders: dict[str, Listed] = {}
    stale = [""]
    base, lstat, is_folder = f"{root}/", os.lstat, stat.S_ISDIR
    for path, known in seen.items():
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


def _is_much(stale: list[str], seen: Mapping[str, Listed]) -> bool:
    """Tell whether it takes less to list all folders than some of them again."""
    return len(stale) > MUCH and len(stale) > len(seen) // 2


def _looked_again(root: Path, seen: Seen, settled: int) -> Tree | None:
    """Look at a tree that is much as it was seen; None where it is not."""
    looked = _again(root, seen.folders, settled)
    if looked is None or _is_much(looked[1], seen.folders):
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
    looked = None if root.is_symlink() else _again(root, seen.folders, 0)
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


def named_at(root: Path, seen: Names | None = None) -> Names:
    """Look at a folder but at no file in it: give what it names.

    Where a folder was listed before and has not changed since, no name in it leads to another file.
    """
    settled = _settled()
    looked = _again(root, seen[1], settled) if seen is not None else None
    if seen is None or looked is None or _is_much(looked[1], seen[1]):
        named: Names = {}, {}
        _name(root, "", *named, settled)
        return named
    folders, stale = looked
    again = set(stale)
    files = {path: inode for path, inode in seen[0].items() if path.rpartition("/")[0] not in again}
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
