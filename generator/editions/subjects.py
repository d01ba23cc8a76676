"""Entries -> what can be followed: topics, people, organisations, places and sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from generator import text, urls
from generator.model import Brief, Entity, Entry, Link, Subject, SubjectKind

# A name that few articles hold makes a page that says less than its article: 178 articles named 1,547
# entities, 28 of them in three or more.
LEAST = 3
LISTINGS: Mapping[SubjectKind, str] = {
    "topic": urls.TOPICS,
    "person": urls.PEOPLE,
    "organisation": urls.ORGANISATIONS,
    "place": urls.PLACES,
    "source": urls.SOURCES,
}


@dataclass(frozen=True, slots=True)
class Named:
    """Names that have a page, by kind and slug, as most articles write them."""

    spelled: Mapping[tuple[SubjectKind, str], str]

    def link(self, kind: SubjectKind, name: str) -> Link | None:
        slug = text.slug(name)
        written = self.spelled.get((kind, slug))
        return Link(written, urls.subject(LISTINGS[kind], slug)) if written else None

    def links(self, brief: Brief) -> tuple[Link, ...]:
        """Pages of the people, organisations and places that a brief names, each once."""
        found = (self.link(kind, name) for kind, name in mentioned(brief))
        return tuple(dict.fromkeys(link for link in found if link))


def mentioned(brief: Brief) -> Iterator[tuple[SubjectKind, str]]:
    """Names of a brief with their kinds, in its order."""
    for mention in brief.people:
        yield "person", mention.name
    for mention in brief.organisations:
        yield "organisation", mention.name
    for mention in brief.places:
        yield "place", mention.name


def named(briefs: Iterable[Brief], known: Sequence[Entity]) -> Named:
    """Decide which names have a page: those in three articles or more, and those that the site knows."""
    counts: dict[tuple[SubjectKind, str], Counter[str]] = defaultdict(Counter)
    for brief in briefs:
        for kind, name in dict.fromkeys(mentioned(brief)):
            counts[kind, text.slug(name)][name] += 1
    own: dict[tuple[SubjectKind, str], str] = {
        (entity.kind, text.slug(entity.name)): entity.name for entity in known
    }
    return Named(
        {
            key: own.get(key) or min(names, key=lambda name: (-names[name], name))
            for key, names in counts.items()
            if key[1] and (key in own or names.total() >= LEAST)
        }
    )


def spellings(names: Iterable[str]) -> dict[str, str]:
    """How each name is written, by its slug: as most write it; if undecided, as the first did."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counts[text.slug(name)][name] += 1
    return {slug: written.most_common(1)[0][0] for slug, written in counts.items()}


def topics(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    return _by_link("topic", ((link, entry) for entry in entries for link in entry.topics))


def entities(kind: SubjectKind, entries: Sequence[Entry]) -> tuple[Subject, ...]:
    """Subjects of one kind that the entries mention."""
    listing = LISTINGS[kind]
    pairs = ((link, entry) for entry in entries for link in entry.mentions if link.url.startswith(listing))
    return _by_link(kind, pairs)


def sources(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    """Every outlet, with the address that its newest article gives of it."""
    written = spellings(source.name for entry in reversed(entries) for source in entry.sources)
    pairs = [
        (Link(written[slug], urls.subject(urls.SOURCES, slug)), entry)
        for entry in entries
        for slug in dict.fromkeys(text.slug(source.name) for source in entry.sources)
        if slug
    ]
    homes = _homes(entries)
    return tuple(replace(source, home=homes.get(source.slug)) for source in _by_link("source", pairs))


def _homes(entries: Sequence[Entry]) -> dict[str, str]:
    """Own site of each source, by its slug: scheme and host of the newest article that links to it."""
    by_name: dict[str, str] = {}
    for entry in entries:
        for source in entry.sources:
            if source.url and source.name not in by_name:
                address = urlsplit(source.url)
                by_name[source.name] = f"{address.scheme}://{address.netloc.rpartition('@')[2]}/"
    found: dict[str, str] = {}
    for name, home in by_name.items():
        found.setdefault(text.slug(name), home)
    return found


def _by_link(kind: SubjectKind, pairs: Iterable[tuple[Link, Entry]]) -> tuple[Subject, ...]:
    on: dict[Link, list[Entry]] = defaultdict(list)
    for link, entry in pairs:
        on[link].append(entry)
    made = (
        Subject(kind, link.title, link.url.removeprefix(LISTINGS[kind]).strip("/"), link.url, tuple(some))
        for link, some in on.items()
    )
    return tuple(sorted(made, key=lambda subject: (subject.name.casefold(), subject.slug)))
