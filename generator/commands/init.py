"""broadsheet init: a new site that builds at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.starter import Beginning

NAMELESS = "A digest"
# git@github.com:owner/name.git, https://github.com/owner/name, ssh://git@github.com/owner/name.git
ON_GITHUB = re.compile(
    r"(?:\w+://)?(?:[^@/]*@)?github\.com[:/](?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?"
)
PATIENCE = 10  # seconds that git has to name a remote


@click.command(epilog="Example:  broadsheet init ~/digest --title 'The Grid Letter' --timezone Europe/Berlin")
@click.argument("folder", metavar="DIR", type=options.Folder(), shell_complete=options.folders)
@click.option("--minimal", is_flag=True, help="Only config.yaml and one article: no sample, no workflows.")
@click.option("--title", metavar="TEXT", help="What the digest is called (default: as DIR is).")
@click.option("--url", metavar="URL", help="Where the site will stand (default: as a GitHub remote says).")
@click.option(
    "--timezone", metavar="ZONE", default="UTC", help="Time zone of its days, such as Europe/Berlin."
)
@options.as_json
def init(
    *, folder: Path, minimal: bool, title: str | None, url: str | None, timezone: str, as_json: bool
) -> None:
    """Make a new site in DIR, which must be empty or not there yet (a .git in it is fine).

    It builds at once: it comes with a sample paper, workflows for GitHub Pages, and what editors complete
    keys from. Nothing is asked, and nothing is downloaded.
    """
    _check(folder)
    from generator import starter
    from generator.commands.schema import schemas

    _check_zone(timezone)
    address = _site_url(url) if url is not None else _guessed(folder)
    known = starter.Beginning(_title(title, folder), address, timezone, now())
    files = starter.minimal(known) if minimal else starter.whole(known, schemas())
    _check_settings(files["config.yaml"].decode())
    _place(files, folder)
    if as_json:
        data = {"ok": True, "folder": str(folder), "url": address, "files": sorted(files)}
        tell_data(data)
        return
    click.echo("\n".join(_said(folder, known, len(files), guessed=url is None)), err=True)


def _said(folder: Path, known: Beginning, count: int, *, guessed: bool) -> list[str]:
    lines = [f"Made a site of {count} files in {folder}, to stand at {known.url}"]
    if guessed:
        lines.append(
            f"  If it will stand elsewhere, set url and feed.authority ({known.authority}) in config.yaml"
        )
    return [*lines, f"  Next:  broadsheet build{options.typed(folder)}"]


def _check(folder: Path) -> None:
    """Refuse a folder with something in it, before anything is made."""
    try:
        names = {entry.name for entry in os.scandir(folder)}
    except FileNotFoundError:
        if folder.is_symlink():
            raise Refusal(f"{folder} is a link that leads nowhere", "name another folder") from None
        return
    except NotADirectoryError:
        raise Refusal(f"{folder} is no folder", "name one that is empty or not there yet") from None
    if rest := sorted(names - {".git"}):
        some = ", ".join(rest[:3]) + (", …" if rest[3:] else "")
        raise Refusal(f"{folder} is not empty: it holds {some}", "name one that is empty or not there yet")


def _title(given: str | None, folder: Path) -> str:
    """Give the title on one line; without one, the folder's name as words."""
    if given is not None:
        if not (said := " ".join(given.split())):
            raise click.BadParameter("a title needs a word", param_hint="--title")
        if said != said.encode(errors="replace").decode():
            raise click.BadParameter("this is not UTF-8 text", param_hint="--title")
        return said
    words = " ".join(re.split(r"[\s_-]+", folder.resolve().name.encode(errors="replace").decode())).strip()
    return words[:1].upper() + words[1:] or NAMELESS


def _check_zone(name: str) -> None:
    from generator.config.fields import zone

    try:
        zone(name)
    except ValueError as error:
        message = f"{name!r} is not a time zone such as Europe/Berlin"
        raise click.BadParameter(message, param_hint="--timezone") from error


def _site_url(given: str) -> str:
    from generator.config.addresses import site_url
    from generator.schema.validation import told

    try:
        return site_url(given)
    except ValueError as error:
        raise click.BadParameter(told(error), param_hint="--url") from error


def _guessed(folder: Path) -> str:
    """Give the address that GitHub Pages will give a site; an example's where no remote is on GitHub."""
    found = ON_GITHUB.fullmatch(_remote(folder))
    if found is None:
        name = re.sub(r"[^\w.-]+", "-", folder.resolve().name.encode(errors="replace").decode()).strip("-.")
        return f"https://example.github.io/{quote(name.lower()) or 'digest'}/"
    owner, name = found["owner"].lower(), found["name"]
    own = name.lower() == f"{owner}.github.io"
    return f"https://{owner}.github.io/" if own else f"https://{owner}.github.io/{name}/"


def _remote(folder: Path) -> str:
    if not (folder / ".git").exists():
        return ""
    command = ["git", "-C", str(folder), "config", "--get", "remote.origin.url"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603
    except (OSError, UnicodeError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _check_settings(text: str) -> None:
    """Refuse what an option holds and config.yaml may not."""
    from generator.config.fields import ConfigFields
    from generator.schema import parse
    from generator.schema.validation import validate

    document = parse(text, "config.yaml")
    for problem in document.problems or validate(document, ConfigFields)[1]:
        raise click.UsageError(options.said(problem))


def _place(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files or none: beside, then into place at once, config.yaml last.

    A folder that is there may be where the command was called, or a place where others are mounted; so it is
    filled, not replaced.
    """
    there = folder.is_dir()
    if not there:
        folder.parent.mkdir(parents=True, exist_ok=True)
    beside = (folder if there else folder.parent) / f".broadsheet-{token_hex(4)}"
    moved: list[Path] = []
    try:
        _write(files, beside)
        if not there:
            beside.rename(folder)
            return
        for path in sorted(beside.iterdir(), key=lambda path: (path.name == "config.yaml", path.name)):
            moved += [_moved(path, folder)]
        beside.rmdir()
    except BaseException:
        for path in (*moved, beside):
            _remove(path)
        raise


def _moved(path: Path, folder: Path) -> Path:
    to = folder / path.name
    if os.path.lexists(to):
        raise Refusal(f"{folder} is not empty: {path.name} has just come into it", "try again")
    return path.rename(to)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
