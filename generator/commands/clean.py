"""broadsheet clean: remove what builds made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands import options
from generator.commands.output import tell_data
from generator.counting import plural, size
from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.publish.clearing import Cleared, Lying

CONFIG = "config.yaml"
# All that the program keeps in .cache. What else lies there is somebody's own, and stays.
WORK = (
    *"brief.lock built elsewhere.json import.lock ledger next pinged.json preview previous".split(),
    *"reasons records seen seen-next templates".split(),
)
NAMED = 5  # files of others that are named


@click.command(epilog="Example:  broadsheet clean --dry-run")
@options.folder
@click.option("-n", "--dry-run", is_flag=True, help="Remove nothing: print what would go, one a line.")
@click.option("--site-only", is_flag=True, help="Leave .cache as it is.")
@click.option("--cache-only", is_flag=True, help="Leave site/ as it is.")
@options.as_json
def clean(*, folder: Path, dry_run: bool, site_only: bool, cache_only: bool, as_json: bool) -> None:
    """Remove what builds made in FOLDER: their files in site/, and .cache.

    Nothing is lost that the next build does not make again. Files in site/ that no build made stay, and so
    does site/.gitignore. Exit code 1 while a build is running, and where site/ or .cache is a link.
    """
    from generator.publish.clearing import clear

    if site_only and cache_only:
        raise click.UsageError("Give --site-only or --cache-only, not both.")
    if not (folder / CONFIG).is_file():
        raise Refusal(
            f"there is no {CONFIG} in {folder}, so nothing there is a site's; nothing was removed",
            "name the folder that your site's config.yaml lies in",
        )
    cleared = clear(
        folder / "site",
        folder / ".cache",
        WORK,
        of_site=not cache_only,
        of_work=not site_only,
        dry=dry_run,
    )
    if as_json:
        tell_data(_data(cleared, dry=dry_run))
        return
    if dry_run:
        for path in [*_named("site", cleared.site.ours), *_named(".cache", cleared.work.ours)]:
            click.echo(path)
    click.echo("\n".join(_said(cleared, dry=dry_run)), err=True)


def _named(folder: str, paths: tuple[str, ...]) -> list[str]:
    return [f"{folder}/{path}" for path in paths]


def _said(cleared: Cleared, *, dry: bool) -> list[str]:
    count = len(cleared.site.ours) + len(cleared.work.ours)
    if not count:
        lines = ["Nothing to remove."]
    else:
        told = "Would remove" if dry else "Removed"
        parts = [
            f"{_files(part)} in {name}"
            for name, part in (("site/", cleared.site), (".cache", cleared.work))
            if part.ours
        ]
        lines = [f"{told} {' and '.join(parts)}."]
    lines += _foreign("site", cleared.site, "a build refuses the folder until they are moved away")
    lines += _foreign(".cache", cleared.work, "delete them yourself if you do not know them")
    return lines


def _files(part: Lying) -> str:
    return f"{plural(len(part.ours), 'file')} ({size(part.bytes)})"


def _foreign(name: str, part: Lying, then: str) -> list[str]:
    if not part.foreign:
        return []
    shown = ", ".join(_named(name, part.foreign[:NAMED]))
    rest = f" and {len(part.foreign) - NAMED:,} more" if part.foreign[NAMED:] else ""
    return [f"Not ours, so left alone: {shown}{rest}; {then}."]


def _data(cleared: Cleared, *, dry: bool) -> dict[str, Any]:
    return {
        "ok": True,
        "dry_run": dry,
        "removed": [*_named("site", cleared.site.ours), *_named(".cache", cleared.work.ours)],
        "bytes": cleared.site.bytes + cleared.work.bytes,
        "left": [*_named("site", cleared.site.foreign), *_named(".cache", cleared.work.foreign)],
    }
