"""Snippets of VS Code for front matter: its YAML extension knows no front matter in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
EVERY = ("title", "date", "source", "topics")  # what an article has as a rule
DAYS = ("date", "updated")
TODAY = "#:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def snippets(schema: Schema) -> dict[str, Any]:
    """Give a snippet for each key of an article's front matter, and one for the whole of it."""
    fields = schema["properties"]
    made = {
        f"Front matter: {key}": {
            "scope": "markdown",
            "prefix": key,
            "body": list(_numbered(_lines(key, field, schema))),
            "description": field["description"],
        }
        for key, field in fields.items()
    }
    whole = [line for key in EVERY for line in _lines(key, fields[key], schema)]
    made["Front matter: a whole article"] = {
        "scope": "markdown",
        "prefix": "article",
        "body": ["---", *_numbered(whole), "---", "", "$0"],
        "description": "Front matter of an article.",
    }
    return made


def _lines(key: str, field: Schema, schema: Schema) -> Iterator[str]:
    """Give the lines of a field, with # for what is to be filled in."""
    inner = _mapping(field, schema)
    if field.get("type") == "boolean":
        yield f"{key}: #|true,false|"
    elif choices := [name for way in (field, *field.get("anyOf", ())) for name in way.get("enum", ())]:
        yield f"{key}: #|{','.join(choices)}|"
    elif key in DAYS:
        yield f"{key}: {TODAY}"
    elif inner is not None and key != "brief":
        yield f"{key}:"
        yield from (f"  {name}: {TODAY if name in DAYS else '#'}" for name in inner)
    elif inner is not None or field.get("type") == "object":
        yield f"{key}:"
        yield "  #"
    elif any(way.get("type") == "array" for way in field.get("anyOf", ())):
        yield f"{key}: [#]"
    else:
        yield f"{key}: #"


def _mapping(field: Schema, schema: Schema) -> Schema | None:
    """Find what may stand in a field that may be a mapping."""
    for way in (field, *field.get("anyOf", ())):
        if name := way.get("$ref", "").rpartition("/")[2]:
            found: Schema = schema["$defs"][name]["properties"]
            return found
    return None


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    """Number the places to fill in, as the editor steps through them."""
    number = 0
    for line in lines:
        head, mark, rest = line.partition("#")
        number += bool(mark)
        place = f"${{{number}{rest}}}" if rest.startswith(("|", ":")) else f"${number}{rest}"
        yield f"{head}{place}" if mark else line
