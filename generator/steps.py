"""How long each step of a command takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

Step = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Took:
    """What a step took, in seconds: `cpu` is that of this process and of those that it waited for."""

    step: str
    wall: float
    cpu: float


def untimed(_step: str) -> AbstractContextManager[None]:
    return nullcontext()


class Steps:
    """Times steps, in the order in which they begin. `wall` and `cpu` are clocks in seconds."""

    def __init__(self, wall: Callable[[], float], cpu: Callable[[], float]) -> None:
        self._wall, self._cpu = wall, cpu
        self.took: list[Took] = []

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Time what is done within; a step that is done again adds to itself."""
        wall, cpu = self._wall(), self._cpu()
        try:
            yield
        finally:
            made = Took(step, self._wall() - wall, self._cpu() - cpu)
            self._add(made)

    def _add(self, made: Took) -> None:
        for place, one in enumerate(self.took):
            if one.step == made.step:
                self.took[place] = Took(one.step, one.wall + made.wall, one.cpu + made.cpu)
                return
        self.took.append(made)


def rest(took: Sequence[Took], wall: float, cpu: float) -> Took:
    """Give what is left of so many seconds when all steps are taken off."""
    left = wall - sum(one.wall for one in took), cpu - sum(one.cpu for one in took)
    return Took("start, import, report", max(0.0, left[0]), max(0.0, left[1]))


def table(took: Sequence[Took]) -> str:
    """Write steps as lines: seconds by the clock, seconds of work, the step."""
    lines = [f"{one.wall:8.3f} {one.cpu:8.3f}  {one.step}" for one in took]
    rest = f"{sum(one.wall for one in took):8.3f} {sum(one.cpu for one in took):8.3f}  in all"
    return "\n".join([f"{'wall s':>8} {'CPU s':>8}  step", *lines, rest])
