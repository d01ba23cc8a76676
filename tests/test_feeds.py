from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from lxml import etree

from generator import config, feeds
from generator.model import Article, Correction, Line, Site, Source
from generator.problems import InvalidSource
from tests.building import write_site
from tests.making import NOON, a_brief, a_figure, a_site, an_article

AUTHORITY = "switchyard.example,2026"


def render(
    articles: list[Article], content: str = "brief", site: Site | None = None, items: int = 30
) -> dict[str, bytes]:
    made = site or a_site(articles)
    options = feeds.Options(AUTHORITY, items, content)  # type: ignore[arg-type]
    files, problems = feeds.render(feeds.listed(made, options), made, {a.id: a for a in articles}, options)
    assert problems == []
    return {file.path: file.data for file in files}


def parsed(data: bytes) -> feedparser.FeedParserDict:
    feed = feedparser.parse(data)
    assert feed.bozo == 0
    return feed


ONE = an_article("One", id="one")
TWO = an_article(
    "Two", id="two", published=NOON - timedelta(days=1), topics=("Grid",), authors=("Ada", "Ben")
)


def test_a_reader_finds_what_was_published():
    feed = parsed(render([ONE, TWO])["feed.xml"])
    assert (feed.feed.title, feed.feed.link, feed.feed.language) == (
        "The Switchyard",
        "https://switchyard.example/",
        "en",
    )
    assert [entry.title for entry in feed.entries] == ["One", "Two"]
    first, second = feed.entries
    assert first.link == "https://switchyard.example/2026/11/one/"
    assert first.id == "tag:switchyard.example,2026:one"
    assert first.guidislink is False
    assert datetime(*first.published_parsed[:6], tzinfo=UTC) == NOON
    assert [tag.term for tag in second.tags] == ["Grid"]
    assert [author.name for author in second.authors] == ["Ada", "Ben"]
    assert first.source.href == "https://harbourwire.example/one"


def test_each_topic_has_a_feed_of_its_own():
    made = render([ONE, TWO])
    assert sorted(path for path in made if path.startswith("topics/") and path.endswith("feed.xml")) == [
        "topics/grid/feed.xml",
        "topics/on-site-power/feed.xml",
    ]
    assert [entry.title for entry in parsed(made["topics/grid/feed.xml"]).entries] == ["Two"]


def test_links_come_self_first_and_the_page_as_the_channels_own():
    root = etree.fromstring(render([ONE])["feed.xml"])
    channel = root.find("channel")
    assert channel.findtext("link") == "https://switchyard.example/"
    atom = channel.find("{http://www.w3.org/2005/Atom}link")
    assert (atom.get("rel"), atom.get("href")) == ("self", "https://switchyard.example/feed.xml")


def test_the_date_is_that_of_the_last_change_whenever_it_is_built():
    updated = NOON + timedelta(hours=3)
    changed = an_article("Two", id="two", published=NOON - timedelta(days=1), updated=updated)
    feed = parsed(render([ONE, changed])["feed.xml"])
    assert datetime(*feed.feed.updated_parsed[:6], tzinfo=UTC) == updated
    assert render([ONE, changed]) == render([ONE, changed])


def test_ids_outlive_title_slug_and_domain():
    renamed = an_article("Another headline", id="one", slug="elsewhere")
    before = parsed(render([ONE])["feed.xml"]).entries[0].id
    after = render([renamed], site=a_site([renamed], url="https://moved.example/x/"))["feed.xml"]
    assert parsed(after).entries[0].id == before
    assert parsed(after).entries[0].link == "https://moved.example/x/2026/11/elsewhere/"


def test_a_moment_is_the_same_in_any_zone():
    berlin = an_article("One", id="one", published=NOON.astimezone(ZoneInfo("Europe/Berlin")))
    assert parsed(render([berlin])["feed.xml"]).entries[0].published_parsed == NOON.timetuple()


@pytest.mark.parametrize(
    "title",
    [
        "<b>bold</b> & <script>alert(1)</script>",
        "a ]]> b",
        "&amp; &lt;",
        "bell\x07 and \ud800",
        "\u202eعنوان من اليمين\u202c",
        "<![CDATA[ x",
        "\ufffe\uffff <?xml?>",
        "x" * 3000,
    ],
)
def test_any_title_gives_a_valid_feed(title: str):
    data = render([an_article(title, id="one", slug="one")])["feed.xml"]
    etree.fromstring(data)
    told = parsed(data).entries[0]
    assert "<script" not in told.get("summary", "")
    expected = "".join(c for c in title if c not in "\x07\ud800\ufffe\uffff")
    assert etree.fromstring(data).findtext("channel/item/title") == expected


def test_control_characters_are_stripped_wherever_they_stand():
    article = an_article(
        "One", id="one", authors=("A\x00da",), topics=("G\x0brid",), sources=(Source("W\x1fire", "https://w.example/\x01"),)
    )  # fmt: skip
    site = a_site([article], title="The\x08 Sheet", description="\x0c")
    for content in ("brief", "full", "excerpt"):
        data = render([article], content, site)["feed.xml"]
        entry = parsed(data).entries[0]
        assert (entry.author, entry.tags[0].term, entry.source.title) == ("Ada", "Grid", "Wire")


def content_of(articles: list[Article], kind: str, **brief: object) -> str:
    briefs = {a.id: a_brief(a, **brief) for a in articles}
    data = render(articles, kind, a_site(articles, briefs=briefs))["feed.xml"]
    return str(etree.fromstring(data).findtext("channel/item/description"))


def test_a_brief_has_labels_evidence_and_the_way_on():
    html = content_of([ONE], "brief", key_figures=(a_figure("$2.3", "billion", "48 turbines & more"),))
    assert "<strong>Key points</strong>" in html
    assert "<li><strong>$2.3 billion</strong>: 48 turbines &amp; more" in html
    assert '<a href="https://switchyard.example/2026/11/one/#s1">[1]</a>' in html
    assert 'Read the article at <a href="https://harbourwire.example/one">Harbour Wire</a>' in html


def test_an_excerpt_is_the_summary_alone():
    first, second = (line.text for line in a_brief(ONE).summary)
    assert content_of([ONE], "excerpt") == f"<p>{first} {second}</p>"


@pytest.mark.parametrize("content", ["brief", "excerpt"])
def test_what_a_line_says_is_text(content: str):
    html = content_of([ONE], content, summary=(Line("a <b> & </p> ]]> c", ("s1",)),))
    assert html.startswith("<p>a &lt;b&gt; &amp; &lt;/p&gt; ]]&gt; c")


@pytest.mark.parametrize("content", ["brief", "full", "excerpt"])
def test_an_article_without_a_brief_or_a_text_still_gives_a_valid_item(content: str):
    article = an_article("One", id="one", html="")
    site = a_site([article], briefs={"one": a_brief(article, summary=(), key_points=())})
    assert [e.title for e in parsed(render([article], content, site)["feed.xml"]).entries] == ["One"]


def test_full_text_has_absolute_addresses_alone():
    made = '<p id="t-x"><span class="s" id="s1">See <a href="#t-x">x</a>, <a href="site:about/">us</a></span> <img src="site:2026/11/one/p.svg" alt=""></p>'
    html = content_of([an_article("One", id="one", html=made)], "full")
    assert 'href="https://switchyard.example/2026/11/one/#t-x"' in html
    assert 'href="https://switchyard.example/about/"' in html
    assert 'src="https://switchyard.example/2026/11/one/p.svg"' in html
    assert "<span" not in html


def test_only_our_own_spans_are_taken_out():
    made = (
        '<p><span class="s" id="s1">a <span lang="fr">b</span></span> <em><span class="s">c</span></em></p>'
    )
    html = content_of([an_article("One", id="one", html=made)], "full")
    assert html == '<p>a <span lang="fr">b</span> <em>c</em></p>'


def test_what_only_looks_like_an_address_is_left_as_it_is():
    made = '<p><abbr title="#5 of ten">x</abbr></p>'
    assert content_of([an_article("One", id="one", html=made)], "full") == made


def test_addresses_are_encoded_once():
    made = '<a href="site:2026/11/über/?a=1&amp;b=%20#s1">x</a> <code>=&quot;site:x&quot;</code>'
    html = content_of([an_article("One", id="one", html=made)], "full")
    assert html == (
        '<a href="https://switchyard.example/2026/11/%C3%BCber/?a=1&amp;b=%20#s1">x</a>'
        " <code>=&quot;site:x&quot;</code>"
    )


def test_a_feed_is_as_long_as_asked_for():
    articles = [an_article(f"N {n}", published=NOON - timedelta(hours=n)) for n in range(5)]
    assert [e.title for e in parsed(render(articles, items=2)["feed.xml"]).entries] == ["N 0", "N 1"]


def test_an_empty_site_has_a_feed_that_says_nothing_of_the_build():
    data = render([], site=a_site([]))["feed.xml"]
    assert parsed(data).entries == []
    assert b"1970" in data


def test_a_foreign_locale_changes_no_date_and_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    def touched(*_: object) -> str:
        raise AssertionError("the locale belongs to the whole process")

    monkeypatch.setattr(locale, "setlocale", touched)
    feed = etree.fromstring(render([ONE])["feed.xml"])
    assert feed.findtext("channel/lastBuildDate") == "Mon, 23 Nov 2026 12:00:00 +0000"
    assert feed.findtext("channel/item/pubDate") == "Mon, 23 Nov 2026 12:00:00 +0000"


def test_only_a_source_with_an_address_is_named():
    article = an_article("One", id="one", sources=(Source("Desk"),))
    assert parsed(render([article])["feed.xml"]).entries[0].get("source") is None


def corrected(*corrections: Correction, **overrides: object) -> Article:
    """The article of the day before; its corrections are handed over oldest first."""
    newest = max((correction.date for correction in corrections), default=TWO.published)
    values = {"published": TWO.published, "updated": newest, "topics": ("Grid",), **overrides}
    return an_article("Two", id="two", corrections=corrections[::-1], **values)  # type: ignore[arg-type]


FIRST = Correction(NOON + timedelta(hours=1), "The loan is $3 billion, not $2 billion.")
SECOND = Correction(NOON + timedelta(hours=2), "Halden & Sons lends <nothing>.")


def test_a_correction_is_an_item_of_its_own_at_its_own_date():
    made = render([ONE, corrected(FIRST)])
    for path, titles in (
        ("feed.xml", ["Correction: Two", "One", "Two"]),
        ("topics/grid/feed.xml", ["Correction: Two", "Two"]),
        ("topics/on-site-power/feed.xml", ["One"]),
    ):
        assert [entry.title for entry in parsed(made[path]).entries] == titles
    item = parsed(made["feed.xml"]).entries[0]
    assert (item.id, item.guidislink) == ("tag:switchyard.example,2026:two/correction/2026-11-23/1", False)
    assert item.link == "https://switchyard.example/2026/11/two/"
    assert datetime(*item.published_parsed[:6], tzinfo=UTC) == FIRST.date
    assert FIRST.text in item.description
    assert [tag.term for tag in item.tags] == ["Grid"]


def test_a_later_correction_changes_nothing_of_an_earlier_one():
    later = Correction(SECOND.date + timedelta(days=1), "Once more.")
    before = parsed(render([corrected(FIRST)])["feed.xml"]).entries
    after = parsed(render([corrected(FIRST, SECOND, later)])["feed.xml"]).entries
    assert [entry.id.rpartition("correction/")[2] for entry in after[:-1]] == [
        "2026-11-24/1",
        "2026-11-23/2",
        "2026-11-23/1",
    ]
    assert [dict(entry) for entry in after[2:]] == [dict(entry) for entry in before]
    assert "Halden &amp; Sons lends &lt;nothing&gt;." in after[1].description


def test_corrections_and_articles_share_the_room_of_a_feed():
    made = render([ONE, corrected(FIRST, SECOND)], items=3)
    assert [entry.title for entry in parsed(made["feed.xml"]).entries] == ["Correction: Two"] * 2 + ["One"]
    assert datetime(*parsed(made["feed.xml"]).feed.updated_parsed[:6], tzinfo=UTC) == SECOND.date


def test_an_article_corrected_at_the_moment_of_publication_comes_after_the_correction():
    fixed = corrected(Correction(TWO.published, "It was 3."))
    assert [entry.title for entry in parsed(render([fixed])["feed.xml"]).entries] == [
        "Correction: Two",
        "Two",
    ]


def test_the_correction_of_an_article_long_gone_from_the_feed_is_in_it():
    news = [an_article(f"N {n}", published=NOON - timedelta(minutes=n)) for n in range(5)]
    old = corrected(FIRST, published=NOON - timedelta(days=900))
    entries = parsed(render([*news, old], items=3)["feed.xml"]).entries
    assert entries[0].title == "Correction: Two"


def test_a_hub_is_a_whole_address_of_the_web(tmp_path: Path):
    def hub(written: str) -> str:
        folder = write_site(
            tmp_path, {"config.yaml": f"title: T\nurl: https://a.example/\nfeed: {{hub: {written}}}\n"}
        )
        return config.read(folder).config.feed_hub

    assert hub("https://hub.example/") == "https://hub.example/"
    for written in ("/hub/", "mailto:hub@hub.example", "[]"):
        with pytest.raises(InvalidSource) as raised:
            hub(written)
        assert [problem.code for problem in raised.value.problems] == ["bad-url"]
