"""broadsheet doctor: is all as builds need it, here and in a site."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.counting import plural
from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.commands.doctor_machine import Finding
    from generator.commands.doctor_workflows import Workflow
    from generator.config import Project

COLOURS = {"ok": "green", "warning": "yellow", "fault": "red"}


@click.command(epilog="Example:  broadsheet doctor ~/digest")
@options.folder
@options.as_json
def doctor(*, folder: Path, as_json: bool) -> None:
    """Look whether this machine, and the site in FOLDER, are as builds need them; say what to mend.

    It looks at versions, settings, time zone data, git, workflows, folders, the disk, the environment and
    what is dated ahead; it asks nobody on the network. Exit code 1 if there is a fault; warnings are none.
    """
    found = list(_examined(folder))
    well = all(finding.state != "fault" for finding in found)
    if as_json:
        data = {"ok": well, "checks": [asdict(finding) for finding in found]}
        tell_data(data)
    else:
        from generator import reports

        colour = reports.look(os.environ).colour
        for line in _lines(found):
            click.echo(line, color=colour)
    if not well:
        sys.exit(1)


def _examined(root: Path) -> Iterator[Finding]:
    from generator.commands import doctor_machine as machine
    from generator.commands import doctor_site as site
    from generator.commands import doctor_workflows as workflows
    from generator.publish.clearing import made

    yield from machine.program()
    yield from machine.environment(os.environ, sys.stdout.encoding, sys.getfilesystemencoding())
    if not root.is_dir():
        yield machine.Finding("config", "fault", f"there is no folder {root}", "name your site's folder")
        return
    project, found = site.settings(root)
    yield from found
    yield from machine.git(root)
    there = workflows.found(machine.top_of(root))
    yield from workflows.judged(there)
    yield from site.folders(root)
    yield from machine.disk(root, made(root / "site").bytes)
    shown = site.feeds(root / "site")
    yield from [shown] if shown else []
    if project:
        yield from _written(project, there)


def _written(project: Project, there: Sequence[Workflow]) -> Iterator[Finding]:
    """Look at the time of the site, and at what lies in content/."""
    from generator import build, executors, search
    from generator.cache import Cache, opened
    from generator.commands import doctor_site as site
    from generator.commands.doctor_machine import Finding

    try:
        moment = now()
    except Refusal:  # told with the environment
        return
    yield site.zone(project.config.timezone, moment)
    if project.config.search:
        try:
            yield Finding("search", "ok", search.pagefind.version())
        except Refusal as refusal:
            yield Finding("search", "fault", str(refusal), refusal.hint)
    with tempfile.TemporaryDirectory() as elsewhere:
        try:
            cache = opened(project.cache)
        except Refusal:  # told with the folders
            cache = Cache(Path(elsewhere))
        copy = build.gather(project, cache=cache, now=moment, map=executors.here().spread)
    yield from site.copy(copy.problems, copy.held, there)


def _lines(found: list[Finding]) -> Iterator[str]:
    wide = max(len(finding.name) for finding in found)
    for finding in found:
        state = click.style(f"{finding.state:<7}", fg=COLOURS[finding.state])
        yield f"{state}  {finding.name:<{wide}}  {_plain(finding.said)}"
        if finding.mend:
            yield f"{'':<{wide + 11}}{_plain(finding.mend)}"
    counts = {state: sum(finding.state == state for finding in found) for state in ("fault", "warning")}
    told = [plural(number, state) for state, number in counts.items() if number]
    yield ""
    yield f"{' and '.join(told)}." if told else "All is well."


def _plain(text: str) -> str:
    """Let nothing that others wrote steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
