"""A progress bar for a build."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self, TypeVar

T = TypeVar("T")
Map = Callable[..., Iterable[Any]]
PATIENCE = 1.0  # seconds before it shows
PAUSE = 0.1  # seconds for which a bar stands still
# What the bar says, by the name of the work that is mapped.
SAID = {"make_lean": "Reading", "drawn": "Rendering", "brief_file": "Writing briefs"}


class Progress:
    """A progress bar for work that takes over a second."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.started = time.monotonic()
        self.drawn = self.started
        self.bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def around(self, done: Map) -> Map:
        """Give a `map` that shows how far another one is."""
        return functools.partial(self._shown, done) if self.shown else done

    def _shown(self, done: Map, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        todo = list(items)
        said = SAID.get(getattr(getattr(work, "func", work), "__name__", ""), "Working")
        task = None
        for number, made in enumerate(done(work, todo), 1):
            yield made
            if self.bar is None and time.monotonic() - self.started > PATIENCE:
                self.bar = _bar()
            if self.bar is not None:
                task = self.bar.add_task(said, total=len(todo)) if task is None else task
                self._draw(task, number)
        if task is not None:
            self.bar.remove_task(task)

    def _draw(self, task: Any, number: int) -> None:
        now = time.monotonic()
        if now - self.drawn > PAUSE:
            self.drawn = now
            self.bar.update(task, completed=number, refresh=True)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,  # a thread would draw it, and a process with threads is not forked
    )
    bar.start()
    return bar
