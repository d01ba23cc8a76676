"""What builds left behind, and its removal: what others put beside it stays."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator import disk
from generator.cache import PART
from generator.problems import Refusal
from generator.publish.addresses import KEPT, MANIFEST
from generator.publish.exchange import locked, repair

LOCK = "lock"
PREVIOUS = "previous"
LARGEST_MANIFEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies in a folder, by paths relative to it: what we made and what others did; bytes of ours."""

    ours: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was removed, or would be: of site/, and of the work folder."""

    site: Lying = field(default_factory=Lying)
    work: Lying = field(default_factory=Lying)


def manifest(site: Path) -> frozenset[str] | None:
    """Give the paths that the build of `site` named as its own; None where there is no such list."""
    try:
        data = disk.read(site / MANIFEST, LARGEST_MANIFEST)
        return frozenset(map(str, json.loads(data)["files"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def made(site: Path) -> Lying:
    """Tell what a build made in `site` from what it did not. Links are nobody's, and none is followed.

    Without a manifest nothing is ours. The kept .gitignore counts as neither.
    """
    named = manifest(site)
    known = frozenset() if named is None else named | {MANIFEST}
    return _parted(site, lambda path: path in known, {KEPT})


def remembered(work: Path, names: Iterable[str]) -> Lying:
    """Tell what lies under `names` in the work folder from all else in it. The lock counts as neither.

    What a process that was killed had begun to write is ours, too.
    """
    known = frozenset(names)

    def is_ours(path: str) -> bool:
        return path.partition("/")[0] in known or ("/" not in path and path.endswith(PART))

    return _parted(work, is_ours, {LOCK})


def clear(
    site: Path, work: Path, names: Sequence[str], *, of_site: bool, of_work: bool, dry: bool = False
) -> Cleared:
    """Remove what builds made in `site`, and what lies under `names` in `work`; with `dry` only say what.

    The lists of what was made go last, so that a clearing that was broken off can be done again. Raises
    Refusal where a build is running, or one of the folders is a link or no folder: nothing is touched then.
    """
    for place in (site, work):
        _check(place)
    with _held(work, dry=dry):
        if not dry:
            repair(site, work / PREVIOUS)
        found = Cleared(made(site) if of_site else Lying(), remembered(work, names) if of_work else Lying())
        if not dry:
            _remove(site, found.site.ours)
            _remove(work, found.work.ours)
            for name in names if of_work else ():
                _prune(work / name)
    return found


def _check(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise Refusal(
            f"{place} is no plain folder; nothing was removed", "look where it leads, and delete it"
        )


@contextmanager
def _held(work: Path, *, dry: bool) -> Iterator[None]:
    """Keep builds away for a while. What was made for that alone goes again."""
    if dry:
        with ExitStack() as held:
            if (work / LOCK).is_file():
                held.enter_context(locked(work / LOCK))
            yield
        return
    work.mkdir(exist_ok=True)
    with locked(work / LOCK):
        yield
        with suppress(OSError):  # Windows keeps what is open; it costs nothing there
            if [item.name for item in work.iterdir()] == [LOCK]:
                (work / LOCK).unlink()
    with suppress(OSError):
        work.rmdir()


def _parted(folder: Path, is_ours: Callable[[str], bool], neither: set[str]) -> Lying:
    ours: list[str] = []
    foreign: list[str] = []
    size = 0
    for path, found in sorted(_files(folder)):
        if path in neither:
            continue
        if found is not None and is_ours(path):
            ours.append(path)
            size += found
        else:
            foreign.append(path)
    return Lying(tuple(ours), tuple(foreign), size)


def _files(folder: Path) -> Iterator[tuple[str, int | None]]:
    """Give what lies in a folder, at any depth, and its size; links have none."""
    if not folder.is_dir():
        return
    for here, below, names in disk.walk(folder, _raise):
        links = [name for name in below if (here / name).is_symlink()]
        for name in (*names, *links):
            found = (here / name).lstat()
            size = None if stat.S_ISLNK(found.st_mode) else found.st_size
            yield (here / name).relative_to(folder).as_posix(), size


def _raise(error: OSError) -> None:
    raise error


def _remove(root: Path, paths: Iterable[str]) -> None:
    """Remove files, then the folders that this leaves empty, then the list of what was made."""
    chosen = set(paths)
    last = chosen & {MANIFEST}
    for path in sorted(chosen - last):
        (root / path).unlink(missing_ok=True)
    folders = {parent for path in chosen for parent in Path(path).parents} - {Path()}
    for folder in sorted(folders, key=lambda it: len(it.parts), reverse=True):
        with suppress(OSError):  # something of others' lies in it
            (root / folder).rmdir()
    for path in last:
        (root / path).unlink()
    with suppress(OSError):
        root.rmdir()


def _prune(folder: Path) -> None:
    """Remove folders in which nothing lies."""
    for here, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(here).rmdir()
