"""What comes in: articles, standing pages, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a source file; line and column count from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """The outlet that an article came from."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that stands beside its article: `url` is where the site publishes it."""

    url: str
    alt: str
    width: int
    height: int
    type: str
    bytes: int
    file: str  # where it is read from, relative to content/
    caption: str = ""


Rights = Literal["own", "full", "excerpt"]

SentenceKind = Literal["title", "prose", "item", "quotation", "caption", "link"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, as plain text.

    `id` is `s0` for the title and `s1`, `s2`, … in reading order; the article's HTML holds
    `<span class="s" id="s1">`. `block` numbers the paragraph or list item that it stands in,
    from 1; `section` is the text of the nearest heading above it, or empty. A "link" stands in a
    paragraph or an item that is nothing but links.
    """

    id: str
    text: str
    block: int
    section: str = ""
    kind: SentenceKind = "prose"


@dataclass(frozen=True, slots=True)
class EditedItem:
    """A line, name, figure, quote, date or topic as an editor wrote it, and where it stands.

    `text` is its line (of a name or topic, itself); `values` holds what its field has beside that: value,
    unit, speaker, role, as_written, iso. `evidence` are sentences of the article as it is now; `gone` are
    references to sentences that it no longer holds, as written. `source` is an address of the editor's own.
    """

    text: str
    at: Position
    evidence: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    source: str = ""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """A field of the brief as an editor left it: without items it stays empty. `editor` may be unnamed."""

    field: str
    items: tuple[EditedItem, ...]
    at: Position
    editor: str = ""


@dataclass(frozen=True, slots=True)
class ModelBrief:
    """The lines of a brief file that a model wrote and nobody changed since, and who it was.

    They are `current` while the text is the one that they were written for. `dropped` counts the lines that
    did not pass when it was asked, by reason.
    """

    by: str
    fields: tuple[Edit, ...]
    dropped: tuple[tuple[str, int], ...] = ()
    current: bool = True


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in an article and is right now, and since when."""

    date: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ArticleBody:
    """An article's text: `sentences` begins with the title; `html` is sanitised and anchored, without one."""

    sentences: tuple[Sentence, ...]
    html: str


@dataclass(frozen=True, slots=True)
class Article:
    """One published piece: one Markdown file.

    `words` counts the words of its `body` without the title; `trusted` is its HTML with what editors whom the
    site trusts added of their own, for its page alone, or empty; `places` says where each address and the id
    are written.
    Articles of one `story` key are one story; that of `none` is nobody's companion.
    Where its `rights` allow an excerpt alone, what is to be published has no more than that
    (`content.rights`): sentences that stay with the original are without text, and `elsewhere` says of each
    that the brief cites where it is to be read.
    """

    id: str
    path: str
    url: str
    title: str
    slug: str
    published: datetime
    updated: datetime
    lang: str
    body: ArticleBody
    words: int
    trusted: str = ""
    sources: tuple[Source, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    image: Image | None = None
    images: tuple[Image, ...] = ()  # those in the text, in reading order
    edits: tuple[Edit, ...] = ()  # in the order of a brief's fields
    model_brief: ModelBrief | None = None
    aliases: tuple[str, ...] = ()
    canonical_url: str | None = None
    rights: Rights = "own"
    license: str = ""
    retrieved_at: datetime | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict, hash=False)
    pinned: bool = False
    draft: bool = False
    story: str = ""
    corrections: tuple[Correction, ...] = ()  # newest first
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    places: Mapping[str, Position] = field(default_factory=dict, hash=False, repr=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, the title first."""
        return self.body.sentences

    @property
    def html(self) -> str:
        """Its text, sanitised and anchored."""
        return self.body.html


class Dated(Protocol):
    """What stands in the one order everywhere."""

    @property
    def id(self) -> str: ...
    @property
    def published(self) -> datetime: ...


def newest_first(made: Dated) -> tuple[float, str]:
    """Key of the one order everywhere: published descending, then id."""
    return -made.published.timestamp(), made.id


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that belongs to no day: about, imprint, … from content/pages/. `trusted` is as an Article's."""

    path: str
    url: str
    title: str
    lang: str
    html: str
    trusted: str = ""
    updated: datetime | None = None
    aliases: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    draft: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    places: Mapping[str, Position] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class EditionFile:
    """What an editor says of one edition: `stories` are ids of articles, in the order that they are to have.

    `title` and `note` may be empty. `path` is where it is written.
    """

    start: date
    path: str
    stories: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
