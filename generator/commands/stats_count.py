"""What a site comes to, in numbers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from generator import text
from generator.checks.kinds import kind
from generator.model import Brief, Entry, Site

FIELDS = (
    "summary",
    "why_it_matters",
    "key_points",
    "key_figures",
    "people",
    "organisations",
    "places",
    "names",
    "quotes",
    "dates",
    "whats_next",
    "topics",
)
RECENT = (7, 30)  # days


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that have something in common, such as a month or a topic. `latest` is a day."""

    name: str
    articles: int
    words: int
    minutes: int
    latest: str


@dataclass(frozen=True, slots=True)
class Filled:
    """How many briefs have something in a field, and how much: items for each brief that has any."""

    field: str
    briefs: int
    items: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole of it. Minutes are those of all articles together; `recent` counts by days back from now."""

    articles: int
    editions: int
    stories: int
    pages: int
    words: int
    brief_words: int
    minutes: int
    brief_minutes: int
    median_words: int
    first: str | None
    last: str | None
    recent: Mapping[int, int]
    edited: int
    corrected: int
    without_topic: int
    without_source: int
    without_picture: int


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds: bytes by kind of file, the largest kind first."""

    files: int
    bytes: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """A site in numbers. Months come newest first, other groups with the most articles first."""

    totals: Totals
    months: tuple[Group, ...]
    topics: tuple[Group, ...]
    sources: tuple[Group, ...]
    languages: tuple[Group, ...]
    fields: tuple[Filled, ...]


def count(site: Site, now: datetime) -> Stats:
    """Count what a composed site holds. `now` is aware."""
    entries = site.entries
    return Stats(
        totals=_totals(site, now),
        months=_grouped(entries, lambda it: [f"{it.published:%Y-%m}"], newest=True),
        topics=_grouped(entries, lambda it: [topic.title for topic in it.topics]),
        sources=_grouped(entries, lambda it: [source.name for source in it.sources]),
        languages=_grouped(entries, lambda it: [it.lang]),
        fields=tuple(_filled(name, [entry.brief for entry in entries]) for name in FIELDS),
    )


def weighed(folder: Path) -> Folder:
    """Weigh a folder; one that is missing weighs nothing. Links are not followed."""
    kinds: dict[str, int] = {}
    files = 0
    for here, _, names in os.walk(folder):
        for name in names:
            files += 1
            what = kind(Path(here, name).relative_to(folder).as_posix())
            kinds[what] = kinds.get(what, 0) + os.lstat(f"{here}/{name}").st_size
    ordered = dict(sorted(kinds.items(), key=lambda it: (-it[1], it[0])))
    return Folder(files, sum(kinds.values()), ordered)


def _totals(site: Site, now: datetime) -> Totals:
    entries = site.entries
    words = sum(entry.words for entry in entries)
    brief_words = sum(entry.brief.coverage.words_out for entry in entries)
    days = [f"{entry.published:%Y-%m-%d}" for entry in entries]
    return Totals(
        articles=len(entries),
        editions=len(site.editions),
        stories=len(site.stories),
        pages=len(site.pages),
        words=words,
        brief_words=brief_words,
        minutes=_minutes(words),
        brief_minutes=_minutes(brief_words),
        median_words=round(median(entry.words for entry in entries)) if entries else 0,
        first=min(days, default=None),
        last=max(days, default=None),
        recent={
            back: sum(timedelta() <= now - entry.published < timedelta(days=back) for entry in entries)
            for back in RECENT
        },
        edited=sum(_is_edited(entry.brief) for entry in entries),
        corrected=len(site.corrected),
        without_topic=sum(not entry.topics for entry in entries),
        without_source=sum(not entry.sources for entry in entries),
        without_picture=sum(entry.image is None for entry in entries),
    )


def _minutes(words: int) -> int:
    return text.minutes(words) if words else 0


def _is_edited(brief: Brief) -> bool:
    """Tell whether a person wrote any line of a brief."""
    lines = [
        brief.headline,
        *brief.summary,
        *brief.key_points,
        *(figure.context for figure in brief.key_figures),
        *(quote.line for quote in brief.quotes),
        *(date.line for date in brief.dates),
        *brief.whats_next,
    ]
    if brief.why_it_matters:
        lines.append(brief.why_it_matters)
    return any(line.kind == "edited" for line in lines)


def _grouped(
    entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]], *, newest: bool = False
) -> tuple[Group, ...]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in dict.fromkeys(names(entry)):
            found.setdefault(name, []).append(entry)
    groups = [
        Group(
            name,
            len(members),
            sum(entry.words for entry in members),
            _minutes(sum(entry.words for entry in members)),
            max(f"{entry.published:%Y-%m-%d}" for entry in members),
        )
        for name, members in found.items()
    ]
    if newest:
        return tuple(sorted(groups, key=lambda group: group.name, reverse=True))
    return tuple(sorted(groups, key=lambda group: (-group.articles, group.name.casefold(), group.name)))


def _filled(name: str, briefs: Sequence[Brief]) -> Filled:
    counts = [_items(getattr(brief, name)) for brief in briefs]
    filled = [number for number in counts if number]
    return Filled(name, len(filled), round(sum(filled) / len(filled), 1) if filled else 0.0)


def _items(value: object) -> int:
    if isinstance(value, tuple):
        return len(value)
    return int(value is not None)
