"""What is shown before its time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from generator.model import Article, StandingPage


@dataclass(frozen=True, slots=True)
class Early:
    """Something that a build holds back unless it is asked for: a draft, or an article due later than now."""

    url: str
    draft: bool
    due: datetime | None = None


def early(articles: Iterable[Article], pages: Iterable[StandingPage], now: datetime) -> tuple[Early, ...]:
    """Tell what of all that is shown would else be held back."""
    dated = (Early(it.url, it.draft, it.published if it.published > now else None) for it in articles)
    standing = (Early(page.url, page.draft) for page in pages)
    return tuple(one for one in (*dated, *standing) if one.draft or one.due)
