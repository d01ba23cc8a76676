"""Where articles come from: whom the site asks for them, and how that goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from generator.model.articles import Rights

Condition = Literal["failing", "shaky", "silent", "unasked", "well", "paused"]


@dataclass(frozen=True, slots=True)
class Supplier:
    """A source that is asked for articles (a feed, a page, a list of feeds), and what holds for these.

    `limit` is the most new articles that one run takes from it.
    """

    name: str
    url: str
    rights: Rights = "excerpt"
    topics: tuple[str, ...] = ()
    language: str | None = None
    limit: int = 20
    enabled: bool = True
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Health:
    """How a source does that is asked for articles.

    `host` is where it is asked; `listing` is the page of its articles on this site, or empty; `days` are the
    whole days since it failed first without having worked again (`failing`) or since it was asked (`silent`).
    `fault` is the last one, which may be mended by now, and `faulted` when it was.
    """

    name: str
    host: str
    condition: Condition
    days: int = 0
    asked: datetime | None = None
    worked: datetime | None = None
    faulted: datetime | None = None
    fault: str = ""
    articles: int = 0
    listing: str = ""
