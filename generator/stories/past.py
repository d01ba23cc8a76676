"""What later days look back on: the articles of the last two weeks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from generator.stories import measure
from generator.stories.events import COMMON
from generator.stories.gists import ALONE, Gist

WINDOW = timedelta(days=14)  # a story that nothing follows for so long is over
NEAREST = 12  # earlier articles that share most with an article are compared with it


def fortnight(day: date) -> int:
    """Number the fortnight of the calendar that a day lies in."""
    return day.toordinal() // WINDOW.days


@dataclass(slots=True)
class _Fortnight:
    """The articles of a window's length, by what leads to them; forgotten as a whole."""

    number: int
    items: list[Gist] = field(default_factory=list)
    holders: defaultdict[str, list[Gist]] = field(default_factory=lambda: defaultdict(list))
    copies: dict[int, Gist] = field(default_factory=dict)


class Past:
    """This fortnight and the last one, and how many of their articles hold each term.

    Fortnights are those of the calendar, so that what a day looks back on does not depend on where an
    archive begins.
    """

    def __init__(self) -> None:
        self._last = _Fortnight(0)
        self._this = _Fortnight(0)
        self._heads: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()

    def weighed(self, issue: Sequence[Gist]) -> list[Gist]:
        """Count a day in, forget what is out of its reach, and weigh its terms."""
        self._turn_to(min(item.day for item in issue))
        self._count(issue)
        known = len(self._last.items) + len(self._this.items) + len(issue)
        return measure.weighed(issue, self._heads, self._texts, known)

    def add(self, issue: Iterable[Gist]) -> None:
        """Let later days find these articles."""
        holders, copies = self._this.holders, self._this.copies
        for item in sorted(issue, key=lambda item: (item.day, item.id)):
            self._this.items.append(item)
            if item.key == ALONE:
                continue
            for term in item.leads:
                holders[term].append(item)
            copies.update(dict.fromkeys(item.sketch, item))

    def near(self, item: Gist) -> list[Gist]:
        """Give the earlier articles within reach that share most with this one: at most so many."""
        if item.key == ALONE:
            return []
        found = list(self._sharing(item))
        shared = Counter(other.id for other in found)
        known = {other.id: other for other in found}
        near = [
            (-count, -known[name].day.toordinal(), name)
            for name, count in shared.items()
            if count >= measure.RARE and abs(item.day - known[name].day) <= WINDOW
        ]
        return [known[name] for _, _, name in sorted(near)[:NEAREST]]

    def _sharing(self, item: Gist) -> Iterator[Gist]:
        """Give earlier articles, once for each thing shared: of those that hold a term, the nearest."""
        this, last = self._this, self._last
        for term in item.leads:
            held = this.holders.get(term, ())
            yield from held[-COMMON:]
            if len(held) < COMMON:
                yield from last.holders.get(term, ())[len(held) - COMMON :]
        for number in item.sketch:
            other = this.copies.get(number) or last.copies.get(number)
            if other:
                yield other

    def _turn_to(self, day: date) -> None:
        number = fortnight(day)
        if number == self._this.number:
            return
        follows = number == self._this.number + 1
        self._last = self._this if follows else _Fortnight(number - 1)
        self._this = _Fortnight(number)
        self._heads.clear()
        self._texts.clear()
        self._count(self._last.items)

    def _count(self, items: Sequence[Gist]) -> None:
        self._heads.update(chain.from_iterable(item.terms for item in items))
        self._texts.update(chain.from_iterable(item.text for item in items))
