"""What an address of a feed may hold is a key; what another generator marked as a draft is none the less one."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.importer import entries, texts
from generator.importer.candidates import Candidate, Document, Unfit

ZONE = ZoneInfo("UTC")
FEED = "https://outlet.example/feed.xml?key=SECRET"
ITEM = "<item><title>No. {0}</title><guid isPermaLink='false'>n{0}</guid>{1}<description>{2}</description></item>"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def feed(*items: str) -> list[Candidate]:
    data = f"<rss version='2.0'><channel><title>Outlet</title>{''.join(items)}</channel></rss>"
    found = entries.feed(Document(found=FEED, data=data.encode(), url=FEED, retrieved=NOW), ZONE)
    return list(found.candidates)


@pytest.mark.parametrize("link", ["", "<link></link>", "<link>#x</link>", "<link/>"])
def test_an_item_without_a_link_has_no_address(link: str):
    made = feed(*(ITEM.format(n, link, f"The text of number {n} is here.") for n in range(3)))
    assert [(one.url, one.mark) for one in made] == [("", "n0"), ("", "n1"), ("", "n2")]
    assert "SECRET" not in repr([(one.text, one.url, one.more, one.source) for one in made])


@pytest.mark.parametrize("target", ["#top", "", "javascript:void(0)", "?"])
def test_a_link_to_nothing_leads_to_no_feed(target: str):
    (made,) = feed(
        ITEM.format(
            1,
            "<link>https://outlet.example/1</link>",
            f"&lt;p&gt;Read &lt;a href='{target}'&gt;more&lt;/a&gt; of it.&lt;/p&gt;",
        )
    )
    assert "SECRET" not in made.text
    assert "more" in made.text


def read(text: str) -> Candidate | Unfit:
    return texts.written(Document(found="a.md", data=text.encode(), retrieved=NOW), ZONE)


def test_a_draft_of_another_generator_stays_one_and_its_tags_are_topics():
    made = read("---\ntitle: A\ndraft: true\ntags: [Grid, Jobs]\n---\n\nThe county votes on it.\n")
    assert isinstance(made, Candidate)
    assert (made.draft, made.topics) == (True, ("Grid", "Jobs"))


@pytest.mark.parametrize("head", ["---\ntitle: Harbour: the plan\n---\n", "+++\ntitle = 'A'\n+++\n"])
def test_front_matter_that_cannot_be_read_is_no_text(head: str):
    made = read(f"{head}\nThe county votes on it.\n")
    assert isinstance(made, Unfit)
    assert (made.code, made.message) == ("import-malformed", "its front matter cannot be read")


def test_a_line_between_two_rules_is_text():
    assert isinstance(read("---\nWhat the county says\n---\n\nIt votes on it.\n"), Candidate)
