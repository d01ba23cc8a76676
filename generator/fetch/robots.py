"""What a host wants robots to leave alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from generator.fetch.faults import FetchError

NAME = "/robots.txt"
MOST = 500 * 1024  # bytes that are read of it, as RFC 9309 asks at least


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says to one robot; `delay` is how far apart it wants our questions."""

    allows: Callable[[str], bool]
    delay: float = 0.0


class Robots:
    """The rules of each host, each read once; threads may share one.

    `read` gives the text of a robots.txt, or None where the host has none. Where it raises FetchError, so
    does every question about that host.
    """

    def __init__(self, agent: str, read: Callable[[str], str | None]) -> None:
        self._robot = agent.partition("/")[0].strip()
        self._read = read
        self._lock = Lock()
        self._locks: dict[str, Lock] = {}
        self._known: dict[str, Rules | FetchError] = {}

    def rules(self, origin: str) -> Rules:
        """Give the rules of `https://host:port`."""
        with self._lock:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._known:
                self._known[origin] = self._found(origin)
        known = self._known[origin]
        if isinstance(known, FetchError):
            raise known
        return known

    def _found(self, origin: str) -> Rules | FetchError:
        try:
            text = self._read(origin + NAME)
        except FetchError as error:
            return error
        return Rules(lambda _: True) if text is None else _parsed(text, self._robot)


def _parsed(text: str, robot: str) -> Rules:
    from protego import Protego

    rules = Protego.parse(text)
    return Rules(lambda url: bool(rules.can_fetch(url, robot)), float(rules.crawl_delay(robot) or 0.0))
