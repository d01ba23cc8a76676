"""Markdown and plain text of others -> articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from generator import text
from generator.importer import addresses, dates, fields, markup, pages, signs
from generator.importer.candidates import Candidate, Document, Unfit
from generator.importer.decoding import GUESSED, decoded

MARKDOWN = (".md", ".markdown", ".mdown")
TITLE_LONGEST = 160
FENCED = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
TOML = re.compile(r"\A\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|\Z)")
KEYED = re.compile(r"\s*[A-Za-z_]+:(?:\s|\Z)")
HEADING = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)|\A\s*(\S[^\n]*)\n(?:=+|-{3,})[ \t]*(?:\n|\Z)")


def written(document: Document, zone: ZoneInfo) -> Candidate | Unfit:
    """Read Markdown, where its name or its front matter says that it is that, or plain text."""
    from generator.content.tokens import convert

    told, guessed = decoded(document.data, document.charset)
    told = told.replace("\r\n", "\n").replace("\r", "\n")
    name = document.found.lower()
    matter, body = _parted(told)
    is_named = name.endswith(MARKDOWN) or document.media_type == "text/markdown"
    if matter is None and is_named:
        message, hint = "its front matter cannot be read", "quote what holds a colon; TOML (+++) is not read"
        return Unfit(document.found, "import-malformed", message, hint)
    matter = matter or {}
    is_markdown = bool(matter) or is_named
    title, body = _titled(matter, body, document.found, is_markdown=is_markdown)
    try:
        made = pages.fragment(convert(body), document.url) if is_markdown else markup.of_text(body)
    except (ValueError, RecursionError) as error:
        return Unfit(document.found, "import-malformed", f"this cannot be converted: {error}")
    if not text.word_count(made):
        return Unfit(document.found, "import-empty", "this file holds no text")
    url = addresses.canonical(_one(matter, "canonical_url", "url", "link") or document.url)
    source = matter.get("source")
    if isinstance(source, dict):
        url = url or addresses.canonical(_one(source, "url"))
    people = matter.get("authors", matter.get("author", ()))
    some = [people] if isinstance(people, str) else people if isinstance(people, list) else []
    modified = document.modified.astimezone(zone).replace(microsecond=0) if document.modified else None
    terms, unclear = fields.licensed([_one(matter, "license", "licence")], document.url)
    published, unsure = dates.read(_one(matter, "date", "published"), zone)
    return Candidate(
        title=title,
        text=made,
        found=document.found,
        url=url,
        published=published or modified,
        updated=dates.read(_one(matter, "updated", "lastmod"), zone)[0],
        authors=tuple(fields.plain(one) for one in some if isinstance(one, str) and one.strip()),
        lang=fields.language(_one(matter, "lang", "language")),
        source=_source(source) or addresses.host(url),
        license=terms,
        notes=(*((GUESSED,) if guessed else ()), *unsure, *unclear, *signs.left_out(told)),
        topics=tuple(_topics(matter.get("topics", matter.get("tags")))),
        draft=_one(matter, "draft").casefold() in ("true", "yes", "on"),
    )


def _topics(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and (name := fields.plain(one)):
            yield name


def _parted(told: str) -> tuple[dict[str, Any] | None, str]:
    """Part front matter from the text; None for what stands in its place and cannot be read.

    A line between two rules is no front matter but text, unless it has keys.
    """
    from generator.schema import parse

    found = FENCED.match(told)
    if TOML.match(told):
        return None, told
    if not found:
        return {}, told
    document = parse(found[1], "")
    if document.problems or not isinstance(document.value, dict):
        return (None if KEYED.match(found[1]) else {}), told
    return document.value, told[found.end() :]


def _titled(matter: dict[str, Any], body: str, found: str, *, is_markdown: bool) -> tuple[str, str]:
    """Find a title: in the front matter, as first heading or first line alone, else the file's name."""
    title = fields.plain(_one(matter, "title"))
    heading = HEADING.match(body) if is_markdown else None
    words = fields.plain(heading[1] or heading[2]) if heading else ""
    if heading and title in ("", words):
        return words[: fields.LONGEST_TITLE], body[heading.end() :]
    first, _, rest = body.lstrip("\n").partition("\n")
    if not title and rest[:1] == "\n" and 0 < len(first.strip()) <= TITLE_LONGEST and rest.strip():
        return fields.plain(first), rest
    stem = PurePosixPath(found.replace("\\", "/")).stem
    return title[: fields.LONGEST_TITLE] or fields.plain(re.sub(r"[-_]+", " ", stem)), body


def _one(matter: dict[str, Any], *names: str) -> str:
    return next((str(matter[name]) for name in names if isinstance(matter.get(name), str)), "")


def _source(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return fields.plain(value) if isinstance(value, str) else ""
