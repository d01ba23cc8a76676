"""What a command costs: wall time, CPU of it and of all that it starts, memory of the largest and of all.

On Linux orphans of the command come to us, so that a process that outlives its parent is counted too, and
memory is looked at ten times a second. Elsewhere CPU is that of children that were waited for, and the
sum is not known.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

LINUX = sys.platform == "linux"
PR_SET_CHILD_SUBREAPER = 36
EVERY = 0.1  # seconds between looks at the memory
SHARE = 30  # that many times as long as a look takes there is none
KIB, MIB = 1024, 1024 * 1024
PATIENCE = 10.0  # seconds for what a command leaves behind to end
TOLD = 2000  # signs of what a command said that are told if it fails


class FailedError(Exception):
    """A command ended with another code than 0."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and bytes; `together` is the most that all held at once, 0 where that is not known."""

    wall: float
    cpu: float
    largest: int
    together: int


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command to its end. Raises FailedError with its last words; nothing else may run beside it."""
    if LINUX:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    said = folder.with_suffix(".log")
    with said.open("wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT
        )
        with _Memory() as memory:
            cpu, largest, code, wall = _waited(process, started)
    if code:
        raise FailedError(
            f"{' '.join(command)}\nended with {code}:\n{said.read_text(errors='replace')[-TOLD:]}"
        )
    return Cost(wall, cpu, largest, memory.most)


def _waited(process: subprocess.Popen[bytes], started: float) -> tuple[float, int, int, float]:
    """Wait for a process, then for what it left behind; give CPU, the largest, the code and the wall time."""
    cpu, largest, code, wall = 0.0, 0, 0, 0.0
    ended = None
    while True:
        try:
            done, status, usage = os.wait4(-1, os.WNOHANG if ended else 0)
        except ChildProcessError:
            return cpu, largest, code, wall
        if done == 0 and ended:
            _hurried(ended)
            continue
        cpu += usage.ru_utime + usage.ru_stime
        largest = max(largest, usage.ru_maxrss * (KIB if sys.platform != "darwin" else 1))
        if done == process.pid:
            ended = time.perf_counter()
            wall = ended - started
            code = process.returncode = os.waitstatus_to_exitcode(status)


def _hurried(ended: float) -> None:
    """Give what a command left behind a while, then end it."""
    if time.perf_counter() - ended > PATIENCE:
        for pid in _children(os.getpid()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    time.sleep(0.01)


class _Memory:
    """Looks at the memory of all our descendants, each page that they share counted once."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        if LINUX:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.ident:
            self._thread.join()

    def _look(self) -> None:
        rest = EVERY
        while not self._over.wait(rest):
            began = time.perf_counter()
            self.most = max(self.most, sum(map(_held, _descendants(os.getpid()))))
            rest = max(EVERY, SHARE * (time.perf_counter() - began))


def _descendants(pid: int) -> list[int]:
    made = _children(pid)
    for child in made:  # grows while it is walked
        made += _children(child)
    return made


def _children(pid: int) -> list[int]:
    made: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                made += map(int, (task / "children").read_text().split())
    return made


def _held(pid: int) -> int:
    """Give the bytes of a process, of shared ones its share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * KIB
    return 0
