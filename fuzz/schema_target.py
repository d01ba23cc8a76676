"""generator/schema: any text is either checked data, or problems that each have a place in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import yaml

from generator.config.fields import ConfigFields
from generator.content.brief_fields import BriefFile
from generator.content.editions import EditionFields
from generator.content.front_matter import FrontMatter, PageFrontMatter
from generator.content.source_files import take_apart
from generator.model import Limits
from generator.problems import Problem
from generator.schema import Document, parse
from generator.schema.documents import NULLS, resolved
from generator.schema.encoding import decoded
from generator.schema.sequences import appended
from generator.schema.splices import spans
from generator.schema.validation import Model, validate

MODELS: tuple[type[Model], ...] = (ConfigFields, FrontMatter, PageFrontMatter, BriefFile, EditionFields)
PATH = "a.yaml"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def check(data: bytes) -> None:
    """Hold an input against all that `schema` promises. Raises AssertionError where it breaks a promise."""
    text, problems = decoded(data, PATH)
    _hold_places(data.decode("utf-8-sig", "replace"), problems)
    if problems:
        return
    document = parse(text, PATH)
    _hold_places(text, document.problems)
    for model in MODELS:
        made, problems = validate(document, model)
        assert (made is None) == bool(problems), "either data or problems"
        _hold_places(text, problems)
    if not document.problems:
        _hold_values(text, document)
        _hold_pieces(text, document)
    _, problems = take_apart(data, PATH, Limits().front_matter)
    _hold_places(text, problems)


def _hold_places(text: str, problems: Iterable[Problem]) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.code, problem
        assert problem.message.strip(), problem
        assert 1 <= problem.line <= len(lines), (problem, len(lines))
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem


def _hold_values(text: str, document: Document) -> None:
    """Hold what was read against what PyYAML's loader of bare texts reads."""
    bare = yaml.load(text, Loader=LOADER)  # noqa: S506 -- it makes texts, lists and mappings alone
    assert _same(document.value, bare), (document.value, bare)
    resolved(document.value)


def _same(ours: Any, bare: Any) -> bool:
    if isinstance(bare, dict):
        keys = {unicodedata.normalize("NFC", key): value for key, value in bare.items()}
        return (
            isinstance(ours, dict)
            and ours.keys() == keys.keys()
            and len(keys) == len(bare)
            and all(_same(ours[key], value) for key, value in keys.items())
        )
    if isinstance(bare, list):
        return isinstance(ours, list) and len(ours) == len(bare) and all(map(_same, ours, bare))
    return (ours is None and (bare is None or bare in NULLS)) or ours == unicodedata.normalize("NFC", bare)


def _hold_pieces(text: str, document: Document) -> None:
    """Hold the pieces of a text: in order, apart, and all that is not appended stays."""
    last = 0
    for span in spans(text, document):
        assert last <= span.start <= span.end <= len(text), span
        last = span.end
    if isinstance(document.value, dict) and isinstance(document.value.get("stories", []), list):
        appended(text, document, "stories", [("one", "a remark")])
