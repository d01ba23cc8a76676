"""Site -> RSS 2.0, Atom and JSON Feed, for all that can be followed; the only door to feedgen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from generator.feeds import check, listings, press
from generator.feeds.items import Told
from generator.feeds.listings import Archives, Listing, Options
from generator.feeds.press import Press, Remember, Texts
from generator.model import Article, Channel, File, Site
from generator.problems import InvalidSource, Problem

__all__ = ["Archives", "Options", "channels", "render"]


def channels(site: Site, options: Options) -> tuple[Channel, ...]:
    """Say what can be subscribed to: the site, editions, corrections, then subjects by kind and name.

    People and organisations have a feed where they have a page; places have none.
    """
    return tuple(listing.channel for listing in listings.listed(site, options))


def render(
    site: Site,
    articles: Mapping[str, Article],
    options: Options,
    remember: Remember = press.anew,
    now: datetime | None = None,
) -> tuple[list[File], list[Problem]]:
    """Make each channel's feed in every format, and its archives; tell what no reader should be given.

    `articles` holds the article of every entry, by id. `remember` keeps what was written (as Cache.remember
    does). Nothing depends on the moment of the build: a feed's date is that of the latest `updated` among
    the items that it shows. `now` only tells dates that lie ahead; without it any may.
    """
    every = listings.listed(site, options)
    shown = frozenset(told.id for listing in every for told in listing.shown)
    problems = [*check.repeated(site.entries, articles)]
    work = Press(site, articles, options, remember)
    kept: Texts = {}
    files: list[File] = []
    for period, told in _by_month(every).items():
        problems += check.dates(told, articles, now)
        try:
            texts = work.texts(told, shown)
        except InvalidSource as error:
            problems += error.problems
            continue
        files += _archives(every, site, period, texts)
        kept |= {name: text for name, text in texts.items() if name in shown}
    if problems:
        return [], problems
    live = (file for listing in every for file in press.live(listing, site, options, kept))
    return [*live, *files], []


def _by_month(every: Sequence[Listing]) -> dict[tuple[int, int], list[Told]]:
    """All that is to be written, by the month of its date: a change touches the record of that alone."""
    found: dict[tuple[int, int], dict[str, Told]] = defaultdict(dict)
    for listing in every:
        for told in listing.shown:
            found[told.date.year, told.date.month][told.id] = told
        for month in listing.months:
            found[month.year, month.month].update((told.id, told) for told in month.told)
    in_order = sorted(found.items(), reverse=True)
    return {period: sorted(told.values(), key=lambda it: it.order) for period, told in in_order}


def _archives(every: Sequence[Listing], site: Site, period: tuple[int, int], texts: Texts) -> list[File]:
    return [
        file
        for listing in every
        for place, month in enumerate(listing.months)
        if (month.year, month.month) == period
        for file in press.archive(listing, site, place, texts)
    ]
