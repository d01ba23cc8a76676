"""Files put on the disk as they are made: the bytes of a whole site would fill the memory."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from generator.trees import Stamp, stamp

# A file that is new, which no link leads to; Windows has text that is not written as it stands.
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
MODE = 0o666  # less what the umask takes


class Laying:
    """Puts files into a tree. What stood there keeps its bytes, which may have another name elsewhere.

    Nothing but folders is followed: what a link leads to is none of ours.
    """

    def __init__(self, root: Path) -> None:
        self._root = f"{root}/"
        self._sound: set[str] = set()  # folders that have been looked at

    def put(self, path: str, data: bytes) -> Stamp:
        """Write a file. Raises OSError; then anything may stand there."""
        self._open(path.rpartition("/")[0])
        place = self._root + path  # a Path for each is slow
        try:
            opened = os.open(place, NEW, MODE)
        except FileExistsError:
            _take_away(place)
            opened = os.open(place, NEW, MODE)
        with os.fdopen(opened, "wb", buffering=0) as file:
            written = file.write(data)
            while written < len(data):
                written += file.write(memoryview(data)[written:])
        return stamp(os.lstat(place))

    def _open(self, folder: str) -> None:
        if folder in self._sound:
            return
        if folder:
            self._open(folder.rpartition("/")[0])
        place = self._root + folder
        if not _is_folder(place):
            with suppress(FileExistsError):  # another fork may have made it
                os.mkdir(place)  # noqa: PTH102
        self._sound.add(folder)


def _take_away(place: str) -> None:
    """Let go of what stands where a file is to be: its bytes, and what a link leads to, stay."""
    try:
        os.unlink(place)  # noqa: PTH108
    except (IsADirectoryError, PermissionError):  # macOS and Windows name a folder so
        if not stat.S_ISDIR(os.lstat(place).st_mode):
            raise
        shutil.rmtree(place)


def _is_folder(place: str) -> bool:
    """Tell a folder that is there; what else stands in its place is taken away."""
    try:
        if stat.S_ISDIR(os.lstat(place).st_mode):
            return True
        os.unlink(place)  # noqa: PTH108
    except FileNotFoundError:
        pass
    return False
