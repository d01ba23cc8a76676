from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.schema import parse
from generator.schema.documents import resolved
from generator.schema.encoding import decoded
from generator.schema.validation import AliasChoices, Field, Free, Model, Switch, Text, validate


class Inner(Model):
    name: Text


class Outer(Model):
    title: Text
    draft: Switch = False
    topics: list[Text] = Field([], validation_alias=AliasChoices("topics", "tags"))
    inner: Inner | None = None
    extra: Free = {}


def told(text: str) -> list[str]:
    _, problems = validate(parse(text, "a.md", first_line=2), Outer)
    return [f"{p.line}:{p.column} {p.code}: {p.message} | {p.hint}" for p in problems]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel: A\ntitle: B", ['2:1 unknown-key: unknown key "titel" | did you mean "title"?']),
        ("draft: false", ['2:1 missing-key: "title" is missing | ']),
        (
            "title: A\ninner:\n  nam: x\n  name: y",
            ['4:3 unknown-key: unknown key "inner.nam" | did you mean "name"?'],
        ),
        ("title: A\ntopics: [a, [b]]", ["3:13 wrong-type: topics.1: this must be text, not a list | "]),
        (
            "title: A\ntopics: [a]\ntags: [b]",
            ['4:1 duplicate-key: "tags" is another name of a key that stands here too | keep one of them'],
        ),
        (
            "title: A\ntitle: B",
            ['3:1 duplicate-key: "title" stands twice; the first is on line 2 | keep one of them'],
        ),
        (
            "title: &x A\nextra: {a: *x}",
            ["2:8 yaml-alias: aliases (*name) are not allowed | write the value out"],
        ),
        (
            "title: !!python/name:os.system A",
            [
                "2:8 yaml-tag: the tag tag:yaml.org,2002:python/name:os.system is not allowed | leave the tag out"
            ],
        ),
        ('title: "\\x01"', ["2:8 control-character: a character that no feed can hold (U+0001) | delete it"]),
        ("- a", ["2:1 wrong-type: this must be a mapping (key: value), not a list | "]),
        ("title: ''", ["2:8 empty-value: title: this must not be empty | "]),
    ],
)
def test_each_mistake_has_its_place_and_mend(text: str, said: list[str]):
    assert told(text) == said


def test_all_mistakes_are_told_at_once():
    assert len(told("titel: A\ndraft: perhaps\ninner: 3\ntopics: {a: b}")) == 5


@pytest.mark.parametrize("text", ["[" * 2000, "{" * 2000, "a: " + "[" * 30 + "]" * 30])
def test_depth_is_bounded(text: str):
    assert parse(text, "a.md").problems


@pytest.mark.parametrize(
    ("written", "title", "switch"),
    [("no", "no", False), ("on", "on", True), ("yes", "yes", True), ("true", "true", True)],
)
def test_the_type_of_the_field_decides(written: str, title: str, switch: bool):
    made, problems = validate(parse(f"title: {written}\ndraft: {written}", "a.md"), Outer)
    assert not problems
    assert made is not None
    assert (made.title, made.draft) == (title, switch)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("1:30", "1:30"),
        ("3.10", 3.1),
        ("12", 12),
        ("true", True),
        ("~", None),
        ("'12'", "12"),
        ("0x1F", "0x1F"),
        ("2026-11-23", "2026-11-23"),
    ],
)
def test_free_values_follow_the_core_schema(written: str, value: object):
    assert resolved(parse(f"a: {written}", "a.md").value) == {"a": value}


@given(st.text(max_size=200))
def test_any_text_is_read_or_answered(text: str):
    document = parse(text, "a.md")
    made, problems = validate(document, Outer)
    assert (made is None) == bool(problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"title: Caf\xe9", (1, 11)),
        ("één ".encode() + b"\xe9", (1, 5)),
        (b"\xef\xbb\xbfone\ntwo\xe9", (2, 4)),
        (b"one\r\ntwo\rthree\xe9", (3, 6)),
        ("ok\n日本".encode() + b"\xe6\x97", (2, 3)),
    ],
)
def test_a_byte_that_is_no_text_is_placed_by_lines_and_characters(data: bytes, place: tuple[int, int]):
    text, (problem,) = decoded(data, "content/a.md")
    assert (text, problem.code, (problem.line, problem.column)) == ("", "not-utf-8", place)


def test_text_is_read_with_one_kind_of_line_end():
    assert decoded(b"\xef\xbb\xbfone\r\ntwo\rthree\n", "a.md") == ("one\ntwo\nthree\n", [])


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_what_ends_a_line_in_yaml_alone_moves_no_place(sign: str):
    document = parse(f'a: "x{sign}{sign}y"\nb: {{c: "{sign}", d: 1}}\n', "a.md", 2)
    assert [(at.line, at.column) for at in map(document.position, (["a"], ["b"], ["b", "d"]))] == [
        (2, 4),
        (3, 4),
        (3, 16),
    ]
    (problem,) = parse(f'a: "x{sign}y"\nb: c: d\n', "a.md").problems
    assert (problem.line, problem.column) == (2, 5)
