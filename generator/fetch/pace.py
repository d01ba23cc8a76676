"""How long a host is left alone between two requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from generator.fetch.faults import FetchError

PATIENCE = 30.0  # seconds that are waited for a host; who wants more is asked another day
LONGEST = 10 * 86_400.0  # a Retry-After beyond this is taken for this


class Pace:
    """Turns at each host, `every` seconds apart; threads may share one.

    A host is held by its name and port: who wants to be left alone there says nothing of what else answers on
    that machine. Its turns are those of the machine, whatever the port.
    """

    def __init__(self, every: float, *, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._every = every
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._slower: dict[str, float] = {}

    def wait(self, host: str, port: int | None = None) -> None:
        """Wait for a turn. Raises FetchError where the host asked to be left alone for long.

        `port` is None for that of the scheme: http and https of one name are one host.
        """
        place = _place(host, port)
        with self._lock:
            now = self._clock()
            held = self._held.get(place, now)
            if held - now > PATIENCE:
                raise asked_to_wait(place, held - now)
            turn = max(now, held, self._next.get(host, now))
            self._next[host] = turn + max(self._every, self._slower.get(host, 0.0))
        if turn > now:
            self._sleep(turn - now)

    def hold(self, host: str, seconds: float, port: int | None = None) -> None:
        """Leave a host alone for so long."""
        place = _place(host, port)
        with self._lock:
            until = self._clock() + seconds
            self._held[place] = max(self._held.get(place, until), until)

    def slow_down(self, host: str, every: float) -> None:
        """Ask a host more seldom than others, as its robots.txt wants it."""
        with self._lock:
            self._slower[host] = min(every, PATIENCE)


def _place(host: str, port: int | None) -> str:
    return host if port is None else f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def asked_to_wait(host: str, seconds: float | None, status: int = 0) -> FetchError:
    """Give the fault of a host that wants to be left alone."""
    wait = f" for {seconds:.0f} seconds" if seconds is not None else ""
    said = f"{host} asks to be left alone{wait}{f' ({status})' if status else ''}"
    return FetchError("asked-to-wait", said, "ask it again later", retry_after=seconds, status=status)


def retry_after(written: str | None, now: datetime) -> float | None:
    """Seconds that Retry-After asks for, as a number or as a moment (RFC 9110, 10.2.3)."""
    if written is None:
        return None
    text = written.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:12]), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        left = (moment - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return min(max(left, 0.0), LONGEST)
