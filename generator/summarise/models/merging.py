"""What passed of two answers, put together: nothing that passed is lost, and nothing is said twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator import text
from generator.model import DateMention, Figure, Line, Mention, Quote
from generator.summarise.edits import lines_of
from generator.summarise.extractive import LONGEST_SUMMARY
from generator.summarise.models.judge import KINDS, MOST

LINES = ("summary", "why_it_matters", "key_points", "whats_next")  # fields of lines that nothing else holds


def merged(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a later answer, with what only an earlier one says, as far as there is room.

    A line says something else where both its words and the sentences that it rests on are others; a figure
    by its value, a date or a quotation by its words, a name by itself.
    """
    made = {**earlier, **later}
    known = {kind: set(_told(kind, later)) for kind in (*made, "names")}
    for name, value in later.items():
        old = earlier.get(name)
        if isinstance(value, tuple) and old:
            new = [item for item in old if known[_pool(name)].isdisjoint(_signs(item))]
            made[name] = tuple(_within(name, [*(_whole(item, old) for item in value), *new]))
    return _once(made) if earlier else made


def said(fields: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Name what stands in fields: the field, and its words in small letters."""
    return {
        (name, words.casefold())
        for name, value in fields.items()
        for words in (*(line.text for line in lines_of(value)), *_words(value))
    }


def _words(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else ():
        if isinstance(item, Mention):
            yield item.name
        elif isinstance(item, str):
            yield item


def _pool(name: str) -> str:
    """Name where an item is looked for: a name in all fields of names, a line in all of lines."""
    return "names" if name in KINDS else name


def _told(name: str, fields: Mapping[str, Any]) -> Iterator[Hashable]:
    """Give the signs of all that a field's items must not repeat."""
    pool = KINDS if name == "names" else LINES if name in LINES else (name,)
    for of in pool:
        value = fields.get(of) or ()
        for item in value if isinstance(value, tuple) else (value,):
            yield from _signs(item)


def _signs(item: Any) -> Iterator[Hashable]:
    """Give what an item is known by: two items of one sign say the same."""
    match item:
        case Line():
            yield from (item.text.casefold(), item.evidence)
        case Figure():
            yield (item.value, item.unit)
        case DateMention() | Quote():
            yield from ((type(item), line.text.casefold()) for line in lines_of(item))
        case Mention():
            yield item.name
        case str():
            yield item.casefold()
    if isinstance(item, DateMention):
        yield item.text.casefold()


def _whole(item: Any, old: Iterable[Any]) -> Any:
    """Give a name the role that it had before, where it has none any more."""
    if not isinstance(item, Mention) or item.role:
        return item
    return replace(item, role=next((it.role for it in old if it.name == item.name), ""))


def _within(name: str, items: Iterable[Any]) -> Iterator[Any]:
    """Give as many items as a field has room for."""
    count = words = 0
    for item in items:
        size = text.word_count(item.text) if name == "summary" else 0
        if count < MOST[name] and words + size <= LONGEST_SUMMARY:
            count, words = count + 1, words + size
            yield item


def _once(made: Mapping[str, Any]) -> dict[str, Any]:
    """Say no line twice where fields come from two answers."""
    told: set[str] = set()
    kept: dict[str, Any] = {}
    for name in LINES:
        lines = [line for line in lines_of(made.get(name)) if line.text.casefold() not in told]
        told |= {line.text.casefold() for line in lines}
        if lines:
            kept[name] = lines[0] if name == "why_it_matters" else tuple(lines)
    return {name: value for name, value in made.items() if name not in LINES} | kept
