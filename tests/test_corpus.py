"""The corpus that benchmarks are run on: always the same, like news in what counts, and sound in each form."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path

import pytest

from benchmarks.corpus import LAST, NOW, Article, articles, days
from benchmarks.peers import PEERS, Site
from benchmarks.peers.peer import SITES
from generator import config, stories
from generator.build import gather
from generator.cache import Cache
from tests.building import tree

ROOT = Path(__file__).parent.parent
COUNT = 48
DIGEST = "from benchmarks.corpus import articles; from hashlib import blake2b; print(blake2b(repr([*articles({}, {!r})]).encode()).hexdigest())"
LINKED = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def corpus() -> list[Article]:
    return [*articles(COUNT, "test")]


@pytest.fixture(scope="module")
def many() -> list[Article]:
    return [*articles(500)]


def test_the_same_seed_gives_the_same_corpus_in_any_process(corpus: list[Article]):
    here = blake2b(repr(corpus).encode()).hexdigest()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-c", DIGEST.format(COUNT, "test")]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == here


def test_another_seed_or_number_gives_another_corpus(corpus: list[Article]):
    titles = {article.title for article in corpus}
    for others in (articles(COUNT, "other"), articles(COUNT + 1, "test")):
        assert len(titles.intersection(article.title for article in others)) < COUNT / 10


def test_it_is_written_as_the_same_bytes_twice(corpus: list[Article], tmp_path: Path):
    for name in ("one", "two"):
        Site(tmp_path / name, PEERS["broadsheet"]).write(corpus)
    Site(tmp_path / "two", PEERS["broadsheet"]).write(corpus)  # in place of what lay there
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize(
    ("count", "least", "most"), [(1, 1, 1), (9, 1, 2), (1000, 100, 120), (10_000, 1050, 1150)]
)
def test_articles_lie_over_as_many_days_as_they_need(count: int, least: int, most: int):
    shared = [*days(count)]
    assert sum(number for _, number in shared) == count
    assert least <= len(shared) <= most
    assert [day for day, _ in shared] == [
        LAST - timedelta(days=back) for back in reversed(range(len(shared)))
    ]


def test_an_article_has_about_600_words(many: list[Article]):
    words = [len(article.body.split()) for article in many]
    assert 570 < sum(words) / len(words) < 630
    assert min(words) > 250
    assert max(words) < 1000


def test_words_are_as_many_and_as_unevenly_frequent_as_in_a_language(many: list[Article]):
    texts = (article.body for article in many if article.lang == "en")
    counts = Counter(word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text))
    assert len(counts) > 3000
    often = [count for _, count in counts.most_common()]
    assert sum(often[:100]) > 0.4 * sum(often)
    assert often[9] > 8 * often[199] > 8 * 5 * often[1999] > 0


def test_it_has_what_news_has(many: list[Article]):
    assert {article.lang for article in many} == {"en", "de", "fr", "es"}
    assert len({article.outlet for article in many}) > 15
    assert len({topic for article in many for topic in article.topics}) > 30
    assert {len(article.topics) for article in many} == {1, 2, 3}
    text = "\n\n".join(article.body for article in many)
    for mark in (
        r"^- ",
        r"^## ",
        r"^\| ",
        r"^> ",
        r"^```yaml",
        r"\]\(https:",
        r"\]\(article:\d",
        "“",
        "\\$\\d",
    ):
        assert len(re.findall(mark, text, re.MULTILINE)) >= 5, mark
    blocks = Counter(block for article in many for block in article.body.split("\n\n") if len(block) > 100)
    assert sum(count > 1 for count in blocks.values()) > 20  # what one outlet took from another
    assert any(article.correction for article in many)
    assert len({article.slug for article in many}) == len(many)
    assert all(article.published < NOW for article in many)


def test_our_steps_take_it_without_a_fault_and_find_what_is_in_it(corpus: list[Article], tmp_path: Path):
    Site(tmp_path / "site", PEERS["broadsheet"]).write(corpus)
    project = config.read(tmp_path / "site")
    copy = gather(project, cache=Cache(tmp_path / "cache"), now=NOW)
    assert copy.problems == ()
    assert len(copy.articles) == COUNT
    share = {
        "speakers": sum(any(quote.speaker for quote in brief.quotes) for brief in copy.briefs),
        "people": sum(bool(brief.people) for brief in copy.briefs),
        "organisations": sum(bool(brief.organisations) for brief in copy.briefs),
        "figures": sum(len(brief.key_figures) >= 3 for brief in copy.briefs),
        "dates": sum(bool(brief.dates) for brief in copy.briefs),
        "points": sum(len(brief.key_points) >= 3 for brief in copy.briefs),
        "ahead": sum(bool(brief.whats_next) for brief in copy.briefs),
    }
    assert {name: count for name, count in share.items() if count < 0.7 * COUNT} == {}
    assert sum(bool(brief.why_it_matters) for brief in copy.briefs) > 0.2 * COUNT
    told = stories.group(copy.articles, copy.briefs, copy.gist_of)
    assert sum(len(parts) > 1 for parts in told) > 1  # over days
    assert sum(bool(part.others) for parts in told for part in parts) > 1  # by several outlets


@pytest.mark.parametrize("name", PEERS)
def test_each_generator_is_given_the_same_in_its_own_form(name: str, corpus: list[Article], tmp_path: Path):
    site = Site(tmp_path / "site", PEERS[name])
    site.write(corpus)
    files = [*(tmp_path / "site" / "content").rglob("*.md")]
    assert len(files) == COUNT
    addresses = {f"/{article.address}" for article in corpus}
    links = 0
    for article in corpus:
        text = site.file(article).read_text(encoding="utf-8")
        said = LINKED.sub("", article.body)
        assert LINKED.sub("", text).endswith(said)
        assert article.title in text
        assert all(topic in text for topic in article.topics)
        assert f"{article.published:%Y-%m-%d}" in text
        for link in LINKED.findall(text):
            if not link.startswith("https:"):
                links += 1
                assert link in addresses or (site.file(article).parent / link).is_file(), link
    assert links > 5


@pytest.mark.parametrize("name", PEERS)
def test_an_article_a_template_and_the_style_can_be_changed(name: str, corpus: list[Article], tmp_path: Path):
    site = Site(tmp_path / "site", PEERS[name])
    site.write(corpus)
    assert {path.name for path in SITES.iterdir()} == set(PEERS)
    before = tree(tmp_path / "site")
    site.put(corpus[-1], "It is new.")
    site.fit_in(site.peer.template, "<p>It is new.</p>", "</footer>")
    site.fit_in(site.peer.style, "p { order: 1 }")
    after = tree(tmp_path / "site")
    changed = {path for path in after if before.get(path) != after[path]}
    own = site.file(corpus[-1]).relative_to(tmp_path / "site").as_posix()
    assert changed == {own, site.peer.template, site.peer.style}
    assert after[own] == before[own] + b"\nIt is new.\n"
    assert b"<p>It is new.</p>\n</footer>" in after[site.peer.template]
    site.remove(corpus[-1])
    assert not site.file(corpus[-1]).exists()


def test_a_new_checkout_has_new_files_and_the_caches_as_they_were(tmp_path: Path):
    site = Site(tmp_path / "site", PEERS["broadsheet"])
    site.write([])
    kept, own, gone = (site.folder / place for place in (".cache/a/record", "config.yaml", "site/index.html"))
    for file in (kept, gone):
        file.parent.mkdir(parents=True)
        file.write_text("x")
    for file in (kept, own):
        os.utime(file, (1, 1))
    site.check_out()
    assert (kept.read_text(), kept.stat().st_mtime, gone.parent.exists()) == ("x", 1, False)
    assert own.stat().st_mtime > 1
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
