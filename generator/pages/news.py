"""What a story adds to what was told of it before, and what an edition's stories say will come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator import text
from generator.model import Brief, Edition, Entry, Instalment, Line
from generator.pages import dates, wording

AGENDA = 3  # dates of an edition
SHORT = 20  # words that fit beside a date
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Added:
    """A line of news: the article that holds it, what it adds, and its words with the new ones marked.

    A quotation has a `speaker`, empty if the article does not name one.
    """

    line: Line
    entry: Entry
    adds: tuple[str, ...]
    words: tuple[tuple[str, bool], ...]
    speaker: str | None


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


def news_of(story: Instalment, *, of: str = "", beside: Sequence[Line] = ()) -> tuple[Added, ...]:
    """What an instalment adds to what was told before: all, or that of one article (its id).

    Lines that are shown `beside` go last.
    """
    entries = {entry.id: entry for entry in story.entries}
    shown = {line.text for line in beside}
    news = sorted(story.news, key=lambda item: item.line.text in shown)
    return tuple(
        Added(
            item.line,
            entries[item.article],
            item.adds,
            divided_words(item.line.text, item.adds),
            speaker(entries[item.article].brief, item.line),
        )
        for item in news
        if of in ("", item.article)
    )


def additions(added: Added) -> str:
    """Name what a line adds that stands beside it anyway: numbers and dates, else that it names whom."""
    told = [add for add in added.adds if any(map(str.isdigit, add))]
    return ", ".join(told) or f"first to name {wording.joined(added.adds)}"


def speaker(brief: Brief, line: Line) -> str | None:
    """Who said a line of a brief; none if nobody did."""
    return next((quote.speaker for quote in brief.quotes if quote.line == line), None)


def divided_words(text: str, adds: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Divide a line into what was known and what it adds (True)."""
    longest = sorted(filter(None, adds), key=lambda words: (-len(words), words))
    parts: list[tuple[str, bool]] = []
    at = 0
    while found := _first(text, longest, at):
        start, end = found
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def _first(text: str, adds: Sequence[str], at: int) -> tuple[int, int] | None:
    """Find what comes first, from a place on; of what begins together, what is named first."""
    found = ((_place(text, add, at), number) for number, add in enumerate(adds))
    start, number = min(((start, n) for start, n in found if start >= 0), default=(-1, 0))
    return (start, start + len(adds[number])) if start >= 0 else None


def _place(text: str, words: str, at: int) -> int:
    """Find words that are no part of longer ones, or of a longer number; -1 where there are none.

    Scripts that put no space between words have no such edge.
    """
    while (start := text.find(words, at)) >= 0:
        end = start + len(words)
        if not (_has_edge(words[0]) and _goes_on(text[max(start - 2, 0) : start][::-1])) and not (
            _has_edge(words[-1]) and _goes_on(text[end : end + 2])
        ):
            return start
        at = start + 1
    return -1


def _has_edge(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _goes_on(signs: str) -> bool:
    """Tell whether a word goes on with these two signs, read away from it."""
    return signs[:1].isalnum() or (signs[:1] in (".", ",") and signs[1:].isdecimal())


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
