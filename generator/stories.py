"""Which articles report the same event, and which of them leads.

Precision first: two articles are one story only if what they have in common is distinctive. Whether a
pair matches depends on the two alone, so that an edition does not change when the archive grows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from zlib import crc32

from generator.model import Article, Brief

# Chosen on the pairs of tests/test_stories.py: true pairs come to 0.29 or more, others to 0.20 or less.
ALIKE = 0.25
RARE = 2  # names and numbers that a pair should share; half of them, half of the score
COMMON = 40  # a term in more articles of one edition leads to no candidates
SHINGLE = 5  # words
SKETCH = 32  # smallest digests kept of an article's shingles
COPIED = 0.5  # share of the sketch that makes two texts the same

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*\d|\d")
STOP = frozenset(
    """
    about after again against also amid among because been before being between both cannot could does
    down during each even every first from have having here into it its itself just last like made make
    many more most much must near never next none only other over own part said same says should since
    some such than that the their them then there these they this those three through under until upon
    very was were what when where which while who whom whose why will with within without would year
    years month months week weeks day days today yesterday tomorrow monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november
    december new company companies people percent per cent
    """.split()
)
SHORTEST = 4  # letters of a word that is not a name
STEM = 6  # letters by which words are compared: borrow, borrows, borrowing


@dataclass(frozen=True, slots=True)
class Gist:
    """What an article is about: its terms with their weights, those that are rare, and its sketch."""

    id: str
    terms: dict[str, float]
    rare: frozenset[str]
    sketch: frozenset[int]


def group(
    articles: Sequence[Article], briefs: Sequence[Brief], edition_of: Callable[[Article], date]
) -> tuple[tuple[str, ...], ...]:
    """Gather articles into stories: ids, the lead's first, then newest first.

    `briefs` go with `articles`, one each. Every article stands in exactly one story, and a story in one
    edition (`edition_of` gives its first day). The order of the input does not matter.
    """
    by_id = {article.id: article for article in articles}
    days: dict[date, list[Gist]] = defaultdict(list)
    for article, brief in sorted(zip(articles, briefs, strict=True), key=lambda pair: pair[0].id):
        days[edition_of(article)].append(gist(article, brief))
    told = (story for day in sorted(days) for story in _cluster(days[day]))
    return tuple(_ordered([by_id[name] for name in story]) for story in told)


def gist(article: Article, brief: Brief) -> Gist:
    """Weigh the terms of headline, summary and key points; sketch the whole text."""
    terms: dict[str, float] = {}
    names: set[str] = set()
    lines = [(line.text, 1.0) for line in (*brief.summary, *brief.key_points)]
    for text, weight in ((article.title, 2.0), *lines):
        for term, kind in _terms(text):
            terms[term] = max(terms.get(term, 0), weight * kind)
            if kind > 1:
                names.add(term)
    return Gist(article.id, terms, frozenset(names), _sketch(article))


def _terms(text: str) -> Iterable[tuple[str, float]]:
    """Give the terms of a text: names and numbers count double; a sentence's first word is no name."""
    first = True
    for found in WORD.finditer(text):
        word = found[0].rstrip("’'-.,").removesuffix("’s").removesuffix("'s")
        small = word.casefold()
        if word[0].isdigit():
            if len(word) > 1 and not re.fullmatch(r"(19|20)\d\d", word):
                yield word.replace(",", ""), 2.0
        elif small not in STOP and (word[0].isupper() or len(word) >= SHORTEST):
            yield small[:STEM], 2.0 if word[0].isupper() and not first else 1.0
        first = False


def _sketch(article: Article) -> frozenset[int]:
    """Keep the smallest digests of word shingles (bottom-k).

    Source: A. Broder, "On the resemblance and containment of documents", 1997.
    """
    words = " ".join(sentence.text for sentence in article.sentences[1:]).casefold().split()
    shingles = {crc32(" ".join(words[n : n + SHINGLE]).encode()) for n in range(len(words) - SHINGLE + 1)}
    return frozenset(sorted(shingles)[:SKETCH])


def alike(one: Gist, other: Gist) -> float:
    """Say how much two articles have in common, from 0 to 1: shared weight by the weight of all terms.

    1 where one text is a copy of the other; 0 where nothing rare is shared.
    """
    if one.sketch and other.sketch:
        smallest = sorted(one.sketch | other.sketch)[:SKETCH]
        if sum(n in one.sketch and n in other.sketch for n in smallest) >= COPIED * len(smallest):
            return 1.0
    rare = len((one.rare & other.terms.keys()) | (other.rare & one.terms.keys()))
    shared = one.terms.keys() & other.terms.keys()
    in_common = sum(min(one.terms[term], other.terms[term]) for term in sorted(shared))
    weight = min(sum(one.terms.values()), sum(other.terms.values()))
    return min(1.0, rare / RARE) * in_common / max(1.0, weight)


def _cluster(day: Sequence[Gist]) -> list[list[str]]:
    """Join the most alike first; two clusters join where their members are alike on average."""
    known = {item.id: item for item in day}
    scores = {pair: alike(known[pair[0]], known[pair[1]]) for pair in _candidates(day)}
    cluster_of = {item.id: [item.id] for item in day}
    for pair, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        one, other = cluster_of[pair[0]], cluster_of[pair[1]]
        if score < ALIKE or one is other:
            continue
        between = [scores.get((min(a, b), max(a, b)), 0.0) for a, b in product(one, other)]
        if sum(between) / len(between) >= ALIKE:
            one += other
            cluster_of.update(dict.fromkeys(other, one))
    return [members for name, members in cluster_of.items() if members[0] == name]


def _candidates(day: Sequence[Gist]) -> list[tuple[str, str]]:
    """Pair articles that share a rare term or a piece of text, without trying all pairs."""
    holders: dict[str | int, list[str]] = defaultdict(list)
    for item in day:
        for term in item.rare:
            holders[term].append(item.id)
        for number in item.sketch:
            holders[number].append(item.id)
    pairs = {
        pair for ids in holders.values() if 1 < len(ids) <= COMMON for pair in combinations(sorted(ids), 2)
    }
    return sorted(pairs)


def _ordered(story: list[Article]) -> tuple[str, ...]:
    """Let a pinned article lead, else the fullest, else the earliest; the others follow newest first."""
    lead = min(story, key=lambda a: (not a.pinned, -a.words, a.published, a.id))
    others = sorted((a for a in story if a is not lead), key=lambda a: (-a.published.timestamp(), a.id))
    return (lead.id, *(article.id for article in others))
