"""Files put on the disk as they are made: the bytes of a whole site would fill the memory."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from generator.trees import Stamp, stamp


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
        place = Path(self._root + path)
        try:
            place.unlink(missing_ok=True)
        except (IsADirectoryError, PermissionError):  # macOS and Windows name a folder so
            if not stat.S_ISDIR(place.lstat().st_mode):
                raise
            shutil.rmtree(place)
        place.write_bytes(data)
        return stamp(os.lstat(place))

    def _open(self, folder: str) -> None:
        if folder in self._sound:
            return
        if folder:
            self._open(folder.rpartition("/")[0])
        place = Path(self._root + folder)
        if not self._is_folder(place):
            place.mkdir(exist_ok=True)  # another fork may have made it
        self._sound.add(folder)

    def _is_folder(self, place: Path) -> bool:
        """Tell a folder that is there; what else stands in its place is taken away."""
        try:
            if stat.S_ISDIR(place.lstat().st_mode):
                return True
            place.unlink()
        except FileNotFoundError:
            pass
        return False
