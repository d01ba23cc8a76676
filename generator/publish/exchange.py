"""Two folders change places; two builds do not meet."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.problems import Refusal

AT_FDCWD = -100
RENAME_EXCHANGE = 2
UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})


def exchange(new: Path, standing: Path, aside: Path) -> None:
    """Put `new` where `standing` is. Afterwards `new` holds the old tree, or is gone if there was none.

    In one step where the system has renameat2 with RENAME_EXCHANGE (Linux); elsewhere by two renames,
    between which the old tree stands at `aside`, where `repair` finds it. All three are on one file system.
    """
    if not standing.exists():
        new.rename(standing)
    elif not _exchanged(new, standing):
        standing.rename(aside)
        try:
            new.rename(standing)
        except BaseException:
            if not standing.exists():  # an interruption may come when all is done
                aside.rename(standing)
            raise
        with suppress(OSError):  # the new tree stands; what is left aside goes with the next build
            aside.rename(new)


def repair(standing: Path, aside: Path) -> None:
    """Put back a tree that an exchange, interrupted between its two renames, left at `aside`."""
    if not aside.exists():
        return
    if os.path.lexists(standing):
        shutil.rmtree(aside)
    else:
        aside.rename(standing)


def _exchanged(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@contextmanager
def locked(path: Path, held_by: str = "build") -> Iterator[None]:
    """Hold a lock while the body runs. Raises Refusal if another build holds it; it ends with its holder."""
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            if error.errno not in HELD:
                raise
            raise Refusal(f"another {held_by} of this site is running", "wait until it is done") from error
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
