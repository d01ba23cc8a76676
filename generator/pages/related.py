"""Older articles that share what is rare: topics, names, words of headlines."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import NamedTuple

from generator import text
from generator.model import Entry

RELATED = 3
REASONS = 3
# How many older articles of each term are looked at: what is related should be recent, the work bounded.
REACH = 24
ENOUGH = 1.0  # of the strengths below: what relates two articles by itself, or together
LONG_WORD = 5  # letters


@dataclass(frozen=True, slots=True)
class Related:
    """An older article and what it shares, the rarest first."""

    entry: Entry
    shared: tuple[str, ...]


class Term(NamedTuple):
    """What two articles may share: its key, how it is called, how much it says of what they are about."""

    key: str
    name: str
    strength: float


class Older:
    """Finds older articles; made once for a site. `entries` come newest first.

    How rare a term is counts in older articles alone: what is found does not change when newer ones come.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._terms = [tuple(terms(entry)) for entry in entries]
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        held: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(self._terms):
            for term in found:
                held[term.key].append(place)
        self._held: Mapping[str, list[int]] = held

    def related(self, entry: Entry, told: Container[str] = ()) -> tuple[Related, ...]:
        """Give those that share most, of equals the newest; none of its story, none whose id is in `told`."""
        here = self._places[entry.id]
        score: dict[int, float] = defaultdict(float)
        strength: dict[int, float] = defaultdict(float)
        shared: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for term in self._terms[here]:
            places = self._held[term.key]
            start = bisect_right(places, here)
            rarity = 1 + log((len(self._entries) - here) / (len(places) - start + 1))
            for place in islice(places, start, start + REACH):
                score[place] += term.strength * rarity
                strength[place] += term.strength
                shared[place].append((-rarity * (term.strength >= ENOUGH / 2), term.name))
        fit = (place for place in score if strength[place] >= ENOUGH and self._may(place, entry, told))
        best = sorted(fit, key=lambda place: (-score[place], place))[:RELATED]
        return tuple(
            Related(self._entries[place], tuple(name for _, name in sorted(shared[place])[:REASONS]))
            for place in best
        )

    def _may(self, place: int, entry: Entry, told: Container[str]) -> bool:
        other = self._entries[place]
        same_story = entry.story is not None and other.story == entry.story
        return other.published < entry.published and other.id not in told and not same_story


def terms(entry: Entry) -> Iterator[Term]:
    """What an article is about, each thing once."""
    brief = entry.brief
    named = (
        (1.0, "person", brief.people),
        (1.0, "organisation", brief.organisations),
        (0.5, "place", brief.places),
        (0.5, "name", brief.names),
    )
    found = [Term(topic.url, topic.title, 1.0) for topic in entry.topics]
    found += [
        Term(f"{kind} {text.slug(mention.name)}", mention.name, strength)
        for strength, kind, mentions in named
        for mention in mentions
    ]
    stop = text.language(entry.lang).stop
    words = (word.casefold() for word in text.words(entry.headline))
    found += [
        Term(f"{entry.lang} {word}", word, 0.4)
        for word in words
        if len(word) >= LONG_WORD and word not in stop
    ]
    yield from {term.key: term for term in reversed(found)}.values()
