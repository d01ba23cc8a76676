"""broadsheet stats counts what a build shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.commands.stats_count import weighed
from tests.building import ARTICLE, build_site, write_site
from tests.running import run

OTHER = """\
---
title: Netz bleibt knapp
date: 2026-10-02T09:00:00+02:00
lang: de
topics: [Grid, Finance]
source: {name: Werrabacher Bote}
brief:
  summary: Das Netz bleibt knapp.
---

Das Netz bleibt knapp. Die Stadt will im Mai entscheiden.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = ARTICLE.replace("date:", "topics: [grid]\nsource: {name: Basin Courier}\ndate:")
    files: dict[str, str | bytes] = {
        "content/a.md": first,
        "content/b.md": OTHER,
        "content/c.md": ARTICLE.replace("date:", "draft: true\ndate:"),
        "content/d.md": ARTICLE.replace("2026-11-23", "2026-12-01"),
        "content/pages/about.md": "---\ntitle: About\n---\n\nWe print.\n",
    }
    folder = write_site(tmp_path_factory.mktemp("stats"), files)
    build_site(folder)
    return folder


def counted(site: Path, *options: str) -> Any:
    done = run("stats", site, "--json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_totals(site: Path):
    data = counted(site)
    totals = data["totals"]
    assert {name: totals[name] for name in ("articles", "editions", "pages", "edited", "corrected")} == {
        "articles": 2,
        "editions": 2,
        "pages": 1,
        "edited": 1,
        "corrected": 0,
    }
    assert (totals["first"], totals["last"]) == ("2026-10-02", "2026-11-23")
    assert totals["recent"] == {"7": 1, "30": 1}
    assert totals["words"] == sum(group["words"] for group in data["months"])
    assert totals["without_picture"] == 2
    assert data["held"] == {"drafts": 1, "future": 1, "due": "2026-12-01T00:00:00+00:00"}


def test_groups(site: Path):
    data = counted(site)
    assert [(it["name"], it["articles"], it["latest"]) for it in data["months"]] == [
        ("2026-11", 1, "2026-11-23"),
        ("2026-10", 1, "2026-10-02"),
    ]
    # One topic, though it is written in two ways: as the older article has it.
    assert [(it["name"], it["articles"]) for it in data["topics"]] == [("Grid", 2), ("Finance", 1)]
    assert {it["name"] for it in data["sources"]} == {"Basin Courier", "Werrabacher Bote"}
    assert {it["name"]: it["articles"] for it in data["languages"]} == {"en": 1, "de": 1}


def test_how_full_briefs_are(site: Path):
    shown = {it["field"]: (it["briefs"], it["items"]) for it in counted(site)["fields"]}
    briefs = [json.loads(file.read_text())["brief"] for file in (site / "site").rglob("brief.json")]
    for field, (filled, items) in shown.items():
        lengths = [len(it[field]) if isinstance(it[field], list) else 1 for it in briefs if it[field]]
        assert filled == len(lengths), field
        assert items == (round(sum(lengths) / len(lengths), 1) if lengths else 0)


def test_drafts_and_future_count_when_asked_for(site: Path):
    assert counted(site, "--drafts", "--future")["totals"]["articles"] == 4


def test_folders_are_weighed_as_they_lie(site: Path):
    data = counted(site)
    files = [file for file in (site / "site").rglob("*") if file.is_file()]
    assert (data["site"]["files"], data["site"]["bytes"]) == (
        len(files),
        sum(file.stat().st_size for file in files),
    )
    assert sum(data["site"]["kinds"].values()) == data["site"]["bytes"]
    assert {"pages", "feeds", "briefs as data"} <= set(data["site"]["kinds"])


def test_a_search_index_is_told_apart(tmp_path: Path):
    write_site(tmp_path, {"search/pagefind/a.js": "12", "search/index.html": "1", "feed.xml": "123"})
    assert weighed(tmp_path).kinds == {
        "other": (tmp_path / "config.yaml").stat().st_size,
        "feeds": 3,
        "search": 2,
        "pages": 1,
    }


def test_a_table_for_people(site: Path):
    done = run("stats", site, "--top", "1")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0] == "The Test Sheet: 2 articles in 2 editions"
    assert "  published from 2026-10-02 to 2026-11-23; of late 1 in 7 days, 1 in 30 days" in lines
    (read,) = [line for line in lines if "to read" in line]
    assert "words, 1 minute to read; as briefs " in read
    assert read.endswith("words, 1 minute")
    head = lines.index("topic  articles  words  minutes      latest")
    assert lines[head + 1].split()[:2] == ["Grid", "2"]
    assert lines[head + 2] == "… and 1 more"


def test_an_empty_site_is_counted(tmp_path: Path):
    done = run("stats", write_site(tmp_path, {"content/.keep": ""}))
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "The Test Sheet: 0 articles in 0 editions")


def test_a_site_at_fault_is_not_counted(tmp_path: Path):
    site = write_site(tmp_path, {"content/b.md": "nothing"})
    assert run("stats", site).stderr.endswith("\n\n1 problem.\n")  # it never writes: no word of that
    done = run("stats", site, "--json")
    assert done.returncode == 1
    assert [it["code"] for it in json.loads(done.stdout)["problems"]] == ["no-front-matter"]
