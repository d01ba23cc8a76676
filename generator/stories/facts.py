"""The numbers, names and dates of an article, so that what a later one adds can be told."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from generator import text
from generator.model import Article, Brief, Line, Mention

THOUSAND, MILLION, BILLION, TRILLION = (Decimal(10) ** power for power in (3, 6, 9, 12))
# By the beginning of the word, longest first; short forms by the whole of it.
MAGNITUDES = (
    ("mil millones", BILLION),
    *((word, TRILLION) for word in ("trillion", "billón", "billones", "bio", "tn")),
    *((word, BILLION) for word in ("milliard", "mrd", "md", "bn")),
    *((word, MILLION) for word in ("million", "millón", "millones", "mio", "mn")),
    *((word, THOUSAND) for word in ("thousand", "tausend", "tsd", "mille", "mil", "k")),
)
ENGLISH = "billion"  # 10^9, which is 10^12 elsewhere
SHORT = {"b": BILLION, "m": MILLION}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CAPITALISED = re.compile(r"[^\W\d_][\w-]*")
# Two and more words with capitals, not at the start of a sentence: a name that the brief did not tell apart.
RUN = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я][\w-]+(?: [A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я][\w-]+)+")
ROUNDED = (2, 3)  # significant digits: $2.31 billion is $2.3 billion
VALUES = {"marked": 2.0, "number": 1.0, "name": 1.5, "date": 1.5}  # what a fact is worth


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a text tells: `key` is what it is compared by, `told` how it is written."""

    kind: str
    key: str
    told: str


@dataclass(slots=True)
class Known:
    """What the earlier parts of a story tell."""

    numbers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # with a capital
    dates: set[str] = field(default_factory=set)  # ISO 8601: days, months, years, and days of no year

    def add(self, article: Article, brief: Brief) -> None:
        """Take in all that an article tells, not only its brief."""
        told = "\n".join(sentence.text for sentence in article.sentences)
        for fact in numbers(told, article.lang):
            self.numbers |= _roundings(fact.key)
        self.words.update(word for word in _words(told) if word[0].isupper())
        self.dates |= _dates_named(told, article.lang)
        for date in brief.dates:
            self.dates |= {(date.iso or "")[:end] for end in (4, 7, 10)}

    def holds(self, fact: Fact) -> bool:
        """Tell whether a fact is old."""
        if fact.kind == "name":
            return all(word in self.words for word in fact.key.split())
        if fact.kind == "date":
            return fact.key in self.dates or f"--{fact.key[5:]}" in self.dates
        return fact.key in self.numbers


def told_in(line: Line, article: Article, brief: Brief) -> Iterator[Fact]:
    """Give the numbers, names and dates of a line of a brief, as they come to hand."""
    yield from numbers(line.text, article.lang)
    named: set[str] = set()
    for mention, is_person in _mentions(brief):
        last = mention.name.split()[-1:]
        if last and set(mention.evidence) & set(line.evidence) and last[0] in line.text:
            told = mention.name if mention.name in line.text else last[0]
            words = last if is_person else [w for w in _words(mention.name) if w[0].isupper()]
            yield Fact("name", " ".join(words or last), told)
            named.update(mention.name.split())
    for run in RUN.findall(line.text) if not text.language(article.lang).capitalises_nouns else ():
        if not named & set(run.split()):
            yield Fact("name", run, run)
    day = article.published.date().isoformat()
    for date in brief.dates:
        ahead = date.iso and date.iso > day[: len(date.iso)]
        if date.iso and (ahead or any(map(str.isdigit, date.text))) and date.text in line.text:
            yield Fact("date", date.iso, date.text)


def _mentions(brief: Brief) -> Iterable[tuple[Mention, bool]]:
    """Give the names of a brief; of one whose kind is unknown the last word counts, as of a person's."""
    yield from ((mention, True) for mention in (*brief.people, *brief.names))
    yield from ((mention, False) for mention in (*brief.organisations, *brief.places))


def _words(told: str) -> list[str]:
    return [word.removesuffix("-") for word in CAPITALISED.findall(told)]


def numbers(told: str, lang: str) -> Iterator[Fact]:
    """Find numbers by value: 1,200 is 1.2 thousand. Years, dates and bare single digits are none."""
    pattern, comma = _pattern(lang)
    for found in pattern.finditer(told):
        digits = found["digits"]
        if (
            found["date"]
            or found["after"]
            or (YEAR.fullmatch(digits) and not (found["many"] or found["sign"] or found["share"]))
        ):
            continue
        marked = bool(found["sign"] or found["share"] or found["many"] or found["coin"])
        if marked or len(digits) > 1:
            value = _value(digits, comma=comma) * _times(found["many"] or "", lang)
            share = "%" if found["share"] else ""
            yield Fact("marked" if marked else "number", f"{value.normalize():f}{share}", found[0].strip())


@functools.cache
def _pattern(lang: str) -> tuple[re.Pattern[str], bool]:
    words = text.language(lang)
    months = "|".join(re.escape(form) for forms in words.months for form in forms) or "(?!)"
    many = "|".join((*words.magnitudes, "(?!)"))
    share = "|".join(("%", *words.percents))
    coins = "|".join((*words.coins, "[€$£]"))
    point = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
    if not words.decimal_comma:
        point = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    pattern = rf"""(?<![\w.,:/-])(?P<date>(?:{months})\.?\s(?=\d{{1,2}}\b))?
        (?P<sign>[$€£¥]\s?)?(?P<digits>{point})
        (?![\w:]|[/-]\d)(?:[\s-]?(?P<many>{many})(?!\w))?
        (?:\s?(?P<share>{share})(?!\w)|\s(?P<coin>{coins})(?!\w)|(?P<after>\.?\s(?:de\s)?(?:{months})\b))?"""
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE), words.decimal_comma


def _value(digits: str, *, comma: bool) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u202f]", "", digits)
    if comma:
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare.replace(",", ""))


def _times(word: str, lang: str) -> Decimal:
    small = " ".join(word.casefold().split()).rstrip(".")
    if not small:
        return Decimal(1)
    if small.startswith(ENGLISH):
        return BILLION if lang.startswith("en") else TRILLION
    return SHORT.get(small) or next(
        (value for form, value in MAGNITUDES if small.startswith(form)), Decimal(1)
    )


def _roundings(key: str) -> set[str]:
    share = "%" if key.endswith("%") else ""
    value = Decimal(key.removesuffix("%"))
    rounded = (f"{Decimal(f'{value:.{digits - 1}e}').normalize():f}{share}" for digits in ROUNDED)
    return {key, *rounded}


def _dates_named(told: str, lang: str) -> set[str]:
    """Give the years, months and days that a text names: `2026`, `--12`, `--12-09`."""
    made = set(YEAR.findall(told))
    said = {word.strip(".,;:()").casefold() for word in told.split()}
    for month, (forms, pattern) in enumerate(_months(lang), 1):
        for found in pattern.finditer(told) if forms & said else ():
            made.add(f"--{month:02}")
            if day := found["before"] or found["after"]:
                made.add(f"--{month:02}-{int(day):02}")
    return made


@functools.cache
def _months(lang: str) -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    before, after = r"(?:\b(?P<before>\d\d?)\.?\s(?:de\s)?)?", r"(?:\.?\s(?P<after>\d\d?)\b)?"
    return tuple(
        (
            frozenset(forms),
            re.compile(rf"{before}\b(?:{'|'.join(map(re.escape, forms))})\b{after}", re.IGNORECASE),
        )
        for forms in text.language(lang).months
    )
