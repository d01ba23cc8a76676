"""What stands together: topics, people, organisations, places and sources that share articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log

from generator.model import Entry, Site, Subject, SubjectKind

SHOWN: Mapping[SubjectKind, int] = {"topic": 5, "person": 4, "organisation": 4, "place": 4}
SOURCES = 6
OFTEN = 4  # articles from which once is not often

Counted = tuple[tuple[Subject, int], ...]


class Relations:
    """Finds what shares articles; made once for a site."""

    def __init__(self, site: Site) -> None:
        groups = (site.topics, site.people, site.organisations, site.places, site.sources)
        self._subjects = {subject.url: subject for subject in chain.from_iterable(groups)}
        self._articles = len(site.entries)
        self._on: Mapping[str, list[str]] = defaultdict(list)
        for subject in self._subjects.values():
            for entry in subject.entries:
                self._on[entry.id].append(subject.url)

    def beside(self, entries: Sequence[Entry], but: str = "") -> dict[SubjectKind, Counted]:
        """Topics, people, organisations and places of some articles, by kind, with their counts.

        `but` is the address of the subject whose articles they are. Those are chosen that stand here more
        often than elsewhere (count times inverse frequency), so that what is everywhere does not win
        everywhere; they come most frequent first.
        """
        counts = self._counts(entries)
        least = 2 if is_often(entries) else 1
        found: dict[SubjectKind, Counted] = {}
        for kind, limit in SHOWN.items():
            some = [
                (subject, counts[subject.url])
                for subject in map(self._subjects.__getitem__, counts)
                if subject.kind == kind and subject.url != but and counts[subject.url] >= least
            ]
            some.sort(key=lambda pair: (-pair[1] * self._rarity(pair[0]), pair[0].url))
            if some:
                found[kind] = most(some[:limit])
        return found

    def sources(self, entries: Sequence[Entry]) -> Counted:
        """Sources that have most of some articles."""
        counts = self._counts(entries)
        subjects = map(self._subjects.__getitem__, counts)
        return most((s, counts[s.url]) for s in subjects if s.kind == "source")[:SOURCES]

    def _counts(self, entries: Iterable[Entry]) -> Counter[str]:
        return Counter(chain.from_iterable(self._on.get(entry.id, ()) for entry in entries))

    def _rarity(self, subject: Subject) -> float:
        return log((self._articles + 1) / len(subject.entries))


def is_often(entries: Sequence[Entry]) -> bool:
    """Whether there are enough articles for a thing to stand in them often."""
    return len(entries) >= OFTEN


def most(pairs: Iterable[tuple[Subject, int]]) -> Counted:
    """Put the largest counts first."""
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].url)))
