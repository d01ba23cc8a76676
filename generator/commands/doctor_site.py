"""What a site is asked: do its settings last, are its folders its own, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator import disk
from generator.commands.doctor_machine import Finding
from generator.problems import InvalidSource, Problem, Refusal

if TYPE_CHECKING:
    from generator.build import Held
    from generator.config import Config, Project

LARGEST = 1_000_000
USES = re.compile(
    r"^[ \t]*(?:-[ \t]+)?uses:[ \t]*[\"']?(?P<action>[\w.-]+/[\w.-]+)[\w./-]*@(?P<ref>[\w./-]+)[\"']?[ \t]*"
    r"(?:#\s*(?P<said>v?\d\S*))?",
    re.MULTILINE,
)
SCHEDULE = re.compile(r"^\s+schedule:", re.MULTILINE)
COMMIT = re.compile(r"[0-9a-f]{40}")
# The majors that this repository's own workflows are run with.
MAJORS = {
    "actions/cache": 6,
    "actions/checkout": 7,
    "actions/configure-pages": 6,
    "actions/deploy-pages": 5,
    "actions/download-artifact": 8,
    "actions/setup-python": 7,
    "actions/upload-pages-artifact": 5,
}
ALL_TOLD = "broadsheet build tells all of them with their mends"
STYLED = {"rss": "feed.xml", "atom": "atom.xml"}


def settings(root: Path) -> tuple[Project | None, list[Finding]]:
    """Read the config; give what stands in it, or what is wrong with it."""
    from generator import config

    try:
        project = config.read(root)
    except InvalidSource as error:
        return None, [Finding("config", "fault", _first(error.problems), ALL_TOLD)]
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
    others = f"{len(lying.foreign):,} files that no build made ({', '.join(lying.foreign[:1])}, …)"
    if lying.foreign and manifest(site) is None:
        mend = "move them away: until then every build refuses"
        yield Finding("site", "fault", f"site/ holds {others}", mend)
    elif lying.foreign:
        mend = "move away what you want to keep: the next build removes them"
        yield Finding("site", "warning", f"site/ holds {others}", mend)
    else:
        said = f"{len(lying.ours):,} files, all ours" if lying.ours else "nothing is built yet"
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


def workflows(texts: Mapping[str, str]) -> Iterator[Finding]:
    """Hold the actions that workflow files name against the majors that are known."""
    if not texts:
        said = "there are none: nothing is built where you push to"
        yield Finding("workflows", "ok", said)
        return
    old: dict[str, list[str]] = {}
    for path, text in texts.items():
        for found in USES.finditer(text):
            known, major = MAJORS.get(found["action"]), _major(found["ref"], found["said"])
            if known and major is not None and major < known:
                told = f"{found['action']} v{major}, now v{known}"
                old.setdefault(told, []).append(path)
    for told, paths in old.items():
        mend = f"in {', '.join(dict.fromkeys(paths))}; read what its release notes say of the change"
        yield Finding("workflows", "warning", told, mend)
    if not old:
        files = "1 file" if len(texts) == 1 else f"{len(texts)} files"
        yield Finding("workflows", "ok", f"{files}, no action older than those that we know")


def workflow_texts(top: Path) -> dict[str, str]:
    """Read the workflow files of a repository by their paths; what cannot be read is passed over."""
    folder = top / ".github" / "workflows"
    texts = {}
    for file in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
        try:
            texts[file.relative_to(top).as_posix()] = disk.read(file, LARGEST).decode()
        except (OSError, ValueError):
            continue
    return texts


def _major(ref: str, said: str | None) -> int | None:
    """Read the major version of an action: of one named by its commit, from the comment beside it."""
    name = said or "" if COMMIT.fullmatch(ref) else ref
    found = re.match(r"v?(\d+)(?:\.|$)", name)
    return int(found[1]) if found else None


def copy(problems: Sequence[Problem], held: Held, texts: Iterable[str]) -> Iterator[Finding]:
    """Tell whether the content can be built, and what of it comes out next."""
    if any(problem.severity == "error" for problem in problems):
        yield Finding("content", "fault", _first(problems), ALL_TOLD)
    else:
        yield Finding("content", "ok", "nothing is wrong in it")
    if not held.due:
        yield Finding("next article", "ok", "none is dated ahead")
        return
    said = f"due on {held.due:%Y-%m-%d at %H:%M %Z}; {held.future} in all"
    if texts and not any(SCHEDULE.search(text) for text in texts):
        mend = "push on that day, or add a schedule to a workflow: see docs/hosting.md"
        yield Finding("next article", "warning", f"{said}, and no workflow runs by the clock", mend)
    else:
        yield Finding("next article", "ok", said)


def _first(problems: Sequence[Problem]) -> str:
    problem = problems[0]
    rest = f" (and {len(problems) - 1} more)" if problems[1:] else ""
    return f"{problem.path}:{problem.line}:{problem.column}: {problem.message}{rest}"
