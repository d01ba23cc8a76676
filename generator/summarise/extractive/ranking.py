"""Which sentences say most of an article: place, weight of words, and no repetition."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator import text
from generator.model import Sentence

PLACE = 0.35  # of a sentence's score comes from where it stands, the rest from its words
LAMBDA = 0.65  # MMR: relevance against novelty (Carbonell and Goldstein 1998)
FADING = 0.08  # how fast the place's worth falls
STEM = 6  # letters by which words are compared
SHORT, LONG = 8, 45  # words of a sentence that says too little, too much


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence with what ranking found: its score, the weights of its words, its length in words."""

    sentence: Sentence
    score: float
    weights: dict[str, float]
    words: int
    leaning: bool


def ranked(sentences: Sequence[Sentence], words: text.Language, place: float = PLACE) -> list[Ranked]:
    """Score sentences, in reading order; `place` is the share of the score that the place prior has.

    Score = place prior + cosine to the TF-IDF centroid of the article, less penalties for questions,
    first person, an opening that leans on the sentence before, and extreme lengths.
    """
    tokens = [[word.lower() for word in text.words(sentence.text)] for sentence in sentences]
    terms = [Counter(word[:STEM] for word in some if word not in words.stop) for some in tokens]
    held = Counter(term for some in terms for term in some)
    count = len(sentences)
    idf = {term: math.log(1 + count / number) for term, number in held.items()}
    weights = [_unit({term: (1 + math.log(n)) * idf[term] for term, n in some.items()}) for some in terms]
    centroid: dict[str, float] = {}
    for some in weights:
        for term, weight in some.items():
            centroid[term] = centroid.get(term, 0.0) + weight
    centroid = _unit(centroid)
    made = []
    for number, (sentence, some, said) in enumerate(zip(sentences, weights, tokens, strict=True)):
        leaning = bool(said) and re.split("['’]", said[0], maxsplit=1)[0] in words.leaning  # they've
        prior = 1 / (1 + FADING * number)
        score = place * prior + (1 - place) * _dot(some, centroid)
        score -= _penalty(sentence, said, words, leaning=leaning)
        made.append(Ranked(sentence, score, some, text.word_count(sentence.text), leaning))
    return made


def _penalty(sentence: Sentence, said: Sequence[str], words: text.Language, *, leaning: bool) -> float:
    penalty = 0.1 * sentence.text.rstrip("\"'”’»").endswith("?")
    penalty += 0.05 * (not words.first_person.isdisjoint(said))
    penalty += 0.05 * leaning
    penalty += 0.1 * (len(said) < SHORT) + 0.05 * (len(said) > LONG)
    return penalty + 0.05 * (sentence.kind == "item")


def pick(
    candidates: Sequence[Ranked],
    count: int,
    chosen: Sequence[Ranked] = (),
    fits: Callable[[Ranked], bool] | None = None,
) -> list[Ranked]:
    """Pick sentences one after another by maximal marginal relevance, given those already chosen."""
    left = [item for item in candidates if item not in chosen and (fits is None or fits(item))]
    near = [max((_dot(item.weights, other.weights) for other in chosen), default=0.0) for item in left]
    made: list[Ranked] = []
    while left and len(made) < count:
        best = max(range(len(left)), key=lambda n: LAMBDA * left[n].score - (1 - LAMBDA) * near[n])
        made.append(left.pop(best))
        near.pop(best)
        near = [max(old, _dot(item.weights, made[-1].weights)) for item, old in zip(left, near, strict=True)]
    return made


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else weights


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)
