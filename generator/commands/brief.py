"""broadsheet brief: briefs as files beside their articles, for editors to mend."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import config, reports
from generator.commands import asking, mends, options
from generator.commands.estimate import estimate, told_estimate
from generator.commands.notes import apart
from generator.commands.output import tell_data
from generator.counting import plural
from generator.model import Article, ModelChoice
from generator.problems import InvalidSource, Refusal

if TYPE_CHECKING:
    from generator.desk import Desk
    from generator.summarise.models.rounds import Round


class Money(click.FloatRange):
    """An amount that bounds something: a number, not negative, that is one and has an end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        amount = float(super().convert(value, param, ctx))
        if not math.isfinite(amount):  # nothing is more than "nan", and "inf" bounds nothing
            self.fail(f"{value} is not an amount of money.", param, ctx)
        return amount


@click.command(epilog="Example:  broadsheet brief content/2026/11/23/corvane.md")
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=options.files)
@click.option("--all", "every", is_flag=True, help="Write a brief file for every article.")
@click.option("--changed", is_flag=True, help="Rewrite only the brief files that are out of date.")
@click.option("--check", is_flag=True, help="Write nothing; tell what is out of date or unsupported.")
@click.option("--dry-run", is_flag=True, help="Write nothing, ask nobody; tell what a model would take.")
@click.option("--again", is_flag=True, help="Ask the model anew, where a brief is there already too.")
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Add each answer to FILE as it came, a JSON object a line.",
)
@click.option("--max-calls", type=click.IntRange(0), metavar="N", help="Stop after so many calls.")
@click.option("--max-cost", type=Money(0), metavar="X", help="Stop before it costs more.")
@options.site_folder
@options.as_json
def brief(
    *,
    paths: tuple[str, ...],
    every: bool,
    changed: bool,
    check: bool,
    dry_run: bool,
    again: bool,
    answers: Path | None,
    max_calls: int | None,
    max_cost: float | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Write NAME.brief.yaml beside each article that PATH names: a file or a folder under content/.

    What you change in it wins over the summariser, field by field, and is never overwritten. A file that is
    there is rewritten around what you changed. --changed and --check look at all brief files, or at those of
    PATH; --check --all asks for one beside every article.

    Where config.yaml chooses a model, it is asked for each brief whose file is missing or of an older text.

    Exit code 1 if --check finds a brief out of date or a line unsupported, if a file cannot be read, if the
    model cannot be asked, or if not one of the briefs came that it was asked for.
    """
    if not (paths or every or changed or check):
        raise click.UsageError("Name an article or a folder, or give --all, --changed or --check.")
    if paths and every:
        raise click.UsageError("Give PATH or --all, not both.")
    if check and (dry_run or again or answers):
        raise click.UsageError("--check asks nobody: give it without --dry-run, --again and --answers.")
    if dry_run and answers:
        raise click.UsageError("--dry-run asks nobody: give it without --answers.")
    from generator.desk import Desk

    project = config.read(folder)
    model = project.config.model
    if model is None and (again or dry_run or answers or max_calls is not None or max_cost is not None):
        raise Refusal("config.yaml chooses no model to ask", "docs/models.md says how: summariser: anthropic")
    apart(answers, project)
    if model:
        model = asking.bounded(model, max_calls, max_cost)
        project = replace(project, config=replace(project.config, model=model))
    # What is wanting is looked up while nobody else asks: the run before this one may just have written it.
    with asking.alone(project) if model and not (check or dry_run) else nullcontext():
        desk = Desk(project, anew=again)
        chosen = desk.chosen(paths)
        if check:
            _check(desk, chosen, every=every, as_json=as_json)
            return
        anew = desk.round(paths, only_stale=changed)
        todo = _rest(anew, desk.wanting(chosen, only_stale=changed))
        if model and dry_run:
            _estimate(todo, model, as_json=as_json)
            return
        made = desk.rewritten(chosen, only_stale=changed)  # raises before anybody is asked
        asked = None
        in_vain = desk.in_vain(chosen, only_stale=changed)
        if model and (todo or in_vain):
            shown = not as_json and sys.stderr.isatty()
            asked = asking.ask(desk, todo, model, shown=shown, in_vain=in_vain, answers=answers, anew=anew)
            names = {article.path for article in todo} | asked.earlier
            made = desk.rewritten([it for it in chosen if it.path not in names], only_stale=changed)
        _written(desk, made, asked, as_json=as_json)


def _rest(anew: Round | None, todo: list[Article]) -> list[Article]:
    """Leave out what was asked anew before a run with --again was stopped, and say so."""
    if anew is None:
        return todo
    rest = anew.rest(todo)
    if gone := len(todo) - len(rest):
        were, left = plural(gone, "article was", "articles were"), plural(len(rest), "is", "are")
        click.echo(f"Going on with --again: {were} asked anew before it was stopped, {left} left.", err=True)
    return rest


def _estimate(todo: Sequence[Article], model: ModelChoice, *, as_json: bool) -> None:
    data = estimate(todo, model)
    if as_json:
        tell_data(data)
    else:
        click.echo(told_estimate(data))


def _written(
    desk: Desk, made: Sequence[tuple[Path, bytes]], asked: asking.Asking | None, *, as_json: bool
) -> None:
    """Write what needed no model, and tell all that was written."""
    from generator.content.writing import replace_file

    for file, data in made:
        replace_file(file, data)
    written = [desk.shown(file) for file in (*(asked.written if asked else ()), *(file for file, _ in made))]
    failure = mends.failure(asked) if asked else None
    problems = asked.problems if asked else []
    if asked and not as_json:
        click.echo(asking.told(asked), err=True)
    if not (as_json and (failure or problems)) and (
        written or not (asked and (asked.failed or asked.gone or asked.run.left))
    ):
        _tell_written(written, asked, as_json=as_json)
    options.note({"written": written, **({"model": asked.data} if asked else {})})  # with what is raised now
    if problems:
        raise InvalidSource(problems)
    if failure:
        raise failure


def _check(desk: Desk, chosen: Sequence[Article], *, every: bool, as_json: bool) -> None:
    found = [problem for article in chosen for problem in desk.faults(article, needed=every)]
    if any(problem.severity == "error" for problem in found):
        raise InvalidSource(found)
    count = sum(desk.file(article).is_file() for article in chosen)
    if as_json:
        data = {"ok": True, "checked": count, "warnings": [asdict(problem) for problem in found]}
        tell_data(data)
        return
    if found:
        reports.tell(found, desk.root)
    rest = f"; {reports.counted(found)}" if found else ""
    click.echo(f"Checked {plural(count, 'brief file')}: current and supported{rest}.", err=True)


def _tell_written(names: Sequence[str], asked: asking.Asking | None, *, as_json: bool) -> None:
    if as_json:
        data = {"ok": True, "written": names, **({"model": asked.data} if asked else {})}
        tell_data(data)
        return
    for name in names:
        click.echo(f"Wrote {name}", err=True)
    if not names:
        click.echo("Nothing to write: the brief files are as they should be.", err=True)
