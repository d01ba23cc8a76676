"""Files -> site/, all or nothing.

The whole new tree is made beside the old one, under the work folder, and the two change places in one
step. Whatever happens before that step leaves the old site standing; whatever was not made this time is
not in the new one. Files that are as they were are not written again: both trees name the same one.

Whether a file is as it was is read from the file itself, so the manifest needs neither times nor sizes,
and two builds of the same content hold the same bytes whatever stood there before.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from generator import disk
from generator.model import File
from generator.problems import InvalidSource, Refusal
from generator.publish.addresses import KEPT, MANIFEST, collisions
from generator.publish.exchange import exchange, locked, repair

NEXT = "next"
PREVIOUS = "previous"
LARGEST_KEPT = 1_000_000

__all__ = ["KEPT", "MANIFEST", "Published", "collisions", "publish"]


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in site/ now, and how it differs from what stood there: counts of files, bytes in all."""

    files: int
    bytes: int
    written: int
    removed: int
    unchanged: int


def publish(files: Iterable[File], site: Path, work: Path) -> Published:
    """Let `site` hold exactly these files. `work` is a folder on the same file system.

    Raises InvalidSource where two files claim one address or a path is none (see `collisions`), Refusal
    where `site` holds what we did not make, another build is running, or the disk says no. In each case
    `site` is as it was.
    """
    files = list(files)
    if problems := collisions(files):
        raise InvalidSource(problems)
    made = {file.path: file.data for file in files}
    with _told(site):
        work.mkdir(parents=True, exist_ok=True)
        with locked(work / "lock"):
            return _publish(made, site, work)


def _publish(made: Mapping[str, bytes], site: Path, work: Path) -> Published:
    repair(site, work / PREVIOUS)
    _remove(work / NEXT)
    kept = _kept(site)
    manifest = _manifest(made)
    found, folders = _standing(site)
    same = {path for path in found & made.keys() if _same(site / path, made[path])}
    if (
        found != made.keys() | {MANIFEST}
        or len(same) < len(made)
        or not _is_right(site, manifest, folders, made)
    ):
        try:
            _write(made, manifest, kept, work / NEXT, {path: site / path for path in same})
            exchange(work / NEXT, site, work / PREVIOUS)
        finally:
            shutil.rmtree(work / NEXT, ignore_errors=True)
    removed = len(found - made.keys() - {MANIFEST})
    return Published(len(made), sum(map(len, made.values())), len(made) - len(same), removed, len(same))


@contextmanager
def _told(site: Path) -> Iterator[None]:
    """Turn what the disk says into a Refusal."""
    try:
        yield
    except OSError as error:
        hint = ""
        if error.errno in (errno.EXDEV, errno.EBUSY):
            hint = "site/ and .cache/ must be plain folders of one file system"
        place, reason = error.filename or site, error.strerror or error
        raise Refusal(f"{place}: {reason}; {site.name}/ is as it was", hint) from error


def _remove(tree: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(tree)


def _kept(site: Path) -> bytes | None:
    """Give the bytes of site/.gitignore. Raises Refusal if the folder is not ours to replace."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise Refusal(f"{site} is not a folder", "move it away; a build makes the folder itself")
    if not site.exists():
        return None
    if os.path.lexists(site / ".git"):
        hint = "build into a folder of its own, and copy from there"
        raise Refusal(f"{site} is a git checkout of its own; it will not be overwritten", hint)
    foreign = sorted(item.name for item in site.iterdir() if item.name != KEPT)
    if foreign and not (site / MANIFEST).is_file():
        raise Refusal(
            f"{site} holds files that no build of ours made ({foreign[0]}, …); it will not be overwritten",
            "name another folder, or empty this one",
        )
    with suppress(FileNotFoundError):
        return disk.read(site / KEPT, LARGEST_KEPT)
    return None


def _manifest(made: Mapping[str, bytes]) -> bytes:
    """Name each file and its digest. That it is there says that the tree is ours."""
    digests = {path: blake2b(made[path], digest_size=16).hexdigest() for path in sorted(made)}
    return json.dumps({"broadsheet": 1, "files": digests}, ensure_ascii=False, indent=0).encode()


def _standing(site: Path) -> tuple[set[str], set[str]]:
    """Find what site/ holds: its files and links but for the kept one, and its folders."""
    found: set[str] = set()
    folders: set[str] = set()
    for folder, below, names in os.walk(site):
        here = Path(folder).relative_to(site).as_posix()
        prefix = "" if here == "." else f"{here}/"
        links = [name for name in below if os.path.islink(f"{folder}/{name}")]  # noqa: PTH114 -- a Path for each is slow
        found.update(prefix + name for name in (*names, *links))
        folders.update(prefix + name for name in below if name not in links)
    found.discard(KEPT)
    return found, folders


def _is_right(site: Path, manifest: bytes, folders: set[str], made: Mapping[str, bytes]) -> bool:
    """Tell whether the manifest is this one, and whether each folder of site/ holds a file."""
    return folders == _folders(made) and _same(site / MANIFEST, manifest)


def _folders(made: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in made:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _same(path: Path, data: bytes) -> bool:
    try:
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write(
    made: Mapping[str, bytes], manifest: bytes, kept: bytes | None, tree: Path, same: Mapping[str, Path]
) -> None:
    tree.mkdir()
    for folder in sorted(_folders(made)):
        (tree / folder).mkdir()
    for path, data in made.items():
        if path not in same or not _linked(same[path], tree / path):
            (tree / path).write_bytes(data)
    if kept is not None:
        (tree / KEPT).write_bytes(kept)
    (tree / MANIFEST).write_bytes(manifest)


def _linked(standing: Path, new: Path) -> bool:
    """Name a standing file in the new tree too; not every file system can."""
    try:
        os.link(standing, new)
    except OSError:
        return False
    return True
