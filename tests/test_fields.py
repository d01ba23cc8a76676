"""Quotations and who says them, dates as the article's own date resolves them, what matters and what comes."""

from __future__ import annotations

from datetime import datetime

import pytest

from generator import summarise
from generator.model import Brief
from tests.making import ZONE, an_article

MONDAY = datetime(2026, 11, 23, 12, tzinfo=ZONE)


def brief(*sentences: str, lang: str = "en") -> Brief:
    article = an_article(paragraphs=(tuple(sentences),), lang=lang, published=MONDAY)
    return summarise.choose()(article)


def quotes(*sentences: str, lang: str = "en") -> list[tuple[str, str]]:
    """Quotations of a text whose first sentence is the summary's, so that it is in use."""
    opening = f"The county has counted {'many of ' * 24} its filings for a whole week in the old house."
    return [(it.line.text, it.speaker) for it in brief(opening, *sentences, lang=lang).quotes]


SAID = "We will not wait for the grid"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (f"“{SAID},” said Elena Duarte.", "Elena Duarte"),
        (f"“{SAID},” Elena Duarte said on Monday.", "Elena Duarte"),
        (f"“{SAID},” said the mayor, Elena Duarte, at the hearing.", "Elena Duarte"),
        (f"“{SAID},” said chief engineer Elena Duarte.", "Elena Duarte"),
        (f"Elena Duarte, the mayor of Pellworth, said: “{SAID}.”", "Elena Duarte"),
        (f"Elena Duarte told reporters: “{SAID}.”", "Elena Duarte"),
        (f'"{SAID}," said Elena Duarte.', "Elena Duarte"),
        (f"‘{SAID},’ said Elena Duarte.", "Elena Duarte"),
        (f"“{SAID},” she said.", ""),
        (f"“{SAID},” it says on a sign beside the house of Elena Duarte.", ""),
        (f"Elena Duarte came late. “{SAID},” a neighbour said.", ""),
    ],
)
def test_a_quotation_and_its_speaker(sentence: str, speaker: str):
    assert [(said.rstrip("."), who) for said, who in quotes(sentence)] == [(SAID, speaker)]


def test_the_next_sentence_of_the_paragraph_may_name_the_speaker():
    assert quotes(f"“{SAID}.”", "Elena Duarte said so on Monday.")[0][1] == "Elena Duarte"


def test_a_surname_speaks_under_the_full_name():
    said = ("The mayor is Elena Duarte of Pellworth.", f"“{SAID},” Duarte said.")
    assert quotes(*said) == [(SAID, "Elena Duarte")]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "Work begins on 11 January 2027, and the first engine runs in July.",
            {"January": "2027-01-11", "July": None},
        ),
        ("It was sold in August, two years after 2024.", {"August": None}),
        ("It was sold in August for $2024.", {"August": "2026-08"}),
    ],
)
def test_a_year_named_beside_a_date_may_be_its_own(sentence: str, wanted: dict[str, str | None]):
    found = {name: day for written, day in iso(sentence) for name in wanted if name in written}
    assert found == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "They called it “a list of wishes” on Monday.",
        "The film “The Long Road to the Northern Sea” was shown.",
        "He said that it was “as long as the grid will not be ready” again.",
        "The dog’s bone, the cat’s fish and the bird’s nest are there.",
        "“It works.",
    ],
)
def test_what_is_no_quotation(sentence: str):
    assert quotes(sentence) == []


def test_what_somebody_is_minister_of_says_nothing():
    said = f"“{SAID},” said the minister of the Interior, Elena Duarte, on Monday."
    assert quotes("The plan is from the Interior.", said) == [(SAID, "Elena Duarte")]


def test_at_most_two_and_those_with_a_speaker_first():
    said = [f"“We have {n} reasons to wait here,” he said." for n in ("two", "three")]
    made = quotes(
        *said, *(f"“We have {n} plans to build here,” said Elena Duarte." for n in ("four", "five"))
    )
    assert [who for _, who in made] == ["Elena Duarte", "Elena Duarte"]


@pytest.mark.parametrize(
    ("lang", "sentence", "wanted"),
    [
        ("de", "„Wir haben lange auf diesen Tag gewartet“, sagte Jonas Ritter.", "Jonas Ritter"),
        ("fr", "« Nous avons attendu ce jour très longtemps », a déclaré Jean Marchand.", "Jean Marchand"),
        ("es", "«Hemos esperado este día mucho tiempo», dijo Elena Duarte.", "Elena Duarte"),
    ],
)
def test_quotations_of_other_languages(lang: str, sentence: str, wanted: str):
    assert [who for _, who in quotes(sentence, lang=lang)] == [wanted]


# -------------------------------------------------------------------------------------------- dates


def iso(sentence: str, lang: str = "en") -> list[tuple[str, str | None]]:
    return [(it.text, it.iso) for it in brief(sentence, lang=lang).dates]


@pytest.mark.parametrize(
    ("sentence", "written", "wanted"),
    [
        ("It opens on 9 December 2026.", "9 December 2026", "2026-12-09"),
        ("It opened on December 9, 2025.", "December 9, 2025", "2025-12-09"),
        ("It opened on Dec. 9, 2025.", "Dec. 9, 2025", "2025-12-09"),
        ("It will open on 9 December.", "9 December", "2026-12-09"),
        ("It was opened on 9 October.", "9 October", "2026-10-09"),
        ("It will open on 9 January.", "9 January", "2027-01-09"),
        ("It was shut on 30 December.", "30 December", None),
        ("It opened on Sunday.", "Sunday", "2026-11-22"),
        ("It was opened on Monday.", "Monday", "2026-11-23"),
        ("It will open on Thursday.", "Thursday", "2026-11-26"),
        ("It will open on Monday.", "Monday", None),
        ("It was shut until Wednesday.", "Wednesday", None),
        ("It was shut on 14 October last year.", "14 October", None),
        ("It is shut next Friday.", "next Friday", None),
        ("It opened last Friday.", "last Friday", "2026-11-20"),
        ("It opened in March 2019.", "March 2019", "2019-03"),
        ("It will open in March.", "March", "2027-03"),
        ("It was opened in August.", "August", "2026-08"),
        ("It has stood there since 1958.", "1958", "1958"),
        ("It opened on 2026-11-02.", "2026-11-02", "2026-11-02"),
        ("It opened on 31 February 2026.", "31 February 2026", None),
    ],
)
def test_dates_resolve_against_the_articles_own(sentence: str, written: str, wanted: str | None):
    assert iso(sentence) == [(written, wanted)]


@pytest.mark.parametrize(
    "sentence",
    [
        "They may march on.",
        "It cost 2031 dollars.",
        "The Sunday Times reports it.",
        "They sold much on Black Friday.",
        "May Tennant spoke.",
        "The road has 1958 trees.",
    ],
)
def test_what_is_no_date(sentence: str):
    assert iso(sentence) == []


@pytest.mark.parametrize(
    ("lang", "sentence", "wanted"),
    [
        ("de", "Die Prüfung ist am 7. Dezember 2026 in der Stadt.", "2026-12-07"),
        ("fr", "La réunion est le 7 décembre 2026 dans la ville.", "2026-12-07"),
        ("es", "La reunión es el 7 de diciembre de 2026 en la ciudad.", "2026-12-07"),
    ],
)
def test_dates_of_other_languages(lang: str, sentence: str, wanted: str):
    assert [it for _, it in iso(sentence, lang)] == [wanted]


def test_a_dateline_is_no_news():
    made = brief("LEEDS, England (AP) — The council has approved a line for $3 million on 9 December 2026.")
    lines = [*made.summary, *(it.context for it in made.key_figures), *(it.line for it in made.dates)]
    assert len(lines) == 3
    assert all(line.text.startswith("The council") and line.kind == "trimmed" for line in lines)
    assert (made.organisations, made.places) == ((), ())


def test_each_day_once_and_six_at_most():
    many = [f"It rained on {day} March 2026 in the whole county." for day in range(1, 12)]
    assert len(brief(*many).dates) == 6
    assert len(brief("It rained on 3 March 2026.", "On 3 March 2026 it rained again.").dates) == 1


# ---------------------------------------------------------------------------------- weight and outlook

PLAIN = [
    f"The {word} hall of the campus holds racks and pumps for water." for word in ("first", "second", "third")
]


@pytest.mark.parametrize(
    "sentence",
    [
        "The count matters because a wait of eight years turns away factories.",
        "The change means that small towns pay more for their power.",
        "The vote raises questions about who pays for the road.",
        "The sale could reshape the market for used turbines in the state.",
    ],
)
def test_why_it_matters_has_an_explicit_cue(sentence: str):
    made = brief(*PLAIN, sentence, *PLAIN).why_it_matters
    assert made is not None
    assert (made.text, made.kind) == (sentence, "verbatim")


def test_no_cue_no_line():
    assert brief(*PLAIN, *PLAIN).why_it_matters is None


@pytest.mark.parametrize(
    "sentence",
    [
        "That is important because small towns pay more for their power.",
        "This means that small towns pay more for their power.",
        "It matters because a wait turns away factories.",
    ],
)
def test_why_it_matters_stands_alone(sentence: str):
    assert brief(*PLAIN, sentence, *PLAIN).why_it_matters is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The county will hear both requests in its old court house.",
        "Corvane plans to test its first engines on the campus.",
        "The rules are expected to come out before the winter ends.",
        "The hearing is scheduled for the second week of the year.",
    ],
)
def test_what_is_to_come(sentence: str):
    assert [line.text for line in brief(*PLAIN, *PLAIN, sentence).whats_next] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "He will say nothing of it, and they will not ask him.",
        "The last will of the owner was read on the campus today.",
        "The mayor said: “We will not wait for the grid to come.”",
        "The actor was seen with Will Forte at the premiere of the film.",
        "Will the county hear both requests in its old court house?",
    ],
)
def test_what_is_no_outlook(sentence: str):
    assert brief(*PLAIN, *PLAIN, sentence).whats_next == ()


def test_no_line_stands_in_two_fields():
    sentences = [
        *PLAIN,
        "The count matters because a wait of eight years will turn away factories.",
        "The county will hear both requests in its old court house in March.",
        f"“{SAID},” said Elena Duarte.",
        *(
            f"The {n} engine of the plant turns at {n} hundred rounds a minute."
            for n in ("two", "four", "six")
        ),
    ]
    made = brief(*sentences)
    lines = [*made.summary, made.why_it_matters, *made.key_points, *made.whats_next]
    lines += [it.line for it in made.quotes]
    used = [line.evidence for line in lines if line]
    assert len(used) == len(set(used))
    assert made.why_it_matters
    assert made.whats_next
    assert made.quotes
