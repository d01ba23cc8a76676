"""What an article is about: the terms of its head and of its text, its names and numbers, and a sketch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, islice
from math import log
from sys import intern
from typing import TypeVar
from zlib import crc32

from generator.model import Article, Brief

LEADS = 4  # sentences at the head of an article that say what it reports
EXACT = 3  # significant digits of a number that few events share: it counts as two names
TELLING = 2  # significant digits, and three signs, of a number in the text that few articles share
TITLE = 2.0  # weight of a headline
WEIGHTS = {"name": 2.0, "more": 2.0, "number": 3.0, "word": 1.0, "opening": 1.0}
READ = 300  # words from the start of a text by which a follow-up is known
SHINGLE = 5  # words
SKETCHED = 120  # words from the start of a text that its sketch is made of
SKETCH = 32  # smallest digests kept of a text's shingles
ALONE = "none"  # key of an article that is grouped with no other

WORD = re.compile(r"([^\W\d_][\w’'-]*|\d[\d.,]*\d|\d)")
YEAR = re.compile(r"(19|20)\d\d")
DIGITS = frozenset("0123456789")
MARKS = ".,;:!?()[]{}<>«»„“”\"‘’'‚…–—-$€£¥%*/¿¡"
REMEMBERED = 131_072  # words
Known = TypeVar("Known")
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
    """What an article is about.

    `terms` are those of headline, summary and first sentences with their weights, sorted by what they are:
    `names` holds the first word of each name, `exact` the numbers of three significant digits or more,
    `words` what is neither (in German, nouns are among both). `text` are the terms of its first 300 words,
    `called` those of them that names are made of, `telling` its numbers that few others share, `cast` the
    names of its brief. `leads` are the names and numbers that lead to articles before it. `key` is that of
    its story.
    """

    id: str
    terms: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    exact: frozenset[str]
    words: frozenset[str]
    sketch: frozenset[int]
    text: dict[str, float]
    called: frozenset[str]
    telling: frozenset[str]
    cast: frozenset[str]
    leads: frozenset[str]
    day: date
    lang: str
    key: str = ""


def gist(article: Article, brief: Brief) -> Gist:
    """Take the terms of headline, summary, first sentences and text; sketch the text."""
    terms: dict[str, float] = {}
    kinds: dict[str, set[str]] = {kind: set() for kind in WEIGHTS}
    nouns = article.lang.startswith(NOUNS)
    leads = (sentence.text for sentence in article.sentences[1 : LEADS + 1])
    head = dict.fromkeys(chain((line.text for line in brief.summary), leads))
    for said, weight in ((article.title, TITLE), *((line, 1.0) for line in head)):
        for term, kind in _terms(said, nouns=nouns):
            kinds[kind].add(term)
            worth = weight * WEIGHTS[kind]
            if worth > terms.get(term, 0):
                terms[term] = worth
    names, numbers, words = (frozenset(kinds[kind]) for kind in ("name", "number", "word"))
    body = _body(article, brief)
    text = _text(chain(2 * article.title.split(), chain.from_iterable(body)))
    named = chain.from_iterable(name.casefold().split() for name in _named(brief))
    called = frozenset() if nouns else names.union(_capitals(body), (word[:STEM] for word in named))
    telling = numbers.union(term for term in text if term[0] in DIGITS and _is_telling(term))
    cast = _cast(brief)
    return Gist(
        id=article.id,
        terms=terms,
        names=names,
        numbers=numbers,
        exact=frozenset(number for number in numbers if _digits(number) >= EXACT),
        words=frozenset(terms) - numbers if nouns else words - names,
        sketch=_sketch(chain.from_iterable(body)),
        text=text,
        called=called,
        telling=telling,
        cast=cast,
        leads=names.union(telling, cast, called.intersection(terms)),
        day=article.published.date(),
        lang=article.lang.partition("-")[0].lower(),
        key=article.story,
    )


def _is_telling(term: str) -> bool:
    return len(term) > TELLING and _digits(term) >= TELLING


def _digits(number: str) -> int:
    return len(number.replace(".", "").strip("0"))


def _body(article: Article, brief: Brief) -> list[list[str]]:
    """Give the words of the first sentences, without what the brief passed over as boilerplate."""
    body, words = [], 0
    passed = frozenset(brief.coverage.boilerplate)
    for sentence in article.sentences[1:]:
        if words >= READ:
            break
        if sentence.id not in passed:
            body.append(sentence.text.split())
            words += len(body[-1])
    return body


def _text(words: Iterable[str]) -> dict[str, float]:
    """Weigh words by how often they stand in a text. Years and single digits do not count."""
    counts = Counter(map(_TERMS.__getitem__, words))
    del counts[""]
    return dict(zip(counts, map(_weight, counts.values()), strict=True))


@cache
def _weight(count: int) -> float:
    return 1 + log(count)


def _term(word: str) -> str:
    """Give what a word is compared by, empty if it tells nothing."""
    term = word.casefold().strip(MARKS)
    if term[:1].isdigit():
        return "" if len(term) == 1 or YEAR.fullmatch(term) else intern(term.replace(",", ""))
    return "" if len(term) < SHORTEST or term in STOP else intern(term[:STEM].rstrip("’'"))


def _capitals(body: Iterable[Sequence[str]]) -> set[str]:
    """Give the terms of words that have capitals. One at the start of a sentence says nothing."""
    words = {word for said in body for word in said[1:] if not word.islower()}
    return {_TERMS[word] for word in words if (first := word.strip(MARKS)[:1]) != first.casefold()[:1]} - {""}


def _cast(brief: Brief) -> frozenset[str]:
    """Give the names of a brief: of a person the last word, so that a full name and a surname are one."""
    persons = (mention.name.split()[-1] for mention in brief.people if mention.name.strip())
    others = (mention.name for mention in (*brief.organisations, *brief.places, *brief.names))
    return frozenset(name.casefold() for name in chain(persons, others))


def _named(brief: Brief) -> Iterator[str]:
    named = (*brief.people, *brief.organisations, *brief.places, *brief.names)
    return (mention.name for mention in named)


def _terms(text: str, *, nouns: bool) -> Iterator[tuple[str, str]]:
    """Give a text's terms and what they are: a number, a name (its first word), more of it, a word.

    An opening is the first word of a sentence, whose capital says nothing. `nouns`: they have capitals, too.
    """
    before, *pieces = WORD.split(text)
    words, between = pieces[::2], pieces[1::2]
    capitals = nouns or not _all_capitals(words)
    after = -1 if before else 0  # where a name goes on; one at the very start counts so, too
    for place, (alone, term, size) in enumerate(map(_KINDS.__getitem__, words)):
        kind = alone
        if alone == "capital":
            if not capitals:
                kind = "word" if size >= SHORTEST else ""
            elif place or (not nouns and _begins_name(words, between)):
                kind = "more" if place == after and not nouns else "name"
                whole = size == len(words[place]) and len(between[place]) == 1
                after = place + 1 if whole else -1
            else:
                kind = "opening"
        if kind:
            yield term, kind


def _kind(word: str) -> tuple[str, str, int]:
    """Give what a word is by itself, what it is compared by, and its letters; no kind if it tells nothing."""
    bare = word.rstrip("’'-.,").removesuffix("’s").removesuffix("'s")
    small = bare.casefold()
    if bare[0].isdigit():
        told = len(bare) > 1 and not YEAR.fullmatch(bare)
        return "number" if told else "", intern(bare.replace(",", "")), len(bare)
    if small in STOP:
        kind = ""
    elif bare[0].isupper():
        kind = "capital"
    else:
        kind = "word" if len(bare) >= SHORTEST else ""
    return kind, intern(small[:STEM]), len(bare)


def _all_capitals(words: Sequence[str]) -> bool:
    """Recognise A Headline Like This."""
    long = [word[0].isupper() for word in words if len(word) >= SHORTEST]
    return sum(long) >= CAPITALS * len(long)


def _begins_name(words: Sequence[str], between: Sequence[str]) -> bool:
    """Recognise a name of several words at the start of a sentence: Halden Compute took a loan."""
    if not words[1:] or len(words[0]) < SHORTEST or words[1].casefold() in STOP:
        return False
    return words[1][0].isupper() and len(between[0]) == 1


def _sketch(words: Iterable[str]) -> frozenset[int]:
    """Keep the smallest digests of shingles of the first words, in small letters (bottom-k).

    Source: A. Broder, "On the resemblance and containment of documents", 1997.
    """
    told = " ".join(islice(words, SKETCHED)).casefold().encode().split(b" ")
    shingles = map(b" ".join, zip(*(told[start:] for start in range(SHINGLE)), strict=False))
    return frozenset(sorted(set(map(crc32, shingles)))[:SKETCH])


class _Remembered(dict[str, Known]):
    """What is found out about a word, for the words seen last: most of a text are those of every other."""

    def __init__(self, find: Callable[[str], Known]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Known:
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = found = self._find(word)
        return found


_TERMS = _Remembered(_term)
_KINDS = _Remembered(_kind)
