"""The front page and each edition: lead, second, in short, and the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Edition, Page, Site
from generator.pages import news, wording
from generator.pages.frame import Late, Meta, meta, page

SECOND = 3  # stories below the lead that are shown with their brief

ANNIVERSARY = {"day": "On this day", "week": "In this week", "month": "In this month"}


def plan(site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    newest = site.editions[0] if site.editions else None
    home = _home(site, newest)
    if newest is None:
        yield page("empty.html", home, common)
    else:
        yield _front(home, newest, common)
    for edition in site.editions:
        yield _front(_edition(site, edition), edition, common)


def count(edition: Edition) -> str:
    """`12 stories, 3 minutes`."""
    told = stories(edition)
    return f"{told}, {plural(edition.minutes, 'minute')}" if edition.stories else told


def stories(edition: Edition) -> str:
    return plural(len(edition.stories), "story", "stories") if edition.stories else "no new story"


def tally(edition: Edition) -> str:
    """`12 stories from 25 articles and 9 sources.`; what says nothing is left out."""
    parts = [
        plural(edition.articles, "article") if edition.articles > len(edition.stories) else "",
        plural(edition.sources, "source") if edition.sources > 1 else "",
    ]
    told = wording.joined([part for part in parts if part])
    return f"{stories(edition)} from {told}." if told else f"{stories(edition)}."


def _front(of: Meta, edition: Edition, common: Mapping[str, Any]) -> Page:
    return page(
        "edition.html",
        of,
        common,
        edition=edition,
        lead=edition.stories[0] if edition.stories else None,
        second=edition.stories[1 : 1 + SECOND],
        in_short=edition.stories[1 + SECOND :],
        agenda=Late(news.agenda, edition),
        anniversary=ANNIVERSARY[common["site"].period],
        told=count(edition),
        tally=tally(edition),
    )


def _home(site: Site, newest: Edition | None) -> Meta:
    title = f"{site.title}: {newest.title}" if newest else site.title
    return meta(site, "home", urls.HOME, title, site.description, section=urls.HOME)


def _edition(site: Site, edition: Edition) -> Meta:
    newest = edition.url == site.editions[0].url
    told = f"{edition.title}: {count(edition)}."
    section = urls.HOME if newest else urls.ARCHIVE
    return meta(site, "edition", edition.url, edition.title, told, section=section)
