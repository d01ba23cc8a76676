"""Which articles report the same event, and which of them leads.

Precision first: two articles are one story only if what they have in common is distinctive. Only the
articles of one edition are compared and weighed, so that an edition does not change when others come.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations, product, repeat
from math import log, sqrt
from zlib import crc32

from generator.model import Article, Brief

# How these were chosen is told in docs/editions.md; the pairs are in tests/test_stories.py.
ALIKE = 0.3  # cosine
RARE = 2  # names and numbers that a pair must share
DETAIL = 4  # what a pair must share beside names: words count one, numbers three
LEADS = 4  # sentences at the head of an article that say what it reports
EXACT = 3  # significant digits of a number that few events share: it counts as two names
TITLE = 2.0  # weight of a headline
WEIGHTS = {"name": 2.0, "more": 2.0, "number": 3.0}  # all else is 1
PRIOR = 10  # articles of an edition before rarity counts for much
COMMON = 25  # a name in more articles of one edition leads to no candidates
SHINGLE = 5  # words
SKETCHED = 120  # words from the start of a text that its sketch is made of
SKETCH = 32  # smallest digests kept of a text's shingles
SMALLEST = 8  # digests without which a text is too short to be called a copy
COPIED = 0.5  # share of the sketch that makes two texts the same

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*\d|\d")
YEAR = re.compile(r"(19|20)\d\d")
STOP = frozenset(
    """
    about after again against also amid among because been before being between both cannot could does
    down during each even every first from have having here into it its itself just last like made make
    many more most much must near never next none only other over own part said same says should since
    some such than that the their them then there these they this those three through under until upon
    very was were what when where which while who whom whose why will with within without would year
    years month months week weeks day days today yesterday tomorrow monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november
    december new news company companies people percent per cent and but for not our you your how all any
    are has had his her him she two four five six ten the a an in on at of to by as if is it no so we he or
    up via i me my mr mrs ms dr est gmt utc
    """.split()
)
SHORTEST = 4  # letters of a word that is not a name
STEM = 6  # letters by which words are compared: borrow, borrows, borrowing
CAPITALS = 0.6  # share of capitalised words from which capitals mean nothing: A Headline Like This
NOUNS = ("de", "lb")  # languages that capitalise every noun


@dataclass(frozen=True, slots=True)
class Gist:
    """What an article is about: its terms with their weights, sorted by what they are, and a sketch.

    `names` holds the first word of each name, `exact` the numbers of three significant digits or more,
    `words` what is neither (in German, nouns are among both).
    """

    id: str
    terms: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    exact: frozenset[str]
    words: frozenset[str]
    sketch: frozenset[int]


def group(
    articles: Sequence[Article], briefs: Sequence[Brief], edition_of: Callable[[Article], date]
) -> tuple[tuple[str, ...], ...]:
    """Gather articles into stories: ids, the lead's first, then newest first.

    `briefs` go with `articles`, one each. Every article stands in exactly one story, and a story in one
    edition (`edition_of` gives its first day). The order of the input does not matter.
    """
    by_id = {article.id: article for article in articles}
    issues: dict[date, list[Gist]] = defaultdict(list)
    for article, brief in sorted(zip(articles, briefs, strict=True), key=lambda pair: pair[0].id):
        issues[edition_of(article)].append(gist(article, brief))
    told = (story for start in sorted(issues) for story in _cluster(weigh(issues[start])))
    return tuple(_ordered([by_id[name] for name in story]) for story in told)


def gist(article: Article, brief: Brief) -> Gist:
    """Take the terms of headline, summary and first sentences; sketch the text."""
    terms: dict[str, float] = {}
    kinds: dict[str, set[str]] = {"name": set(), "number": set(), "word": set()}
    nouns = article.lang.startswith(NOUNS)
    leads = (sentence.text for sentence in article.sentences[1 : LEADS + 1])
    body = dict.fromkeys(chain((line.text for line in brief.summary), leads))
    for text, weight in ((article.title, TITLE), *((text, 1.0) for text in body)):
        for term, kind in _terms(text, nouns=nouns):
            terms[term] = max(terms.get(term, 0), weight * WEIGHTS.get(kind, 1))
            kinds.get(kind, set()).add(term)
    names, numbers, words = (frozenset(kinds[kind]) for kind in ("name", "number", "word"))
    exact = frozenset(number for number in numbers if len(number.replace(".", "").strip("0")) >= EXACT)
    told = frozenset(terms) - numbers if nouns else words - names
    return Gist(article.id, terms, names, numbers, exact, told, _sketch(article))


def _terms(text: str, *, nouns: bool) -> Iterator[tuple[str, str]]:
    """Give a text's terms and what they are: a number, a name (its first word), more of it, a word.

    An opening is the first word of a sentence, whose capital says nothing. `nouns`: they have capitals, too.
    """
    found = list(WORD.finditer(text))
    capitals = nouns or not _all_capitals(found)
    end = -1  # of the last name
    for place, match in enumerate(found):
        word = match[0].rstrip("’'-.,").removesuffix("’s").removesuffix("'s")
        small, capital = word.casefold(), word[0].isupper() and capitals
        if word[0].isdigit():
            if len(word) > 1 and not YEAR.fullmatch(word):
                yield word.replace(",", ""), "number"
        elif small in STOP:
            continue
        elif capital and (place or (not nouns and _begins_name(found))):
            yield small[:STEM], "more" if match.start() == end + 1 and not nouns else "name"
            end = match.start() + len(word)
        elif capital or len(word) >= SHORTEST:
            yield small[:STEM], "word" if place or not capital else "opening"


def _all_capitals(found: Sequence[re.Match[str]]) -> bool:
    """Recognise A Headline Like This."""
    words = [match[0] for match in found if len(match[0]) >= SHORTEST]
    return sum(word[0].isupper() for word in words) >= CAPITALS * len(words)


def _begins_name(found: Sequence[re.Match[str]]) -> bool:
    """Recognise a name of several words at the start of a sentence: Halden Compute took a loan."""
    first, second, *_ = (*found, None, None)
    if not first or not second or len(first[0]) < SHORTEST or second[0].casefold() in STOP:
        return False
    return second[0][0].isupper() and second.start() == first.end() + 1


def _sketch(article: Article) -> frozenset[int]:
    """Keep the smallest digests of word shingles (bottom-k).

    Source: A. Broder, "On the resemblance and containment of documents", 1997.
    """
    words: list[str] = []
    for sentence in article.sentences[1:]:
        words += sentence.text.casefold().split()
        if len(words) >= SKETCHED:
            break
    words = words[:SKETCHED]
    shingles = {crc32(" ".join(words[n : n + SHINGLE]).encode()) for n in range(len(words) - SHINGLE + 1)}
    return frozenset(sorted(shingles)[:SKETCH])


def weigh(issue: Sequence[Gist]) -> list[Gist]:
    """Weigh terms by their rarity among the articles of an edition (TF-IDF); the vectors have length 1."""
    held = Counter(term for item in issue for term in item.terms)
    rarity = {term: log(1 + (len(issue) + PRIOR) / (count + 1)) for term, count in held.items()}
    return [replace(item, terms=_unit({t: w * rarity[t] for t, w in item.terms.items()})) for item in issue]


def _unit(terms: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in terms.values())) or 1.0
    return {term: weight / length for term, weight in terms.items()}


def alike(one: Gist, other: Gist) -> float:
    """Say how much two weighed articles have in common: their cosine, from 0 to 1.

    1 where one text is a copy of the other; 0 where too little of what they share is distinctive.
    """
    if _copied(one.sketch, other.sketch):
        return 1.0
    numbers, exact = len(one.numbers & other.numbers), len(one.exact & other.exact)
    names = (one.names & other.terms.keys()) | (other.names & one.terms.keys())
    details = 3 * numbers + len(one.words & other.words)
    if len(names) + numbers + exact < RARE or not (names or exact) or details < DETAIL:
        return 0.0
    shared = sorted(one.terms.keys() & other.terms.keys())
    return sum(one.terms[term] * other.terms[term] for term in shared)


def _copied(one: frozenset[int], other: frozenset[int]) -> bool:
    both = one & other
    if len(both) < SMALLEST:
        return False
    smallest = sorted(one | other)[:SKETCH]
    return sum(number in both for number in smallest) >= COPIED * len(smallest)


def _cluster(issue: Sequence[Gist]) -> list[list[str]]:
    """Join the most alike first; two clusters join where their members are alike on average."""
    known = {item.id: item for item in issue}
    scores = {pair: alike(known[pair[0]], known[pair[1]]) for pair in _candidates(issue)}
    matches = [(score, pair) for pair, score in scores.items() if score >= ALIKE]
    cluster_of = {item.id: [item.id] for item in issue}
    for score, pair in sorted(matches, key=lambda match: (-match[0], match[1])):
        one, other = cluster_of[pair[0]], cluster_of[pair[1]]
        if one is other:
            continue
        if score == 1.0 or _on_average(one, other, scores) >= ALIKE:
            one += other
            cluster_of.update(dict.fromkeys(other, one))
    return [members for name, members in cluster_of.items() if members[0] == name]


def _on_average(one: Sequence[str], other: Sequence[str], scores: dict[tuple[str, str], float]) -> float:
    between = [scores.get((min(a, b), max(a, b)), 0.0) for a, b in product(one, other)]
    return sum(between) / len(between)


def _candidates(issue: Sequence[Gist]) -> list[tuple[str, str]]:
    """Pair articles that share two rare terms or a piece of text, without trying all pairs."""
    rare = frozenset(chain.from_iterable(item.names | item.numbers for item in issue))
    exact = frozenset(chain.from_iterable(item.exact for item in issue))
    holders: dict[str, list[str]] = defaultdict(list)
    copies: dict[int, list[str]] = defaultdict(list)
    for item in issue:
        for term in item.terms.keys() & rare:
            holders[term].append(item.id)
        for number in item.sketch:
            copies[number].append(item.id)
    shared: Counter[tuple[str, str]] = Counter()
    for term, ids in holders.items():
        if len(ids) <= COMMON:
            shared.update(
                chain.from_iterable(
                    repeat(pair, RARE if term in exact else 1) for pair in combinations(ids, 2)
                )
            )
    pairs = {pair for pair, count in shared.items() if count >= RARE}
    return sorted(pairs.union((ids[0], other) for ids in copies.values() for other in ids[1:]))


def _ordered(story: list[Article]) -> tuple[str, ...]:
    """Let a pinned article lead, else the fullest, else the earliest; the others follow newest first."""
    lead = min(story, key=lambda a: (not a.pinned, -a.words, a.published, a.id))
    others = sorted((a for a in story if a is not lead), key=lambda a: (-a.published.timestamp(), a.id))
    return (lead.id, *(article.id for article in others))
