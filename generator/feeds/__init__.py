"""Site -> RSS 2.0, Atom and JSON Feed, for all that can be followed; the only door to feedgen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from generator.feeds import check, listings
from generator.feeds.items import Told
from generator.feeds.listings import Archives, Listing, Options
from generator.feeds.press import Asked, Press, sheets
from generator.keys import Known
from generator.model import AnyFile, Article, Kept, Lay, Site, held
from generator.problems import Problem

Map = Callable[..., Iterable[Any]]
WORTH = 500  # feeds that are worth a process

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
    map: Map = map,  # noqa: A002 -- the seam's name
) -> tuple[list[AnyFile], list[Problem]]:
    """Make the feed of each of a site's listings in every format, and its archives.

    Tells what no reader should be given: then there are no files. `articles` holds the article of every
    entry, by id. What stands in the site as it would be made is not written again, as far as that is
    `known`; others are made by any `map` for a few long tasks, as `lay` gives them. Nothing depends on the
    moment of the build: a feed's date is that of the latest `updated` among the items that it shows. `now`
    only tells dates that lie ahead; without it any may.
    """
    problems = {*check.repeated(site.entries, articles), *check.dates(_told(every), articles, now)}
    press = Press(site, articles, options, known or Known.nothing())
    files: list[AnyFile | None] = []
    new: list[tuple[int, Asked]] = []
    for number, sheet in enumerate(sheets(every, site, options)):
        found = press.asked(sheet)
        files.append(found if isinstance(found, Kept) else None)
        new += [(number, found)] if isinstance(found, Asked) else []
    new.sort(key=lambda it: it[1].sheet.middle)
    shares = _divided([asked for _, asked in new])
    printed = (one for some in map(partial(press.print, lay=lay), shares) for one in some)
    for (number, _), made in zip(new, printed, strict=True):
        if isinstance(made, tuple):
            problems |= set(made)
        else:
            files[number] = made
    return ([], sorted(problems)) if problems else (list(filter(None, files)), [])


def _divided(asked: Sequence[Asked]) -> list[Sequence[Asked]]:
    """Divide feeds that are in order of time: an item that two shares show is written twice."""
    half = len(asked) // 2
    return [asked[:half], asked[half:]] if half >= WORTH else [asked]


def _told(every: Iterable[Listing]) -> Iterator[Told]:
    """Give all that is told in any feed, each once."""
    found = {told.id: told for listing in every for told in listing.shown}
    found |= {told.id: told for listing in every for month in listing.months for told in month.told}
    yield from found.values()
