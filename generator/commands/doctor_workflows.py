"""What workflows are asked: can they be read, are their actions current, does one run by the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import disk
from generator.commands.doctor_machine import Finding
from generator.counting import plural
from generator.schema import foreign

LARGEST = 1_000_000
USES = re.compile(r"(?P<action>[\w.-]+/[\w.-]+)[\w./-]*@(?P<ref>[\w./-]+)")
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


@dataclass(frozen=True, slots=True)
class Workflow:
    """One workflow file, by its path in the repository; `fault` says why it cannot be read."""

    path: str
    data: Any = None
    fault: str = ""
    mend: str = ""


def found(top: Path) -> list[Workflow]:
    """Read the workflow files of a repository."""
    folder = top / ".github" / "workflows"
    files = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
    return [_read(file, file.relative_to(top).as_posix()) for file in files if not file.is_dir()]


def _read(file: Path, path: str) -> Workflow:
    try:
        text = disk.read(file, LARGEST).decode("utf-8-sig")
    except OSError as error:
        return Workflow(path, fault=f"{path} cannot be read: {error.strerror or error}", mend="mend it")
    except UnicodeDecodeError:
        return Workflow(path, fault=f"{path} is not UTF-8 text", mend="save it as UTF-8")
    return written(text, path)


def written(text: str, path: str) -> Workflow:
    """Read the text of a workflow."""
    data, fault = foreign.read(text, path)
    if fault is None:
        return Workflow(path, data)
    return Workflow(path, None, f"{path}:{fault.line}:{fault.column}: {fault.message}", fault.hint)


def judged(workflows: list[Workflow]) -> Iterator[Finding]:
    """Tell which cannot be read, and hold the actions of the others against the majors that are known."""
    if not workflows:
        yield Finding("workflows", "ok", "there are none: nothing is built where you push to")
        return
    for one in workflows:
        if one.fault:
            mend = one.mend or "mend the line"
            yield Finding("workflows", "fault", one.fault, f"{mend}; until then GitHub does not run it")
    old: dict[str, list[str]] = {}
    for one in workflows:
        for action, major in majors(one.data):
            if major < MAJORS.get(action, 0):
                old.setdefault(f"{action} v{major}, now v{MAJORS[action]}", []).append(one.path)
    for told, paths in old.items():
        mend = f"in {', '.join(dict.fromkeys(paths))}; read what its release notes say of the change"
        yield Finding("workflows", "warning", told, mend)
    if not old and not any(one.fault for one in workflows):
        said = f"{plural(len(workflows), 'file')}, no action older than those that we know"
        yield Finding("workflows", "ok", said)


def majors(data: Any) -> Iterator[tuple[str, int]]:
    """Give the actions that a workflow or composite action uses, with their majors as far as told."""
    jobs = [*_mapping(_mapping(data).get("jobs")).values(), _mapping(data).get("runs")]
    for job in map(_mapping, jobs):
        steps = job.get("steps")
        for step in (job, *(steps if isinstance(steps, list) else ())):
            uses = _mapping(step).get("uses")
            if not isinstance(uses, foreign.Scalar) or not (match := USES.fullmatch(uses.strip())):
                continue
            major = _major(match["ref"], uses.remark)
            if major is not None:
                yield match["action"], major


def is_scheduled(data: Any) -> bool:
    """Tell whether a workflow runs by the clock."""
    schedule = _mapping(_mapping(data).get("on")).get("schedule")
    return isinstance(schedule, list) and any(_mapping(time).get("cron") for time in schedule)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _major(ref: str, remark: str) -> int | None:
    """Read the major version of an action: of one named by its commit, from the remark beside it."""
    name = remark if COMMIT.fullmatch(ref) else ref
    told = re.match(r"v?(\d+)(?:\.|\s|$)", name)
    return int(told[1]) if told else None
