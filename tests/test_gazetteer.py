"""The gazetteer: three files that anyone can extend, and a reader of them that guesses nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator import summarise
from generator.summarise.extractive.gazetteer import FILES, GIVEN, MARK, ROOM, gazetteer

ALL = [*FILES, GIVEN]


def rows(file: str) -> list[list[str]]:
    """The entries of a file as they are written, each with its forms."""
    lines = (ROOM / file).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if not line.startswith("#")]


def bare(form: str) -> str:
    return form.removeprefix(MARK)


def forms(file: str) -> list[str]:
    return [form for row in rows(file) for form in row]


@pytest.mark.parametrize("file", ALL)
def test_a_file_opens_with_what_it_is_and_how_to_extend_it(file: str):
    text = (ROOM / file).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "To extend:" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("file", ALL)
def test_forms_are_written_as_the_reader_expects_them(file: str):
    for form in forms(file):
        name = bare(form)
        assert name, "an empty form"
        assert name == " ".join(name.split()), form
        assert not set(name) & set("?|;#’"), form
        assert any(letter.isalpha() for letter in name), form


def test_given_names_have_no_aliases():
    assert [row for row in rows(GIVEN) if len(row) != 1 or " " in bare(row[0])] == []


def test_the_files_stay_small_enough_to_read_at_every_build():
    assert sum((ROOM / file).stat().st_size for file in ALL) < 90_000
    assert len(rows("places.txt")) > 1_300
    assert len(rows("organisations.txt")) > 700
    assert len(rows(GIVEN)) > 1_500


@pytest.mark.parametrize("file", ALL)
def test_a_file_is_sorted_by_name(file: str):
    names = [bare(row[0]) for row in rows(file)]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))


@pytest.mark.parametrize("file", ALL)
def test_a_form_stands_once_in_a_file(file: str):
    assert [form for form, times in Counter(map(bare, forms(file))).items() if times > 1] == []


def test_no_form_is_both_a_place_and_an_organisation():
    places, organisations = (set(map(bare, forms(file))) for file in FILES)
    assert sorted(places & organisations) == []


def test_a_given_name_that_is_something_else_too_is_marked_in_one_file():
    known = gazetteer()
    assert sorted(known.given & (set(known.kinds) - known.doubtful)) == []


def test_every_form_has_a_kind_and_leads_to_a_name_of_that_kind():
    known = gazetteer()
    assert set(known.kinds) == set(known.names)
    assert known.doubtful <= set(known.kinds)
    assert not known.given & known.doubtful_given
    for form, name in known.names.items():
        assert known.names[name] == name, form
        assert known.kinds[name] == known.kinds[form], form


@pytest.mark.parametrize(
    ("form", "kind", "name"),
    [
        ("France", "place", "France"),
        ("Frankreich", "place", "France"),
        ("U.S.", "place", "United States"),
        ("US", "place", "United States"),
        ("Great Britain", "place", "United Kingdom"),
        ("München", "place", "Munich"),
        ("Múnich", "place", "Munich"),
        ("Davos", "place", "Davos"),
        ("St. Louis", "place", "St Louis"),
        ("Uttar Pradesh", "place", "Uttar Pradesh"),
        ("North Sea", "place", "North Sea"),
        ("Silicon Valley", "place", "Silicon Valley"),
        ("U.N.", "organisation", "United Nations"),
        ("U.S. Army", "organisation", "US Army"),
        ("U.N. Security Council", "organisation", "UN Security Council"),
        ("EZB", "organisation", "European Central Bank"),
        ("Bundestag", "organisation", "Bundestag"),
        ("Meta Platforms", "organisation", "Meta"),
        ("Apple", "organisation", "Apple"),
        ("Alphabet", "organisation", "Alphabet"),
        ("Google", "organisation", "Google"),
        ("McDonald's", "organisation", "McDonald's"),
        ("McDonald’s", "organisation", "McDonald's"),
        ("Supreme Court", "organisation", "Supreme Court"),
    ],
)
def test_what_is_generally_known_is_known(form: str, kind: str, name: str):
    known = gazetteer()
    assert (known.kinds[form], known.names[form]) == (kind, name)
    assert form not in known.doubtful


@pytest.mark.parametrize(
    "form", ["Paris", "Jordan", "Reading", "Washington", "Ford", "Target", "Shell", "Orange"]
)
def test_what_is_often_something_else_is_doubtful(form: str):
    assert form in gazetteer().doubtful


def test_given_names_of_many_cultures_are_known_and_words_are_marked():
    known = gazetteer()
    assert known.given >= {
        "Maria",
        "François",
        "Jürgen",
        "Olga",
        "Fatima",
        "Narendra",
        "Jinping",
        "Hiroshi",
        "Kwame",
    }
    assert known.doubtful_given >= {"Will", "Mark", "Grace", "Hope", "May", "April", "Bill", "Frank", "Rose"}
    assert not {"Wall", "Street", "The", "President"} & (known.given | known.doubtful_given)


def test_it_cannot_be_changed_by_who_reads_it():
    with pytest.raises(TypeError):
        gazetteer().kinds["Atlantis"] = "place"  # type: ignore[index]


@pytest.mark.parametrize("changed", ["rules.py", "names.txt", "words.toml"])
def test_a_change_in_the_data_makes_new_briefs(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(summarise, "__file__", str(tmp_path / "__init__.py"))
    file = tmp_path / "inside" / changed
    file.parent.mkdir()
    file.write_text("before", encoding="utf-8")
    before = summarise._program.__wrapped__()
    file.write_text("after", encoding="utf-8")
    assert summarise._program.__wrapped__() != before
