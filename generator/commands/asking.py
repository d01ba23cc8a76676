"""How commands ask a model for briefs: what it would take, how far it is, what came of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
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

    @property
    def failed(self) -> list[Outcome]:
        """Articles that no brief of the model came for."""
        return [outcome for outcome in self.run.outcomes if outcome.fault]

    @property
    def briefs(self) -> int:
        """How many briefs of the model there are now."""
        return len(self.run.outcomes) - len(self.failed)

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
                {"article": f"content/{outcome.article.path}", "why": outcome.fault}
                for outcome in self.failed
            ],
            "left": [f"content/{article.path}" for article in self.run.left],
            "stopped": self.run.stopped or None,
        }


def estimate(todo: Sequence[Article], choice: ModelChoice) -> dict[str, Any]:
    """Say what asking for these articles would take, without asking."""
    from generator.summarise.models import asking
    from generator.summarise.models.budget import cost

    sent = sum(asking.asked(article, choice).tokens for article in todo)
    tries = 1 + choice.retry
    usual, most = len(todo) * asking.USUAL, len(todo) * tries * choice.max_tokens
    # What is asked again is sent the first answer, too.
    at_most = sent * tries + len(todo) * choice.retry * (choice.max_tokens + asking.USUAL)
    return {
        "model": choice.model,
        "articles": [f"content/{article.path}" for article in todo],
        "calls": len(todo),
        "calls_at_most": len(todo) * tries,
        "tokens_in": sent,
        "tokens_in_at_most": at_most,
        "tokens_out": usual,
        "tokens_out_at_most": most,
        "cost": cost(choice.prices, sent, usual),
        "cost_at_most": cost(choice.prices, at_most, most),
    }


def told_estimate(data: dict[str, Any]) -> str:
    """Put an estimate into words."""
    calls, most = data["calls"], data["calls_at_most"]
    lines = [
        f"{data['model']} would be asked for {plural(calls, 'brief')}: {calls:,} to {most:,} calls",
        f"  tokens sent: about {data['tokens_in']:,}, {data['tokens_in_at_most']:,} at most",
        f"  tokens answered: about {data['tokens_out']:,}, {data['tokens_out_at_most']:,} at most",
    ]
    if data["cost"] is None:
        lines.append("  cost: unknown; config.yaml may say what tokens cost (summariser.prices)")
    else:
        lines.append(f"  cost: about {data['cost']:.2f}, {data['cost_at_most']:.2f} at most")
    return "\n".join(lines)


def ask(desk: Desk, todo: Sequence[Article], choice: ModelChoice, *, shown: bool) -> Asking:
    """Ask for each brief and write its file as it comes, so that nothing paid for is lost.

    Raises Refusal where the library or the key is missing: then nothing was asked.
    """
    from generator.content.writing import replace_file
    from generator.summarise.models import doors, writing

    door = doors.opened(choice, os.environ, desk.root)
    written: list[Path] = []
    problems: list[Problem] = []
    with Totals(len(todo), shown=shown) as totals:

        def told(outcome: Outcome, budget: Budget) -> None:
            totals.show(outcome, budget)
            if outcome.fault and not _settles(outcome, choice):
                return
            try:
                for file, data in desk.written(outcome.article):
                    replace_file(file, data)
                    written.append(file)
            except InvalidSource as error:
                problems.extend(error.problems)

        base = desk.summariser.base
        known = desk.summariser.known
        try:
            run = writing.write(todo, writing.Desk(choice, door, desk.memory, base, known, told))
        except KeyboardInterrupt:
            totals.stopped()
            raise
    return Asking(choice, run, written, problems)


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
    for outcome in asked.failed:
        instead = "extractive" if _settles(outcome, asked.choice) else "not written"
        lines.append(f"  content/{outcome.article.path}: {outcome.fault} ({instead})")
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
    desk = Desk(project)
    todo = desk.wanting(desk.chosen(()), only_stale=False)
    return ask(desk, todo, model, shown=shown) if todo else None


def failure(asked: Asking) -> Refusal | None:
    """Give what must fail a command: a provider that answers nobody, not one brief, or on_failure: error."""
    run, model = asked.run, asked.choice.model
    if run.why == "denied":
        return Refusal(f"{model}: {run.stopped}", _mend(asked))
    if not asked.failed or (asked.briefs and asked.choice.on_failure == "extractive"):
        return None
    first = asked.failed[0]
    count = plural(len(asked.failed), "article")
    hint = "look at what it answers; a build gives these articles the embedded summariser's briefs"
    if asked.choice.on_failure == "error":
        hint = "with on_failure: extractive the embedded summariser takes their place"
    return Refusal(
        f"no brief by {model} for {count}; the first: content/{first.article.path}: {first.fault}", hint
    )


def _mend(asked: Asking) -> str:
    from generator.summarise.models.doors import variable

    what = {
        401: f"look at the key in {variable(asked.choice) or 'summariser.key_from'}",
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
