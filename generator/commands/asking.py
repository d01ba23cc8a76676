"""How commands ask a model for briefs: what it would take, how far it is, what came of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.commands.notes import Notes
from generator.commands.totals import Totals, spent
from generator.counting import plural
from generator.model import Article, ModelChoice
from generator.problems import InvalidSource, Problem, Refusal
from generator.reports.signs import prose

if TYPE_CHECKING:
    from generator.config import Project
    from generator.desk import Desk
    from generator.summarise.models.budget import Budget
    from generator.summarise.models.outcomes import Outcome
    from generator.summarise.models.rounds import Round
    from generator.summarise.models.writing import Run

SHOWN = 20  # dropped lines told one by one
LONGEST = 100  # signs of a line that is told


@dataclass(slots=True)
class Asking:
    """What came of asking: the run, the files written, and what of them could not be.

    `earlier` are articles that were answered in an earlier run, in vain, and `noted` is where answers stand.
    """

    choice: ModelChoice
    run: Run
    written: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # articles that were deleted or moved meanwhile
    standing: set[str] = field(default_factory=set)  # articles whose earlier brief by a model still stands
    earlier: frozenset[str] = frozenset()
    noted: Path | None = None
    unnoted: str = ""  # why not all answers stand there
    next: str = "the next run"  # which goes on with what is left

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


def ask(
    desk: Desk,
    todo: Sequence[Article],
    choice: ModelChoice,
    *,
    shown: bool,
    in_vain: Sequence[Outcome] = (),
    answers: Path | None = None,
    anew: Round | None = None,
) -> Asking:
    """Ask for each brief and write its file as it comes, so that nothing paid for is lost.

    `in_vain` are those that earlier runs came to, and that are not asked for again. Each answer is added to
    the file `answers`, and each article that was answered taken into the round `anew`. Raises Refusal where
    that file cannot be written, or where the library or the key is missing: then nothing was asked.
    """
    from generator.summarise.models import doors, writing
    from generator.summarise.models.budget import Budget

    budget, known = Budget(choice), desk.summariser.known
    asked = Asking(choice, writing.Run(budget), earlier=frozenset(it.article.path for it in in_vain))
    asked.next = "the next run with --again" if anew else asked.next
    if todo:
        door = doors.opened(choice, os.environ, desk.root)
        with Notes(answers) as notes, Totals(len(todo), budget, shown=shown) as totals:

            def told(outcome: Outcome, _budget: Budget) -> None:
                totals.show(outcome)
                _take(asked, desk, outcome)
                if anew and outcome.settled:
                    anew.take(outcome.article)

            of = writing.Desk(choice, door, desk.memory, desk.summariser.base, known, told, heard=notes.heard)
            try:
                asked.run = writing.write(todo, of, budget)
            except KeyboardInterrupt:
                totals.stopped(asked.next)
                raise
            if anew and not asked.run.stopped:
                anew.end()
        asked.noted, asked.unnoted = answers, notes.broke
    asked.standing |= {it.article.path for it in in_vain if _stands(desk, it.article)}
    asked.run.outcomes += in_vain
    return asked


def _take(asked: Asking, desk: Desk, outcome: Outcome) -> None:
    """Write the file that an article's outcome makes, if it makes one."""
    article = outcome.article
    if desk.is_gone(article):
        asked.gone.append(article.path)
        return
    if outcome.fault and _stands(desk, article):
        asked.standing.add(article.path)
    if outcome.fault and not _settles(outcome, asked.choice):
        return
    try:
        asked.written.extend(_put(desk.written(article)))
    except InvalidSource as error:
        asked.problems.extend(error.problems)


def _stands(desk: Desk, article: Article) -> bool:
    """Tell an article that a model wrote a brief of before."""
    return desk.summariser(article).machine not in ("", desk.summariser.base.name)


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
        lines.append(f"Stopped: {run.stopped}. Left for {asked.next}: {left}; what is done is kept")
    if asked.unnoted:
        lines.append(f"{asked.noted} does not hold every answer: {asked.unnoted}")
    # A model's name, an article's words and what a server says of itself may hold what a terminal obeys.
    return "\n".join(map(prose, lines))


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
        chosen = desk.chosen(())
        todo = desk.wanting(chosen, only_stale=False)
        in_vain = desk.in_vain(chosen, only_stale=False)
        return ask(desk, todo, model, shown=shown, in_vain=in_vain) if todo or in_vain else None


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


def bounded(choice: ModelChoice, calls: int | None, cost: float | None) -> ModelChoice:
    """Give a choice the bounds of a command line. Raises Refusal where money cannot be counted."""
    if cost is not None and choice.prices is None:
        raise Refusal("--max-cost needs prices", "write them into config.yaml: summariser.prices")
    calls = choice.max_calls if calls is None else calls
    return replace(choice, max_calls=calls, max_cost=choice.max_cost if cost is None else cost)
