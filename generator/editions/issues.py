"""Instalments -> editions: gathered by their day, in the order of their weight, with what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from generator import text, urls
from generator.editions.calendar import Period, edition_start, edition_title
from generator.editions.instalments import Told
from generator.editions.weight import UNLISTED, ordered, place
from generator.model import Edition, EditionFigure, EditionFile, Entry, Figure, Instalment, Link, newest_first

FIGURES = 5  # of an edition
SHORT_CONTEXT = 12  # words that fit beside a figure
ANNIVERSARIES = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """How editions are cut: their period, the most stories of one, the editor’s files by first day."""

    period: Period
    limit: int
    files: Mapping[date, EditionFile]


def editions(told: Told, cut: Cut) -> tuple[Edition, ...]:
    """Make every edition, newest first; each knows its neighbours and its day in other years."""
    issues: dict[date, list[Instalment]] = defaultdict(list)
    for story in told.instalments:
        issues[edition_start(story.lead.published, cut.period)].append(story)
    made = [_edition(start, n, issues[start], told, cut) for n, start in enumerate(sorted(issues), 1)]
    return tuple(_with_anniversaries(turned(made), cut.period))[::-1]


def turned(issues: Sequence[Any]) -> list[Any]:
    """Link each issue with the one before and the one after; they come oldest first."""
    links = [Link(issue.title, issue.url) for issue in issues]
    befores, afters = [None, *links], [*links[1:], None]
    return [
        replace(issue, previous=before, next=after)
        for issue, before, after in zip(issues, befores, afters, strict=False)
    ]


def entries_of(stories: Iterable[Instalment]) -> list[Entry]:
    """Articles of some stories, newest first."""
    return sorted((entry for story in stories for entry in story.entries), key=newest_first)


def minutes(stories: Iterable[Instalment]) -> int:
    """Time to read headlines and summaries."""
    lines = [
        line
        for story in stories
        for line in (story.lead.headline, *(line.text for line in story.lead.brief.summary))
    ]
    return text.minutes(sum(map(_words, lines)))


def figures(stories: Sequence[Instalment]) -> tuple[EditionFigure, ...]:
    """Pick one figure an article, of the stories in their order, none twice.

    Money, percent and quantities go before bare numbers, then short contexts before long ones.
    """
    picked: dict[tuple[str, str], EditionFigure] = {}
    for entry in (entry for story in stories for entry in story.entries):
        if len(picked) == FIGURES:
            break
        fresh = [f for f in entry.brief.key_figures if (f.value, f.unit) not in picked]
        if fresh:
            first = min(fresh, key=_rank) if len(fresh) > 1 else fresh[0]
            picked[first.value, first.unit] = EditionFigure(first, entry)
    return tuple(picked.values())


def _edition(start: date, number: int, issue: Sequence[Instalment], told: Told, cut: Cut) -> Edition:
    file = cut.files.get(start)
    # What a file lists was told then: no article that came to an earlier edition later takes it away.
    again = {story.id for story in issue if story.id in told.again and place(story, file) == UNLISTED}
    stories = ordered([story for story in issue if story.id not in again], file)
    shown = tuple(stories[: cut.limit])
    entries = entries_of(issue)
    return Edition(
        start=start,
        url=urls.edition(start),
        title=edition_title(start, cut.period),
        number=number,
        minutes=minutes(shown),
        stories=shown,
        more=tuple(entries_of(stories[cut.limit :])),
        again=tuple(entries_of(story for story in issue if story.id in again)),
        figures=figures(shown),
        headline=file.title if file else "",
        note=file.note if file else "",
        articles=len(entries),
        sources=len({source.name for entry in entries for source in entry.sources}),
        updated=max(entry.updated for entry in entries),
    )


def _with_anniversaries(made: Sequence[Edition], period: Period) -> Iterable[Edition]:
    """Give each edition the leads of the same day (week, month) of earlier years, newest first."""
    earlier: dict[tuple[int, ...], list[Entry]] = defaultdict(list)
    for edition in made:
        leads = [lead for key in anniversaries(edition.start, period) for lead in earlier[key]]
        leads.sort(key=newest_first)
        yield replace(edition, on_this_day=tuple(leads[:ANNIVERSARIES]))
        own = anniversaries(edition.start, period)[0]
        earlier[own] += [story.lead for story in edition.stories[:1]]


def anniversaries(start: date, period: Period) -> list[tuple[int, ...]]:
    """What an edition is the anniversary of: its own day, week or month, and what its year lacks after it.

    28 February stands in for a 29th that is not there, and week 52 for week 53 (ISO 8601).
    """
    if period == "month":
        return [(start.month,)]
    if period == "week":
        week, next_week = start.isocalendar().week, (start + timedelta(weeks=1)).isocalendar().week
        return [(week,), (53,)] if (week, next_week) == (52, 1) else [(week,)]
    day, next_day = (start.month, start.day), start + timedelta(days=1)
    return [day, (2, 29)] if day == (2, 28) and next_day.month == 3 else [day]  # noqa: PLR2004 -- March


@lru_cache(1 << 15)  # editions and their roll-ups tell the same
def _words(line: str) -> int:
    return text.word_count(line)


def _rank(figure: Figure) -> tuple[bool, bool]:
    return _is_bare(figure), _words(figure.context.text) > SHORT_CONTEXT


def _is_bare(figure: Figure) -> bool:
    return not figure.unit and figure.value.replace(",", "").replace(".", "").isdigit()
