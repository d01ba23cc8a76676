"""broadsheet build: make the site."""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from generator.commands import options
from generator.commands.moment import now
from generator.commands.reading import read
from generator.counting import plural
from generator.steps import Step, Steps, table

if TYPE_CHECKING:
    from generator import config
    from generator.build import Report
    from generator.cache import Cache

T = TypeVar("T")
Map = Callable[..., Iterable[Any]]
PATIENCE = 1.0  # seconds before a progress bar shows
# What the bar says, by the name of the work that is mapped.
SAID = {"_made": "Reading", "_rendered": "Rendering"}
ROOMS = ("generator.pieces", "generator.content.articles")  # that each process needs


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
    help="Read and brief in so many processes where there is much to do (default: one for each core).",
)
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
    profile: bool,
    as_json: bool,
) -> None:
    """Build the site in FOLDER (where config.yaml lies; here by default) into its site/.

    Exit code 0 if the site was made; 1 if anything is wrong in the content or with the disk.
    """
    from generator import inputs
    from generator.bundle import theme_folder
    from generator.cache import opened

    started, clock = time.perf_counter(), time.time_ns()
    steps = Steps(time.perf_counter, _cpu)
    asked = (base_url or "", str(drafts), str(future))
    work, site = folder / ".cache", folder / "site"
    cache = opened(work)
    with steps.timed("look for changes"):
        before = inputs.look(folder, theme_folder(), asked, clock=clock)
        told = None if write_briefs else inputs.unchanged(before, work, site, now())
    if told is None:
        with steps.timed("configure"):
            project = read(folder, base_url)
        if write_briefs:
            _write_briefs(project, quiet=quiet or as_json)
        named = _named(project)
        before = inputs.with_named(before, named)
        shown = not (quiet or as_json) and sys.stderr.isatty()
        report = _made(project, cache, jobs, clock, steps.timed, shown=shown, drafts=drafts, future=future)
        told = _told(report, project)
        moments = report.moments
        still = told | {"published": told["published"] | _UNCHANGED | {"unchanged": report.published.files}}
        if project.config.model is None:  # what a model answered lies in the cache
            with steps.timed("remember"):
                inputs.remember(work, site, before, named, moments.since, moments.until, still)
    seconds = time.perf_counter() - started
    if as_json:
        more: dict[str, object] = {"seconds": round(seconds, 3), "site": str(site)}
        if profile:
            more["steps"] = [asdict(one) for one in steps.took]
        click.echo(json.dumps({"ok": True, **told, **more}, indent=1, ensure_ascii=False))
    elif not quiet:
        click.echo(_said(told, folder, seconds), err=True)
    if profile and not as_json:
        click.echo(table(steps.took), err=True)


def _cpu() -> float:
    """Seconds of work that this process has done, and those that it waited for."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def _write_briefs(project: config.Project, *, quiet: bool) -> None:
    from generator.commands import asking

    said = asking.write_missing(project, shown=not quiet and sys.stderr.isatty())
    if not quiet:
        click.echo(said, err=True)


_UNCHANGED = {"written": 0, "removed": 0}


def _made(
    project: config.Project,
    cache: Cache,
    jobs: int | None,
    clock: int,
    step: Step,
    *,
    shown: bool,
    drafts: bool,
    future: bool,
) -> Report:
    from generator.build import build as make
    from generator.forks import Forks
    from generator.processes import Processes, cores

    jobs = jobs or cores()
    with _Progress(shown=shown) as progress:
        return make(
            project,
            cache=cache,
            now=now(),
            map=progress.around(Forks(jobs).map),
            spread=progress.around(Processes(jobs, ROOMS).map),
            drafts=drafts,
            future=future,
            clock=clock,
            step=step,
        )


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
        _size(published["bytes"]),
    ]
    lines = [
        f"Built {plural(told['articles'], 'article')} in {plural(told['editions'], 'edition')}:",
        f"  {', '.join(made)} in {seconds:.2f} s",
        f"  {folder / 'site'}, for {told['url']}",
    ]
    if told["models"]:
        by = ", ".join(f"{count:,} by {model}" for model, count in sorted(told["models"].items()))
        lost = ", ".join(f"{reason} {count}" for reason, count in sorted(told["dropped"].items()))
        rest = told["articles"] - sum(told["models"].values())
        by += f", {rest:,} extractive" if rest else ""
        lines.append(f"  Briefs: {by}; lines of models dropped: {lost or 'none'}")
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


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"  # noqa: PLR2004


def _told(report: Report, project: config.Project) -> dict[str, Any]:
    """Give what a report tells as plain data; `signed` where nothing says who mints ids of feeds."""
    data = asdict(report)
    del data["moments"]
    for one in (data["held"], *data["early"]):
        one["due"] = one["due"].isoformat() if one["due"] else None
    config = project.config
    signed = None if config.feed_authority else config.authority
    return {**data, "url": config.url, "timezone": config.timezone, "signed": signed}


class _Progress:
    """A progress bar for work that takes over a second."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.started = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def around(self, done: Map) -> Map:
        """Give a `map` that shows how far another one is."""
        return functools.partial(self._shown, done) if self.shown else done

    def _shown(self, done: Map, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        todo = list(items)
        said = SAID.get(getattr(getattr(work, "func", work), "__name__", ""), "Working")
        task = None
        for number, made in enumerate(done(work, todo), 1):
            yield made
            if self.bar is None and time.monotonic() - self.started > PATIENCE:
                self.bar = _bar()
            if self.bar is not None:
                task = self.bar.add_task(said, total=len(todo)) if task is None else task
                self.bar.update(task, completed=number)
        if task is not None:
            self.bar.remove_task(task)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar
