"""broadsheet new: an article with its front matter filled."""

from __future__ import annotations

import os
import shlex
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from generator import config, disk, urls
from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.starter.articles import Begun, Draft

# What gives each field of front matter.
GIVEN = {"title": "TITLE", "slug": "--slug", "source": "--source", "authors": "--author", "topics": "--topic"}


@click.command(epilog='Example:  broadsheet new "Towns object to the queue" --topic "Grid connection" --edit')
@click.argument("title")
@click.option(
    "--date", "day", metavar="WHEN", help="Day, or day and time, in the site's zone (default: now)."
)
@click.option("--slug", metavar="WORDS", help="Last part of the address (default: made from TITLE).")
@click.option("--draft", is_flag=True, help="Mark it draft: true, so that builds hold it back.")
@click.option("--source", metavar="NAME", default="", help="The outlet that it came from.")
@click.option("--source-url", metavar="URL", default="", help="Where the original stands; needs --source.")
@click.option("--author", "authors", metavar="NAME", multiple=True, help="Who wrote it; may be repeated.")
@click.option("--topic", "topics", metavar="NAME", multiple=True, help="What it is about; may be repeated.")
@click.option("-e", "--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
@options.site_folder
@options.as_json
def new(
    *,
    title: str,
    day: str | None,
    slug: str | None,
    draft: bool,
    source: str,
    source_url: str,
    authors: tuple[str, ...],
    topics: tuple[str, ...],
    edit: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Make an article called TITLE in content/YYYY/MM/DD/ and print its path.

    Its front matter has a date, a permanent id and the slug of its address. A file that is there is never
    overwritten.
    """
    if not title.strip():
        raise click.BadParameter("a title needs a word", param_hint="TITLE")
    if source_url and not source:
        raise click.UsageError("Give --source with --source-url.")
    from generator.starter.articles import Draft, begun

    editor = _editor() if edit else ""
    project = config.read(folder)
    moment = now()
    zone = ZoneInfo(project.config.timezone)
    wanted = Draft(
        title=" ".join(title.split()),
        published=_published(day, zone) if day else moment.astimezone(zone),
        slug=slug or "",
        draft=draft,
        source=source.strip(),
        source_url=source_url.strip(),
        authors=authors,
        topics=topics,
    )
    made = begun(wanted, moment)
    _check(made)
    file = project.content / made.path
    _check_place(project, file)
    _write(file, made.text.encode())
    if as_json and edit:  # a machine reads one answer: when all is done
        _edit(editor, file)
    _tell(file, made, wanted, project, as_json=as_json)
    if edit and not as_json:
        _edit(editor, file)


def _editor() -> str:
    """Find the editor. Raises Refusal where it is not there, before anything is written."""
    known = ("sensible-editor", "vim", "nano", "vi")
    name = next(filter(None, (os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))), "")
    hint = "set EDITOR to the program that you write with, such as EDITOR=nano"
    if not name:
        name = "notepad" if os.name == "nt" else next(filter(shutil.which, known), "")
        if not name:
            raise Refusal("no editor is found on this machine; nothing was written", hint)
    try:
        program = shlex.split(name)[0]
    except ValueError as error:
        raise Refusal(f"$VISUAL or $EDITOR cannot be read ({name}): {error}", hint) from error
    if shutil.which(program) is None:
        raise Refusal(f"there is no program {program}, which $VISUAL or $EDITOR names", hint)
    return name


def _edit(editor: str, file: Path) -> None:
    try:
        click.edit(filename=str(file), editor=editor)
    except click.ClickException as error:
        hint = f"the article is there: open {file} yourself"
        raise Refusal(f"the editor {editor} ended with an error", hint) from error


def _tell(file: Path, made: Begun, wanted: Draft, project: config.Project, *, as_json: bool) -> None:
    if not as_json:
        click.echo(str(file))
        return
    address = urls.absolute(project.config.url, f"{wanted.published:%Y/%m}/{made.slug}/")
    data = {"ok": True, "path": str(file), "id": made.id, "slug": made.slug, "url": address}
    tell_data(data)


def _published(written: str, zone: ZoneInfo) -> date:
    """Read what --date says: a day stays one, a time becomes a moment in the site's zone."""
    from generator.content.front_matter import moment
    from generator.content.values import when

    try:
        found = when(written)
    except ValueError as error:
        message = f"{written!r} is no date such as 2026-11-23 or '2026-11-23 08:00'"
        raise click.BadParameter(message, param_hint="--date") from error
    return moment(found, zone) if isinstance(found, datetime) else found


def _check(made: Begun) -> None:
    """Turn away what an option holds and front matter may not."""
    from generator.content.front_matter import FrontMatter
    from generator.schema import parse
    from generator.schema.validation import validate

    if made.text != made.text.encode(errors="replace").decode():
        raise click.UsageError("what was given is not UTF-8 text: see what your terminal's character set is")
    document = parse("\n".join(made.text.split("\n")[1:-3]), made.path)
    for problem in document.problems or validate(document, FrontMatter)[1]:
        raise _bad(problem)


def _bad(problem: Problem) -> click.UsageError:
    """Give what is wrong with a field as what is wrong with the option that it came from."""
    place, _, message = problem.message.partition(": ")
    key, *within = place.split(".")
    if key not in GIVEN:
        return click.UsageError(options.said(problem))
    name = "--source-url" if "url" in within else GIVEN[key]
    return click.BadParameter(options.said(replace(problem, message=message)), param_hint=name)


def _check_place(project: config.Project, file: Path) -> None:
    """Refuse a name whose address is taken, and a folder that leads elsewhere."""
    month = file.parent.parent
    taken = next((day / file.name for day in sorted(month.glob("*")) if (day / file.name).exists()), None)
    if taken is not None:
        shown = taken.relative_to(project.root).as_posix()
        raise Refusal(f"{shown} has this address already", "give another title, or --slug another-name")
    nearest = next(folder for folder in file.parents if folder.exists())
    if nearest.is_relative_to(project.content) and not disk.is_within(project.content, nearest):
        raise Refusal(f"{nearest} leads out of content/", "put a folder there in its stead")


def _write(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        opened = file.open("xb")
    except FileExistsError:
        raise Refusal(f"{file} is there already", "give another title, or --slug another-name") from None
    try:
        with opened:
            opened.write(data)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
