"""Which way a number goes in German, French and Spanish, and of what it is: both stand in its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.summarise.models.abroad import ROOT
from generator.summarise.verify.numbers import numbers

UP = {
    "de": r"st(?:ieg|eig)\w*|gestiegen|w(?:u|ä)chs\w*|gewachsen|kletter\w*|erhöh\w*|zugenommen",
    "fr": r"augment\w+|mont(?:e|é|a|ent|és|ées)|progress\w+|grimp\w+|accru\w*",
    "es": r"sub(?:e|en|ió|ieron|ido)|aument\w+|crec\w+",
}
DOWN = {
    "de": r"s[aiu]nk\w*|gesunken|fiel\w*|fällt|gefallen|schrumpf\w*|verringer\w*|gesenkt|zurückgegangen",
    "fr": r"baiss\w+|recul\w+|chut\w+|tomb\w+|diminu\w+",
    "es": r"baj(?:a|an|ó|aron|ado)|ca(?:e|en|yó|yeron|ído)|descend\w+|redu[cj]\w+|disminu\w+",
}
CLAUSE = re.compile(r"[;:–—]\s|,\s|\s(?:und|während|aber|et|tandis que|mais|y|mientras|pero)\s")
SENSE = re.compile(r"[^\W\d_]{5,}")  # shorter words join others


@dataclass(frozen=True, slots=True)
class Gone:
    """A number of a clause: which way it goes there, and the words before it by their beginnings."""

    written: str
    readings: frozenset[tuple[str, object]]
    way: str
    before: frozenset[str]


def turned(line: str, sentences: Sequence[str], lang: str) -> Iterator[tuple[str, str]]:
    """Find a number that goes the other way in its sentences, or there is of something else."""
    base = lang.partition("-")[0].lower()
    if base not in UP:
        return
    held = [it for told in sentences for it in _gone(told, base)]
    for said in _gone(line, base):
        same = [it for it in held if it.readings & said.readings]
        others = [it for it in held if not it.readings & said.readings]
        if not (same and said.way):
            continue
        away = all(it.way not in ("", said.way) for it in same)
        theirs = frozenset().union(*(it.before for it in others)) & said.before
        of_others = bool(theirs) and all(it.before and not it.before & said.before for it in same)
        if away or of_others:
            yield "number", said.written


def _gone(told: str, base: str) -> Iterator[Gone]:
    ways = re.compile(rf"\b(?:(?P<up>{UP[base]})|(?P<down>{DOWN[base]}))\b", re.IGNORECASE)
    starts = [0, *(it.end() for it in CLAUSE.finditer(told))]
    for number in numbers(told, base):
        start = max(it for it in starts if it <= number.start)
        end = min((it for it in starts if it >= number.end), default=len(told))
        found = {it.lastgroup or "" for it in ways.finditer(told, start, end)}
        before = ways.sub(" ", told[start : number.start])
        yield Gone(
            number.text,
            frozenset(number.readings),
            next(iter(found)) if len(found) == 1 else "",
            frozenset(it[0].casefold()[:ROOT] for it in SENSE.finditer(before)),
        )
