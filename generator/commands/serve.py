"""broadsheet serve: show the site while it is written."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import disk, reports
from generator.commands import options
from generator.commands.moment import now
from generator.commands.reading import read
from generator.counting import plural
from generator.problems import Problem, Refusal
from generator.reports.signs import prose

if TYPE_CHECKING:
    from generator.build import Report
    from generator.config import Project

HOST = "127.0.0.1"
NAMED = 3  # files that a line names


@click.command(epilog="Example:  broadsheet serve ~/digest --open")
@options.folder
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port; 0 for any. By default the first free one from 8000 on.",
)
@click.option(
    "--host",
    default=HOST,
    show_default=True,
    metavar="ADDRESS",
    help="Which address to listen at; 0.0.0.0 shows drafts to everybody on your network.",
)
@click.option("--open", "browse", is_flag=True, help="Open it in a browser.")
@click.option("--drafts/--no-drafts", default=True, help="Show articles marked draft: true, marked as such.")
@click.option(
    "--future/--no-future", default=True, help="Show articles dated later than now, marked as such."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the address and what is wrong.")
@options.as_json
def serve(
    *,
    folder: Path,
    port: int | None,
    host: str,
    browse: bool,
    drafts: bool,
    future: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Show the site of FOLDER in a browser while it is written.

    What is saved is built at once, and the page at hand is loaded again where it has changed. A mistake is
    shown over the page, which stays as it was until it is mended. It builds into .cache/, and leaves site/
    alone. End it with Ctrl-C: exit code 0, as for a termination.
    """
    from generator.cache import opened
    from generator.processes import cores
    from generator.serving import server
    from generator.serving.board import Board, Standing
    from generator.serving.rounds import Asked, Rounds
    from generator.serving.watching import Changes, watched

    project = read(folder)
    cache = opened(project.cache)
    work = project.cache / "preview"
    board, changes = Board(Standing(work / "site")), Changes()
    teller = _Lines() if as_json else _Words(folder, quiet=quiet)
    with _ended(), _alone(work) as told, server.opened(host, port, board, lambda: changes.put(())) as made:
        origin = server.address(made, host)
        told(_address(origin, project))
        asked = Asked(folder, origin, drafts=drafts, future=future, jobs=cores())
        rounds = Rounds(asked, board, cache, teller, read, now, work)
        with watched(rounds.places, changes):
            teller.begins(project.config.title)
            rounds.once().tell()
            with server.serving(made):
                teller.serving(_address(origin, project), work / "site")
                if browse:
                    _browse(_address(origin, project))
                rounds.run(changes)


def _address(origin: str, project: Project) -> str:
    from generator import urls

    return origin + urls.base(project.config.url)


@contextmanager
def _ended() -> Iterator[None]:
    """Take an interruption and a termination for the end, not for a fault; a second one changes nothing."""

    def end(*_: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _alone(work: Path) -> Iterator[Callable[[str], None]]:
    """See that nobody else serves the same site, into the same folder; give what notes where it is served."""
    from generator.content.writing import replace_file
    from generator.publish.exchange import locked

    work.mkdir(parents=True, exist_ok=True)
    note = work / "address"
    with ExitStack() as held:
        try:
            held.enter_context(locked(work / "serving"))
        except Refusal as error:
            where = disk.read(note, 1000).decode("utf-8", "replace") if note.is_file() else "elsewhere"
            raise Refusal(
                f"this site is being served already: {where}", "open that, or end it first"
            ) from error
        yield lambda address: replace_file(note, address.encode())


def _browse(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        click.echo("No browser could be opened here.", err=True)


class _Words:
    """Tells a person, on standard error."""

    def __init__(self, folder: Path, *, quiet: bool) -> None:
        self.folder = folder
        self.quiet = quiet

    def begins(self, title: str) -> None:
        if not self.quiet:
            click.echo(f"Building {prose(title)} …", err=True)

    def serving(self, address: str, site: Path) -> None:
        click.echo(f"Serving {address} (built into {site}); Ctrl-C ends it.", err=True)

    def built(self, report: Report, seconds: float, changed: frozenset[Path]) -> None:
        if self.quiet:
            return
        early = f", {len(report.early)} of them before their time" if report.early else ""
        count = plural(report.articles, "article")
        click.echo(f"{_clock()} Built {count}{early}, in {seconds:.2f} s{self._named(changed)}", err=True)

    def failed(self, problems: tuple[Problem, ...]) -> None:
        reports.tell(problems, self.folder)
        click.echo(f"\n{_clock()} {reports.counted(problems)}; the site is shown as it was.", err=True)

    def refused(self, message: str, hint: str) -> None:
        reports.tell_refusal(message, hint)

    def _named(self, changed: frozenset[Path]) -> str:
        root = self.folder.resolve()
        names = sorted(
            prose(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))
            for path in changed
        )
        more = f" and {len(names) - NAMED} more" if names[NAMED:] else ""
        return f": {', '.join(names[:NAMED])}{more}" if names else ""


class _Lines:
    """Tells a program, on standard output: one JSON object a line."""

    def begins(self, title: str) -> None:
        pass

    def serving(self, address: str, site: Path) -> None:
        self._say("serving", url=address, site=str(site))

    def built(self, report: Report, seconds: float, changed: frozenset[Path]) -> None:
        saved = sorted(map(str, changed))
        early = len(report.early)
        self._say("built", articles=report.articles, early=early, seconds=round(seconds, 4), changed=saved)

    def failed(self, problems: tuple[Problem, ...]) -> None:
        self._say("failed", problems=[asdict(problem) for problem in problems])

    def refused(self, message: str, hint: str) -> None:
        self._say("failed", refused=message, hint=hint)

    def _say(self, event: str, **data: Any) -> None:
        text = json.dumps({"event": event, **data}, ensure_ascii=False)
        click.echo(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()


def _clock() -> str:
    return time.strftime("%H:%M:%S")
