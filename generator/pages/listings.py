"""Kinds of what can be followed: where each is listed, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator import urls
from generator.model import Link, Site, Subject, SubjectKind

ListKind = Literal["topics", "people", "organisations", "places", "sources"]


@dataclass(frozen=True, slots=True)
class Listing:
    """All subjects of a kind: where their list stands, what one and all are called, its heading."""

    kind: SubjectKind
    many: ListKind
    one: str
    name: str
    title: str

    @property
    def url(self) -> str:
        return urls.LISTINGS[self.kind]


LISTINGS = (
    Listing("topic", "topics", "Topic", "Topics", "What we follow"),
    Listing("person", "people", "Person", "People", "Who is in the news"),
    Listing("organisation", "organisations", "Organisation", "Organisations", "Organisations in the news"),
    Listing("place", "places", "Place", "Places", "Where the news is"),
    Listing("source", "sources", "Source", "Sources", "Where the news comes from"),
)


def of_kind(site: Site, kind: SubjectKind) -> tuple[Subject, ...]:
    """Subjects of one kind, by name."""
    kinds: Mapping[SubjectKind, tuple[Subject, ...]] = {
        "topic": site.topics,
        "person": site.people,
        "organisation": site.organisations,
        "place": site.places,
        "source": site.sources,
    }
    return kinds[kind]


def counted(site: Site) -> list[tuple[Link, int]]:
    """Lists of what can be followed, stories among them, with how much each holds; none that is empty."""
    lists = [(Link(listing.name, listing.url), len(of_kind(site, listing.kind))) for listing in LISTINGS]
    lists.append((Link("Stories", urls.STORIES), len(site.stories)))
    return [(link, count) for link, count in lists if count]
