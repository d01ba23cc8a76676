"""The site as it stands, and what is to stand in its place."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator import disk, trees
from generator.model import AnyFile, File, Kept, Laid
from generator.problems import InvalidSource, Refusal
from generator.publish import ledger
from generator.publish.addresses import KEPT, MANIFEST, collisions, unfit
from generator.publish.exchange import exchange
from generator.publish.filling import fill, follow, name_again
from generator.publish.finding import Finding, Map
from generator.publish.laying import Laying
from generator.publish.ledger import Row
from generator.trees import Seen, Stamp

NEXT = "next"
PREVIOUS = "previous"
LEDGER = "ledger"
SEEN = "seen"  # what was seen in site/, and, under the other name, in the idle tree
SEEN_NEXT = "seen-next"
LARGEST_KEPT = 1_000_000
MUCH = 5000  # files that changed, which are left to the next build


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in site/ now, and how it differs from what stood there: counts of files, bytes in all."""

    files: int
    bytes: int
    written: int
    removed: int
    unchanged: int


class Standing:
    """The site as it stands. Made by `opened`, which keeps other builds away."""

    def __init__(self, site: Path, work: Path) -> None:
        self._site, self._work = site, work
        self._rows = ledger.read(work / LEDGER)
        seen = trees.recall(work / SEEN)
        self._tree = _as_told(trees.looked_at(site, seen), self._rows)
        self._was_seen = seen is not None and seen.is_sure
        self.state = ""  # of what stands in site/ when it has been replaced
        self._here, self._there = f"{site}/", f"{work / NEXT}/"  # a Path for each file is slow
        self._laying = Laying(work / NEXT)
        self._finding = Finding(self._tree, work / NEXT, self._seen_idle)
        self.content = ""  # digest of its files by their paths and bytes, when it has been replaced
        self._map: Map = map  # a small process has forks at little cost

    def seek(self, map: Map) -> None:  # noqa: A002 -- the seam's name
        """Find with any `map` what site/ is not known to hold, where that is much."""
        self._finding.seek(self._rows, map)

    def _seen_idle(self) -> Seen | None:
        return trees.recall(self._work / SEEN_NEXT)

    def holds(self, path: str, key: str) -> bool:
        """Tell whether a file that was made from this very key is still there as it was made."""
        row = self._rows.get(path)
        return bool(key) and row is not None and row.key == key and self._finding.lies(path, row) is not None

    def known(self, path: str) -> Row | None:
        """Give what is known of a file from when it was published, or nothing."""
        return self._rows.get(path)

    def has(self, file: File | Laid) -> bool:
        """Tell whether site/ has a file with these very bytes already."""
        if isinstance(file, Laid):
            return not file.is_new
        return self._unknown(file, ledger.digest(file.data)) is not None

    def lay(self, file: File | Kept) -> AnyFile:
        """Put a file where the next site/ is made, unless its bytes stand there already, and let go of them.

        site/ is as it was. A path that no site can have is left for `replace` to tell of. Raises Refusal
        where the disk says no.
        """
        if not isinstance(file, File):
            return file
        made = ledger.digest(file.data)
        known = self._rows.get(file.path) or self._unknown(file, made)
        root = self._finding.lies(file.path, known) if known and known.digest == made else None
        if root:
            found = self._finding.stamp(file.path, root)
            return Laid(file.path, file.key, file.origin, made, root, found, is_new=False)
        if unfit(file.path):
            return file
        with told(self._site):
            stamp = self._laying.put(file.path, file.data)
        return Laid(file.path, file.key, file.origin, made, self._there, stamp, is_new=True)

    def replace(self, files: Iterable[AnyFile]) -> Published:
        """Let site/ hold exactly these files; a Kept one is one that it `holds`.

        Raises InvalidSource where two files claim one address or a path is none (see `collisions`), Refusal
        where site/ holds what we did not make, or the disk says no. In each case site/ is as it was.
        """
        ordered = self._ordered(list(files))
        with told(self._site):
            return self._replace(ordered)

    def restore(self, content: str, map: Map) -> bool:  # noqa: A002 -- the seam's name
        """Let site/ hold again what the last build left, if that was this very content and it lies here."""
        rows, self._map = self._rows, map
        if not content or ledger.digest(ledger.manifest(rows)) != content:
            return False
        self.seek(map)
        if any(self._finding.lies(path, row) is None for path, row in rows.items()):
            return False
        self.replace([Kept(path, row.key) for path, row in rows.items()])
        return True

    def _ordered(self, files: Sequence[AnyFile]) -> dict[str, AnyFile]:
        by_path = {file.path: file for file in files}
        stood = len(by_path) == len(files) and by_path.keys() == self._rows.keys()  # side by side, here
        if not stood and (problems := collisions(files)):
            raise InvalidSource(problems)
        # What is in order but for a few is soon sorted, and what is in order is not sorted again below.
        ordered = [*(path for path in self._rows if path in by_path), *(by_path.keys() - self._rows.keys())]
        return {path: by_path[path] for path in sorted(ordered)}

    def _replace(self, files: dict[str, AnyFile]) -> Published:
        refuse_others(self._site)
        kept = _kept(self._site)
        rows, wanted, written = self._settled(files)
        stale = self._tree.files.keys() - rows.keys() - {MANIFEST, KEPT}
        manifest = ledger.manifest(rows)
        self.content = ledger.digest(manifest)
        if not self._is_right(wanted, manifest, stale):
            stamps = {path: row.stamp for path, row in rows.items()}
            beside = {MANIFEST: manifest, **({KEPT: kept} if kept is not None else {})}
            filled = self._exchanged({**wanted, **beside}, stamps)
            rows = {
                path: row if filled[path] is row.stamp else row._replace(stamp=filled[path])
                for path, row in rows.items()
            }
        if rows != self._rows:
            ledger.write(self._work / LEDGER, rows)
        self.state = trees.remember(self._work / SEEN, self._tree)
        size = sum(row.stamp.size for row in rows.values())
        return Published(len(rows), size, written, len(stale), len(rows) - written)

    def _exchanged(self, wanted: Mapping[str, bytes | str], stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """Let site/ hold these files, in one step, and give their stamps."""
        idle = self._work / NEXT
        try:
            filled = fill(idle, wanted, stamps, self._work / SEEN_NEXT)
            exchange(idle, self._site, self._work / PREVIOUS)
        except BaseException:
            shutil.rmtree(idle, ignore_errors=True)
            raise
        before, self._tree = self._tree, trees.Tree(self._site, filled.files, filled.folders)
        with suppress(OSError, Refusal):
            if not idle.exists():
                # A machine that is given no more than .cache the next time has the site all the same.
                before = name_again(idle, self._site, filled.files, self._map)
            else:
                self._follow(before, wanted)
                if self._was_seen:  # what was kept of it goes with a tree that changes places
                    (self._work / SEEN).replace(self._work / SEEN_NEXT)
                    return filled.files
            trees.remember(self._work / SEEN_NEXT, before)
        return filled.files

    def _follow(self, before: trees.Tree, wanted: Mapping[str, bytes | str]) -> None:
        """Let the tree that stood in site/ before be what stands there now.

        Where that is much, it is left to the next build.
        """
        held = trees.Tree(self._work / NEXT, before.files, before.folders)
        stay = {path: found for path, found in self._tree.files.items() if path != KEPT}
        new = [path for path in stay if wanted[path] != self._here]
        gone = held.files.keys() - stay.keys()
        if len(new) + len(gone) <= MUCH:
            follow(held, self._site, gone, new, stay)

    def _settled(self, files: dict[str, AnyFile]) -> tuple[dict[str, Row], dict[str, bytes | str], int]:
        """Say of each file what is known of it, and where it comes from: a tree, by its root, or new bytes.

        Counts those that are new. Lets go of the files: beside their rows they would fill the memory.
        """
        rows: dict[str, Row] = {}
        wanted: dict[str, bytes | str] = {}
        new = 0
        before, there, here = self._rows, self._tree.files, self._here
        for path in [*files]:
            made = files.pop(path)
            if isinstance(made, Kept):
                known = before.get(path)
                if known is not None and there.get(path) == known.stamp:
                    rows[path], wanted[path] = known, here
                else:
                    rows[path], wanted[path] = self._standing(made)
                continue
            file = self.lay(made) if isinstance(made, File) else made
            if isinstance(file, Laid):
                rows[path], wanted[path] = Row(file.key, file.digest, trees.as_stamp(file.stamp)), file.root
                new += file.is_new
            elif isinstance(file, File):
                size = trees.NO_FILE._replace(size=len(file.data))
                rows[path], wanted[path] = Row(file.key, ledger.digest(file.data), size), file.data
                new += 1
        return rows, wanted, new

    def _standing(self, file: Kept) -> tuple[Row, str]:
        known = self._rows.get(file.path)
        root = self._finding.lies(file.path, known) if known else None
        if known is None or root is None:
            raise FileNotFoundError(errno.ENOENT, "it is gone", str(self._site / file.path))
        return known._replace(stamp=self._finding.stamp(file.path, root)), root

    def _unknown(self, file: File, made: str) -> Row | None:
        """Give a row for a file of which no ledger tells, but which holds these very bytes."""
        found = self._tree.files.get(file.path)
        row = Row(file.key, made, found) if found and found.size == len(file.data) else None
        return row if row and self._finding.reads(file.path, row) else None

    def _is_right(self, wanted: Mapping[str, bytes | str], manifest: bytes, stale: set[str]) -> bool:
        """Tell whether site/ is what it is to be: its files, its manifest, and no folder without a file."""
        return (
            not stale
            and MANIFEST in self._tree.files
            and self._tree.folders.keys() == trees.folders_of(wanted)
            and all(root == self._here for root in wanted.values())
            and disk.read(self._site / MANIFEST, len(manifest)) == manifest
        )


def _as_told(tree: trees.Tree, rows: Mapping[str, Row]) -> trees.Tree:
    """Give a tree in the words of the rows that it agrees with: all twice would fill the memory."""
    files = {path: row.stamp for path, row in rows.items() if tree.files.get(path) == row.stamp}
    files |= {path: tree.files[path] for path in tree.files.keys() - files.keys()}
    return trees.Tree(tree.root, files, tree.folders)


def refuse_others(site: Path) -> None:
    """Raise Refusal if a folder is not ours to replace."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise Refusal(f"{site} is no plain folder", "move it away; a build makes the folder itself")
    if not site.exists():
        return
    if os.path.lexists(site / ".git"):
        hint = "build into a folder of its own, and copy from there"
        raise Refusal(f"{site} is a git checkout of its own; it will not be overwritten", hint)
    foreign = sorted(item.name for item in site.iterdir() if item.name != KEPT)
    if foreign and not (site / MANIFEST).is_file():
        raise Refusal(
            f"{site} holds files that no build of ours made ({foreign[0]}, …); it will not be overwritten",
            "move it away, or empty it: a build makes the folder itself",
        )


def _kept(site: Path) -> bytes | None:
    """Give the bytes of site/.gitignore, which stays."""
    try:
        return disk.read(site / KEPT, LARGEST_KEPT)
    except FileNotFoundError:
        return None


class DiskRefusal(Refusal):
    """The disk said no."""


@contextmanager
def told(site: Path) -> Iterator[None]:
    """Turn what the disk says into a DiskRefusal."""
    try:
        yield
    except OSError as error:
        hint = disk.mend(error)
        if error.errno in (errno.EXDEV, errno.EBUSY):
            hint = "site/ and .cache/ must be plain folders of one file system"
        places = " and ".join(os.fsdecode(it) for it in (error.filename, error.filename2) if it)
        reason = error.strerror or error
        raise DiskRefusal(f"{places or site}: {reason}; {site.name}/ is as it was", hint) from error
