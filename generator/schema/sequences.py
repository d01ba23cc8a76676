"""A list in a YAML text, made longer at its end: all that stands in the file stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from generator.schema.documents import Document
from generator.schema.splices import line_end, spans, value_end

INDENT = "  "


def appended(text: str, document: Document, key: str, items: Sequence[tuple[str, str]]) -> str:
    """Put items at the end of the list `key` of the outermost mapping; the key too, if it is not there.

    `document` is what `parse` made of this very text, and sound; `items` are plain scalars as YAML writes
    them, each with a remark, which a list in brackets has no room for.
    """
    root = document.node
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    value = next((value for name, value in pairs if name.value == key), None)
    names = ", ".join(item for item, _ in items)
    if isinstance(root, yaml.MappingNode) and root.flow_style:
        if value is None:
            return _into(text, root, f"{key}: [{names}]")
        return _into(text, value, names) if _is_list(value) else _put(text, value, f" [{names}]")
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        return _into(text, value, names)
    return _lines(text, document, value, key, items)


def _lines(
    text: str, document: Document, value: yaml.Node | None, key: str, items: Sequence[tuple[str, str]]
) -> str:
    """Put items on lines of their own."""
    found = spans(text, document)
    break_ = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    margin = " " * found[0].column if found else ""
    if isinstance(value, yaml.SequenceNode):
        at, indent, head = line_end(text, value_end(value)), " " * value.start_mark.column, ""
    elif value is not None:  # nothing, or null written out
        text = _put(text, value, "")
        own = next(span for span in found if span.key == key)
        at, indent, head = line_end(text, own.start), margin + INDENT, ""
    else:
        at = found[-1].end if found else len(text.rstrip())
        indent, head = margin + INDENT, f"{break_ * bool(text[:at])}{margin}{key}:"
    lines = "".join(f"{break_}{indent}- {item}  # {remark}" for item, remark in items)
    tail = text[at:] or break_
    return f"{text[:at]}{head}{lines}{tail}"


def _into(text: str, node: yaml.CollectionNode, piece: str) -> str:
    """Put a piece into brackets or braces, behind what they hold."""
    if not node.value:
        at = int(node.start_mark.index) + 1
        return f"{text[:at]}{piece}{text[at:]}"
    last = node.value[-1]
    at = value_end(last if isinstance(node, yaml.SequenceNode) else last[1])
    return f"{text[:at]}, {piece}{text[at:]}"


def _is_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode)


def _put(text: str, node: yaml.Node, piece: str) -> str:
    return text[: node.start_mark.index] + piece + text[node.end_mark.index :]
