"""What stands together: topics, people, organisations, places and sources that share articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log

from generator.model import Entry, Link, Site, Subject, SubjectKind

SHOWN: Mapping[SubjectKind, int] = {"topic": 5, "person": 4, "organisation": 4, "place": 4, "source": 6}
OFTEN = 4  # articles from which once is not often

Counted = tuple[tuple[Subject, int], ...]
Beside = tuple[
    tuple[Link, int], ...
]  # by their pages alone: what else is in them is nothing to who stands by


class Relations:
    """Finds what shares articles; made once for a site."""

    def __init__(self, site: Site) -> None:
        groups = (site.topics, site.people, site.organisations, site.places, site.sources)
        self._subjects = {subject.url: subject for subject in chain.from_iterable(groups)}
        self._rarity = {
            url: log((len(site.entries) + 1) / len(subject.entries))
            for url, subject in self._subjects.items()
        }
        self._links = {subject.url: Link(subject.name, subject.url) for subject in self._subjects.values()}
        self._on: Mapping[str, list[str]] = defaultdict(list)
        for subject in self._subjects.values():
            for entry in subject.entries:
                self._on[entry.id].append(subject.url)

    def beside(self, entries: Sequence[Entry], but: str = "") -> dict[SubjectKind, Beside]:
        """What some articles have, by kind, with counts; most frequent first.

        `but` is the address of the subject whose articles they are. Of topics, people, organisations and
        places those are chosen that stand here more often than elsewhere (count times inverse frequency), so
        that what is everywhere does not win everywhere; of sources those that have most.
        """
        on = self._on
        counts = Counter(chain.from_iterable([on[entry.id] for entry in entries if entry.id in on]))
        counts.pop(but, None)
        least = 2 if is_often(entries) else 1
        by_kind: dict[SubjectKind, list[tuple[Subject, int]]] = defaultdict(list)
        for url, count in counts.items():
            subject = self._subjects[url]
            if count >= least or subject.kind == "source":
                by_kind[subject.kind].append((subject, count))
        chosen = {kind: self._chosen(kind, some) for kind, some in by_kind.items()}
        return {
            kind: tuple((self._links[subject.url], count) for subject, count in some)
            for kind, some in chosen.items()
            if some
        }

    def _chosen(self, kind: SubjectKind, some: list[tuple[Subject, int]]) -> Counted:
        if kind == "source":
            return most(some)[: SHOWN[kind]]
        if len(some) > SHOWN[kind]:
            rarity = self._rarity
            some.sort(key=lambda pair: (-pair[1] * rarity[pair[0].url], pair[0].url))
        return most(some[: SHOWN[kind]])


def is_often(entries: Sequence[Entry]) -> bool:
    """Whether there are enough articles for a thing to stand in them often."""
    return len(entries) >= OFTEN


def linked(counted: Counted) -> Beside:
    """Name subjects by their pages."""
    return tuple((Link(subject.name, subject.url), count) for subject, count in counted)


def most(pairs: Iterable[tuple[Subject, int]]) -> Counted:
    """Put the largest counts first."""
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].url)))
