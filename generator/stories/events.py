"""Which articles of one day tell the same event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from generator.stories import measure
from generator.stories.gists import ALONE, Gist

COMMON = 25  # a name leads from one article to so many others at most, the nearest before it
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Join:
    """Why two articles are one story: `key`, `copy`, `event` (the same day) or `follows`."""

    one: str
    other: str
    kind: str
    score: float


def clusters(issue: Sequence[Gist]) -> tuple[list[list[str]], list[Join]]:
    """Join the most alike first; two clusters join where their members are alike on average.

    `issue` is weighed and sorted by id. What has the same key is joined first; different keys stay apart.
    """
    known = {item.id: item for item in issue}
    cluster_of = {item.id: [item.id] for item in issue}
    keys = {item.id: item.key for item in issue}
    joins: list[Join] = []
    first: dict[str, str] = {}
    for item in issue:
        if item.key not in ("", ALONE) and (head := first.setdefault(item.key, item.id)) != item.id:
            _merge(cluster_of, head, item.id)
            joins.append(Join(head, item.id, "key", 1.0))
    scores = {pair: measure.alike(known[pair[0]], known[pair[1]]) for pair in _candidates(issue)}
    for pair in measure.best_first(scores, measure.ALIKE):
        one, other = cluster_of[pair[0]], cluster_of[pair[1]]
        if one is other or len({keys[name] for name in one + other} - {""}) > 1:
            continue
        if scores[pair] == 1.0 or _on_average(one, other, scores) >= measure.ALIKE:
            _merge(cluster_of, *pair)
            joins.append(Join(*pair, "copy" if scores[pair] == 1.0 else "event", scores[pair]))
    return [members for name, members in cluster_of.items() if members[0] == name], joins


def _merge(cluster_of: dict[str, list[str]], one: str, other: str) -> None:
    merged, gone = cluster_of[one], cluster_of[other]
    merged += gone
    cluster_of.update(dict.fromkeys(gone, merged))


def _on_average(one: Sequence[str], other: Sequence[str], scores: dict[Pair, float]) -> float:
    between = [scores.get((min(a, b), max(a, b)), 0.0) for a, b in product(one, other)]
    return sum(between) / len(between)


def _candidates(issue: Sequence[Gist]) -> list[Pair]:
    """Pair articles that share two rare terms or a piece of text, without trying all pairs."""
    rare, exact = measure.rare_terms(issue)
    holders: dict[str, list[str]] = defaultdict(list)
    copies: dict[int, str] = {}
    pairs: set[Pair] = set()
    for item in issue:
        if item.key == ALONE:
            continue
        shared: Counter[str] = Counter()
        for term in item.terms.keys() & rare:
            for other in holders[term][-COMMON:]:
                shared[other] += measure.RARE if term in exact else 1
            holders[term].append(item.id)
        pairs.update((other, item.id) for other, count in shared.items() if count >= measure.RARE)
        alike = {copies.setdefault(number, item.id) for number in item.sketch}
        pairs.update((other, item.id) for other in alike if other != item.id)
    return sorted(pairs)
