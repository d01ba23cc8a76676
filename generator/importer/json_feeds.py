"""JSON Feed -> articles."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from generator.importer import dates, fields, items, markup, signs
from generator.importer.candidates import Candidate, Document, Harvest, Unfit
from generator.importer.decoding import decoded
from generator.schema.records import salvaged


@dataclass(frozen=True, slots=True)
class JsonAuthor:
    """Who wrote an item of a JSON Feed."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class JsonItem:
    """An item of a JSON Feed (https://www.jsonfeed.org/version/1.1/), as far as it is read."""

    id: str | int = ""
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: tuple[JsonAuthor, ...] | None = None
    author: JsonAuthor | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """A JSON Feed; its items are checked one by one."""

    title: str | None = None
    language: str | None = None
    authors: tuple[JsonAuthor, ...] | None = None
    author: JsonAuthor | None = None
    items: tuple[Any, ...] = field(default=())


def feed(document: Document, zone: ZoneInfo) -> Harvest:
    """Read a JSON Feed: what is sound of it, and what was not."""
    written, guessed = decoded(document.data, document.charset)
    found, wrong = salvaged(JsonFeed, written.encode("utf-8", "replace"))
    if found is None or "items" in wrong:
        message = "this JSON Feed cannot be read: it is no JSON, or its items are no list"
        return Harvest("json-feed", unfit=(Unfit(document.found, "import-malformed", message),))
    title = fields.plain(found.title or "")
    unfit = []
    if wrong:
        message = f"this feed is malformed ({_left_out(wrong)}); what could be read was taken"
        unfit.append(Unfit(document.found, "import-malformed", message, "tell its publisher"))
    made: list[Candidate | Unfit] = []
    for number, raw in enumerate(found.items, 1):
        item, wrong = salvaged(JsonItem, json.dumps(raw))
        name = f"{document.found} item {number}"
        if item is None:
            made.append(Unfit(name, "import-malformed", "this item of the feed is not as JSON Feed says"))
        else:
            one = _json_item(item, found, title, name, document, zone)
            made.append(one.noting(_left_out(wrong)) if wrong and isinstance(one, Candidate) else one)
    return items.harvested("json-feed", items.noted(made, guessed=guessed), unfit, title)


def _left_out(wrong: tuple[str, ...]) -> str:
    """Name fields whose values are of another kind than JSON Feed says."""
    return f"{', '.join(wrong)}: not as JSON Feed says, left out"


def _json_item(
    item: JsonItem, told: JsonFeed, feed_title: str, name: str, document: Document, zone: ZoneInfo
) -> Candidate | Unfit:
    link = items.address_of(item.external_url or item.url or "", document)
    people = item.authors or ((item.author,) if item.author else ()) or told.authors or ()
    people = people or ((told.author,) if told.author else ())
    content = (
        items.markdown_of(item.content_html, "text/html", link or document.url, document)
        if item.content_html
        else ""
    )
    words = (item.title, item.content_html, item.content_text, item.summary)
    published, unsure = dates.read(item.date_published or "", zone)
    updated, unsure_too = dates.read(item.date_modified or "", zone)
    return items.item(
        name=link or name,
        link=link,
        mark=str(item.id),
        title=fields.plain(item.title or ""),
        content=content or markup.of_text(item.content_text or ""),
        summary=markup.of_text(item.summary or ""),
        published=published or updated,
        updated=updated,
        authors=tuple(fields.plain(one.name) for one in people),
        lang=fields.language(item.language or told.language or ""),
        source=feed_title,
        license="",
        notes=(
            *(unsure if published else unsure_too),
            *signs.left_out(*filter(None, words), *(one.name for one in people)),
        ),
    )
