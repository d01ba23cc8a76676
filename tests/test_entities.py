"""Who and where: names are typed by what the article or common knowledge says of them, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import summarise
from generator.model import Brief, Entity
from tests.making import an_article


def brief(*sentences: str, known: tuple[Entity, ...] = (), lang: str = "en") -> Brief:
    return summarise.choose(known)(an_article(paragraphs=tuple((one,) for one in sentences), lang=lang))


def people(*sentences: str, **options: Any) -> list[tuple[str, int, str]]:
    return [(it.name, it.count, it.role) for it in brief(*sentences, **options).people]


def organisations(*sentences: str, **options: Any) -> list[tuple[str, int, str]]:
    return [(it.name, it.count, it.role) for it in brief(*sentences, **options).organisations]


def places(*sentences: str, **options: Any) -> list[str]:
    return [it.name for it in brief(*sentences, **options).places]


def names(*sentences: str, **options: Any) -> list[tuple[str, int]]:
    return [(it.name, it.count) for it in brief(*sentences, **options).names]


# ------------------------------------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("The plan came from Elena Duarte.", ("Elena Duarte", 1, "")),
        ("It was Mrs Oyelaran who asked.", ("Oyelaran", 1, "")),
        ("It was signed by Dr. Velden on the same day.", ("Velden", 1, "")),
        ("The work was led by chief engineer Elena Duarte.", ("Elena Duarte", 1, "chief engineer")),
        ("The work was led by former Corvane CTO Elena Duarte.", ("Elena Duarte", 1, "former Corvane CTO")),
        ("They asked Corvane Chief Executive Elena Duarte.", ("Elena Duarte", 1, "Corvane Chief Executive")),
        (
            "Then Elena Duarte, a professor of law at Leeds, spoke.",
            ("Elena Duarte", 1, "professor of law at Leeds"),
        ),
        ("Then Elena Duarte, 34, a nurse, spoke.", ("Elena Duarte", 1, "")),
        ("The house of Ottoline Vasko, 81, burned.", ("Ottoline Vasko", 1, "")),
        ("The word is from Ludwig van der Berg himself.", ("Ludwig van der Berg", 1, "")),
        ("It went to Robert Downey Jr. at last.", ("Robert Downey Jr", 1, "")),
        ("The Belgian Sara Peeters was there.", ("Sara Peeters", 1, "")),
        ("“It works,” said Zorva Kettle, who leads the works.", ("Zorva Kettle", 1, "")),
        ("Its chief economist, Zorva Kettle, left.", ("Zorva Kettle", 1, "chief economist")),
        ("The head of the union, Zorva Kettle, left.", ("Zorva Kettle", 1, "head")),
        ("The order was given by harbour master Zorva Kettle.", ("Zorva Kettle", 1, "master")),
    ],
)
def test_a_person_is_known(said: str, wanted: tuple[str, int, str]):
    assert people(said) == [wanted]


def test_forms_of_one_name_are_one():
    said = (
        "The board has chosen Rahul Patil, a former engineer of Stripe, as its technical officer.",
        "Patil begins in May, and Mr. Patil’s team will grow.",
    )
    assert people(*said) == [("Rahul Patil", 3, "former engineer of Stripe")]


def test_a_surname_of_two_is_nobody_s():
    said = ("The prize went to Anna Lowe and to Peter Lowe.", "It was a surprise that Lowe came.")
    assert people(*said) == [("Anna Lowe", 1, ""), ("Peter Lowe", 1, "")]
    assert names(*said) == []


def test_an_unknown_name_that_speaks_is_a_person_when_its_last_word_stands_alone():
    said = ("The letter is by Oxana Tvardova of the union.", "They will strike, Tvardova said.")
    assert people(*said) == [("Oxana Tvardova", 2, "")]


def test_a_role_that_was_is_not_told_as_one_that_is():
    made = people("It hired ousted Corvane chairman Elena Duarte.")
    assert made == [("Elena Duarte", 1, "ousted Corvane chairman")]


@pytest.mark.parametrize(
    "said",
    [
        "The General Election is in May.",
        "The major General Motors plant closed.",
        "The official West Coast guide is out.",
        "They read of the Minister of State for Trade.",
        "THE MAYOR ELENA DUARTE SPOKE AT NOON TODAY",
        "They met the mayor, Tessary Zorvex and a nurse.",
        "They met the mayor, Zorvex, at noon.",
    ],
)
def test_what_is_no_person(said: str):
    assert people(said) == []


# ----------------------------------------------------------------------------------- organisations


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("The order went to Corvane Holdings Inc. last week.", "Corvane Holdings Inc"),
        ("It was made at the University of Port Ellery.", "University of Port Ellery"),
        ("A study by the Department of Grain and Water is out.", "Department of Grain and Water"),
        ("The cards are made by Nvidia in Asia.", "Nvidia"),
        ("The start-up Tessary has 40 people.", "Tessary"),
        ("Then Tessary, a maker of chips, cut its price.", "Tessary"),
        ("Since then Tessary’s shares have fallen.", "Tessary"),
        ("He wrote to the European Commission.", "European Commission"),
        ("It fell to a spokesman for Tessary to explain.", "Tessary"),
        ("They asked an analyst at Velden Brook.", "Velden Brook"),
        ("A rise of shares in Tessary came first.", "Tessary"),
        ("Since then Tessary, which employs 40 people, has grown.", "Tessary"),
        ("An appeal by Tessary shareholders failed.", "Tessary"),
        ("It was signed by the Grain and Water Agency.", "Grain and Water Agency"),
        ("It was signed by the Bakers’ Union.", "Bakers’ Union"),
    ],
)
def test_an_organisation_is_known(said: str, wanted: str):
    assert [name for name, _, _ in organisations(said)] == [wanted]


def test_who_speaks_for_a_person_tells_no_organisation():
    said = ("It was Zorva Kettle who won.", "It fell to a spokesman for Kettle to explain.")
    assert organisations(*said) == []


def test_two_bodies_are_not_one():
    said = "It was signed by the NATO and Fenwater Council, and by the Senate and Fenwater Council."
    assert "Fenwater Council" in [name for name, _, _ in organisations(said)]


def test_what_was_done_is_no_role():
    said = "It raised $75 million from General Catalyst, valuing the company at $400 million."
    assert all(it.role == "" for it in (*brief(said, said).organisations, *brief(said, said).names))


def test_a_company_and_its_short_name_are_one():
    said = ("The order went to Corvane Energy Ltd. on Monday.", "For Corvane it is the first.")
    assert organisations(*said) == [("Corvane Energy Ltd", 2, "")]


def test_initials_in_brackets_are_the_same_name():
    said = (
        "The Port Ellery Water Agency (PEWA) is new.",
        "A report by PEWA says so.",
        "It names PEWA twice.",
    )
    assert organisations(*said) == [("Port Ellery Water Agency", 4, "")]


def test_a_place_is_not_short_for_what_is_named_for_it():
    said = ("She studies at the University of Vienna.", "It rains in Vienna.")
    assert [name for name, _, _ in organisations(*said)] == ["University of Vienna"]
    assert places(*said) == ["Vienna"]


# ------------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("The plant stands in Germany.", "Germany"),
        ("They left for Ardent County at dawn.", "Ardent County"),
        ("It grew up on the banks of Lake Ardent.", "Lake Ardent"),
        ("They met in the village of Arden.", "Arden"),
        ("It was built in Pellworth, Scotland.", "Pellworth"),
        ("They passed the Isle of Wight.", "Isle of Wight"),
        ("The mayor of Zorvenholm resigned.", "Zorvenholm"),
        ("He was born in Zorvenholm, and left it.", "Zorvenholm"),
        ("They found it at a school in Zorvenholm on Friday.", "Zorvenholm"),
    ],
)
def test_a_place_is_known(said: str, wanted: str):
    assert wanted in places(said)


@pytest.mark.parametrize(
    "said",
    [
        "She lived in Zorvex care.",
        "They looked in Zorvex for it.",
        "A school in Zorvex Kettle Velden closed.",
    ],
)
def test_what_is_no_place(said: str):
    assert places(said) == []


def test_a_name_that_is_often_a_person_s_is_a_place_only_beside_a_cue():
    assert places("They live in Lincoln now.") == ["Lincoln"]
    assert places("The coat of Lincoln was black.") == []


# ------------------------------------------------------------------------ what nothing tells, and forms


def test_what_can_t_be_typed_is_a_name():
    assert names("The new Zorvex is out.", "We have tried a Zorvex.") == [("Zorvex", 2)]


@pytest.mark.parametrize(
    "said",
    [
        "On Monday the American team won.",
        "I’m sure that I’d go in April.",
        "Nobody knows.",
        "The London-based firm sells pro-European books.",
    ],
)
def test_what_names_nobody(said: str):
    made = brief(said, said)
    assert (made.people, made.organisations, made.names) == ((), (), ())


def test_a_site_s_own_entities_win_and_are_printed_by_their_name():
    known = (Entity("Meta", "organisation", ("Meta Platforms", "Facebook parent")), Entity("Paris", "person"))
    said = ("The order came from Meta Platforms.", "It is large, as Paris said.", "Then Meta paid.")
    made = brief(*said, known=known)
    assert [(it.name, it.count) for it in made.organisations] == [("Meta", 2)]
    assert [it.name for it in made.people] == ["Paris"]


def test_own_entities_make_another_key():
    assert summarise.choose().key != summarise.choose((Entity("Meta", "organisation"),)).key
    assert summarise.choose().name == summarise.choose((Entity("Meta", "organisation"),)).name


def test_german_nouns_are_no_names_but_people_are_found():
    said = (
        "Die Wärme kommt aus der Halle.",
        "Das sagte Jonas Ritter.",
        "Die Halle gehört der Nordhalle GmbH.",
    )
    made = brief(*said, lang="de")
    assert [it.name for it in made.people] == ["Jonas Ritter"]
    assert [it.name for it in made.organisations] == ["Nordhalle GmbH"]
    assert made.names == ()


def test_an_unknown_language_gets_no_guesses():
    made = brief("Elena Duarte asui Helsingissä maanantaina 3. toukokuuta 2026.", lang="fi")
    assert (made.people, made.organisations, made.places, made.names, made.dates) == ((),) * 5


PIECES = st.sampled_from(
    "Elena Duarte Dr. Mr of the van & Corvane Inc. , ( ) PEWA ’s 's said who 34 University Bank in Paris — “ ” "
    "former CEO iPhone I’m U.S. J. K. 公司 🙂 . : Lake and for".split()
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=8))
def test_each_name_stands_in_its_evidence(said: list[str]):
    article = an_article(paragraphs=tuple((one,) for one in said))
    told = {sentence.id: sentence.text.replace("’", "'") for sentence in article.sentences}
    made = summarise.choose()(article)
    for mention in (*made.people, *made.organisations, *made.places, *made.names):
        held = " | ".join(told[name] for name in mention.evidence)
        last = mention.name.replace("’", "'").split(" ")[-1]
        assert last in held or mention.name.split(" ")[0] in held
        assert mention.role.replace("’", "'") in held
        assert mention.count >= 1
