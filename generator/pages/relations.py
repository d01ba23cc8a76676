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
        self._articles = len(site.entries)
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
        counts = Counter(chain.from_iterable(self._on.get(entry.id, ()) for entry in entries))
        counts.pop(but, None)
        by_kind: dict[SubjectKind, list[tuple[Subject, int]]] = defaultdict(list)
        for url, count in counts.items():
            subject = self._subjects[url]
            by_kind[subject.kind].append((subject, count))
        least = 2 if is_often(entries) else 1
        chosen = {kind: self._chosen(kind, some, least) for kind, some in by_kind.items()}
        return {
            kind: tuple((self._links[subject.url], count) for subject, count in some)
            for kind, some in chosen.items()
            if some
        }

    def _chosen(self, kind: SubjectKind, some: list[tuple[Subject, int]], least: int) -> Counted:
        if kind == "source":
            return most(some)[: SHOWN[kind]]
        often = [(subject, count) for subject, count in some if count >= least]
        often.sort(key=lambda pair: (-pair[1] * self._rarity(pair[0]), pair[0].url))
        return most(often[: SHOWN[kind]])

    def _rarity(self, subject: Subject) -> float:
        return log((self._articles + 1) / len(subject.entries))


def is_often(entries: Sequence[Entry]) -> bool:
    """Whether there are enough articles for a thing to stand in them often."""
    return len(entries) >= OFTEN


def linked(counted: Counted) -> Beside:
    """Name subjects by their pages."""
    return tuple((Link(subject.name, subject.url), count) for subject, count in counted)


def most(pairs: Iterable[tuple[Subject, int]]) -> Counted:
    """Put the largest counts first."""
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].name.casefold(), pair[0].url)))
