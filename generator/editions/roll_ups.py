"""Daily editions -> a roll-up of each week: its heaviest stories, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from generator import urls
from generator.editions.calendar import edition_title, start_of
from generator.editions.instalments import merged
from generator.editions.issues import figures, minutes, turned
from generator.editions.weight import ordered
from generator.model import Edition, Instalment, Link, RollUp

LEAST = 2  # editions that are worth rolling up


def roll_ups(editions: Sequence[Edition], limit: int) -> tuple[RollUp, ...]:
    """Roll up each week that has two editions or more; newest first, as the editions come."""
    weeks = groupby(reversed(editions), key=lambda edition: start_of(edition.start, "week"))
    made = [
        _roll_up(monday, some, limit)
        for monday, some in ((monday, tuple(group)) for monday, group in weeks)
        if len(some) >= LEAST
    ]
    return tuple(turned(made))[::-1]


def linked(editions: Sequence[Edition], rolled: Sequence[RollUp]) -> tuple[Edition, ...]:
    """Tell each edition of its week's roll-up."""
    of = {
        edition.start: Link(roll_up.title, roll_up.url) for roll_up in rolled for edition in roll_up.editions
    }
    return tuple(replace(edition, roll_up=of.get(edition.start)) for edition in editions)


def _roll_up(monday: date, editions: tuple[Edition, ...], limit: int) -> RollUp:
    stories = tuple(ordered(_each_once(editions))[:limit])
    return RollUp(
        start=monday,
        url=urls.roll_up(monday),
        title=f"The {edition_title(monday, 'week').replace('Week', 'week')}",
        minutes=minutes(stories),
        stories=stories,
        editions=editions,
        figures=figures(stories),
        articles=sum(edition.articles for edition in editions),
    )


def _each_once(editions: Sequence[Edition]) -> list[Instalment]:
    told: dict[str, list[Instalment]] = defaultdict(list)
    for edition in editions:
        for story in edition.stories:
            told[story.story.url if story.story else story.id].append(story)
    return [merged(days) for days in told.values()]
