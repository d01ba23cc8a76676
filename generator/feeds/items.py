"""What stands in feeds: articles, their corrections, editions; each in the form that all formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from generator import text, urls
from generator.feeds import content
from generator.feeds.content import Kind, clean
from generator.model import Article, Correction, Edition, Entry, Image, Site


@dataclass(frozen=True, slots=True)
class Told:
    """What an item tells, before it is written: an article, the `number`th correction of its day, an edition.

    `order` sorts newest first, then by id. Of one moment the correction comes before its article.
    """

    id: str
    date: datetime
    updated: datetime
    order: tuple[float, str, int]
    entry: Entry | None = None
    correction: Correction | None = None
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item, written out: texts without what XML forbids, every address absolute.

    `lang` is empty where it is the site's; `via` is the original and `outlet` who published it; `path` is the
    file that answers for it.
    """

    id: str
    url: str
    title: str
    content: str
    published: datetime
    updated: datetime
    path: str
    lang: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    via: str = ""
    outlet: str = ""
    pictures: tuple[Image, ...] = ()


def of_entries(entries: Iterable[Entry], authority: str) -> dict[str, tuple[Told, ...]]:
    """Tell each article and its corrections, by the id of the article."""
    return {entry.id: tuple(_of_entry(entry, authority)) for entry in entries}


def _of_entry(entry: Entry, authority: str) -> Iterator[Told]:
    order = (-entry.published.timestamp(), entry.id, 0)
    yield Told(urls.tag(authority, entry.id), entry.published, entry.updated, order, entry)
    # Numbered within their day from the oldest on: a later one changes no number.
    days: Counter[date] = Counter()
    for made in reversed(entry.corrections):
        day = made.date.date()
        days[day] += 1
        id_ = urls.tag(authority, entry.id, "correction", day.isoformat(), str(days[day]))
        yield Told(
            id_, made.date, made.date, (-made.date.timestamp(), entry.id, -days[day]), entry, correction=made
        )


def of_editions(editions: Sequence[Edition], site: Site, authority: str) -> list[Told]:
    """Tell editions, newest first. They are dated by their first moment, which nothing moves."""
    zone = ZoneInfo(site.timezone)
    made = []
    for edition in editions:
        start = text.whole_minutes(datetime.combine(edition.start, time(), zone))
        id_ = urls.tag(authority, "edition", edition.start.isoformat())
        updated = max(start, edition.updated) if edition.updated else start
        made.append(Told(id_, start, updated, (-start.timestamp(), id_, 0), edition=edition))
    return made


def newest(told: Iterable[Told]) -> list[Told]:
    """Put items in the one order everywhere."""
    return sorted(told, key=lambda item: item.order)


def written(told: Told, site: Site, articles: Mapping[str, Article], kind: Kind) -> Item:
    """Write an item out."""
    if told.edition:
        return _edition(told, told.edition, site, articles, kind)
    entry = told.entry
    assert entry  # noqa: S101 -- what is no edition tells an article
    path = f"content/{articles[entry.id].path}"
    here = urls.absolute(site.url, entry.url)
    topics = tuple(clean(topic.title) for topic in entry.topics)
    if told.correction:
        title = f"Correction: {_title(entry.headline, here)}"
        made = content.of_correction(site, entry, told.correction)
        return Item(
            told.id, here, title, made, told.date, told.updated, path, _lang(entry, site), topics=topics
        )
    named = next((source for source in entry.sources if source.url), None)
    return Item(
        id=told.id,
        url=here,
        title=_title(entry.headline, here),
        content=content.of_article(site, entry, articles[entry.id], kind),
        published=told.date,
        updated=told.updated,
        path=path,
        lang=_lang(entry, site),
        authors=tuple(clean(name) for name in entry.authors),
        topics=topics,
        via=clean(named.url) if named and named.url else "",
        outlet=clean(named.name) if named else "",
        pictures=tuple(_pictures(entry, articles[entry.id], site)),
    )


def _edition(told: Told, edition: Edition, site: Site, articles: Mapping[str, Article], kind: Kind) -> Item:
    lead = next((story.lead for story in edition.stories), None)
    title = f"{edition.title}: {edition.headline}" if edition.headline else edition.title
    return Item(
        id=told.id,
        url=urls.absolute(site.url, edition.url),
        title=clean(title),
        content=content.of_edition(site, edition, kind),
        published=told.date,
        updated=told.updated,
        path=f"content/{articles[lead.id].path}" if lead else "content",
    )


def _title(headline: str, address: str) -> str:
    """Headline, or where nothing of it is left the address: without a title there is no item."""
    made = clean(headline)
    return made if made.strip() else address


def _lang(entry: Entry, site: Site) -> str:
    return "" if entry.lang == site.language else entry.lang


def _pictures(entry: Entry, article: Article, site: Site) -> Iterator[Image]:
    """Pictures of an article, the one above its text first, each once."""
    found = ([entry.image] if entry.image else []) + list(article.images)
    for address in dict.fromkeys(image.url for image in found):
        image = next(image for image in found if image.url == address)
        yield replace(image, url=urls.absolute(site.url, address))
