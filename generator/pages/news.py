"""What a story adds to what was told of it before, and what an edition's stories say will come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator import text
from generator.model import Edition, Entry, Instalment, Line, News
from generator.pages import dates

AGENDA = 3  # dates of an edition
SHORT = 20  # words that fit beside a date
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Added:
    """A line that adds something, what it adds, and the article that holds its evidence."""

    line: Line
    adds: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Coming:
    """A day to come, what is said of it, and the article that says so."""

    day: date
    line: Line
    entry: Entry


def since(story: Instalment) -> str:
    """`New since Thursday`, or with the date where that is a week and more ago; empty for what is all new."""
    if story.before is None:
        return ""
    told, before = story.lead.published.date(), story.before.published.date()
    if before == told:
        return f"New since {dates.clock(story.before.published)}"
    return f"New since {dates.weekday(before) if told - before < WEEK else dates.near(before, told)}"


def added(story: Instalment, *, of: str = "", beside: Sequence[Line] = ()) -> tuple[Added, ...]:
    """Lines of a story that add something: of one article (its id) alone, or all; those `beside` go last."""
    entries = {entry.id: entry for entry in (story.lead, *story.others)}
    shown = {line.text for line in beside}
    news: list[News] = sorted(story.news, key=lambda item: item.line.text in shown)
    return tuple(
        Added(item.line, item.adds, entries[item.article])
        for item in news
        if item.article in entries and of in ("", item.article)
    )


def agenda(edition: Edition) -> list[Coming]:
    """Days to come that an edition's stories name, in order of time: one a story, short lines alone."""
    after = max((story.lead.published.date() for story in edition.stories), default=edition.start)
    coming: dict[date, Coming] = {}
    for story in edition.stories:
        found = [
            Coming(date.fromisoformat(mention.iso), mention.line, story.lead)
            for mention in story.lead.brief.dates
            if mention.iso and len(mention.iso) == len("2026-11-23") and mention.iso > after.isoformat()
        ]
        fit = [item for item in found if text.word_count(item.line.text) <= SHORT]
        if fit:
            coming.setdefault(fit[0].day, fit[0])
    return sorted(coming.values(), key=lambda item: item.day)[:AGENDA]
