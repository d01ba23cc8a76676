from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import stories
from generator.model import Article, Source
from generator.stories import measure
from tests.making import NOON, a_brief, an_article

# Each group: one event in the words of several outlets (headline, first sentences). All on one day, many
# on the same subjects and companies as the next group.
EVENTS = [
    [
        (
            "Corvane will run its Texas campus without the grid until 2031",
            "Corvane will power its 1.2-gigawatt campus at Llano Verde from its own turbines.",
            "Ardent Power sells it 48 turbines for $2.3 billion.",
        ),
        (
            "County votes for a power plant nobody else may use",
            "Commissioners at Llano Verde approved a plan by Corvane to make its own electricity with 48 turbines.",
            "The vote was three to two.",
        ),
        (
            "Ship engines find a second life inland",
            "Ardent Power will sell Corvane 48 turbines, first drawn for ferries, for its site at Llano Verde.",
            "The order is worth $2.3 billion.",
        ),
    ],
    [
        (
            "Tessary cuts its older card by 48 percent",
            "Tessary lowered the list price of its T4 accelerator from $18,400 to $9,600 on Sunday.",
            "Resellers hold about 90,000 of them.",
        ),
        (
            "The T4 now costs half",
            "A T4 accelerator from Tessary sells for $9,600 since Sunday, down from $18,400.",
            "Rents may follow.",
        ),
    ],
    [
        (
            "Halden borrows $6.4 billion against racks it rents out",
            "Halden Compute took a loan of $6.4 billion secured on 38,000 accelerators.",
            "Five banks share it.",
        ),
        (
            "Banks lend on used accelerators",
            "Five banks lent Halden Compute $6.4 billion and took its 38,000 accelerators as security.",
            "Two asked for a reserve.",
        ),
    ],
    [
        (
            "Queue study draws 212 objections in four days",
            "Towns and developers filed 212 objections to the grid operator's queue study.",
            "The operator counts again by January.",
        ),
        (
            "Operator will count its queue again",
            "After 212 objections in four days the grid operator will redo its queue study.",
            "Towns sent 140 of them.",
        ),
    ],
    [
        (
            "Baltic cable fault sends traffic the long way round",
            "A break off Gotland added 19 milliseconds between Helsinki and Frankfurt.",
            "A repair ship is due on 2 December.",
        ),
        (
            "Repair ship leaves for Gotland",
            "A ship is on its way to a cable off Gotland whose break slows traffic from Helsinki by 19 milliseconds.",
            "It arrives on 2 December.",
        ),
    ],
    [
        (
            "Corvane names a new head of energy",
            "Corvane has made Mara Velden its head of energy, after nine years at a utility.",
            "She begins in January.",
        )
    ],
    [
        (
            "Tessary reports its third quarter",
            "Tessary sold accelerators for $11.2 billion in its third quarter, a fifth more than a year ago.",
            "Margins fell.",
        )
    ],
    [
        (
            "Halden opens a hall in Ohio",
            "Halden Compute opened a 90-megawatt hall near Lima, Ohio, on Monday.",
            "It rents to universities.",
        )
    ],
    [
        (
            "Ardent Power trains mechanics for dry land",
            "Ardent Power has trained 40 mechanics for turbines that stand 200 miles from a port.",
            "More follow.",
        )
    ],
    [
        (
            "Texas towns argue over water",
            "Three towns in West Texas dispute a permit for 900 acre-feet of water a year.",
            "A judge hears them in May.",
        )
    ],
    [
        (
            "Helsinki heats homes with halls",
            "From April sites above 10 megawatts in Helsinki must offer their waste heat at cost.",
            "Pipes are laid.",
        )
    ],
]


Version = tuple[str, str]

# Pairs in short: headline and first sentence. The same subject, companies, places, even figures: two events.
APART: list[tuple[Version, Version]] = [
    (
        (
            "Corvane and Tessary sign a supply deal",
            "Corvane will buy accelerators from Tessary for three years.",
        ),
        ("Tessary sues Corvane over a patent", "Tessary says that Corvane copied its cooling plate."),
    ),
    (
        ("Tessary T4 price falls 48 percent", "Tessary cut the T4 to $9,600 on Sunday."),
        ("Tessary T5 ships in March", "Tessary will ship the T5, which follows the T4, in March at $31,000."),
    ),
    (
        (
            "Halden profit rises 12 percent",
            "Halden Compute earned $310 million in the third quarter, 12 percent more.",
        ),
        (
            "Orrin profit rises 12 percent",
            "Orrin Systems earned $95 million in the third quarter, 12 percent more.",
        ),
    ),
    (
        (
            "Fire at the Llano Verde campus",
            "A fire in a battery room stopped work at Corvane's Llano Verde campus.",
        ),
        (
            "Corvane wins permit for Llano Verde",
            "Corvane may build its Llano Verde campus, a Texas county decided.",
        ),
    ),
    (
        ("Corvane Wins Permit For Texas Campus", "Corvane won a permit for its campus in Texas on Monday."),
        ("Corvane Hires Chief For Texas Campus", "Corvane named a chief of its campus in Texas on Monday."),
    ),
    (
        ("Morning briefing", "What you need to know this morning about data halls and the grid in Texas."),
        ("Evening briefing", "What you need to know this evening about data halls and the grid in Texas."),
    ),
    (
        (
            "Helsinki adopts heat rule",
            "Helsinki requires halls above 10 megawatts to sell waste heat from April.",
        ),
        (
            "Stockholm delays heat rule",
            "Stockholm puts off its rule that halls above 10 megawatts sell waste heat.",
        ),
    ),
    (
        (
            "Ardent Power recalls turbines",
            "Ardent Power recalls turbines of the type A9 after cracks in blades.",
        ),
        (
            "Ardent Power delivers turbines",
            "Ardent Power delivered the first turbines of the type A9 to Corvane.",
        ),
    ),
    (
        ("Judge sides with Lima residents", "A judge in Ohio stopped the Halden hall in Lima over noise."),
        ("Halden opens Lima hall", "Halden Compute opened a hall of 90 megawatts in Lima, Ohio."),
    ),
    (
        (
            "Werrabach wärmt das Freibad",
            "Das Rechenzentrum in Werrabach heizt ab Mai das Freibad der Gemeinde.",
        ),
        (
            "Werrabach streitet über Lärm",
            "Anwohner in Werrabach klagen gegen das Rechenzentrum der Gemeinde.",
        ),
    ),
    (("Update", "Corvane said nothing."), ("Update", "Tessary said nothing.")),
    (("News in brief", "See the picture above."), ("News in brief", "See the picture above.")),
]
TOGETHER: list[tuple[Version, Version]] = [
    (
        ("Fire stops work at Llano Verde", "A battery fire at Corvane's Llano Verde campus hurt 14 workers."),
        (
            "Blaze at Texas campus",
            "At the Llano Verde site of Corvane 14 people were hurt when batteries burned.",
        ),
    ),
    (
        (
            "Orrin buys Pell Networks for $4.1 billion",
            "Orrin Systems will buy Pell Networks for $4.1 billion.",
        ),
        ("Pell sold to Orrin", "Pell Networks, a maker of switches, goes to Orrin Systems for $4.1 billion."),
    ),
    (
        (
            "Regulator fines Halden €22 million",
            "The Dutch regulator fined Halden Compute for late water reports.",
        ),
        (
            "Halden appeals a €22 million fine",
            "Halden Compute fights what the Dutch regulator set for water reports.",
        ),
    ),
    (
        (
            "Werrabach heizt Freibad mit Abwärme",
            "Das Rechenzentrum in Werrabach gibt Abwärme an das Freibad.",
        ),
        ("Warmes Wasser vom Server", "In Werrabach heizt das Rechenzentrum mit Abwärme das Freibad."),
    ),
]


def of_pair(pair: tuple[Version, Version]) -> list[Article]:
    return [
        an_article(title, id=f"{n}", paragraphs=[(body,)], lang="de" if "Werrabach" in body else "en")
        for n, (title, body) in enumerate(pair)
    ]


def told() -> list[tuple[int, Article]]:
    made = []
    for event, versions in enumerate(EVENTS):
        for number, (title, *body) in enumerate(versions):
            padding = (f"This is the {event}th event as the {number}th outlet of its county saw it.",)
            article = an_article(
                title,
                published=NOON - timedelta(minutes=7 * number + event),
                paragraphs=[tuple(body), padding],
                sources=(Source(f"Outlet {number}"),),
            )
            made.append((event, article))
    return made


def group(articles: list[Article]) -> tuple[tuple[str, ...], ...]:
    """The parts of all stories, leads first."""
    told = stories.group(articles, [a_brief(a) for a in articles])
    return tuple((part.lead, *part.others) for story in told for part in story)


PAIRS = list(combinations(told(), 2))
WEIGHED = {item.id: item for item in stories.weigh([stories.gist(a, a_brief(a)) for _, a in told()])}


def score(one: Article, other: Article) -> float:
    return stories.alike(WEIGHED[one.id], WEIGHED[other.id])


@pytest.mark.parametrize(
    ("one", "other"), [p for p in PAIRS if p[0][0] == p[1][0]], ids=lambda item: item[1].slug[:24]
)
def test_the_same_event_is_recognised(one: tuple[int, Article], other: tuple[int, Article]):
    assert score(one[1], other[1]) >= stories.ALIKE


def test_different_events_are_kept_apart():
    near = [
        (one[1].title, other[1].title)
        for one, other in PAIRS
        if one[0] != other[0] and score(one[1], other[1]) >= stories.ALIKE
    ]
    assert near == []


@pytest.mark.parametrize("pair", APART, ids=lambda pair: pair[0][0])
def test_a_subject_in_common_is_not_an_event_in_common(pair: tuple[Version, Version]):
    assert len(group(of_pair(pair))) == 2


@pytest.mark.parametrize("pair", TOGETHER, ids=lambda pair: pair[0][0])
def test_other_words_for_the_same_event(pair: tuple[Version, Version]):
    assert len(group(of_pair(pair))) == 1


def test_events_become_stories():
    made = {frozenset(story) for story in group([article for _, article in told()])}
    wanted: dict[int, set[str]] = {}
    for event, article in told():
        wanted.setdefault(event, set()).add(article.id)
    assert made == {frozenset(ids) for ids in wanted.values()}


def test_a_copy_is_the_same_story():
    text = [tuple(f"Sentence {n} of a release that two outlets print as it came." for n in range(8))]
    one = an_article("A release", paragraphs=text)
    two = an_article("Another headline entirely", paragraphs=text)
    assert group([one, two]) == ((one.id, two.id),)


def test_a_release_that_everybody_prints_is_one_story():
    text = [tuple(f"Sentence {n} of a release that every outlet prints as it came." for n in range(8))]
    copies = [
        an_article(f"Outlet {n} prints", id=f"{n:03}", paragraphs=text) for n in range(3 * stories.COMMON)
    ]
    assert [len(story) for story in group(copies)] == [len(copies)]


def test_an_edition_is_grouped_the_same_whatever_comes_later():
    articles = [article for _, article in told()]
    later = [
        replace(article, id=f"later-{article.id}", published=article.published + timedelta(days=1))
        for article in articles
    ]
    assert set(group(articles)) < set(group(articles + later))


def test_a_part_stays_within_its_edition():
    one = an_article("Corvane borrows $2.3 billion at Llano Verde")
    two = replace(one, id="later", published=one.published + timedelta(days=1))
    assert len(group([one, two])) == 2


def test_the_lead_is_pinned_or_fullest():
    one = an_article("A release", id="a", words=100)
    two = an_article("A release", id="b", words=300)
    three = an_article("A release", id="c", words=50, pinned=True)
    assert group([one, two])[0][0] == "b"
    assert group([one, two, three])[0][0] == "c"


@given(seed=st.integers())
@settings(max_examples=20)
def test_order_does_not_matter_and_nothing_is_lost(seed: int):
    articles = [article for _, article in told()]
    shuffled = list(articles)
    Random(seed).shuffle(shuffled)
    assert group(shuffled) == group(articles)
    assert sorted(name for story in group(articles) for name in story) == sorted(a.id for a in articles)


def test_comparisons_grow_with_the_archive_not_with_its_square(monkeypatch: pytest.MonkeyPatch):
    counted: list[int] = []
    for name in ("alike", "follows"):
        real = getattr(measure, name)
        monkeypatch.setattr(
            measure, name, lambda one, other, real=real: counted.append(1) or real(one, other)
        )

    def comparisons(days: int) -> int:
        counted.clear()
        group(
            [
                replace(article, id=f"{day}-{article.id}", published=article.published - timedelta(days=day))
                for day in range(days)
                for _, article in told()
            ]
        )
        return len(counted)

    assert comparisons(40) - comparisons(30) == comparisons(30) - comparisons(20)
