"""A long listing as pages: the listing itself, and one for each older month of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from generator.model import Page
from generator.pages.calendar import Span, divided, spans
from generator.pages.frame import Meta, page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a listing: what it counts, the months that it shows, those with pages of their own.

    `older` is the month before one that stands alone; `whole` is the listing itself.
    """

    url: str
    title: str
    entries: Sequence[T]
    months: Sequence[Span[T]]
    earlier: Sequence[Span[T]] = ()
    older: Span[T] | None = None
    whole: bool = False


def sheets(
    listing: str,
    title: str,
    entries: Sequence[T],
    when: Callable[[T], datetime],
    *,
    at_least: int,
    at_most: int,
) -> Iterator[Sheet[T]]:
    """Divide a listing (newest first) as `divided` does; a page of a month knows of no later one."""
    shown, older = divided(spans(entries, listing, when), at_least, at_most)
    yield Sheet(listing, title, entries, shown, older, whole=True)
    for month, before in zip_longest(older, older[1:]):
        yield Sheet(month.url, f"{title}, {month.title}", month.entries, [month], older=before)


def sheet_page(template: str, about: Meta, common: Mapping[str, Any], sheet: Sheet[Any], told: str) -> Page:
    return page(
        template,
        about,
        common,
        months=sheet.months,
        earlier=sheet.earlier,
        older=sheet.older,
        told=told,
        whole=sheet.whole,
    )
