from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.schema import Plain, parse
from generator.schema.documents import FORBIDDEN
from generator.schema.writing import mapping, scalar, text_scalar

LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])).map(lambda it: FORBIDDEN.sub("", it))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Queue study draws 212 objections", "Queue study draws 212 objections"),
        ('- "x": #y', r'"- \"x\": #y"'),
        ("Copper: a study", '"Copper: a study"'),
        ("C# wins", "C# wins"),
        ("Room #4", '"Room #4"'),
        ("“Yes”, she said", "“Yes”, she said"),
        ("no", '"no"'),
        ("2026", '"2026"'),
        ("2026-11-23", '"2026-11-23"'),
        ("1:30", '"1:30"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("[a]", '"[a]"'),
        ("a\\b", r"a\b"),
        (" padded ", '" padded "'),
        ("two\nlines", r'"two\u000alines"'),
        ("量子計算機", "量子計算機"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_a_text_is_quoted_only_where_it_must_be(text: str, written: str):
    assert text_scalar(text) == written


@given(LINES)
def test_a_text_comes_back_by_every_reader(text: str):
    for written in (scalar(text), text_scalar(text)):
        assert parse(f"title: {written}\n", "x").value == {"title": text}
    assert yaml.safe_load(f"title: {text_scalar(text)}\n") == {"title": text}


def test_fields_take_lines_and_empty_ones_none():
    fields = {
        "title": "no",
        "date": Plain("2026-11-23"),
        "slug": "",
        "topics": ("Power", "Off: grid"),
        "source": {"name": "A", "url": ""},
        "authors": (),
    }
    assert list(mapping(fields)) == [
        'title: "no"',
        "date: 2026-11-23",
        "topics:",
        "  - Power",
        '  - "Off: grid"',
        "source:",
        "  name: A",
    ]
