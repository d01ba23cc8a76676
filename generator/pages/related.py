"""Older articles that share what is rare: topics, names, words of headlines."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from generator import text
from generator.model import Entry

RELATED = 3
REASONS = 3
# How many older articles of each term are looked at: what is related should be recent, the work bounded.
REACH = 16
ENOUGH = 1.0  # of the strengths below: what relates two articles by itself, or together
STRENGTH = {"person": 1.0, "organisation": 1.0, "place": 0.5, "name": 0.5}
WORDS = 0.5  # below it are words of headlines
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
        for term, rarity, places in self._older(here):
            points = term.strength * rarity
            for place in places:
                score[place] += points
        best: list[Related] = []
        for place in sorted(score, key=lambda place: (-score[place], place)):
            if self._may(place, entry, told) and (shared := self._shared(here, place)):
                best.append(Related(self._entries[place], shared))
            if len(best) == RELATED:
                break
        return tuple(best)

    def _older(self, here: int) -> Iterator[tuple[Term, float, list[int]]]:
        """Terms of an article, how rare each was till then, and the next older places that hold it."""
        for term in self._terms[here]:
            places = self._held[term.key]
            start = bisect_right(places, here)
            rarity = 1 + log((len(self._entries) - here) / (len(places) - start + 1))
            yield term, rarity, places[start : start + REACH]

    def _shared(self, here: int, there: int) -> tuple[str, ...]:
        """What two articles share, the rarest first and words last; nothing where that is too little."""
        keys = {term.key for term in self._terms[there]}
        both = [(term, rarity) for term, rarity, _ in self._older(here) if term.key in keys]
        if sum(term.strength for term, _ in both) < ENOUGH:
            return ()
        both.sort(key=lambda pair: (pair[0].strength < WORDS, -pair[1], pair[0].name))
        return tuple(term.name for term, _ in both[:REASONS])

    def _may(self, place: int, entry: Entry, told: Container[str]) -> bool:
        other = self._entries[place]
        same_story = entry.story is not None and other.story == entry.story
        return other.published < entry.published and other.id not in told and not same_story


def terms(entry: Entry) -> Iterator[Term]:
    """What an article is about, each thing once."""
    brief = entry.brief
    named = (*brief.entities, *(("name", mention) for mention in brief.names))
    found = [Term(topic.url, topic.title, 1.0) for topic in entry.topics]
    found += [
        Term(f"{kind} {text.slug(mention.name)}", mention.name, STRENGTH[kind]) for kind, mention in named
    ]
    stop = text.language(entry.lang).stop
    words = (word.casefold() for word in text.words(entry.headline))
    found += [
        Term(f"{entry.lang} {word}", word, 0.4)
        for word in words
        if len(word) >= LONG_WORD and word not in stop
    ]
    yield from {term.key: term for term in reversed(found)}.values()
