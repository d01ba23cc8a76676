"""Feeds (RSS, Atom, JSON Feed) -> articles. The only door to feedparser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from generator import text
from generator.importer import addresses, dates, markup, pages
from generator.importer.candidates import Candidate, Document, Harvest, Link, Unfit
from generator.importer.decoding import decoded
from generator.schema.records import decoded as read_record

WHOLE = 80  # words from which the content of an item is taken for all of it
CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read more|continue reading|weiterlesen|lire la suite|seguir leyendo)\W*)$",
    re.IGNORECASE,
)
LONGEST_TITLE = 300
TITLE_WORDS = 12  # of the text, for an item without a title


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
    """Read RSS or Atom: what is sound of it, and what was not."""
    import feedparser

    headers = {"content-type": _content_type(document)}
    if document.url:
        headers["content-location"] = document.url
    found = feedparser.parse(BytesIO(document.data), response_headers=headers)
    told = found.feed
    title = _words(told.get("title", ""))
    unfit = []
    if found.bozo and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        why = " ".join(str(found.get("bozo_exception", "")).split())[:200]
        if not found.entries and not found.version:
            message = f"this feed cannot be read: {why}"
            return Harvest("feed", unfit=(Unfit(document.found, "import-malformed", message),))
        message = f"this feed is malformed ({why}); what could be read was taken"
        unfit.append(Unfit(document.found, "import-malformed", message, "tell its publisher"))
    made = [_entry(entry, told, title, document, zone) for entry in found.entries]
    return _harvest("feed", made, unfit, title)


def json_feed(document: Document, zone: ZoneInfo) -> Harvest:
    """Read a JSON Feed: what is sound of it, and what was not."""
    found = read_record(JsonFeed, decoded(document.data, document.charset)[0].encode("utf-8", "replace"))
    if found is None:
        message = "this JSON Feed cannot be read: it is no JSON, or its items are no list"
        return Harvest("json-feed", unfit=(Unfit(document.found, "import-malformed", message),))
    title = pages.plain(found.title or "")
    made: list[Candidate | Unfit] = []
    for number, raw in enumerate(found.items, 1):
        item = read_record(JsonItem, json.dumps(raw)) if isinstance(raw, dict) else None
        name = f"{document.found} item {number}"
        if item is None:
            made.append(Unfit(name, "import-malformed", "this item of the feed is not as JSON Feed says"))
        else:
            made.append(_json_item(item, found, title, name, document, zone))
    return _harvest("json-feed", made, [], title)


def _harvest(kind: str, made: Iterable[Candidate | Unfit], unfit: Iterable[Unfit], title: str) -> Harvest:
    some = list(made)
    return Harvest(
        kind,
        tuple(one for one in some if isinstance(one, Candidate)),
        unfit=(*unfit, *(one for one in some if isinstance(one, Unfit))),
        title=title,
    )


def _entry(entry: Any, told: Any, feed_title: str, document: Document, zone: ZoneInfo) -> Candidate | Unfit:
    link = _address(entry.get("link") or "", document)
    name = link or f"{document.found} item {_words(entry.get('title', '')) or entry.get('id', '')}".strip()
    longest, summary, lang = "", "", ""
    for part in entry.get("content", ()):
        written = _markdown(part.get("value", ""), part.get("type", ""), part.get("base") or link, document)
        longest, lang = (
            (written, part.get("language") or lang) if len(written) > len(longest) else (longest, lang)
        )
    if detail := entry.get("summary_detail"):
        summary = _markdown(
            detail.get("value", ""), detail.get("type", ""), detail.get("base") or link, document
        )
    source = _words((entry.get("source") or {}).get("title", "")) or feed_title
    published = dates.moment(entry.get("published", ""), zone) or _parsed(entry.get("published_parsed"), zone)
    # feedparser's own `get` gives the one date for the other, with a warning.
    changed, parsed = dict.get(entry, "updated", ""), dict.get(entry, "updated_parsed")
    updated = dates.moment(changed, zone) or _parsed(parsed, zone)
    authors = (_words(one.get("name", "")) for one in entry.get("authors", ()))
    return _candidate(
        name=name,
        link=link,
        mark=str(entry.get("id") or ""),
        title=_words(entry.get("title", "")),
        content=longest,
        summary=summary,
        published=published or updated,
        updated=updated,
        authors=(*authors,),
        lang=pages.language(lang or told.get("language") or ""),
        source=source,
        license=pages.licence(entry.get("license") or told.get("license") or ""),
    )


def _json_item(
    item: JsonItem, told: JsonFeed, feed_title: str, name: str, document: Document, zone: ZoneInfo
) -> Candidate | Unfit:
    link = _address(item.external_url or item.url or "", document)
    people = item.authors or ((item.author,) if item.author else ()) or told.authors or ()
    people = people or ((told.author,) if told.author else ())
    content = (
        _markdown(item.content_html, "text/html", link or document.url, document) if item.content_html else ""
    )
    published = dates.moment(item.date_published or "", zone)
    updated = dates.moment(item.date_modified or "", zone)
    return _candidate(
        name=link or name,
        link=link,
        mark=str(item.id),
        title=pages.plain(item.title or ""),
        content=content or markup.of_text(item.content_text or ""),
        summary=markup.of_text(item.summary or ""),
        published=published or updated,
        updated=updated,
        authors=tuple(pages.plain(one.name) for one in people),
        lang=pages.language(item.language or told.language or ""),
        source=feed_title,
        license="",
    )


def _candidate(
    *, name: str, link: str, mark: str, title: str, content: str, summary: str, source: str, **rest: Any
) -> Candidate | Unfit:
    written = content if len(content) >= len(summary) else summary
    if not written and not link:
        return Unfit(name, "import-empty", "this item of the feed has neither text nor address")
    whole = text.word_count(written) >= WHOLE and not CUT.search(written.rstrip("\\[]()* "))
    rest["authors"] = tuple(dict.fromkeys(filter(None, rest["authors"])))[: pages.MOST_AUTHORS]
    return Candidate(
        title=(title or _opening(written) or link)[:LONGEST_TITLE],
        text=written,
        found=name,
        url=addresses.canonical(link),
        mark=mark[:500],
        source=source or addresses.host(link),
        more="" if whole else link,
        **rest,
    )


def _opening(written: str) -> str:
    """Give the first words of a text as a title, for an item without one."""
    words = re.sub(r"\\(.)|[*`#>]", r"\1", re.sub(r"\]\([^)]*\)|\[", "", written)).split()
    words = unescape(" ".join(words)).split()
    return f"{' '.join(words[:TITLE_WORDS])} …" if len(words) > TITLE_WORDS else " ".join(words)


def _address(written: str, document: Document) -> str:
    """Give the address of an item: the feed's own is none, and may hold a key."""
    made = addresses.web_address(written, document.url)
    return "" if made.partition("#")[0] == document.url.partition("#")[0] else made


def _markdown(value: str, kind: str, base: str, document: Document) -> str:
    """Write a part of an item; what is named text and holds tags is HTML all the same.

    A link within the item, or to nothing, would lead to the feed: its words stay.
    """
    if kind == "text/plain" and not re.search(r"</?[a-zA-Z][^>]*>", value):
        return markup.of_text(value)
    made = pages.fragment(value, base)
    own = addresses.web_address(document.url).partition("#")[0]
    return re.sub(rf"\[([^\]]*)\]\(<?{re.escape(own)}(?:#[^)\s>]*)?>?\)", r"\1", made) if own else made


def _words(value: str) -> str:
    """Give the words of a title, which may hold HTML."""
    if "<" in value or "&" in value:
        tree = pages.parsed(f"<div>{value}</div>")
        value = "" if tree is None else str(tree.text_content())
    return pages.plain(value)


def _parsed(value: Any, zone: ZoneInfo) -> datetime | None:
    """Take what feedparser made of a date in a form of its own."""
    if not value:
        return None
    try:
        year, month, day, hour, minute, second = value[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC).astimezone(zone)
    except (TypeError, ValueError, OverflowError):
        return None


def _content_type(document: Document) -> str:
    """Give a media type that lets feedparser look for itself: a wrong one would stop it."""
    return f"application/xml; charset={document.charset}" if document.charset else "application/xml"


def whole(entry: Candidate, page: Candidate) -> Candidate:
    """Give an item of a feed the text of its page, and what else only the page says."""
    if text.word_count(page.text) < text.word_count(entry.text):
        return replace(entry, more="")
    return replace(
        entry,
        text=page.text,
        url=page.url or entry.url,
        more="",
        published=entry.published or page.published,
        authors=entry.authors or page.authors,
        lang=page.lang or entry.lang,
        source=entry.source or page.source,
        license=entry.license or page.license,
        notes=(*entry.notes, *page.notes),
    )


def outlines(document: Document) -> Iterator[Link]:
    """Give the feeds that an OPML file lists, each once, in its order, at any depth."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document.data, parser)
    except etree.XMLSyntaxError:
        return
    seen: set[str] = set()
    for outline in root.iter("{*}outline", "{*}Outline") if root is not None else ():
        given = {name.lower(): value for name, value in outline.attrib.items()}
        address = addresses.web_address(str(given.get("xmlurl", "")), document.url)
        if address and address not in seen:
            seen.add(address)
            yield Link(pages.plain(str(given.get("title") or given.get("text") or "")), address)
