"""broadsheet deploy: push site/ to a branch that a host publishes."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from generator import config, urls
from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.commands.reading import read
from generator.counting import plural
from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.branch import Pushed, Target

LARGEST = 1_000_000_000


def _branch(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    from generator import branch

    if branch.is_name(name):
        return name
    plain = name.removeprefix("refs/heads/")
    meant = plain if branch.is_name(plain) else "gh-pages"
    raise click.BadParameter(f'"{name}" cannot be the name of a branch: write one such as {meant}')


def _remote(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    if name.startswith("-") or not name.strip():
        raise click.BadParameter(f'"{name}" cannot be a remote: git remote -v lists those that there are')
    return name


@click.command(epilog="Example:  broadsheet build && broadsheet deploy --branch gh-pages --dry-run")
@options.folder
@click.option(
    "--branch",
    default="gh-pages",
    show_default=True,
    help="The branch that the host publishes.",
    callback=_branch,
)
@click.option(
    "--remote",
    default="origin",
    show_default=True,
    help="A remote of the repository, by its name.",
    callback=_remote,
)
@click.option("--dry-run", "dry", is_flag=True, help="Push nothing: say what would change.")
@click.option("--message", metavar="TEXT", help="Message of the commit.")
@click.option(
    "--cname", is_flag=True, help="Write the host of the site's address as CNAME, for GitHub Pages."
)
@click.option("--adopt", is_flag=True, help="Take over a branch that holds what no deployment put there.")
@click.option("--base-url", metavar="URL", help="The address that site/ was built for, if not config.yaml's.")
@options.as_json
def deploy(
    *,
    folder: Path,
    branch: str,
    remote: str,
    dry: bool,
    message: str | None,
    cname: bool,
    adopt: bool,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Push the site that was built in FOLDER to a branch of a remote, on top of what stands there.

    site/ must be what a build would make now. Your working tree, index, branches and hooks stay as they are;
    nothing is forced. What others put on the branch, such as CNAME, is kept.

    Exit code 0 if the branch holds the site, 1 if it was refused.
    """
    from generator import branch as room
    from generator import publish

    project = read(folder, base_url)
    _warn(warnings := _reached(project))
    _is_for(project)
    files = _current(project)
    host = urlsplit(project.config.url).hostname or ""
    target = room.Target(branch, remote, publish.MANIFEST, adopt=adopt, host=host if cname else "")
    pushed = room.push(
        project.root,
        project.site,
        [*files, publish.MANIFEST],
        target,
        message=message or f"Publish {project.config.title}",
        dry=dry,
        may_ask=sys.stdin.isatty() and sys.stderr.isatty(),
    )
    if as_json:
        data = {
            "ok": True,
            **asdict(pushed),
            "same": pushed.same,
            "branch": branch,
            "remote": remote,
            "dry_run": dry,
            "warnings": warnings,
        }
        tell_data(data)
        return
    click.echo(_said(pushed, target, dry=dry), err=True)


def _build(project: config.Project) -> str:
    return f"run: broadsheet build{options.typed(project.root)}"


def _reached(project: config.Project) -> list[str]:
    """Warn of an address that only a network reaches: an intranet's is meant, others are mistakes.

    Raises Refusal where only this machine reaches it.
    """
    from generator.schema.hosts import reach

    url = project.config.url
    known = reach(urlsplit(url).hostname or "")
    if known == "machine":
        hint = "build it for the address at which readers find it (url in config.yaml, or --base-url)"
        raise Refusal(f"{url} is an address that only this machine reaches", hint)
    return [f"{url} is an address that only your network reaches"] if known == "network" else []


def _warn(warnings: list[str]) -> None:
    for said in warnings:
        click.echo(f"warning: {said}", err=True)


def _is_for(project: config.Project) -> None:
    """Raise Refusal where site/ is missing or was built for another address than the one it is to have."""
    try:
        robots = (project.site / urls.ROBOTS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"there is no site in {project.site}", _build(project)) from error
    found = re.search(rf"^Sitemap: (\S+){re.escape(urls.SITEMAP)}$", robots, re.MULTILINE)
    built = found[1] if found else ""
    if built != project.config.url:
        raise Refusal(
            f"{project.site} was built for {built or 'an unknown address'}, not for {project.config.url}",
            f"{_build(project)}; or name the address that is meant: --base-url",
        )


def _current(project: config.Project) -> Mapping[str, bytes]:
    """Give the files of site/. Raises Refusal where it is not what a build would make now."""
    from generator import build, cache, executors

    kept, moment = cache.opened(project.cache), now()
    copy = build.gather(project, cache=kept, now=moment, map=executors.here().spread)
    made = build.make(project, copy, cache=kept, now=moment)
    files = {file.path: file.data for file in made.whole}
    differing = _differing(project.site, files)
    if differing:
        what = plural(len(differing), "file differs", "files differ")
        raise Refusal(
            f"{project.site} is not what a build would make now: {what} ({differing[0]})",
            f"{_build(project)} (drafts and articles dated ahead are not deployed)",
        )
    return files


def _differing(site: Path, files: Mapping[str, bytes]) -> list[str]:
    """Name what differs between a folder and the files that it should hold, the first of each kind first."""
    from generator import disk, publish

    def failed(error: OSError) -> None:
        raise error

    own = {publish.KEPT, publish.MANIFEST}
    found = {
        (folder / name).relative_to(site).as_posix()
        for folder, _, names in disk.walk(site, failed)
        for name in names
    } - own
    if not (site / publish.MANIFEST).is_file():
        return [publish.MANIFEST]
    changed = sorted(path for path in files.keys() & found if disk.read(site / path, LARGEST) != files[path])
    return [*changed, *sorted(files.keys() - found), *sorted(found - files.keys())]


def _said(pushed: Pushed, target: Target, *, dry: bool) -> str:
    where = f"{target.branch} of {target.remote}"
    if pushed.same:
        return f"Nothing to push: {where} holds this site."
    counts = f"{pushed.added:,} added, {pushed.changed:,} changed, {pushed.removed:,} removed"
    lines = [f"{'Would push' if dry else 'Pushed'} to {where}: {counts}"]
    if pushed.commit:
        lines[0] += f" (commit {pushed.commit[:10]})"
    if pushed.kept:
        lines.append(f"  Kept, as others put it there: {', '.join(pushed.kept[:5])}")
    if dry and not pushed.parent:
        lines.append("  The branch is not there yet: it would begin with this commit")
    return "\n".join(lines)
