"""Items -> written items, once for all feeds that show them, and feeds put together from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from operator import attrgetter
from typing import Any

from generator import urls
from generator.feeds import check, json_feed, listings, xml
from generator.feeds.formats import Head
from generator.feeds.items import Item, Told, written
from generator.feeds.listings import Listing, Month, Options
from generator.model import Article, FeedFormat, File, Site
from generator.problems import InvalidSource, Problem

FORM = "1"  # of the records in the cache
BETWEEN = "\x1e"  # between the items of a record: neither XML nor JSON can hold it
BESIDE = attrgetter(*(field.name for field in fields(Item) if field.name != "content"))
WRITE: Mapping[FeedFormat, Callable[[Item], str]] = {
    "rss": xml.rss_item,
    "atom": xml.atom_entry,
    "json": json_feed.item,
}
COMPOSE: Mapping[FeedFormat, Callable[[Head, list[str]], bytes]] = {
    "rss": xml.rss,
    "atom": xml.atom,
    "json": json_feed.feed,
}
ARCHIVED: tuple[FeedFormat, ...] = ("atom", "json")
NOT_ARCHIVED: tuple[FeedFormat, ...] = ("rss",)

Remember = Callable[[str, Callable[[], str]], str]
Texts = dict[str, dict[FeedFormat, str]]


def anew(_key: str, make: Callable[[], str]) -> str:
    """Remember nothing."""
    return make()


@dataclass(frozen=True, slots=True)
class Press:
    """Writes the items of a site."""

    site: Site
    articles: Mapping[str, Article]
    options: Options
    remember: Remember

    def texts(self, told: Sequence[Told], shown: frozenset[str]) -> Texts:
        """Write items in each format that shows them: RSS has no archives, so there only what is `shown`.

        A record holds them all; it is looked for under all that they are written from. Raise InvalidSource
        where an item is one that no reader should get: nothing is remembered then.
        """
        items = [written(it, self.site, self.articles, self.options.content) for it in told]
        live = [item for item in items if item.id in shown]
        faults = cache(lambda: [fault for item in items for fault in check.faults(item)])
        made: Texts = {item.id: {} for item in items}
        for some, forms in ((items, ARCHIVED), (live, NOT_ARCHIVED)):
            tag = _tag(some)
            for form in forms:
                make = partial(_written, form, some, faults)
                texts = self.remember(f"feed {form} {tag}", make).split(BETWEEN) if some else []
                for item, text in zip(some, texts, strict=True):
                    made[item.id][form] = text
        return made


def _tag(items: Sequence[Item]) -> str:
    """Digest of all that the texts of items depend on. Contents go in as they are: they hold no BETWEEN."""
    told = [repr((FORM, version("feedgen"))), *(f"{BESIDE(item)}{BETWEEN}{item.content}" for item in items)]
    return blake2b(BETWEEN.join(told).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _written(form: FeedFormat, items: Sequence[Item], faults: Callable[[], list[Problem]]) -> str:
    if faults():
        raise InvalidSource(faults())
    return BETWEEN.join(map(WRITE[form], items))


def live(listing: Listing, site: Site, options: Options, texts: Texts) -> Iterator[File]:
    """Make a channel's feed in every format."""
    for form in urls.FEEDS:
        if form == "json":
            told = {"rest": _address(site, listing, listing.rest, form)}
        else:
            told = {"before": _address(site, listing, listing.rest, "atom")}
        head = _head(listing, site, form, listing.channel.listing, listing.shown, hub=options.hub, **told)
        yield _file(head, form, listing.channel.listing, listing, listing.shown, texts)


def archive(listing: Listing, site: Site, place: int, texts: Texts) -> Iterator[File]:
    """Make a month's archive.

    It knows of no later month but the next, which is there when it closes: so it stays as it is. The newest
    month is still being written.
    """
    month = listing.months[place]
    where = urls.month_of(listing.channel.listing, month.year, month.month)
    older = listing.months[place + 1 : place + 2]
    newer = listing.months[place - 1 : place] if place else ()
    told = {
        "current": urls.absolute(site.url, urls.feed(listing.channel.listing, "atom")),
        "before": _address(site, listing, older, "atom"),
        "after": _address(site, listing, newer, "atom"),
        "closed": place > 0,
        "rest": _address(site, listing, older, "json"),
    }
    for form in ARCHIVED:
        yield _file(
            _head(listing, site, form, where, month.told, **told), form, where, listing, month.told, texts
        )


def _address(site: Site, listing: Listing, months: Sequence[Month], form: FeedFormat) -> str:
    """Address of a month's archive, if there is one."""
    for month in months:
        where = urls.month_of(listing.channel.listing, month.year, month.month)
        return urls.absolute(site.url, urls.feed(where, form))
    return ""


def _head(
    listing: Listing, site: Site, form: FeedFormat, where: str, told: Sequence[Told], **more: Any
) -> Head:
    channel = listing.channel
    return Head(
        id=listing.id,
        title=channel.title,
        description=channel.description,
        language=listing.language,
        updated=listings.last_change(told),
        author=listing.author,
        self=urls.absolute(site.url, urls.feed(where, form)),
        page=urls.absolute(site.url, channel.listing),
        sheet=urls.rooted(site.base, urls.FEED_STYLE),
        subscribe=urls.absolute(site.url, urls.SUBSCRIBE),
        **more,
    )


def _file(
    head: Head, form: FeedFormat, where: str, listing: Listing, told: Sequence[Told], texts: Texts
) -> File:
    data = COMPOSE[form](head, [texts[item.id][form] for item in told])
    return File(urls.feed(where, form), data, f"the feed of {listing.channel.title}")
