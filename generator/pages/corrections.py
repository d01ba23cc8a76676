"""What was wrong and is right now: corrections of all articles, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from generator import urls
from generator.model import Entry, Page, Site
from generator.pages import wording
from generator.pages.calendar import Span, divided, spans
from generator.pages.frame import meta, page

SHOWN = 60  # corrections that the page shows at least, in whole months
SHOWN_MOST = 120


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction and the article that it is of."""

    date: datetime
    text: str
    entry: Entry


def plan(site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    every = corrections(site)
    shown, older = divided(spans(every, urls.CORRECTIONS, lambda made: made.date), SHOWN, SHOWN_MOST)
    yield _listed(site, urls.CORRECTIONS, "Corrections", every, (shown, older), common)
    for month, before in zip_longest(older, older[1:]):
        title = f"Corrections, {month.title}"
        yield _listed(site, month.url, title, month.entries, ([month], []), common, older=before)


def corrections(site: Site) -> list[Corrected]:
    """Every correction of every article, newest first."""
    made = [Corrected(one.date, one.text, entry) for entry in site.corrected for one in entry.corrections]
    return sorted(made, key=lambda one: (-one.date.timestamp(), one.entry.id))


def _listed(
    site: Site,
    url: str,
    title: str,
    made: Sequence[Corrected],
    months: tuple[Sequence[Span[Corrected]], Sequence[Span[Corrected]]],
    common: Mapping[str, Any],
    older: Span[Corrected] | None = None,
) -> Page:
    shown, earlier = months
    told = _told(made)
    about = meta(site, "corrections", url, title, f"{title}: {told}.")
    return page(
        "corrections.html",
        about,
        common,
        months=shown,
        earlier=earlier,
        older=older,
        told=told,
        whole=url == urls.CORRECTIONS,
    )


def _told(made: Sequence[Corrected]) -> str:
    """`12 corrections of 10 articles`."""
    count = wording.plural(len(made), "correction") if made else "none so far"
    articles = len({one.entry.id for one in made})
    return f"{count} of {wording.plural(articles, 'article')}" if articles else count
