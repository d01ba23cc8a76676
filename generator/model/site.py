"""What readers meet, and the files that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from generator.model.articles import Image, Source, StandingPage
from generator.model.briefs import Brief, Figure


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads: an address on the site, or an absolute URL."""

    title: str
    url: str


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
    image: Image | None = None
    canonical_url: str | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One event: the lead article and the others that report it. `id` is the lead's."""

    id: str
    lead: Entry
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionFigure:
    """A figure of an edition, and the article that holds its evidence."""

    figure: Figure
    entry: Entry


@dataclass(frozen=True, slots=True)
class Edition:
    """A day's, week's or month's issue: its stories in the order of their weight.

    `start` is its first day, `number` counts from 1 for the oldest, `minutes` is the time to read
    its headlines and summaries; `more` holds what came after the limit, newest first.
    """

    start: date
    url: str
    title: str
    number: int
    minutes: int
    stories: tuple[Story, ...]
    more: tuple[Entry, ...] = ()
    figures: tuple[EditionFigure, ...] = ()
    articles: int = 0
    sources: int = 0
    updated: datetime | None = None
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that editors gave, and everything on it."""

    name: str
    slug: str
    url: str
    entries: tuple[Entry, ...]


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
    topics: tuple[Topic, ...]  # by name
    months: tuple[Month, ...]
    pages: tuple[StandingPage, ...]  # by title
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be rendered: a template, what it is given, and where the result stands."""

    path: str
    template: str
    context: Mapping[str, Any] = field(hash=False)
    origin: str = ""  # the file that it shows, or empty: then its template answers for it


@dataclass(frozen=True, slots=True)
class File:
    """What is to be published: `path` is relative to site/; `origin` names what it was made from."""

    path: str
    data: bytes
    origin: str = ""
