"""Files -> site/, all or nothing, at the cost of what changed.

Two trees stand: site/, and another under the work folder. The other is made to hold the new site, and the
two change places in one step. Whatever happens before that step leaves the old site standing; whatever was
not made this time is not in the new one. Files that are as they were are not written again: both trees name
the same one.

The ledger, in the work folder, says what each file of site/ was made from, and how the disk knew it then. It
is believed only as far as the disk agrees. The manifest, in site/ itself, holds neither times nor sizes: two
builds of the same content hold the same bytes whatever stood there before.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator import disk
from generator.cache import PART
from generator.model import File, Kept
from generator.problems import InvalidSource, Refusal
from generator.publish import ledger, trees
from generator.publish.addresses import KEPT, MANIFEST, collisions
from generator.publish.exchange import exchange, locked, repair
from generator.publish.ledger import Row

NEXT = "next"
PREVIOUS = "previous"
LEDGER = "ledger"
LARGEST_KEPT = 1_000_000

__all__ = [
    "KEPT",
    "MANIFEST",
    "Published",
    "Standing",
    "collisions",
    "opened",
    "publish",
    "state",
]


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in site/ now, and how it differs from what stood there: counts of files, bytes in all."""

    files: int
    bytes: int
    written: int
    removed: int
    unchanged: int


def publish(files: Iterable[File | Kept], site: Path, work: Path) -> Published:
    """Let `site` hold exactly these files. `work` is a folder on the same file system.

    Raises what `opened` and `Standing.replace` raise; then `site` is as it was.
    """
    made = list(files)
    with opened(site, work) as standing:
        return standing.replace(made)


@contextmanager
def opened(site: Path, work: Path) -> Iterator[Standing]:
    """Look at what stands in `site`, and let no other build in meanwhile.

    Raises Refusal where another build is running, or the disk says no.
    """
    with ExitStack() as held:
        with _told(site):
            _check_ours(work)
            work.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(work / "lock"))
            _check_ours(work / PREVIOUS)
            repair(site, work / PREVIOUS)
            _check_ours(work / NEXT)
            for left in work.glob(f"*{PART}"):  # by a process that was killed
                left.unlink(missing_ok=True)
            standing = Standing(site, work)
        yield standing


def state(site: Path) -> str:
    """Digest of what stands in a site, as the disk knows it; empty where there is none."""
    tree = _looked_at(site)
    return _state(tree.files, tree.folders)


def _state(files: Mapping[str, ledger.Stamp], folders: Iterable[str]) -> str:
    told = [*sorted(f"{path} {size} {at} {node}" for path, (size, at, node) in files.items())]
    told += sorted(folders)
    return ledger.digest("\n".join(told).encode("utf-8", "surrogateescape")) if files else ""


class Standing:
    """The site as it stands. Made by `opened`, which keeps other builds away."""

    def __init__(self, site: Path, work: Path) -> None:
        self._site, self._work = site, work
        self._rows = ledger.read(work / LEDGER)
        self._tree = _looked_at(site)
        self._here = f"{site}/"  # a Path for each file is slow
        self._elsewhere: dict[str, str | None] = {}

    @cached_property
    def _idle(self) -> trees.Tree:
        return trees.looked_at(self._work / NEXT)

    def holds(self, path: str, key: str) -> bool:
        """Tell whether a file that was made from this very key is still there as it was made."""
        row = self._rows.get(path)
        return bool(key) and row is not None and row.key == key and self._lies(path, row) is not None

    def known(self, path: str) -> Row | None:
        """Give what is known of a file from when it was published, or nothing."""
        return self._rows.get(path)

    def _lies(self, path: str, row: Row) -> str | None:
        """Find the bytes that a row tells of: in site/ as the disk knew them, or by reading what is there."""
        if self._tree.files.get(path) == row.stamp:
            return self._here + path
        if path not in self._elsewhere:
            self._elsewhere[path] = next(
                filter(None, (self._read(t, path, row) for t in self._trees())), None
            )
        return self._elsewhere[path]

    def _trees(self) -> Iterator[trees.Tree]:
        yield self._tree
        yield self._idle

    def _read(self, tree: trees.Tree, path: str, row: Row) -> str | None:
        found = tree.files.get(path)
        if found is None or found.size != row.stamp.size:
            return None
        with suppress(OSError):
            if ledger.digest(disk.read(tree.root / path, found.size)) == row.digest:
                return f"{tree.root}/{path}"
        return None

    def replace(self, files: Iterable[File | Kept]) -> Published:
        """Let site/ hold exactly these files; a Kept one is one that it `holds`.

        Raises InvalidSource where two files claim one address or a path is none (see `collisions`), Refusal
        where site/ holds what we did not make, or the disk says no. In each case site/ is as it was.
        """
        files = list(files)
        by_path = {file.path: file for file in files}
        stood = len(by_path) == len(files) and by_path.keys() == self._rows.keys()  # side by side, here
        if not stood and (problems := collisions(files)):
            raise InvalidSource(problems)
        with _told(self._site):
            return self._replace(by_path)

    @property
    def state(self) -> str:
        """Digest of what stands in the site, as `state` gives it."""
        return _state(self._tree.files, self._tree.folders)

    def _replace(self, files: Mapping[str, File | Kept]) -> Published:
        kept = self._kept()
        rows, wanted = self._settled(files)
        stale = self._tree.files.keys() - files.keys() - {MANIFEST, KEPT}
        written = sum(isinstance(source, bytes) for source in wanted.values())
        manifest = _manifest(rows)
        if not self._is_right(files, wanted, manifest, stale):
            stamps = {path: row.stamp for path, row in rows.items()}
            beside = {MANIFEST: manifest, **({KEPT: kept} if kept is not None else {})}
            filled = self._exchanged({**wanted, **beside}, stamps)
            self._tree = trees.Tree(self._site, filled, trees.folders_of(filled))
            rows = {path: row._replace(stamp=filled[path]) for path, row in rows.items()}
        if rows != self._rows:
            ledger.write(self._work / LEDGER, rows)
        size = sum(row.stamp.size for row in rows.values())
        return Published(len(files), size, written, len(stale), len(files) - written)

    def _exchanged(
        self, wanted: Mapping[str, bytes | str], stamps: Mapping[str, ledger.Stamp]
    ) -> dict[str, ledger.Stamp]:
        """Let site/ hold these files, in one step, and give their stamps."""
        idle = self._work / NEXT
        try:
            filled = trees.fill(idle, wanted, stamps)
            exchange(idle, self._site, self._work / PREVIOUS)
        except BaseException:
            shutil.rmtree(idle, ignore_errors=True)
            raise
        if not idle.exists():
            # A machine that is given no more than .cache the next time has the site all the same.
            with suppress(OSError):
                trees.fill(idle, {path: self._here + path for path in filled}, filled)
        return filled

    def _settled(self, files: Mapping[str, File | Kept]) -> tuple[dict[str, Row], dict[str, bytes | str]]:
        """Say of each file what is known of it, and where it comes from: what stands, or its new bytes."""
        rows: dict[str, Row] = {}
        wanted: dict[str, bytes | str] = {}
        for path, file in files.items():
            known = self._rows.get(path)
            made = ledger.digest(file.data) if isinstance(file, File) else ""
            if known is None and isinstance(file, File):
                known = self._unknown(path, file, made)
            place = self._lies(path, known) if known and made in ("", known.digest) else None
            if known and place:
                found = (self._tree if place.startswith(self._here) else self._idle).files[path]
                rows[path] = Row(file.key, known.digest, found)
                wanted[path] = place
            elif isinstance(file, File):
                rows[path] = Row(file.key, made, trees.NO_FILE._replace(size=len(file.data)))
                wanted[path] = file.data
            else:
                raise FileNotFoundError(errno.ENOENT, "it is gone", str(self._site / path))
        return rows, wanted

    def _unknown(self, path: str, file: File, made: str) -> Row | None:
        """Give a row for a file of which no ledger tells, but which holds these very bytes."""
        found = self._tree.files.get(path)
        row = Row(file.key, made, found) if found and found.size == len(file.data) else None
        return row if row and self._read(self._tree, path, row) else None

    def _is_right(
        self,
        files: Mapping[str, object],
        wanted: Mapping[str, bytes | str],
        manifest: bytes,
        stale: set[str],
    ) -> bool:
        """Tell whether site/ is what it is to be: its files, its manifest, and no folder without a file."""
        return (
            not stale
            and MANIFEST in self._tree.files
            and self._tree.folders == trees.folders_of(files)
            and all(source == self._here + path for path, source in wanted.items())
            and disk.read(self._site / MANIFEST, len(manifest)) == manifest
        )

    def _kept(self) -> bytes | None:
        """Give the bytes of site/.gitignore. Raises Refusal if the folder is not ours to replace."""
        site = self._site
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
                f"{site} holds files that no build of ours made ({foreign[0]}, …); "
                "it will not be overwritten",
                "name another folder, or empty this one",
            )
        with suppress(FileNotFoundError):
            return disk.read(site / KEPT, LARGEST_KEPT)
        return None


def _looked_at(site: Path) -> trees.Tree:
    """Look at a site; what a link in its place leads to is none of ours."""
    return trees.Tree(site) if site.is_symlink() else trees.looked_at(site)


def _check_ours(folder: Path) -> None:
    """Raise Refusal where anything else stands in the place of a folder of ours."""
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        raise Refusal(f"{folder} is no folder; site/ is as it was", "delete it; a build makes what it needs")


@contextmanager
def _told(site: Path) -> Iterator[None]:
    """Turn what the disk says into a Refusal."""
    try:
        yield
    except OSError as error:
        hint = disk.mend(error)
        if error.errno in (errno.EXDEV, errno.EBUSY):
            hint = "site/ and .cache/ must be plain folders of one file system"
        places = " and ".join(os.fsdecode(it) for it in (error.filename, error.filename2) if it)
        reason = error.strerror or error
        raise Refusal(f"{places or site}: {reason}; {site.name}/ is as it was", hint) from error


def _manifest(rows: Mapping[str, Row]) -> bytes:
    """Name each file and its digest. That it is there says that the tree is ours."""
    digests = {path: rows[path].digest for path in sorted(rows)}
    return json.dumps({"broadsheet": 1, "files": digests}, ensure_ascii=False, indent=0).encode()
