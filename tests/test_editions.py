from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import editions
from generator.editions.issues import anniversaries
from generator.model import Article, Edition, EditionFile, Line, News, Part, Source
from tests.making import NOON, TODAY, a_brief, a_figure, alone, an_article

OPTIONS = editions.Options(title="T", url="https://n.example/x/")


def compose(
    articles: list[Article],
    groups: list[list[str]] | None = None,
    files: Sequence[EditionFile] = (),
    **options: object,
) -> editions.Site:
    made = editions.Options(**{"title": "T", "url": "https://n.example/x/", **options})  # type: ignore[arg-type]
    return editions.compose(
        articles,
        [a_brief(a) for a in articles],
        alone(*(groups or [[a.id] for a in articles])),
        [],
        made,
        files,
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
        for entry in (*(e for s in edition.stories for e in s.entries), *edition.more)
    ]
    assert sorted(seen) == sorted(a.id for a in articles)
    assert [edition.number for edition in site.editions] == list(range(len(site.editions), 0, -1))
    assert all(len(edition.stories) <= limit for edition in site.editions)


# --------------------------------------------------------------------------------------- weight and reasons


def source(*names: str) -> tuple[Source, ...]:
    return tuple(Source(name) for name in names)


WEIGHED = [
    # what the heavier has, what the lighter has, and why it is ahead
    (
        {"pinned": True, "published": NOON - timedelta(hours=5)},
        {"sources": source("A", "B")},
        "because it is pinned",
    ),
    (
        {"sources": source("A", "B"), "published": NOON - timedelta(hours=5)},
        {},
        "by the number of its sources",
    ),
    ({"published": NOON}, {"published": NOON - timedelta(minutes=1)}, "because it is newer"),
    ({"id": "a"}, {"id": "b"}, "by its id, for want of anything else"),
    ({"sources": ()}, {"sources": source("A"), "published": NOON - timedelta(1 / 24)}, "because it is newer"),
]


@pytest.mark.parametrize(("heavy", "light", "why"), WEIGHED)
def test_what_weighs_more_stands_first_and_says_why(heavy: dict, light: dict, why: str):
    first = an_article("First", **{"id": "first", **heavy})
    second = an_article("Second", **{"id": "second", **light})
    for articles in ([first, second], [second, first]):
        stories = compose(articles).editions[0].stories
        assert [story.lead.headline for story in stories] == ["First", "Second"]
        assert stories[0].reasons[-1] == f"ahead of the next {why}"
        assert not stories[1].reasons[-1].startswith("ahead")


def test_a_brief_with_more_to_say_goes_before_one_that_is_newer():
    full, bare = an_article("Full", id="a", published=NOON - timedelta(hours=1)), an_article("Bare", id="b")
    figure = a_figure("$2", "billion", "for turbines")
    briefs = [a_brief(full, key_figures=(figure,)), a_brief(bare, summary=(), key_points=())]
    edition = editions.compose([full, bare], briefs, alone(["a"], ["b"]), [], OPTIONS).editions[0]
    assert edition.stories[0].reasons == (
        "reported by one source",
        "its brief has figures, key points and a summary",
        "published on 23 November 2026 at 11:00",
        "ahead of the next by what its brief has to say",
    )
    assert edition.stories[1].reasons[1] == "its brief has a headline alone"


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ((), "no source named"),
        (source("A"), "reported by one source"),
        (source("A", "B"), "reported by 2 sources"),
    ],
)
def test_sources_are_counted_in_words(sources: tuple[Source, ...], said: str):
    (story,) = compose([an_article("A", sources=sources)]).editions[0].stories
    assert story.reasons[0] == said


# --------------------------------------------------------------------------------------- edition files


def a_file(*stories: str, start: date = TODAY, **more: str) -> EditionFile:
    return EditionFile(start, f"content/editions/{start}.yaml", stories, **more)


def test_listed_stories_stand_first_in_their_order_and_say_so():
    pinned = an_article("Pinned", id="pinned", pinned=True)
    articles = [pinned, *(an_article(name.upper(), id=name) for name in "abc")]
    edition = compose(articles, files=[a_file("c", "gone", "b", title="T", note="N")]).editions[0]
    assert [story.id for story in edition.stories] == ["c", "b", "pinned", "a"]
    assert [story.reasons[0] for story in edition.stories[:3]] == [
        "number 1 in content/editions/2026-11-23.yaml",
        "number 3 in content/editions/2026-11-23.yaml",
        "pinned",
    ]
    assert [story.reasons[-1] for story in edition.stories[:2]] == [
        "ahead of the next by its place in that list",
        "ahead of the next because it is listed",
    ]
    assert (edition.headline, edition.note) == ("T", "N")


def test_a_file_says_nothing_of_another_edition():
    old = an_article("Old", id="old", published=NOON - timedelta(days=1))
    new, old_edition = compose([an_article("New", id="new"), old], files=[a_file("new", title="T")]).editions
    assert (new.headline, old_edition.headline, old_edition.note) == ("T", "", "")


def test_a_listed_story_stays_when_an_earlier_day_turns_out_to_have_told_it():
    before = an_article("Before", id="before", published=NOON - timedelta(days=1))
    after = an_article("After", id="after")
    story = [(Part("before"), Part("after"))]

    def composed(*files: EditionFile) -> editions.Site:
        briefs = [a_brief(before), a_brief(after)]
        return editions.compose([before, after], briefs, story, [], OPTIONS, files)

    assert ([e.id for e in composed().editions[0].again], composed().editions[0].stories) == (["after"], ())
    listed = composed(a_file("after")).editions[0]
    assert (listed.again, [story.id for story in listed.stories]) == ((), ["after"])


LATER = st.builds(
    an_article,
    st.text("klmn", min_size=1, max_size=3),
    published=st.integers(0, 23 * 60).map(lambda n: NOON.replace(hour=0) + timedelta(minutes=n)),
    pinned=st.booleans(),
    sources=st.lists(st.sampled_from("ABC"), unique=True).map(lambda names: source(*names)),
)


@given(
    listed=st.lists(st.sampled_from("abcdef"), unique=True, min_size=1),
    later=st.lists(LATER, max_size=8, unique_by=lambda article: article.id),
    limit=st.integers(1, 8),
    data=st.data(),
)
@settings(max_examples=100)
def test_whatever_comes_later_what_is_listed_stands_first_in_its_order(
    listed: list[str], later: list[Article], limit: int, data: st.DataObject
):
    """A later article may also join a listed story, and even lead it."""
    first = [an_article(f"Story {name}", id=name) for name in "abcdef"]
    joins = {article.id: data.draw(st.sampled_from(["", *"abcdef"])) for article in later}
    groups = [[name, *(late for late, to in joins.items() if to == name)] for name in "abcdef"]
    groups = [data.draw(st.permutations(group)) for group in groups]
    groups += [[late] for late, to in joins.items() if not to]
    files = [a_file(*listed)]
    before = compose(first, files=files, limit=limit).editions[0]
    after = compose([*first, *later], groups, files, limit=limit).editions[0]
    assert before.url == after.url
    told = [
        next(name for name in (story.lead.id, *(other.id for other in story.others)) if name in "abcdef")
        for story in after.stories[: len(listed)]
    ]
    assert told == listed[:limit]
    assert [story.id for story in before.stories[: len(listed)]] == listed[:limit]


# -------------------------------------------------------------------------- roll-ups, on this day, minutes


def test_what_a_file_lists_goes_on_leading_its_story_whatever_comes_later():
    early = an_article("Early", id="early", words=100)
    late = an_article("Late", id="late", words=900)
    file = EditionFile(TODAY, "content/editions/2026-11-23.yaml", ("early",))
    part = Part("late", ("early",))
    site = editions.compose(
        [early, late], [a_brief(a) for a in (early, late)], [(part,)], [], OPTIONS, [file]
    )
    (story,) = site.editions[0].stories
    assert (story.id, [other.id for other in story.others]) == ("early", ["late"])


def days_before(count: int, title: str, **more: object) -> Article:
    return an_article(title, id=title.lower(), published=NOON - timedelta(days=count), **more)  # type: ignore[arg-type]


def test_a_week_is_rolled_up_with_each_story_once():
    """Monday 23 November begins a new week: the week before has two editions, this one has one."""
    wednesday, thursday, other, monday = (
        days_before(5, "Wednesday"),
        days_before(4, "Thursday"),
        days_before(4, "Other", pinned=True),
        days_before(0, "Monday"),
    )
    articles = [wednesday, thursday, other, monday]
    news = News(Line("It is 3.", ("s1",)), "thursday", ("3",))
    stories = [(Part("wednesday"), Part("thursday", (), (news,))), *alone(["other"], ["monday"])]
    site = editions.compose(articles, [a_brief(a) for a in articles], stories, [], OPTIONS)
    (week,) = site.roll_ups
    assert (week.title, week.url, week.start) == (
        "The week of 16 November 2026",
        "editions/2026-w47/",
        date(2026, 11, 16),
    )
    assert [(s.id, [o.id for o in s.days]) for s in week.stories] == [
        ("other", []),
        ("thursday", ["wednesday"]),
    ]
    assert ([e.start.day for e in week.editions], week.articles) == ([18, 19], 3)
    assert [e.roll_up.title if e.roll_up else "" for e in site.editions] == ["", week.title, week.title]
    assert week.stories[0].reasons[0] == "pinned"


def told_in_a_week(*, pinned: bool = False, before: bool = False) -> list[Edition]:
    """A story of Tuesday goes on on Wednesday with news and on Thursday without; perhaps it began before."""
    monday = NOON - timedelta(days=7)  # the 16th
    days = ("friday", -3), ("tuesday", 1), ("wednesday", 2), ("thursday", 3)
    articles = [
        an_article(n.title(), id=n, published=monday + timedelta(days=d), pinned=pinned and n == "tuesday")
        for n, d in days[0 if before else 1 :]
    ]
    news = News(Line("It is 3.", ("s1",)), "wednesday", ("3",))
    parts = [Part(a.id, (), (news,) if a.id == "wednesday" else ()) for a in articles]
    briefs = [a_brief(a) for a in articles]
    return list(editions.compose(articles, briefs, [parts], [], replace(OPTIONS, period="week")).editions)


@pytest.mark.parametrize(
    ("how", "lead", "days", "before", "news"),
    [
        ({}, "wednesday", ["thursday", "tuesday"], "tuesday", 1),
        ({"before": True}, "wednesday", ["thursday", "tuesday"], "friday", 1),
        ({"pinned": True}, "tuesday", ["thursday", "wednesday"], None, 0),
    ],
)
def test_a_weekly_edition_tells_a_story_once_as_it_stood_last(
    how: dict[str, bool], lead: str, days: list[str], before: str | None, news: int
):
    week = told_in_a_week(**how)[0]
    (story,) = week.stories
    assert (story.id, [other.id for other in story.days], len(story.news)) == (lead, days, news)
    assert (story.before and story.before.id) == before
    assert (week.articles, story.story is not None, week.again) == (3, True, ())


def test_a_week_that_adds_nothing_to_a_story_tells_it_below():
    weeks = (NOON - timedelta(days=10), NOON - timedelta(days=6), NOON - timedelta(days=5))
    articles = [an_article(f"D{n}", id=f"d{n}", published=day) for n, day in enumerate(weeks)]
    parts = [Part(article.id) for article in articles]
    options = replace(OPTIONS, period="week")
    site = editions.compose(articles, [a_brief(a) for a in articles], [parts], [], options)
    assert (site.editions[0].stories, [e.id for e in site.editions[0].again]) == ((), ["d2", "d1"])
    assert [made.id for made in site.stories[0].instalments] == ["d2", "d1", "d0"]


def test_roll_ups_are_capped_joined_and_for_daily_sites_alone():
    articles = [days_before(n, f"N{n}") for n in range(1, 21)]
    site = compose(articles, limit=3)
    assert [len(week.stories) for week in site.roll_ups] == [3, 3, 3]
    new, middle, old = site.roll_ups
    assert (new.previous, middle.previous, old.previous) == (
        editions.Link(middle.title, middle.url),
        editions.Link(old.title, old.url),
        None,
    )
    assert compose(articles, period="week").roll_ups == ()


def on_this_day(period: str, *days: str) -> list[list[str]]:
    """What each edition, oldest first, says of earlier years; articles are called by their days."""
    articles = [
        an_article(day, id=day, published=datetime.fromisoformat(f"{day}T12:00+00:00")) for day in days
    ]
    site = compose(articles, period=period)
    return [[entry.id for entry in edition.on_this_day] for edition in reversed(site.editions)]


@pytest.mark.parametrize(
    ("period", "days", "told"),
    [
        ("day", ["2024-11-23", "2025-11-22", "2026-11-23"], [[], [], ["2024-11-23"]]),
        (
            "day",
            [f"20{n}-11-23" for n in range(20, 25)],
            [
                [],
                ["2020-11-23"],
                ["2021-11-23", "2020-11-23"],
                ["2022-11-23", "2021-11-23", "2020-11-23"],
                ["2023-11-23", "2022-11-23", "2021-11-23"],
            ],
        ),
        # The 29th is told again on the 28th of years without one.
        ("day", ["2024-02-28", "2024-02-29", "2025-02-28"], [[], [], ["2024-02-29", "2024-02-28"]]),
        ("day", ["2024-02-29", "2028-02-28", "2028-02-29"], [[], [], ["2024-02-29"]]),
        # 23 November 2026 begins week 48; 24 November 2025 began week 48, too.
        ("week", ["2025-11-24", "2026-11-23"], [[], ["2025-11-24"]]),
        ("week", ["2025-11-23", "2026-11-23"], [[], []]),
        # 2026 has a week 53, 2027 has none.
        ("week", ["2026-12-22", "2026-12-29", "2027-12-29"], [[], [], ["2026-12-29", "2026-12-22"]]),
        ("month", ["2025-11-02", "2025-12-01", "2026-11-30"], [[], [], ["2025-11-02"]]),
    ],
)
def test_on_this_day(period: str, days: list[str], told: list[list[str]]):
    assert on_this_day(period, *days) == told


@given(day=st.dates(date(1001, 1, 1), date(9997, 12, 30)), period=st.sampled_from(["day", "week", "month"]))
def test_every_edition_has_an_anniversary_in_the_following_year(day: date, period: str):
    start = editions.edition_start(datetime(day.year, day.month, day.day), period)  # type: ignore[arg-type]
    year = start.isocalendar().year if period == "week" else start.year
    key = anniversaries(start, period)[0]  # type: ignore[arg-type]
    following = (date(year + 1, 1, 1) + timedelta(days=n) for n in range(-6, 372))
    starts = {editions.edition_start(datetime(d.year, d.month, d.day), period) for d in following}  # type: ignore[arg-type]
    within = [s for s in starts if (s.isocalendar().year if period == "week" else s.year) == year + 1]
    assert sum(key in anniversaries(s, period) for s in within) == 1  # type: ignore[arg-type]


def test_minutes_count_headlines_and_summaries_of_the_front_alone():
    articles = [an_article(f"N{n}", id=f"n{n}", published=NOON - timedelta(minutes=n)) for n in range(4)]
    long = Line(" ".join(["word"] * 229), ("s1",))
    briefs = [a_brief(article, summary=(long,)) for article in articles]
    site = editions.compose(
        articles,
        briefs,
        alone(*([a.id] for a in articles)),
        [],
        editions.Options("T", "https://n.example/", limit=3),
    )
    assert (len(site.editions[0].stories), site.editions[0].minutes) == (3, 3)
