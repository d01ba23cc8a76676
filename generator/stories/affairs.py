"""Which events of later days follow an earlier one: stories over days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Protocol

from generator.model import Article, Brief
from generator.stories import events, measure
from generator.stories.events import Join, Pair
from generator.stories.gists import ALONE, Gist, gist
from generator.stories.past import Past, fortnight

GistOf = Callable[[Article, Brief], Gist]
Day = list[tuple[Article, Brief]]
LOOKED_BACK = 2  # fortnights


@dataclass(slots=True)
class Affair:
    """A story while it is told: the ids of its parts, oldest first, and why they are one story."""

    number: int
    key: str = ""
    parts: list[list[str]] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a day tells of one affair: which articles, and what joins them to what was told before."""

    affair: int
    members: tuple[str, ...]
    key: str
    join: Join | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the days of a fortnight tell, each with its joins among articles of the day."""

    days: tuple[tuple[date, tuple[Turn, ...], tuple[Join, ...]], ...]


class Chapters(Protocol):
    """Keeps chapters. Each is asked for in turn, the oldest first, with all that it is told from."""

    def recall(self, told: Sequence[Day]) -> Chapter | None: ...
    def keep(self, chapter: Chapter) -> None: ...


def told(
    articles: Sequence[Article],
    briefs: Sequence[Brief],
    gist_of: GistOf = gist,
    chapters: Chapters | None = None,
) -> list[Affair]:
    """Follow the stories from day to day; each day looks back, none looks ahead.

    What `chapters` keep of a fortnight, if nothing till its end has changed, is not found again.
    """
    days: dict[date, Day] = defaultdict(list)
    for article, brief in sorted(zip(articles, briefs, strict=True), key=lambda pair: pair[0].id):
        days[article.published.date()].append((article, brief))
    chronicle = _Chronicle({article.id: article for article in articles}, days, gist_of)
    for _, some in groupby(sorted(days), key=fortnight):
        fortnight_days = list(some)
        chapter = chapters.recall([days[day] for day in fortnight_days]) if chapters else None
        if chapter:
            chronicle.replay(chapter)
        else:
            chapter = chronicle.add(fortnight_days)
            if chapters:
                chapters.keep(chapter)
    return chronicle.affairs


class _Chronicle:
    """The stories up to a day."""

    def __init__(self, articles: Mapping[str, Article], days: Mapping[date, Day], gist_of: GistOf) -> None:
        self.affairs: list[Affair] = []
        self._articles = articles
        self._days = days
        self._gist_of = gist_of
        self._past: Past | None = None
        self._of: dict[str, Affair] = {}  # by article
        self._keyed: dict[str, Affair] = {}
        self._frames: dict[str, measure.Frames] = {}

    def replay(self, chapter: Chapter) -> None:
        """Take over what was told before."""
        self._past = None
        for day, turns, joins in chapter.days:
            for turn in turns:
                self._take(day, turn)
            self._join(joins)

    def add(self, days: Sequence[date]) -> Chapter:
        """Tell the days of a fortnight, later than all before them."""
        past = self._past = self._past or self._looked_back(fortnight(days[0]))
        return Chapter(tuple(self._add(day, past) for day in days))

    def _looked_back(self, number: int) -> Past:
        """Give what a fortnight looks back on: the one before, weighed by what that one looked back on."""
        past = Past()
        for day in sorted(self._days):
            if number - LOOKED_BACK <= fortnight(day) < number:
                past.add(past.weighed([self._gist_of(*pair) for pair in self._days[day]]))
        return past

    def _add(self, day: date, past: Past) -> tuple[date, tuple[Turn, ...], tuple[Join, ...]]:
        issue = past.weighed([self._gist_of(*pair) for pair in self._days[day]])
        known = {item.id: item for item in issue}
        clusters, joins = events.clusters(issue)
        found = [(members, self._followed([known[name] for name in members], past)) for members in clusters]
        turns: list[Turn] = []
        for members, scores in sorted(found, key=lambda one: (-max(one[1].values(), default=0.0), one[0][0])):
            key = next((known[name].key for name in members if known[name].key), "")
            affair, join = self._chosen(key, members, scores)
            turns.append(Turn(affair, tuple(members), key, join))
            self._take(day, turns[-1])
        self._join(joins)
        past.add(issue)
        return day, tuple(turns), tuple(joins)

    def _take(self, day: date, turn: Turn) -> None:
        if turn.affair == len(self.affairs):
            self.affairs.append(Affair(turn.affair))
        affair = self.affairs[turn.affair]
        if affair.latest != day:
            affair.latest = day
            affair.parts.append([])
        affair.parts[-1] += turn.members
        self._of.update(dict.fromkeys(turn.members, affair))
        affair.joins += [turn.join] if turn.join else []
        if turn.key not in ("", ALONE):
            affair.key = turn.key
            self._keyed[turn.key] = affair

    def _join(self, joins: Sequence[Join]) -> None:
        for join in joins:
            self._of[join.one].joins.append(join)

    def _chosen(
        self, key: str, members: Sequence[str], scores: Mapping[Pair, float]
    ) -> tuple[int, Join | None]:
        """Choose the story that a cluster goes on with: that of its key, else what it follows best."""
        if key in self._keyed:
            affair = self._keyed[key]
            return affair.number, Join(members[0], affair.parts[-1][0], "key", 1.0)
        for join in self._joins(scores):
            affair = self._of[join.other]
            if not (key and affair.key) or key == affair.key:
                return affair.number, join
        return len(self.affairs), None

    def _followed(self, cluster: Sequence[Gist], past: Past) -> dict[Pair, float]:
        """Score what a day's cluster may follow, by pairs of a later and an earlier article."""
        return {
            (item.id, earlier.id): score
            for item in cluster
            for earlier in past.near(item)
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
