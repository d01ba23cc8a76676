"""YAML whose form others decide, such as workflows: read as far as it can be, each scalar as text."""

from __future__ import annotations

import re
from typing import Any, Self

import yaml

from generator.problems import Problem
from generator.schema.documents import parse

# What others may write, and our own files may not.
ALLOWED = frozenset(("yaml-alias", "yaml-tag", "control-character"))
REMARK = re.compile(r"[\]},\s]*\s#\s*(.*)")


class Scalar(str):
    """A scalar as text, with the remark that follows it on its line."""

    __slots__ = ("remark",)

    def __new__(cls, text: str, remark: str = "") -> Self:
        made = super().__new__(cls, text)
        made.remark = remark
        return made

    remark: str


def read(text: str, path: str) -> tuple[Any, Problem | None]:
    """Give mappings, lists and scalars; or the first thing for which no program can read the text.

    An alias gives the very value that it names, which may hold itself.
    """
    document = parse(text, path)
    faults = [problem for problem in document.problems if problem.code not in ALLOWED]
    if faults or document.node is None:
        return None, next(iter(faults or document.problems), None)
    return _value(document.node, text, {}), None


def _value(node: yaml.Node, text: str, known: dict[int, Any]) -> Any:
    if id(node) in known:
        return known[id(node)]
    if isinstance(node, yaml.MappingNode):
        pairs: dict[str, Any] = {}
        known[id(node)] = pairs
        pairs.update({str(key.value): _value(value, text, known) for key, value in node.value})
        return pairs
    if isinstance(node, yaml.SequenceNode):
        items: list[Any] = []
        known[id(node)] = items
        items += [_value(child, text, known) for child in node.value]
        return items
    rest = text[node.end_mark.index :].partition("\n")[0]
    found = REMARK.match(rest)
    return Scalar(node.value, found[1].strip() if found else "")
