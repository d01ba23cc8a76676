"""What an article is about: the terms of its head and of its text, its names and numbers, and a sketch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain
from math import log
from zlib import crc32

from generator.model import Article, Brief

LEADS = 4  # sentences at the head of an article that say what it reports
EXACT = 3  # significant digits of a number that few events share: it counts as two names
TELLING = 2  # significant digits, and three signs, of a number in the text that few articles share
TITLE = 2.0  # weight of a headline
WEIGHTS = {"name": 2.0, "more": 2.0, "number": 3.0}  # all else is 1
READ = 300  # words from the start of a text by which a follow-up is known
SHINGLE = 5  # words
SKETCHED = 120  # words from the start of a text that its sketch is made of
SKETCH = 32  # smallest digests kept of a text's shingles
ALONE = "none"  # key of an article that is grouped with no other

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*\d|\d")
YEAR = re.compile(r"(19|20)\d\d")
DIGITS = frozenset("0123456789")
MARKS = ".,;:!?()[]{}<>«»„“”\"‘’'‚…–—-$€£¥%*/¿¡"
REMEMBERED = 65_536  # words: most of a text are those of every other
MANY = 50
LOGS = [0.0, *(1 + log(count) for count in range(1, MANY))]
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
    names of its brief. `key` is that of its story.
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
    day: date
    lang: str
    key: str = ""


def gist(article: Article, brief: Brief) -> Gist:
    """Take the terms of headline, summary, first sentences and text; sketch the text."""
    terms: dict[str, float] = {}
    kinds: dict[str, set[str]] = {"name": set(), "number": set(), "word": set()}
    nouns = article.lang.startswith(NOUNS)
    leads = (sentence.text for sentence in article.sentences[1 : LEADS + 1])
    head = dict.fromkeys(chain((line.text for line in brief.summary), leads))
    for said, weight in ((article.title, TITLE), *((line, 1.0) for line in head)):
        for term, kind in _terms(said, nouns=nouns):
            terms[term] = max(terms.get(term, 0), weight * WEIGHTS.get(kind, 1))
            kinds.get(kind, set()).add(term)
    names, numbers, words = (frozenset(kinds[kind]) for kind in ("name", "number", "word"))
    body = _body(article, brief)
    text, capitals = _text(article.title, body)
    named = chain.from_iterable(name.casefold().split() for name in _named(brief))
    return Gist(
        id=article.id,
        terms=terms,
        names=names,
        numbers=numbers,
        exact=frozenset(number for number in numbers if _digits(number) >= EXACT),
        words=frozenset(terms) - numbers if nouns else words - names,
        sketch=_sketch([word for said in body for word in said]),
        text=text,
        called=frozenset() if nouns else names.union(capitals, (word[:STEM] for word in named)),
        telling=numbers.union(term for term in text if term[0] in DIGITS and _is_telling(term)),
        cast=_cast(brief),
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
    for sentence in article.sentences[1:]:
        if words >= READ:
            break
        if sentence.id not in brief.coverage.boilerplate:
            body.append(sentence.text.split())
            words += len(body[-1])
    return body


def _text(title: str, body: Sequence[Sequence[str]]) -> tuple[dict[str, float], set[str]]:
    """Weigh the words of title and text by how often they stand there; give those that have capitals, too.

    Years and single digits do not count. A capital at the start of a sentence says nothing.
    """
    starts = Counter(said[0] for said in body if said)
    counts: dict[str, int] = {}
    capitals = set()
    for word, count in Counter(chain(2 * title.casefold().split(), *body)).items():
        term, capital = _term(word)
        if term:
            counts[term] = counts.get(term, 0) + count
            if capital and count > starts[word]:
                capitals.add(term)
    return {term: LOGS[count] if count < MANY else 1 + log(count) for term, count in counts.items()}, capitals


@lru_cache(maxsize=REMEMBERED)
def _term(word: str) -> tuple[str, bool]:
    """Give what a word is compared by, empty if it tells nothing, and whether it has a capital."""
    bare = word.strip(MARKS)
    term = bare.casefold()
    if term[:1].isdigit():
        return ("" if len(term) == 1 or YEAR.fullmatch(term) else term.replace(",", "")), False
    if len(term) < SHORTEST or term in STOP:
        return "", False
    return term[:STEM].rstrip("’'"), term[0] != bare[0]


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
    found = list(WORD.finditer(text))
    words = [match[0] for match in found]
    capitals = nouns or not _all_capitals(words)
    end = -1  # of the last name
    for place, (match, (word, small)) in enumerate(zip(found, map(_bare, words), strict=True)):
        capital = capitals and word[0].isupper()
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


@lru_cache(maxsize=REMEMBERED)
def _bare(word: str) -> tuple[str, str]:
    bare = word.rstrip("’'-.,").removesuffix("’s").removesuffix("'s")
    return bare, bare.casefold()


def _all_capitals(words: Sequence[str]) -> bool:
    """Recognise A Headline Like This."""
    long = [word[0].isupper() for word in words if len(word) >= SHORTEST]
    return sum(long) >= CAPITALS * len(long)


def _begins_name(found: Sequence[re.Match[str]]) -> bool:
    """Recognise a name of several words at the start of a sentence: Halden Compute took a loan."""
    first, second, *_ = (*found, None, None)
    if not first or not second or len(first[0]) < SHORTEST or second[0].casefold() in STOP:
        return False
    return second[0][0].isupper() and second.start() == first.end() + 1


def _sketch(words: Sequence[str]) -> frozenset[int]:
    """Keep the smallest digests of word shingles (bottom-k).

    Source: A. Broder, "On the resemblance and containment of documents", 1997.
    """
    told = " ".join(words[:SKETCHED]).casefold().encode()
    starts = [0, *accumulate(len(word) + 1 for word in told.split(b" "))]
    shingles = {crc32(told[start : end - 1]) for start, end in zip(starts, starts[SHINGLE:], strict=False)}
    return frozenset(sorted(shingles)[:SKETCH])
