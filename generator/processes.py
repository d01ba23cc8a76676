"""Work in several processes, in the form of a `map`."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from generator.problems import Refusal

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
LEAST = 100  # items of work that are worth the start of processes
LARGEST = 32  # items that a process is handed at once
SHARES = 8  # times that each process is handed some, if there are enough


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """A `map` over so many processes, which start when there is enough to do and end when it is done.

    Results come in the order of the items. `rooms` are modules that every process will need. What cannot be
    sent to a process, and what is too little, is done here.
    """

    def __init__(self, jobs: int, rooms: tuple[str, ...] = ()) -> None:
        self.jobs = jobs
        self.rooms = rooms

    def map(self, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        """Do as `map` does. Raises Refusal where a process was killed."""
        todo = list(items)
        if self.jobs < 2 or len(todo) < LEAST or not _can_be_sent(work):  # noqa: PLR2004 -- one is none
            yield from map(work, todo)
            return
        from concurrent.futures.process import BrokenProcessPool

        size = max(1, min(LARGEST, len(todo) // (self.jobs * SHARES)))
        with _safe_path():
            pool = self._started()
            results = pool.map(work, todo, chunksize=size)
        try:
            yield from results
        except BrokenProcessPool as error:
            raise killed() from error
        finally:
            pool.shutdown(cancel_futures=True)

    def _started(self) -> Executor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_all_start_methods, get_context

        server = "forkserver" in get_all_start_methods()
        context = get_context("forkserver" if server else "spawn")
        if server:
            context.set_forkserver_preload(list(self.rooms))
        return ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Let processes that begin now import nothing from the folder that we stand in: it may be anybody's.

    They begin as `python -c`, which looks there first (https://docs.python.org/3/using/cmdline.html).
    """
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def killed() -> Refusal:
    """Say that a process was killed that did part of the work."""
    return Refusal("a process that did part of the work was killed", "memory may be short: try --jobs 1")


def _begin() -> None:
    """Leave an interruption to the process that asked, end with it, and look for garbage seldom."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def end_with_parent() -> None:
    """End this process when the one that began it is gone: one that was killed can tell nobody to stop."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    if parent := parent_process():
        Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def _can_be_sent(work: Callable[[Any], Any]) -> bool:
    try:
        pickle.dumps(work)
    except (pickle.PicklingError, TypeError, AttributeError):
        return False
    return True
