"""What was found to import: articles that are no files yet, feeds that lead to more, and what was unsound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unfit:
    """What could not be taken, and why: the whole of it, or a part (`found` names which)."""

    found: str
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article as it was found. `text` is Markdown that nothing can come alive from.

    `found` names it in messages; `url` is its own address, without tracking, or empty. It has an anchor where
    that may be a place on a page: it is one if the item is told `apart` by it from others of its feed. `mark`
    is what else it is known by (the id of a letter); `published` is aware, or None where nothing says when;
    `more` is where the whole of it stands, if `text` is less, and `missing` why that could not be had. `way`
    is the address by which a feed led to it, where that is another.
    `notes` say what an editor may want to look at.
    """

    title: str
    text: str
    found: str
    url: str = ""
    mark: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    lang: str = ""
    source: str = ""
    license: str = ""
    description: str = ""
    more: str = ""
    missing: Unfit | None = None
    apart: bool = False
    way: str = ""
    notes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    draft: bool = False

    def noting(self, *notes: str) -> Candidate:
        """Copy with more notes."""
        return replace(self, notes=(*self.notes, *notes))


@dataclass(frozen=True, slots=True)
class Link:
    """A feed that an OPML file or a page names."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one document held."""

    kind: str
    candidates: tuple[Candidate, ...] = ()
    feeds: tuple[Link, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    title: str = ""  # of a feed


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as they came: from `url`, or from a file (`found` names it; then `url` is empty).

    `media_type` and `charset` are what the server said, or empty. `modified` is when the file was written.
    """

    data: bytes
    found: str
    retrieved: datetime
    url: str = ""
    media_type: str = ""
    charset: str = ""
    modified: datetime | None = None
