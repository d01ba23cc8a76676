"""Work in forks of this process, in the form of a `map`: they need not be sent what they work on."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from generator.processes import LEAST, cores, end_with_parent, killed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
CHUNK = 16  # items whose results come back together


class Forks:
    """A `map` over so many forks, which see all that this process has in memory, as it is when they begin.

    Results come in the order of the items, and are sent; items and work are not. Where the system has no
    safe fork, or other threads run here that a fork would lack, and for little work, it is done here: for
    fewer items than `least`. `chunk` of them come back together.
    """

    def __init__(self, jobs: int, least: int | None = None, chunk: int = CHUNK) -> None:
        self.jobs, self.least, self.chunk = jobs, least, chunk

    def map(self, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        """Do as `map` does. Raises Refusal where a fork was killed, and what `work` raises."""
        todo = list(items)
        least = LEAST if self.least is None else self.least
        if self.jobs < 2 or len(todo) < least or not can_fork():  # noqa: PLR2004 -- one is none
            yield from map(work, todo)
            return
        chunks = [todo[n : n + self.chunk] for n in range(0, len(todo), self.chunk)]
        gc.freeze()  # what both see stays shared, as long as nobody writes to it
        started = [_begun(work, chunks[n :: self.jobs]) for n in range(self.jobs)]
        try:
            for number in range(len(chunks)):
                yield from received(started[number % self.jobs][1])
            for process, _ in started:
                process.join()
        finally:
            for process, results in started:
                results.close()
                process.kill()
                process.join()
            gc.unfreeze()


def can_fork() -> bool:
    """Tell whether a fork is safe: on other systems than Linux their own libraries may run threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def both(one: Callable[[], bool], other: Callable[[], bool], jobs: int | None = None) -> bool:
    """Tell whether two things are so, found out side by side where that is safe, and soon found out.

    A fork that was killed says no.
    """
    if (jobs or cores()) < 2 or not can_fork():  # noqa: PLR2004 -- one is none
        return one() and other()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if other() else 1
        finally:
            os._exit(code)
    try:
        found = one()
    finally:
        _, status = os.waitpid(child, 0)
    return found and status == 0


def _begun(work: Callable[[Any], Any], chunks: Sequence[Sequence[Any]]) -> tuple[Any, Connection]:
    from multiprocessing import get_context

    context = get_context("fork")
    results, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, chunks, sender), daemon=True)
    process.start()
    sender.close()  # so that the end of the fork is the end of what it sends
    return process, results


def _work(work: Callable[[Any], Any], chunks: Sequence[Sequence[Any]], sender: Connection) -> None:
    """Do a fork's share. An interruption is left to the process that asked; without that one it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()
    gc.disable()
    for chunk in chunks:
        try:
            sender.send((True, [work(item) for item in chunk]))
        except OSError:  # nobody listens any more
            os._exit(1)
        except Exception as error:  # noqa: BLE001 -- it is raised where the work was asked for
            sender.send((False, error))
            os._exit(1)
        gc.collect(0)


def received(results: Connection) -> Iterator[Any]:
    """Take what a fork sends of a chunk. Raises Refusal where it was killed, and what its work raised."""
    try:
        sound, made = results.recv()
    except (EOFError, OSError) as error:  # it ended between two results, or in the middle of one
        raise killed() from error
    if not sound:
        raise made
    yield from made
