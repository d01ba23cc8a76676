"""Place, words and names make a score; what repeats is worth less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import summarise
from generator.model import Sentence
from generator.summarise.extractive import ranking
from generator.text import language
from tests.making import an_article

ENGLISH = language("en")
PLAIN = "The plant by the sea will be opened in the spring of that year."


def ranked(*said: str, **given_: object) -> list[ranking.Ranked]:
    sentences = [Sentence(f"s{number}", some, number) for number, some in enumerate(said, 1)]
    return ranking.ranked(sentences, ENGLISH, **given_)  # type: ignore[arg-type]


def test_of_equals_the_earlier_is_worth_more():
    scores = [item.score for item in ranked(*[PLAIN] * 60)]
    assert scores[:40] == sorted(scores[:40], reverse=True)
    assert scores[0] > scores[1]
    assert len(set(scores[40:])) == 1


def test_names_are_worth_something_and_three_are_enough():
    named = PLAIN.replace("The plant", "The Corvane plant")
    extras = [
        item.extra
        for item in ranked(PLAIN, named, "In May Corvane, Ardent, Reyna and Moreno met by the sea there.")
    ]
    assert extras[0] < extras[1] < extras[2]
    assert extras[2] - extras[0] == pytest.approx(ranking.NAMED)


def test_a_capital_at_the_beginning_is_no_name():
    (item,) = ranked("Plants by the sea will be opened in the spring of that year.")
    assert item.extra == 0


@pytest.mark.parametrize(
    "worse",
    [
        "Will the plant by the sea be opened in the spring of that year?",
        "We think that the plant by the sea opens in the spring of that year.",
        "It is the plant by the sea that opens in the spring of that year.",
        "The plant will be opened.",
    ],
)
def test_penalties(worse: str):
    fine, poor = ranked(PLAIN, worse)
    assert poor.extra < fine.extra


def test_what_repeats_a_pick_is_not_picked_next():
    other = "Two farmers asked the county court for water from its northern wells."
    made = ranking.pick(ranked(PLAIN, PLAIN, other), 2)
    assert [item.sentence.text for item in made] == [PLAIN, other]


def test_what_is_printed_is_what_counts():
    (item,) = ranked(f"(CNN) -- {PLAIN}", told=[PLAIN])
    assert (item.told, item.words) == (PLAIN, 14)
    assert item.sentence.text.startswith("(CNN)")


def test_reweighing_changes_nothing_but_the_share_of_the_place():
    items = ranked(PLAIN, "In May Corvane and Ardent met by the sea.")
    assert ranking.reweighed(items, ranking.PLACE) == items
    assert [item.score for item in ranking.reweighed(items, 1)] == [item.place + item.extra for item in items]


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_text_is_ranked_whole_and_in_order(said: list[str]):
    items = ranked(*said)
    assert [item.sentence.text for item in items] == said
    assert len(ranking.pick(items, len(items))) == len(items)


def test_a_summary_opens_with_the_first_statement_not_with_a_teaser():
    teaser = (
        "A long, long time ago…",
        "What if it had never ended?",
        "It is one of those things.",
        "“We are all very glad today,” she said.",
    )
    news = "Corvane will build a plant by the sea at Llano Verde in May."
    made = summarise.choose()(an_article(paragraphs=((*teaser[:3], news), (PLAIN,))))
    assert made.summary[0].text == news
    made = summarise.choose()(an_article(paragraphs=((teaser[3], news),)))
    assert made.summary[0].text == news


@pytest.mark.parametrize("word", ["the US", "a drifting mine"])
def test_what_is_no_first_person(word: str):
    lead = f"A ship with grain on board has sunk in the Black Sea after it struck {word} on Sunday."
    made = summarise.choose()(an_article(paragraphs=((lead, PLAIN, PLAIN),)))
    assert made.summary[0].text == lead


def test_the_summary_keeps_the_order_of_the_article():
    made = summarise.choose()(
        an_article(paragraphs=(("It is one of those things that we all know.", PLAIN, PLAIN),))
    )
    places = [int(line.evidence[0][1:]) for line in made.summary]
    assert places == sorted(places)


def test_where_nothing_can_open_the_first_sentence_does():
    first = "It is one of those things that happen."
    made = summarise.choose()(an_article(paragraphs=((first, "They said that it was so."),)))
    assert made.summary[0].text == first
