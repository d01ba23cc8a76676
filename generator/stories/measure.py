"""How much two articles have in common: whether they tell the same event, or one follows the other.

How the figures were chosen is told in docs/stories.md; the cases are in tests/stories/ and test_stories.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import fsum, hypot, log
from operator import mul

from generator.model import Article
from generator.stories.gists import SKETCH, Gist

ALIKE = 0.3  # cosine of two heads that tell the same event
FOLLOWS = 0.28  # cosine of two texts of which one follows the other
BESIDE = 0.1  # the part of it that comes from what is no name
RARE = 2  # names and numbers that a pair must share
DETAIL = 4  # what a pair must share beside names: words count one, numbers three
PRIOR = 10  # articles before rarity counts for much
SMALLEST = 8  # digests without which a text is too short to be called a copy
COPIED = 0.5  # share of the sketch that makes two texts the same

FRAME = 4  # words around a number, by which a series is known
FRAMING = 5  # sentences, the title among them, that frames are taken from
SERIES = 2  # frames in which nothing but the number differs
FRAMED = re.compile(r"[^\W\d_]+|[$€£]?\d[\d.,]*")


def weigh(issue: Sequence[Gist], before: Iterable[Gist] = ()) -> list[Gist]:
    """Weigh terms by their rarity among these articles and those before (TF-IDF): vectors of length 1."""
    heads: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    known = [*issue, *before]
    for item in known:
        heads.update(item.terms.keys())
        texts.update(item.text.keys())
    return weighed(issue, heads, texts, len(known))


def weighed(
    issue: Sequence[Gist], heads: Mapping[str, int], texts: Mapping[str, int], known: int
) -> list[Gist]:
    """Weigh by counts that are kept: in how many of `known` articles each term of a head or text stands."""
    rarity = [log(1 + (known + PRIOR) / (count + 1)) for count in range(known + 1)]
    return [
        replace(
            item,
            terms=_unit(item.terms, map(rarity.__getitem__, map(heads.__getitem__, item.terms))),
            text=_unit(item.text, map(rarity.__getitem__, map(texts.__getitem__, item.text))),
        )
        for item in issue
    ]


def _unit(terms: Mapping[str, float], rarities: Iterable[float]) -> dict[str, float]:
    weights = list(map(mul, terms.values(), rarities))
    length = hypot(*weights) or 1.0
    return dict(zip(terms, [weight / length for weight in weights], strict=True))


def alike(one: Gist, other: Gist) -> float:
    """Say how much the heads of two weighed articles have in common: their cosine, from 0 to 1.

    1 where one text is a copy of the other; 0 where too little of what they share is distinctive.
    """
    if copied(one.sketch, other.sketch):
        return 1.0
    numbers, exact = len(one.numbers & other.numbers), len(one.exact & other.exact)
    names = shared_names(one, other)
    details = 3 * numbers + len(one.words & other.words)
    if len(names) + numbers + exact < RARE or not (names or exact) or details < DETAIL:
        return 0.0
    return fsum(one.terms[term] * other.terms[term] for term in one.terms.keys() & other.terms.keys())


def follows(later: Gist, earlier: Gist) -> float:
    """Say how much the texts of two weighed articles of different days have in common: their cosine.

    1 where one text is a copy of the other; 0 where they share less than two names or telling numbers, or
    hardly anything beside names, or are written in different languages.
    """
    if copied(later.sketch, earlier.sketch):
        return 1.0
    if later.lang != earlier.lang:
        return 0.0
    names = max(len(shared_names(later, earlier)), len(later.cast & earlier.cast))
    if names + len(later.telling & earlier.telling) < RARE:
        return 0.0
    one, other = later.text, earlier.text
    shared = one.keys() & other.keys()
    # fsum, because a set has no order, and a plain sum depends on it.
    beside = fsum([one[term] * other[term] for term in shared - later.called - earlier.called])
    return fsum([one[term] * other[term] for term in shared]) if beside >= BESIDE else 0.0


def shared_names(one: Gist, other: Gist) -> frozenset[str]:
    """Give the first words of names in the heads of both."""
    return frozenset((one.names & other.terms.keys()) | (other.names & one.terms.keys()))


def copied(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell from their sketches that two texts are largely the same."""
    both = one & other
    if len(both) < SMALLEST:
        return False
    smallest = sorted(one | other)[:SKETCH]
    return sum(number in both for number in smallest) >= COPIED * len(smallest)


Frames = dict[tuple[str, ...], set[str]]


def is_series(later: Frames, earlier: Frames) -> bool:
    """Recognise a report that comes again with new numbers: a day's market, a week's claims.

    The words around most of their numbers are the same, the numbers are not.
    """
    shared = later.keys() & earlier.keys()
    same = sum(bool(later[frame] & earlier[frame]) for frame in shared)
    return len(shared) - same >= max(SERIES, same + 1)


def frames(article: Article) -> Frames:
    """Give each run of four words that holds a number, the number taken out, and what stood there."""
    made: Frames = {}
    for sentence in article.sentences[:FRAMING]:
        words = FRAMED.findall(sentence.text.casefold())
        places = [place for place, word in enumerate(words) if not word.isalpha()]
        if not places:
            continue
        masked = [word if word.isalpha() else "#" for word in words]
        for start in {start for place in places for start in _before(place, len(words))}:
            run = slice(start, start + FRAME)
            numbers = (word for word, sign in zip(words[run], masked[run], strict=True) if sign == "#")
            made.setdefault(tuple(masked[run]), set()).add(" ".join(numbers))
    return made


def _before(place: int, length: int) -> range:
    """Give the places at which runs begin that hold a word."""
    return range(max(0, place - FRAME + 1), min(place, length - FRAME) + 1)


def best_first(scores: Mapping[tuple[str, str], float], least: float) -> list[tuple[str, str]]:
    """Sort the pairs that score enough: the most alike first, ties by their ids."""
    found = [(-score, pair) for pair, score in scores.items() if score >= least]
    return [pair for _, pair in sorted(found)]


def rare_terms(issue: Iterable[Gist]) -> tuple[frozenset[str], frozenset[str]]:
    """Give what leads to candidates: names and numbers, and of the numbers the exact ones."""
    known = list(issue)
    rare = frozenset(chain.from_iterable(item.names | item.numbers for item in known))
    return rare, frozenset(chain.from_iterable(item.exact for item in known))
