"""Work on the workers of a Dask cluster, in the form of a `map`. The only door to Dask.

A worker that is lost costs nothing but time: Dask has its part done again elsewhere. What cannot be mended
(no scheduler, no worker left, other versions there) is a Refusal; nothing of the site is written by then.
"""

from __future__ import annotations

import importlib.util
import os
import pickle
import signal
import threading
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from generator import pages, pieces
from generator.executors.alike import UnlikeError, differences, told
from generator.executors.articles import Articles
from generator.executors.pages import Pages
from generator.executors.sending import Errand, Sending, run
from generator.problems import Refusal
from generator.processes import LEAST

Map = Callable[..., Iterable[Any]]
VARIABLE = "DASK_SCHEDULER_ADDRESS"  # Dask's own
ANSWERS = 8.0  # seconds in which a scheduler must answer, and have a worker
GONE = 20.0  # seconds without any worker after which none is waited for: a nanny starts one anew in a few
LOOK = 0.5  # seconds between looks whether any is left
AHEAD = 3  # parts that are under way for each worker
SHARES = 4  # parts that each worker gets at the least, where there are enough items
KINDS: Mapping[Any, Callable[..., Sending]] = {pieces.make_lean: Articles, pages.drawn: Pages}
HERE = "build on this machine: broadsheet build --jobs N"


def address(written: str) -> str:
    """Give the scheduler's address: as the config has it, else the environment.

    Raises Refusal where neither does, or Dask is not installed.
    """
    if importlib.util.find_spec("distributed") is None:
        raise Refusal(
            "config.yaml asks for Dask (executor), which is not installed", 'pip install "broadsheet[dask]"'
        )
    found = written or os.environ.get(VARIABLE, "").strip()
    if not found:
        hint = f"write executor.scheduler: tcp://HOST:8786 in config.yaml, or set {VARIABLE}; or {HERE}"
        raise Refusal("nothing says where the Dask scheduler is", hint)
    return found


class Cluster:
    """A `map` over the workers of a Dask cluster, asked when there is enough to do.

    `local` does what is too little, or no work that a cluster knows. The cluster is left as it was found.
    """

    def __init__(self, address: str, timezone: str, local: Map) -> None:
        self.address = address
        self.timezone = timezone
        self.local = local
        self._client: Any = None
        self._executor: Any = None
        self._before: Any = signal.default_int_handler
        self._stopped = False
        self._waits = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._before)
        if self._client is None:
            return
        with suppress(Exception):  # what is wrong has been told; a cluster that is gone cannot be left
            self._executor.shutdown(wait=False)
            self._client.close(timeout=ANSWERS)

    def _stop(self, *_: object) -> None:
        """Interrupt; while there is work under way, between two looks at it.

        Dask does much when its objects are thrown away, where an exception would be lost.
        """
        if self._stopped or not self._waits:
            raise KeyboardInterrupt
        self._stopped = True

    def map(self, work: Any, items: Iterable[Any]) -> Iterator[Any]:
        """Do as `map` does. Raises Refusal where the cluster fails."""
        todo = list(items)
        kind = KINDS.get(getattr(work, "func", None))
        if kind is None or len(todo) < LEAST:
            yield from self.local(work, todo)
            return
        self._connect()
        yield from self._sent(kind(work, todo), todo)

    def _sent(self, sending: Sending, todo: Sequence[Any]) -> Iterator[Any]:
        """Have a few parts for each worker under way, and give what was made in the order of the items."""
        seats = max(1, len(self._workers()))
        size = max(1, min(sending.size, len(todo) // (seats * SHARES)))
        errand = Errand(sending.there, sending.open, uuid.uuid4().hex, self.timezone, told(self.timezone))
        shared = self._shared(sending.shared())
        under_way: deque[tuple[Sequence[Any], Future[list[Any]] | None]] = deque()
        self._waits = True
        try:
            for start in range(0, len(todo), size):
                part = todo[start : start + size]
                under_way.append((part, self._submitted(sending, errand, shared, part)))
                if len(under_way) > seats * AHEAD:
                    yield from self._taken(sending, *under_way.popleft())
            while under_way:
                yield from self._taken(sending, *under_way.popleft())
        finally:  # of an error or an interruption, too
            self._waits = False
            for _, future in under_way:
                if future is not None:
                    future.cancel()

    def _submitted(
        self, sending: Sending, errand: Errand, shared: Any, part: Sequence[Any]
    ) -> Future[list[Any]] | None:
        try:
            data = sending.part(part)
        except (pickle.PicklingError, TypeError, AttributeError):  # home makes what cannot travel
            return None
        return self._executor.submit(run, errand, shared, data)  # type: ignore[no-any-return]

    def _taken(
        self, sending: Sending, part: Sequence[Any], future: Future[list[Any]] | None
    ) -> Iterator[Any]:
        made = [None] * len(part) if future is None else self._answer(future)
        yield from map(sending.home, part, made)

    def _answer(self, future: Future[list[Any]]) -> list[Any]:
        """Wait for a part as long as there is somebody to do it."""
        from distributed import KilledWorker

        seen = time.monotonic()
        while True:
            if self._stopped:
                raise KeyboardInterrupt
            try:
                return future.result(timeout=LOOK)
            except TimeoutError:
                if future.done():  # it is the part's own
                    raise
                seen = self._seen(seen)
            except UnlikeError as error:
                raise self._unlike(error.worker, differences(told(self.timezone), error.told)) from error
            except KilledWorker as error:
                message = f"a part of the work ended {error.allowed_failures + 1} workers of the Dask cluster"
                raise Refusal(message, "their logs may say why: memory may be short") from error
            except CancelledError as error:
                raise self._lost() from error
            except (OSError, ImportError) as error:
                raise Refusal(
                    f"a worker of the Dask cluster failed: {error}", "its log may say more"
                ) from error

    def _seen(self, last: float) -> float:
        """Say when there was a worker; `last` is the answer of the last look."""
        now = time.monotonic()
        if self._workers():
            return now
        if now - last > GONE:
            hint = f"their logs may say why; start some anew (dask worker {self.address}), or {HERE}"
            raise Refusal("all workers of the Dask cluster are lost", hint)
        return last

    def _connect(self) -> None:
        if self._client is not None:
            return
        import dask

        quiet = {"distributed": "critical", "distributed.client": "critical"}
        # What many pages show may be tens of megabytes, which Dask would warn of.
        dask.config.set({"logging": quiet, "distributed.admin.large-graph-warning-threshold": "1 TiB"})
        from distributed.comm.addressing import parse_address
        from distributed.comm.registry import get_backend

        try:
            get_backend(parse_address(self.address)[0])
        except ValueError as error:
            hint = "write it as Dask prints it: tcp://192.0.2.7:8786"
            raise Refusal(f"{self.address} is not the address of a Dask scheduler", hint) from error
        self._client = _client(self.address)
        if self._client is None:
            hint = f"start one (dask scheduler), or look at executor.scheduler and {VARIABLE}; or {HERE}"
            raise Refusal(f"no Dask scheduler answers at {self.address}", hint)
        # What is done twice gives the same, but its name need not be worked out of all that it is given.
        self._executor = self._client.get_executor(pure=False)
        self._check()

    def _check(self) -> None:
        """Hold all workers against this machine; one that joins later is held against it by each part."""
        until = time.monotonic() + ANSWERS
        while not self._workers():
            if time.monotonic() > until:
                hint = f"start some: dask worker {self.address}; or {HERE}"
                raise Refusal(f"the Dask cluster at {self.address} has no workers", hint)
            time.sleep(0.1)
        answers: Mapping[str, Any] = self._client.run(told, self.timezone, on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, OSError):
                continue  # it was lost this moment
            if isinstance(answer, Exception):
                raise self._unlike(worker, f"no Broadsheet that this one can work with: {answer}")
            if unlike := differences(told(self.timezone), answer):
                raise self._unlike(worker, unlike)

    def _unlike(self, worker: str, unlike: str) -> Refusal:
        hint = "install the same there, as docs/scaling.md says, and start it anew; or " + HERE
        return Refusal(f"the Dask worker {worker} would make another site: it has {unlike}", hint)

    def _lost(self) -> Refusal:
        return Refusal(f"the Dask scheduler at {self.address} was lost", f"build again; or {HERE}")

    def _workers(self) -> Mapping[str, int]:
        try:
            return self._client.nthreads()  # type: ignore[no-any-return]
        except Exception as error:  # whatever a connection that is no more makes of it
            raise self._lost() from error

    def _shared(self, data: bytes) -> Any:
        """Give the workers what all parts need: they hand it on to each other; if lost, it is given again."""
        return self._client.submit(_same, data, pure=False)


def _client(address: str) -> Any:
    """Connect to a scheduler; None where none answers in time.

    Dask has no limit for who answers in another language than its own, so the thread that asks is left.
    """
    from distributed import Client

    found: list[Any] = []

    def ask() -> None:
        with suppress(OSError, ValueError), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions: these are told in our words
            found.append(Client(address, timeout=ANSWERS, set_as_default=False))  # type: ignore[no-untyped-call]

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(ANSWERS + 1)
    return found[0] if found else None


def _same(data: bytes) -> bytes:
    return data
