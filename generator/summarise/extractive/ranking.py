"""Which sentences say most of an article: place, weight of words, names, and no repetition."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from generator import text
from generator.model import Sentence

PLACE = 0.35  # of a sentence's score comes from where it stands, the rest from its words
LAMBDA = 0.65  # MMR: relevance against novelty (Carbonell and Goldstein 1998)
REACH = 40  # sentences after which the place is worth nothing
NAMED, NAMES = 0.08, 3  # what the names of a sentence are worth, and how many count
STOPS = (".", "!", "…", "。", "।", "؟")
CLOSERS = "\"'”’»)]"
OPENERS = tuple("\"'“‘«‹„")
SHORTEST_ALONE = 8  # words of a sentence that stands alone
STEM = 5  # letters by which words are compared
REMEMBERED = 65_536  # words of a language
SHORT, LONG = 8, 45  # words of a sentence that says too little, too much


class Ranked(NamedTuple):
    """A sentence with what ranking found.

    `told` is what a brief would print of it, `words` its length. The score is made of `place` (1 at the
    beginning), `centre` (cosine to the article) and `extra` (the names' worth less the penalties). `leaning`
    tells an opening that needs the sentence before it, `personal` the first person.
    """

    sentence: Sentence
    told: str
    words: int
    weights: dict[str, float]
    place: float
    centre: float
    extra: float
    score: float
    leaning: bool
    personal: bool


def ranked(
    sentences: Sequence[Sentence], words: text.Language, told: Sequence[str] | None = None
) -> list[Ranked]:
    """Score sentences, in reading order, by what would be printed of them: `told`, or as they stand."""
    printed = told if told is not None else [sentence.text for sentence in sentences]
    spoken = [text.words(some) for some in printed]
    known = _known(words)
    looked = [list(map(known.__getitem__, some)) for some in spoken]
    tokens = [[word.low for word in some] for some in looked]
    weights = _weights([[word.term for word in some if word.term] for some in looked])
    centroid: dict[str, float] = {}
    for some in weights:
        for term, weight in some.items():
            centroid[term] = centroid.get(term, 0.0) + weight
    centroid = _unit(centroid)
    names = _names(spoken, tokens) - words.stop
    reach = min(len(sentences), REACH)
    made = []
    for number, sentence in enumerate(sentences):
        said = tokens[number]
        leaning = bool(said) and said[0].replace("’", "'").partition("'")[0] in words.leaning  # they've
        personal = any(word.personal for word in looked[number])
        extra = NAMED * min(len(names.intersection(said)), NAMES) / NAMES
        extra -= _penalty(sentence, len(said), leaning=leaning, personal=personal)
        place = max(0.0, 1 - number / reach)
        centre = _dot(weights[number], centroid)
        made.append(
            Ranked(
                sentence=sentence,
                told=printed[number],
                words=text.word_count(printed[number], spoken[number]),
                weights=weights[number],
                place=place,
                centre=centre,
                extra=extra,
                score=PLACE * place + (1 - PLACE) * centre + extra,
                leaning=leaning,
                personal=personal,
            )
        )
    return made


class _Word(NamedTuple):
    """A word as ranking takes it: in lower case, what it is compared by or nothing, a first person or not."""

    low: str
    term: str
    personal: bool


class _Known(dict[str, _Word]):
    """What is found out about the words of a language, for those seen last."""

    def __init__(self, language: text.Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> _Word:
        if len(self) >= REMEMBERED:
            self.clear()
        low = word.lower()
        term = "" if low in self._language.stop else low[:STEM]
        small = len(word) == 1 or not word.isupper()  # not US
        self[word] = found = _Word(low, term, small and low in self._language.first_person)
        return found


@lru_cache(maxsize=32)
def _known(words: text.Language) -> _Known:
    return _Known(words)


def is_told(sentence: Sentence) -> bool:
    """Tell a whole statement from a heading-like line, a question or an item of a list."""
    return sentence.kind in ("prose", "quotation") and sentence.text.rstrip(CLOSERS).endswith(STOPS)


def stands_alone(item: Ranked) -> bool:
    """Tell a statement from a scrap, a teaser, a quotation, and what needs the sentence before it."""
    begins_quoted = item.told.startswith(OPENERS)
    fit = item.words >= SHORTEST_ALONE and not (item.leaning or item.personal or begins_quoted)
    return fit and is_told(item.sentence)


def reweighed(items: Sequence[Ranked], place: float) -> list[Ranked]:
    """Score again with another share for the place."""
    return [it._replace(score=place * it.place + (1 - place) * it.centre + it.extra) for it in items]


def _weights(terms: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """Give each sentence's TF-IDF vector of length 1; documents are the article's sentences."""
    once = [dict.fromkeys(some) for some in terms]
    held = Counter(chain.from_iterable(once))
    idf = {term: math.log(1 + len(terms) / number) for term, number in held.items()}
    made = []
    for some, all_ in zip(once, terms, strict=True):
        weights = {term: idf[term] for term in some}
        if len(some) < len(all_):
            for term, n in Counter(all_).items():
                weights[term] *= 1 + math.log(n)
        made.append(_unit(weights))
    return made


def _names(spoken: Sequence[Sequence[str]], tokens: Sequence[Sequence[str]]) -> set[str]:
    """Words, in lower case, that the article begins with a capital more often than not, inside sentences."""
    capital: Counter[str] = Counter()
    for some, low in zip(spoken, tokens, strict=True):
        capital.update(low[n] for n in range(1, len(some)) if some[n][0].isupper())
    seen = Counter(chain.from_iterable(low[1:] for low in tokens))
    return {word for word, times in capital.items() if 2 * times > seen[word]}


def _penalty(sentence: Sentence, length: int, *, leaning: bool, personal: bool) -> float:
    penalty = 0.1 * sentence.text.rstrip("\"'”’»").endswith("?")
    penalty += 0.05 * personal + 0.05 * leaning
    penalty += 0.1 * (length < SHORT) + 0.05 * (length > LONG)
    return penalty + 0.05 * (sentence.kind == "item")


def pick(
    candidates: Sequence[Ranked],
    count: int,
    chosen: Sequence[Ranked] = (),
    fits: Callable[[Ranked], bool] | None = None,
) -> list[Ranked]:
    """Pick sentences one after another by maximal marginal relevance, given those already chosen."""
    if count < 1:
        return []
    held = {item.sentence.id for item in chosen}
    left = [item for item in candidates if item.sentence.id not in held and (fits is None or fits(item))]
    near = [max([_dot(item.weights, other.weights) for other in chosen], default=0.0) for item in left]
    made: list[Ranked] = []
    while left:
        worth = [LAMBDA * item.score - (1 - LAMBDA) * old for item, old in zip(left, near, strict=True)]
        best = worth.index(max(worth))
        made.append(left.pop(best))
        near.pop(best)
        if len(made) == count:
            break
        last = made[-1].weights
        near = [max(old, _dot(item.weights, last)) for item, old in zip(left, near, strict=True)]
    return made


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum([weight * weight for weight in weights.values()]))
    return {term: weight / length for term, weight in weights.items()} if length else weights


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[term] for term, weight in one.items() if term in other])
