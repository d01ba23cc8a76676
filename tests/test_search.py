"""The search index: what goes into it, what it is divided into, and when it is made anew."""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import stat
import sys
from base64 import b64encode
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import search
from generator.cache import Cache, NoCache
from generator.model import Coverage, Line, Mention, Source
from generator.problems import Refusal
from generator.search import documents, pagefind
from tests import building
from tests.building import ARTICLE, build_site, tree
from tests.making import NOON, ZONE, a_brief, a_site, an_article, an_entry

CONFIG = building.CONFIG.replace("search: false\n", "")
NO = b64encode(b'{"message_id": 1, "payload": {"type": "Error", "message": "not this one"}}').decode()
MARKUP = 'Ampère & "Söhne" <script>alert(1)</script>'


def write_site(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write a site that can be searched."""
    return building.write_site(folder, {"config.yaml": CONFIG, **files})


def on(year: int, month: int, day: int = 1, number: int = 0) -> Any:
    moment = datetime(year, month, day, 12, tzinfo=ZONE) + timedelta(minutes=number)
    return an_article(f"Turbine {number} of {year}-{month:02d}-{day:02d}", published=moment)


def entries(*articles: Any) -> tuple[Any, ...]:
    return a_site(articles).entries


def fragments(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """What the index says of each article."""
    found = [gzip.decompress(data) for name, data in files.items() if name.endswith(".pf_fragment")]
    return [json.loads(data.removeprefix(b"pagefind_dcd")) for data in found]


def made(*articles: Any, memory: Any = None) -> dict[str, bytes]:
    return {file.path: file.data for file in search.index(a_site(articles), memory or NoCache())}


def indexed(*articles: Any) -> list[dict[str, Any]]:
    files = {name: data for name, data in made(*articles).items() if not name.startswith("search/pagefind/")}
    return fragments(files)


# ------------------------------------------------------------------------------------- documents


def test_a_document_holds_the_headline_the_brief_names_topics_and_sources():
    article = an_article()
    brief = a_brief(article, people=(Mention("Ada Moreno", 2, ("s1",)),), names=(Mention("T4", 1, ("s2",)),))
    (found,) = [documents.document(an_entry(article, brief), "en")]
    for line in (*brief.summary, *brief.key_points):
        assert html.escape(line.text) in found
    for name in (article.title, "Ada Moreno", "T4", "On-site power", "Harbour Wire"):
        assert name in found
    assert "Sign up for our weekly letter." not in found


def test_each_line_stands_once_after_its_evidence():
    article = an_article()
    line = Line("Corvane will buy 48 turbines.", ("s4", "s5"))
    brief = a_brief(article, summary=(line,), key_points=(line,))
    assert documents.lines(brief) == (line,)
    found = documents.document(an_entry(article, brief), "en")
    assert found.count(line.text) == 1
    assert f'<a id="s4,s5"></a>{line.text}' in found


def test_what_the_results_show_is_kept_and_not_searched():
    article = an_article("Übergang & Söhne", lang="de")
    (found,) = indexed(article)
    shown = json.loads(found["anchors"][0]["id"])
    assert shown == {
        "story": article.id,
        "url": article.url,
        "date": "2026-11-23",
        "lang": "de",
        "by": "Harbour Wire",
    }
    assert found["meta"] == {"title": "Übergang & Söhne"}


def test_places_of_lines_in_the_indexed_text_are_those_of_their_words():
    (found,) = indexed(an_article())
    words = found["content"].split()
    assert len(words) == found["word_count"]
    places = {anchor["id"]: anchor["location"] for anchor in found["anchors"]}
    assert words[places["s1"] : places["s1"] + 2] == ["Corvane", "will"]


def test_markup_in_an_article_stays_text():
    article = an_article(MARKUP, sources=(Source(MARKUP),), topics=(MARKUP,), slug="x")
    (found,) = indexed(article)
    assert found["meta"]["title"] == MARKUP
    assert json.loads(found["anchors"][0]["id"])["by"] == MARKUP
    assert MARKUP in found["content"]


def test_an_article_is_filtered_by_day_month_and_the_slugs_of_its_subjects():
    article = an_article(sources=(Source("Harbour Wire"), Source("Meridian Ledger")))
    brief = a_brief(article, people=(Mention("Ada Moreno", 1, ("s1",)),), places=(Mention("Ålesund", 1, ()),))
    files = search.index(a_site([article], briefs={article.id: brief}), NoCache())
    (found,) = fragments({f.path: f.data for f in files if "/pagefind/" not in f.path})
    assert found["filters"] == {
        "day": ["2026-11-23"],
        "month": ["2026-11"],
        "topic": ["on-site-power"],
        "source": ["harbour-wire", "meridian-ledger"],
        "person": ["ada-moreno"],
        "place": ["ålesund"],
    }


def test_an_article_without_a_brief_is_found_by_its_headline():
    article = an_article(topics=(), sources=(), authors=())
    empty = a_brief(article, summary=(), key_points=(), coverage=Coverage(0, 0))
    found = documents.document(an_entry(article, empty), "en")
    assert "Corvane will run its Texas campus" in found


# --------------------------------------------------------------------------------------- volumes


def names(*articles: Any) -> list[tuple[str, int]]:
    return [(volume.name, len(volume.entries)) for volume in search.volumes(entries(*articles))]


def test_closed_years_and_quarters_are_bound_and_the_newest_stay_months():
    articles = [
        on(2024, 3),
        on(2024, 12),
        on(2025, 7),
        on(2026, 2),
        on(2026, 4),
        on(2026, 6),
        on(2026, 10),
        on(2026, 11),
    ]
    assert names(*articles) == [
        ("2026-11", 1),
        ("2026-10", 1),
        ("2026-q2", 2),
        ("2026-q1", 1),
        ("2025", 1),
        ("2024", 2),
    ]


def test_what_would_be_too_large_is_divided(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "LARGEST", 2)
    articles = [on(2024, 1), on(2024, 2), on(2024, 3), on(2024, 5), on(2024, 6), on(2026, 11)]
    assert names(*articles) == [
        ("2026-11", 1),
        ("2024-q2", 2),
        ("2024-03", 1),
        ("2024-02", 1),
        ("2024-01", 1),
    ]


def test_a_site_without_articles_has_no_index():
    assert made() == {"search/volumes.json": b"[]\n"}


def test_the_list_of_volumes_is_newest_first_and_their_engine_is_one():
    files = made(on(2026, 11), on(2026, 10), on(2024, 5))
    listed = json.loads(files["search/volumes.json"])
    assert [volume["path"] for volume in listed] == ["pagefind/", "2026-11/", "2026-10/", "2024/"]
    engines = [name for name in files if name.endswith((".js", ".pagefind"))]
    assert {os.path.dirname(name) for name in engines} == {"search/pagefind"}  # noqa: PTH120
    assert sorted(re.sub(r".*/", "", name) for name in engines) == [
        "pagefind-worker.js",
        "pagefind.js",
        "wasm.en.pagefind",
    ]


# --------------------------------------------------------------------------------- determinism, cache


def test_the_bytes_depend_neither_on_the_order_nor_on_path_nor_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    articles = [on(2026, 11, day, number) for day in (1, 2) for number in range(20)]
    first = made(*articles)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    monkeypatch.setenv("PAGEFIND_INCLUDE_CHARACTERS", "<>")
    monkeypatch.setattr("tempfile.tempdir", None)
    assert made(*reversed(articles)) == first


def test_an_index_numbers_pages_by_their_names_wherever_it_is_made():
    pages = {f"{number * 7 % 40:02}": f"<html><body><p>word {number} &" for number in range(40)}
    one = pagefind.index(pages, "en")
    told = next(pagefind._read(data) for name, data in one.items() if name.endswith(".pf_meta"))
    found = [gzip.decompress(one[f"fragment/{name}.pf_fragment"]) for name, _ in told[1]]
    assert [json.loads(it.removeprefix(b"pagefind_dcd"))["url"] for it in found] == [
        f"/{name}.html" for name in sorted(pages)
    ]
    assert pagefind.index(dict(sorted(pages.items())), "en") == one


def test_half_a_character_is_replaced():
    made = pagefind.index({"one": "<html><body><p>broken \ud800 word"}, "en")
    assert any(b"broken ? word" in gzip.decompress(it) for name, it in made.items() if "fragment" in name)


def test_an_index_that_is_there_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    memory, articles = Cache(tmp_path), [on(2026, 11), on(2026, 10), on(2024, 5)]
    first = made(*articles, memory=memory)
    asked: list[int] = []
    real = pagefind.index

    def counted(documents: Any, language: str) -> dict[str, bytes]:
        asked.append(len(documents))
        return real(documents, language)

    monkeypatch.setattr(pagefind, "index", counted)
    assert made(*articles, memory=memory) == first
    assert asked == []
    changed = made(*articles, on(2024, 6), memory=memory)
    assert asked == [2]
    same = {name for name in first if changed.get(name) == first[name]}
    assert {name for name in first if not name.startswith(("search/2024/", "search/volumes"))} <= same


def test_a_name_that_comes_up_elsewhere_leaves_other_volumes_as_they_are():
    old, new = on(2024, 5), on(2026, 11)
    mention = (Mention("Ada Moreno", 1, ("s1",)),)
    one = search.index(a_site([old, new], briefs={old.id: a_brief(old, people=mention)}), NoCache())
    both = {article.id: a_brief(article, people=mention) for article in (old, new)}
    two = search.index(a_site([old, new], briefs=both), NoCache())
    assert [f for f in one if f.path.startswith("search/2024/")] == [
        f for f in two if f.path.startswith("search/2024/")
    ]


def test_packed_files_come_out_as_they_went_in():
    files = {"a": b"\x00\xff", "b/c": b"", "d": "ü\n".encode()}
    assert search.unpacked(search.packed(files)) == files


# --------------------------------------------------------------------------------- when it cannot be


def test_a_missing_indexer_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pagefind, "PACKAGES", ("no_such_pagefind",))
    with pytest.raises(Refusal, match="not installed") as raised:
        made(an_article())
    assert "search: false" in raised.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("not a program", "cannot run on this machine"),
        ("#!/bin/sh\necho too old >&2\nexit 3\n", "too old"),
        ("#!/bin/sh\nhead -c 1 >/dev/null\nprintf abc\nkill -9 $$\n", "exit -9"),
        (f"#!/bin/sh\nprintf {NO}, \ncat >/dev/null\n", "not this one"),
    ],
)
def test_an_indexer_that_fails_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
):
    folder = write_site(tmp_path / "site", {"content/one.md": ARTICLE})
    build_site(folder)
    before = tree(folder / "site")
    false = tmp_path / "pagefind"
    false.write_text(program)
    false.chmod(false.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pagefind, "_program", lambda: str(false))
    write_site(folder, {"content/two.md": ARTICLE.replace("Corvane borrows", "Corvane repays")})
    with pytest.raises(Refusal, match=said):
        build_site(folder)
    assert tree(folder / "site") == before


# ------------------------------------------------------------------------------------ whole sites


def test_what_is_held_back_is_in_no_index(tmp_path: Path):
    held = ARTICLE.replace("Corvane borrows", "Zzyzx borrows")
    write_site(
        tmp_path,
        {
            "content/one.md": ARTICLE,
            "content/draft.md": held.replace("date:", "draft: true\ndate:"),
            "content/later.md": held.replace("2026-11-23", "2027-01-01"),
        },
    )
    build_site(tmp_path)
    found = fragments(tree(tmp_path / "site" / "search"))
    assert [one["meta"]["title"] for one in found if one["meta"]] == ["Corvane borrows $2.3 billion"]
    assert b"zyzx" not in (tmp_path / "site" / "search" / "index.html").read_bytes()


def test_a_site_can_do_without_search(tmp_path: Path):
    write_site(tmp_path, {"config.yaml": f"{CONFIG}search: false\n", "content/one.md": ARTICLE})
    build_site(tmp_path)
    site = tmp_path / "site"
    assert not (site / "search").exists()
    assert ">Search</a>" not in (site / "index.html").read_text(encoding="utf-8")


def test_only_the_search_page_may_run_what_search_needs(tmp_path: Path):
    write_site(tmp_path, {"content/one.md": ARTICLE})
    build_site(tmp_path)
    pages = {name: data for name, data in tree(tmp_path / "site").items() if name.endswith(".html")}
    assert [name for name, data in pages.items() if b"wasm-unsafe-eval" in data] == ["search/index.html"]
    assert [
        name
        for name, data in pages.items()
        if b"search." in data and b".js" in data and b"assets/search." in data
    ] == ["search/index.html"]


def test_an_empty_site_says_so(tmp_path: Path):
    write_site(tmp_path, {"content/.keep": ""})
    build_site(tmp_path)
    page = (tmp_path / "site" / "search" / "index.html").read_text(encoding="utf-8")
    assert "Nothing has been printed yet" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_language_of_the_index_is_the_sites(tmp_path: Path):
    german = ARTICLE.replace("date:", "lang: de\ndate:")
    write_site(tmp_path, {"config.yaml": f"{CONFIG}language: pt-BR\n", "content/one.md": german})
    build_site(tmp_path)
    folder = tmp_path / "site" / "search"
    entries = [json.loads(path.read_text()) for path in folder.rglob("pagefind-entry.json")]
    assert [list(entry["languages"]) for entry in entries] == [["pt"], ["pt"]]


def test_noon_is_in_its_own_month():
    assert names(an_article(published=NOON)) == [("2026-11", 1)]
