"""broadsheet build: make the site."""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import reasons
from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.commands.progress import Progress
from generator.commands.reading import read
from generator.counting import plural, size
from generator.problems import InvalidSource
from generator.steps import Steps, rest, table

if TYPE_CHECKING:
    from generator import config
    from generator.build import Report
    from generator.cache import Cache
    from generator.commands.asking import Asking
    from generator.executors import Maps
    from generator.inputs import Inputs
    from generator.problems import Refusal
    from generator.reasons import Anew


@click.command(epilog="Example:  broadsheet build ~/digest --drafts --base-url http://localhost:8000/")
@options.folder
@click.option("--base-url", metavar="URL", help="Where the site will stand, in place of config.yaml's url.")
@click.option("--drafts", is_flag=True, help="Show articles marked draft: true.")
@click.option("--future", is_flag=True, help="Show articles dated later than now.")
@click.option(
    "--write-briefs", is_flag=True, help="First ask the config's model for briefs that are missing."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Work in so many processes of this machine where there is much to do (default: one for each core, "
    "or what executor in config.yaml says).",
)
@click.option("--explain", is_flag=True, help="Say why each thing was made anew.")
@click.option("--profile", is_flag=True, help="Say how long each step took.")
@options.as_json
def build(
    *,
    folder: Path,
    base_url: str | None,
    drafts: bool,
    future: bool,
    write_briefs: bool,
    quiet: bool,
    jobs: int | None,
    explain: bool,
    profile: bool,
    as_json: bool,
) -> None:
    """Build the site in FOLDER (where config.yaml lies; here by default) into its site/.

    Exit code 0 if the site was made; 1 if anything is wrong in the content or with the disk, or if
    --write-briefs asked in vain: the site is made then all the same, unless on_failure is error.
    """
    from generator import inputs
    from generator.bundle import theme_folder
    from generator.cache import opened

    started, clock = time.perf_counter(), time.time_ns()
    anew: tuple[Anew, ...] = ()
    asked: Asking | None = None
    failure: Refusal | None = None
    steps = Steps(time.perf_counter, _cpu)
    given = (base_url or "", str(drafts), str(future))
    work, site = folder / ".cache", folder / "site"
    cache = opened(work)
    with steps.timed("look for changes"):
        look = functools.partial(inputs.look, folder, theme_folder(), given)
        looked = look(clock=clock)
        told = None if write_briefs else inputs.unchanged(looked, work, site, now(), jobs)
    in_bytes = functools.cache(functools.partial(inputs.in_bytes, folder, theme_folder(), given))
    is_gone = told is None and _is_gone(site)
    if is_gone and not write_briefs:
        with steps.timed("put site/ back"):
            told = _restored(looked, work, site, in_bytes, look, jobs)
    if told is None:
        from generator.build import build as make

        with steps.timed("configure"):
            project = read(folder, base_url)
        if write_briefs:
            asked, failure = _write_briefs(project, quiet=quiet or as_json)
        named = _named(project)
        before = inputs.with_named(looked, named)
        # Where a build finds no site/, as on a CI machine, the next one may be in another checkout.
        held = in_bytes((*named,)) if is_gone else ""
        shown = not (quiet or as_json) and sys.stderr.isatty()
        with _maps(project.config, jobs) as maps, Progress(shown=shown) as progress:
            report = make(
                project,
                cache=cache,
                now=now(),
                map=progress.around(maps.render),
                spread=progress.around(maps.spread),
                heavy=maps.heavy,
                drafts=drafts,
                future=future,
                clock=clock,
                step=steps.timed,
                explain=explain,
            )
        told, anew = _told(report, project), report.anew
        if project.config.model is None:  # what a model answered lies in the cache
            with steps.timed("remember"):
                _remember(project, cache, before, look, report, told, held)
    seconds = time.perf_counter() - started
    steps.took.append(rest(steps.took, seconds, _cpu()))
    more: dict[str, object] = {
        "seconds": round(seconds, 3),
        "site": str(site),
        **({"steps": [asdict(one) for one in steps.took]} if profile else {}),
        **({"anew": [asdict(one) for one in anew]} if explain else {}),
        **({"asked": asked.data} if asked else {}),
    }
    options.note({**told, **more})
    if as_json and not failure:
        tell_data({"ok": True, **told, **more})
    elif not (quiet or as_json):
        click.echo(_said(told, folder, seconds), err=True)
    if not as_json:
        for line in (*(_reasons(anew) if explain else ()), *([table(steps.took)] if profile else ())):
            click.echo(line, err=True)
    if failure:
        raise failure


def _reasons(anew: tuple[Anew, ...]) -> list[str]:
    return [*reasons.told(anew)] if anew else ["Nothing was made anew."]


def _is_gone(site: Path) -> bool:
    from generator import publish

    return publish.is_gone(site)


def _restored(
    looked: Inputs,
    work: Path,
    site: Path,
    in_bytes: Callable[[tuple[Path, ...]], str],
    look: Callable[..., Inputs],
    jobs: int | None,
) -> dict[str, Any] | None:
    from generator import executors, inputs

    again = functools.partial(look, clock=time.time_ns())
    return inputs.restored(looked, work, site, now(), in_bytes, again, executors.here(jobs).heavy)


def _remember(
    project: config.Project,
    cache: Cache,
    before: Inputs,
    look: Callable[..., Inputs],
    report: Report,
    told: dict[str, Any],
    held: str,
) -> None:
    """Keep what was told, as one tells it who had nothing to do; `held` is what was gone by, in bytes."""
    from generator import inputs
    from generator.build import are_as_read

    named, clock = _named(project), time.time_ns()
    is_as_read = are_as_read(before.young, report.young, project, cache)
    again = inputs.with_named(look(clock=clock), named)
    if not is_as_read or not again.is_as(before):
        return  # it may have been made from something else
    still = told["published"] | _UNCHANGED | {"unchanged": report.published.files}
    moments = report.moments
    inputs.remember(
        project.cache,
        again,  # of what was young and is old by now, each change since has another stamp
        named,
        moments.since,
        moments.until,
        told | {"published": still},
        site=report.state,
        content=report.content,
        in_bytes="" if before.young else held,
    )


def _cpu() -> float:
    """Seconds of work that this process has done, and those that it waited for."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def _write_briefs(project: config.Project, *, quiet: bool) -> tuple[Asking | None, Refusal | None]:
    """Ask for missing briefs; gives what is to be raised when all is built. Raises what a build stops at."""
    from generator.commands import asking, mends
    from generator.reports.signs import prose

    asked = asking.write_missing(project, shown=not quiet and sys.stderr.isatty())
    name = project.config.model.model if project.config.model else ""
    if not quiet:
        nobody = prose(f"{name} was not asked: no article waits for its brief")
        click.echo(asking.told(asked) if asked else nobody, err=True)
    if asked is None:
        return None, None
    options.note({"asked": asked.data})
    if asked.problems:
        raise InvalidSource(asked.problems)
    failure = mends.failure(asked)
    if failure and asked.choice.on_failure == "error":
        raise failure
    return asked, failure


_UNCHANGED = {"written": 0, "removed": 0}


def _maps(chosen: config.Config, jobs: int | None) -> AbstractContextManager[Maps]:
    from generator import executors

    return executors.opened(chosen.executor, chosen.scheduler, chosen.timezone, jobs=jobs)


def _named(project: config.Project) -> list[Path]:
    """Give the files that the config names and a build reads, and what the system knows of its time zone."""
    import zoneinfo

    theme, root = project.config.theme, project.root.resolve()
    files = [*(font.file for font in theme.fonts), *([theme.logo] if theme.logo else [])]
    zones = [Path(place, project.config.timezone) for place in zoneinfo.TZPATH]
    return [*(root / file for file in files), *zones]


def _said(told: Mapping[str, Any], folder: Path, seconds: float) -> str:
    published, held = told["published"], told["held"]
    made = [
        plural(told["pages"], "page"),
        plural(told["feeds"], "feed"),
        plural(published["files"], "file"),
        size(published["bytes"]),
    ]
    lines = [
        f"Built {plural(told['articles'], 'article')} in {plural(told['editions'], 'edition')}:",
        f"  {', '.join(made)} in {seconds:.2f} s",
        f"  {folder / 'site'}, for {told['url']}",
    ]
    if told["models"] or told["dropped"]:
        by = [f"{count:,} by {model}" for model, count in sorted(told["models"].items())]
        lost = ", ".join(f"{reason} {count}" for reason, count in sorted(told["dropped"].items()))
        rest = told["articles"] - sum(told["models"].values())
        by += [f"{rest:,} extractive"] if rest else []
        lines.append(f"  Briefs: {', '.join(by)}; lines of models dropped: {lost or 'none'}")
    if held["drafts"] or held["future"]:
        kept = [plural(held["drafts"], "draft")] if held["drafts"] else []
        kept += [f"{plural(held['future'], 'article')} dated in the future"] if held["future"] else []
        due = f"; the next is due on {_due(held['due'], told['timezone'])}" if held["due"] else ""
        lines.append(f"  Held back: {' and '.join(kept)}{due}")
    if told["flagged"]:
        flagged = plural(told["flagged"], "edited line")
        lines.append(f"  Flagged: {flagged} of briefs; broadsheet check tells which, and why")
    if told["signed"]:
        lines.append(f"  Feed ids are signed {told['signed']}: write that as feed.authority, to keep it")
    return "\n".join(lines)


def _due(moment: str, timezone: str) -> str:
    from zoneinfo import ZoneInfo

    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)):%Y-%m-%d at %H:%M %Z}"


def _told(report: Report, project: config.Project) -> dict[str, Any]:
    """Give what a report tells as plain data; `signed` where nothing says who mints ids of feeds."""
    data = asdict(replace(report, anew=(), young=()))
    del data["moments"], data["state"], data["anew"], data["young"]
    for one in (data["held"], *data["early"]):
        one["due"] = one["due"].isoformat() if one["due"] else None
    config = project.config
    signed = None if config.feed_authority else config.authority
    return {**data, "url": config.url, "timezone": config.timezone, "signed": signed}
