"""A new article: where it stands, and its front matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from generator import text
from generator.schema.documents import Plain
from generator.schema.writing import mapping


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an article before it is written.

    `published` is a day, or a moment in the site's zone.
    """

    title: str
    published: date
    slug: str = ""
    draft: bool = False
    source: str = ""
    source_url: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """An article's file: its path under content/, the id and slug in it, and its text."""

    path: str
    id: str
    slug: str
    text: str


def begun(draft: Draft, now: datetime) -> Begun:
    """Begin an article. Its id outlasts a move of the file, and is never given twice at different moments."""
    slug = draft.slug or text.slug(draft.title)
    path = f"{draft.published:%Y/%m/%d}/{slug}.md"
    id_ = blake2b(f"{path}\n{now.isoformat()}".encode(), digest_size=8).hexdigest()
    source = {"name": draft.source, "url": Plain(draft.source_url)} if draft.source_url else draft.source
    fields = {
        "title": draft.title,
        "date": Plain(_written(draft.published)),
        "id": id_,
        "slug": slug,
        "draft": Plain("true") if draft.draft else "",
        "source": source,
        "authors": draft.authors,
        "topics": draft.topics,
    }
    return Begun(path, id_, slug, "\n".join(["---", *mapping(fields), "---", "", ""]))


def _written(published: date) -> str:
    """Write a day as it is; a moment to the minute, with its zone's offset."""
    if isinstance(published, datetime):
        return text.whole_minutes(published).isoformat(timespec="minutes")
    return published.isoformat()
