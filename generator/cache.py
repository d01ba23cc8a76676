"""Texts under the digest of their inputs: a record that is there saves the work that made it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

VERSION = b"\x01"  # of the digest's form
MARK = "broadsheet 1 "
ERRORS = "surrogatepass"  # a text is kept as it is, whatever it holds


def digest(*parts: str | bytes) -> str:
    """Digest of parts, as hex. Each part's length goes in before it: ("ab", "c") is not ("a", "bc")."""
    made = blake2b(VERSION, digest_size=16)
    for part in parts:
        data = part.encode("utf-8", ERRORS) if isinstance(part, str) else part
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
        kept = _read(path, name)
        if kept is not None:
            return kept
        made = make()
        _keep(path, name, made)
        return made


def _head(name: str, text: str) -> str:
    """First line of a record: it vouches for the text, and for the key that the text was made for."""
    return MARK + digest(name, text)


def _read(path: Path, name: str) -> str | None:
    try:
        head, _, text = path.read_bytes().decode("utf-8", ERRORS).partition("\n")
    except (OSError, ValueError):
        return None
    return text if head == _head(name, text) else None


def _keep(path: Path, name: str, text: str) -> None:
    data = f"{_head(name, text)}\n{text}".encode("utf-8", ERRORS)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
