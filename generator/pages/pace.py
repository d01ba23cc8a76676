"""How many articles a month: a small chart of bars, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Entry
from generator.pages import dates
from generator.pages.calendar import Span

MONTHS = 9  # in the chart
LEAST = 3  # months with an article that make a chart
LEAST_ARTICLES = 6
SCALE = 4  # articles that fill the chart's height, if no month has more


@dataclass(frozen=True, slots=True)
class Pace:
    """Articles a month as a chart 180 by 48: a path of bars, and the same in words."""

    path: str
    words: str
    caption: str


def pace(months: Sequence[Span[Entry]]) -> Pace | None:
    """Articles in each of the nine calendar months up to the newest; none where there are few."""
    if len(months) < LEAST or sum(len(span.entries) for span in months) < LEAST_ARTICLES:
        return None
    count = {(span.year, span.month): len(span.entries) for span in months}
    newest = months[0].year * 12 + months[0].month - 1
    shown = [divmod(n, 12) for n in range(newest - MONTHS + 1, newest + 1)]
    counts = [(dates.month(month + 1), count.get((year, month + 1), 0)) for year, month in shown]
    since = counts[next(n for n, (_, articles) in enumerate(counts) if articles) :]
    if len(since) == 1:
        return None
    (start, few), (end, many) = since[0], since[-1]
    words = ", ".join(f"{name} {articles}" for name, articles in since)
    return Pace(_bars([n for _, n in counts]), words, f"{few:,} in {start}, {many:,} in {end}")


def _bars(counts: Sequence[int]) -> str:
    most = max(SCALE, *counts)
    return "".join(f"M{5 + 20 * n} 48v-{round(45 * c / most)}" for n, c in enumerate(counts) if c)
