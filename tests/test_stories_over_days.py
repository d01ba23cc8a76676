"""Stories that go on: what is linked, what is new, what never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import stories, text
from generator.keys import Keys, Known
from generator.model import Article, Brief, DateMention, Line, Part, Sentence
from generator.stories import measure
from generator.stories.dates import dates_named
from generator.stories.events import COMMON
from generator.stories.facts import numbers, telling, told_in
from generator.stories.past import NEAREST, WINDOW
from generator.summarise.extractive import Extractive
from tests.making import NOON, Kept, a_brief, an_article

FOLDER = Path(__file__).parent / "stories"
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
KNOWN_TO_BE_WRONG = {
    ("cup-quarter-0", "cup-semi-0"),
    ("market-tuesday-0", "market-thursday-0"),
    ("cyber-attack-0", "brennick-hospital-0"),
    ("cyber-attack-1", "brennick-hospital-0"),
    ("brennick-hospital-0", "cyber-attack-2"),
    ("cyber-attack-2", "brennick-hospital-0"),
}
LEAST_RECALL = 0.9


def edition_of(article: Article) -> date:
    return article.published.date()


def an_article_of(told: str, title: str = "A report", *, day: int = 0, **overrides: object) -> Article:
    sentences = [told[start:end].strip() for start, end in text.sentences(told)]
    made = (
        Sentence("s0", title, 0, kind="title"),
        *(Sentence(f"s{n}", s, 1) for n, s in enumerate(sentences, 1)),
    )
    return an_article(title, published=START + timedelta(days=day), sentences=made, **overrides)


@cache
def affairs(name: str) -> tuple[tuple[str, Article, Brief], ...]:
    brief = Extractive()
    made = []
    for affair in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")):
        for number, told in enumerate(affair["articles"]):
            article = an_article_of(
                told["text"],
                told["title"],
                day=told["day"],
                id=f"{affair['story']}-{number}".replace(" ", "-"),
                lang=affair.get("lang", "en"),
            )
            made.append((affair["story"], article, brief(article)))
    return tuple(made)


def parts_of(articles: list[Article], briefs: list[Brief] | None = None) -> tuple[tuple[Part, ...], ...]:
    return stories.group(articles, briefs or [a_brief(a) for a in articles])


def ids(part: Part) -> tuple[str, ...]:
    return (part.lead, *part.others)


def story_of(told: tuple[tuple[Part, ...], ...]) -> dict[str, int]:
    return {name: number for number, story in enumerate(told) for part in story for name in ids(part)}


@cache
def grouped(name: str) -> tuple[tuple[Part, ...], ...]:
    _, articles, briefs = zip(*affairs(name), strict=True)
    return parts_of(list(articles), list(briefs))


@pytest.mark.parametrize("name", ["chosen", "held"])
def test_what_is_joined_is_one_affair(name: str):
    story = story_of(grouped(name))
    wrong = [
        (one.id, other.id)
        for (affair, one, _), (another, other, _) in combinations(affairs(name), 2)
        if affair != another and story[one.id] == story[other.id]
    ]
    assert [pair for pair in wrong if pair not in KNOWN_TO_BE_WRONG] == []


@pytest.mark.parametrize("name", ["chosen", "held"])
def test_most_of_an_affair_is_found(name: str):
    story = story_of(grouped(name))
    pairs = [
        story[one.id] == story[other.id]
        for (affair, one, _), (another, other, _) in combinations(affairs(name), 2)
        if affair == another
    ]
    assert sum(pairs) >= LEAST_RECALL * len(pairs)


SHAPES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 66), st.sampled_from(["", "", "", "one", "two", "none"])),
    min_size=1,
    max_size=14,
)


def shaped(shapes: list[tuple[int, int, str]]) -> tuple[list[Article], list[Brief]]:
    """Articles of the cases on any days, with any keys."""
    made = affairs("chosen")
    articles = [
        replace(made[which][1], id=f"{n}", published=START + timedelta(days=day), story=key)
        for n, (day, which, key) in enumerate(shapes)
    ]
    return articles, [made[which][2] for _, which, _ in shapes]


@given(shapes=SHAPES, seed=st.integers())
@settings(max_examples=60, deadline=None)
def test_every_article_stands_in_one_part_of_one_story(shapes: list[tuple[int, int, str]], seed: int):
    articles, briefs = shaped(shapes)
    told = parts_of(articles, briefs)
    assert sorted(name for story in told for part in story for name in ids(part)) == sorted(
        a.id for a in articles
    )
    by_id = {article.id: article for article in articles}
    for story in told:
        days = [{edition_of(by_id[name]) for name in ids(part)} for part in story]
        assert all(len(some) == 1 for some in days)
        assert days == sorted(days, key=min)
        assert len({min(some) for some in days}) == len(days)
        assert story[0].news == ()
    both = list(zip(articles, briefs, strict=True))
    Random(seed).shuffle(both)
    assert parts_of([a for a, _ in both], [b for _, b in both]) == told


@given(shapes=SHAPES)
@settings(max_examples=60, deadline=None)
def test_keys_force_and_forbid(shapes: list[tuple[int, int, str]]):
    articles, briefs = shaped(shapes)
    story = story_of(parts_of(articles, briefs))
    for one, other in combinations(articles, 2):
        together = story[one.id] == story[other.id]
        if "none" in (one.story, other.story):
            assert not together
        elif one.story and other.story:
            assert together == (one.story == other.story)


@given(shapes=SHAPES, until=st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_the_future_does_not_change_the_past(shapes: list[tuple[int, int, str]], until: int):
    """Not even a key: every story up to a day is the beginning of a story, news and all."""
    articles, briefs = shaped(shapes)
    both = [(a, b) for a, b in zip(articles, briefs, strict=True) if edition_of(a) <= day_of(until)]
    before = parts_of([a for a, _ in both], [b for _, b in both])
    after = parts_of(articles, briefs)
    assert [story[: len(old)] for story, old in zip(after, before, strict=False)] == list(before)


DAYS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 66)), min_size=4, max_size=24)


@given(days=DAYS, changed=st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_a_change_reaches_no_further_than_it_must(days: list[tuple[int, int]], changed: int):
    """Locality: an edition is weighed by two weeks, and what it looks back on by the two weeks before."""
    articles, briefs = shaped([(day, which, "") for day, which in days])
    other = [(a, b) for a, b in zip(articles, briefs, strict=True) if edition_of(a) != day_of(changed)]
    reach = day_of(changed) + 2 * WINDOW
    day = {article.id: edition_of(article) for article in articles}

    def beyond(told: tuple[tuple[Part, ...], ...]) -> list[tuple[Part, ...]]:
        return [story for story in told if day[story[0].lead] > reach]

    assert beyond(parts_of(articles, briefs)) == beyond(
        parts_of([a for a, _ in other], [b for _, b in other])
    )


def day_of(number: int) -> date:
    return (START + timedelta(days=number)).date()


def test_a_name_that_stands_everywhere_costs_no_more_than_another(monkeypatch: pytest.MonkeyPatch):
    counted: list[str] = []
    for name in ("alike", "follows"):
        real = getattr(measure, name)
        monkeypatch.setattr(
            measure, name, lambda one, other, real=real: counted.append(one.id) or real(one, other)
        )
    made = [
        an_article_of(f"Corvane spoke of matter{n} at Llano Verde in Texas.", id=f"{n}", day=n // 100)
        for n in range(400)
    ]
    parts_of(made)
    assert 0 < len(counted) <= len(made) * (2 * COMMON + NEAREST)


def test_a_key_joins_over_any_distance():
    one = an_article_of("Corvane builds a hall at Llano Verde.", id="one", story="corvane")
    two = an_article_of("Nothing of the kind was said in Lima.", id="two", story="corvane", day=400)
    assert [ids(part) for part in parts_of([one, two])[0]] == [("one",), ("two",)]


def test_an_article_without_a_key_joins_a_keyed_story():
    one, two = ({a.id: a for _, a, _ in affairs("chosen")}[f"spy-balloon-{n}"] for n in (0, 1))
    assert len(parts_of([replace(one, story="balloon"), two])) == 1
    assert len(parts_of([one, replace(two, story="balloon")])) == 1
    assert len(parts_of([replace(one, story="crash"), replace(two, story="balloon")])) == 2
    assert len(parts_of([one, replace(two, story="none")])) == 2


def test_keys_hold_copies_apart():
    one = an_article("A release", id="one")
    assert len(parts_of([one, replace(one, id="two", story="none")])) == 2
    assert len(parts_of([replace(one, story="this"), replace(one, id="two", story="that")])) == 2


def test_a_story_ends_when_nothing_follows_for_two_weeks():
    one = an_article("A release", id="one")

    def after(days: int) -> int:
        return len(parts_of([one, replace(one, id="two", published=NOON + timedelta(days=days))]))

    assert (after(WINDOW.days), after(WINDOW.days + 1)) == (1, 2)


def test_a_copy_adds_nothing():
    made = [a for _, a, _ in affairs("chosen") if a.id == "ferry-fire-0"]
    again = replace(made[0], id="again", published=START + timedelta(days=2))
    [[_, later]] = parts_of([made[0], again], [Extractive()(a) for a in (made[0], again)])
    assert (later.lead, later.news) == ("again", ())


def test_news_is_what_no_earlier_part_holds():
    told = {ids(part): part.news for story in grouped("chosen") for part in story}
    toll = told["quake-one-1",]
    assert toll[0].adds == ("61",)
    assert all(news.article == "quake-one-1" and news.line.evidence for news in toll)
    vaccine = told["drug-trial-2",]
    assert {add for news in vaccine for add in news.adds} == {"$4", "World Health Organization", "April"}
    assert all(len(news) <= 3 for news in told.values())


@pytest.mark.parametrize(
    ("earlier", "later", "adds"),
    [
        ("Corvane paid 1,200 dollars.", "Corvane paid 1.2 thousand dollars.", ()),
        ("It cost $6.4 billion.", "It cost 6,400 million dollars.", ()),
        ("It cost $2.31 billion.", "It cost about $2.3 billion.", ()),
        ("It rose 12 percent.", "It rose 12%.", ()),
        ("It took 48 turbines.", "It took 48 percent.", ("48 percent",)),
        ("It opens on 9 December.", "It opens on December 9 after 62 days.", ("62 days",)),
        ("It was built in 2019.", "It was built in 2019 by 31 men.", ("31 men",)),
        ("It was built.", "The T4 was built by hand.", ()),
        ("It was built.", "It was built in three years.", ("three years",)),
        ("It took 3 years.", "It was built in three years.", ()),
    ],
)
def test_numbers_are_compared_by_value(earlier: str, later: str, adds: tuple[str, ...]):
    one = an_article_of(f"The Harrow works are old. {earlier}", id="one", story="works")
    two = an_article_of(f"The Harrow works are old. {later}", id="two", story="works", day=1)
    [[_, part]] = parts_of([one, two])
    assert tuple(add for news in part.news for add in news.adds) == adds


@pytest.mark.parametrize(
    ("told", "lang", "values"),
    [
        (
            "Es kostet 2.600 Euro, 3,2 Millionen Dollar und 1,5 Milliarden.",
            "de",
            ["2600", "3200000", "1500000000"],
        ),
        ("Il y a 380 000 euros et 4 milliards.", "fr", ["380000", "4000000000"]),
        ("Son 2.300 hectáreas y 12 mil millones.", "es", ["2300", "12000000000"]),
        ("Am 7. Dezember 2026 um 12:30 Uhr, 15 Prozent.", "de", ["15%"]),
        ("A T4 of 2026 cost $5, 3-1 and 7.", "en", ["5"]),
        (
            "A German Billion is not 1 billion: 2 bn, 3 million.",
            "en",
            ["1000000000", "2000000000", "3000000"],
        ),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(told: str, lang: str, values: list[str]):
    assert [fact.key for fact in numbers(told, lang)] == values


@pytest.mark.parametrize(
    ("told", "lang", "named"),
    [
        ("On May 5 they may meet; mayors of Mayo did in 2026, in MAY.", "en", {"2026", "--05", "--05-05"}),
        ("3. März, 12. mai und Maifest; Straße am 4. Dez", "de", {"--03-03", "--05-12", "--12-04"}),
        ("le 12 de avrıl, le 3 AVRİL, le 4 AVRIL", "fr", {"--04-12", "--04-03", "--04-04"}),
        ("decided, marched, junior, Augusta, octopus, Jan's", "en", {"--01"}),
    ],
)
def test_dates_are_found_where_they_are_words_of_their_own(told: str, lang: str, named: set[str]):
    assert dates_named(told, lang) == {*named, *(it[:4] for it in named if it.startswith("--"))}


def test_a_month_within_a_day_is_no_date_of_its_own():
    line = Line("A hearing takes place on 20 January 2027.", ("s1",))
    article = an_article_of(line.text)
    dates = tuple(
        DateMention(text, iso, line)
        for text, iso in (("January", "2027-01"), ("20 January 2027", "2027-01-20"))
    )
    facts = told_in(line, telling(article, a_brief(article, dates=dates)))
    assert [fact.told for fact in facts if fact.kind == "date"] == ["20 January 2027"]


def test_a_surname_is_not_a_new_name():
    one = an_article_of(
        "Corvane said it. Mr Ostrander chairs the court of Llano Verde.", id="one", story="court"
    )
    two = an_article_of(
        "Judge Carl Ostrander met Beatrix Oyelaran in Sweet Draw.", id="two", story="court", day=1
    )
    brief = Extractive()
    [[_, part]] = parts_of([one, two], [brief(one), brief(two)])
    adds = [add for news in part.news for add in news.adds]
    assert "Beatrix Oyelaran" in adds
    assert not any("Ostrander" in add for add in adds)


def test_every_join_has_reasons():
    _, articles, briefs = map(list, zip(*affairs("chosen"), strict=True))
    articles[0] = replace(articles[0], story="ferry")
    reasons = stories.why(articles, briefs)
    told = parts_of(articles, briefs)
    joined = {name for story in told for part in story for name in ids(part) if len(story) > 1 or part.others}
    assert {name for name, said in reasons.items() if said} == joined
    [reason] = reasons["spy-balloon-1"]
    assert reason.startswith(
        "follows “Weather balloon brings down a crop plane near Sweet Draw” of 2026-11-11: alike 0."
    )
    assert "Stratos" in reason
    forced = [replace(a, story="one") for a in articles[:2]]
    assert "story: one" in stories.why(forced, briefs[:2])[forced[0].id][0]


def test_an_old_change_that_joins_no_others_is_told_again_in_its_own_fortnights():
    told = "The port of Wells opens its north quay on Monday. Ada Moreno said that 300 ships will call there."
    pair = [an_article_of(told, "Port opens quay", id=f"port-{n}") for n in range(2)]
    later = [
        an_article_of(f"Report {n} is about fields and rivers.", f"Report {n}", id=f"later-{n}", day=7 * n)
        for n in range(1, 24)
    ]
    memory = Kept()

    def grouped_now(articles: list[Article]) -> tuple[tuple[Part, ...], ...]:
        briefs = [a_brief(article) for article in articles]
        return stories.group(articles, briefs, memory=memory, known=Known(Keys()))

    before = grouped_now([*pair, *later])
    chapters = len(memory.kept)
    more = "Officials of the county praised the builders. A second quay, for ferries, may follow in 2029."
    changed = an_article_of(f"{told} {more}", "Port opens quay", id="port-1")
    after = grouped_now([pair[0], changed, *later])
    assert chapters > 10
    assert len(memory.kept) - chapters <= 3
    assert story_of(after) == story_of(before)
    assert after == parts_of([pair[0], changed, *later])


def test_what_each_part_adds_is_found_by_any_map():
    _, articles, briefs = map(list, zip(*affairs("chosen"), strict=True))
    asked: list[int] = []

    def last_first(work: Callable[[object], object], items: Iterable[object]) -> list[object]:
        todo = list(items)
        asked.append(len(todo))
        return [work(item) for item in reversed(todo)][::-1]

    memory = Kept()
    made = [
        stories.group(articles, briefs, memory=memory, known=Known(Keys()), map=last_first) for _ in range(2)
    ]
    assert made == [parts_of(articles, briefs)] * 2
    assert any(part.news for story in made[0] for part in story)
    assert asked[0] > 1
    assert asked[1] == 0, "what is kept is not found again"
