"""What readers meet, and the files that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from generator.model.articles import Correction, Image, Rights, Source, StandingPage, newest_first
from generator.model.briefs import Brief, Figure, Line


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads: an address on the site, or an absolute URL."""

    title: str
    url: str


SubjectKind = Literal["topic", "person", "organisation", "place", "source"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as every listing and feed shows it: all but its text."""

    id: str
    url: str
    headline: str
    published: datetime
    updated: datetime
    lang: str
    words: int
    minutes: int  # to read the full text; at least 1
    brief_minutes: int  # to read the brief; at least 1
    brief: Brief
    edition: Link
    sources: tuple[Source, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[Link, ...] = ()
    mentions: tuple[Link, ...] = ()  # people, organisations and places that have a page
    story: Link | None = None  # the page of its story, where it goes on over days
    corrections: tuple[Correction, ...] = ()
    image: Image | None = None
    canonical_url: str | None = None
    rights: Rights = "own"
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """A line of a later article of a story, that article's id, and what it adds, as written."""

    line: Line
    article: str
    adds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of a story on one day, by ids of articles.

    `news` is empty in a story's first part, and where a later one adds nothing.
    """

    lead: str
    others: tuple[str, ...] = ()
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Instalment:
    """What a day or an edition tells of a story: the lead article and the others that report it.

    `id` is the lead's. `story` leads to the whole of it, where it goes on over days; then `before` is the
    lead of what was told before, and `news` what this instalment adds to that. `days` are the articles of
    other days of the same edition, newest first. `reasons` say why it stands where it stands.
    """

    id: str
    lead: Entry
    others: tuple[Entry, ...] = ()
    days: tuple[Entry, ...] = ()
    story: Link | None = None
    before: Entry | None = None
    news: tuple[News, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Give its articles: the lead, then the others, then those of other days."""
        return (self.lead, *self.others, *self.days)

    @property
    def pinned(self) -> bool:
        """Whether an editor put one of its articles first."""
        return any(entry.pinned for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Story:
    """One event that goes on over days: its instalments, one a day, newest first."""

    title: str
    slug: str
    url: str
    instalments: tuple[Instalment, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Give its articles, newest first."""
        told = (entry for made in self.instalments for entry in made.entries)
        return tuple(sorted(told, key=newest_first))


@dataclass(frozen=True, slots=True)
class EditionFigure:
    """A figure of an edition, and the article that holds its evidence."""

    figure: Figure
    entry: Entry


@dataclass(frozen=True, slots=True)
class Edition:
    """A day's, week's or month's issue: its stories in the order of their weight.

    `start` is its first day, `number` counts from 1 for the oldest, `minutes` is the time to read
    its headlines and summaries; `more` holds what came after the limit, newest first; `again` articles of
    stories told before that add nothing. `headline` and `note` are the editor's.
    """

    start: date
    url: str
    title: str
    number: int
    minutes: int
    stories: tuple[Instalment, ...]
    more: tuple[Entry, ...] = ()
    again: tuple[Entry, ...] = ()
    figures: tuple[EditionFigure, ...] = ()
    on_this_day: tuple[Entry, ...] = ()  # leads of editions of other years, newest first
    headline: str = ""
    note: str = ""
    articles: int = 0
    sources: int = 0
    updated: datetime | None = None
    roll_up: Link | None = None
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class RollUp:
    """A week's best stories, each once, for a site with daily editions; `editions` come oldest first."""

    start: date
    url: str
    title: str
    minutes: int
    stories: tuple[Instalment, ...]
    editions: tuple[Edition, ...]
    figures: tuple[EditionFigure, ...] = ()
    articles: int = 0
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be followed: a topic, a person, an organisation, a place or a source, and all on it.

    Topics are those that editors gave. `home` is a source's own address.
    """

    kind: SubjectKind
    name: str
    slug: str
    url: str
    entries: tuple[Entry, ...]
    home: str | None = None


FeedFormat = Literal["rss", "atom", "json"]
ChannelKind = Literal["site", "editions", "corrections"] | SubjectKind


@dataclass(frozen=True, slots=True)
class Channel:
    """What can be subscribed to: the feed of a listing, in the same items in every format.

    `listing` is the address of the page that it follows, `items` how many its feed shows today.
    """

    kind: ChannelKind
    title: str
    description: str
    listing: str
    items: int


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of the archive."""

    year: int
    month: int
    url: str
    editions: tuple[Edition, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """Who answers for the site."""

    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is to be shown, composed but not yet rendered.

    `url` is the site's own address and ends in a slash; `base` is its path (`/` or `/repo/`).
    """

    title: str
    description: str
    url: str
    base: str
    language: str
    timezone: str
    period: Literal["day", "week", "month"]
    author: Author | None
    menu: tuple[Link, ...]
    entries: tuple[Entry, ...]
    editions: tuple[Edition, ...]
    topics: tuple[Subject, ...]  # by name, like the other subjects
    people: tuple[Subject, ...]
    organisations: tuple[Subject, ...]
    places: tuple[Subject, ...]
    sources: tuple[Subject, ...]
    stories: tuple[Story, ...]  # that go on over days, the one with the newest article first
    roll_ups: tuple[RollUp, ...]  # newest first
    corrected: tuple[Entry, ...]  # articles with corrections, the one with the newest first
    months: tuple[Month, ...]
    pages: tuple[StandingPage, ...]  # by title
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
