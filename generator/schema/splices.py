"""A YAML text in pieces: where each field of it stands as text, so that one is replaced and no other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from generator.schema.documents import LOADER, Document

LINE_END = re.compile("[\r\n\x85\u2028\u2029]")  # as YAML has it


@dataclass(frozen=True, slots=True)
class Span:
    """A field of the outermost mapping, from its key to the end of its value's last line.

    `comments` are those within, which do not belong to its value; `column` is where its key begins.
    """

    key: str
    start: int
    end: int
    column: int
    comments: tuple[str, ...]


def spans(text: str, document: Document) -> list[Span]:
    """Find the fields of a sound document, in their order; none if it is no block mapping.

    `document` is what `parse` made of this very text.
    """
    root = document.node
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return []
    remarks = _comments(text)
    found = []
    for key, value in root.value:
        start = key.start_mark.index
        end = start + len(text[start : max(value_end(value), key.end_mark.index)].rstrip())
        end = line_end(text, end)
        within = tuple(text[a:b].rstrip() for a, b in remarks if start < a < end)
        found.append(Span(key.value, start, end, key.start_mark.column, within))
    return found


def line_end(text: str, at: int) -> int:
    found = LINE_END.search(text, at)
    return found.start() if found else len(text)


def value_end(node: yaml.Node) -> int:
    """Give where a value's last sign stands: a block's own end mark lies behind the comments after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [v for _, v in node.value]
        return max((value_end(part) for part in parts), default=node.start_mark.index)
    return int(node.end_mark.index)


def _comments(text: str) -> list[tuple[int, int]]:
    """Find the comments: what begins with # between two tokens, to the end of its line."""
    found: list[tuple[int, int]] = []
    last = 0
    tokens: Any = yaml.scan(text, Loader=LOADER)
    for token in tokens:
        at = text.find("#", last, token.start_mark.index)
        while at >= 0:
            end = line_end(text, at)
            found.append((at, end))
            at = text.find("#", end, token.start_mark.index)
        last = max(last, token.end_mark.index)
    return found
