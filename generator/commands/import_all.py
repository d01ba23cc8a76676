"""What broadsheet import --all does and tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import click

from generator import config, fetch, importer, reports, sources
from generator.commands import import_daily, import_desk, moment
from generator.commands.import_asking import Asker, Stop
from generator.commands.import_daily import Turn
from generator.commands.output import tell_data
from generator.content.writing import replace_file
from generator.counting import plural
from generator.importer import Outcome
from generator.problems import Problem

WORDS = {"new": "imported", "known": "known", "unfit": "failed"}
INTERRUPTED = 130


def import_all(
    project: config.Project, *, private: bool, follow: bool, draft: bool, dry_run: bool, as_json: bool
) -> int:
    """Ask every source, write what is new and what is known of each, and tell of it.

    Give the exit code: 0 if any source worked, or none was due, 1 if none did, 130 if the run was stopped.
    """
    suppliers = project.config.sources
    known = sources.read(project.content)
    now = moment.now()
    options = replace(import_desk.options(project, now), draft=draft)
    turns: list[Turn] = []
    stop = Stop()
    if suppliers and not as_json and sys.stderr.isatty():
        click.echo(f"Asking {plural(sum(one.enabled for one in suppliers), 'source')}.", err=True)
    desk = import_desk.desk(project, _nobody, options, follow=follow, write=not dry_run)
    importer.load()
    try:
        for turn in import_daily.run(suppliers, known, desk, asker(project, stop, private=private), now):
            turns.append(turn)
            if not as_json:
                say(turn, project, dry_run=dry_run)
    except KeyboardInterrupt:
        stop.now()
    finally:  # what was taken is known, whatever came between
        if turns and not dry_run:
            replace_file(project.content / sources.NAME, sources.written(after(project, known, turns)))
    stopped = bool(stop)
    good = any(turn.status in ("worked", "unchanged") for turn in turns)
    good |= all(turn.status == "waiting" for turn in turns)
    good &= not stopped
    if as_json:
        data = {"ok": good, "stopped": stopped, "dry_run": dry_run, "sources": [told(turn) for turn in turns]}
        tell_data(data)
    else:
        asked = sum(one.enabled for one in suppliers)
        click.echo(end_of(turns, asked, dry_run=dry_run) if stopped else summary(turns), err=True)
    return INTERRUPTED if stopped else 0 if good else 1


def asker(project: config.Project, stop: Stop, *, private: bool) -> Asker:
    """Ask by threads, which wait for nothing once the run is stopped."""
    options = fetch.Options(agent=fetch.agent(project.config.url), private=private)
    return Asker(fetch.Fetcher(options, now=moment.now, sleep=stop.pause), stop)


def after(project: config.Project, known: dict[str, sources.State], turns: Sequence[Turn]) -> dict[str, Any]:
    """Give what is known of each source that the config still names."""
    named = {one.url for one in project.config.sources}
    now = known | {turn.supplier.url: turn.state for turn in turns}
    return {url: state for url, state in now.items() if url in named}


def say(turn: Turn, project: config.Project, *, dry_run: bool) -> None:
    """Tell of one source as it is done; what it has that is known already is counted."""
    name = turn.supplier.name
    if turn.status == "waiting":
        click.echo(f"{name}: not before {turn.state.wait:%Y-%m-%d %H:%M} UTC, as it asks", err=True)
    elif turn.status == "unchanged":
        click.echo(f"{name}: nothing new", err=True)
    elif turn.fault:
        click.echo(f"{name}: failed", err=True)
    elif turn.outcomes or turn.status == "worked":
        counts = (f"{count} {word}" for word, count in counted(turn.outcomes, dry_run=dry_run) if count)
        end = " (stopped)" if turn.status == "stopped" else ""
        click.echo(f"{name}: {', '.join(counts) or 'nothing in it'}{end}", err=True)
    for it in turn.outcomes:
        if it.status == "new":
            click.echo(f"  content/{it.path}", err=True)
            for note in it.notes:
                click.echo(f"    {note}", err=True)
    faults = [
        _problem(it.found, it.code, it.message, it.hint) for it in turn.outcomes if it.status == "unfit"
    ]
    if turn.fault and not faults:
        faults = [_problem(turn.fault.found, turn.fault.code, turn.fault.message, turn.fault.hint)]
    if faults:
        reports.tell(faults, project.root)


def summary(turns: Sequence[Turn]) -> str:
    """Say how it went: `12 new articles. 14 sources asked, 2 failed.`."""
    if not turns:
        return "config.yaml names no sources that are asked: nothing to import."
    new = sum(it.status == "new" for turn in turns for it in turn.outcomes)
    failed = sum(turn.status == "failed" for turn in turns)
    waiting = sum(turn.status == "waiting" for turn in turns)
    parts = [f"{plural(len(turns) - waiting, 'source')} asked"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{waiting} not due"] if waiting else []
    return f"{plural(new, 'new article')}. {', '.join(parts)}."


def end_of(turns: Sequence[Turn], active: int, *, dry_run: bool) -> str:
    """Say what a run that was stopped leaves."""
    new = sum(it.status == "new" for turn in turns for it in turn.outcomes)
    done = sum(turn.status != "stopped" for turn in turns)
    kept = "nothing was written" if dry_run else f"{plural(new, 'new article')} kept"
    return f"Stopped: {kept}. {done} of {plural(active, 'source')} done; the next run asks the others again."


def counted(outcomes: Sequence[Outcome], *, dry_run: bool) -> Iterator[tuple[str, int]]:
    """Count what became of articles."""
    for status, word in WORDS.items():
        said = "would be imported" if dry_run and status == "new" else word
        yield said, sum(it.status == status for it in outcomes)


def told(turn: Turn) -> dict[str, Any]:
    """Give a source's turn as data."""
    fault = turn.fault
    made: dict[str, Any] = {
        "name": turn.supplier.name,
        "url": turn.supplier.url,
        "status": turn.status,
        "fault": {"code": fault.code, "message": fault.message, "hint": fault.hint} if fault else None,
        "not_before": f"{turn.state.wait:%Y-%m-%dT%H:%M:%SZ}" if turn.state.wait else None,
    }
    return made | {
        word: [_data(it) for it in turn.outcomes if it.status == key] for key, word in WORDS.items()
    }


def _data(it: Outcome) -> dict[str, Any]:
    made: dict[str, Any] = {"found": it.found, "title": it.title}
    if it.path:
        made["path"] = f"content/{it.path}"
    if it.message:
        made |= {"code": it.code, "message": it.message, "hint": it.hint}
    return {**made, "notes": list(it.notes)} if it.notes else made


def _problem(found: str, code: str, message: str, hint: str) -> Problem:
    """Give a fault of a source as a warning: the run goes on."""
    return Problem(found, 1, 1, code, message, hint, severity="warning")


def _nobody(url: str) -> Any:
    raise AssertionError(url)  # each source has its own way to ask
