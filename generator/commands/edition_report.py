"""What `broadsheet edition` says of an edition: as lines, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Edition, Entry

Reasons = Mapping[str, Sequence[str]]
PLACE = "    "
WIDTH = 100


def lines(edition: Edition, file: str, *, together: Reasons | None) -> Iterator[str]:
    """Say an edition in lines; with `together` (why each article stands in its story) the reasons too."""
    yield f"Edition {edition.number}: {edition.title}"
    if edition.headline:
        yield edition.headline
    yield from (fill(part, WIDTH) for part in edition.note.split("\n\n") if part)
    yield _told(edition)
    if file:
        yield f"Its order is kept in {file}"
    for place, story in enumerate(edition.stories, 1):
        yield ""
        yield f"{place:>2}. {story.lead.headline}"
        yield f"{PLACE}{_outlets(story.lead)}"
        if together is not None:
            yield _wrapped(f"why here: {'; '.join(story.reasons)}")
            yield from _together(story.lead, together)
        for label, entries in (("also", story.others), ("on another day", story.days)):
            for entry in entries:
                yield f"{PLACE}{label}: {entry.headline} ({_outlets(entry)})"
                yield from _together(entry, together or {})
    for label, entries in (("Below the front", edition.more), ("Told before", edition.again)):
        if entries:
            yield f"\n{label}:"
            for entry in entries:
                yield f"{PLACE}{entry.headline}"
                yield from _together(entry, together or {})


def data(edition: Edition, file: str, site_url: str, together: Reasons) -> dict[str, Any]:
    """Give an edition as plain data, with all reasons."""
    return {
        "start": edition.start.isoformat(),
        "url": urls.absolute(site_url, edition.url),
        "number": edition.number,
        "title": edition.title,
        "headline": edition.headline,
        "note": edition.note,
        "file": file or None,
        "articles": edition.articles,
        "sources": edition.sources,
        "minutes": edition.minutes,
        "stories": [
            {
                "place": place,
                **_entry(story.lead, together),
                "reasons": list(story.reasons),
                "others": [_entry(entry, together) for entry in story.others],
                "days": [_entry(entry, together) for entry in story.days],
            }
            for place, story in enumerate(edition.stories, 1)
        ],
        "more": [_entry(entry, together) for entry in edition.more],
        "again": [_entry(entry, together) for entry in edition.again],
    }


def _wrapped(text: str) -> str:
    return fill(text, WIDTH, initial_indent=PLACE, subsequent_indent=f"{PLACE}  ", break_long_words=False)


def _entry(entry: Entry, together: Reasons) -> dict[str, Any]:
    return {
        "id": entry.id,
        "headline": entry.headline,
        "sources": [source.name for source in entry.sources],
        "together": list(together.get(entry.id, ())),
    }


def _told(edition: Edition) -> str:
    stories, minutes = plural(len(edition.stories), "story", "stories"), plural(edition.minutes, "minute")
    sources = f" and {plural(edition.sources, 'source')}" if edition.sources else ""
    return f"{stories}, {minutes}, from {plural(edition.articles, 'article')}{sources}"


def _together(entry: Entry, together: Reasons) -> Iterator[str]:
    yield from (_wrapped(f"why together: {reason}") for reason in together.get(entry.id, ()))


def _outlets(entry: Entry) -> str:
    return ", ".join(source.name for source in entry.sources) or "no source named"
