"""What broadsheet import --all does and tells."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import Any

import click

from generator import config, fetch, reports, sources
from generator.commands import import_daily, import_desk, moment
from generator.commands.import_daily import Asker, Turn
from generator.content.writing import replace_file
from generator.counting import plural
from generator.importer import Outcome
from generator.problems import Problem

AT_ONCE = 32  # hosts that are asked at the same time
WORDS = {"new": "imported", "known": "known", "unfit": "failed"}


def import_all(
    project: config.Project, *, private: bool, follow: bool, draft: bool, dry_run: bool, as_json: bool
) -> bool:
    """Ask every source, write what is new and what is known of each, and tell of it.

    Give whether any worked, or none was due.
    """
    suppliers = project.config.sources
    known = sources.read(project.content)
    now = moment.now()
    options = replace(import_desk.options(project, now), draft=draft)
    turns: list[Turn] = []
    if suppliers and not as_json and sys.stderr.isatty():
        click.echo(f"Asking {plural(sum(one.enabled for one in suppliers), 'source')}.", err=True)
    with asking(project, private=private) as asker:
        desk = import_desk.desk(project, _nobody, options, follow=follow, write=not dry_run)
        try:
            for turn in import_daily.run(suppliers, known, desk, asker, now):
                turns.append(turn)
                if not as_json:
                    say(turn, project, dry_run=dry_run)
        finally:  # what was taken is known, whatever came between
            if turns and not dry_run:
                replace_file(project.content / sources.NAME, sources.written(after(project, known, turns)))
    good = any(turn.status in ("worked", "unchanged") for turn in turns)
    good |= all(turn.status == "waiting" for turn in turns)
    if as_json:
        data = {"ok": good, "dry_run": dry_run, "sources": [told(turn) for turn in turns]}
        click.echo(json.dumps(data, indent=1, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        click.echo(summary(turns), err=True)
    return good


@contextmanager
def asking(project: config.Project, *, private: bool) -> Iterator[Asker]:
    """Ask by threads, which end soon where the run is stopped."""
    over = Event()
    options = fetch.Options(agent=fetch.agent(project.config.url), private=private)
    fetcher = fetch.Fetcher(options, now=moment.now, sleep=lambda seconds: _pause(over, seconds))
    threads = ThreadPoolExecutor(AT_ONCE)
    try:
        yield Asker(fetcher, threads.map)
    finally:
        over.set()
        threads.shutdown(cancel_futures=True)


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
    else:
        counts = (f"{count} {word}" for word, count in counted(turn.outcomes, dry_run=dry_run) if count)
        click.echo(f"{name}: {', '.join(counts) or 'nothing in it'}", err=True)
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


def _pause(over: Event, seconds: float) -> None:
    if over.wait(seconds):
        raise fetch.FetchError("asked-to-wait", "the run was stopped")


def _nobody(url: str) -> Any:
    raise AssertionError(url)  # each source has its own way to ask
