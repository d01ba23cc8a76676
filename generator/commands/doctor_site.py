"""What a site is asked: do its settings last, are its folders its own, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.commands.doctor_machine import Finding
from generator.commands.doctor_workflows import Workflow, is_scheduled
from generator.counting import plural
from generator.problems import InvalidSource, Problem, Refusal

if TYPE_CHECKING:
    from generator.build import Held
    from generator.config import Config, Project

ALL_TOLD = "broadsheet build tells all of them with their mends"
STYLED = {"rss": "feed.xml", "atom": "atom.xml"}


def settings(root: Path) -> tuple[Project | None, list[Finding]]:
    """Read the config; give what stands in it, or what is wrong with it."""
    from generator import config

    try:
        project = config.read(root)
    except InvalidSource as error:
        return None, [Finding("config", "fault", *_first(error.problems))]
    except Refusal as refusal:
        return None, [Finding("config", "fault", str(refusal), refusal.hint)]
    told = project.config
    found = [Finding("config", "ok", f"{told.title}, for {told.url}"), *_lasting(told)]
    return project, found


def _lasting(config: Config) -> Iterator[Finding]:
    """Look at what must be right before there are readers."""
    host = urlsplit(config.url).hostname or ""
    labels = host.split(".")
    if "localhost" in labels or "example" in labels:
        mend = "write into config.yaml where the site will stand; feeds and links to it are made from that"
        yield Finding("address", "warning", f"{config.url} is a placeholder", mend)
    if config.feed_authority is None:
        mend = (
            f'write feed: {{authority: "{config.authority}"}} into config.yaml before there are subscribers'
        )
        said = f"feed.authority is not written: ids are signed {config.authority}, and change with the url"
        yield Finding("feed ids", "warning", said, mend)
    else:
        yield Finding("feed ids", "ok", f"signed {config.feed_authority}, whatever the url becomes")


def zone(name: str, moment: datetime) -> Finding:
    """Look whether there is data for a time zone, and say what time it is there."""
    from zoneinfo import ZoneInfo

    try:
        local = moment.astimezone(ZoneInfo(name))
        version = metadata.version("tzdata")
    except (OSError, ValueError, KeyError, metadata.PackageNotFoundError) as error:
        mend = "pip install --upgrade tzdata"
        return Finding("time zone", "fault", f"there is no data for {name}: {error}", mend)
    return Finding("time zone", "ok", f"{name}, where it is {local:%Y-%m-%d %H:%M %Z}; tzdata {version}")


def folders(root: Path) -> Iterator[Finding]:
    """Look whether a build may believe .cache, and replace site/."""
    from generator.cache import opened
    from generator.publish.clearing import made, manifest

    try:
        opened(root / ".cache")
        said = (
            "it is ours to believe" if (root / ".cache").exists() else "there is none yet; a build makes it"
        )
        yield Finding("cache", "ok", said)
    except Refusal as refusal:
        yield Finding("cache", "fault", str(refusal), refusal.hint)
    site = root / "site"
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        yield Finding(
            "site", "fault", "site/ is no plain folder", "move it away; a build makes the folder itself"
        )
        return
    lying = made(site)
    more = ", …" if lying.foreign[2:] else ""
    others = f"{plural(len(lying.foreign), 'file')} that no build made ({', '.join(lying.foreign[:2])}{more})"
    if lying.foreign and manifest(site) is None:
        mend = "move them away: until then every build refuses"
        yield Finding("site", "fault", f"site/ holds {others}", mend)
    elif lying.foreign:
        mend = "move away what you want to keep: the next build removes them"
        yield Finding("site", "warning", f"site/ holds {others}", mend)
    else:
        said = f"{plural(len(lying.ours), 'file')}, all ours" if lying.ours else "nothing is built yet"
        yield Finding("site", "ok", said)


def feeds(site: Path) -> Finding | None:
    """Look how the site's feeds show in a browser; None where none are built."""
    read = {form: head for form, name in STYLED.items() if (head := _head(site / name))}
    if not read:
        return None
    by_xslt = [form for form, head in read.items() if "xml-stylesheet" in head and "xsl" in head]
    bare = [form for form, head in read.items() if 'xml-stylesheet type="text/css"' not in head]
    if by_xslt:
        said = f"{' and '.join(by_xslt)} asks for XSLT, which Chrome, Firefox and Safari drop"
        return Finding("feeds in browsers", "warning", said, "build anew: broadsheet build")
    if bare or not (site / "feed.css").is_file():
        said = "a browser shows them as bare XML: they name no style sheet, or feed.css is missing"
        return Finding("feeds in browsers", "warning", said, "build anew: broadsheet build")
    return Finding(
        "feeds in browsers", "ok", "RSS and Atom show as pages by feed.css, in any browser; no XSLT"
    )


def _head(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(600).decode(errors="replace")
    except OSError:
        return ""


def copy(problems: Sequence[Problem], held: Held, workflows: Sequence[Workflow]) -> Iterator[Finding]:
    """Tell whether the content can be built, and what of it comes out next."""
    if any(problem.severity == "error" for problem in problems):
        yield Finding("content", "fault", *_first(problems))
    else:
        yield Finding("content", "ok", "nothing is wrong in it")
    if not held.due:
        yield Finding("next article", "ok", "none is dated ahead")
        return
    said = f"due on {held.due:%Y-%m-%d at %H:%M %Z}; {held.future:,} in all"
    if not workflows:
        said = f"{said}; there is no workflow, so it appears only when someone builds"
        mend = "build on that day, or add a workflow with a schedule: see docs/hosting.md"
        yield Finding("next article", "warning", said, mend)
    elif not any(is_scheduled(one.data) for one in workflows):
        mend = "push on that day, or add a schedule to a workflow: see docs/hosting.md"
        yield Finding("next article", "warning", f"{said}, and no workflow runs by the clock", mend)
    else:
        yield Finding("next article", "ok", said)


def _first(problems: Sequence[Problem]) -> tuple[str, str]:
    """Give the first of some problems and its mend; where there are more, how to read of all."""
    problem = problems[0]
    rest = f" (and {len(problems) - 1:,} more)" if problems[1:] else ""
    said = f"{problem.path}:{problem.line}:{problem.column}: {problem.message}{rest}"
    return said, ALL_TOLD if problems[1:] or not problem.hint else problem.hint
