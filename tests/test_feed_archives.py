"""Feeds lead back to their beginning by months that stay as they are (RFC 5005), and by next_url."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import feeds
from generator.model import Article, Correction
from tests.making import NOON, a_site, an_article, days_before

ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
HERE = "https://switchyard.example/"


def render(articles: list[Article], items: int = 2, **options: Any) -> dict[str, bytes]:
    chosen = feeds.Options("switchyard.example,2026", items, **options)
    site = a_site(articles)
    files, problems = feeds.render(feeds.listed(site, chosen), site, {a.id: a for a in articles}, chosen)
    assert problems == []
    return {file.path: file.data for file in files}


def article(days: float, **overrides: Any) -> Article:
    return an_article(f"Day {days:g}", id=f"d{days:g}", published=days_before(days), **overrides)


# Two in November, three in October, one in August 2026.
OLD = [article(days) for days in (0, 1, 30, 31, 40, 100)]


def links(data: bytes) -> dict[str, str]:
    found = etree.fromstring(data).findall(f"{ATOM}link")
    return {link.get("rel"): link.get("href").removeprefix(HERE) for link in found}


def ids(data: bytes) -> list[str]:
    if data.startswith(b"{"):
        return [item["id"] for item in json.loads(data)["items"]]
    return [entry.findtext(f"{ATOM}id") for entry in etree.fromstring(data).findall(f"{ATOM}entry")]


def test_a_reader_walks_back_to_the_beginning_and_has_everything():
    made = render(OLD)
    place, seen, walked = "atom.xml", set(), []
    while place:
        walked.append(place)
        seen |= set(ids(made[place]))
        place = links(made[place]).get("prev-archive", "")
    assert walked == ["atom.xml", "2026/10/atom.xml", "2026/08/atom.xml"]
    assert seen == {f"tag:switchyard.example,2026:{it.id}" for it in OLD}


def test_json_goes_on_until_there_is_no_more():
    made = render([*OLD, article(2)])
    place, seen, walked = "feed.json", set(), []
    while place:
        walked.append(place)
        told = json.loads(made[place])
        assert told["feed_url"] == HERE + place
        seen |= set(ids(made[place]))
        place = told.get("next_url", "").removeprefix(HERE)
    assert walked == ["feed.json", "2026/11/feed.json", "2026/10/feed.json", "2026/08/feed.json"]
    assert len(seen) == len(OLD) + 1


def test_archives_lead_both_ways_and_to_the_feed_and_say_what_they_are():
    made = render(OLD)
    assert links(made["2026/10/atom.xml"]) == {
        "alternate": "",
        "self": "2026/10/atom.xml",
        "current": "atom.xml",
        "prev-archive": "2026/08/atom.xml",
        "next-archive": "2026/11/atom.xml",
    }
    closed = {
        path: etree.fromstring(data).find(ARCHIVE) is not None
        for path, data in made.items()
        if path.endswith("atom.xml") and not path.startswith(("topics/", "sources/"))
    }
    assert [path for path in closed if closed[path]] == ["2026/10/atom.xml", "2026/08/atom.xml"]
    one = [etree.fromstring(made[path]).findtext(f"{ATOM}id") for path in ("atom.xml", "2026/08/atom.xml")]
    assert one[0] == one[1]


def test_rss_leads_to_the_archives_too():
    link = etree.fromstring(render(OLD)["feed.xml"]).findall(f"channel/{ATOM}link")[-1]
    assert (link.get("rel"), link.get("href")) == ("prev-archive", f"{HERE}2026/10/atom.xml")


def test_an_archive_is_dated_by_its_own_last_change():
    root = etree.fromstring(render(OLD)["2026/08/atom.xml"])
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) == days_before(100)


def test_what_a_feed_of_one_month_holds_whole_needs_no_archive():
    assert [path for path in render(OLD[:2]) if path.startswith("2026/")] == []


def test_how_much_the_feed_shows_changes_no_archive():
    few, many = render(OLD), render(OLD, items=6)
    archives = [path for path in few if path.startswith("2026/")]
    assert archives
    assert {path: many[path] for path in archives} == {path: few[path] for path in archives}
    assert "prev-archive" not in links(many["atom.xml"])
    assert "next_url" not in json.loads(many["feed.json"])


@pytest.mark.parametrize("count", [3, 40])
def test_a_busy_month_can_be_walked_to_its_beginning_before_it_closes(count: int):
    busy = [*(article(n / 100) for n in range(count)), article(40)]
    made = render(busy)
    place, seen = "atom.xml", set()
    while place:
        seen |= set(ids(made[place]))
        place = links(made[place]).get("prev-archive", "")
    assert len(seen) == count + 1


def test_which_feeds_have_archives_is_asked_for():
    def archived(archives: str) -> set[str]:
        made = render(OLD, archives=archives)
        return {path.partition("2026/")[0] for path in made if "2026/" in path}

    assert archived("none") == set()
    assert archived("site") == {""}
    assert archived("all") == {"", "topics/on-site-power/", "sources/harbour-wire/"}


def test_an_archive_of_a_topic_knows_its_own_months():
    made = render([*OLD, article(35, topics=("Grid",))], archives="all")
    assert "tag:switchyard.example,2026:d35" in ids(made["2026/10/atom.xml"])
    assert "tag:switchyard.example,2026:d35" not in ids(made["topics/on-site-power/2026/10/atom.xml"])
    assert links(made["topics/on-site-power/2026/10/atom.xml"])["current"] == "topics/on-site-power/atom.xml"


def test_a_correction_stands_in_the_month_that_it_was_made_in():
    late = Correction(NOON - timedelta(hours=1), "It was 3.")
    fixed = replace(OLD[-1], corrections=(late,), updated=late.date)
    before, after = render(OLD), render([*OLD[:-1], fixed])
    assert after["2026/10/atom.xml"] == before["2026/10/atom.xml"]
    assert ids(after["2026/08/atom.xml"]) == ids(before["2026/08/atom.xml"])
    assert any("correction" in it for it in ids(after["2026/11/atom.xml"]))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 120 * 24), min_size=1, max_size=6, unique=True),
    st.lists(st.integers(-90 * 24, -1), max_size=6, unique=True),
)
def test_a_closed_month_stays_whatever_comes_later(old: list[int], later: list[int]):
    """Whatever comes after the newest article: more of its month, or of months after it."""
    standing = [*OLD, *(article(hours / 24 + 0.001) for hours in old)]
    before = render(standing, archives="all")
    after = render([*standing, *(article(hours / 24) for hours in later)], archives="all")
    closed = {path: data for path, data in before.items() if b"history/1.0" in data}
    closed |= {
        path.replace("atom.xml", "feed.json"): before[path.replace("atom.xml", "feed.json")]
        for path in closed
    }
    assert len(closed) >= 4
    assert {path: after[path] for path in closed} == closed
