"""Texts under the digest of their inputs: a record that is there saves the work that made it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

VERSION = b"\x01"  # of the digest's form
MARK = "broadsheet 1 "


def digest(*parts: str | bytes) -> str:
    """Digest of parts, as hex. Each part's length goes in before it: ("ab", "c") is not ("a", "bc")."""
    made = blake2b(VERSION, digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


class NoCache:
    """Remembers nothing; in form a Cache."""

    digest = staticmethod(digest)

    def remember(self, _key: str, make: Callable[[], str]) -> str:
        return make()


class Cache:
    """Records in a folder, which may be deleted at any time. Processes may share it."""

    digest = staticmethod(digest)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def remember(self, key: str, make: Callable[[], str]) -> str:
        """Give the text kept under `key`, or make and keep it.

        A damaged record counts as missing. Where a record cannot be kept (full or read-only disk) the
        text is given all the same.
        """
        name = digest(key)
        path = self.folder / name[:2] / name[2:]
        kept = _read(path)
        if kept is not None:
            return kept
        made = make()
        _keep(path, made)
        return made


def _read(path: Path) -> str | None:
    try:
        head, _, body = path.read_bytes().decode("utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return body if head == MARK + digest(body) else None


def _keep(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
    except OSError:
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(f"{MARK}{digest(text)}\n{text}")
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
