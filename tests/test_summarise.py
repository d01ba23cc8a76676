"""Briefs kept, made again and merged with what editors wrote."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import summarise
from generator.cache import Cache
from generator.model import (
    Article,
    Brief,
    Coverage,
    DateMention,
    Edit,
    EditedItem,
    Figure,
    Line,
    Mention,
    Position,
    Quote,
)
from generator.problems import Problem
from generator.schema.records import decoded, encoded
from generator.summarise.grounding import evidence
from tests.making import a_brief, an_article

AT = Position("content/a.md", 4, 10)


class Counting:
    """Writes a brief, and knows how often it was asked."""

    def __init__(self, name: str = "counting 1") -> None:
        self.name = self.key = name
        self.asked = 0

    def __call__(self, article: Article) -> Brief:
        self.asked += 1
        return a_brief(article, byline=self.name)


class Recalling:
    """A cache that gives what it was given, whatever it is."""

    def __init__(self, kept: str | None = None) -> None:
        self.kept = kept
        self.keys: list[str] = []

    def remember(self, key: str, make: Callable[[], str]) -> str:
        self.keys.append(key)
        return make() if self.kept is None else self.kept


# ---------------------------------------------------------------------------------------- remembering


def test_a_brief_is_written_once(tmp_path: Path):
    inner, article = Counting(), an_article()
    first = summarise.Remembering(inner, Cache(tmp_path))(article)
    second = summarise.Remembering(inner, Cache(tmp_path))(article)
    assert first == second == a_brief(article, byline="counting 1")
    assert inner.asked == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another"},
        {"lang": "de"},
        {"topics": ("Other",)},
        {"paragraphs": (("One sentence.",),)},
        {"paragraphs": (("One", "sentence."),)},
    ],
    ids="-".join,
)
def test_what_is_read_makes_another_brief(changed: dict[str, Any], tmp_path: Path):
    inner = Counting()
    remembering = summarise.Remembering(inner, Cache(tmp_path))
    remembering(an_article(paragraphs=(("One sentence.", "Two."),)))
    remembering(an_article(**{"paragraphs": (("One sentence.", "Two."),), **changed}))
    assert inner.asked == 2


def test_another_summariser_is_asked_again(tmp_path: Path):
    for name in ("counting 1", "counting 2"):
        inner = Counting(name)
        made = summarise.Remembering(inner, Cache(tmp_path))
        assert made.name == made(an_article()).byline == name
        assert inner.asked == 1


@pytest.mark.parametrize("kept", ["", "{", "[]", "null", '{"headline": 1}', "{}"])
def test_a_record_that_does_not_fit_counts_as_missing(kept: str):
    article = an_article()
    inner = Counting()
    assert summarise.Remembering(inner, Recalling(kept))(article) == a_brief(article, byline="counting 1")
    assert inner.asked == 1


def test_a_summariser_crosses_to_another_process(tmp_path: Path):
    remembering = summarise.Remembering(summarise.choose(), Cache(tmp_path))
    again = pickle.loads(pickle.dumps(remembering))  # noqa: S301 -- it was written in this line
    assert again(an_article()) == remembering(an_article())


# --------------------------------------------------------------------------------------------- records

LINES = st.builds(
    Line, st.text(), st.lists(st.text(), max_size=2).map(tuple), st.sampled_from(["verbatim", "edited"])
)
MENTIONS = st.builds(Mention, st.text(), st.integers(), st.just(("s1",)), st.text())
BRIEFS = st.builds(
    Brief,
    headline=LINES,
    byline=st.text(),
    coverage=st.builds(Coverage, st.integers(), st.integers(), st.just(("s3",))),
    summary=st.lists(LINES, max_size=2).map(tuple),
    why_it_matters=st.none() | LINES,
    key_figures=st.lists(st.builds(Figure, st.text(), st.text(), LINES), max_size=2).map(tuple),
    people=st.lists(MENTIONS, max_size=2).map(tuple),
    quotes=st.lists(st.builds(Quote, LINES, st.text()), max_size=1).map(tuple),
    dates=st.lists(st.builds(DateMention, st.text(), st.none() | st.text(), LINES), max_size=1).map(tuple),
    topics=st.lists(st.text(), max_size=3).map(tuple),
)


@given(BRIEFS)
def test_a_record_gives_the_brief_back(made: Brief):
    assert decoded(Brief, encoded(made)) == made


@given(st.text() | st.recursive(st.none() | st.integers(), st.lists).map(repr))
def test_any_text_can_be_read_as_a_record(kept: str):
    assert decoded(Brief, kept) is None


def test_a_kind_of_line_that_is_not_known_does_not_fit():
    assert decoded(Line, encoded(Line("a", ())).replace(b"verbatim", b"dreamt")) is None


# ------------------------------------------------------------------------------------------- briefed


def summary(written: str) -> tuple[Edit, ...]:
    return (Edit("summary", (EditedItem(written, AT),), AT),)


def edited(written: str, **overrides: Any) -> tuple[Brief, tuple[Problem, ...]]:
    return summarise.briefed(an_article(edits=summary(written), **overrides), summarise.choose())


def test_an_editor_s_summary_takes_the_place_of_the_machine_s():
    written = "Corvane spends $2.3bn on 48 turbines of Ardent Power."
    made, problems = edited(written)
    assert problems == ()
    assert made.summary == (Line(written, ("s4",), "edited", editor="the editor"),)
    assert made.headline == Line(an_article().title, ("s0",))


def test_words_out_are_those_of_the_editor_s_summary():
    machine = summarise.choose()(an_article())
    made, _ = edited("Two words.")
    counted = sum(len(line.text.split()) for line in machine.summary)
    assert made.coverage.words_out == machine.coverage.words_out - counted + 2
    assert made.coverage.words_in == machine.coverage.words_in


def test_what_the_article_does_not_hold_is_a_problem_where_it_was_written():
    made, problems = edited('It costs $9 billion, and "nobody asked us", they said.')
    assert [(p.path, p.line, p.column, p.code) for p in problems] == [
        (AT.path, AT.line, AT.column, "unsupported-number"),
        (AT.path, AT.line, AT.column, "unsupported-quotation"),
    ]
    assert "9 billion" in problems[0].message
    assert "nobody asked us" in problems[1].message
    assert all(problem.hint.startswith("mend the line, or the text") for problem in problems)
    assert made.summary[0].check != "verified"


def test_an_editor_s_summary_is_not_remembered(tmp_path: Path):
    remembering = summarise.Remembering(Counting(), Cache(tmp_path))
    article = an_article()
    summarise.briefed(replace(article, edits=summary("An edit.")), remembering)
    made, _ = summarise.briefed(article, remembering)
    assert made.summary == a_brief(article).summary


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("The county approved the plan by three votes to two.", ("s3",)),
        ("Corvane will buy 48 turbines; the county approved the plan by three votes.", ("s3", "s4")),
        ("Nothing of this stands there.", ()),
        ("The of and to.", ()),
        ("…", ()),
    ],
)
def test_evidence_is_what_a_line_shares_its_words_with(written: str, wanted: tuple[str, ...]):
    assert evidence(written, an_article()) == wanted
