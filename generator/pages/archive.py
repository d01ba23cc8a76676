"""The archive: every edition, a page per year, and a page per month with its articles day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Edition, Entry, Month, Page, Site
from generator.pages import dates
from generator.pages.calendar import Day, weeks
from generator.pages.frame import meta, page


@dataclass(frozen=True, slots=True)
class Leaf:
    """A month as the archive shows it: its calendar for daily editions, else its editions alone."""

    month: Month
    name: str
    told: str
    weeks: list[list[Day]]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive, newest month first."""

    year: int
    url: str
    leaves: tuple[Leaf, ...]
    articles: int

    @property
    def editions(self) -> tuple[Edition, ...]:
        return tuple(edition for leaf in self.leaves for edition in leaf.month.editions)


def plan(site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    leaves = [leaf(month, site) for month in site.months]
    years = [
        Year(year, urls.archive(year), tuple(group), sum(len(x.month.entries) for x in group))
        for year, group in _by_year(leaves)
    ]
    yield _index(site, years, common)
    for n, year in enumerate(years):
        yield _year(site, year, _at(years, n - 1), _at(years, n + 1), common)
    for n, month in enumerate(leaves):
        yield _month(site, month, _at(leaves, n - 1), _at(leaves, n + 1), common)


def leaf(month: Month, site: Site) -> Leaf:
    daily = site.period == "day"
    some, noun = (month.editions, "edition") if month.editions else (month.entries, "article")
    told = plural(len(some), noun)
    return Leaf(
        month,
        dates.month(month.month),
        told,
        weeks(month.year, month.month, month.editions) if daily else [],
    )


def days(entries: Sequence[Entry]) -> list[tuple[date, list[Entry]]]:
    """Entries by the day that they came out on, newest first."""
    return [(day, list(group)) for day, group in groupby(entries, key=lambda entry: entry.published.date())]


def _by_year(leaves: Sequence[Leaf]) -> list[tuple[int, list[Leaf]]]:
    return [(year, list(group)) for year, group in groupby(leaves, key=lambda leaf: leaf.month.year)]


def _at(items: Sequence[Any], place: int) -> Any:
    return items[place] if 0 <= place < len(items) else None


def _index(site: Site, years: Sequence[Year], common: Mapping[str, Any]) -> Page:
    count = plural(len(site.editions), "edition")
    since = f"Since {site.editions[-1].title}" if len(site.editions) > 1 else ""
    about = meta(site, "archive", urls.ARCHIVE, "Archive", f"{count} of {site.title}.", section=urls.ARCHIVE)
    return page("archive.html", about, common, years=years, told=count, since=since)


def _year(site: Site, year: Year, newer: Year | None, older: Year | None, common: Mapping[str, Any]) -> Page:
    editions = plural(len(year.editions), "edition")
    told = f"{editions}, {plural(year.articles, 'article')}"
    about = meta(site, "year", year.url, str(year.year), f"{year.year}: {told}.", section=urls.ARCHIVE)
    return page("archive_year.html", about, common, year=year, told=told, newer=newer, older=older)


def _month(site: Site, leaf: Leaf, newer: Leaf | None, older: Leaf | None, common: Mapping[str, Any]) -> Page:
    title = dates.month(leaf.month.month, leaf.month.year)
    articles = plural(len(leaf.month.entries), "article")
    about = meta(site, "month", leaf.month.url, title, f"{title}: {articles}.", section=urls.ARCHIVE)
    return page(
        "archive_month.html",
        about,
        common,
        leaf=leaf,
        year_url=urls.archive(leaf.month.year),
        days=days(leaf.month.entries),
        editions={edition.start: edition for edition in leaf.month.editions},
        articles=articles,
        newer=newer,
        older=older,
    )
