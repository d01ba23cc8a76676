"""Files that others wrote, read whole or not at all: nothing is waited for, nothing is read half."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

Read = Callable[[Path | str, int], bytes]  # a file, up to so many bytes and one more
TRIES = 3  # an editor that saves is done before the second
# Nanoseconds in which a file may be saved again without another time: the coarsest clock that we know, FAT's.
UNSETTLED = 2_000_000_000
# A FIFO is opened without a writer; Windows has neither FIFOs nor text that is read as it stands.
AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

# What the system says of a file, and what to do about it.
MENDS = {
    errno.ENOSPC: "make room on that disk",
    errno.EDQUOT: "make room: you may not use more of that disk",
    errno.EACCES: "see whom it belongs to, and give yourself the right",
    errno.EPERM: "see whom it belongs to, and give yourself the right",
    errno.EROFS: "that disk may only be read: work in a folder on another",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.EMFILE: "allow more open files: ulimit -n",
}


def mend(error: OSError) -> str:
    """Say what to do where the system would not do something with a file; nothing where that is not known."""
    return MENDS.get(error.errno or 0, "")


def read(file: Path | str, most: int) -> bytes:
    """Read a plain file; of one that holds more than `most` bytes, one byte more than that.

    Raises OSError, in words for an editor, also where it is no plain file (a FIFO, a socket, a device, a
    folder: none is opened) and where it changes each time that it is read.
    """
    for _ in range(TRIES):
        data = _read_once(file, most)
        if data is not None:
            return data
    raise OSError(errno.EBUSY, "it changes while it is read", str(file))


def once() -> Read:
    """Give what reads each file but once, as `read` does."""
    held: dict[str, bytes] = {}

    def read_once(file: Path | str, most: int) -> bytes:
        place = os.fspath(file)
        if place not in held:
            held[place] = read(file, most)
        return held[place]

    return read_once


def is_plain(file: Path | str) -> bool:
    """Tell a plain file, or a link to one, from all else; what cannot be looked at is none."""
    try:
        return stat.S_ISREG(os.stat(file).st_mode)  # noqa: PTH116 -- a Path for each is slow
    except (OSError, ValueError):
        return False


def is_within(folder: Path, path: Path) -> bool:
    """Tell whether a path, links followed, is there and lies in a folder."""
    try:
        return path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def walk(root: Path, failed: Callable[[OSError], None]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Give each folder below `root` with the names in it, sorted: of folders, then of all else.

    Links to folders are given among the folders and not followed. The caller may strike folders from the
    list before they are walked. A folder that cannot be read is handed to `failed`.
    """
    for here, folders, names in os.walk(root, onerror=failed):
        folders.sort()
        yield Path(here), folders, sorted(names)


def _read_once(file: Path | str, most: int) -> bytes | None:
    """Read a file; give None if it changed meanwhile."""
    _check(file, os.stat(file))  # noqa: PTH116 -- a Path for each is slow
    opened = os.open(file, AT_ONCE)
    try:
        before = os.fstat(opened)
        _check(file, before)
        data = _all(opened, min(most, before.st_size) + 1)
        after = os.fstat(opened)
    finally:
        os.close(opened)
    whole = len(data) > most or len(data) == after.st_size
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if whole and same else None


def _all(opened: int, most: int) -> bytes:
    """Read on till `most` bytes are read or none are left; a system may give fewer at once."""
    data = os.read(opened, most)
    while data and len(data) < most and (more := os.read(opened, most - len(data))):
        data += more
    return data


def _check(file: Path | str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no plain file", str(file))
