"""Whether anything that a build goes by has changed since the last one, as far as the disk can tell.

What the disk cannot tell apart counts as changed: a file that was saved less than two seconds before it was
looked at may be saved again without another time. Such a file is young.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator import disk, trees
from generator.cache import keep, kept
from generator.disk import UNSETTLED

Map = Callable[..., Iterable[Any]]
RECORD = "built"
SEEN = "seen"  # by the last look at site/
MANY = 20_000  # files and folders that are worth a second process
FORM = "broadsheet built 3"
PROGRAM = Path(__file__).parent
SECOND = 1_000_000_000  # in nanoseconds
Found = tuple[str, os.stat_result, bool]  # a path, how the disk knows it, whether all in it follows
FOLDERS = ("content", "templates")
FILES = ("config.yaml",)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build goes by, as the disk knows it: its digest, when it was looked at (ns), what was young.

    `folders` stands for how the disk knows those of the site itself: one that was moved away while a build
    read it, and back, holds the same files with the same stamps.
    """

    digest: str
    looked: int
    young: frozenset[str] = frozenset()
    folders: str = ""

    def is_as(self, before: Inputs) -> bool:
        """Tell whether all is as it was when it was looked at before."""
        return (self.digest, self.folders) == (before.digest, before.folders)


def look(root: Path, theme: Path, asked: Sequence[str], *, clock: int) -> Inputs:
    """Look at the site's folder, the theme and the program.

    `asked` is what the command line says, `clock` is the time in nanoseconds since 1970. What cannot be
    looked at counts as not there: a build tells of it.
    """
    root = root.resolve()
    libraries = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    found = [*(one for place in libraries for one in _found(place, deep=False))]
    found += [one for place in (theme, PROGRAM) for one in _found(str(place), deep=True, ours=True)]
    own = [one for name in (*FILES, *FOLDERS) for one in _found(f"{root}/{name}", deep=True)]
    made = _inputs([sys.version, *asked], [*found, *own], frozenset(), clock)
    return _with_folders(made, own, [f"{root}/{name}" for name in FOLDERS])


def with_named(inputs: Inputs, named: Iterable[Path]) -> Inputs:
    """Look at files that the config names, too, wherever they lie."""
    found = [one for path in named for one in _found(str(path), deep=False)]
    made = _inputs([inputs.digest], found, inputs.young, inputs.looked)
    return replace(made, folders=inputs.folders)


def _inputs(told: list[str], found: Iterable[Found], young: frozenset[str], looked: int) -> Inputs:
    saved: list[str] = []
    for name, known, is_entered in found:
        if is_entered:
            told.append(name)
            continue
        told.append(f"{name}\0{known.st_size}\0{_times(known)}")
        if looked - max(known.st_mtime_ns, known.st_ctime_ns) < UNSETTLED:
            saved.append(name)
    return Inputs(_digest(told), looked, young.union(saved))


def _with_folders(inputs: Inputs, found: Iterable[Found], links: Iterable[str]) -> Inputs:
    """Tell how the disk knows folders, and links that lead to the first of them.

    One is young whose times are told in whole seconds: another change may come in the same one.
    """
    told, young = [], []
    for name, known, is_entered in found:
        if is_entered:
            told.append(f"{name}\0{_times(known)}")
            if known.st_mtime_ns % SECOND == 0 and inputs.looked - known.st_mtime_ns < UNSETTLED:
                young.append(name)
    for link in links:
        with suppress(OSError):
            told.append(_times(os.lstat(link)))
    return replace(inputs, folders=_digest(told), young=inputs.young.union(young))


def _times(known: os.stat_result) -> str:
    return f"{known.st_mtime_ns}\0{known.st_ctime_ns}\0{known.st_ino}"


def _digest(told: Iterable[str]) -> str:
    text = "\n".join(told).encode("utf-8", "surrogateescape")
    return blake2b(text, digest_size=16).hexdigest()


def unchanged(
    inputs: Inputs, work: Path, site: Path, now: datetime, jobs: int | None = None
) -> dict[str, Any] | None:
    """Give what the last build told, if nothing changed since: neither what it goes by nor what it made.

    A large site is looked at in two processes, unless there are to be fewer `jobs`.
    """
    record = _read(work / RECORD)
    if record is None or not _holds(record, now):
        return None
    inputs = with_named(inputs, _named(record, work))
    if inputs.digest != record["inputs"] or not _stands(site, work / SEEN, record["site"], jobs):
        return None
    return dict(record["told"])


def _stands(site: Path, file: Path, state: str, jobs: int | None) -> bool:
    """Tell whether what stands in site/ is in this state, as the disk knows it."""
    seen = trees.recall(file)
    if seen is None or seen.state != state:
        return trees.remember(file, trees.looked_at(site, seen)) == state
    files, folders = len(seen.files), len(seen.folders)
    if files + folders < MANY:
        return trees.same_folders(site, seen) and trees.same_files(site, seen)
    if not seen.is_sure:  # to look in full costs no more, and the next look less
        return trees.remember(file, trees.looked_at(site)) == state
    from generator import forks

    half = max(0, files - folders) // 2

    def one() -> bool:
        return trees.same_folders(site, seen) and trees.same_files(site, seen, 0, half)

    return forks.both(one, lambda: trees.same_files(site, seen, half), jobs)


def restored(
    inputs: Inputs,
    work: Path,
    site: Path,
    now: datetime,
    read: Callable[[tuple[Path, ...]], str],
    look: Callable[[], Inputs],
    map: Map = map,  # noqa: A002 -- the seam's name
) -> dict[str, Any] | None:
    """Put site/ back where it is gone, if a build would make it as the last one did; give what that one told.

    What it goes by is known by its stamps, else (in a new checkout) by its bytes, which `read` digests. These
    are kept for the next checkout, if a second `look` finds all as it was.
    """
    from generator import publish

    record = _read(work / RECORD)
    if record is None or not _holds(record, now):
        return None
    named = tuple(_named(record, work))
    inputs = with_named(inputs, named)
    if inputs.digest != record["inputs"] and not (record["bytes"] and read(named) == record["bytes"]):
        return None
    state = publish.restore(record["content"], site, work, map)
    if not state:
        return None
    held = record["bytes"] or read(named)
    if not (record["bytes"] or with_named(look(), named).is_as(inputs)):
        held = ""  # something was saved meanwhile
    _keep(work, {**record, "site": state, "bytes": held}, inputs)
    return dict(record["told"])


def in_bytes(root: Path, theme: Path, asked: Sequence[str], named: Iterable[Path]) -> str:
    """Digest what a build goes by, wherever it lies and however the disk knows it.

    Gives nothing where something of it is neither a file nor a folder, or cannot be read.
    """
    from generator.versions import program_and_libraries

    told = [sys.version, program_and_libraries(), *asked]
    ours = (theme, PROGRAM)
    places = [*ours, *(root / name for name in (*FILES, *FOLDERS))]
    try:
        for number, place in enumerate(places):  # the theme may be the site's own templates
            for path, found, _ in _found(str(place), deep=True, ours=number < len(ours)):
                told += (f"{number}{path.removeprefix(str(place))}", _held(path, found))
        told += [_held(str(path), path.stat()) if path.exists() else "nothing" for path in named]
    except OSError:
        return ""
    text = "\0".join(told).encode("utf-8", "surrogateescape")
    return blake2b(text, digest_size=16).hexdigest()


def _held(path: str, found: os.stat_result) -> str:
    if stat.S_ISDIR(found.st_mode):
        return "a folder"
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no plain file", path)
    return blake2b(disk.read(path, found.st_size), digest_size=16).hexdigest()


def remember(
    work: Path,
    inputs: Inputs,
    named: Iterable[Path],
    since: datetime | None,
    until: datetime | None,
    told: dict[str, Any],
    *,
    site: str,
    content: str = "",
    in_bytes: str = "",
) -> None:
    """Keep what `unchanged` needs; `inputs` were looked at before anything was read, `site` is its state.

    The build would come out the same at each moment from `since` on, and before `until`. `content` is what
    site/ holds, as `publish` tells it; what the build went by, as `in_bytes` gives it, may be unknown.
    """
    record = {
        "named": [os.fspath(path) for path in _within(named, work.parent.resolve())],
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "site": site,
        "content": content,
        "bytes": in_bytes,
        "told": told,
    }
    _keep(work, record, inputs)


def _within(named: Iterable[Path], root: Path) -> Iterator[Path]:
    """Name what lies in the site's folder by its place there: another checkout has files of its own."""
    return (path.relative_to(root) if path.is_relative_to(root) else path for path in named)


def _named(record: Mapping[str, Any], work: Path) -> Iterator[Path]:
    return (work.parent.resolve() / path for path in record["named"])


def _keep(work: Path, record: dict[str, Any], inputs: Inputs) -> None:
    """Keep a record, unless what it goes by may have been saved again without another stamp."""
    if not inputs.young:
        keep(work / RECORD, FORM, json.dumps({**record, "inputs": inputs.digest}).encode())


def _read(path: Path) -> dict[str, Any] | None:
    data = kept(path, FORM)
    if data is None:
        return None
    record: dict[str, Any] = json.loads(data)
    return record


def _holds(record: dict[str, Any], now: datetime) -> bool:
    since, until = record["since"], record["until"]
    early = since is not None and now < datetime.fromisoformat(since)
    late = until is not None and now >= datetime.fromisoformat(until)
    return not (early or late)


def _found(place: str, *, deep: bool, ours: bool = False) -> Iterator[Found]:
    """Give a file, or a folder with all that lies in it, in one order; of a link also what it leads to.

    A folder that is entered is known by its name: Python puts bytecode in `ours`, which is passed over.
    """
    try:
        found = os.stat(place)  # noqa: PTH116 -- a Path for each is slow
    except OSError:
        return
    is_entered = deep and stat.S_ISDIR(found.st_mode)
    yield place, found, is_entered
    if not is_entered:
        return
    try:
        with os.scandir(place) as items:
            inside = sorted(items, key=lambda item: item.name)
    except OSError:  # it is no folder, or is closed
        return
    for item in inside:
        if item.name == "__pycache__" and ours:
            continue
        if item.is_dir(follow_symlinks=False):
            yield from _found(item.path, deep=True, ours=ours)
        else:
            yield item.path, item.stat(follow_symlinks=False), False
            if item.is_symlink():
                yield from _found(item.path, deep=False)
