"""What an article says was corrected in it, and whether its dates can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from generator.content.front_matter import FrontMatter, moment
from generator.model import Article, Correction, Position
from generator.problems import Problem
from generator.schema.documents import Document

LEEWAY = timedelta(days=1)  # it may be tomorrow already where an editor writes


def corrections(
    matter: FrontMatter, document: Document, published: datetime, zone: ZoneInfo
) -> tuple[tuple[Correction, ...], list[Problem]]:
    """Give an article's corrections, newest first; of those with one date the lower in the file is the newer.

    A day alone that is the day of publication means the moment of publication.
    """
    made: list[Correction] = []
    problems: list[Problem] = []
    for number, written in enumerate(matter.corrections):
        when = moment(written.date, zone)
        if when.date() == published.date() and not isinstance(written.date, datetime):
            when = max(when, published)
        if when < published:
            message = f"this is before the article was published, {published:%Y-%m-%d at %H:%M}"
            problems.append(_problem(_place(document, number), "early-correction", message))
        made.append(Correction(when, written.text))
    return tuple(sorted(made, key=lambda correction: correction.date))[::-1], problems


def places(matter: FrontMatter, document: Document, zone: ZoneInfo) -> dict[str, Position]:
    """Say where the date of each correction is written, by that date."""
    return {
        _key(moment(written.date, zone)): _place(document, number)
        for number, written in enumerate(matter.corrections)
    }


def ahead(articles: Iterable[Article], now: datetime) -> Iterator[Problem]:
    """Find corrections that are dated later than tomorrow: nobody holds one back, so it is a slip."""
    for article in articles:
        for correction in article.corrections:
            if correction.date > now + LEEWAY:
                at = article.places[_key(correction.date)]
                yield _problem(at, "late-correction", f"{correction.date:%Y-%m-%d} is yet to come")


def _place(document: Document, number: int) -> Position:
    return document.position(("corrections", number, "date"))


def _key(date: datetime) -> str:
    return f"correction {date.isoformat()}"


def _problem(at: Position, code: str, message: str) -> Problem:
    return Problem(at.path, at.line, at.column, code, message, "mend the date")
