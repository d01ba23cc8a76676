"""Feeds (RSS, Atom) -> articles. The only door to feedparser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from generator.importer import dates, items, pages, signs
from generator.importer.candidates import Candidate, Document, Harvest, Unfit
from generator.importer.decoding import decoded
from generator.importer.fields import language, licensed, plain

LIVE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def feed(document: Document, zone: ZoneInfo) -> Harvest:
    """Read RSS or Atom: what is sound of it, and what was not."""
    import feedparser

    # To feedparser a slip in one place is another charset for all of it.
    written, guessed = decoded(document.data, document.charset)
    headers = {"content-type": "application/xml; charset=utf-8"}
    if document.url:
        headers["content-location"] = document.url
    found = feedparser.parse(BytesIO(written.encode("utf-8", "replace")), response_headers=headers)
    told = found.feed
    title = _title(told)
    unfit = []
    if found.bozo and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        why = " ".join(str(found.get("bozo_exception", "")).split())[:200]
        if not found.entries and not found.version:
            message = f"this feed cannot be read: {why}"
            return Harvest("feed", unfit=(Unfit(document.found, "import-malformed", message),))
        message = f"this feed is malformed ({why}); what could be read was taken"
        unfit.append(Unfit(document.found, "import-malformed", message, "tell its publisher"))
    made = [_entry(entry, told, title, document, zone) for entry in found.entries]
    return items.harvested("feed", items.noted(made, guessed=guessed), unfit, title)


def _entry(entry: Any, told: Any, feed_title: str, document: Document, zone: ZoneInfo) -> Candidate | Unfit:
    link = items.address_of(entry.get("link") or "", document)
    name = link or f"{document.found} item {_title(entry) or entry.get('id', '')}".strip()
    longest, summary, lang = "", "", ""
    for part in entry.get("content", ()):
        written = items.markdown_of(
            part.get("value", ""), part.get("type", ""), part.get("base") or link, document
        )
        longest, lang = (
            (written, part.get("language") or lang) if len(written) > len(longest) else (longest, lang)
        )
    if detail := entry.get("summary_detail"):
        summary = items.markdown_of(
            detail.get("value", ""), detail.get("type", ""), detail.get("base") or link, document
        )
    source = _title(entry.get("source") or {}) or feed_title
    # feedparser's own reading is not used: it makes a day of what is none. Nor is its `get`, which gives the
    # one date for the other.
    published, unsure = dates.read(str(dict.get(entry, "published") or ""), zone)
    updated, _ = changed = dates.read(str(dict.get(entry, "updated") or ""), zone)
    if published is None and updated is not None:
        published, unsure = changed
    licences = (entry.get("license") or "", told.get("license") or "")
    terms, unclear = licensed(licences, document.url)
    authors = (_words(one.get("name", "")) for one in entry.get("authors", ()))
    return items.item(
        name=name,
        link=link,
        mark=str(entry.get("id") or ""),
        title=_title(entry),
        content=longest,
        summary=summary,
        published=published,
        updated=updated,
        authors=(*authors,),
        lang=language(lang or told.get("language") or ""),
        source=source,
        license=terms,
        notes=(*unsure, *unclear, *signs.left_out(*_written(entry))),
    )


def _written(entry: Any) -> Iterator[str]:
    """Give all words of an item as they were sent."""
    yield str(entry.get("title") or "")
    yield from (str(one.get("name") or "") for one in entry.get("authors", ()))
    yield from (str(part.get("value") or "") for part in entry.get("content", ()))
    yield str(entry.get("summary") or "")


def _title(thing: Any) -> str:
    """Give a title as words: what is HTML by its type, or by RSS's habit, is read as that."""
    detail = thing.get("title_detail") or {}
    value = str(detail.get("value") or thing.get("title") or "")
    bare = LIVE.sub("", value)
    return plain(value) if detail.get("type") == "text/plain" and bare == value else _words(bare)


def _words(value: str) -> str:
    """Give the words of what may hold HTML."""
    if "<" in value or "&" in value:
        tree = pages.parsed(value)
        if tree is None:
            return ""
        etree.strip_elements(tree, "script", "style", with_tail=False)
        value = str(tree.text_content())
    return plain(value)
