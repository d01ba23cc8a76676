"""The search page: what can be chosen from; it finds by itself what the search index holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Page, Site, Subject
from generator.pages.frame import meta, page, policy

MOST = 200  # sources, and names of each kind, that a list offers


def plan(site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    told = plural(len(site.entries), "article")
    about = meta(
        site, "search", urls.SEARCH, "Search", f"Search {told} of {site.title}.", section=urls.SEARCH
    )
    kinds = (("People", site.people), ("Organisations", site.organisations), ("Places", site.places))
    yield page(
        "search.html",
        about,
        {**common, "policy": policy(common["assets"], search=True)},
        told=told,
        names=[(title, offered(subjects)) for title, subjects in kinds if subjects],
        sources=offered(site.sources),
        volumes=urls.SEARCH_VOLUMES,
    )


def offered(subjects: Sequence[Subject]) -> list[Subject]:
    """Those with most articles, by name."""
    most = sorted(subjects, key=lambda subject: -len(subject.entries))[:MOST]
    return sorted(most, key=lambda subject: (subject.name.casefold(), subject.slug))
