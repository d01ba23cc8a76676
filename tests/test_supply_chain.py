"""What Broadsheet takes from others is pinned, looked over, and given no more rights than it needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What builds a package is installed for the moment alone, where no test can see it: hatchling and what it
# needs for Broadsheet, setuptools for feedgen, which comes as source.
BACKENDS = {
    "hatchling",
    "editables",
    "pathspec",
    "pluggy",
    "packaging",
    "tomlkit",
    "trove-classifiers",
    "setuptools",
}
# Where Broadsheet runs: markers of requirements are asked for each.
PLATFORMS = (("linux", "Linux", "posix"), ("win32", "Windows", "nt"), ("darwin", "Darwin", "posix"))
ENVIRONMENTS = [
    {
        "sys_platform": platform[0],
        "platform_system": platform[1],
        "os_name": platform[2],
        "platform_machine": machine,
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
    }
    for platform, machine, minor in product(PLATFORMS, ("x86_64", "aarch64"), range(11, 15))
]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, version in pairs}


INSTALLED = {normal(found.metadata["Name"]): found for found in distributions()}


def needed() -> set[str]:
    """Everything that the program and its development need, on any platform, each by its metadata."""
    groups = (*PROJECT["dependency-groups"].values(), PROJECT["project"]["dependencies"])
    # A group that another includes is looked at by itself.
    todo = [Requirement(line) for group in groups for line in group if isinstance(line, str)]
    seen: set[tuple[str, str]] = set()
    while todo:
        asked = todo.pop()
        for extra in ("", *asked.extras):
            here = (normal(asked.name), extra)
            if here not in seen:
                seen.add(here)
                todo += required(*here)
    return {name for name, _ in seen}


def required(name: str, extra: str) -> Iterator[Requirement]:
    found = INSTALLED.get(name)
    for line in (found.requires or ()) if found else ():
        asked = Requirement(line)
        marker = asked.marker
        if marker is None or any(marker.evaluate({**there, "extra": extra}) for there in ENVIRONMENTS):
            yield asked


def test_every_package_is_pinned_and_none_that_nobody_needs():
    assert pins().keys() == needed() | BACKENDS | {"pip"}


def test_backends_named_by_the_project_are_pinned():
    assert {normal(Requirement(line).name) for line in PROJECT["build-system"]["requires"]} <= BACKENDS


def test_what_is_installed_is_what_is_pinned():
    installed = {name: found.version for name, found in INSTALLED.items() if name in pins()}
    assert len(installed) > 40
    assert {
        name: version
        for name, version in installed.items()
        if name not in BACKENDS and Version(version) != Version(pins()[name])
    } == {}


def test_pins_are_exact_and_in_order():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert pinned == sorted(pinned, key=str.lower)
    for name, version in pins().items():
        assert re.fullmatch(r"[0-9][0-9a-z.]*", version), name


def test_every_install_is_bound_by_the_pins():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--constraint constraints.txt --build-constraint constraints.txt" in text
    for line in text.splitlines():
        assert "pip install" not in line
        assert "$(PIP) install" not in line or "--constraint constraints.txt" in line, line


# --------------------------------------------------------------------------------------------- workflows

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# Rights to write, by workflow and job, and what for.
WRITE = {
    ("daily", "pages"): {"contents", "pages", "id-token"},  # what the jobs of pages.yml need
    ("pages", "build"): {"contents", "pages"},  # commits the order of editions; asks for the site's address
    ("pages", "deploy"): {"pages", "id-token"},
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- texts alone


JOBS = {(path.stem, name): job for path in WORKFLOWS for name, job in read(path)["jobs"].items()}
each_job = pytest.mark.parametrize("key", JOBS, ids="-".join)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_the_code_and_nothing_else(path: Path):
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(workflow["on"])


@each_job
def test_a_job_writes_only_what_is_its_work(key: tuple[str, str]):
    job = JOBS[key]
    rights = job.get("permissions", {})
    assert {right for right, how in rights.items() if how == "write"} == WRITE.get(key, set())
    assert set(rights.values()) <= {"read", "write"}


@each_job
def test_a_job_runs_pinned_actions_and_ends(key: tuple[str, str]):
    job = JOBS[key]
    if "uses" in job:
        assert job["uses"].startswith("./.github/workflows/")
        return
    assert 1 <= int(job["timeout-minutes"]) <= 360
    for step in job["steps"]:
        action = step.get("uses", "actions/none@v1")
        if action == "./":  # the one that comes with the commit
            continue
        # GitHub's own by major version, which Dependabot moves; anybody else's by the digest of a commit.
        assert re.fullmatch(r"actions/[a-z-]+@v\d+|[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), action


@each_job
def test_nothing_from_outside_is_pasted_into_a_script(key: tuple[str, str]):
    job = JOBS[key]
    for step in job.get("steps", ()):
        assert "${{" not in step.get("run", ""), step


@each_job
def test_a_token_is_kept_only_where_something_is_pushed(key: tuple[str, str]):
    job = JOBS[key]
    checkouts = [
        step for step in job.get("steps", ()) if step.get("uses", "").startswith("actions/checkout@")
    ]
    pushes = any(
        "git push" in step.get("run", "") or step.get("uses") == "./" for step in job.get("steps", ())
    )
    for step in checkouts:
        assert pushes or step.get("with", {}).get("persist-credentials") == "false"


def test_known_faults_of_libraries_are_looked_for_daily_and_when_pins_change():
    workflow = read(ROOT / ".github" / "workflows" / "audit.yml")
    assert workflow["on"]["schedule"]
    for event in ("push", "pull_request"):
        assert {"constraints.txt", "action.yml", ".github/**"} <= set(workflow["on"][event]["paths"])
    scripts = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    assert any("pip-audit" in script and "constraints.txt" in script for script in scripts)
    assert any("zizmor" in script and script.endswith(".github action.yml") for script in scripts)


def test_the_nightly_run_is_longer_than_any_other():
    workflow = read(ROOT / ".github" / "workflows" / "nightly.yml")
    assert workflow["on"]["schedule"]
    text = str(workflow["jobs"])
    for said in ("HYPOTHESIS_PROFILE", "nightly", "test-deep", "make fuzz"):
        assert said in text


def test_dependabot_moves_libraries_and_actions():
    updates = read(ROOT / ".github" / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions"}
    assert all(update["directory"] == "/" and update["cooldown"] for update in updates)
