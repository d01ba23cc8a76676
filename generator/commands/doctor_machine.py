"""What a machine is asked: is all there that builds need, and does its disk do what they want of it."""

from __future__ import annotations

import codecs
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from generator import __version__
from generator.counting import size
from generator.problems import Refusal

UTF_8 = "set PYTHONUTF8=1, or a UTF-8 locale"
State = Literal["ok", "warning", "fault"]
PATIENCE = 5.0  # seconds that git may take
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?\s*>=\s*(?P<least>[\d.]+)")
LEAST_FREE = 200_000_000
TREES = 3  # times site/ that should be free: a new tree beside the old, and the cache
INSTALL = "install Broadsheet anew, with what it needs: make install, or pip install --upgrade broadsheet"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    name: str
    state: State
    said: str
    mend: str = ""


def program() -> Iterator[Finding]:
    """Look at Python, at this program and at the libraries that it names."""
    yield Finding("python", "ok", f"{platform.python_version()} ({sys.executable})")
    yield Finding("broadsheet", "ok", f"{__version__} ({Path(__file__).parent.parent})")
    try:
        wanted = metadata.requires("broadsheet") or []
    except metadata.PackageNotFoundError:
        said = "this copy is run without being installed, so what it needs is not known"
        yield Finding("libraries", "warning", said, INSTALL)
        return
    yield libraries(wanted, _installed)


def libraries(wanted: Iterable[str], installed: Callable[[str], str | None]) -> Finding:
    """Compare the versions that are wanted (`name>=version`) with those that `installed` gives."""
    found: list[str] = []
    faults: list[str] = []
    for requirement in wanted:
        match = REQUIREMENT.match(requirement)
        if match is None or ";" in requirement:  # extras, and what other systems need
            continue
        name, least = match["name"], match["least"]
        version = installed(name)
        if version is None:
            faults.append(f"{name} is missing")
        elif _numbers(version) < _numbers(least):
            faults.append(f"{name} is {version}, older than {least}")
        else:
            found.append(f"{name} {version}")
    if faults:
        return Finding("libraries", "fault", "; ".join(faults), INSTALL)
    return Finding("libraries", "ok", ", ".join(found))


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def git(root: Path) -> Iterator[Finding]:
    """Look for git, and whether it tracks what builds make. Without git a site builds all the same."""
    try:
        told = _git(root, "--version")
    except (OSError, subprocess.TimeoutExpired):
        mend = (
            "install git: without it nothing can be pushed, and nothing tells whether .cache may be believed"
        )
        yield Finding("git", "warning", "it is not installed, or gives no answer", mend)
        return
    tracked = _git(root, "ls-files", "--cached", "--", "site", ".cache").split("\n")
    tracked = [path for path in tracked if path and path != "site/.gitignore"]
    if tracked:
        mend = "git rm -r --cached " + " ".join(sorted({path.partition("/")[0] for path in tracked}))
        mend += ", and name it in .gitignore"
        yield Finding("git", "warning", f"{told}; it tracks {tracked[0]}, which builds make anew", mend)
    elif not _git(root, "rev-parse", "--show-toplevel"):
        mend = "git init: what an editor changed can then be found again, and pushed"
        yield Finding("git", "warning", f"{told}; this folder is in no repository", mend)
    else:
        yield Finding("git", "ok", told)


def top_of(root: Path) -> Path:
    """Find the top folder of the repository that a folder lies in; itself where there is none."""
    try:
        return Path(_git(root, "rev-parse", "--show-toplevel") or root)
    except (OSError, subprocess.TimeoutExpired):
        return root


def _git(root: Path, *arguments: str) -> str:
    """Give what git answers; nothing where it says no."""
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 -- our own command
    return done.stdout.strip() if done.returncode == 0 else ""


def disk(root: Path, weight: int) -> Iterator[Finding]:
    """Try in a folder of its own, which goes again, what builds do in `root`. site/ weighs `weight` bytes."""
    try:
        with tempfile.TemporaryDirectory(prefix=".broadsheet-", dir=root) as made:
            yield Finding("writable", "ok", f"{root} can be written to")
            yield from _habits(Path(made))
    except OSError as error:
        mend = "give yourself the right to write there, or build in a folder of your own"
        yield Finding("writable", "fault", f"{root} cannot be written to: {error.strerror}", mend)
    yield space(shutil.disk_usage(root).free, weight)


def _habits(folder: Path) -> Iterator[Finding]:
    (folder / "name").write_bytes(b"")
    if (folder / "NAME").exists():
        said = "names that differ in their case alone are one file here; a build refuses such names anyway"
        yield Finding("letter case", "ok", said)
    else:
        yield Finding("letter case", "ok", "names may differ in their case")
    try:
        os.link(folder / "name", folder / "link")
    except OSError:
        said = "this disk has none: each build copies what has not changed, which takes longer"
        yield Finding(
            "hard links", "warning", said, "keep the site on a disk that has them, if builds are slow"
        )
    else:
        yield Finding("hard links", "ok", "files that did not change are not written again")


def space(free: int, weight: int) -> Finding:
    """Judge the free space of a disk by what site/ weighs."""
    said = f"{size(free)} free"
    if free < weight or free < LEAST_FREE // 10:
        return Finding(
            "disk space", "fault", f"{said}: a new site beside the old one has no room", "make room"
        )
    if free < max(LEAST_FREE, TREES * weight):
        return Finding("disk space", "warning", f"{said}: that is little", "make room, or broadsheet clean")
    return Finding("disk space", "ok", said)


def environment(variables: Mapping[str, str], printed: str, named: str) -> Iterator[Finding]:
    """Look at what in the environment changes what commands do: once, with all that is told of it.

    `printed` is the encoding of standard output, `named` that of names of files.
    """
    told = list(_moved(variables))
    if not (_is_whole(printed) or _is_ascii(printed)):
        said = f"what commands print goes out as {printed}: what that lacks is printed as an escape (\\u65e5)"
        told.append(("warning", said, UTF_8))
    if not _is_whole(named):
        said = f"names of files are read as {named}: those in other scripts are refused, or come out wrong"
        told.append(("warning", said, UTF_8))
    if told:
        worst: State = "fault" if any(state == "fault" for state, _, _ in told) else "warning"
        mends = dict.fromkeys(mend for _, _, mend in told)
        yield Finding("environment", worst, "; ".join(said for _, said, _ in told), "; ".join(mends))
        return
    known = [name for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS") if variables.get(name)]
    said = f"set: {', '.join(known)}" if known else "nothing that changes messages"
    yield Finding("environment", "ok", said)


def _moved(variables: Mapping[str, str]) -> Iterator[tuple[State, str, str]]:
    from generator.commands.moment import now

    if variables.get("SOURCE_DATE_EPOCH") is None:
        return
    mend = "unset SOURCE_DATE_EPOCH, unless you mean to build for that moment"
    try:
        said = f"SOURCE_DATE_EPOCH is set: builds take {now():%Y-%m-%d %H:%M} UTC for now"
        yield "warning", said, mend
    except Refusal as refusal:
        yield "fault", str(refusal), refusal.hint


def _is_whole(encoding: str) -> bool:
    return codecs.lookup(encoding).name.startswith("utf")


def _is_ascii(encoding: str) -> bool:
    """Tell an output that is said to be ASCII: click writes UTF-8 to it."""
    return codecs.lookup(encoding).name == "ascii"
