"""Pages, feeds and letters -> articles as Markdown. The only door to trafilatura and feedparser.

`harvest` finds the articles in a document, `take` decides which of them become files. Both are pure: who
calls them reads, asks the network, and writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from zoneinfo import ZoneInfo

from generator.importer.candidates import Candidate, Document, Harvest, Link, Unfit
from generator.importer.kinds import kind_of
from generator.importer.known import Known, Record
from generator.importer.taking import Options, Outcome, is_known, take, unfit

WHAT = "an HTML page, RSS, Atom, JSON Feed, OPML, a letter (.eml), a mailbox (.mbox), Markdown or plain text"


def harvest(document: Document, zone: ZoneInfo) -> Harvest:
    """Find the articles in a document of any kind, the feeds that it names, and what is unsound in it.

    `zone` is that of moments which name none. Nothing is raised for what is wrong in a document.
    """
    from generator.importer import entries, json_feeds, letters, pages, texts

    kind = kind_of(document.data, document.media_type)
    match kind:
        case "feed":
            return entries.feed(document, zone)
        case "json-feed":
            return json_feeds.feed(document, zone)
        case "opml":
            return _outlines(document)
        case "mail":
            return _several(kind, list(letters.read(document, zone)))
        case "mbox":
            some = (letters.read(one, zone) for one in letters.letters(document))
            return _several(kind, list(chain.from_iterable(some)))
        case "page":
            made = _one(kind, pages.page(document, zone))
            return replace(made, feeds=pages.feeds(document))
        case "text":
            return _one(kind, texts.written(document, zone))
    message = "nothing here can be imported" if document.data else "this is empty"
    return Harvest(kind, unfit=(Unfit(document.found, "import-kind", message, f"import {WHAT}"),))


def load() -> None:
    """Load what reads documents, which takes a while, before anybody waits for it."""
    import feedparser  # noqa: F401
    import trafilatura  # noqa: F401

    from generator.content import articles  # noqa: F401
    from generator.importer import entries, json_feeds, letters, outlines, pages, texts  # noqa: F401


def _one(kind: str, found: Candidate | Unfit) -> Harvest:
    return _several(kind, [found])


def _several(kind: str, found: Sequence[Candidate | Unfit]) -> Harvest:
    return Harvest(
        kind,
        tuple(one for one in found if isinstance(one, Candidate)),
        unfit=tuple(one for one in found if isinstance(one, Unfit)),
    )


def _outlines(document: Document) -> Harvest:
    from generator.importer import outlines

    feeds = tuple(outlines.feeds(document))
    nothing = Unfit(document.found, "import-empty", "this OPML file lists no feed")
    return Harvest("opml", feeds=feeds, unfit=() if feeds else (nothing,))


def merged(entry: Candidate, page: Candidate) -> Candidate:
    """Give an item of a feed the text of its page, where that is more."""
    from generator.importer import items

    return items.whole(entry, page)


__all__ = [
    "Candidate",
    "Document",
    "Harvest",
    "Known",
    "Link",
    "Options",
    "Outcome",
    "Record",
    "Unfit",
    "harvest",
    "is_known",
    "kind_of",
    "load",
    "merged",
    "take",
    "unfit",
]
