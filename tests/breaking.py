"""A command that is broken off, or told no, at one chosen change of the disk.

Python tells an audit hook of each change before it makes it: of files opened to be written, folders made, names given
and taken. So a build can be stopped at each of them in turn, instead of whenever a clock says so.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

NAMES = {
    "os.rename": "rename",
    "os.link": "link",
    "os.remove": "remove",
    "os.rmdir": "rmdir",
    "os.mkdir": "mkdir",
}
SIGNALS = {"kill": signal.SIGKILL, "interrupt": signal.SIGINT, "end": signal.SIGTERM}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# What a full disk still does: it lets go.
LETTING_GO = frozenset({"remove", "rmdir"})
NO_NUMBER = 10**9


def broken(how: str, at: int, site: Path, log: Path, *, for_good: bool = False) -> Callable[[], None]:
    """Give what breaks the process that calls it, at its change of `site` number `at`, from 1.

    `how` is the name of a signal ("kill", "interrupt", "end") or of an error ("ENOSPC"), which is raised once, or
    with `for_good` from then on. Every change is told in `log`, a line each.
    """
    return partial(_break, how, at, str(site), str(log), for_good)


def changes(log: Path) -> list[str]:
    """Tell the changes that a process made, or began: `remove .cache/next/index.html`."""
    return log.read_text(encoding="utf-8").splitlines()


def _break(how: str, at: int, site: str, log: str, for_good: bool) -> None:
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    seen = 0

    def heard(event: str, given: tuple[Any, ...]) -> None:
        nonlocal seen
        change = _change(event, given, site)
        if not change:
            return
        seen += 1
        os.write(told, f"{change}\n".encode())
        if how in SIGNALS:
            if seen == at:
                os.kill(os.getpid(), SIGNALS[how])
        elif seen == at or (for_good and seen > at and not _lets_go(how, change)):
            raise OSError(getattr(errno, how), os.strerror(getattr(errno, how)), change.partition(" ")[2])

    sys.addaudithook(heard)


def _lets_go(how: str, change: str) -> bool:
    return how == "ENOSPC" and change.partition(" ")[0] in LETTING_GO


def _change(event: str, given: tuple[Any, ...], site: str) -> str:
    if event == "ctypes.dlsym":
        return "exchange" if given[1] == "renameat2" else ""
    if event == "open":
        path, _, flags = given
        name = "write" if isinstance(flags, int) and flags & WRITING else ""
    else:
        path, name = given[0] if given else None, NAMES.get(event, "")
    if not name or not isinstance(path, str | bytes | os.PathLike):
        return ""
    path = os.fsdecode(path)
    if Path(path).is_absolute() and not path.startswith(site):
        return ""
    return f"{name} {path.removeprefix(site).lstrip('/')}"
