"""Many hosts are asked at a time, each of them one question after another, until the run is stopped.

What is to be asked of a source may follow from what it answered. So each has a chain: a generator that gives
questions and is sent the answers to them, while the chains of other sources go on.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar, cast
from urllib.parse import urlsplit

from generator import fetch
from generator.fetch import FetchError, NotModified, Response

AT_ONCE = 32  # hosts that are asked at the same time
GRACE = 0.7  # seconds in which what is at hand is still taken, once the run is stopped
LOOK = 0.2  # seconds: some systems let nobody stop who waits without end

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Answer = Response | NotModified | FetchError
Answers = dict[str, Answer]  # by address


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask, and what is known of what stands there."""

    url: str
    robots: bool = True
    etag: str = ""
    modified: str = ""


# Gives questions, is sent what came of them, and gives what it makes of it all in the end. Where the run is
# stopped it is sent what came until then, and nothing from then on.
Chain = Generator[Sequence[Question], Answers, T]


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


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks hosts by threads, which hold nobody up who does not wait for them.

    A fault is an answer, too. Where the run is stopped (KeyboardInterrupt), `stop` says so from then on.
    """

    fetcher: fetch.Fetcher
    stop: Stop = field(default_factory=Stop)
    at_once: int = AT_ONCE

    def answer(self, question: Question) -> Answer:
        """Give what comes from one address. Raises KeyboardInterrupt where nothing came before the stop."""

        def chain() -> Chain[Answer | None]:
            return (yield [question]).get(question.url)

        if (answer := self.ends({0: chain()})[0]) is None:
            raise KeyboardInterrupt
        return answer

    def ends(self, chains: Mapping[K, Chain[T]]) -> dict[K, T]:
        """Follow chains to their ends, and give what each of them makes of its answers."""
        desk = _Desk(self._answered, self.at_once)
        rounds = {key: _Round(chain) for key, chain in chains.items()}
        try:
            for it in () if self.stop else rounds.values():
                it.go_on(desk)
            while not self.stop and any(it.is_open for it in rounds.values()):
                desk.wait()
                for it in rounds.values():
                    it.go_on(desk)
        except KeyboardInterrupt:
            self.stop.now()
        desk.close()
        return {key: it.end(desk) for key, it in rounds.items()}

    def _answered(self, it: Question) -> Answer:
        try:
            return self.fetcher.get(it.url, etag=it.etag, modified=it.modified, robots=it.robots)
        except FetchError as error:
            return error
        except Exception as error:  # noqa: BLE001 -- what breaks our code at one host must not end the others
            words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            hint = "this is a fault of Broadsheet's: please report it, with the address"
            return FetchError("broken-answer", f"its answer cannot be read ({words})", hint)


@dataclass(slots=True)
class _Round(Generic[T]):
    """Where a chain stands: the questions that it waits for, or what it made in the end."""

    chain: Chain[T]
    asked: Sequence[Question] = ()
    is_begun: bool = False
    is_open: bool = True
    made: T | None = None

    def go_on(self, desk: _Desk) -> None:
        """Send the answers, as often as all of them are there."""
        while self.is_open and all(one in desk.came for one in self.asked):
            self._send(desk)
            for one in self.asked if self.is_open else ():
                desk.ask(one)

    def end(self, desk: _Desk) -> T:
        """Send what there is of answers until the chain ends; give what it made."""
        while self.is_open:
            self._send(desk)
        return cast("T", self.made)

    def _send(self, desk: _Desk) -> None:
        answers = {one.url: desk.came[one] for one in self.asked if one in desk.came}
        try:
            self.asked = self.chain.send(answers) if self.is_begun else next(self.chain)
            self.is_begun = True
        except StopIteration as end:
            self.made, self.is_open = end.value, False


class _Desk:
    """Questions by host, each asked once, and the answers that have come; `wait` alone changes `came`."""

    def __init__(self, answered: Callable[[Question], Answer], at_once: int) -> None:
        self.came: dict[Question, Answer] = {}
        self._answered = answered
        self._free = at_once
        self._asked: set[Question] = set()
        self._lock = Lock()
        self._hosts: dict[str, deque[Question]] = {}
        self._idle: deque[str] = deque()
        self._arrived: SimpleQueue[tuple[Question, Answer]] = SimpleQueue()

    def ask(self, question: Question) -> None:
        """Ask, when the turn of its host comes."""
        if question in self._asked:
            return
        self._asked.add(question)
        host = urlsplit(question.url).hostname or ""
        with self._lock:
            if host in self._hosts:
                self._hosts[host].append(question)
                return
            self._hosts[host] = deque([question])
            self._idle.append(host)
            self._begin()

    def wait(self) -> None:
        """Wait for an answer, or a moment."""
        try:
            question, answer = self._arrived.get(timeout=LOOK)
        except Empty:
            return
        self.came[question] = answer

    def close(self) -> None:
        """Ask nobody any more; what came is all that there is."""
        with self._lock:
            self._idle.clear()
            for questions in self._hosts.values():
                questions.clear()
        while not self._arrived.empty():
            self.wait()

    def _begin(self) -> None:
        while self._free and self._idle:
            self._free -= 1
            Thread(target=self._work, args=(self._idle.popleft(),), daemon=True).start()

    def _work(self, host: str) -> None:
        while True:
            with self._lock:
                if not self._hosts[host]:
                    del self._hosts[host]
                    self._free += 1
                    self._begin()
                    return
                question = self._hosts[host].popleft()
            self._arrived.put((question, self._answered(question)))
