"""The words of a line that what it rests on does not carry."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator import text
from generator.summarise.verify.alike import carries
from generator.summarise.verify.numbers import numbers
from generator.summarise.verify.support import placed, stem, stems
from generator.summarise.verify.vocabulary import vocabulary

ROOT = 5  # letters by which words of one root are alike
AGED = re.compile(r"(?<=\d)[- ]years?[- ]olds?\b")
FREE = frozenset(
    "according done follow following follows amid including due via".split()
)  # say nothing themselves
PARTICIPLE = 7  # letters of a German word from which "ge" may be its beginning


@dataclass(frozen=True, slots=True)
class Strictness:
    """How many words of a line may be its own. docs/models.md says what these catch, and what they cost."""

    light: int = 5  # words of sense for each one of little weight that the article need not hold
    elsewhere: int = 5  # and for each that only other sentences of it hold
    bent: int = 4  # in other languages than English: for each word of whatever weight
    borne: float = 0.5  # share of words that the sentences named must hold
    carries: float = 0.3  # support from which a line in English is printed


MODEL = Strictness()


def foreign(
    line: str, rests: list[str], near: list[str], article: frozenset[str], strict: Strictness
) -> list[str]:
    """Find the English words that are too many or too heavy to be a line's own.

    `rests` are the sentences that it rests on, `near` the title and what stands just before them; `article`
    holds the stems of it all. Of crime, death, guilt and the like the sentences must hold each word.
    """
    grave = vocabulary("en").grave
    own = frozenset(word for sentence in rests for word in stems(sentence))
    beside = own | {word for sentence in near for word in stems(sentence)}
    counted = [(number.start, number.end) for number in numbers(line, "en")]
    counted += [found.span() for found in AGED.finditer(line)]
    told = [
        (word, found) for word, found in placed(line) if not any(a <= found.start() < b for a, b in counted)
    ]
    light: list[str] = []
    elsewhere: list[str] = []
    for at, (word, found) in enumerate(told):
        written = found[0]
        small = written.lower().replace("’", "'")
        if carries(own, word) or small in FREE:
            continue
        if small in grave:
            return [written]
        if carries(beside, word) or written[0].isdigit() or (at and not written.islower()):
            continue  # numbers and names are proved by value and by name
        if word in article:
            elsewhere.append(written)
        elif word in _light():
            light.append(written)
        else:
            return [written]
    few = len(told) // strict.light
    many = len(light) > few or len(elsewhere) > len(told) // strict.elsewhere
    return light + elsewhere if many else []


def bent(line: str, rests: list[str], article: frozenset[str], lang: str, strict: Strictness) -> list[str]:
    """Find the same in other languages, which bend their words more: those whose beginning stands nowhere."""
    known = vocabulary(lang)
    here = frozenset(root for sentence in rests for root in roots(sentence, lang))
    for word in text.words(line):
        small = word.casefold()
        if known.is_grave(small) and not here.intersection(roots(small, lang)):
            return [word]
    told = list(_rooted(line, lang))
    unknown = [word for word, forms in told if article.isdisjoint(forms)]
    return unknown if len(unknown) > len(told) // strict.bent else []


def roots(line: str, lang: str) -> list[str]:
    """Give a line's content words by what they begin with; of scripts without spaces, its pairs of signs."""
    if lang.partition("-")[0].lower() == "en":
        return stems(line)
    return [form for _, forms in _rooted(line, lang) for form in forms]


def _rooted(line: str, lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    stop = text.language(lang).stop
    for word in text.words(text.DENSE.sub(" ", line)):
        small = word.casefold()
        if small in stop:
            continue
        bare = small.removeprefix("ge") if lang.startswith("de") and len(small) >= PARTICIPLE else small
        yield word, tuple(dict.fromkeys((small[:ROOT], bare[:ROOT])))
    for one, other in pairwise(text.DENSE.findall(line)):
        yield one + other, (one + other,)


@functools.cache
def _light() -> frozenset[str]:
    return frozenset(map(stem, vocabulary("en").light))
