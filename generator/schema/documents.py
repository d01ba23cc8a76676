"""YAML text to plain values, with the place of each of them kept beside.

Plain scalars stay text until the type of their field is known, so that `no` in a title is "no" and
a version `3.10` is not 3.1. Aliases, custom tags, duplicate keys and what XML 1.0 forbids are errors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from generator.model import Position
from generator.problems import Problem

Loc = Sequence[Hashable]

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20
# What XML 1.0 cannot hold, and so no feed can: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# YAML 1.1 ends a line with these, too; editors, and we, do not.
BREAKS = re.compile("[\x85\u2028\u2029]")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "null", "bool", "int", "float", "timestamp", "merge", "value")
)


class Plain(str):
    """A scalar written without quotes: its field's type says what it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Document:
    """Values of one YAML text and the tree that knows where each stands.

    `first_line` is the line of the file on which the text begins, counted from 1; `broken` is the text
    where it holds line ends that are YAML's alone.
    """

    path: str
    value: Any
    node: yaml.Node | None
    first_line: int = 1
    problems: tuple[Problem, ...] = field(default=())
    broken: str = ""

    def position(self, loc: Loc = (), *, key: bool = False) -> Position:
        """Place of the value at `loc`, or of its key; of the nearest that exists where it does not."""
        node, at = self.node, self.node
        for step in loc:
            pair = _child(node, step)
            if pair is not None:
                node = pair[1]
                at = pair[0] if key else node
        return self._position(at)

    def is_literal(self, loc: Loc) -> bool:
        """Say whether the value at `loc` is a block that keeps its line ends (|)."""
        node = self.node
        for step in loc:
            pair = _child(node, step)
            node = pair[1] if pair else None
        return isinstance(node, yaml.ScalarNode) and node.style == "|"

    def _position(self, node: yaml.Node | None) -> Position:
        if node is None:
            return Position(self.path, self.first_line, 1)
        line, column = _place(node.start_mark, self.broken)
        return Position(self.path, self.first_line + line, column)


def _place(mark: yaml.Mark, broken: str) -> tuple[int, int]:
    """Give the lines above a mark, and its column counted from 1."""
    if not broken:
        return mark.line, mark.column + 1
    before = broken[: mark.index]
    return before.count("\n"), len(before) - before.rfind("\n")


def _child(node: yaml.Node | None, step: Hashable) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if getattr(k, "value", None) == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def parse(text: str, path: str, first_line: int = 1) -> Document:
    """Read one YAML text; never raises: what is wrong lies in `problems`."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        return Document(path, None, None, first_line, (_syntax(error, text, path, first_line),))
    except (RecursionError, ValueError) as error:
        problem = Problem(path, first_line, 1, "yaml-syntax", f"this YAML cannot be read: {error}")
        return Document(path, None, None, first_line, (problem,))
    broken = text if BREAKS.search(text) else ""
    bare = Document(path, None, node, first_line, broken=broken)
    faults = tuple(_faults(bare, node))
    if faults or node is None:
        return replace(bare, problems=faults)
    return replace(bare, value=_value(node))


def _syntax(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        line, column = _place(error.problem_mark, text if BREAKS.search(text) else "")
        what = " ".join(filter(None, [error.problem, error.context and f"({error.context})"]))
        return Problem(
            path,
            first_line + min(line, text.count("\n")),
            column,
            "yaml-syntax",
            f"this is not valid YAML: {what}",
            _mend(what),
        )
    bad = FORBIDDEN.search(text)
    line = text.count("\n", 0, bad.start()) if bad else 0
    column = bad.start() - text.rfind("\n", 0, bad.start()) if bad else 1
    return Problem(
        path,
        first_line + line,
        column,
        "control-character",
        "a character that no feed can hold",
        "delete it: it is invisible in most editors",
    )


def _mend(what: str) -> str:
    if "mapping values are not allowed" in what:
        return 'put the text between quotes if it holds a colon: title: "One: two"'
    if "cannot start any token" in what:
        return "a tab or a special mark stands here: indent with spaces, or put the text between quotes"
    if "expected <block end>" in what:
        return "check the indentation of this line and the one above"
    if "expected node content" in what:
        return "put the value between quotes if it begins with a mark such as # or %"
    if "quoted scalar" in what:
        return "a quotation mark was opened and not closed"
    if "expected ',' or" in what:
        return "a bracket was opened and not closed"
    return ""


def _faults(document: Document, node: yaml.Node | None) -> Iterator[Problem]:
    """Find what is valid YAML and yet refused."""
    seen: set[int] = set()
    todo = [(node, 0)] if node is not None else []
    while todo:
        here, depth = todo.pop()
        at = document._position(here)  # noqa: SLF001 -- the same module's own
        where = (at.path, at.line, at.column)
        if id(here) in seen:
            yield Problem(*where, "yaml-alias", "aliases (*name) are not allowed", "write the value out")
            continue
        seen.add(id(here))
        if here.tag not in TAGS:
            yield Problem(*where, "yaml-tag", f"the tag {here.tag} is not allowed", "leave the tag out")
        elif depth > DEEPEST:
            yield Problem(*where, "yaml-depth", f"this is nested more than {DEEPEST} deep")
        elif isinstance(here, yaml.ScalarNode):
            if FORBIDDEN.search(here.value):
                yield Problem(*where, "control-character", "a character that no feed can hold", "delete it")
        elif isinstance(here, yaml.MappingNode):
            yield from _key_faults(document, here)
            todo += [(child, depth + 1) for pair in here.value for child in pair]
        else:
            todo += [(child, depth + 1) for child in here.value]


def _key_faults(document: Document, node: yaml.MappingNode) -> Iterator[Problem]:
    known: dict[str, Position] = {}
    for key, _ in node.value:
        at = document._position(key)  # noqa: SLF001 -- the same module's own
        where = (at.path, at.line, at.column)
        if not isinstance(key, yaml.ScalarNode):
            yield Problem(*where, "yaml-key", "a key must be one word of text")
        elif key.value in known:
            first = known[key.value].line
            yield Problem(
                *where,
                "duplicate-key",
                f'"{key.value}" stands twice; the first is on line {first}',
                "keep one of them",
            )
        else:
            known[key.value] = at


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_text(key): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(child) for child in node.value]
    if isinstance(node, yaml.ScalarNode) and not node.style:
        return None if node.value in NULLS else Plain(_text(node))
    return _text(node)


def _text(node: yaml.Node) -> str:
    return unicodedata.normalize("NFC", node.value)


INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


def resolved(value: Any) -> Any:
    """Give free values their YAML 1.2 core types: true, false, null and numbers; the rest is text."""
    if isinstance(value, dict):
        return {key: resolved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item) for item in value]
    if not isinstance(value, Plain):
        return value
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if INTEGER.fullmatch(value):
        return int(value)
    return float(value) if NUMBER.fullmatch(value) else str(value)
