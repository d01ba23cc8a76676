"""The three formats hold the same items, and say of each what they can."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import feeds, urls
from generator.keys import Keys, Known
from generator.model import Article, Author, Channel, Correction, Edition, Image, Kept, Site, Source
from tests.making import NOON, a_site, a_story, an_article, an_edition, an_entry

AUTHORITY = "switchyard.example,2026"
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
PICTURE = Image("2026/11/one/p ü.png", "Halls", 640, 480, "image/png", 12345, "one/p ü.png")
SECOND = Image("2026/11/one/q.jpg", "", 20, 10, "image/jpeg", 99, "one/q.jpg")


def render(articles: list[Article], site: Site | None = None, **options: Any) -> dict[str, bytes]:
    made = site or a_site(articles)
    chosen = feeds.Options(AUTHORITY, **options)
    files, problems = feeds.render(feeds.listed(made, chosen), made, {a.id: a for a in articles}, chosen)
    assert problems == []
    return {file.path: file.data for file in files}


def channels(site: Site) -> list[Channel]:
    return [listing.channel for listing in feeds.listed(site, feeds.Options(AUTHORITY))]


def ids(data: bytes) -> list[str]:
    """Ids of a feed's items, whatever its format."""
    if data.startswith(b"{"):
        return [item["id"] for item in json.loads(data)["items"]]
    return [entry.id for entry in parsed(data).entries]


def parsed(data: bytes) -> feedparser.FeedParserDict:
    feed = feedparser.parse(data)
    assert feed.bozo == 0
    return feed


ONE = an_article("One", id="one", image=PICTURE, images=(SECOND, PICTURE), lang="de")
TWO = an_article(
    "Two",
    id="two",
    published=NOON - timedelta(days=1),
    updated=NOON + timedelta(hours=1),
    corrections=(Correction(NOON + timedelta(hours=1), "It was 3."),),
    topics=("Grid", "On-site power"),
    sources=(Source("Desk"), Source("Wire & Sons", "https://wire.example/?a=1&b=2")),
)


def test_every_format_holds_the_same_items():
    site = a_site([ONE, TWO], corrected=(an_entry(TWO),))
    made = render([ONE, TWO], site)
    for channel in channels(site):
        held = [ids(made[urls.feed(channel.listing, form)]) for form in urls.FEEDS]
        assert held[0] == held[1] == held[2]
        assert len(held[0]) == channel.items > 0


def test_channels_come_in_order():
    site = a_site([ONE, TWO])
    assert [(it.kind, it.title, it.listing) for it in channels(site)] == [
        ("site", "The Switchyard", ""),
        ("editions", "The Switchyard: Editions", "editions/"),
        ("corrections", "The Switchyard: Corrections", "corrections/"),
        ("topic", "The Switchyard: Grid", "topics/grid/"),
        ("topic", "The Switchyard: On-site power", "topics/on-site-power/"),
        ("source", "The Switchyard: Desk", "sources/desk/"),
        ("source", "The Switchyard: Harbour Wire", "sources/harbour-wire/"),
        ("source", "The Switchyard: Wire & Sons", "sources/wire-sons/"),
    ]


def test_json_says_what_its_specification_asks_for():
    made = json.loads(render([ONE, TWO], hub="https://hub.example/")["feed.json"])
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert (made["title"], made["home_page_url"]) == ("The Switchyard", "https://switchyard.example/")
    assert made["feed_url"] == "https://switchyard.example/feed.json"
    assert made["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    correction, one, two = made["items"]
    assert correction["id"] == "tag:switchyard.example,2026:two/correction/2026-11-23/1"
    assert one["external_url"] == "https://harbourwire.example/one"
    assert one["language"] == "de"
    assert one["image"] == "https://switchyard.example/2026/11/one/p%20%C3%BC.png"
    assert one["attachments"][0] == {
        "url": one["image"],
        "mime_type": "image/png",
        "size_in_bytes": 12345,
        "title": "Halls",
    }
    assert [it["size_in_bytes"] for it in one["attachments"]] == [12345, 99]
    assert (two["date_published"], two["date_modified"]) == (
        "2026-11-22T12:00:00+00:00",
        "2026-11-23T13:00:00+00:00",
    )
    assert two["tags"] == ["Grid", "On-site power"]
    assert two["external_url"] == "https://wire.example/?a=1&b=2"
    assert "language" not in two


def test_atom_says_where_an_article_comes_from_and_what_it_shows():
    root = etree.fromstring(render([ONE, TWO], hub="https://hub.example/")["atom.xml"])
    assert root.get(f"{XML}lang") == "en"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://switchyard.example/",
        "self": "https://switchyard.example/atom.xml",
        "hub": "https://hub.example/",
    }
    _, one, two = root.findall(f"{ATOM}entry")
    assert (one.get(f"{XML}lang"), two.get(f"{XML}lang")) == ("de", None)
    found = {link.get("rel"): link for link in one.findall(f"{ATOM}link")}
    assert found["via"].get("href") == "https://harbourwire.example/one"
    assert (found["enclosure"].get("length"), found["enclosure"].get("type")) == ("12345", "image/png")
    shown = one.findall(f"{MEDIA}content")
    assert [it.get("url").rpartition("/")[2] for it in shown] == ["p%20%C3%BC.png", "q.jpg"]
    assert dict(shown[1].attrib)["fileSize"] == "99"
    assert two.findtext(f"{ATOM}published") == "2026-11-22T12:00:00+00:00"
    assert two.findtext(f"{ATOM}updated") == "2026-11-23T13:00:00+00:00"


def test_rss_has_what_feedgen_leaves_out():
    root = etree.fromstring(render([ONE, TWO], hub="https://hub.example/")["feed.xml"])
    links = root.findall(f"channel/{ATOM}link")
    assert [(it.get("rel"), it.get("href")) for it in links] == [
        ("self", "https://switchyard.example/feed.xml"),
        ("hub", "https://hub.example/"),
    ]
    assert root.findtext("channel/ttl") == "60"
    _, one, two = root.findall("channel/item")
    assert (one.findtext(f"{DC}creator"), one.findtext(f"{DC}language")) == ("Ada Moreno", "de")
    assert (one.find("enclosure").get("length"), len(one.findall(f"{MEDIA}content"))) == ("12345", 2)
    assert two.findtext("source") == "Wire & Sons"
    assert two.find(f"{DC}language") is None


def test_an_author_page_is_named_by_its_whole_address():
    made = render([ONE], a_site([ONE], author=Author("Ada", "ada@news.example", "about/")))
    author = etree.fromstring(made["atom.xml"]).find(f"{ATOM}author")
    assert [it.text for it in author] == ["Ada", "ada@news.example", "https://switchyard.example/about/"]
    assert json.loads(made["feed.json"])["authors"] == [
        {"name": "Ada", "url": "https://switchyard.example/about/"}
    ]


def an_issue(**overrides: Any) -> Edition:
    stories = [a_story(an_entry(ONE), an_entry(TWO))]
    return an_edition(stories, more=(an_entry(TWO),), headline="A vote", note="Dear <reader>", **overrides)


def test_an_edition_is_one_item_with_all_of_it():
    site = a_site([ONE, TWO], editions=[an_issue()])
    (item,) = parsed(render([ONE, TWO], site)["editions/atom.xml"]).entries
    assert item.id == "tag:switchyard.example,2026:edition/2026-11-23"
    assert item.title == "Monday 23 November 2026: A vote"
    assert item.link == "https://switchyard.example/editions/2026-11-23/"
    assert (item.published, item.updated) == ("2026-11-23T00:00:00+00:00", "2026-11-23T13:00:00+00:00")
    html = item.content[0].value
    assert '<h2><a href="https://switchyard.example/2026/11/one/">One</a></h2>' in html
    assert "<p>Dear &lt;reader&gt;</p>" in html
    assert "<strong>Key points</strong>" in html
    assert "<strong>Also told by:</strong>" in html
    assert "<strong>Also in this edition</strong>" in html


def test_an_excerpt_of_an_edition_is_its_headlines_and_summaries():
    site = a_site([ONE, TWO], editions=[an_issue()])
    html = json.loads(render([ONE, TWO], site, content="excerpt")["editions/feed.json"])["items"][0][
        "content_html"
    ]
    assert "Key points" not in html
    assert "<h2>" in html


def test_an_edition_that_grows_is_no_new_item():
    small, grown = an_edition([a_story(an_entry(TWO))]), an_issue()
    before, after = (
        parsed(render([ONE, TWO], a_site([ONE, TWO], editions=[it]))["editions/feed.xml"]).entries[0]
        for it in (small, grown)
    )
    assert (before.id, before.published) == (after.id, after.published)


def test_corrections_have_a_feed_of_their_own():
    site = a_site([ONE, TWO], corrected=(an_entry(TWO),))
    (item,) = parsed(render([ONE, TWO], site)["corrections/feed.xml"]).entries
    assert item.title == "Correction: Two"


def test_every_channel_has_an_id_of_its_own():
    site = a_site([ONE, TWO])
    found = [
        etree.fromstring(data).findtext(f"{ATOM}id")
        for path, data in render([ONE, TWO], site).items()
        if path.endswith("atom.xml")
    ]
    assert len(found) == len(set(found)) == len(channels(site))
    assert "tag:switchyard.example,2026:feed/topic/grid" in found


def test_articles_of_one_second_come_by_id():
    articles = [an_article(f"N {n}", id=f"n{n}") for n in (3, 1, 2)]
    for form in ("feed.xml", "atom.xml", "feed.json"):
        assert [it[-2:] for it in ids(render(articles)[form])] == ["n1", "n2", "n3"]


def test_a_style_sheet_for_browsers_stands_in_xml_alone():
    made = render([ONE])
    for path in ("feed.xml", "atom.xml"):
        root = etree.fromstring(made[path])
        sheet = root.getprevious()
        assert (sheet.target, sheet.get("type"), sheet.get("href")) == (
            "xml-stylesheet",
            "text/css",
            "/feed.css",
        )
        (words,) = root.iter("{http://www.w3.org/1999/xhtml}div")
        assert words.getparent().tag in {"channel", "{http://www.w3.org/2005/Atom}feed"}
    assert b"feed.css" not in made["feed.json"]


HARD = st.text(st.characters(), min_size=1, max_size=40) | st.sampled_from(
    ["]]>", "<![CDATA[", "\x00\x0b", "\ud800", "<b>&amp;", "\u202eעברית\u202c", "&#0;", "\x1e\x1e"]
)


@settings(max_examples=60, deadline=None)
@given(HARD, HARD, HARD, st.sampled_from(["brief", "full", "excerpt"]))
def test_whatever_texts_hold_the_feeds_are_whole(title: str, name: str, said: str, kind: Any):
    article = an_article(
        title,
        id="one",
        slug="one",
        authors=(name,),
        topics=(name,),
        sources=(Source(name, "https://a.example/"),),
        paragraphs=[[said, said]],
    )
    site = a_site([article], title=title, description=said)
    made = render([article], site, content=kind)
    for form in ("feed.xml", "atom.xml", "feed.json"):
        assert ids(made[form]) == ["tag:switchyard.example,2026:one"]
    etree.fromstring(made["atom.xml"])


@settings(max_examples=30, deadline=None)
@given(HARD, st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.integers(0, 99))
def test_nothing_but_its_id_makes_an_article_another_one(title: str, slug: str, hours: int):
    changed = replace(
        ONE, title=title, slug=slug, url=f"2026/11/{slug}/", updated=NOON + timedelta(hours=hours)
    )
    moved = a_site([changed], url="https://elsewhere.example/deep/")
    assert ids(render([changed], moved)["atom.xml"]) == ids(render([ONE])["atom.xml"])
    told = parsed(render([changed], moved)["atom.xml"]).entries[0]
    assert datetime.fromisoformat(told.published) == NOON


def test_content_that_runs_from_right_to_left_says_so():
    articles = [an_article("עברית", id="he", lang="he"), an_article("English", id="en")]
    for form in ("feed.xml", "atom.xml", "feed.json"):
        assert render(articles)[form].decode().count("rtl") == 1


def test_an_article_of_five_megabytes_is_one_item():
    long = an_article("Long", id="long", html=f"<p>{'All of it &amp; more. ' * 230_000}</p>")
    made = render([long], content="full")
    assert len(json.loads(made["feed.json"])["items"][0]["content_html"]) > 5_000_000
    root = etree.fromstring(made["feed.xml"], etree.XMLParser(huge_tree=True))
    assert root.findtext("channel/item/title") == "Long"


@pytest.mark.parametrize("form", ["feed.xml", "atom.xml", "feed.json"])
def test_what_stands_is_not_written_again(form: str):
    articles = {"one": ONE, "two": TWO}
    options = feeds.Options(AUTHORITY)
    site = a_site([ONE, TWO])
    listed = feeds.listed(site, options)
    cold, _ = feeds.render(listed, site, articles, options)
    known = {file.path: file.key for file in cold}
    holds = Known(Keys(), "", lambda path, key: known.get(path) == key)
    warm, _ = feeds.render(listed, site, articles, options, known=holds)
    assert [file for file in warm if not isinstance(file, Kept)] == []
    assert {file.path: file.key for file in warm} == known
    assert form in known

    other = {"one": ONE, "two": replace(TWO, body=replace(TWO.body, html="<p>Other.</p>"))}
    again, _ = feeds.render(listed, site, other, options, known=holds)
    assert form in {file.path for file in again if not isinstance(file, Kept)}
