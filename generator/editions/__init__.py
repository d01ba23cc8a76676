"""Stories -> Site: dated editions, subjects and archive, composed but not yet rendered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from generator import text, urls
from generator.editions import instalments, issues, roll_ups, subjects
from generator.editions.calendar import Period, edition_start, edition_title
from generator.editions.subjects import Named
from generator.model import (
    Article,
    Author,
    Brief,
    Edition,
    EditionFile,
    Entity,
    Entry,
    Link,
    Month,
    Part,
    Site,
    StandingPage,
    newest_first,
)

__all__ = ["Options", "compose", "edition_start", "edition_title", "entry_of", "revised"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a site is called and how its editions are cut; `limit` is the most stories of an edition.

    `entities` are people, organisations and places that have a page whatever their number of articles.
    """

    title: str
    url: str
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    author: Author | None = None
    menu: tuple[Link, ...] = ()
    period: Period = "day"
    limit: int = 12
    entities: tuple[Entity, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


def compose(
    articles: Sequence[Article],
    briefs: Sequence[Brief],
    stories: Sequence[Sequence[Part]],
    pages: Sequence[StandingPage],
    options: Options,
    files: Sequence[EditionFile] = (),
) -> Site:
    """Compose a site of public articles.

    `briefs` go with `articles`; each of `stories` is its parts, oldest first; `files` hold what editors say
    of single editions.
    """
    listed = {name: place for file in files for place, name in enumerate(file.stories)}
    stories = [instalments.led(parts, listed) for parts in stories]
    entries = _entries(articles, briefs, stories, options)
    told = instalments.told(stories, {entry.id: entry for entry in entries}, options.period)
    cut = issues.Cut(options.period, options.limit, {file.start: file for file in files})
    editions = issues.editions(told, cut)
    rolled = roll_ups.roll_ups(editions, options.limit) if options.period == "day" else ()
    editions = roll_ups.linked(editions, rolled)
    return Site(
        title=options.title,
        description=options.description,
        url=options.url,
        base=urls.base(options.url),
        language=options.language,
        timezone=options.timezone,
        period=options.period,
        author=options.author,
        menu=options.menu,
        entries=entries,
        editions=editions,
        topics=subjects.topics(entries),
        people=subjects.entities("person", entries),
        organisations=subjects.entities("organisation", entries),
        places=subjects.entities("place", entries),
        sources=subjects.sources(entries),
        stories=told.stories,
        roll_ups=rolled,
        corrected=_corrected(entries),
        months=_months(entries, editions),
        pages=tuple(sorted(pages, key=lambda page: (page.title.casefold(), page.url))),
        extra=options.extra,
    )


def _entries(
    articles: Sequence[Article],
    briefs: Sequence[Brief],
    stories: Sequence[Sequence[Part]],
    options: Options,
) -> tuple[Entry, ...]:
    by_age = sorted(articles, key=lambda article: (article.published.timestamp(), article.id))
    topics = subjects.links_of_topics(name for article in by_age for name in article.topics)
    named = subjects.named(briefs, options.entities)
    pages = instalments.links(stories, {article.id: article for article in articles})
    issues: dict[date, Link] = {}  # what many entries show alike is one object: keys look at it once
    made = (
        entry_of(
            article, brief, topics, named, pages.get(article.id), _issue(article, issues, options.period)
        )
        for article, brief in zip(articles, briefs, strict=True)
    )
    return tuple(sorted(made, key=newest_first))


def _corrected(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    corrected = [entry for entry in entries if entry.corrections]
    return tuple(sorted(corrected, key=lambda e: (-e.corrections[0].date.timestamp(), *newest_first(e))))


def _issue(article: Article, known: dict[date, Link], period: Period) -> Link:
    start = edition_start(article.published, period)
    if start not in known:
        known[start] = Link(edition_title(start, period), urls.edition(start))
    return known[start]


def entry_of(
    article: Article,
    brief: Brief,
    topics: Mapping[str, Link],
    named: Named,
    story: Link | None,
    issue: Link,
) -> Entry:
    """Show an article as listings do. `topics` are the pages of topics by their slugs."""
    slugs = dict.fromkeys(text.slug(name) for name in article.topics)
    return Entry(
        id=article.id,
        url=article.url,
        headline=_headline(article, brief),
        published=article.published,
        updated=article.updated,
        lang=article.lang,
        words=article.words,
        minutes=text.minutes(article.words),
        brief_minutes=text.minutes(brief.coverage.words_out),
        brief=brief,
        edition=issue,
        sources=article.sources,
        authors=article.authors,
        topics=tuple(topics[slug] for slug in slugs),
        mentions=named.links(brief),
        story=story,
        corrections=article.corrections,
        image=article.image,
        canonical_url=article.canonical_url,
        rights=article.rights,
        pinned=article.pinned,
    )


def revised(entry: Entry, article: Article, brief: Brief) -> Entry:
    """Show an article that was saved again, in its place; what depends on other articles stays as it was."""
    return replace(
        entry,
        headline=_headline(article, brief),
        updated=article.updated,
        words=article.words,
        minutes=text.minutes(article.words),
        brief_minutes=text.minutes(brief.coverage.words_out),
        brief=brief,
        sources=article.sources,
        authors=article.authors,
        corrections=article.corrections,
        image=article.image,
        canonical_url=article.canonical_url,
        rights=article.rights,
        pinned=article.pinned,
    )


def _headline(article: Article, brief: Brief) -> str:
    return article.title if brief.headline.kind == "trimmed" else brief.headline.text


def _months(entries: Sequence[Entry], editions: Sequence[Edition]) -> tuple[Month, ...]:
    """Divide by calendar month; an edition stands in the month of its first day."""
    told: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    issued: dict[tuple[int, int], list[Edition]] = defaultdict(list)
    for entry in entries:
        told[entry.published.year, entry.published.month].append(entry)
    for edition in editions:
        issued[edition.start.year, edition.start.month].append(edition)
    return tuple(
        Month(year, month, urls.archive(year, month), tuple(issued[year, month]), tuple(told[year, month]))
        for year, month in sorted({*told, *issued}, reverse=True)
    )
