"""How well names are typed: invented sentences, labelled by hand before a rule was changed for them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import text
from generator.model import Sentence
from generator.summarise.extractive.entities import find, lexicon

KINDS = {"person": "people", "organisation": "organisations", "place": "places"}
ROOM = Path(__file__).parent / "names"


def rows(file: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load((ROOM / file).read_text(encoding="utf-8"))
    return read


def found(told: str) -> dict[str | None, set[str]]:
    """The names of a text by their kind, without a stop at the end."""
    parts = [told[start:end] for start, end in text.sentences(told)]
    sentences = [Sentence(f"s{number}", " ".join(part.split()), 1) for number, part in enumerate(parts, 1)]
    made: dict[str | None, set[str]] = {kind: set() for kind in (*KINDS, None)}
    for name in find(sentences, lexicon(text.language("en"))):
        made[name.kind].add(name.text.rstrip("."))
    return made


@functools.cache
def counts(file: str, kind: str) -> tuple[int, list[str], list[str]]:
    """How many names of a kind are right, which are wrong, which are missed."""
    right, wrong, missed = 0, [], []
    for row in rows(file):
        wanted, given = set(row.get(KINDS[kind], [])), found(row["text"])[kind]
        right += len(wanted & given)
        wrong += sorted(given - wanted)
        missed += sorted(wanted - given)
    return right, wrong, missed


@pytest.mark.parametrize("file", ["chosen.yaml", "held.yaml"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_name_is_typed_wrongly(file: str, kind: str):
    """A false page is worse than a missing one."""
    assert counts(file, kind)[1] == []


@pytest.mark.parametrize(
    ("file", "kind", "least"),
    [
        ("chosen.yaml", "person", 20),
        ("chosen.yaml", "organisation", 19),
        ("chosen.yaml", "place", 11),
        ("held.yaml", "person", 21),
        ("held.yaml", "organisation", 15),
        ("held.yaml", "place", 11),
    ],
)
def test_as_many_names_are_typed_as_the_documentation_says(file: str, kind: str, least: int):
    right, _, missed = counts(file, kind)
    assert right >= least, missed


def test_the_labels_stand_in_their_texts():
    for row in (*rows("chosen.yaml"), *rows("held.yaml")):
        assert not set(row) - {"text", "open", *KINDS.values()}
        for key in ("open", *KINDS.values()):
            assert all(name in row["text"] for name in row.get(key, [])), row
