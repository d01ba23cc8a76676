"""Site -> pages: planned purely, then each rendered by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from generator import text
from generator.counting import plural
from generator.keys import Known
from generator.model import AnyFile, Article, Channel, File, Health, Image, Kept, Lay, Page, Site, held
from generator.pages import (
    archive,
    byline,
    calendar,
    corrections,
    dates,
    editions,
    evidence,
    frame,
    health,
    mentions,
    news,
    roll_ups,
    standing,
    stories,
    structured,
    subjects,
    subscribe,
    wording,
)
from generator.pages import articles as article_pages
from generator.pages import search as search_page
from generator.pages.articles import revised
from generator.pages.frame import Theme, Tone
from generator.pages.keying import PASSING, Keying
from generator.pages.related import Memory, Older
from generator.pages.relations import Relations
from generator.problems import InvalidSource, Problem
from generator.templating import Templates

__all__ = [
    "PASSING",
    "WORDS",
    "Keying",
    "Theme",
    "Tone",
    "drawn",
    "kept",
    "plan",
    "render",
    "render_all",
    "rendered",
    "revised",
]

Map = Callable[..., Iterable[Any]]

# What templates may say beside their own values: pure functions, by the names that they have there.
WORDS: Mapping[str, Callable[..., object]] = {
    "about": wording.about,
    "byline": byline.byline,
    "clock": dates.clock,
    "chronology": article_pages.chronology,
    "count": editions.count,
    "count_of": stories.count,
    "date": dates.long,
    "day": dates.full,
    "direction": text.direction,
    "evidence_figure": evidence.figure,
    "evidence_label": evidence.label,
    "evidence_marks": evidence.marks,
    "farewell": wording.farewell,
    "has_lines": article_pages.has_lines,
    "issue": dates.issue,
    "is_again": stories.is_again,
    "joined": wording.joined,
    "joint": wording.joint,
    "latest_of": stories.latest,
    "machine": dates.machine,
    "resolved": dates.resolved,
    "moment": dates.moment,
    "appointment": dates.appointment,
    "paragraphs": wording.paragraphs,
    "stated": dates.stated,
    "month": dates.month,
    "month_below": calendar.month_below,
    "near": dates.near,
    "additions": news.additions,
    "news_of": news.news_of,
    "outlet": wording.outlet,
    "outlets": wording.outlets,
    "passage": mentions.passage,
    "plural": plural,
    "standing_text": standing.body,
    "short": dates.short,
    "new_since": news.since,
    "stamp": dates.stamp,
    "text": evidence.text,
    "today": wording.today,
    "updated": wording.updated,
    "weekday": dates.weekday,
    "wide": wording.wide,
}

_UNTIDY = re.compile(r"\n(?:(?<=[ \t]\n)|(?=\n))")
_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def plan(
    site: Site,
    articles: Mapping[str, Article],
    assets: Mapping[str, str],
    theme: Theme | None = None,
    cards: Mapping[str, Image] | None = None,
    *,
    channels: Sequence[Channel] = (),
    search: bool = True,
    hosts: Sequence[str] = (),
    suppliers: Sequence[Health] = (),
    memory: Memory | None = None,
    known: Known | None = None,
) -> Iterator[Page]:
    """Name every HTML page of the site and what its template is given, one by one.

    `articles` holds each entry's article by id; `assets` the published address of each file of
    the theme by its name; `theme` is the site's own look, if it has one; `cards` are
    pictures for previews of articles, by id; `channels` are what can be subscribed to; pictures of `hosts`
    may be shown; `suppliers` are the sources that are asked for articles. `memory` keeps what is found of
    related articles, as far as it is `known` what they hold, and is written when all pages are taken.
    """
    common = frame.common(
        site, assets, theme or Theme(), channels, search=search, hosts=hosts, health=bool(suppliers)
    )
    shared = Relations(site)
    older = Older(site.entries, memory, known)
    many = chain(
        editions.plan(site, common),
        roll_ups.plan(site, common),
        article_pages.plan(site, articles, common, older),
        subjects.plan(site, shared, common),
        stories.plan(site, shared, common),
    )
    few = (
        *corrections.plan(site, common),
        *archive.plan(site, common),
        *health.plan(site, suppliers, common),
        subscribe.plan(site, channels, common),
        *standing.plan(site, articles, common),
        *(search_page.plan(site, common) if search else ()),
    )
    yield from frame.completed(many, few, cards or {}, channels)
    older.keep()


def render(page: Page, templates: Templates) -> File:
    """Fill in a page's template; raise InvalidSource where the template is at fault."""
    given = {**WORDS, **frame.settled(page), "structured": structured.data(page)}
    html = templates.render(page.template, given)
    try:
        data = tidy(html).encode()
    except UnicodeEncodeError as error:
        message = "this page holds half a character (a lone surrogate)"
        fault = Problem(
            f"templates/{page.template}", 1, 1, "template-failed", message, "write the character itself"
        )
        raise InvalidSource([fault]) from error
    return File(page.path, data, _origin(page), page.key)


def render_all(
    pages: Sequence[Page],
    templates: Templates,
    map: Map = map,  # noqa: A002 -- the seam's name
    lay: Lay = held,
) -> tuple[list[AnyFile], list[Problem]]:
    """Render pages with any `map`; give their files, as `lay` gives them, and what is wrong in templates."""
    made: list[AnyFile] = []
    problems: list[Problem] = []
    for outcome in map(partial(drawn, templates=templates, lay=lay), pages):
        if isinstance(outcome, tuple):
            problems += outcome
        else:
            made.append(outcome)
    return made, problems


def kept(page: Page) -> Kept:
    """Give a page as it stands on the site already, made from the same key."""
    return Kept(page.path, page.key, _origin(page))


def _origin(page: Page) -> str:
    return page.origin or f"templates/{page.template}"


def drawn(page: Page, templates: Templates, lay: Lay) -> AnyFile | tuple[Problem, ...]:
    """Render a page and lay it, or give what is wrong in its template."""
    made = rendered(page, templates)
    return lay(made) if isinstance(made, File) else made


def rendered(page: Page, templates: Templates) -> File | tuple[Problem, ...]:
    """Render a page, or give what is wrong in its template."""
    try:
        return render(page, templates)
    except InvalidSource as error:
        return error.problems


def tidy(html: str) -> str:
    """Take out empty lines and spaces at the ends of lines, except in preformatted text."""
    if _UNTIDY.search(html):
        parts = _PREFORMATTED.split(html)
        parts[::2] = map(_tidied, parts[::2])
        html = "".join(parts)
    return html.strip() + "\n"


def _tidied(text: str) -> str:
    first, *lines = text.split("\n")
    if not lines:
        return text
    *between, last = lines  # what begins and ends here goes on in what is preformatted
    told = [line for it in between if (line := it.rstrip(" \t"))]
    return "\n".join([first.rstrip(" \t"), *told, last])
