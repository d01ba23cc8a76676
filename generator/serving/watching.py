"""What is saved, as it is saved; the only door to watchfiles."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

STEP = 15  # milliseconds of quiet that end a save
LONGEST = 500  # milliseconds after which a save that does not end counts all the same
LOOK = 1000  # milliseconds after which it is looked whether a folder has been put in another's place
PATIENCE = 5.0  # seconds for a watch to begin, or to end
BLINK = 0.25  # seconds that a wait takes at most: some systems let nothing interrupt it

# What editors, systems and version control leave beside the files that are meant.
_PASSED_OVER = re.compile(
    r"\.|#.*#$|.*~$|.*\.(swp|swx|swo|tmp|temp|bak|part|crdownload|orig|rej)$|4913$|.*___jb_(old|tmp)___$"
    r"|Thumbs\.db$|desktop\.ini$|Icon\r$",
    re.IGNORECASE,
)


class Changes:
    """Paths that have changed, gathered until somebody asks."""

    def __init__(self) -> None:
        self._saved: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()

    def put(self, paths: Iterable[Path]) -> None:
        self._saved.put(frozenset(paths))

    def within(self, seconds: float | None) -> frozenset[Path] | None:
        """Give all that has changed, as soon as anything has; None if nothing has in that time."""
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            left = BLINK if end is None else min(BLINK, end - time.monotonic())
            with suppress(queue.Empty):
                return self._all(self._saved.get(timeout=max(0.0, left)))
            if end is not None and time.monotonic() >= end:
                return None

    def _all(self, first: frozenset[Path]) -> frozenset[Path]:
        found = set(first)
        with suppress(queue.Empty):
            while True:
                found |= self._saved.get_nowait()
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Places:
    """What to watch: whole `trees`, and single `files`, there or not yet. All are absolute."""

    trees: tuple[Path, ...]
    files: tuple[Path, ...] = ()


def concerns(path: Path, places: Places) -> bool:
    """Tell whether a change of that path may change the site."""
    if path in places.files:
        return True
    for tree in places.trees:
        if path.is_relative_to(tree):
            return not any(map(_PASSED_OVER.match, path.relative_to(tree).parts))
    return False


@contextmanager
def watched(places: Callable[[], Places], changes: Changes) -> Iterator[None]:
    """Put into `changes` what is saved while the body runs. `places` is asked anew whenever that may differ.

    What is put in another's place (a folder deleted and made again, a checkout) is watched from then on, and
    counts as changed. When the body begins everything is watched.
    """
    stop = threading.Event()
    begun = [threading.Event(), threading.Event()]
    threads = [
        threading.Thread(target=_watch, args=(places, changes, stop, deep, one), daemon=True)
        for deep, one in zip((True, False), begun, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        for one in begun:
            one.wait(PATIENCE)
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)


class _Stop:
    """Ends a watch; told for the first time once the watch has begun, it does something at that moment."""

    def __init__(self, stop: threading.Event, begun: Callable[[], None]) -> None:
        self.stop = stop
        self.begun: Callable[[], None] | None = begun

    def is_set(self) -> bool:
        if self.begun is not None:
            self.begun()
            self.begun = None
        return self.stop.is_set()


def _watch(
    places: Callable[[], Places],
    changes: Changes,
    stop: threading.Event,
    deep: bool,  # noqa: FBT001
    first: threading.Event,
) -> None:
    """Watch the trees (`deep`), or the folders that trees and files lie in, again and again."""
    poll = None
    while not stop.is_set():
        now = places()
        where = _roots(now, deep=deep)
        before = _identities(where)

        def begun(now: Places = now) -> None:
            if first.is_set():  # what was saved since the last watch has ended, nobody has seen
                changes.put(now.trees)
            first.set()

        try:
            for saved in _saved(where, _Stop(stop, begun), deep=deep, poll=poll):
                if found := [path for path in saved if concerns(path, now)]:
                    changes.put(found)
                if _identities(_roots(places(), deep=deep)) != before:
                    break
        except FileNotFoundError:  # it went away between the look and the watch
            stop.wait(LOOK / 10_000)
        except (
            OSError,
            RuntimeError,
        ):  # the system gives no more watches: look for ourselves, which costs more
            stop.wait(LOOK / 1000 if poll else 0)
            poll = True


def _saved(where: tuple[Path, ...], stop: _Stop, *, deep: bool, poll: bool | None) -> Iterator[list[Path]]:
    from watchfiles import watch

    for saved in watch(
        *where,
        watch_filter=None,
        debounce=LONGEST,
        step=STEP,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        recursive=deep,
        force_polling=poll,
        ignore_permission_denied=True,
    ):
        yield [Path(path) for _, path in saved]


def _roots(places: Places, *, deep: bool) -> tuple[Path, ...]:
    if deep:
        return tuple(tree for tree in places.trees if tree.is_dir())
    folders = dict.fromkeys(path.parent for path in places.files)
    return tuple(folder for folder in folders if folder.is_dir())


def _identities(where: Iterable[Path]) -> tuple[tuple[Path, int, int], ...]:
    found = []
    for path in where:
        with suppress(OSError):
            status = path.stat()
            found.append((path, status.st_dev, status.st_ino))
    return tuple(found)
