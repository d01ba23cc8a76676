"""A page per article: brief, text, who else reports it, what came before, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator import urls
from generator.model import Article, Edition, Entry, Instalment, Line, Link, Mention, Page, Site, Subject
from generator.pages import wording
from generator.pages.frame import meta, page

RELATED = 3
# How far back each topic is looked through: what is related should be recent, and the work bounded.
REACH = 60
KICKERS = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article stands: its story, and that story's place (from 1) in its edition."""

    edition: Edition
    story: Instalment
    place: int


@dataclass(frozen=True, slots=True)
class Related:
    """An older article and the topics that it shares."""

    entry: Entry
    shared: tuple[str, ...]


def plan(site: Site, articles: Mapping[str, Article], common: Mapping[str, Any]) -> Iterator[Page]:
    placed = placements(site.editions)
    older = Older(site.topics)
    for entry in site.entries:
        placement = placed.get(entry.id)
        told = also(entry, placement)
        about = meta(
            site,
            "article",
            entry.url,
            entry.headline,
            wording.about(entry),
            canonical=entry.canonical_url or urls.absolute(site.url, entry.url),
            image=entry.image,
        )
        yield page(
            "article.html",
            about,
            common,
            origin=articles[entry.id].path,
            entry=entry,
            article=articles[entry.id],
            also=told,
            related=older.related(entry, {other.id for other in told}),
            next=following(placement),
            names=names(entry),
            kickers=entry.topics[:KICKERS],
        )


def placements(editions: Sequence[Edition]) -> dict[str, Placement]:
    """Placement of each article that stands in a story, by its id."""
    return {
        entry.id: Placement(edition, story, place)
        for edition in editions
        for place, story in enumerate(edition.stories, 1)
        for entry in (story.lead, *story.others)
    }


def also(entry: Entry, placement: Placement | None) -> tuple[Entry, ...]:
    """Find the other articles of its story."""
    story = placement and placement.story
    return tuple(other for other in (story.lead, *story.others) if other.id != entry.id) if story else ()


def following(placement: Placement | None) -> tuple[str, Link] | None:
    """`2 of 12` and a link to the story after this one; nothing after the last."""
    if placement is None or placement.place == len(placement.edition.stories):
        return None
    lead = placement.edition.stories[placement.place].lead
    told = f"{placement.place + 1} of {len(placement.edition.stories)}"
    return told, Link(lead.headline, lead.url)


def names(entry: Entry) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
    """Who and where, by kind; kinds without a name are left out."""
    brief = entry.brief
    kinds = (
        ("Organisations", brief.organisations),
        ("People", brief.people),
        ("Places", brief.places),
        ("Names", brief.names),
    )
    return tuple((kind, mentions) for kind, mentions in kinds if mentions)


def has_lines(entry: Entry) -> bool:
    """Whether a brief says anything below its headline."""
    brief = entry.brief
    lines: tuple[Line | None, ...] = (*brief.summary, brief.why_it_matters, *brief.key_points)
    return any(lines)


class Older:
    """Finds older articles on the same topics; made once for a site."""

    def __init__(self, topics: Sequence[Subject]) -> None:
        self._topics = {topic.url: topic for topic in topics}
        self._places = {topic.url: {e.id: n for n, e in enumerate(topic.entries)} for topic in topics}

    def related(self, entry: Entry, told: Container[str] = ()) -> tuple[Related, ...]:
        """Older articles that share most topics, of those the newest; none whose id is in `told`."""
        shared: dict[str, list[str]] = {}
        found: dict[str, Entry] = {}
        for topic in entry.topics:
            for other in self._after(topic.url, entry):
                if other.id in told:
                    continue
                found[other.id] = other
                shared.setdefault(other.id, []).append(topic.title)
        counts = Counter({key: len(titles) for key, titles in shared.items()})
        best = sorted(found.values(), key=lambda e: (-counts[e.id], -e.published.timestamp(), e.id))
        return tuple(Related(e, tuple(shared[e.id])) for e in best[:RELATED])

    def _after(self, url: str, entry: Entry) -> Iterator[Entry]:
        place = self._places.get(url, {}).get(entry.id)
        if place is None:
            return iter(())
        rest = islice(self._topics[url].entries, place + 1, place + 1 + REACH)
        return (other for other in rest if other.published < entry.published)
