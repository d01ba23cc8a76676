"""What asking a model has taken so far: running totals, beside a progress bar on a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from generator.counting import plural

if TYPE_CHECKING:
    from generator.summarise.models.budget import Budget
    from generator.summarise.models.outcomes import Outcome


def spent(budget: Budget) -> str:
    """Put into words what was taken of calls, tokens and money."""
    calls = plural(budget.calls, "call")
    if not (budget.tokens_in or budget.tokens_out):
        return calls
    money = "" if budget.cost is None else f", cost {budget.cost:.2f}"
    lost = f" (the most that {plural(budget.estimated, 'call')} can have taken is counted: nobody said)"
    told = f"{calls}, {budget.tokens_in:,} tokens sent, {budget.tokens_out:,} answered{money}"
    return told + (lost if budget.estimated else "")


class Totals:
    """A progress bar with running totals, on a terminal."""

    def __init__(self, count: int, budget: Budget, *, shown: bool) -> None:
        self.count = count
        self.bar: Any = _bar() if shown and count else None
        self.task: Any = None
        self.dropped = 0
        self.briefs = 0
        self.budget = budget

    def __enter__(self) -> Self:
        if self.bar is not None:
            self.bar.start()
            self.task = self.bar.add_task("Asking", total=self.count, said="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def show(self, outcome: Outcome) -> None:
        """Count one more article."""
        budget = self.budget
        self.briefs += not outcome.fault
        self.dropped += len(outcome.drops)
        if self.bar is not None:
            money = "" if budget.cost is None else f", cost {budget.cost:.2f}"
            said = f"{budget.calls:,} calls, {budget.tokens_in + budget.tokens_out:,} tokens{money}"
            self.bar.update(self.task, advance=1, said=f"{said}, {self.dropped:,} dropped")

    def stopped(self, then: str) -> None:
        """Say how far it came where it is interrupted, and what goes on with the rest `then`."""
        from click import echo

        said = f"{self.briefs:,} of {plural(self.count, 'brief')} written: {spent(self.budget)}"
        echo(f"{said}. {then.capitalize()} goes on with the rest.", err=True)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
