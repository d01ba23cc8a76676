"""YAML text to plain values, with the place of each of them kept beside.

Plain scalars stay text until the type of their field is known, so that `no` in a title is "no" and
a version `3.10` is not 3.1. Aliases, custom tags, duplicate keys and what XML 1.0 forbids are errors.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml

from generator.model import Position
from generator.problems import Problem

Loc = Sequence[Hashable]
Pair = tuple[yaml.Node, yaml.Node]

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20
# Each level of YAML is opened by one of these, so no text is nested deeper than it has of them.
OPENING = re.compile(r"[\[{]|[-?:](?=\s|$)", re.MULTILINE)
TOLD = 100  # problems of one document
A_NAME = 200  # signs of a name that a message gives
SAFE = 200  # levels that yaml.compose can go down: deeper ones overflow its stack, and end the process
# What XML 1.0 cannot hold, and so no feed can: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What YAML 1.1 cannot hold, as libyaml sees it: https://yaml.org/spec/1.1/#c-printable
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MERGE = "<<"
# What ends a line for an editor; for YAML 1.1 U+0085, U+2028 and U+2029 do so too.
BREAK = re.compile("\r\n?|\n")
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

    `first_line` is the line of the file on which the text begins, counted from 1; `starts` says
    where in the text its lines begin.
    """

    path: str
    value: Any
    node: yaml.Node | None
    first_line: int = 1
    problems: tuple[Problem, ...] = field(default=())
    starts: tuple[int, ...] = (0,)
    _keys: dict[int, dict[str, Pair]] = field(default_factory=dict, compare=False, repr=False)

    def position(self, loc: Loc = (), *, key: bool = False) -> Position:
        """Place of the value at `loc`, or of its key; of the nearest that exists where it does not."""
        node, at = self.node, self.node
        for step in loc:
            pair = self._child(node, step)
            if pair is not None:
                node = pair[1]
                at = pair[0] if key else node
        return self._position(at)

    def is_literal(self, loc: Loc) -> bool:
        """Say whether the value at `loc` is a block that keeps its line ends (|)."""
        node = self.node
        for step in loc:
            pair = self._child(node, step)
            node = pair[1] if pair else None
        return isinstance(node, yaml.ScalarNode) and node.style == "|"

    def _child(self, node: yaml.Node | None, step: Hashable) -> Pair | None:
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._keys:
                pairs = (pair for pair in reversed(node.value) if isinstance(pair[0], yaml.ScalarNode))
                self._keys[id(node)] = {_text(pair[0]): pair for pair in pairs}
            return self._keys[id(node)].get(step) if isinstance(step, str) else None
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return node.value[step], node.value[step]
        return None

    def _position(self, node: yaml.Node | None) -> Position:
        if node is None:
            return Position(self.path, self.first_line, 1)
        line, column = _place(node.start_mark.index, self.starts)
        return Position(self.path, self.first_line + line, column + 1)


def _starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in BREAK.finditer(text)))


def _place(index: int, starts: Sequence[int]) -> tuple[int, int]:
    """Give the line and column, both from 0, that an editor shows: YAML's own count other lines too."""
    line = bisect_right(starts, index) - 1
    return line, index - starts[line]


def parse(text: str, path: str, first_line: int = 1) -> Document:
    """Read one YAML text; never raises: what is wrong lies in `problems`."""
    try:
        if too_deep := _too_deep(text):
            line, column = _place(too_deep.index, _starts(text))
            at = Position(path, first_line + line, column + 1)
            return Document(path, None, None, first_line, (_depth_problem(at),))
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        return Document(path, None, None, first_line, (_syntax(error, text, path, first_line),))
    except (RecursionError, ValueError) as error:
        problem = Problem(path, first_line, 1, "yaml-syntax", f"this YAML cannot be read: {error}")
        return Document(path, None, None, first_line, (problem,))
    bare = Document(path, None, node, first_line, starts=_starts(text))
    faults = capped(_faults(bare, node))
    if faults or node is None:
        return replace(bare, problems=tuple(faults))
    return replace(bare, value=_value(node))


def capped(problems: Iterable[Problem]) -> list[Problem]:
    """Give the first problems of a document, and say that there are more: nobody reads ten thousand."""
    told = list(islice(problems, TOLD + 1))
    if len(told) > TOLD:
        last = told[-1]
        message = "and more like these, from here on"
        told[-1] = Problem(last.path, last.line, last.column, "more-problems", message, "mend those first")
    return told


def cut(name: str) -> str:
    """Give a name as a message has it, never at length."""
    return name if len(name) <= A_NAME else f"{name[:A_NAME]}…"


def _too_deep(text: str) -> Any:
    """Find where a text is nested deeper than is safe to compose; most need not be looked at."""
    if len(OPENING.findall(text)) <= SAFE:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST + 1:
            return event.start_mark
    return None


def _depth_problem(at: Position) -> Problem:
    message = f"this is nested more than {DEEPEST} deep"
    return Problem(at.path, at.line, at.column, "yaml-depth", message, "take out nesting")


def _syntax(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        line, column = _place(error.problem_mark.index, _starts(text))
        what = " ".join(filter(None, [error.problem, error.context and f"({error.context})"]))
        return Problem(
            path,
            first_line + line,
            column + 1,
            "yaml-syntax",
            f"this is not valid YAML: {what}",
            _mend(what),
        )
    bad = UNREADABLE.search(text)
    line, column = _place(bad.start() if bad else 0, _starts(text))
    return Problem(
        path,
        first_line + line,
        column + 1,
        "control-character",
        f"a character that YAML cannot hold{f' (U+{ord(bad[0]):04X})' if bad else ''}",
        "delete it: it is invisible in most editors",
    )


# What libyaml says, and what to do about it; the first that fits.
MENDS = (
    ("mapping values are not allowed", 'put the text between quotes if it holds a colon: title: "One: two"'),
    ("tab character", "indent with spaces, not with tabs"),
    ("cannot start any token", "indent with spaces, and put a text that begins with a mark between quotes"),
    ("expected <block end>", "check the indentation of this line and the one above"),
    ("expected node content", "put the value between quotes if it begins with a mark such as # or %"),
    ("sequence entries are not allowed", "begin the list on the next line, or put the text between quotes"),
    ("an anchor", "put the text between quotes if it begins with &"),
    ("alias", "put the text between quotes if it begins with *"),
    ("escape", "a backslash stands for more between these quotes: write two, or use single quotes"),
    ("hexdecimal", "a backslash stands for more between these quotes: write two, or use single quotes"),
    ("quoted scalar", "a quotation mark was opened and not closed"),
    ("expected ',' or", "a bracket was opened and not closed"),
    ("expected key", "a value ends with its quotation mark or bracket: put all of it between quotes"),
    ("expected ':'", "write key: value, and indent what goes on from the line above"),
    ("document", "take out the lines --- and ... that are too much"),
)


def _mend(what: str) -> str:
    return next((mend for said, mend in MENDS if said in what), "")


def _faults(document: Document, node: yaml.Node | None) -> Iterator[Problem]:
    """Find what is valid YAML and yet refused."""
    seen: set[int] = set()
    todo = [(node, 0)] if node is not None else []
    while todo:
        here, depth = todo.pop()
        if id(here) in seen:
            yield _problem(
                document, here, "yaml-alias", "aliases (*name) are not allowed", "write the value out"
            )
            continue
        seen.add(id(here))
        if here.tag not in TAGS:
            message = f"the tag {cut(here.tag)} is not allowed"
            yield _problem(document, here, "yaml-tag", message, "leave the tag out")
        elif depth > DEEPEST:
            yield _depth_problem(document._position(here))  # noqa: SLF001 -- the same module's own
        elif isinstance(here, yaml.ScalarNode):
            if bad := FORBIDDEN.search(here.value):
                message = f"a character that no feed can hold (U+{ord(bad[0]):04X})"
                yield _problem(document, here, "control-character", message, "delete it")
        elif isinstance(here, yaml.MappingNode):
            yield from _key_faults(document, here)
            todo += [(child, depth + 1) for pair in here.value for child in pair]
        else:
            todo += [(child, depth + 1) for child in here.value]


def _key_faults(document: Document, node: yaml.MappingNode) -> Iterator[Problem]:
    known: dict[str, yaml.Node] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            hint = "put what stands in brackets between quotes"
            yield _problem(document, key, "yaml-key", "a key must be text", hint)
        elif key.value == MERGE and not key.style:
            hint = "write the keys out"
            yield _problem(document, key, "yaml-merge", "merge keys (<<) are not allowed", hint)
        elif (name := _text(key)) in known:
            line = document._position(known[name]).line  # noqa: SLF001 -- the same module's own
            message = f'"{cut(name)}" stands twice; the first is on line {line}'
            yield _problem(document, key, "duplicate-key", message, "keep one of them")
        else:
            known[name] = key


def _problem(document: Document, node: yaml.Node, code: str, message: str, hint: str) -> Problem:
    at = document._position(node)  # noqa: SLF001 -- the same module's own
    return Problem(at.path, at.line, at.column, code, message, hint)


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
