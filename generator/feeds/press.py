"""Items -> written items, once for all feeds that show them, and feeds put together from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import urls
from generator.feeds import check, json_feed, listings, xml
from generator.feeds.formats import Head
from generator.feeds.items import Item, Told, written
from generator.feeds.listings import Listing, Month, Options
from generator.keys import Known
from generator.model import AnyFile, Article, FeedFormat, File, Kept, Lay, Site
from generator.problems import InvalidSource, Problem

WRITE: Mapping[FeedFormat, Callable[[Item], str]] = {
    "rss": xml.rss_item,
    "atom": xml.atom_entry,
    "json": json_feed.item,
}
COMPOSE: Mapping[FeedFormat, Callable[[Head, list[bytes]], bytes]] = {
    "rss": xml.rss,
    "atom": xml.atom,
    "json": json_feed.feed,
}
ARCHIVED: tuple[FeedFormat, ...] = ("atom", "json")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A feed to be: its listing, what it tells, its place, and what its head says `beside` what all say.

    An archive has its year and month.
    """

    form: FeedFormat
    where: str
    listing: Listing
    told: tuple[Told, ...]
    beside: Mapping[str, Any]
    period: tuple[int, int] | None = None

    @property
    def middle(self) -> tuple[float, str, int] | tuple[()]:
        """Give where it stands in time: feeds that are near share more items than others."""
        return self.told[len(self.told) // 2].order if self.told else ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed that is to be put together, under its key."""

    sheet: Sheet
    key: str


class Press:
    """Writes the items of a site, each once for all the feeds that show it, and puts feeds together."""

    def __init__(
        self,
        site: Site,
        articles: Mapping[str, Article],
        options: Options,
        known: Known,
    ) -> None:
        self.site, self.articles, self.options = site, articles, options
        self._keys, self._holds = known.keys, known.holds
        of_site = (site.url, site.base, site.language)
        self._common = known.keys.of("feed", known.program, options.content, *of_site)
        self._alike: dict[tuple[str, tuple[int, int] | None], str] = {}
        self._tags: dict[str, str] = {}
        self._left: Counter[tuple[FeedFormat, str]] = Counter()  # feeds that will ask for an item's text
        self.texts: dict[tuple[FeedFormat, str], bytes] = {}
        self._faults: dict[str, list[Problem]] = {}

    def asked(self, sheet: Sheet) -> Kept | Asked:
        """Give a feed as it stands in the site, or say that it is to be put together: then it must be."""
        path = urls.feed(sheet.where, sheet.form)
        key = self._keys.of(self._formless(sheet), sheet.form, *sheet.beside.items())
        if self._holds(path, key):
            return Kept(path, key, _origin(sheet))
        return Asked(sheet, key)

    def print(self, some: Sequence[Asked], lay: Lay) -> list[AnyFile | tuple[Problem, ...]]:
        """Put feeds together and lay them, or give what is wrong with the items of one.

        A text is let go of with the last feed that shows it: all that was published would fill the memory.
        """
        self._left = Counter((one.sheet.form, told.id) for one in some for told in one.sheet.told)
        made: list[AnyFile | tuple[Problem, ...]] = []
        for one in some:
            try:
                made.append(lay(self._composed(one)))
            except InvalidSource as error:
                made.append(error.problems)
        return made

    def _composed(self, asked: Asked) -> File:
        """Raise InvalidSource where an item is one that no reader should get."""
        sheet = asked.sheet
        texts = [self._text(sheet.form, told) for told in sheet.told]
        if faults := [fault for told in sheet.told for fault in self._faults.get(told.id, ())]:
            raise InvalidSource(faults)
        data = COMPOSE[sheet.form](_head(sheet, self.site), texts)
        return File(urls.feed(sheet.where, sheet.form), data, _origin(sheet), asked.key)

    def _text(self, form: FeedFormat, told: Told) -> bytes:
        asked = form, told.id
        if asked not in self.texts:
            self._write(told)
        self._left[asked] -= 1
        return self.texts[asked] if self._left[asked] else self.texts.pop(asked)

    def _write(self, told: Told) -> None:
        """Write an item in all formats that will be asked for, and let go of it; one at fault in none."""
        item = written(told, self.site, self.articles, self.options.content)
        if faults := list(check.faults(item)):
            self._faults[told.id] = faults
        for form, write in WRITE.items():
            if self._left[form, told.id]:
                self.texts[form, told.id] = b"" if faults else write(item).encode()

    def _formless(self, sheet: Sheet) -> str:
        """Give what a feed depends on in every format."""
        named = (sheet.listing.id, sheet.period)
        if named not in self._alike:
            of = sheet.listing
            parts = (of.id, of.channel, of.author, of.language, *map(self._tag, sheet.told))
            self._alike[named] = self._keys.of(self._common, sheet.where, *parts)
        return self._alike[named]

    def _tag(self, told: Told) -> str:
        """Give what an item depends on, but for what the whole site shares."""
        if told.id not in self._tags:
            self._tags[told.id] = self._keys.of(told.id, told.date, told.updated, *self._shown(told))
        return self._tags[told.id]

    def _shown(self, told: Told) -> tuple[object, ...]:
        """Give what an item shows; not all of an entry, much of which changes with what else is published."""
        entry = told.entry
        if not entry:
            return (told.edition,)
        topics = [topic.title for topic in entry.topics]
        of_entry = (entry.url, entry.headline, entry.lang, entry.image, topics, entry.brief)
        return (*of_entry, told.correction, self.articles[entry.id])


def sheets(every: Iterable[Listing], site: Site, options: Options) -> Iterator[Sheet]:
    """Plan each listing's feed in every format, and its archives."""
    for listing in every:
        yield from _live(listing, site, options)
        yield from _archives(listing, site)


def _origin(sheet: Sheet) -> str:
    return f"the feed of {sheet.listing.channel.title}"


def _live(listing: Listing, site: Site, options: Options) -> Iterator[Sheet]:
    """Plan a channel's feed in every format."""
    where = listing.channel.listing
    for form in urls.FEEDS:
        if form == "json":
            beside = {"rest": _address(site, listing, listing.rest, form)}
        else:
            beside = {"before": _address(site, listing, listing.rest, "atom")}
        yield Sheet(form, where, listing, listing.shown, {"hub": options.hub, **beside})


def _archives(listing: Listing, site: Site) -> Iterator[Sheet]:
    """Plan the archive of each month.

    It knows of no later month but the next, which is there when it closes: so it stays as it is. The newest
    month is still being written.
    """
    for place, month in enumerate(listing.months):
        where = urls.month_of(listing.channel.listing, month.year, month.month)
        older = listing.months[place + 1 : place + 2]
        newer = listing.months[place - 1 : place] if place else ()
        beside = {
            "current": urls.absolute(site.url, urls.feed(listing.channel.listing, "atom")),
            "before": _address(site, listing, older, "atom"),
            "after": _address(site, listing, newer, "atom"),
            "closed": place > 0,
            "rest": _address(site, listing, older, "json"),
        }
        for form in ARCHIVED:
            yield Sheet(form, where, listing, month.told, beside, (month.year, month.month))


def _address(site: Site, listing: Listing, months: Sequence[Month], form: FeedFormat) -> str:
    """Address of a month's archive, if there is one."""
    for month in months:
        where = urls.month_of(listing.channel.listing, month.year, month.month)
        return urls.absolute(site.url, urls.feed(where, form))
    return ""


def _head(sheet: Sheet, site: Site) -> Head:
    listing, channel = sheet.listing, sheet.listing.channel
    return Head(
        id=listing.id,
        title=channel.title,
        description=channel.description,
        language=listing.language,
        updated=listings.last_change(sheet.told),
        author=listing.author,
        self=urls.absolute(site.url, urls.feed(sheet.where, sheet.form)),
        page=urls.absolute(site.url, channel.listing),
        sheet=urls.rooted(site.base, urls.FEED_STYLE),
        subscribe=urls.absolute(site.url, urls.SUBSCRIBE),
        **sheet.beside,
    )
