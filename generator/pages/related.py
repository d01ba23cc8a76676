"""Older articles that share what is rare: topics, names, words of headlines."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple, Protocol

from generator import text
from generator.keys import Known, digest
from generator.model import Entry
from generator.schema.records import decoded, encoded

RELATED = 3
REASONS = 3
# How many older articles of each term are looked at: what is related should be recent, the work bounded.
REACH = 16
ENOUGH = 1.0  # of the strengths below: what relates two articles by itself, or together
STRENGTH = {"person": 1.0, "organisation": 1.0, "place": 0.5, "name": 0.5}
WORDS = 0.5  # below it are words of headlines
LONG_WORD = 5  # letters


class Related(NamedTuple):
    """An older article and what it shares, the rarest first."""

    entry: Entry
    shared: tuple[str, ...]


class Term(NamedTuple):
    """What two articles may share: its key, how it is called, how much it says of what they are about."""

    key: str
    name: str
    strength: float


class Memory(Protocol):
    """What is needed of a cache."""

    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found before, by the key of all that it was found from: ids of articles, what they share."""

    related: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


class Older:
    """Finds older articles; made once for a site. `entries` come newest first.

    How rare a term is counts in older articles alone: what is found does not change when newer ones come.
    `memory` keeps what is found, as far as `known` stands for the entries.
    """

    def __init__(
        self, entries: Sequence[Entry], memory: Memory | None = None, known: Known | None = None
    ) -> None:
        self._entries = entries
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        self._memory = memory
        self._keys = _keys(entries) if memory and known else None
        self._record = known.keys.of("related", known.program) if known else ""
        data = memory.recall(self._record) if memory else None
        found = decoded(_Found, data) if data else None
        self._before = found.related if found else {}
        self._now: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}

    @cached_property
    def _terms(self) -> list[tuple[Term, ...]]:
        return [tuple(terms(entry)) for entry in self._entries]

    @cached_property
    def _held(self) -> Mapping[str, list[int]]:
        held: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(self._terms):
            for term in found:
                held[term.key].append(place)
        return held

    def related(self, entry: Entry, told: Collection[str] = ()) -> tuple[Related, ...]:
        """Give those that share most, of equals the newest; none of its story, none whose id is in `told`."""
        if self._keys is None:
            return self._related(entry, told)
        key = " ".join((self._keys[self._places[entry.id]], *sorted(told)))
        kept = self._before.get(key)
        if kept is None:
            kept = tuple((it.entry.id, it.shared) for it in self._related(entry, told))
        self._now[key] = kept
        return tuple(Related(self._entries[self._places[name]], shared) for name, shared in kept)

    def keep(self) -> None:
        """Keep what was asked for, and nothing else, if it is not what was there."""
        if self._memory and self._now.keys() != self._before.keys():
            self._memory.keep(self._record, encoded(_Found(self._now)))

    def _related(self, entry: Entry, told: Container[str]) -> tuple[Related, ...]:
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


def _keys(entries: Sequence[Entry]) -> list[str]:
    """Give a key for each entry that stands for it and all older ones, as far as what is related goes."""
    made, key = [], ""
    for entry in reversed(entries):
        brief = entry.brief
        told: list[object] = [key, entry.id, entry.published.isoformat(), entry.headline, entry.lang]
        told += [entry.story.url if entry.story else "", [(topic.title, topic.url) for topic in entry.topics]]
        told += [[(kind, it.name) for kind, it in brief.entities], [it.name for it in brief.names]]
        key = digest(repr(told))
        made.append(key)
    return made[::-1]


def terms(entry: Entry) -> Iterator[Term]:
    """What an article is about, each thing once."""
    brief = entry.brief
    named = (*brief.entities, *(("name", mention) for mention in brief.names))
    found = [Term(topic.url, topic.title, 1.0) for topic in entry.topics]
    found += [Term(f"{kind} {text.slug(it.name)}", it.name, STRENGTH[kind]) for kind, it in named]
    stop = text.language(entry.lang).stop
    words = (word.casefold() for word in text.words(entry.headline))
    found += [
        Term(f"{entry.lang} {word}", word, 0.4)
        for word in words
        if len(word) >= LONG_WORD and word not in stop
    ]
    yield from {term.key: term for term in reversed(found)}.values()
