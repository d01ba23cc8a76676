"""What is made of one file alone is made once, and is the same when it is recalled."""

from __future__ import annotations

import os
import pickle
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import content, pieces, stories, summarise
from generator.build import taken
from generator.cache import Cache, NoCache
from generator.disk import UNSETTLED
from generator.model import Article
from generator.processes import LEAST, Processes
from generator.shelf import Row, Shelf, Stamp
from tests.building import ARTICLE as ARTICLE_OF_SITE
from tests.building import build_site, write_site

ARTICLE = """---
title: Port opens
date: 2026-11-23 08:00
corrections: [{date: 2026-11-24, text: The quay is 300 metres long.}]
extra: {stars: 4, ratio: 0.5, seen: {by: [Ada, true, null]}}
---

The port of Corvane opened on Monday, the harbour master Ada Moreno said.

![The quay](quay.svg)

It cost $40 million, and took three years. See [the other](b.md).
"""


OTHER = "---\ntitle: Other\ndate: 2026-11-22\n---\n\nA word of Ada Moreno.\n"


def svg(width: int) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="3"/>'.encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "content"
    made.mkdir()
    (made / "a.md").write_text(ARTICLE)
    (made / "b.md").write_text(OTHER)
    (made / "quay.svg").write_bytes(svg(4))
    return made


def options(folder: Path, **changed: Any) -> pieces.Options:
    reading = content.Reading("Europe/Berlin", "en")
    return replace(pieces.Options(folder, reading, summarise.choose()), **changed)


class Watched:
    """A `map` that counts what it is given."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.count += 1
            yield work(item)


def made(chosen: pieces.Options, cache: Any) -> tuple[list[pieces.Made], int]:
    """Make the pieces of a folder; tell how many were made anew."""
    watched = Watched()
    files = list(content.survey(chosen.root).files.values())
    return pieces.make(files, chosen, cache, watched), watched.count


def test_a_piece_is_made_once_and_recalled_the_same(folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    first, anew = made(options(folder), cache)
    again, more = made(options(folder), cache)
    assert (anew, more) == (2, 0)
    assert first == again == made(options(folder), NoCache())[0]
    article = again[0].piece.outcome.article
    assert article
    assert article.extra == {"stars": 4, "ratio": 0.5, "seen": {"by": ["Ada", True, None]}}
    assert article.published.tzname() == article.corrections[0].date.tzname() == "CET"
    assert repr(first) == repr(again), "zones and kinds of sequences, too"


def test_a_gist_that_was_kept_is_the_one_that_would_be_found(folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    for _ in range(2):
        found, _ = made(options(folder), cache)
        article, brief = found[0].piece.outcome.article, found[0].piece.brief
        assert article
        assert brief
        assert taken.gist_of(found, cache)(article, brief) == stories.gist(article, brief)


def change(path: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / path).write_bytes(data)


CHANGES: dict[str, tuple[Callable[[Path], None], int]] = {
    "nothing": (lambda _: None, 0),
    "touched": (lambda folder: os.utime(folder / "a.md", (1, 1)), 0),
    "text": (change("a.md", ARTICLE.replace("three", "four").encode()), 1),
    "brief file": (change("a.brief.yaml", b"summary: The port opened.\n"), 1),
    "picture": (change("quay.svg", svg(5)), 1),
    "another file": (change("c.md", b"---\ntitle: C\ndate: 2026-11-21\n---\n\nWords.\n"), 1),
    "renamed": (lambda folder: (folder / "b.md").rename(folder / "d.md"), 1),
    "gone": (lambda folder: (folder / "b.md").unlink(), 0),
}


@pytest.mark.parametrize(("changed", "anew"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_made_anew_and_nothing_else(
    changed: Callable[[Path], None], anew: int, folder: Path, tmp_path: Path
):
    cache = Cache(tmp_path / "cache")
    made(options(folder), cache)
    changed(folder)
    again, count = made(options(folder), cache)
    assert count == anew
    assert again == made(options(folder), NoCache())[0]


@pytest.mark.parametrize(
    "changed",
    [
        {"reading": content.Reading("UTC", "en")},
        {"reading": content.Reading("Europe/Berlin", "de")},
        {"editor": "Ada"},
        {"summariser": summarise.Extractive(name="extractive 0")},
    ],
    ids=str,
)
def test_other_options_make_all_anew(changed: dict[str, Any], folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    made(options(folder), cache)
    assert made(options(folder, **changed), cache)[1] == 2


def test_what_is_at_fault_is_looked_at_again(folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    (folder / "a.md").write_text(ARTICLE.replace("quay.svg", "gone.png"))
    (folder / "b.brief.yaml").write_text("summary: It cost $90 million.\n")
    for _ in range(2):
        found, anew = made(options(folder), cache)
        assert anew == 2
        assert [problem.code for problem in found[0].piece.outcome.problems] == ["missing-image"]
        assert [problem.code for problem in found[1].piece.unsupported] == ["unsupported-number"]


def test_a_damaged_record_counts_as_missing(folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    first, _ = made(options(folder), cache)
    for record in (tmp_path / "cache").rglob("*"):
        if record.is_file():
            record.write_bytes(record.read_bytes()[:-9])
    assert made(options(folder), cache) == (first, 2)


class Counted(Cache):
    """A cache that says what it is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked: list[str] = []

    def recall(self, key: str) -> bytes | None:
        self.asked.append(key.split(maxsplit=1)[0])
        return super().recall(key)


def settled(folder: Path) -> pieces.Options:
    """Options of a build some time after the last file was saved."""
    return options(folder, clock=time.time_ns() + 10 * UNSETTLED)


def test_what_the_disk_knows_to_be_as_it_was_is_not_read(folder: Path, tmp_path: Path):
    cache = Counted(tmp_path / "cache")
    first, _ = made(settled(folder), cache)
    cache.asked.clear()
    again, anew = made(settled(folder), cache)
    assert (anew, set(cache.asked)) == (0, {"shelf"})
    assert [one.piece for one in again] == [one.piece for one in first]
    assert "piece" in cache.asked, "a text is read when it is asked for"
    assert repr(again[0].piece.outcome) == repr(first[0].piece.outcome)
    article, brief = again[0].piece.outcome.article, again[0].piece.brief
    assert article
    assert brief
    assert taken.gist_of(again, cache)(article, brief) == stories.gist(article, brief)
    assert pickle.loads(pickle.dumps(article)) == article  # noqa: S301 -- it was written in this line


@pytest.mark.parametrize(("changed", "anew"), CHANGES.values(), ids=CHANGES)
def test_what_the_disk_tells_apart_is_read(
    changed: Callable[[Path], None], anew: int, folder: Path, tmp_path: Path
):
    cache = Cache(tmp_path / "cache")
    made(settled(folder), cache)
    changed(folder)
    again, count = made(settled(folder), cache)
    assert count == anew
    assert [one.piece for one in again] == [one.piece for one in made(options(folder), NoCache())[0]]


@pytest.mark.parametrize(
    ("name", "data"), [("b.md", OTHER.encode() + b"It was saved.\n"), ("quay.svg", svg(5))]
)
def test_what_was_saved_while_it_was_read_is_read_again(name: str, data: bytes, folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")

    def saved(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        done = [work(item) for item in items]
        (folder / name).write_bytes(data)
        return iter(done)

    files = list(content.survey(folder).files.values())
    pieces.make(files, settled(folder), cache, saved)  # by a clock that stands ahead of the disk's
    again, _ = made(settled(folder), cache)
    assert [one.piece for one in again] == [one.piece for one in made(options(folder), NoCache())[0]]


def test_what_was_saved_a_moment_ago_is_read_again(folder: Path, tmp_path: Path):
    cache = Counted(tmp_path / "cache")
    for _ in range(2):
        cache.asked.clear()
        made(options(folder, clock=time.time_ns()), cache)
    assert cache.asked.count("piece") == 2


@pytest.mark.parametrize("copied", [shutil.copyfile, shutil.copy2], ids=["new", "old"])
def test_what_lies_in_a_new_place_is_known_by_its_bytes(copied: Any, folder: Path, tmp_path: Path):
    cache = Counted(tmp_path / "cache")
    first, _ = made(settled(folder), cache)
    shutil.copytree(folder, tmp_path / "new", copy_function=copied)
    shutil.rmtree(folder)
    (tmp_path / "new").rename(folder)
    cache.asked.clear()
    there, anew = made(settled(folder), cache)
    assert (anew, set(cache.asked)) == (0, {"shelf"}), "no record of a piece is read"
    assert [one.piece for one in there] == [one.piece for one in first]
    shards = {path: path.stat().st_ino for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    again, _ = made(settled(folder), cache)
    assert [one.piece for one in again] == [one.piece for one in first]
    assert shards == {path: path.stat().st_ino for path in shards}, "and its new stamps are known"


def test_two_who_write_one_record_leave_what_one_of_them_knew(tmp_path: Path):
    def shelf() -> Shelf:
        return Shelf(Cache(tmp_path), "form", lambda _where: pytest.fail("a text is read"))

    def row(inode: int, piece: str) -> Row:
        return Row({"a.md": Stamp(1, 2, 3, inode)}, None, f"key of {piece}", piece)

    first = shelf()
    first.put("a.md", row(1, "one"))
    first.keep(["a.md"])
    here, there = shelf(), shelf()
    known = here.find("a.md")
    assert known == row(1, "one")
    there.put("a.md", row(2, "two"))
    there.keep(["a.md"])
    here.put("a.md", replace(row(3, "one"), piece=known.piece))
    here.keep(["a.md"])
    assert shelf().find("a.md") == row(3, "one")


@pytest.mark.parametrize("name", ["a.md", "quay.svg"])
def test_what_lies_in_a_new_place_and_changed_is_made_anew(name: str, folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    made(settled(folder), cache)
    shutil.copytree(folder, tmp_path / "new")
    shutil.rmtree(folder)
    (tmp_path / "new").rename(folder)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(b"3", b"5"))
    again, anew = made(settled(folder), cache)
    assert anew == 1
    assert [one.piece for one in again] == [one.piece for one in made(settled(folder), NoCache())[0]]


def test_a_text_whose_record_is_gone_is_read_from_its_file(folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    first, _ = made(settled(folder), cache)
    again, _ = made(settled(folder), cache)
    shutil.rmtree(tmp_path / "cache")
    assert [one.piece for one in again] == [one.piece for one in first]


def test_a_file_that_changes_while_it_is_read_is_not_kept(folder: Path, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    chosen = options(folder, summariser=Meddling(folder / "b.md"))
    made(chosen, cache)
    again, anew = made(chosen, cache)
    assert anew == 1
    article = again[1].piece.outcome.article
    assert article
    assert article.title == "Changed"


class Meddling:
    """A summariser during whose work somebody saves another text."""

    name = key = "meddling 1"

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, article: Article) -> Any:
        if article.title == "Other":
            self.file.write_text("---\ntitle: Changed\ndate: 2026-11-22\n---\n\nWords.\n")
        return summarise.choose()(article)

    def awaits(self, _article: Article) -> str:
        return ""


# ------------------------------------------------------------------------------------------- processes


def test_many_processes_make_the_same_pieces(folder: Path, tmp_path: Path):
    for number in range(LEAST):
        text = ARTICLE.replace("40", f"{number + 40}")
        (folder / f"n{number:03}.md").write_text(text)
    chosen = options(folder)
    files = list(content.survey(folder).files.values())
    many = pieces.make(files, chosen, Cache(tmp_path / "many"), Processes(2).map)
    alone = pieces.make(files, chosen, NoCache())
    assert [one.piece for one in many] == [one.piece for one in alone]
    assert list(map(gist, many)) == list(map(gist, alone))
    assert len(many) == LEAST + 2
    assert pieces.make(files, chosen, Cache(tmp_path / "many"), never) == many


def gist(made: pieces.Made) -> stories.Gist | None:
    """Read a gist: its sets stand in any order."""
    return stories.unpacked(made.gist) if made.gist else None


def never(*_: object) -> Any:
    pytest.fail("something was made anew")
    yield


def test_options_cross_to_another_process(folder: Path):
    chosen = options(folder)
    assert pickle.loads(pickle.dumps(chosen)) == chosen  # noqa: S301 -- it was written in this line


def test_a_build_reads_articles_by_one_map_and_renders_pages_by_another(tmp_path: Path):
    """What a page is given is most of the site, and must not be sent."""
    site = write_site(tmp_path, {f"content/n{number}.md": ARTICLE_OF_SITE for number in range(3)})
    sent, drawn = Watched(), Watched()
    report = build_site(site, map=drawn, spread=sent)
    assert sent.count == report.articles == 3
    told = 1  # what the parts of its one story add
    assert drawn.count == report.pages + report.articles + told, "each brief as data, too"


def test_a_text_that_changes_there_and_back_is_not_kept_for_the_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from generator.content import articles

    read_file, path = articles.read_file, folder / "b.md"
    before = path.read_text()

    def meanwhile(*given: Any) -> Any:
        path.write_text(before.replace("A word", "No word"))
        try:
            return read_file(*given)
        finally:
            path.write_text(before)

    cache = Cache(tmp_path / "cache" / "records")
    monkeypatch.setattr(articles, "read_file", meanwhile)
    pieces.make([("b.md", None)], options(folder), cache)
    monkeypatch.setattr(articles, "read_file", read_file)
    (made,) = pieces.make([("b.md", None)], options(folder), cache)
    assert made.piece.outcome.article
    assert "A word" in made.piece.outcome.article.html
