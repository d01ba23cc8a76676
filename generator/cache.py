"""Texts under the digest of their inputs: a record that is there saves the work that made it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from generator import disk
from generator.problems import Refusal

VERSION = b"\x01"  # of the digest's form
MARK = "broadsheet 2 "
SOURCES = (".py", ".toml", ".txt")
PATIENCE = 5.0  # seconds that git may take
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
FOLDERS = ("records", "templates")
PART = ".part"  # how the names of records end that are not yet whole
ERRORS = "surrogatepass"  # a text is kept as it is, whatever it holds


def digest(*parts: str | bytes | bytearray) -> str:
    """Digest of parts, as hex. Each part's length goes in before it: ("ab", "c") is not ("a", "bc")."""
    made = blake2b(VERSION, digest_size=16)
    for part in parts:
        data = part.encode("utf-8", ERRORS) if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


def program(*folders: Path) -> str:
    """Digest of programs and the words that they go by: in a checkout they change without their version."""
    files = [file for folder in folders for file in sorted(folder.rglob("*.*")) if file.suffix in SOURCES]
    return digest(*(file.read_bytes() for file in files))


def opened(work: Path) -> Cache:
    """Open the cache of a site's work folder, whose records are believed and whose templates are run.

    Raises Refusal where others could have put something there: where the folder, or what lies in it, is a
    link or no plain file, and where git tracks it, so that it may have come with somebody's change.
    """
    for place in (work, *(sorted(work.iterdir()) if work.is_dir() else ())):
        if place.is_symlink() or (place.exists() and not (place.is_dir() or place.is_file())):
            raise Refusal(f"{place} is no plain file or folder", "delete it; a build makes what it needs")
    if work.exists() and _is_tracked(work):
        hint = f"git rm -r --cached {work.name}, delete it, and name it in .gitignore"
        raise Refusal(f"{work} is tracked by git, so it may hold what others wrote", hint)
    for name in FOLDERS:
        if (work / name).is_file():  # with it nothing would be remembered, and nothing said
            with suppress(OSError):
                (work / name).unlink()
    return Cache(work / "records")


def _is_tracked(folder: Path) -> bool:
    command = ["git", "-C", str(folder.parent), "ls-files", "--cached", "--", folder.name]
    try:
        told = subprocess.run(  # noqa: S603 -- our own command
            command, capture_output=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return False  # without git nothing is tracked here
    return bool(told.stdout)


class NoCache:
    """Remembers nothing; in form a Cache."""

    digest = staticmethod(digest)

    def remember(self, _key: str, make: Callable[[], str]) -> str:
        return make()

    def recall(self, _key: str) -> bytes | None:
        return None

    def keep(self, _key: str, _data: bytes) -> None:
        pass


class Cache:
    """Records in a folder, which may be deleted at any time. Processes may share it."""

    digest = staticmethod(digest)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def remember(self, key: str, make: Callable[[], str]) -> str:
        """Give the text kept under `key`, or make and keep it. A damaged record counts as missing."""
        kept = self.recall(key)
        if kept is not None:
            with suppress(ValueError):
                return kept.decode("utf-8", ERRORS)
        made = make()
        self.keep(key, made.encode("utf-8", ERRORS))
        return made

    def recall(self, key: str) -> bytes | None:
        """Give what is kept under `key`; None where nothing is, or what is there is damaged."""
        return kept(self._path(key), key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep data under `key`. Where that cannot be done (full or read-only disk), nothing is said."""
        keep(self._path(key), key, data, self.folder)

    def _path(self, key: str) -> str:
        name = digest(key)
        return f"{self.folder}/{name[:2]}/{name[2:]}"


def kept(path: Path | str, key: str) -> bytes | None:
    """Give the record of a file that was kept under `key`; None where there is none, or it is damaged."""
    try:
        if not disk.is_plain(path):
            return None
        with open(path, "rb") as file:  # noqa: PTH123 -- a Path for each is slow
            head, data = file.readline(), file.read()  # parted when it is read it would be a copy
    except OSError:
        return None
    return data if head == _head(key, data) + b"\n" else None


def keep(path: Path | str, key: str, data: bytes | bytearray, begun: Path | None = None) -> None:
    """Keep a record in a file, whole or not at all. Where that cannot be done, nothing is said.

    What is begun lies in the folder of that name, else beside the file, where `sweep` finds it.
    """
    place = os.fspath(path)
    folder, _, name = place.rpartition("/")
    beside = f"{begun or folder}/{name}-{os.urandom(8).hex()}{PART}"
    with suppress(OSError):
        opened = _new(beside)
        try:
            with os.fdopen(opened, "wb") as file:
                file.writelines((_head(key, data), b"\n", data))  # together they would be a copy
            _replace(beside, place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise


def sweep(work: Path) -> None:
    """Delete what a process began to keep that was killed. Raises OSError."""
    for folder in (work, *(work / name for name in FOLDERS), *work.glob("templates/*/")):
        for left in folder.glob(f"*{PART}"):
            left.unlink(missing_ok=True)


def _replace(beside: str, place: str) -> None:
    try:
        os.replace(beside, place)  # noqa: PTH105 -- a Path for each is slow
    except FileNotFoundError:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        os.replace(beside, place)  # noqa: PTH105
    except OSError:
        if not os.path.isdir(place) or os.path.islink(place):  # noqa: PTH112, PTH114
            raise
        shutil.rmtree(place)  # a folder in the place of a record is none of ours
        os.replace(beside, place)  # noqa: PTH105


def _new(place: str) -> int:
    """Open a file that is new, for us alone to read, in a folder that need not be there."""
    try:
        return os.open(place, NEW, 0o600)
    except FileNotFoundError:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        return os.open(place, NEW, 0o600)


def _head(key: str, data: bytes | bytearray) -> bytes:
    """First line of a record: it vouches for the data, and for the key that it was made for."""
    return f"{MARK}{digest(key, data)}".encode()
