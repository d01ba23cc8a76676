"""Entries -> what can be followed: topics, people, organisations, places and sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from generator import text, urls
from generator.model import Brief, Entity, Entry, Link, Subject, SubjectKind

# A name that few articles hold makes a page that says less than its article: 178 articles named 1,547
# entities, 28 of them in three or more.
LEAST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Pages of names, by kind and name, in each form that a brief writes it in."""

    pages: Mapping[tuple[SubjectKind, str], Link]

    def links(self, brief: Brief) -> tuple[Link, ...]:
        """Pages of the people, organisations and places that a brief names, each once."""
        found = (self.pages.get((kind, mention.name)) for kind, mention in brief.entities)
        return tuple(dict.fromkeys(link for link in found if link))


def named(briefs: Iterable[Brief], known: Sequence[Entity]) -> Named:
    """Decide which names have a page: those in three articles or more, and those that the site knows.

    Forms of one name that come to the same slug are one; its page is called as most articles write it.
    """
    slugs: dict[str, str] = {}
    written: dict[tuple[SubjectKind, str], int] = defaultdict(int)
    articles: dict[tuple[SubjectKind, str], int] = defaultdict(int)
    for brief in briefs:
        found = {(kind, mention.name) for kind, mention in brief.entities}
        for _, name in found:
            if name not in slugs:
                slugs[name] = text.slug(name)
        for one in found:
            written[one] += 1
        for one in {(kind, slugs[name]) for kind, name in found}:
            articles[one] += 1
    forms: dict[tuple[SubjectKind, str], list[str]] = defaultdict(list)
    for kind, name in written:
        forms[kind, slugs[name]].append(name)
    own: dict[tuple[SubjectKind, str], str] = {
        (entity.kind, text.slug(entity.name)): entity.name for entity in known
    }
    pages: dict[tuple[SubjectKind, str], Link] = {}
    for (kind, slug), names in forms.items():
        given = own.get((kind, slug))
        if slug and (given or articles[kind, slug] >= LEAST):
            most = min(names, key=lambda name: (-written[kind, name], name))
            link = Link(given or most, urls.subject(kind, slug))
            pages |= dict.fromkeys(((kind, name) for name in names), link)
    return Named(pages)


def spellings(names: Iterable[str]) -> dict[str, str]:
    """How each name is written, by its slug: as most write it; if undecided, as the first did."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in Counter(names).items():
        forms[text.slug(name)][name] = count
    return {slug: written.most_common(1)[0][0] for slug, written in forms.items()}


def links_of_topics(names: Iterable[str]) -> dict[str, Link]:
    """Give the page of each topic, by its slug; `names` come oldest first."""
    return {slug: Link(name, urls.subject("topic", slug)) for slug, name in spellings(names).items()}


def topics(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    return _by_link("topic", ((link, entry) for entry in entries for link in entry.topics))


def entities(kind: SubjectKind, entries: Sequence[Entry]) -> tuple[Subject, ...]:
    """Subjects of one kind that the entries mention."""
    listing = urls.LISTINGS[kind]
    pairs = ((link, entry) for entry in entries for link in entry.mentions if link.url.startswith(listing))
    return _by_link(kind, pairs)


def sources(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    """Every outlet, with the address that its newest article gives of it."""
    written = spellings(source.name for entry in reversed(entries) for source in entry.sources)
    names = {source.name for entry in entries for source in entry.sources}
    slugs = {name: text.slug(name) for name in names}
    links = {slug: Link(name, urls.subject("source", slug)) for slug, name in written.items() if slug}
    pairs = [
        (links[slug], entry)
        for entry in entries
        for slug in dict.fromkeys(slugs[source.name] for source in entry.sources)
        if slug
    ]
    homes = _homes(entries, slugs)
    return tuple(replace(source, home=homes.get(source.slug)) for source in _by_link("source", pairs))


def _homes(entries: Sequence[Entry], slugs: Mapping[str, str]) -> dict[str, str]:
    """Own site of each source, by its slug: scheme and host of the newest article that links to it."""
    found: dict[str, str] = {}
    for entry in entries:
        for source in entry.sources:
            if source.url and slugs[source.name] not in found:
                address = urlsplit(source.url)
                found[slugs[source.name]] = f"{address.scheme}://{address.netloc.rpartition('@')[2]}/"
    return found


def _by_link(kind: SubjectKind, pairs: Iterable[tuple[Link, Entry]]) -> tuple[Subject, ...]:
    listing = urls.LISTINGS[kind]
    on: dict[Link, list[Entry]] = defaultdict(list)
    for link, entry in pairs:
        on[link].append(entry)
    made = (
        Subject(kind, link.title, link.url.removeprefix(listing).strip("/"), link.url, tuple(some))
        for link, some in on.items()
    )
    return tuple(sorted(made, key=lambda subject: (subject.name.casefold(), subject.slug)))
