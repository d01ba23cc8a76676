"""Stories that go on over several editions: a list of them, and a page each with what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, zip_longest
from typing import Any

from generator import urls
from generator.model import EditionFigure, Instalment, Page, Site, Story
from generator.pages import dates, wording
from generator.pages.calendar import Span, divided, spans
from generator.pages.frame import meta, page
from generator.pages.relations import Relations
from generator.pages.subjects import often_with

SHOWN = 30  # stories that the list shows at least, in whole months
SHOWN_MOST = 90
FIGURES = 4


def plan(site: Site, relations: Relations, common: Mapping[str, Any]) -> Iterator[Page]:
    if not site.stories:
        return
    shown, older = divided(spans(site.stories, urls.STORIES, when), SHOWN, SHOWN_MOST)
    told = wording.plural(len(site.stories), "story", "stories")
    yield _listed(site, urls.STORIES, "Stories", told, (shown, older), common)
    for month, before in zip_longest(older, older[1:]):
        count = wording.plural(len(month.entries), "story", "stories")
        title = f"Stories, {month.title}"
        yield _listed(site, month.url, title, count, ([month], []), common, older=before)
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
    """`9 articles from 5 sources in 4 editions, since 3 March 2026`."""
    entries = story.entries
    sources = len({source.name for entry in entries for source in entry.sources})
    editions = len({entry.edition for entry in entries})
    articles = wording.plural(len(entries), "article")
    told = f"{articles} from {wording.plural(sources, 'source')}" if sources > 1 else articles
    return f"{told} in {wording.plural(editions, 'edition')}, since {dates.long(entries[-1].published)}"


def _listed(
    site: Site,
    url: str,
    title: str,
    told: str,
    months: tuple[Sequence[Span[Story]], Sequence[Span[Story]]],
    common: Mapping[str, Any],
    older: Span[Story] | None = None,
) -> Page:
    shown, earlier = months
    about = meta(site, "stories", url, title, f"{title}: {told}.", section=urls.TOPICS)
    return page(
        "stories.html",
        about,
        common,
        months=shown,
        earlier=earlier,
        older=older,
        told=told,
        whole=url == urls.STORIES,
    )


def _story(site: Site, story: Story, relations: Relations, common: Mapping[str, Any]) -> Page:
    told = count(story)
    newest = latest(story)
    entries = story.entries
    rest = [made for made in story.instalments if made.id != newest.id]
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
        months=spans(rest, story.url, lambda made: made.lead.published),
        figures=figures(story.instalments),
        often_with=often_with(beside),
        written_by=beside.get("source", ()),
        total=len(site.stories),
    )


def figures(instalments: Sequence[Instalment]) -> list[EditionFigure]:
    """Take the first figure of each article that has one, newest first, none twice."""
    entries = chain.from_iterable(made.entries for made in instalments)
    found: dict[tuple[str, str], EditionFigure] = {}
    for entry in entries:
        for figure in entry.brief.key_figures[:1]:
            found.setdefault((figure.value, figure.unit), EditionFigure(figure, entry))
    return list(found.values())[:FIGURES]
