"""Which events of later days follow an earlier one: stories over days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.model import Article, Brief
from generator.stories import events, measure
from generator.stories.events import Join, Pair
from generator.stories.gists import ALONE, Gist, gist
from generator.stories.past import Past

GistOf = Callable[[Article, Brief], Gist]


@dataclass(slots=True)
class Affair:
    """A story while it is told: the ids of its parts, oldest first, and why they are one story."""

    key: str = ""
    parts: list[list[str]] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    latest: date | None = None


def told(articles: Sequence[Article], briefs: Sequence[Brief], gist_of: GistOf = gist) -> list[Affair]:
    """Follow the stories from day to day; each day looks back, none looks ahead."""
    days: dict[date, list[tuple[Article, Brief]]] = defaultdict(list)
    for article, brief in sorted(zip(articles, briefs, strict=True), key=lambda pair: pair[0].id):
        days[article.published.date()].append((article, brief))
    chronicle = _Chronicle({article.id: article for article in articles})
    for day in sorted(days):
        chronicle.add(day, [gist_of(*pair) for pair in days[day]])
    return chronicle.affairs


class _Chronicle:
    """The stories up to a day."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self.affairs: list[Affair] = []
        self._articles = articles
        self._past = Past()
        self._of: dict[str, Affair] = {}  # by article
        self._keyed: dict[str, Affair] = {}
        self._frames: dict[str, measure.Frames] = {}

    def add(self, day: date, gists: Sequence[Gist]) -> None:
        """Tell a day, later than all before it."""
        issue = self._past.weighed(gists)
        known = {item.id: item for item in issue}
        clusters, joins = events.clusters(issue)
        found = [(members, self._followed([known[name] for name in members])) for members in clusters]
        for members, scores in sorted(found, key=lambda one: (-max(one[1].values(), default=0.0), one[0][0])):
            key = next((known[name].key for name in members if known[name].key), "")
            affair, join = self._chosen(key, members, scores)
            self._tell(affair, day, members)
            affair.joins += [join] if join else []
            if key not in ("", ALONE):
                affair.key = key
                self._keyed[key] = affair
        for join in joins:
            self._of[join.one].joins.append(join)
        self._past.add(issue)

    def _tell(self, affair: Affair, day: date, members: Sequence[str]) -> None:
        if affair.latest is None:
            self.affairs.append(affair)
        if affair.latest != day:
            affair.latest = day
            affair.parts.append([])
        affair.parts[-1] += members
        self._of.update(dict.fromkeys(members, affair))

    def _chosen(
        self, key: str, members: Sequence[str], scores: Mapping[Pair, float]
    ) -> tuple[Affair, Join | None]:
        """Choose the story that a cluster goes on with: that of its key, else what it follows best."""
        if key in self._keyed:
            affair = self._keyed[key]
            return affair, Join(members[0], affair.parts[-1][0], "key", 1.0)
        for join in self._joins(scores):
            affair = self._of[join.other]
            if not (key and affair.key) or key == affair.key:
                return affair, join
        return Affair(), None

    def _followed(self, cluster: Sequence[Gist]) -> dict[Pair, float]:
        """Score what a day's cluster may follow, by pairs of a later and an earlier article."""
        return {
            (item.id, earlier.id): score
            for item in cluster
            for earlier in self._past.near(item)
            if (score := measure.follows(item, earlier)) >= measure.FOLLOWS
        }

    def _joins(self, scores: Mapping[Pair, float]) -> Iterator[Join]:
        """Give what a cluster follows, the best first; the last number of a series follows nothing."""
        for pair in measure.best_first(scores, measure.FOLLOWS):
            if scores[pair] == 1.0:
                yield Join(*pair, "copy", 1.0)
            elif not measure.is_series(*map(self._framed, pair)):
                yield Join(*pair, "follows", scores[pair])

    def _framed(self, name: str) -> measure.Frames:
        if name not in self._frames:
            self._frames[name] = measure.frames(self._articles[name])
        return self._frames[name]
