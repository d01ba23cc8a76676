"""Head of a feed, and the marks of the formats that say where its parts are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.model import Author

GENERATOR = "Broadsheet"
TTL = 60  # minutes that a reader may wait before it asks again


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself; addresses are absolute, those that are empty are left out.

    `current` is named by archives alone, and `closed` marks those that are not to change any more (RFC 5005).
    `sheet` is the address of the style sheet for browsers, `subscribe` that of the page on feeds.
    `before` and `after` are the archives next to it, `rest` (JSON) the document that goes on from this one.
    """

    id: str
    title: str
    description: str
    language: str
    updated: datetime
    author: Author
    self: str
    page: str
    sheet: str
    subscribe: str
    hub: str = ""
    current: str = ""
    before: str = ""
    after: str = ""
    rest: str = ""
    closed: bool = False
