"""How commands ask a model for briefs: what it would take, how far it is, what came of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.commands.totals import Totals, spent
from generator.counting import plural
from generator.model import Article, ModelChoice
from generator.problems import InvalidSource, Problem, Refusal

if TYPE_CHECKING:
    from generator.config import Project
    from generator.desk import Desk
    from generator.summarise.models.budget import Budget
    from generator.summarise.models.writing import Outcome, Run

SHOWN = 20  # dropped lines told one by one
LONGEST = 100  # signs of a line that is told


@dataclass(slots=True)
class Asking:
    """What came of asking: the run, the files written, and what of them could not be."""

    choice: ModelChoice
    run: Run
    written: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # articles that were deleted or moved meanwhile
    standing: set[str] = field(default_factory=set)  # articles whose earlier brief by a model still stands

    @property
    def failed(self) -> list[Outcome]:
        """Articles that no brief of the model came for."""
        return [outcome for outcome in self.run.outcomes if outcome.fault]

    @property
    def briefs(self) -> int:
        """How many briefs of the model there are now."""
        return len(self.run.outcomes) - len(self.failed)

    def instead(self, outcome: Outcome) -> str:
        """Say what an article has that no brief came for."""
        if outcome.article.path in self.standing:
            return "its earlier brief stays"
        return "extractive" if _settles(outcome, self.choice) else "not written"

    @property
    def data(self) -> dict[str, Any]:
        """Give it as data."""
        budget = self.run.budget
        drops = [(outcome, drop) for outcome in self.run.outcomes for drop in outcome.drops]
        return {
            "model": self.choice.model,
            "calls": budget.calls,
            "tokens_in": budget.tokens_in,
            "tokens_out": budget.tokens_out,
            "cost": budget.cost,
            "calls_estimated": budget.estimated,
            "briefs": self.briefs,
            "dropped": [
                {
                    "article": f"content/{outcome.article.path}",
                    "field": drop.field,
                    "reason": drop.reason,
                    "line": drop.line,
                    "words": drop.words,
                }
                for outcome, drop in drops
            ],
            "failed": [
                {
                    "article": f"content/{outcome.article.path}",
                    "why": outcome.fault,
                    "instead": self.instead(outcome),
                }
                for outcome in self.failed
            ],
            "gone": [f"content/{path}" for path in self.gone],
            "left": [f"content/{article.path}" for article in self.run.left],
            "stopped": self.run.stopped or None,
        }


def ask(desk: Desk, todo: Sequence[Article], choice: ModelChoice, *, shown: bool) -> Asking:
    """Ask for each brief and write its file as it comes, so that nothing paid for is lost.

    Raises Refusal where the library or the key is missing: then nothing was asked.
    """
    from generator.summarise.models import doors, writing
    from generator.summarise.models.budget import Budget

    door = doors.opened(choice, os.environ, desk.root)
    base = desk.summariser.base
    with Totals(len(todo), shown=shown) as totals:
        asked = Asking(choice, writing.Run(Budget(choice)))

        def told(outcome: Outcome, budget: Budget) -> None:
            totals.show(outcome, budget)
            article = outcome.article
            if desk.is_gone(article):
                asked.gone.append(article.path)
                return
            if outcome.fault and desk.summariser(article).machine not in ("", base.name):
                asked.standing.add(article.path)
            if outcome.fault and not _settles(outcome, choice):
                return
            try:
                asked.written.extend(_put(desk.written(article)))
            except InvalidSource as error:
                asked.problems.extend(error.problems)

        try:
            asked.run = writing.write(
                todo, writing.Desk(choice, door, desk.memory, base, desk.summariser.known, told)
            )
        except KeyboardInterrupt:
            totals.stopped()
            raise
    return asked


def _put(made: Iterable[tuple[Path, bytes]]) -> Iterator[Path]:
    from generator.content.writing import replace_file

    for file, data in made:
        replace_file(file, data)
        yield file


def _settles(outcome: Outcome, choice: ModelChoice) -> bool:
    """Tell an article that the model has answered for good, if only by refusing it."""
    return outcome.settled and choice.on_failure == "extractive"


def told(asked: Asking) -> str:
    """Put into words what came of asking."""
    run = asked.run
    lines = [
        f"{asked.choice.model} wrote {plural(asked.briefs, 'brief')}: {spent(run.budget)}",
        *_told_drops(run),
    ]
    if asked.failed:
        lines.append(f"  No brief by it for {plural(len(asked.failed), 'article')}:")
    lines += [f"  content/{it.article.path}: {it.fault} ({asked.instead(it)})" for it in asked.failed]
    lines += [f"  content/{path} is gone: its answer is kept, no file was written" for path in asked.gone]
    if run.stopped:
        left = plural(len(run.left), "article")
        lines.append(f"Stopped: {run.stopped}. Left for the next run: {left}; what is done is kept")
    return "\n".join(lines)


def _told_drops(run: Run) -> list[str]:
    drops = [(outcome.article, drop) for outcome in run.outcomes for drop in outcome.drops]
    if not drops:
        return []
    counts = Counter(drop.reason for _, drop in drops)
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(counts.items()))
    lines = [f"  Dropped {plural(len(drops), 'line')}: {reasons}"]
    for article, drop in drops[:SHOWN]:
        line = f"{drop.line[:LONGEST]}…" if len(drop.line) > LONGEST else drop.line
        lines.append(f'    content/{article.path}: {drop.field}: {drop.reason}: "{line}"')
    if len(drops) > SHOWN:
        lines.append(f"    and {len(drops) - SHOWN:,} more (--json tells all)")
    return lines


def write_missing(project: Project, *, shown: bool) -> Asking | None:
    """Ask for each brief that is missing and write its file; None where none was.

    Raises what is wrong in files, and Refusal where the model's library or key is missing.
    """
    from generator.desk import Desk

    model = project.config.model
    if model is None:
        raise Refusal("config.yaml chooses no model to ask", "docs/models.md says how: summariser: anthropic")
    with alone(project):
        desk = Desk(project)
        todo = desk.wanting(desk.chosen(()), only_stale=False)
        return ask(desk, todo, model, shown=shown) if todo else None


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Keep every other run that asks away while the body runs: both would pay for the same.

    Raises Refusal where one is under way, and where what is answered could not be kept.
    """
    from generator.cache import opened
    from generator.publish.exchange import locked

    opened(project.cache)  # refuses a folder that others may have put there
    with ExitStack() as stack:
        try:
            project.cache.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(project.cache / "brief.lock", "run that asks for briefs"))
        except OSError as error:
            raise Refusal(
                f"{project.cache} cannot be written: {error.strerror}; nobody was asked",
                "what is answered is kept there: make it a folder that you may write into",
            ) from error
        yield


def failure(asked: Asking) -> Refusal | None:
    """Give what must fail a command: a provider that answers nobody, not one brief, or on_failure: error."""
    run, model = asked.run, asked.choice.model
    if run.why == "denied":
        return Refusal(f"{model}: {run.stopped}", _mend(asked))
    if not asked.failed or (asked.briefs and asked.choice.on_failure == "extractive"):
        return None
    first = asked.failed[0]
    count = plural(len(asked.failed), "article")
    hint = "look at what it answers"
    if not run.budget.calls:
        hint = "nobody was asked: allow more, or shorten the article"
    if all(outcome.article.path in asked.standing for outcome in asked.failed):
        hint += "; the briefs that were there stay"
    elif asked.choice.on_failure == "error":
        hint += "; with on_failure: extractive the embedded summariser takes their place"
    else:
        others = " other" if asked.standing else ""
        hint += f"; a build gives these{others} articles the embedded summariser's briefs"
    return Refusal(
        f"no brief by {model} for {count}; the first: content/{first.article.path}: {first.fault}", hint
    )


def _mend(asked: Asking) -> str:
    from generator.summarise.models.doors import variable

    name = variable(asked.choice)
    unkeyed = "it wants a key: name the variable that holds one as summariser.key_from"
    what = {
        401: f"look at the key in {name}" if name else unkeyed,
        403: "look at what this key may ask for",
        404: "look at summariser.model and base_url",
    }.get(asked.run.status, "")
    if 300 <= asked.run.status < 400:  # noqa: PLR2004 -- a redirect, which is not followed
        what = "write the address that it names as summariser.base_url, if you trust it"
    kept = "what is done is kept; run it again when that is mended"
    return f"{what}; {kept}" if what else kept


def bounded(choice: ModelChoice, calls: int | None, cost: float | None) -> ModelChoice:
    """Give a choice the bounds of a command line. Raises Refusal where money cannot be counted."""
    if cost is not None and choice.prices is None:
        raise Refusal("--max-cost needs prices", "write them into config.yaml: summariser.prices")
    calls = choice.max_calls if calls is None else calls
    return replace(choice, max_calls=calls, max_cost=choice.max_cost if cost is None else cost)
