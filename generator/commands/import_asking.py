"""How many hosts are asked at a time, each of them one question after another, until the run is stopped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from generator import fetch
from generator.fetch import FetchError, NotModified, Response

AT_ONCE = 32  # hosts that are asked at the same time
GRACE = 0.7  # seconds in which what is at hand is still taken, once the run is stopped
LOOK = 0.2  # seconds: some systems let nobody stop who waits without end

Map = Callable[..., Iterable[Any]]
Answer = Response | NotModified | FetchError


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask, and what is known of what stands there."""

    url: str
    robots: bool = True
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class Stop:
    """Whether the run was stopped, and till when what is at hand is still taken."""

    clock: Callable[[], float] = time.monotonic
    event: Event = field(default_factory=Event)
    end: float = float("inf")

    def __bool__(self) -> bool:
        return self.event.is_set()

    def now(self) -> None:
        """Stop the run: nobody is asked any more, and who waits for a turn does so no longer."""
        if not self:
            self.end = self.clock() + GRACE
            self.event.set()

    @property
    def is_late(self) -> bool:
        """Whether the time of grace is over."""
        return self.clock() > self.end

    def pause(self, seconds: float) -> None:
        """Wait for so long. Raises FetchError where the run is stopped meanwhile."""
        if self.event.wait(seconds):
            raise FetchError("asked-to-wait", "the run was stopped")


def by_threads(function: Callable[[Any], None], items: Collection[Any]) -> Iterable[None]:
    """Do it for each, many at a time. The threads hold nobody up who does not wait for their end."""
    waiting, done = deque(items), SimpleQueue[None]()

    def work() -> None:
        try:
            while True:
                try:
                    item = waiting.popleft()
                except IndexError:
                    return
                function(item)
        finally:
            done.put(None)

    count = min(AT_ONCE, len(items))
    for _ in range(count):
        Thread(target=work, daemon=True).start()
    while count:
        try:
            done.get(timeout=LOOK)
            count -= 1
        except Empty:
            continue
    return ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks many hosts at a time (by `map`), and each of them one question after another.

    Where the run is stopped (KeyboardInterrupt), what has come until then is given, and `stop` says so.
    """

    fetcher: fetch.Fetcher
    map: Map
    stop: Stop = field(default_factory=Stop)

    def answers(self, questions: Iterable[Question]) -> dict[str, Answer]:
        """Give what came from each address; a fault is an answer too."""
        hosts: dict[str, dict[str, Question]] = {}
        for question in () if self.stop else questions:
            hosts.setdefault(urlsplit(question.url).hostname or "", {})[question.url] = question
        found: dict[str, Answer] = {}

        def in_turn(questions: Sequence[Question]) -> None:
            for one in questions:
                if self.stop:
                    return
                found[one.url] = self._answer(one)

        try:
            for _ in self.map(in_turn, [list(some.values()) for some in hosts.values()]):
                pass
        except KeyboardInterrupt:
            came = dict(found)  # before those who wait are told, which is no answer
            self.stop.now()
            return came
        return found

    def answer(self, question: Question) -> Answer:
        """Give what comes from one address. Raises KeyboardInterrupt where nothing came before the stop."""
        answer = self.answers([question]).get(question.url)
        if answer is None:
            raise KeyboardInterrupt
        return answer

    def _answer(self, it: Question) -> Answer:
        try:
            return self.fetcher.get(it.url, etag=it.etag, modified=it.modified, robots=it.robots)
        except FetchError as error:
            return error
        except Exception as error:  # noqa: BLE001 -- what breaks our own code at one host must not end the others
            words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            hint = "this is a fault of Broadsheet's: please report it, with the address"
            return FetchError("broken-answer", f"its answer cannot be read ({words})", hint)
