"""What is to be seen now: posted by the thread that builds, read by those that answer."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Standing:
    """What a server shows.

    `root` is the folder of the built site, `base` the path that it stands under, `former` are paths that it
    stood under before. `early` says, by file of the site, that a page is shown before its time; `marks` is a
    style sheet that marks links to such pages. `told` is HTML that says what is wrong, or empty. Until
    something was `built` there is nothing but that.
    """

    root: Path
    base: str = "/"
    former: tuple[str, ...] = ()
    early: Mapping[str, str] = field(default_factory=dict)
    marks: bytes = b""
    told: str = ""
    built: bool = False


class Board:
    """Holds one Standing, and wakes those who wait for another."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._number = 0
        self._closed = False
        self._turn = threading.Condition()

    def read(self) -> tuple[int, Standing]:
        """Give what stands, and its number."""
        with self._turn:
            return self._number, self._standing

    def put(self, **changes: Any) -> None:
        """Change what stands, all at once."""
        with self._turn:
            self._standing = replace(self._standing, **changes)
            self._number += 1
            self._turn.notify_all()

    def wait(self, number: int, seconds: float) -> bool:
        """Wait until something else stands than under that number; tell whether the board is still open."""
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._number != number, seconds)
            return not self._closed

    def close(self) -> None:
        """Send everybody who waits away."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
