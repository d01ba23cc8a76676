from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import editions
from generator.model import Article, Source
from tests.making import NOON, a_brief, a_figure, alone, an_article

OPTIONS = editions.Options(title="T", url="https://n.example/x/")


def compose(
    articles: list[Article], groups: list[list[str]] | None = None, **options: object
) -> editions.Site:
    made = editions.Options(**{"title": "T", "url": "https://n.example/x/", **options})  # type: ignore[arg-type]
    return editions.compose(
        articles, [a_brief(a) for a in articles], alone(*(groups or [[a.id] for a in articles])), [], made
    )


@pytest.mark.parametrize(
    ("period", "moment", "start", "title"),
    [
        ("day", "2026-11-23T23:59", date(2026, 11, 23), "Monday 23 November 2026"),
        ("week", "2026-11-22T23:59", date(2026, 11, 16), "Week of 16 November 2026"),
        ("week", "2026-01-01T00:00", date(2025, 12, 29), "Week of 29 December 2025"),
        ("month", "2026-02-28T12:00", date(2026, 2, 1), "February 2026"),
    ],
)
def test_periods(period: editions.Period, moment: str, start: date, title: str):
    published = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert editions.edition_start(published, period) == start
    assert editions.edition_title(start, period) == title


def test_stories_stand_in_the_order_of_their_weight():
    pinned = an_article("Pinned", id="pinned", pinned=True, published=NOON - timedelta(hours=9))
    two = an_article("Two outlets", id="two", published=NOON - timedelta(hours=8))
    other = an_article("Also", id="also", sources=(Source("Post"),), published=NOON - timedelta(hours=7))
    late = an_article("Late", id="late", published=NOON)
    early = an_article("Early", id="early", published=NOON - timedelta(hours=2))
    site = compose([early, late, two, other, pinned], [["early"], ["late"], ["two", "also"], ["pinned"]])
    assert [story.id for story in site.editions[0].stories] == ["pinned", "two", "late", "early"]
    assert (site.editions[0].articles, site.editions[0].sources) == (5, 2)


def test_the_limit_moves_stories_but_loses_none():
    articles = [an_article(f"Number {n}", published=NOON - timedelta(minutes=n)) for n in range(5)]
    edition = compose(articles, limit=3).editions[0]
    assert [story.lead.headline for story in edition.stories] == ["Number 0", "Number 1", "Number 2"]
    assert [entry.headline for entry in edition.more] == ["Number 3", "Number 4"]


def test_editions_are_numbered_and_joined():
    articles = [an_article(f"Day {n}", published=NOON - timedelta(days=2 * n)) for n in range(3)]
    new, middle, old = compose(articles).editions
    assert (old.number, middle.number, new.number) == (1, 2, 3)
    assert (old.previous, middle.previous and middle.previous.url) == (None, old.url)
    assert (new.next, middle.next and middle.next.title) == (None, new.title)


def test_a_topic_is_its_slug_and_written_as_most_do():
    articles = [
        an_article(name, topics=(spelling,), published=NOON - timedelta(minutes=n))
        for n, (name, spelling) in enumerate(
            [("a", "on-site power"), ("b", "On-site power"), ("c", "On-site power"), ("d", "Grid")]
        )
    ]
    site = compose(articles)
    assert [(topic.name, topic.slug, len(topic.entries)) for topic in site.topics] == [
        ("Grid", "grid", 1),
        ("On-site power", "on-site-power", 3),
    ]


def test_figures_of_an_edition_come_one_an_article_and_never_twice():
    first, second = an_article("A", id="a"), an_article("B", id="b", published=NOON - timedelta(hours=1))
    same = a_figure("$2", "billion", "for turbines")
    long = a_figure("7", "percent", " ".join(["word"] * 16))
    figures = {"a": (long, same), "b": (same, a_figure("9", "GW", "of power"))}
    briefs = [a_brief(a, key_figures=figures[a.id]) for a in (first, second)]
    site = editions.compose([first, second], briefs, alone(["a"], ["b"]), [], OPTIONS)
    assert [(f.figure.value, f.entry.id) for f in site.editions[0].figures] == [("$2", "a"), ("9", "b")]


def test_a_figure_with_a_unit_goes_before_a_bare_number():
    article = an_article("A", id="a")
    brief = a_brief(article, key_figures=(a_figure("48", "", "of them"), a_figure("€3", "", "each")))
    site = editions.compose([article], [brief], alone(["a"]), [], OPTIONS)
    assert [f.figure.value for f in site.editions[0].figures] == ["€3"]


def test_an_edition_that_begins_in_another_month_is_in_the_archive():
    site = compose([an_article("A", published=datetime(2026, 12, 1, tzinfo=ZoneInfo("UTC")))], period="week")
    assert [(m.year, m.month, len(m.editions), len(m.entries)) for m in site.months] == [
        (2026, 12, 0, 1),
        (2026, 11, 1, 0),
    ]


def test_no_article_is_a_site_too():
    site = compose([])
    assert (site.entries, site.editions, site.topics, site.months) == ((), (), (), ())
    assert site.base == "/x/"


MINUTES = st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=15, unique=True)


@given(
    minutes=MINUTES, limit=st.integers(1, 4), period=st.sampled_from(["day", "week", "month"]), data=st.data()
)
@settings(max_examples=60)
def test_every_article_stands_once_in_one_edition(
    minutes: list[int], limit: int, period: str, data: st.DataObject
):
    articles = [an_article(f"N {n}", published=NOON - timedelta(minutes=n)) for n in minutes]
    site = compose(articles, limit=limit, period=period)
    shuffled = data.draw(st.permutations(articles))
    assert compose(shuffled, [[a.id] for a in articles], limit=limit, period=period) == site
    seen = [
        entry.id
        for edition in site.editions
        for entry in (*(e for s in edition.stories for e in (s.lead, *s.others)), *edition.more)
    ]
    assert sorted(seen) == sorted(a.id for a in articles)
    assert [edition.number for edition in site.editions] == list(range(len(site.editions), 0, -1))
    assert all(len(edition.stories) <= limit for edition in site.editions)
