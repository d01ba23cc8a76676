"""What was wrong and is right now: corrections of all articles, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Entry, Page, Site
from generator.pages.frame import meta
from generator.pages.sheets import sheet_page, sheets

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
    for sheet in sheets(
        urls.CORRECTIONS,
        "Corrections",
        every,
        lambda made: made.date,
        at_least=SHOWN,
        at_most=SHOWN_MOST,
    ):
        told = _told(sheet.entries)
        about = meta(site, "corrections", sheet.url, sheet.title, f"{sheet.title}: {told}.")
        yield sheet_page("corrections.html", about, common, sheet, told)


def corrections(site: Site) -> list[Corrected]:
    """Every correction of every article, newest first."""
    made = [Corrected(one.date, one.text, entry) for entry in site.corrected for one in entry.corrections]
    return sorted(made, key=lambda one: (-one.date.timestamp(), one.entry.id))


def _told(made: Sequence[Corrected]) -> str:
    """`12 corrections of 10 articles`."""
    count = plural(len(made), "correction") if made else "none so far"
    articles = len({one.entry.id for one in made})
    return f"{count} of {plural(articles, 'article')}" if articles else count
