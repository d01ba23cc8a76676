"""broadsheet edition: what an edition holds and why, and the file that keeps its order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import config, disk
from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.problems import InvalidSource, Problem, Refusal

if TYPE_CHECKING:
    from generator.commands.edition_report import Reasons
    from generator.model import Edition, EditionFile, Site

MARK = "\ufeff"
HEAD = 2048  # bytes in which front matter has named its date
DATED = re.compile(rb"^date:\s*[\"']?(\d{4}-\d{2}-\d{2})(?!\d)", re.MULTILINE)
DRAFT = re.compile(rb"^draft:\s*true\b", re.MULTILINE)


def _completed(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Complete the days that articles are dated, or of which there is an edition's file."""
    content = Path(context.params.get("folder") or ".") / "content"
    days = {file.stem for file in (content / "editions").glob("*.y*ml")} | set(_dated(content))
    return sorted((day for day in days if day.startswith(begun)), reverse=True)


def _dated(content: Path) -> Iterator[str]:
    """Find the days that front matter names, without the time that it takes to read YAML."""
    for here, folders, names in os.walk(content):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".md") and disk.is_plain(file := Path(here, name)):
                with suppress(OSError), file.open("rb") as opened:
                    head = opened.read(HEAD).partition(b"\n---")[0]
                    if (found := DATED.search(head)) and not DRAFT.search(head):
                        yield found[1].decode()


@click.command(epilog="Example:  broadsheet edition 2026-11-23 --explain")
@click.argument("day", metavar="[DATE]", required=False, shell_complete=_completed)
@click.option("--explain", is_flag=True, help="Say why each story stands where it stands.")
@click.option("--write", is_flag=True, help="Write the edition's file, or what is missing in it.")
@click.option("--check", is_flag=True, help="Write nothing; tell which files are missing or list too little.")
@click.option("--closed", is_flag=True, help="With --write or --check: every edition whose time is over.")
@click.option("--all", "every", is_flag=True, help="With --write or --check: every edition, the current too.")
@click.option("--drafts", is_flag=True, help="Count articles marked draft: true.")
@click.option("--future", is_flag=True, help="Count articles dated later than now.")
@options.site_folder
@options.as_json
def edition(
    *,
    day: str | None,
    explain: bool,
    write: bool,
    check: bool,
    closed: bool,
    every: bool,
    drafts: bool,
    future: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Show the edition that DATE (2026-11-23) lies in; the newest where none is named.

    --write makes content/editions/DATE.yaml, or puts the stories that it does not list below those that it
    does: what stands in it stays. What it lists keeps its order, whatever is published later.

    Exit code 1 if --check finds a file missing or short of a story, or if anything is wrong in the content.
    """
    which = [name for name, given in (("DATE", day), ("--closed", closed), ("--all", every)) if given]
    if (closed or every) and not (write or check):
        raise click.UsageError(f"Give {which[-1]} with --write or --check.")
    done = [name for name, given in (("--write", write), ("--check", check)) if given]
    for names in (which, done):
        if len(names) > 1:
            raise click.UsageError(f"Give {names[0]} or {names[1]}, not both.")
    wanted = _day(day) if day else None
    desk = _Desk(config.read(folder), drafts=drafts, future=future)
    if write or check:
        if closed or every:
            chosen = desk.editions(closed=closed)
        else:
            chosen = desk.listed() if check and not day else [desk.edition(wanted)]
        _keep(desk, chosen, check=check, as_json=as_json)
        return
    _show(desk, desk.edition(wanted), explain=explain, as_json=as_json)


def _show(desk: _Desk, edition: Edition, *, explain: bool, as_json: bool) -> None:
    from generator.commands import edition_report

    known = desk.files.get(edition.start)
    file = known.path if known and known.stories else ""
    if as_json:
        told = edition_report.data(edition, file, desk.site.url, desk.together())
        tell_data({"ok": True, "edition": told})
        return
    for line in edition_report.lines(edition, file, together=desk.together() if explain else None):
        click.echo(line)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise click.BadParameter(f"{written!r} is not a day such as 2026-11-23", param_hint="DATE") from error


class _Desk:
    """A site as it is composed now, and the files of its editions."""

    def __init__(self, project: config.Project, *, drafts: bool, future: bool) -> None:
        from generator import build, editions
        from generator.cache import opened

        self.content = project.content
        self.now = now()
        cache = opened(project.cache)
        copy = build.gather(project, cache=cache, now=self.now, drafts=drafts, future=future)
        build.raise_all(copy.problems)
        self.site: Site = build.compose(project, copy)
        self.together: Callable[[], Reasons] = lambda: build.together(copy)
        self.files: dict[date, EditionFile] = {file.start: file for file in copy.files}
        self.start_of: Callable[[datetime], date] = lambda moment: editions.edition_start(
            moment, project.config.period
        )

    def edition(self, day: date | None) -> Edition:
        """Find the edition that a day lies in; the newest where none is named."""
        if not self.site.editions:
            raise Refusal("there is no edition: nothing is published", "write an article into content/")
        if day is None:
            return self.site.editions[0]
        start = self.start_of(datetime.combine(day, time.min))
        found = next((edition for edition in self.site.editions if edition.start == start), None)
        if found is None:
            nearest = min(self.site.editions, key=lambda edition: abs(edition.start - start))
            raise Refusal(f"there is no edition of {start}", f"the nearest is that of {nearest.start}")
        return found

    def editions(self, *, closed: bool) -> list[Edition]:
        """Editions, oldest first: all, or those whose day, week or month is over."""
        current = self._current()
        return [edition for edition in self.site.editions[::-1] if not closed or edition.start < current]

    def listed(self) -> list[Edition]:
        """Closed editions that have a file, oldest first."""
        return [edition for edition in self.editions(closed=True) if edition.start in self.files]

    def without_articles(self) -> list[Problem]:
        """Tell which files belong to an edition that is over and holds nothing."""
        told, current = {edition.start for edition in self.site.editions}, self._current()
        message, hint = "nothing was published in this edition", "mend the date in its name, or delete it"
        return [
            Problem(file.path, 1, 1, "empty-edition", message, hint)
            for start, file in self.files.items()
            if start < current and start not in told
        ]

    def shown(self, edition: Edition) -> str:
        """Give the path of an edition's file as messages name it."""
        from generator.editions.edition_file import file_path

        return f"content/{file_path(edition)}"

    def _current(self) -> date:
        from zoneinfo import ZoneInfo

        return self.start_of(self.now.astimezone(ZoneInfo(self.site.timezone)))

    def file(self, edition: Edition) -> Path:
        from generator.editions.edition_file import file_path

        return self.content / file_path(edition)

    def written(self, edition: Edition) -> tuple[bytes | None, bytes]:
        """Give an edition's file as it is, and as it is to be."""
        from generator.editions import edition_file

        file, known = self.file(edition), self.files.get(edition.start)
        if known is None:
            return None, edition_file.written(edition).encode()
        old = file.read_bytes()
        text = old.decode()
        mark = MARK if text.startswith(MARK) else ""
        new = edition_file.extended(text.removeprefix(MARK), known.path, edition, known.stories)
        return old, f"{mark}{new}".encode()


def _keep(desk: _Desk, editions: Sequence[Edition], *, check: bool, as_json: bool) -> None:
    """Write the files of some editions, or tell which are not as they would be written."""
    made = [(edition, *desk.written(edition)) for edition in editions]
    changed = [(edition, old, new) for edition, old, new in made if old != new]
    if check:
        faults = [_fault(desk.shown(edition), old) for edition, old, _ in changed]
        if faults := [*faults, *desk.without_articles()]:
            raise InvalidSource(faults)
        _tell({"checked": len(made)}, [_checked(len(made))], as_json=as_json)
        return
    _write(desk, changed)
    names = [desk.shown(edition) for edition, _, _ in changed]
    said = [f"Wrote {name}" for name in names] or ["Nothing to write: every story of the front is listed."]
    _tell({"written": names}, said, as_json=as_json)


def _tell(data: dict[str, Any], said: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        tell_data({"ok": True, **data})
        return
    for line in said:
        click.echo(line, err=True)


def _checked(count: int) -> str:
    told = "1 edition lists" if count == 1 else f"{count:,} editions list"
    return f"Checked: {told} every story of the front."


def _write(desk: _Desk, changed: Sequence[tuple[Edition, bytes | None, bytes]]) -> None:
    from generator.content.writing import replace_file

    for edition, _, new in changed:
        file = desk.file(edition)
        file.parent.mkdir(exist_ok=True)
        replace_file(file, new)


def _fault(path: str, old: bytes | None) -> Problem:
    day = Path(path).stem
    hint = f"run: broadsheet edition {day} --write"
    if old is None:
        return Problem(path, 1, 1, "missing-edition", "there is no such file: nothing keeps its order", hint)
    return Problem(path, 1, 1, "unlisted-stories", "stories of the front are not listed here", hint)
