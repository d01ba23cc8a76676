"""Where a fault stands is told as an editor counts: lines end at LF, CR LF and CR; columns are characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import config
from generator.content.source_files import decoded
from generator.problems import InvalidSource
from generator.schema import parse
from generator.schema.validation import Model, validate


class One(Model):
    title: str = ""


def yaml_places(text: str) -> list[str]:
    _, problems = validate(parse(text, "a"), One)
    return [f"{it.line}:{it.column} {it.code}" for it in problems]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: a\nb: c\n", "2:1 unknown-key"),
        ("title: a\rb: c\r", "2:1 unknown-key"),
        ("title: a\r\nb: c\r\n", "2:1 unknown-key"),
        ("title: a\n\u2028\u2029\n\x85b: c\n", "3:2 unknown-key"),
        ('{title: "é😀",\u2028 b: c}', "1:16 unknown-key"),
        ('title: "a\u2028b"\nb: [c\n', "3:1 yaml-syntax"),
        ("? title", "1:8 wrong-type"),
        ("title: a\n\n  b\x80: c", "3:4 control-character"),
        ("title: a\r  b\x9f: c", "2:4 control-character"),
    ],
    ids=range(9),
)
def test_a_fault_in_yaml_has_its_place_in_the_file(text: str, place: str):
    assert yaml_places(text) == [place]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"title: caf\xe9\n", "1:11 not-utf-8"),
        (b"\xef\xbb\xbftitle: caf\xe9\n", "1:11 not-utf-8"),
        ("title: é😀".encode() + b"\xff", "1:10 not-utf-8"),
        (b"a: b\r\nc: \xff", "2:4 not-utf-8"),
    ],
    ids=["plain", "after a byte-order mark", "after wide characters", "on the second line"],
)
def test_what_is_not_utf_8_has_its_place_in_the_file(data: bytes, place: str, tmp_path: Path):
    _, problems = decoded(data, "a")
    (tmp_path / "config.yaml").write_bytes(data)
    with pytest.raises(InvalidSource) as caught:
        config.read(tmp_path)
    for problem in (*problems, *caught.value.problems):
        assert f"{problem.line}:{problem.column} {problem.code}" == place
    assert len(problems) == len(caught.value.problems) == 1


def test_the_byte_that_is_named_is_the_one_at_fault():
    _, (problem,) = decoded(b"\xef\xbb\xbftitle: caf\xe9\n", "a")
    assert "0xe9" in problem.message
