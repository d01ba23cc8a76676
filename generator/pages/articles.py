"""A page per article: brief, text, who else reports it, what came before, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from generator import urls
from generator.model import (
    Article,
    Brief,
    DateMention,
    Edition,
    EntityKind,
    Entry,
    Instalment,
    Line,
    Link,
    Mention,
    Page,
    Site,
)
from generator.pages import evidence, news, wording
from generator.pages.frame import Late, meta, page, with_policy
from generator.pages.mentions import address
from generator.pages.related import Older

KICKERS = 3


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article stands: its story, and that story's place (from 1) in its edition."""

    edition: Edition
    story: Instalment
    place: int


def plan(
    site: Site, articles: Mapping[str, Article], common: Mapping[str, Any], older: Older
) -> Iterator[Page]:
    placed = placements(site.editions)
    days = {entry.id: day for story in site.stories for day in story.instalments for entry in day.entries}
    for entry in site.entries:
        placement = placed.get(entry.id)
        instalment = days.get(entry.id) or (placement.story if placement else None)
        told = also(entry, instalment)
        about = meta(
            site,
            "article",
            entry.url,
            entry.headline,
            wording.about(entry),
            canonical=_original(entry, articles[entry.id]) or urls.absolute(site.url, entry.url),
            image=entry.image,
        )
        yield page(
            "article.html",
            about,
            with_policy(common, trusted=bool(articles[entry.id].trusted)),
            origin=articles[entry.id].path,
            entry=entry,
            article=articles[entry.id],
            instalment=instalment,
            news=Late(partial(_news, instalment, entry.id)),
            also=told,
            related=older.related(entry, {other.id for other in told}),
            next=following(placement),
            names=Late(partial(names, entry)),
            kickers=entry.topics[:KICKERS],
            excerpted=excerpted(articles[entry.id]),
            withheld=evidence.withheld(articles[entry.id], entry.brief),
        )


def _news(instalment: Instalment | None, article: str) -> tuple[news.Added, ...]:
    return news.news_of(instalment, of=article) if instalment else ()


def _original(entry: Entry, article: Article) -> str | None:
    """Give the address of what this page is a copy of; an excerpt with its brief is a copy of nothing."""
    return None if article.rights == "excerpt" else entry.canonical_url


def excerpted(article: Article) -> Link | None:
    """Give where the whole stands of what is but an excerpt here; the address may be empty."""
    if article.rights != "excerpt":
        return None
    source = next((it for it in article.sources if it.url), None)
    url = (source.url if source else None) or article.canonical_url or ""
    named = source.name if source else urlsplit(url).hostname
    return Link(named or "the original", url)


def placements(editions: Sequence[Edition]) -> dict[str, Placement]:
    """Placement of each article that stands in a story, by its id."""
    return {
        entry.id: Placement(edition, story, place)
        for edition in editions
        for place, story in enumerate(edition.stories, 1)
        for entry in story.entries
    }


def also(entry: Entry, instalment: Instalment | None) -> tuple[Entry, ...]:
    """Find the other articles of its story on its day."""
    return tuple(other for other in instalment.entries if other.id != entry.id) if instalment else ()


def following(placement: Placement | None) -> tuple[str, Entry] | None:
    """`2 of 12` and the lead of the story after this one; nothing after the last."""
    if placement is None or placement.place == len(placement.edition.stories):
        return None
    lead = placement.edition.stories[placement.place].lead
    told = f"{placement.place + 1} of {len(placement.edition.stories)}"
    return told, lead


def names(entry: Entry) -> tuple[tuple[str, tuple[tuple[Mention, str], ...]], ...]:
    """Who and where, by kind, each with its page's address or nothing; kinds without a name are left out."""
    brief = entry.brief
    kinds: tuple[tuple[str, tuple[Mention, ...], EntityKind | None], ...] = (
        ("Organisations", brief.organisations, "organisation"),
        ("People", brief.people, "person"),
        ("Places", brief.places, "place"),
        ("Names", brief.names, None),
    )
    return tuple(
        (label, tuple((mention, address(entry, kind, mention) if kind else "") for mention in mentions))
        for label, mentions, kind in kinds
        if mentions
    )


def chronology(brief: Brief) -> list[tuple[int, DateMention]]:
    """Dates of a brief in order of time with their numbers in the brief; what is not resolved goes last."""
    return sorted(
        enumerate(brief.dates, 1), key=lambda dated: (dated[1].iso is None, dated[1].iso or "", dated[0])
    )


def has_lines(entry: Entry) -> bool:
    """Whether a brief says anything below its headline."""
    brief = entry.brief
    lines: tuple[Line | None, ...] = (*brief.summary, brief.why_it_matters, *brief.key_points)
    return any(lines)
