"""Words are left out, none are added, and nothing that a claim rests on goes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import summarise, text
from generator.summarise.extractive.trimming import trimmed
from tests.making import an_article


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (
            "HARBOUR CITY (Reuters) - Corvane will build a plant by the sea in the spring.",
            "Corvane will build a plant by the sea in the spring.",
        ),
        (
            "(CNN) -- The county approved the plan on Sunday evening.",
            "The county approved the plan on Sunday evening.",
        ),
        (
            "(CNN)The county approved the plan on Sunday evening.",
            "The county approved the plan on Sunday evening.",
        ),
        (
            "HARBOUR CITY — The county approved the plan on Sunday evening.",
            "The county approved the plan on Sunday evening.",
        ),
        (
            "By Ada Moreno, Harbour City — The county approved the plan on Sunday evening.",
            "The county approved the plan on Sunday evening.",
        ),
        (
            "However, the county approved the plan on Sunday evening.",
            "The county approved the plan on Sunday evening.",
        ),
        (
            "But the county approved the plan on Sunday evening.",
            "The county approved the plan on Sunday evening.",
        ),
        (
            "The mayor (pictured, left) opened the plant on Sunday evening.",
            "The mayor opened the plant on Sunday evening.",
        ),
        (
            "Ardent Power, which builds engines for ships, has sold the county its turbines.",
            "Ardent Power has sold the county its turbines.",
        ),
    ],
)
def test_what_a_sentence_is_told_without(said: str, left: str):
    assert trimmed(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "HARBOUR CITY, May 3 (Reuters) - Corvane will build a plant by the sea.",  # a number
        "The Grid Board (GB) approved the plan of the county on Sunday evening.",
        "Figures for the plant (supplied by Ardent Power) rose in the last year.",  # a source
        "CORVANE – The maker of engines – approved the plan on Sunday evening.",  # an aside, no dateline
        "Ardent Power, which allegedly builds engines for ships, has sold the county its turbines.",
        "Ardent Power, which may build engines for ships, has sold the county its turbines.",
        "Ardent Power, which builds twelve engines for ships, has sold the county its turbines.",
        "Ardent Power, which builds no engines for ships, has sold the county its turbines.",
        "Ardent Power, which built the plant by the sea, Reyna and the mayor of the county agreed.",
        "The report tells of a plant, which moved the county, moved the state and moved the mayor.",
        "The owner, a clerk of the county, who lives near the sea, said that it agreed.",
        "But for the county the plan would have been approved on Sunday evening.",
        "However hard the county tried, the plan was approved on Sunday evening.",
        "“However, the county approved the plan on Sunday evening,” the mayor said.",
        "But the county approved the plan on Sunday evening,” the mayor said.",  # the end of a quotation
        "However, it agreed.",
    ],
)
def test_what_stays_as_it_is(said: str):
    assert trimmed(said) == said


def test_of_another_language_only_the_dateline_goes():
    told = "However, die Stadt (links) hat dem Plan am Sonntag zugestimmt."
    assert trimmed(f"BERLIN (dpa) - {told}", "de") == told
    assert trimmed(told, "de-AT") == told


PIECES = (
    "However, ,But the ,And a ,HARBOUR CITY (Reuters) - ,(CNN),LONDON — ,the county ,Ardent Power ,"
    ", which builds engines,, who allegedly fled,, which is not ready, (pictured), (left, 12), (GB),is ,said ,"
    "approved ,about 300 ,not ,may ,two ,“yes” ,it's ,‘no’ ,a plant by the sea ,on Sunday evening,.,\n"
).split(",")
KEPT = re.compile(r"\d+|\b(?:not|may|two|about|allegedly|said|yes|no)\b")


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=80))
def test_trimming_keeps_order_numbers_doubts_and_sources(said: str):
    left = trimmed(said)
    rest = iter(text.words(said.lower()))
    assert all(word in rest for word in text.words(left.lower()))
    assert KEPT.findall(left.lower()) == KEPT.findall(said.lower())
    assert trimmed(left) == left


def test_a_trimmed_line_says_so_and_leads_to_its_sentence():
    said = "(CNN) -- Corvane will build a plant by the sea at Llano Verde."
    made = summarise.choose()(an_article(paragraphs=((said,),)))
    (line,) = made.summary
    assert (line.text, line.kind, line.evidence) == (said.removeprefix("(CNN) -- "), "trimmed", ("s1",))
