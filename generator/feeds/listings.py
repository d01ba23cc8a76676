"""What can be subscribed to, and which items each of its feeds shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from generator import urls
from generator.feeds import items
from generator.feeds.content import Kind, clean
from generator.feeds.items import Told
from generator.model import Author, Channel, ChannelKind, Entry, Site, Subject

# Before anything was published there is no last change.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
EDITIONS = 10  # an item holds a whole edition: thirty of them nobody should have to fetch
Archives = Literal["none", "site", "all"]


@dataclass(frozen=True, slots=True)
class Options:
    """How many items a feed holds, what an article's item holds, and who mints ids (`host,year`).

    The authority is asked for, never taken from the site's address: ids outlive a move. `hub` is told of
    changes (WebSub); `archives` says which feeds have them.
    """

    authority: str
    items: int = 30
    content: Kind = "brief"
    hub: str = ""
    archives: Archives = "site"


@dataclass(frozen=True, slots=True)
class Listing:
    """A channel, all that it has to tell, newest first, and what its feed shows of that.

    Where its kind is archived and there is more than one month, or more than the feed shows, all of it stands
    in `months`, newest first: that a month is archived does not hang on how much a feed shows.
    """

    channel: Channel
    id: str
    author: Author
    language: str
    shown: tuple[Told, ...]
    months: tuple[Month, ...] = ()

    @property
    def updated(self) -> datetime:
        return last_change(self.shown)

    @property
    def rest(self) -> tuple[Month, ...]:
        """Give the months from the newest on that holds something that the feed does not show."""
        shown = {told.id for told in self.shown}
        hidden = (n for n, month in enumerate(self.months) if any(it.id not in shown for it in month.told))
        return self.months[next(hidden, len(self.months)) :]


@dataclass(frozen=True, slots=True)
class Month:
    """What a listing tells of one calendar month, newest first: an archive."""

    year: int
    month: int
    told: tuple[Told, ...]


def last_change(told: Iterable[Told]) -> datetime:
    return max((item.updated for item in told), default=NEVER)


def listed(site: Site, options: Options) -> list[Listing]:
    """Give every channel: the site, editions, corrections, then subjects by kind and name."""
    by_entry = items.of_entries(site.entries, options.authority)
    author = _author(site)

    def made(
        kind: ChannelKind, title: str, about: str, listing: str, told: Sequence[Told], most: int
    ) -> Listing:
        shown = tuple(told[:most])
        months = tuple(_months(told)) if _archived(kind, options.archives) else ()
        name = _filled(title) or urls.absolute(site.url, listing)
        channel = Channel(kind, name, _filled(about) or name, listing, len(shown))
        id_ = urls.tag(options.authority, "feed", kind, *filter(None, [_name(listing, kind)]))
        if len(told) <= most and not months[1:]:
            months = ()
        return Listing(channel, id_, author, site.language, shown, months)

    def of_entries(
        kind: ChannelKind, title: str, about: str, listing: str, entries: Sequence[Entry]
    ) -> Listing:
        told = items.newest(told for entry in entries for told in by_entry[entry.id])
        return made(kind, title, about, listing, told, options.items)

    every = [of_entries("site", site.title, site.description, urls.HOME, site.entries)]
    told = items.of_editions(site.editions, site, options.authority)
    title, about = f"{site.title}: Editions", f"Each edition of {site.title}, whole."
    every.append(made("editions", title, about, urls.EDITIONS, told, min(EDITIONS, options.items)))
    told = items.newest(it for entry in site.corrected for it in by_entry[entry.id] if it.correction)
    title, about = f"{site.title}: Corrections", f"What was wrong in {site.title} and is right now."
    every.append(made("corrections", title, about, urls.CORRECTIONS, told, options.items))
    for subject in (*site.topics, *site.people, *site.organisations, *site.sources):
        title, about = f"{site.title}: {subject.name}", _about(subject, site)
        every.append(of_entries(subject.kind, title, about, subject.url, subject.entries))
    return every


def _author(site: Site) -> Author:
    """Who answers for every feed, by an address that leads somewhere from there."""
    author = site.author or Author(site.title)
    url = urls.absolute(site.url, author.url) if author.url else ""
    return Author(_filled(author.name) or site.url, clean(author.email), clean(url))


def _filled(text: str) -> str:
    """Text that a feed can hold, or nothing where it is blank."""
    made = clean(text)
    return made if made.strip() else ""


def _about(subject: Subject, site: Site) -> str:
    word = "from" if subject.kind == "source" else "on"
    return f"Everything {word} {subject.name} in {site.title}."


def _name(listing: str, kind: ChannelKind) -> str:
    """What tells a feed from others of its kind, in its id."""
    return "" if kind in ("site", "editions", "corrections") else listing.strip("/").rpartition("/")[2]


def _archived(kind: ChannelKind, archives: Archives) -> bool:
    kinds: Mapping[Archives, tuple[ChannelKind, ...]] = {
        "none": (),
        "site": ("site",),
        "all": ("site", "topic", "source"),
    }
    return kind in kinds[archives]


def _months(told: Sequence[Told]) -> Iterator[Month]:
    by_month: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for item in told:
        by_month[item.date.year, item.date.month].append(item)
    for year, month in sorted(by_month, reverse=True):
        yield Month(year, month, tuple(by_month[year, month]))
