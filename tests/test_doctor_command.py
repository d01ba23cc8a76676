"""broadsheet doctor says what is not as builds need it, and the mend."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.commands import doctor_machine, doctor_site, doctor_workflows
from generator.schema import foreign
from tests.building import ARTICLE, build_site, write_site
from tests.running import run

ROOT = Path(__file__).parent.parent
CONFIG = """\
title: The Test Sheet
url: https://news.test/sheet/
timezone: Europe/Berlin
feed: {authority: "news.test,2026"}
"""
WORKFLOW = """\
on:
  push:
jobs:
  build:
    steps:
      - uses: actions/checkout@v7
      - name: Python
        uses: "actions/setup-python@v7"
      - uses: somebody/else@v1
"""
SCHEDULED = "on: {schedule: [{cron: '17 5 * * *'}]}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_site(tmp_path, {"config.yaml": CONFIG, "content/a.md": ARTICLE, ".gitignore": "site\n.cache\n"})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def examined(site: Path, code: int = 0, **env: str) -> dict[str, Any]:
    """Give the checks by name; of those with the same name the one that is worst."""
    done = run("doctor", site, "--json", **env)
    assert (done.returncode, done.stderr) == (code, "")
    data = json.loads(done.stdout)
    assert data["ok"] == (code == 0)
    return {it["name"]: it for it in sorted(data["checks"], key=lambda it: it["state"] != "ok")}


def states(found: dict[str, Any]) -> set[str]:
    """Name what is not as it should be; where a build stands says nothing of this site."""
    return {name for name, it in found.items() if it["state"] != "ok"} - {
        "environment",
        "hard links",
        "disk space",
    }


def test_a_site_that_is_well(site: Path):
    build_site(site)
    found = examined(site)
    assert states(found) == set()
    assert "it is 2026-11-24 13:00 CET" in found["time zone"]["said"]
    assert "no XSLT" in found["feeds in browsers"]["said"]
    assert all(it["mend"] == "" for it in found.values() if it["state"] == "ok")


def test_a_site_that_was_never_built(site: Path):
    found = examined(site)
    assert states(found) == set()
    assert "feeds in browsers" not in found
    assert (found["site"]["said"], found["cache"]["said"]) == (
        "nothing is built yet",
        "there is none yet; a build makes it",
    )


def test_it_leaves_no_trace_but_in_the_cache(site: Path):
    before = {path for path in site.rglob("*") if ".git/" not in path.as_posix()}
    run("doctor", site)
    after = {path for path in site.rglob("*") if ".git/" not in path.as_posix()}
    assert {path.relative_to(site).parts[0] for path in after - before} == {".cache"}


@pytest.mark.parametrize(
    ("files", "name", "state", "said"),
    [
        ({"config.yaml": "titel: T\n"}, "config", "fault", "config.yaml:1:1: "),
        ({"config.yaml": CONFIG.replace("Berlin", "Bielefeld")}, "config", "fault", "config.yaml:3:11: "),
        ({"config.yaml": "title: T\nurl: https://example.org/\n"}, "address", "warning", "placeholder"),
        ({"config.yaml": "title: T\nurl: https://n.test/\n"}, "feed ids", "warning", "n.test,"),
        ({"content/b.md": "nothing"}, "content", "fault", "content/b.md:1:1: "),
        ({"site/thesis.doc": "x"}, "site", "fault", "thesis.doc"),
        ({".github/workflows/p.yml": WORKFLOW.replace("checkout@v7", "checkout@v4")}, "workflows", "warning", "actions/checkout v4, now v7"),
        ({"content/b.md": ARTICLE.replace("2026-11-23", "2026-12-01"), ".github/workflows/p.yml": WORKFLOW}, "next article", "warning", "due on 2026-12-01 at 00:00 CET; 1 in all, and no workflow"),
        ({"content/b.md": ARTICLE.replace("2026-11-23", "2026-12-01")}, "next article", "warning", "due on 2026-12-01 at 00:00 CET; 1 in all; there is no workflow, so it appears only when someone builds"),
        ({"content/b.md": ARTICLE.replace("2026-11-23", "2026-12-01"), ".github/workflows/p.yml": SCHEDULED}, "next article", "ok", "due on 2026-12-01 at 00:00 CET"),
        ({".github/workflows/p.yml": "on: push\njobs: {a: [}\n"}, "workflows", "fault", ".github/workflows/p.yml:2:12: this is not valid YAML"),
        ({".cache": "a file"}, "cache", "fault", "is no plain file or folder"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be(
    site: Path, files: dict[str, str | bytes], name: str, state: str, said: str
):
    if name == "cache":
        (site / ".cache").symlink_to(site)
        files = {}
    write_site(site, {"config.yaml": CONFIG, **files})
    found = examined(site, code=1 if state == "fault" else 0)
    assert (found[name]["state"], said in found[name]["said"]) == (state, True), found[name]
    assert bool(found[name]["mend"]) == (state != "ok")


def test_files_of_others_in_a_built_site_are_told(site: Path):
    build_site(site)
    write_site(site, {"config.yaml": CONFIG, "site/notes.txt": "x"})
    found = examined(site)
    assert (found["site"]["state"], "notes.txt" in found["site"]["said"]) == ("warning", True)


def test_feeds_that_want_xslt_are_told(site: Path):
    write_site(
        site,
        {"site/feed.xml": '<?xml version="1.0"?>\n<?xml-stylesheet type="text/xsl" href="f.xsl"?>\n<rss/>'},
    )
    shown = doctor_site.feeds(site / "site")
    assert (shown.state, "XSLT" in shown.said) == ("warning", True)
    write_site(site, {"site/feed.xml": "<rss/>"})
    shown = doctor_site.feeds(site / "site")
    assert (shown.state, "bare XML" in shown.said) == ("warning", True)


def test_what_git_tracks_and_builds_make(site: Path):
    build_site(site)
    subprocess.run(["git", "-C", str(site), "add", "--force", "site", ".cache"], check=True)
    found = examined(site, code=1)
    assert found["git"]["mend"].startswith("git rm -r --cached .cache site")
    assert found["cache"]["state"] == "fault"  # it may hold what others wrote


def test_a_folder_in_no_repository(tmp_path: Path):
    write_site(tmp_path, {"config.yaml": CONFIG, "content/a.md": ARTICLE})
    found = examined(tmp_path)
    assert (found["git"]["state"], found["workflows"]["state"]) == ("warning", "ok")


def test_a_machine_without_git(site: Path):
    found = examined(site, PATH="/nowhere")
    assert (found["git"]["state"], found["cache"]["state"]) == ("warning", "ok")


@pytest.mark.parametrize(
    ("env", "code", "said"),
    [
        ({"SOURCE_DATE_EPOCH": "0"}, 0, "builds take 1970-01-01 00:00 UTC for now"),
        ({"SOURCE_DATE_EPOCH": "soon"}, 1, "SOURCE_DATE_EPOCH=soon is not a moment"),
    ],
)
def test_what_the_environment_changes(site: Path, env: dict[str, str], code: int, said: str):
    found = examined(site, code=code, **env)
    assert said in found["environment"]["said"]


@pytest.mark.parametrize(
    ("variables", "printed", "named", "told"),
    [
        ({"NO_COLOR": "1"}, "UTF-8", "utf-8", ("ok", "set: NO_COLOR")),
        ({}, "utf-8", "utf-8", ("ok", "nothing that changes messages")),
        ({}, "ascii", "utf-8", ("ok", "nothing that changes messages")),  # click writes UTF-8 to it
        ({}, "ANSI_X3.4-1968", "utf-8", ("ok", "nothing that changes messages")),
        ({}, "iso8859-1", "utf-8", ("warning", "goes out as iso8859-1")),
        ({"NO_COLOR": "1"}, "utf-8", "ascii", ("warning", "names of files are read as ascii")),
        ({"SOURCE_DATE_EPOCH": "0"}, "cp1252", "utf-8", ("warning", "for now; what commands print goes out as cp1252")),
    ],
)  # fmt: skip
def test_the_environment_is_told_once(
    variables: dict[str, str],
    printed: str,
    named: str,
    told: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (found,) = doctor_machine.environment(variables, printed, named)
    assert (found.state, told[1] in found.said) == (told[0], True), found
    assert bool(found.mend) == (found.state != "ok")


@pytest.mark.parametrize(
    ("wanted", "state", "said"),
    [
        (["click>=8.1", "pagefind[bin]>=1.5.2"], "ok", "click 8.10, pagefind 1.5.2"),
        (["click>=8.11"], "fault", "click is 8.10, older than 8.11"),
        (["lxml>=5", "click>=9"], "fault", "lxml is missing; click is 8.10, older than 9"),
        (["lxml>=5; extra == 'x'"], "ok", ""),
    ],
)
def test_libraries(wanted: list[str], state: str, said: str):
    installed = {"click": "8.10", "pagefind": "1.5.2"}
    found = doctor_machine.libraries(wanted, installed.get)
    assert (found.state, found.said) == (state, said)


@pytest.mark.parametrize(
    ("free", "weight", "state"),
    [(10**9, 10**6, "ok"), (10**8, 10**6, "warning"), (10**9, 5 * 10**8, "warning"), (10**9, 10**9 + 1, "fault"), (10**6, 0, "fault")],
)  # fmt: skip
def test_disk_space(free: int, weight: int, state: str):
    assert doctor_machine.space(free, weight).state == state


def test_a_disk_without_links_or_letter_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(doctor_machine.os, "link", refused)
    found = {it.name: it for it in doctor_machine.disk(tmp_path, 0)}
    assert found["hard links"].state == "warning"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(doctor_machine.tempfile, "TemporaryDirectory", full)
    (first, _) = doctor_machine.disk(tmp_path, 0)
    assert (first.name, first.state) == ("writable", "fault")
    assert "Read-only file system" in first.said


BLOCK = "jobs:\n  build:\n    steps:\n      - uses: {}\n"


@pytest.mark.parametrize(
    ("text", "old"),
    [
        (BLOCK.format("actions/checkout@v6"), ["actions/checkout v6, now v7"]),
        (BLOCK.format('"actions/checkout@v6.1.0"'), ["actions/checkout v6, now v7"]),
        (BLOCK.format(f"actions/checkout@{'a' * 40} # v4.2.2"), ["actions/checkout v4, now v7"]),
        (BLOCK.format(f"actions/checkout@{'a' * 40} #v4"), ["actions/checkout v4, now v7"]),
        (BLOCK.format(f"actions/checkout@{'a' * 40}\n      # v4"), []),
        (BLOCK.format("actions/checkout@main"), []),
        (BLOCK.format("actions/checkout@v8"), []),
        (BLOCK.format("actions/cache/restore@v5"), ["actions/cache v5, now v6"]),
        (BLOCK.format("./.github/workflows/pages.yml"), []),
        (BLOCK.format("docker://alpine:3.8"), []),
        (BLOCK.format("somebody/else@v1"), []),
        ("jobs: {a: {steps: [{uses: actions/checkout@v2}]}}\n", ["actions/checkout v2, now v7"]),
        (f"jobs: {{a: {{steps: [{{uses: actions/checkout@{'a' * 40}}}]}}}} # v3\n", ["actions/checkout v3, now v7"]),
        ("jobs:\n  a: &a\n    steps: [{uses: actions/cache@v4}]\n  b: *a\n", ["actions/cache v4, now v6"]),
        ("jobs: &a {a: {steps: *a}}\n", []),
        ("jobs:\n  a:\n    steps:\n    - run: |\n        uses: actions/checkout@v2\n", []),
        ("# uses: actions/checkout@v2\n", []),
        ("[]\n", []),
    ],
)  # fmt: skip
def test_majors_of_actions(text: str, old: list[str]):
    found = list(doctor_workflows.judged([doctor_workflows.written(text, ".github/workflows/p.yml")]))
    assert [it.said for it in found if it.state != "ok"] == old
    assert all(".github/workflows/p.yml" in it.mend for it in found if it.state == "warning")


def test_what_runs_by_the_clock():
    for text, scheduled in (
        ("on:\n  push:\n  schedule:\n    - cron: '17 5 * * *'\n", True),
        (SCHEDULED, True),
        ("on: push\njobs:\n  a:\n    steps:\n    - run: |\n        schedule:\n", False),
        ("# on:\n#   schedule:\non: [push]\n", False),
    ):
        assert doctor_workflows.is_scheduled(doctor_workflows.written(text, "p.yml").data) is scheduled, text


def test_workflows_that_cannot_be_read(tmp_path: Path):
    files = {"a.yml": "on: push\non: push\n", "b.yml": b"on: \xff\n", "c.yml": "on: push\n"}
    write_site(tmp_path, {f".github/workflows/{name}": data for name, data in files.items()})
    (tmp_path / ".github/workflows/d.yml").mkdir()
    (tmp_path / ".github/workflows/e.yml").symlink_to("nowhere")
    found = list(doctor_workflows.judged(doctor_workflows.found(tmp_path)))
    assert [(it.state, it.said) for it in found] == [
        ("fault", '.github/workflows/a.yml:2:1: "on" stands twice; the first is on line 1'),
        ("fault", ".github/workflows/b.yml is not UTF-8 text"),
        ("fault", ".github/workflows/e.yml cannot be read: No such file or directory"),
    ]


def test_the_majors_that_are_known_are_those_of_our_own_workflows():
    action, fault = foreign.read((ROOT / "action.yml").read_text(encoding="utf-8"), "action.yml")
    texts = [*(one.data for one in doctor_workflows.found(ROOT)), action]
    assert fault is None
    assert dict(pair for data in texts for pair in doctor_workflows.majors(data)) == doctor_workflows.MAJORS


def test_time_zone_data_that_is_missing_is_a_fault():
    found = doctor_site.zone("Europe/Bielefeld", datetime(2026, 11, 24, tzinfo=UTC))
    assert (found.state, found.mend) == ("fault", "pip install --upgrade tzdata")


def test_a_folder_that_is_not_there(tmp_path: Path):
    done = run("doctor", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "there is no folder" in done.stdout


def test_a_report_for_people(site: Path):
    write_site(site, {"config.yaml": CONFIG, "content/b.md": "nothing"})
    done = run("doctor", site)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    (at,) = [number for number, line in enumerate(lines) if line.startswith("fault ")]
    assert "content/b.md:1:1" in lines[at]
    assert lines[at + 1].strip().startswith("begin the file with:  ---")
    write_site(site, {"config.yaml": CONFIG, "content/c.md": "nothing"})
    lines = run("doctor", site).stdout.splitlines()
    assert "(and 1 more)" in lines[at]
    assert lines[at + 1].strip() == "broadsheet build tells all of them with their mends"
    assert lines[-1].startswith("1 fault")
    assert "\x1b" not in done.stdout
    assert "\x1b" in run("doctor", site / "nowhere", FORCE_COLOR="1").stdout
    assert "\x1b" not in run("doctor", site / "nowhere", FORCE_COLOR="1", NO_COLOR="1").stdout
