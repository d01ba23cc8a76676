"""A page per article: brief, text, who else reports it, what came before, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from generator.pages.frame import Late, Meta, meta, page, with_policy
from generator.pages.mentions import addresses
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
        article, placement = articles[entry.id], placed.get(entry.id)
        instalment = days.get(entry.id) or (placement.story if placement else None)
        told = also(entry, instalment)
        yield page(
            "article.html",
            _about(site, entry, article),
            with_policy(common, trusted=bool(article.trusted)),
            origin=article.path,
            **_own(entry, article),
            instalment=instalment,
            news=Late(_news, instalment, entry.id),
            also=told,
            related=older.related(entry, {other.id for other in told}),
            next=following(placement),
        )


def revised(page: Page, entry: Entry, article: Article) -> Page:
    """Plan the page of an article that was saved again; what depends on other articles stays as it was."""
    site, about = page.context["site"], page.context["page"]
    told = _about(site, entry, article)
    told = replace(told, trail=about.trail, feeds=about.feeds, image=told.image or about.image)
    common = with_policy(page.context, trusted=bool(article.trusted))
    return replace(page, key="", context={**common, "page": told, **_own(entry, article)})


def _about(site: Site, entry: Entry, article: Article) -> Meta:
    canonical = _original(entry, article) or urls.absolute(site.url, entry.url)
    told = wording.about(entry)
    return meta(site, "article", entry.url, entry.headline, told, canonical=canonical, image=entry.image)


def _own(entry: Entry, article: Article) -> dict[str, Any]:
    """Give what a page shows that follows from its article alone."""
    return {
        "entry": entry,
        "article": article,
        "names": Late(names, entry),
        "kickers": Late(kickers, entry),
        "excerpted": Late(excerpted, article),
        "withheld": Late(evidence.withheld, article, entry.brief),
    }


def _news(instalment: Instalment | None, article: str) -> tuple[news.Added, ...]:
    return news.news_of(instalment, of=article) if instalment else ()


def _original(entry: Entry, article: Article) -> str | None:
    """Give the address of what this page is a copy of; an excerpt with its brief is a copy of nothing."""
    return None if article.rights == "excerpt" else entry.canonical_url


def kickers(entry: Entry) -> tuple[Link, ...]:
    return entry.topics[:KICKERS]


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
    brief, address = entry.brief, addresses(entry)
    kinds: tuple[tuple[str, tuple[Mention, ...], EntityKind | None], ...] = (
        ("Organisations", brief.organisations, "organisation"),
        ("People", brief.people, "person"),
        ("Places", brief.places, "place"),
        ("Names", brief.names, None),
    )
    return tuple(
        (label, tuple((mention, address(kind, mention) if kind else "") for mention in mentions))
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
