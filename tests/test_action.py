"""The GitHub Action and the workflows around it: what they say, and what their steps do in a repository."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from generator.cli import cli
from generator.starter import ACTION as NAMED
from generator.starter import REPOSITORY
from tests.building import ARTICLE, CONFIG, tree, write_site
from tests.workflows import ACTION, BASH, PASTED, ROOT, Run, read

STEPS = ACTION["runs"]["steps"]
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
STARTER = ROOT / "generator" / "starter" / "files"
SHOWN = [text for text in re.findall(r"```yaml\n(.*?)```", HOSTING, re.DOTALL) if "jobs:" in text]
MODELS = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
(BRIEFS,) = (text for text in re.findall(r"```yaml\n(.*?)```", MODELS, re.DOTALL) if "jobs:" in text)
WORKFLOWS = {
    **{
        path.stem: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")
    },
    **{
        f"starter {name}": (STARTER / f"{name}.yml").read_text(encoding="utf-8")
        for name in ("pages", "daily")
    },
    "shortest": SHOWN[0],
    "importing": SHOWN[1],
    "briefs": BRIEFS,
}


def at(name: str) -> int:
    return next(number for number, step in enumerate(STEPS) if name in (step.get("name"), step.get("id")))


# ---------------------------------------------------------------------------------------------- its form


def test_there_are_two_workflows_to_copy():
    assert len(SHOWN) == 2
    assert len([line for line in SHOWN[0].splitlines() if line.strip()]) <= 12
    for text in SHOWN:
        assert f"uses: {NAMED}\n" in text


def test_the_action_names_each_thing_that_it_uses():
    text = str(ACTION["runs"]) + str(ACTION["outputs"])
    ids = {step["id"] for step in STEPS if "id" in step}
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert set(re.findall(r"steps\.([\w-]+)\.", text)) <= ids
    assert all(it["description"] for it in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))
    assert ACTION["runs"]["using"] == "composite"


def test_each_step_is_pinned_or_a_script_that_nothing_is_pasted_into():
    for step in STEPS:
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        else:
            assert step["shell"] == "bash"
            assert not PASTED.search(step["run"])


def test_actions_have_one_version_everywhere():
    used = re.findall(
        r"uses: (actions/[\w-]+)(?:/[\w-]+)?@(v\d+)", "\n".join([*WORKFLOWS.values(), str(ACTION)])
    )
    used += [tuple(step["uses"].split("@")) for step in STEPS if "uses" in step]
    versions: dict[str, set[str]] = {}
    for name, version in used:
        versions.setdefault(name, set()).add(version)
    assert {name: some for name, some in versions.items() if len(some) > 1} == {}


def test_no_cache_of_a_checkout_is_believed():
    forgotten = at("Forget what was checked out as a cache")
    (restored,) = [
        number
        for number, step in enumerate(STEPS)
        if step.get("uses", "").startswith("actions/cache@") and step["with"]["path"].endswith("/.cache")
    ]
    assert STEPS[forgotten]["run"] == "rm -rf .cache"
    assert "if" not in STEPS[forgotten]
    assert forgotten == restored - 1
    assert forgotten < at("Import") < at("Write briefs") < at("Keep the order of editions") < at("Build")


def test_the_projects_name_is_one():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'Repository = "https://github.com/{REPOSITORY}"' in text
    assert REPOSITORY in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_workflow_for_briefs_runs_where_a_site_is_all_there_is():
    """It brings its program along, keeps answers whatever happens, and starts a workflow that each site has."""
    jobs = read(BRIEFS)["jobs"]
    steps = jobs["write"]["steps"]
    program = next(step["with"] for step in steps if "repository" in step.get("with", {}))
    assert f"{program['repository']}@{program['ref']}" == NAMED
    ran = next(step["run"] for step in steps if "make" in step.get("run", ""))
    assert f"--directory {program['path']} install" in ran
    assert re.findall(r"\S*constraints\.txt", BRIEFS) == [".broadsheet/constraints.txt"] * 2
    assert set(re.findall(r"\S*\.venv", BRIEFS)) == {f"{program['path']}/.venv"}
    restored, kept = (step for step in steps if step.get("uses", "").startswith("actions/cache/"))
    assert (restored["with"]["key"], restored["with"]["path"]) == (kept["with"]["key"], kept["with"]["path"])
    wrote = next(number for number, step in enumerate(steps) if step.get("name") == "Write briefs")
    assert steps.index(restored) < wrote < steps.index(kept)
    assert [step["if"] for step in steps[wrote + 1 :]] == ["${{ always() }}"] * 2
    started = read(WORKFLOWS["starter pages"])
    assert "workflow_call" in started["on"]
    assert jobs["pages"]["uses"] == "./.github/workflows/pages.yml"
    assert jobs["pages"]["permissions"] == started["jobs"]["site"]["permissions"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_gives_the_action_what_it_takes_and_needs(name: str):
    workflow = read(WORKFLOWS[name])
    for job in workflow["jobs"].values():
        for step in job.get("steps", ()):
            if step.get("uses", "") not in (NAMED, "./"):
                continue
            assert step.get("with", {}).keys() <= ACTION["inputs"].keys()
            rights = job.get("permissions", workflow["permissions"])
            needed = {"contents": "write", "pages": "write"}
            if step.get("with", {}).get("pages", "deploy") == "deploy":
                needed["id-token"] = "write"
                assert "github-pages" in str(job["environment"])
            assert rights == needed
            assert "pages" in str(workflow["concurrency"])


def scripts() -> Iterator[tuple[str, str]]:
    for number, step in enumerate(STEPS):
        if "run" in step:
            yield f"action {number}", step["run"]
    for name, text in WORKFLOWS.items():
        for job in read(text)["jobs"].values():
            yield from ((name, step["run"]) for step in job.get("steps", ()) if "run" in step)


def test_each_script_is_sound():
    for name, script in scripts():
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), name


def calls(text: str) -> Iterator[list[str]]:
    """Find what a script calls broadsheet with, up to the end of the command."""
    for line in text.replace("\\\n", " ").splitlines():
        for found in re.finditer(r'(?:^|[\s$(/])broadsheet"? ([a-z][^|&;)]*)', line):
            yield shlex.split(found[1].split(" #")[0].split(" > ")[0], comments=True)


SPOKEN = {
    **dict(scripts()),
    "hosting": "\n".join(re.findall(r"```sh\n(.*?)```", HOSTING, re.DOTALL)),
    "commands": "\n".join(
        re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.DOTALL)
    ),
    "readme": "\n".join(
        re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    ),
    "starter": (STARTER / "README.md").read_text(encoding="utf-8").split("```")[1],
}


def test_each_command_that_is_named_exists():
    told = [(place, call) for place, text in SPOKEN.items() for call in calls(text)]
    assert len(told) > 20
    assert {"edition", "build", "ping", "brief", "import"} <= {
        call[0] for place, call in told if place.startswith("action")
    }
    for place, (name, *rest) in told:
        assert name in cli.commands, (place, name)
        if "$" not in "".join(rest):
            # Options and their number of values are looked at; nothing is run.
            cli.commands[name].make_context(name, rest, resilient_parsing=False).close()


def test_a_command_that_is_not_there_would_be_told():
    with pytest.raises(click.UsageError):
        cli.commands["edition"].make_context("edition", ["--write", "--al1"])
    assert list(calls('x "$A/broadsheet" ping --dry-run | wc')) == [["ping", "--dry-run"]]


# ------------------------------------------------------------------------------------- what its steps do


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False, env={**GIT}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


GIT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    **{
        f"GIT_{who}_{what}": "ada@desk.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    },
}


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository with a site on its main branch."""
    desk = write_site(
        tmp_path / "desk",
        {"content/one.md": ARTICLE, ".gitignore": ".cache\n", "site/.gitignore": "*\n!.gitignore\n"},
    )
    git(desk, "init", "--quiet", "--initial-branch", "main")
    git(desk, "add", ".")
    git(desk, "commit", "--quiet", "--message", "Begin")
    git(tmp_path, "clone", "--quiet", "--bare", "desk", "remote.git")
    git(desk, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return tmp_path / "remote.git"


@pytest.fixture
def checkout(remote: Path, tmp_path: Path) -> Path:
    """What actions/checkout leaves: one commit deep."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{remote}", "checkout")
    return tmp_path / "checkout"


def base_url(_run: Run) -> dict[str, str]:
    return {"base_url": "https://ada.example/digest"}


def page_url(run: Run) -> dict[str, str]:
    assert (run.workspace / run.inputs["folder"] / "site" / "index.html").is_file()
    return {"page_url": "https://ada.example/digest/"}


def start(checkout: Path, steps: tuple[str, ...] = (), **inputs: str) -> Run:
    """Run the action on a checkout: all of it, or some steps alone. What installs it is left to a deep test."""
    here = checkout.parent / "action"
    (here / ".venv").mkdir(parents=True, exist_ok=True)
    if not (here / ".venv" / "bin").exists():
        (here / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
        (here / "constraints.txt").write_bytes((ROOT / "constraints.txt").read_bytes())
        (here / "sleep").write_text("#!/bin/sh\n")
        (here / "sleep").chmod(0o755)
    names = {step.get("name") or step["uses"].partition("@")[0] for step in STEPS}
    assert set(steps) <= names
    hidden = {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"}
    env: dict[str, Any] = {name: value for name, value in GIT.items() if name not in hidden}
    return Run(
        ACTION,
        {name.replace("_", "-"): value for name, value in inputs.items()},
        workspace=checkout,
        folder=checkout.parent,
        uses={"actions/configure-pages": base_url, "actions/deploy-pages": page_url},
        env={
            **env,
            "PATH": f"{here}:{GIT['PATH']}",
            "GITHUB_ACTION_PATH": str(here),
            "SOURCE_DATE_EPOCH": "1795521600",
        },
        skip=frozenset(names - set(steps) if steps else {"Install Broadsheet"}),
    ).start()


def test_a_day_from_checkout_to_deployment(remote: Path, checkout: Path):
    write_site(checkout, {".cache/planted": "by a pull request"})
    run = start(checkout, briefs="true", commit_message="Write this morning's briefs")
    assert run.failed == "", run.said
    assert not (checkout / ".cache" / "planted").exists()
    assert (
        git(remote, "log", "-1", "--format=%s|%an", "main")
        == "Write this morning's briefs|github-actions[bot]"
    )
    assert git(remote, "show", "--name-only", "--format=", "main").split() == [
        "content/editions/2026-11-23.yaml",
        "content/one.brief.yaml",
    ]
    assert run.output("commit") == git(remote, "rev-parse", "main")
    assert run.output("url") == "https://ada.example/digest/"
    assert run.output("feeds") == "0"
    assert "https://ada.example/digest/" in (checkout / "site" / "index.html").read_text()
    assert run.done[-3:] == ["actions/upload-pages-artifact", "actions/deploy-pages", "Tell the hub"]
    assert git(checkout, "status", "--porcelain") == ""


def test_what_does_not_build_is_neither_pushed_nor_deployed(remote: Path, checkout: Path):
    before = git(remote, "rev-parse", "main")
    write_site(checkout, {"content/new.md": ARTICLE, "templates/404.html": "{% if %}"})
    run = start(checkout)
    assert run.failed == "Build"
    assert "templates/404.html:1:4: template-syntax" in run.said or "template" in run.said
    assert git(remote, "rev-parse", "main") == before


def test_another_host_gets_a_site_from_a_folder_for_the_address_that_is_told(tmp_path: Path):
    write_site(tmp_path / "checkout" / "paper", {"content/one.md": ARTICLE})
    run = start(
        tmp_path / "checkout",
        folder="paper",
        base_url="https://elsewhere.example/",
        pages="none",
        commit="false",
        order="none",
    )
    assert run.failed == "", run.said
    assert not {"actions/configure-pages", "actions/upload-pages-artifact", "Tell the hub"} & set(run.done)
    front = tmp_path / "checkout" / "paper" / "site" / "index.html"
    assert "https://elsewhere.example/" in front.read_text(encoding="utf-8")
    assert (run.output("url"), run.output("commit")) == ("https://elsewhere.example/", "")


@pytest.mark.parametrize(
    "inputs", [{"pages": "yes"}, {"order": "--all"}, {"briefs": "True"}, {"commit": "no; rm -rf ~"}]
)
def test_an_input_that_means_nothing_is_told(checkout: Path, inputs: dict[str, str]):
    run = start(checkout, ("Check what is asked for",), **inputs)
    assert run.failed == "Check what is asked for"
    assert run.said.startswith("::error::")


COMMIT = ("Commit what was written",)


def test_where_nothing_was_written_nothing_is_committed(remote: Path, checkout: Path):
    write_site(checkout, {"config.yaml": CONFIG + "# changed by a step before\n"})
    run = start(checkout, COMMIT)
    assert (run.failed, run.output("commit")) == ("", "")
    assert git(remote, "rev-list", "--count", "main") == "1"


def pushed_meanwhile(remote: Path, files: dict[str, str | bytes]) -> None:
    desk = write_site(remote.parent / "desk", files)
    git(desk, "add", ".")
    git(desk, "commit", "--quiet", "--message", "An editor's")
    git(desk, "push", "--quiet", "origin", "main")


def test_it_goes_on_top_of_what_others_have_pushed(remote: Path, checkout: Path):
    pushed_meanwhile(remote, {"content/two.md": ARTICLE})
    write_site(checkout, {"content/three.md": ARTICLE})
    run = start(checkout, COMMIT)
    assert (run.failed, run.output("commit")) == ("", git(remote, "rev-parse", "main"))
    subjects = git(remote, "log", "--format=%s", "main").splitlines()
    assert subjects == ["Keep what Broadsheet wrote", "An editor's", "Begin"]


@pytest.mark.parametrize(
    ("meanwhile", "there", "code"),
    [
        ({}, "ours", 0),
        ({"content/two.md": ARTICLE}, "ours", 0),
        ({"content/one.brief.yaml": "theirs"}, "theirs", 1),
    ],
    ids=["nobody", "another file", "the same file"],
)
def test_paid_briefs_go_on_top_of_what_others_have_pushed(
    remote: Path, checkout: Path, meanwhile: dict[str, str | bytes], there: str, code: int
):
    if meanwhile:
        pushed_meanwhile(remote, meanwhile)
    (script,) = (step["run"] for step in read(BRIEFS)["jobs"]["write"]["steps"] if "git push" in str(step))
    (checkout / "content" / "one.brief.yaml").write_text("ours")
    done = subprocess.run(
        [*BASH, "-c", script.replace("sleep", ":")],
        cwd=checkout,
        env={**GIT, "GITHUB_REF": "refs/heads/main"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert ("::error::The briefs could not be pushed" in done.stdout) == bool(code)
    assert git(remote, "show", "main:content/one.brief.yaml") == there
    assert not (checkout / ".git" / "rebase-merge").exists()


def test_an_editor_who_wrote_the_same_lines_wins(remote: Path, checkout: Path):
    pushed_meanwhile(remote, {"content/two.md": ARTICLE.replace("$2.3", "$3.2")})
    write_site(checkout, {"content/two.md": ARTICLE})
    run = start(checkout, COMMIT)
    assert (run.failed, run.output("commit")) == ("", "")
    assert "::warning::What was written under content/ could not be pushed" in run.said
    assert git(remote, "log", "-1", "--format=%s", "main") == "An editor's"
    assert not (checkout / ".git" / "rebase-merge").exists()
    assert tree(checkout / "content")["two.md"] == ARTICLE.encode()  # what the site was built from


def test_a_push_that_is_refused_is_a_warning(remote: Path, checkout: Path):
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    write_site(checkout, {"content/three.md": ARTICLE})
    run = start(checkout, COMMIT)
    assert (run.failed, run.output("commit")) == ("", "")
    assert "::warning::" in run.said
    assert git(remote, "rev-list", "--count", "main") == "1"


def test_where_no_branch_is_checked_out_nothing_is_pushed(remote: Path, checkout: Path):
    git(checkout, "checkout", "--quiet", "--detach")
    write_site(checkout, {"content/three.md": ARTICLE})
    run = start(checkout, COMMIT)
    assert run.failed == ""
    assert "::notice::" in run.said
    assert git(remote, "rev-list", "--count", "main") == "1"


def test_an_import_that_gets_nothing_stops_nothing(checkout: Path):
    bin_ = checkout.parent / "action" / ".venv" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "broadsheet").write_text('#!/bin/sh\necho "$@"\nexit 1\n')
    (bin_ / "broadsheet").chmod(0o755)
    run = start(checkout, ("Import",), **{"import": "true"})
    assert run.failed == ""
    assert run.said.startswith("import --all\n::warning::Nothing could be imported")


@pytest.mark.deep
def test_the_action_installs_itself(tmp_path: Path):
    """A copy of what is committed, as GitHub fetches it: its step makes a program that builds."""
    git(tmp_path, "clone", "--quiet", str(ROOT), "action")
    (install,) = [step for step in STEPS if step.get("name") == "Install Broadsheet"]
    env = {"GITHUB_ACTION_PATH": str(tmp_path / "action"), "PYTHON": sys.executable}
    run = Run(
        {**ACTION, "runs": {"steps": [{**install, "env": {}}]}}, {}, tmp_path, tmp_path, uses={}, env=env
    ).start()
    assert run.failed == "", run.said
    done = subprocess.run([run.output("program"), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("broadsheet, version")
