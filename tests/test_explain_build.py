"""`--explain` says why each thing was made anew, and nothing of what stayed; `--profile` times each step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.reasons import Anew, changed, recorded, told
from generator.steps import Steps, Took, table
from tests.building import ARTICLE, CONFIG, build_site, write_site
from tests.running import run

ONE = "content/2026/11/one.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_site(
        tmp_path_factory.mktemp("site"),
        {ONE: ARTICLE, "content/two.md": ARTICLE.replace("Corvane", "Sable").replace("-23", "-22")},
    )
    build_site(folder)
    return folder


def add(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: write_site(folder, {name: text})


CASES: dict[str, tuple[Callable[[Path], object], dict[str, str]]] = {
    "nothing": (lambda _: None, {}),
    "a text": (
        add(ONE, ARTICLE + "\nIt is of brick.\n"),
        {
            f"briefed {ONE}": f"{ONE} changed",
            "rendered 2026/11/one/index.html": "entry, article, instalment changed",
        },
    ),
    "a new article": (
        add("content/three.md", ARTICLE.replace("Corvane", "Amber")),
        {
            "briefed content/three.md": "it is new",
            "rendered 2026/11/three/index.html": "it is new",
            "written sitemap.xml": "its bytes changed",
        },
    ),
    "a brief file": (
        add("content/2026/11/one.brief.yaml", "editor: Ada\nsummary: Corvane borrows.\n"),
        {f"briefed {ONE}": "its brief file is new"},
    ),
    "a template": (
        add("templates/404.html", '{% extends "theme/404.html" %}'),
        {"rendered index.html": "a template changed", "rendered 404.html": "a template changed"},
    ),
    "the title": (
        add("config.yaml", CONFIG.replace("The Test Sheet", "Another")),
        {"rendered archive/index.html": "the site's settings, feeds, page changed"},
    ),
    "the records": (
        lambda folder: shutil.rmtree(folder / ".cache" / "records"),
        {f"briefed {ONE}": "nothing is kept that this program, its libraries and config made"},
    ),
    "a page taken away": (
        lambda folder: [(folder / there / "404.html").unlink() for there in ("site", ".cache/next")],
        {"rendered 404.html": "site/ did not hold it as it was made"},
    ),
    "the ledger": (
        lambda folder: (folder / ".cache" / "ledger").unlink(),
        {"rendered 404.html": "what it was made from is not known any more"},
    ),
    "the ledger and a page": (
        lambda folder: [
            (folder / ".cache" / "ledger").unlink(),
            *((folder / there / "404.html").unlink() for there in ("site", ".cache/next")),
        ],
        {"rendered 404.html": "it is new"},
    ),
    "what was kept": (
        lambda folder: (folder / ".cache" / "reasons").unlink(),
        {},
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_each_reason_is_told(
    change: Callable[[Path], object], expected: dict[str, str], built: Path, tmp_path: Path
):
    folder = tmp_path / "site"
    shutil.copytree(built, folder, copy_function=shutil.copy2)
    build_site(folder)  # a copy has other stamps
    change(folder)
    found = {f"{one.what} {one.path}": one.why for one in build_site(folder, explain=True).anew}
    assert {name: found.get(name) for name in expected} == expected
    assert expected or not found
    assert not any(name.startswith("written") and why == "it is new" for name, why in found.items())
    assert build_site(folder, explain=True).anew == ()


def test_the_command_says_why_and_how_long(tmp_path: Path):
    site = write_site(tmp_path, {ONE: ARTICLE})
    first = run("build", str(site), "--explain", "--profile")
    assert f"briefed {ONE}: nothing is kept" in first.stderr
    assert "rendered" in first.stderr
    assert "and " in first.stderr
    for step in ("read and brief", "compose", "render", "publish", "in all"):
        assert f"  {step}\n" in first.stderr
    again = run("build", str(site), "--explain", "--profile", "--json")
    data = json.loads(again.stdout)
    assert data["anew"] == []
    assert data["steps"][0]["step"] == "look for changes"
    assert all(one["wall"] >= 0 for one in data["steps"])
    assert "Nothing was made anew" in run("build", str(site), "--explain").stderr


def test_many_of_one_reason_are_counted():
    many = [Anew("rendered", f"{n}.html", "a template changed") for n in range(9)]
    assert list(told([*many, Anew("briefed", "content/a.md", "it is new")])) == [
        "briefed content/a.md: it is new",
        "rendered 0.html, 1.html, 2.html and 6 more: a template changed",
    ]


def test_a_damaged_record_tells_less(tmp_path: Path):
    file = tmp_path / "reasons"
    file.write_bytes(b'["a", {"entry": "1"}]\n["b"\n\xff\n[1]\n["a", {"entry": "2"}]\n')
    assert recorded(file) == {"a": {"entry": "2"}}
    assert changed(None, {"entry": "1"}) == "what it is made from changed"
    assert changed({"entry": "1", "old": "1"}, {"entry": "2", "new": "1"}) == "entry, new, old changed"
    assert recorded(tmp_path / "none") == {}


def test_steps_add_up():
    wall, cpu = iter([0.0, 1.0, 1.0, 4.0, 4.0, 4.5]), iter([0.0, 0.5, 0.5, 1.5, 1.5, 1.5])
    steps = Steps(lambda: next(wall), lambda: next(cpu))
    for name in ("one", "two", "one"):
        with steps.timed(name):
            pass
    assert steps.took == [Took("one", 1.5, 0.5), Took("two", 3.0, 1.0)]
    assert table(steps.took).splitlines()[-1].split() == ["4.500", "1.500", "in", "all"]
