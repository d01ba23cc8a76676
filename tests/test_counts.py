"""Builds call no more than they did, and what guards that says what has grown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import counts

BEFORE = {"cold": {"a:one": 1000, "a:two": 9000, "a:few": 3, "libraries:markdown.core": 5000}}


def test_builds_call_no_more_than_they_did():
    found = counts.grown(counts.kept(), counts.counted())
    assert not found, counts.told(found)


@pytest.mark.parametrize(
    ("now", "named"),
    [
        ({}, []),
        ({"a:one": 500}, []),
        ({"a:one": 1250}, []),
        ({"a:few": 40}, []),  # few, whatever they were
        ({"a:new": 250}, []),  # one was parted in two
        ({"a:one": 1510}, ["all calls of ours", "a:one"]),
        ({"a:one": 1310, "a:two": 8600}, ["a:one"]),
        ({"a:one": 1310, "a:two": 9600}, ["all calls of ours", "a:two", "a:one"]),
        ({"a:few": 50}, ["a:few"]),
        ({"a:new": 600}, ["all calls of ours", "a:new"]),
        ({"libraries:markdown.core": 6000}, []),
        ({"libraries:markdown.core": 6300}, ["libraries:markdown.core"]),
        ({"libraries:yaml.new": 90_000}, []),
    ],
)
def test_what_is_called_more_often_is_named(now: dict[str, int], named: list[str]):
    found = counts.grown(BEFORE, {"cold": BEFORE["cold"] | now})
    assert [one.name for one in found.get("cold", [])] == named
    said = counts.told(found)
    assert all(name in said for name in named)


def test_the_message_says_how_much_and_what_to_do():
    said = counts.told(counts.grown(BEFORE, {"cold": BEFORE["cold"] | {"a:two": 20_000}}))
    assert "+11,000  9,000 -> 20,000  a:two" in said
    assert "benchmarks.counts --update" in said


def test_what_is_kept_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counts, "KEPT", tmp_path / "counts.json")
    made = {case: {"a:one": 7, "libraries:jinja2.nodes": 9} for case in counts.CASES} | {"nothing": {}}
    counts.keep(made)
    assert counts.kept() == made
    data = json.loads(counts.KEPT.read_text())
    counts.KEPT.write_text(json.dumps(data | {"python": "3.1"}))  # libraries differ by Python
    assert counts.kept() == {case: {"a:one": 7} for case in counts.CASES} | {"nothing": {}}
