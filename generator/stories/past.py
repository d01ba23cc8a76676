"""What later days look back on: the articles of the last two weeks."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain, takewhile

from generator.stories import measure
from generator.stories.events import COMMON
from generator.stories.gists import ALONE, Gist

WINDOW = timedelta(days=14)  # a story that nothing follows for so long is over
NEAREST = 12  # earlier articles that share most with an article are compared with it


class Past:
    """The articles of the last two weeks, by what leads to them, and how many of them hold each term."""

    def __init__(self) -> None:
        self._items: deque[Gist] = deque()
        self._heads: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()
        self._holders: dict[str, list[Gist]] = defaultdict(list)
        self._copies: dict[int, Gist] = {}

    def weighed(self, issue: Sequence[Gist]) -> list[Gist]:
        """Count a day in, forget what is out of its reach, and weigh its terms."""
        first = min(item.day for item in issue)
        self._forget(first - WINDOW)
        self._heads.update(chain.from_iterable(item.terms for item in issue))
        self._texts.update(chain.from_iterable(item.text for item in issue))
        return measure.weighed(issue, self._heads, self._texts, len(self._items) + len(issue))

    def add(self, issue: Iterable[Gist]) -> None:
        """Let later days find these articles."""
        for item in sorted(issue, key=lambda item: (item.day, item.id)):
            self._items.append(item)
            if item.key == ALONE:
                continue
            for term in item.leads:
                self._holders[term].append(item)
                del self._holders[term][:-COMMON]
            for number in item.sketch:
                self._copies[number] = item

    def near(self, item: Gist) -> list[Gist]:
        """Give the earlier articles within reach that share most with this one: at most so many."""
        if item.key == ALONE:
            return []
        found = [other for term in item.leads for other in self._holders.get(term, ())]
        found += [self._copies[number] for number in item.sketch if number in self._copies]
        shared = Counter(other.id for other in found)
        known = {other.id: other for other in found}
        near = [
            (-count, -known[name].day.toordinal(), name)
            for name, count in shared.items()
            if count >= measure.RARE and abs(item.day - known[name].day) <= WINDOW
        ]
        return [known[name] for _, _, name in sorted(near)[:NEAREST]]

    def _forget(self, before: date) -> None:
        gone = list(takewhile(lambda item: item.day < before, self._items))
        _count_out(self._heads, (item.terms for item in gone))
        _count_out(self._texts, (item.text for item in gone))
        for item in gone:
            self._items.popleft()
            for term in item.leads:
                if (held := self._holders.get(term)) and held[0] is item:
                    del held[0]
                if not held:
                    self._holders.pop(term, None)
            for number in item.sketch:
                if self._copies.get(number) is item:
                    del self._copies[number]


def _count_out(counts: Counter[str], terms: Iterable[Iterable[str]]) -> None:
    """Take terms that were counted in out again; of what is gone altogether no nought is kept."""
    for term, number in Counter(chain.from_iterable(terms)).items():
        left = counts[term] - number
        if left:
            counts[term] = left
        else:
            del counts[term]
