"""What can be subscribed to, as pages and the OPML say it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib
import listparser
import pytest

from generator import assets, exports, pages, urls
from generator.model import Channel
from generator.pages import channels, subscribe
from tests.making import a_site, an_article, channels_of, days_before
from tests.test_pages import ASSETS, THEME
from tests.test_subjects import the_theme


@pytest.fixture(scope="module")
def site():
    made = [
        an_article(
            f"Piece {n}", published=days_before(n), topics=("On-site power", "Grid & <wires>")[: n + 1]
        )
        for n in range(3)
    ]
    return a_site(made, url="https://example.org/repo/")


def shown(site, offered=None):
    """The subscribe page with all channels, or with those given."""
    common = pages.frame.common(
        site, ASSETS, pages.Theme(), given := channels_of(site) if offered is None else offered
    )
    (planned,) = pages.frame.completed([], [subscribe.plan(site, given, common)], {}, given)
    return pages.render(planned, the_theme()).data.decode()


def parsed(html):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


# ------------------------------------------------------------------------------- the subscribe page


def test_one_address_comes_first_then_editions_then_corrections(site):
    fields = [field.get("value") for field in parsed(shown(site)).iterfind(".//input[@readonly]")]
    assert fields == [
        "https://example.org/repo/feed.xml",
        "https://example.org/repo/editions/feed.xml",
        "https://example.org/repo/corrections/feed.xml",
    ]


def test_each_field_has_a_label_and_each_button_a_name_and_a_field(site):
    page = parsed(shown(site))
    labels = {label.get("for") for label in page.iterfind(".//label")}
    fields = {field.get("id") for field in page.iterfind(".//input[@readonly]")}
    buttons = [button for button in page.iterfind(".//button") if button.get("data-copy")]
    assert fields <= labels
    assert {button.get("data-copy") for button in buttons} == fields
    for button in buttons:
        assert button.get("aria-label").startswith("Copy the address: ")
        assert "js-only" in button.get("class")
    assert page.find(".//p[@role='status']").get("id") == "copied"


def test_every_channel_is_offered_in_three_formats(site):
    html = shown(site)
    for channel in channels_of(site):
        for form in ("rss", "atom", "json"):
            assert f'href="/repo/{urls.feed(channel.listing, form)}" type="' in html


def test_headings_go_down_one_by_one(site):
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown(site).partition("</main>")[0])]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def many(count):
    """A site with so many topics, the last with two articles."""
    names = [f"Topic {n:03}" for n in range(count)]
    both = [
        an_article("One", topics=tuple(names), published=days_before(1)),
        an_article("Two", topics=(names[-1],)),
    ]
    return a_site(both)


def test_a_long_list_is_folded_and_a_short_one_is_not():
    assert "<details>" not in shown(many(subscribe.FOLDED))
    assert f"<summary>{subscribe.FOLDED + 1} topics" in shown(many(subscribe.FOLDED + 1))


def test_of_very_many_those_with_most_articles_are_listed_and_the_rest_is_counted():
    site = many(subscribe.MOST + 7)
    (topics, *_) = subscribe.choices(site, channels_of(site))
    assert (len(topics.offers), topics.more) == (subscribe.MOST, 7)
    assert topics.offers[-1].name == site.topics[-1].name
    assert "And 7 more with fewer articles" in shown(site)


def test_what_has_no_channel_is_not_offered(site):
    html = shown(site, [channel for channel in channels_of(site) if channel.kind in ("site", "topic")])
    assert "Corrections</label>" not in html
    assert "Or less of it" not in html
    assert "One source" not in html
    assert "Grid &amp; &lt;wires&gt;" in html


def test_without_any_channel_there_is_a_page_all_the_same(site):
    html = shown(site, [])
    parsed(html)
    assert "feeds.opml" not in html


# ------------------------------------------------------------------------------------ in the head


def alternates(html):
    return re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', html)


def test_every_page_names_the_feeds_of_the_site_and_first_those_of_its_own(site):
    address = "https://example.org/repo/"
    types = ("application/rss+xml", "application/atom+xml", "application/feed+json")
    whole = list(
        zip(types, (f"{address}{name}" for name in ("feed.xml", "atom.xml", "feed.json")), strict=True)
    )
    got = alternates(shown(site))
    assert got == whole
    articles = [an_article(f"Piece {n}", published=days_before(n)) for n in range(3)]
    planned = pages.plan(
        site,
        {it.id: it for it in articles} | {e.id: articles[0] for e in site.entries},
        ASSETS,
        channels=channels_of(site),
    )
    made = {page.path: pages.render(page, the_theme()).data.decode() for page in planned}
    own = alternates(made["topics/on-site-power/index.html"])
    assert own[3:] == whole
    assert own[0] == ("application/rss+xml", f"{address}topics/on-site-power/feed.xml")
    assert alternates(made["editions/2026-11-23/index.html"])[0][1] == f"{address}editions/feed.xml"
    assert alternates(made["corrections/index.html"])[0][1] == f"{address}corrections/feed.xml"
    assert (
        alternates(made["about/index.html"] if "about/index.html" in made else made["briefs/index.html"])
        == whole
    )


def test_a_month_of_a_listing_has_the_feeds_of_the_listing():
    offered = channels.by_listing([Channel("topic", "T", "", "topics/power/", 1)])
    assert channels.above("topics/power/2026/08/", offered) == offered["topics/power/"]
    assert channels.above("topics/powerless/", offered) == ()
    assert channels.above("", offered) == ()


# ----------------------------------------------------------------------------------------- the OPML


def test_the_opml_holds_every_channel_once_and_sorted_by_kind(site):
    root = ET.fromstring(exports.opml(site, channels_of(site)).data)  # noqa: S314 -- ours
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [part.tag for part in root] == ["head", "body"]
    assert root.find("head/dateCreated") is None
    assert [it.get("text") for it in root.iterfind("body/outline") if not it.get("type")] == [
        "Topics",
        "Sources",
    ]
    rows = list(root.iterfind(".//outline[@type]"))
    assert len(rows) == len(channels_of(site))
    for row in rows:
        assert row.get("type") == "rss"
        assert row.get("text") == row.get("title")
        assert row.get("xmlUrl") == f"{row.get('htmlUrl')}feed.xml"


def test_a_reader_imports_the_opml(site):
    got = listparser.parse(exports.opml(site, channels_of(site)).data)
    assert not got.bozo
    assert got.meta.title == site.title
    assert got.meta.author.name == site.author.name
    assert {(feed.title, feed.url) for feed in got.feeds} == {
        (channel.title, urls.absolute(site.url, urls.feed(channel.listing))) for channel in channels_of(site)
    }
    assert {feed.title: feed.tags for feed in got.feeds}["The Switchyard: On-site power"] == ["Topics"]


def test_the_opml_holds_any_words_and_is_the_same_in_any_order(site):
    odd = Channel("topic", 'A "b" & <c>\n\u202e\u00e9', "", "topics/caf\u00e9/", 1)
    given = (*channels_of(site), odd)
    data = exports.opml(replace(site, title='x & "y" <z>'), given).data
    root = ET.fromstring(data)  # noqa: S314 -- ours
    assert odd.title in {row.get("title") for row in root.iterfind(".//outline")}
    assert b"topics/caf%C3%A9/feed.xml" in data


# -------------------------------------------------------------------------- how a raw feed looks


def test_the_style_of_feeds_keeps_its_address_and_takes_the_colours_of_the_site():
    plain = assets.collect((THEME,), assets.Options())
    font = assets.FontFile("Own", "own.woff2", b"x")
    own = assets.collect((THEME,), assets.Options({"paper": ("#fff", "#000")}, ("Own",), fonts=(font,)))
    style, styled = ({file.path: file.data for file in files}["feed.css"] for files, _ in (plain, own))
    assert plain[1]["feed.css"] == own[1]["feed.css"] == urls.FEED_STYLE == "feed.css"
    assert styled.startswith(style)
    assert b"--paper: light-dark(#fff, #000)" in styled
    assert b'--serif: "Own"' in styled
    assert b"@font-face" not in styled  # its address would be relative to another folder


def test_the_style_of_feeds_has_the_colours_of_the_theme():
    style, theme = ((THEME / "assets" / name).read_text() for name in ("feed.css", "theme.css"))
    colour = re.compile(r"--[a-z0-9-]+: (?:light-dark\([^)]*\)|#\w+);")
    assert set(colour.findall(style)) <= set(colour.findall(theme))
