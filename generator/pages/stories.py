"""Stories that go on over days: a list of them, and a page each with what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import EditionFigure, Instalment, Page, Site, Story
from generator.pages import dates, wording
from generator.pages.calendar import Span, spans
from generator.pages.frame import Late, meta, page
from generator.pages.mentions import first_figures
from generator.pages.relations import Relations
from generator.pages.sheets import sheet_page, sheets
from generator.pages.subjects import often_with

SHOWN = 30  # stories that the list shows at least, in whole months
SHOWN_MOST = 90


def plan(site: Site, relations: Relations, common: Mapping[str, Any]) -> Iterator[Page]:
    if not site.stories:
        return
    for sheet in sheets(urls.STORIES, "Stories", site.stories, when, at_least=SHOWN, at_most=SHOWN_MOST):
        told = plural(len(sheet.entries), "story", "stories")
        about = meta(site, "stories", sheet.url, sheet.title, f"{sheet.title}: {told}.", section=urls.TOPICS)
        yield sheet_page("stories.html", about, common, sheet, told)
    for story in site.stories:
        yield _story(site, story, relations, common)


def when(story: Story) -> datetime:
    """Moment of a story's newest article."""
    return story.entries[0].published


def is_again(instalment: Instalment) -> bool:
    """Whether an instalment adds nothing to what was told before."""
    return instalment.before is not None and not instalment.news


def latest(story: Story) -> Instalment:
    """Newest instalment that tells something; the first one always does."""
    return next(made for made in story.instalments if not is_again(made))


def count(story: Story) -> str:
    """`9 articles from 5 sources in 4 editions, since 3 March 2026`; one edition goes without saying."""
    entries = story.entries
    sources = len({source.name for entry in entries for source in entry.sources})
    editions = len({entry.edition for entry in entries})
    articles = plural(len(entries), "article")
    told = f"{articles} from {plural(sources, 'source')}" if sources > 1 else articles
    told = f"{told} in {plural(editions, 'edition')}" if editions > 1 else told
    return f"{told}, since {dates.long(entries[-1].published)}"


def months(story: Story, newest: Instalment) -> list[Span[Instalment]]:
    """Divide what was told before the newest by month."""
    rest = [made for made in story.instalments if made.id != newest.id]
    return spans(rest, story.url, lambda made: made.lead.published)


def figures(story: Story) -> list[EditionFigure]:
    entries = (entry for made in story.instalments for entry in made.entries)
    return first_figures((entry, entry.brief.key_figures) for entry in entries)


def _story(site: Site, story: Story, relations: Relations, common: Mapping[str, Any]) -> Page:
    told = count(story)
    newest = latest(story)
    entries = story.entries
    beside = relations.beside(entries)
    about = meta(
        site, "story", story.url, story.title, f"{told}. {wording.about(newest.lead)}", section=urls.TOPICS
    )
    return page(
        "story.html",
        about,
        common,
        story=story,
        told=told,
        newest=newest,
        months=Late(months, story, newest),
        figures=Late(figures, story),
        often_with=often_with(beside),
        written_by=beside.get("source", ()),
        total=len(site.stories),
    )
