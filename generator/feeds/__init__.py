"""Site -> RSS 2.0, Atom and JSON Feed, for all that can be followed; the only door to feedgen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from generator.feeds import check, listings
from generator.feeds.items import Told
from generator.feeds.listings import Archives, Listing, Options
from generator.feeds.press import Press, archives, live
from generator.keys import Known
from generator.model import AnyFile, Article, Lay, Site, held
from generator.problems import InvalidSource, Problem

__all__ = ["Archives", "Listing", "Options", "listed", "render"]


def listed(site: Site, options: Options) -> list[Listing]:
    """Give what can be subscribed to: the site, editions, corrections, then subjects by kind and name.

    People and organisations have a feed where they have a page; places have none.
    """
    return listings.listed(site, options)


def render(
    every: Sequence[Listing],
    site: Site,
    articles: Mapping[str, Article],
    options: Options,
    now: datetime | None = None,
    known: Known | None = None,
    lay: Lay = held,
) -> tuple[list[AnyFile], list[Problem]]:
    """Make the feed of each of a site's listings in every format, and its archives.

    Tells what no reader should be given: then there are no files. `articles` holds the article of every
    entry, by id. What stands in the site as it would be made is not written again, as far as that is
    `known`; others are given as `lay` gives them. Nothing depends on the moment of the build: a feed's date
    is that of the latest `updated` among the items that it shows. `now` only tells dates that lie ahead;
    without it any may.
    """
    problems = {*check.repeated(site.entries, articles), *check.dates(_told(every), articles, now)}
    press = Press(site, articles, options, known or Known.nothing())
    shown = frozenset(told.id for listing in every for told in listing.shown)
    sheets = [sheet for listing in every for sheet in live(listing, site, options)]
    archived = [sheet for listing in every for sheet in archives(listing, site)]
    sheets += sorted(archived, key=lambda sheet: sheet.period or (), reverse=True)
    files: list[AnyFile] = []
    for _, some in groupby(sheets, key=lambda sheet: sheet.period):
        month = sorted(some, key=lambda sheet: sheet.form)
        for form, alike in groupby(month, key=lambda sheet: sheet.form):
            for sheet in alike:
                try:
                    files.append(lay(press.print(sheet)))
                except InvalidSource as error:
                    problems |= set(error.problems)
            press.forget_texts(form)
        press.forget(told for sheet in month for told in sheet.told if told.id not in shown)
    return ([], sorted(problems)) if problems else (files, [])


def _told(every: Iterable[Listing]) -> Iterator[Told]:
    """Give all that is told in any feed, each once."""
    found = {told.id: told for listing in every for told in listing.shown}
    found |= {told.id: told for listing in every for month in listing.months for told in month.told}
    yield from found.values()
