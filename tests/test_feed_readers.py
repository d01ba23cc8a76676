"""Feeds as others read them: `reader`, feedparser, the grammar of Atom, the specification of JSON Feed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree
from reader import make_reader

from generator import config
from generator.build import build
from generator.cache import Cache
from tests.building import NOW, build_site, copied, write_site

TESTS = Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ("feed.xml", "atom.xml", "feed.json")

# JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/
ADDRESS = {"type": "string", "pattern": '^https?://[^\\s<>"]+$'}
MOMENT = {
    "type": "string",
    "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$",
}
LANGUAGE = {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"}
TEXT = {"type": "string", "minLength": 1}


def an_object(required: str, **properties: Any) -> dict[str, Any]:
    """An object of JSON Feed: its own keys, and any extension, whose name begins with an underscore."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "patternProperties": {"^_[^.]+$": {"type": "object"}},
        "additionalProperties": False,
    }


AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {**an_object("", name=TEXT, url=TEXT, avatar=ADDRESS), "minProperties": 1},
}
ATTACHMENT = an_object(
    "url mime_type",
    url=ADDRESS,
    mime_type={"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"},
    title=TEXT,
    size_in_bytes={"type": "integer", "minimum": 0},
    duration_in_seconds={"type": "number", "minimum": 0},
)
ITEM = {
    **an_object(
        "id",
        id=TEXT,
        url=ADDRESS,
        external_url=ADDRESS,
        title=TEXT,
        content_html=TEXT,
        content_text=TEXT,
        summary=TEXT,
        image=ADDRESS,
        banner_image=ADDRESS,
        date_published=MOMENT,
        date_modified=MOMENT,
        authors=AUTHORS,
        tags={"type": "array", "items": TEXT},
        language=LANGUAGE,
        attachments={"type": "array", "items": ATTACHMENT},
    ),
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
}
JSON_FEED = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **an_object(
        "version title items",
        version={"const": "https://jsonfeed.org/version/1.1"},
        title=TEXT,
        home_page_url=ADDRESS,
        feed_url=ADDRESS,
        description=TEXT,
        user_comment=TEXT,
        next_url=ADDRESS,
        icon=ADDRESS,
        favicon=ADDRESS,
        authors=AUTHORS,
        language=LANGUAGE,
        expired={"type": "boolean"},
        hubs={"type": "array", "items": an_object("type url", type=TEXT, url=ADDRESS)},
        items={"type": "array", "items": ITEM},
    ),
}

# ----------------------------------------------------------------------------- all that is published


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built with a hub and archives of everything."""
    folder = tmp_path_factory.mktemp("sample")
    copied(TESTS.parent / "content", folder / "content")
    text = (TESTS.parent / "config.yaml").read_text(encoding="utf-8")
    more = "search: false\nfeed: {items: 4, hub: 'https://hub.example/', archives: all}\n"
    kept = re.sub(r"^(?:search|feed):.*\n(?:[ #].*\n)*", "", text, flags=re.MULTILINE)
    (folder / "config.yaml").write_text(kept + more, encoding="utf-8")
    build_site(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def feeds(sample: Path) -> dict[str, bytes]:
    """Every feed and archive of the sample and of the golden sites, by its path."""
    roots = [sample, *sorted((TESTS / "sites").glob("*/expected"))]
    files = (file for root in roots for file in sorted(root.rglob("*")) if file.name in NAMES)
    return {file.as_posix(): file.read_bytes() for file in files}


def of(feeds: dict[str, bytes], name: str) -> dict[str, bytes]:
    some = {path: data for path, data in feeds.items() if path.endswith(f"/{name}")}
    assert len(some) > 30
    return some


def test_every_atom_feed_keeps_to_the_grammar_of_rfc_4287(feeds: dict[str, bytes]):
    grammar = etree.RelaxNG(etree.parse(TESTS / "atom.rng"))
    faults = [
        (path, str(grammar.error_log))
        for path, data in of(feeds, "atom.xml").items()
        if not grammar.validate(etree.fromstring(data))
    ]
    assert faults == []


def test_every_atom_feed_keeps_to_the_rules_beside_the_grammar(feeds: dict[str, bytes]):
    """The two Schematron rules of appendix B, a link to the page in each entry, and ids that are one's own."""
    for path, data in of(feeds, "atom.xml").items():
        feed = etree.fromstring(data)
        entries = feed.findall(f"{ATOM}entry")
        authored = feed.find(f"{ATOM}author") is not None
        for entry in entries:
            links = [link.get("rel", "alternate") for link in entry.iterfind(f"{ATOM}link")]
            assert links.count("alternate") == 1, path
            assert authored or entry.find(f"{ATOM}author") is not None, path
        ids = [feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
        assert all(re.fullmatch(r"tag:[^\s:]+,\d{4}(-\d\d){0,2}:\S+", name) for name in ids), path
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize(
    "wrong",
    [
        "<author><email>ada@news.example</email></author>",
        "<link/>",
        "<link href='x' type='html'/>",
        "<title>Two</title>",
        "<rights type='CDATA'>x</rights>",
        "<summary/>",
        "<unknown/>",
    ],
)
def test_the_grammar_finds_what_is_wrong(wrong: str):
    grammar = etree.RelaxNG(etree.parse(TESTS / "atom.rng"))
    made = '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>x</title><updated>2026-11-24T00:00:00Z</updated>{}</feed>'
    assert grammar.validate(etree.fromstring(made.format("<x:y xmlns:x='urn:x'/>")))
    assert not grammar.validate(etree.fromstring(made.format(wrong)))


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feedparser_finds_nothing_wrong_and_every_item(feeds: dict[str, bytes], name: str):
    for path, data in of(feeds, name).items():
        got = feedparser.parse(data)
        assert got.bozo == 0, path
        assert got.version == {"feed.xml": "rss20", "atom.xml": "atom10"}[name]
        assert got.feed.title
        assert got.feed.link.startswith("https://")
        for entry in got.entries:
            assert entry.id.startswith("tag:"), path
            assert entry.link.startswith("https://"), path
            assert entry.published_parsed, path


def test_the_words_for_browsers_reach_no_item_and_no_field_of_a_feed(feeds: dict[str, bytes]):
    for name in ("feed.xml", "atom.xml"):
        for path, data in of(feeds, name).items():
            got = feedparser.parse(data)
            assert b"This is a" in data, path
            for values in ({k: v for k, v in got.feed.items() if not k.startswith("xhtml_")}, *got.entries):
                assert "This is a" not in json.dumps(values, default=str), path


def test_every_json_feed_is_one_by_its_specification(feeds: dict[str, bytes]):
    schema = jsonschema.Draft202012Validator(JSON_FEED)
    schema.check_schema(JSON_FEED)
    for path, data in of(feeds, "feed.json").items():
        feed = json.loads(data)
        assert [error.message for error in schema.iter_errors(feed)] == [], path
        assert feed.get("next_url") != feed["feed_url"], path
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids)), path


def test_the_three_formats_of_a_feed_hold_the_same_items(sample: Path):
    for file in sorted(sample.rglob("feed.xml")):
        rss, atom = (feedparser.parse(file.with_name(name).read_bytes()) for name in NAMES[:2])
        items = json.loads(file.with_name("feed.json").read_text(encoding="utf-8"))["items"]
        told = [(item["id"], item["title"], item["url"]) for item in items]
        assert [(it.id, it.title, it.link) for it in rss.entries] == told
        assert [(it.id, it.title, it.link) for it in atom.entries] == told


# ------------------------------------------------------------------------- a subscriber, over time

CONFIG = """\
title: The Test Sheet
url: https://news.example/sheet/
feed: {authority: "news.example,2026"}
search: false
"""
CORVANE = """\
---
title: Corvane borrows $2.3 billion
date: 2026-11-22
id: corvane
topics: [Finance]
source: {name: Harbour Wire, url: "https://harbourwire.example/corvane"}
---

Corvane will borrow $2.3 billion for a hall at Llano Verde. It opens in May.
"""
ODD = """\
---
title: "]]> & <b>bold</b>: \u05d4\u05e7\u05d5 \u05de\u05ea\u05d0\u05d7\u05e8 \U0001f5de"
date: 2026-11-23
id: odd
topics: [Finance, Power]
---

The line is late. A hall waits for its current & more.
"""


class Subscriber:
    """A person with `reader`, who follows every feed of a site in one format."""

    def __init__(self, site: Path, name: str) -> None:
        self.reader = make_reader(":memory:", feed_root=str(site))
        for file in sorted(site.rglob(name)):
            if not re.search(r"\d{4}/\d\d/", file.as_posix().removeprefix(site.as_posix())):
                self.reader.add_feed(file.relative_to(site).as_posix())
        self.look()

    def look(self) -> dict[str, int]:
        """Look for what is new: how many entries, by feed. Nothing may go wrong on the way."""
        new: dict[str, int] = {}
        for result in self.reader.update_feeds_iter(scheduled=False):
            assert not isinstance(result.value, Exception), result
            if result.value is not None:
                new[result.url] = result.value.new
        assert set(new) == {feed.url for feed in self.reader.get_feeds()}
        return {url: count for url, count in new.items() if count}

    def titles(self) -> dict[str, str]:
        return {entry.id: entry.title for entry in self.reader.get_entries()}


@pytest.fixture(params=NAMES)
def subscribed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Subscriber]]:
    """A site's folder and somebody who has read all that it told so far."""
    write_site(tmp_path, {"config.yaml": CONFIG, "content/corvane.md": CORVANE, "content/odd.md": ODD})
    build_site(tmp_path)
    subscriber = Subscriber(tmp_path / "site", request.param)
    assert len(list(subscriber.reader.get_feeds())) == 6  # all, editions, corrections, two topics, a source
    yield tmp_path, subscriber
    subscriber.reader.close()


def rewrite(site: Path, old: str, new: str, file: str = "content/corvane.md") -> None:
    text = (site / file).read_text(encoding="utf-8")
    assert old in text
    (site / file).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    build_site(site)


def test_a_reader_shows_titles_as_they_were_written(subscribed: tuple[Path, Subscriber]):
    _, subscriber = subscribed
    title = "]]> & <b>bold</b>: \u05d4\u05e7\u05d5 \u05de\u05ea\u05d0\u05d7\u05e8 \U0001f5de"
    assert subscriber.titles()["tag:news.example,2026:odd"] == title


def test_another_build_shows_nothing_new(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    shutil.rmtree(site / ".cache")
    build_site(site)
    assert subscriber.look() == {}


def test_another_title_shows_nothing_new(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    rewrite(site, "title: Corvane borrows", "title: Three banks lend Corvane")
    assert subscriber.look() == {}
    assert subscriber.titles()["tag:news.example,2026:corvane"] == "Three banks lend Corvane $2.3 billion"


def test_another_domain_and_base_path_show_nothing_new(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    rewrite(site, "https://news.example/sheet/", "https://www.elsewhere.example/", "config.yaml")
    assert subscriber.look() == {}
    moved = config.at_address(config.read(site), "http://localhost:8000/preview/")
    build(moved, cache=Cache(moved.cache / "records"), now=NOW)
    assert subscriber.look() == {}
    entry = next(iter(subscriber.reader.get_entries()))
    assert entry.link.startswith("http://localhost:8000/preview/")


def test_a_moved_file_shows_nothing_new(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    (site / "content" / "finance").mkdir()
    (site / "content" / "corvane.md").rename(site / "content" / "finance" / "loan.md")
    build_site(site)
    assert subscriber.look() == {}


def test_a_changed_text_shows_nothing_new(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    rewrite(site, "It opens in May.", "It opens in June, the county says.")
    assert subscriber.look() == {}


def test_a_correction_shows_exactly_one_wherever_its_article_is(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    correction = "id: corvane\ncorrections: [{date: 2026-11-24, text: The sum was wrong.}]\n"
    rewrite(site, "id: corvane\n", correction)
    new = subscriber.look()
    assert set(new.values()) == {1}
    assert {url.rpartition("/")[0] for url in new} == {
        "",
        "corrections",
        "topics/finance",
        "sources/harbour-wire",
    }
    assert sum("/correction/" in name for name in subscriber.titles()) == 1
    build_site(site)
    assert subscriber.look() == {}


def test_an_article_shows_one_where_it_belongs(subscribed: tuple[Path, Subscriber]):
    site, subscriber = subscribed
    text = (
        ODD.replace("id: odd", "id: even")
        .replace('title: "', 'title: "Later: ')
        .replace("[Finance, Power]", "[Power]")
    )
    write_site(site, {"config.yaml": CONFIG, "content/even.md": text})
    build_site(site)
    new = subscriber.look()
    assert set(new.values()) == {1}
    assert {url.rpartition("/")[0] for url in new} == {"", "topics/power"}
