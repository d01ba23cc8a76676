"""Pages that belong to no day: how briefs are made, the site's own, 404, and redirects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator import urls
from generator.model import Article, Link, Page, Site, StandingPage
from generator.pages.evidence import rooted
from generator.pages.frame import meta, page, with_policy

_HEADING = re.compile(r"<(/?h)([3-6])\b")


def plan(site: Site, articles: Mapping[str, Article], common: Mapping[str, Any]) -> Iterator[Page]:
    yield _briefs(site, common)
    yield _missing(site, common)
    for standing in site.pages:
        yield _standing(site, standing, common)
    yield from _aliases(site, articles, common)


def body(standing: StandingPage, base: str) -> str:
    """HTML of a standing page: links rooted, headings from h2 on, as only its title stands above them."""
    written = rooted(standing.trusted or standing.html, base)
    return _HEADING.sub(lambda match: f"<{match[1]}{int(match[2]) - 1}", written)


def _briefs(site: Site, common: Mapping[str, Any]) -> Page:
    told = "Where each line of a brief comes from, how it is checked, and why some fields stay empty."
    about = meta(site, "briefs", urls.ABOUT_BRIEFS, "How briefs are made", told)
    return page("briefs.html", about, common)


def _missing(site: Site, common: Mapping[str, Any]) -> Page:
    about = meta(site, "missing", urls.NOT_FOUND, "Not found", "This page is not here.", listed=False)
    return page("404.html", about, common)


def _standing(site: Site, standing: StandingPage, common: Mapping[str, Any]) -> Page:
    about = meta(site, "standing", standing.url, standing.title, section=standing.url)
    values = with_policy(common, trusted=bool(standing.trusted))
    return page("page.html", about, values, origin=standing.path, standing=standing)


def _aliases(site: Site, articles: Mapping[str, Article], common: Mapping[str, Any]) -> Iterator[Page]:
    """Plan a redirect at each former address, to the page as it stands now.

    Editions have a folder and a feed in it, but their list is the archive.
    """
    yield _alias(site, urls.EDITIONS, Link("Archive", urls.ARCHIVE), "", common)
    for entry in site.entries:
        for alias in articles[entry.id].aliases:
            yield _alias(site, alias, Link(entry.headline, entry.url), articles[entry.id].path, common)
    for standing in site.pages:
        for alias in standing.aliases:
            yield _alias(site, alias, Link(standing.title, standing.url), standing.path, common)


def _alias(site: Site, alias: str, now: Link, origin: str, common: Mapping[str, Any]) -> Page:
    about = meta(site, "alias", alias, now.title, canonical=urls.absolute(site.url, now.url), listed=False)
    return page("alias.html", about, common, origin=origin, target=now.url)
