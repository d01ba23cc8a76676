"""The numbers, names and dates of an article, so that what a later one adds can be told."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from generator import text
from generator.model import Article, Brief, DateMention, Line, Mention
from generator.stories.dates import LONGEST, YEAR, dates_named

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
UPPER = "A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я"
# What a pattern begins with stands before what is to stand around it: else each place of a text is tried.
CAPITALISED = re.compile(rf"[{UPPER}](?<!\w[{UPPER}])[\w-]*\b")
# Two and more words with capitals, not at the start of a sentence: a name that the brief did not tell apart.
RUN = re.compile(rf"[{UPPER}](?<=[^\W\d_] [{UPPER}])[\w-]+(?: [{UPPER}][\w-]+)+")
DIGIT = re.compile(r"\d+")
MOST_DIGITS = 1000  # are read of a number: a Decimal of a million overflows
JOINED = re.compile(r"[\w.,:/-]")  # before digits that are no number of their own
SIGN = re.compile(r"[$€£¥]\s?$")
NOUN = re.compile(r"\s([^\W\d_]{3,})\b")
COUNTED = re.compile(r"(?<![\w.,:/-])([2-9]|[^\W\d_]{3,7})(?=\s([^\W\d_]{3,})\b)")
SMALL = re.compile(r"(?<![\w.,:/-])(?:[2-9]|[^\W\d_]{3,7})\b")
SPELLED = {
    tag: {word: f"{number}" for number, word in enumerate(words.split(), 2)}
    for tag, words in {
        "en": "two three four five six seven eight nine ten eleven twelve",
        "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
        "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    }.items()
}
REMEMBERED = 8192  # sentences (a line of a brief is one), numbers and words after them
ROUNDED = (2, 3)  # significant digits
VALUES = {"marked": 2.0, "number": 1.0, "name": 1.5, "date": 1.5, "few": 0.5}  # what a fact is worth


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
    counted: set[str] = field(default_factory=set)  # single digits, and numbers in words up to twelve
    unread: dict[str, list[Article]] = field(default_factory=dict)  # not yet looked at, by kind of fact

    def add(self, article: Article, brief: Brief) -> None:
        """Take in all that an article tells, not only its brief; it is read when a fact asks for it."""
        for kind in ("number", "name", "date", "few"):
            self.unread.setdefault(kind, []).append(article)
        for date in brief.dates:
            self.dates |= {(date.iso or "")[:end] for end in (4, 7, 10)}

    def holds(self, fact: Fact) -> bool:
        """Tell whether a fact is old."""
        kind = fact.kind.replace("marked", "number")
        for article in self.unread.pop(kind, ()):
            self._read(kind, article)
        if kind == "name":
            return all(word in self.words for word in fact.key.split())
        if kind == "date":
            return fact.key in self.dates or f"--{fact.key[5:]}" in self.dates
        return fact.key in (self.counted if kind == "few" else self.numbers)

    def _read(self, kind: str, article: Article) -> None:
        if kind == "number":
            for sentence in article.sentences:
                for fact in numbers(sentence.text, article.lang):
                    if fact.key not in self.numbers:
                        self.numbers |= _roundings(fact.key)
            return
        told = "\n".join(sentence.text for sentence in article.sentences)
        if kind == "name":
            self.words.update(CAPITALISED.findall(told))
        elif kind == "date":
            self.dates |= dates_named(told, article.lang)
        else:
            spelled = _spelled(article.lang)
            said = SMALL.findall(told.casefold())
            self.counted.update(spelled.get(word, word) for word in said if word in spelled or word.isdigit())


class Named(NamedTuple):
    """A name of a brief: its words, the last of them, what it is compared by, the sentences that hold it."""

    name: str
    words: tuple[str, ...]
    last: str
    key: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What all lines of an article's brief are asked for: its names and dates, taken apart once."""

    lang: str
    day: str
    names: tuple[Named, ...]
    dates: tuple[DateMention, ...]


def telling(article: Article, brief: Brief) -> Telling:
    named = (_named_by(*mentioned) for mentioned in _mentions(brief))
    day = article.published.date().isoformat()
    return Telling(article.lang, day, tuple(one for one in named if one.words), brief.dates)


def _named_by(mention: Mention, is_person: bool) -> Named:  # noqa: FBT001 -- as `_mentions` gives it
    words = tuple(mention.name.split())
    compared = words[-1:] if is_person else CAPITALISED.findall(mention.name)
    return Named(mention.name, words, "".join(words[-1:]), " ".join(compared or words[-1:]), mention.evidence)


def told_in(line: Line, known: Telling) -> Iterator[Fact]:
    """Give the numbers, names and dates of a line of a brief, as they come to hand."""
    said = line.text
    yield from numbers(said, known.lang)
    named: set[str] = set()
    for name, words, last, key, evidence in known.names:
        if last in said and any(sentence in line.evidence for sentence in evidence):
            yield Fact("name", key, name if name in said else last)
            named.update(words)
    for run in RUN.findall(said) if not text.language(known.lang).capitalises_nouns else ():
        if named.isdisjoint(run.split()):
            yield Fact("name", run, run)
    yield from _dates_in(said, known)


def _dates_in(said: str, known: Telling) -> Iterator[Fact]:
    written = {date.text for date in known.dates if date.text in said}
    for date in known.dates:
        ahead = date.iso and date.iso > known.day[: len(date.iso)]
        whole = date.text in written and not any(date.text in other for other in written - {date.text})
        if date.iso and whole and (ahead or any(map(str.isdigit, date.text))):
            yield Fact("date", date.iso, date.text)


def _mentions(brief: Brief) -> Iterable[tuple[Mention, bool]]:
    """Give the names of a brief; of one whose kind is unknown the last word counts, as of a person's."""
    yield from ((mention, True) for mention in (*brief.people, *brief.names))
    yield from ((mention, False) for mention in (*brief.organisations, *brief.places))


@functools.lru_cache(maxsize=REMEMBERED)
def numbers(told: str, lang: str) -> tuple[Fact, ...]:
    """Find numbers by value: 1,200 is 1.2 thousand. Years, dates and bare single digits are none."""
    patterns = _patterns(lang)
    made: list[Fact] = []
    at = 0
    while begun := DIGIT.search(told, at):
        start = begun.start()
        found = None if JOINED.match(told, start - 1) and start else patterns.number.match(told, start)
        at = found.end() if found else begun.end()
        if not found:
            continue
        digits, many, share, coin, month = found.groups()
        sign = SIGN.search(told, max(0, start - 2), start)
        marked = bool(sign or share or many or coin)
        if not marked and (len(digits) == 1 or YEAR.fullmatch(digits)):
            continue
        if month or _last_word(told, start) in patterns.months:
            continue
        noun = None if marked else NOUN.match(told, at)
        end = noun.end() if noun and _is_counted(noun[1], lang) and _ends(told, noun.end(), lang) else at
        key = f"{_key(digits, many or '', lang)}{'%' if share else ''}"
        as_written = told[sign.start() if sign else start : end].strip()
        made.append(Fact("marked" if marked else "number", key, as_written))
    return tuple(made)


def _last_word(told: str, end: int) -> str:
    return told[max(0, end - LONGEST) : end].rstrip(" .").rpartition(" ")[2].casefold()


def few(told: str, lang: str) -> Iterator[Fact]:
    """Find what is counted in single digits or in words up to twelve: three years, 4 metres."""
    spelled = _spelled(lang)
    for found in COUNTED.finditer(told):
        said = found[1].casefold()
        if (said in spelled or said.isdigit()) and _is_counted(found[2], lang):
            yield Fact("few", spelled.get(said, said), f"{found[1]} {found[2]}")


@functools.lru_cache(maxsize=REMEMBERED)
def _ends(told: str, end: int, lang: str) -> bool:
    """Tell that no further word of meaning follows: of "212 faulty chargers" the number alone is taken."""
    following = NOUN.match(told, end)
    return following is None or not _is_counted(following[1], lang)


def _is_counted(noun: str, lang: str) -> bool:
    """Tell a word that may be counted from one that carries no meaning; years and days do, here."""
    words = text.language(lang)
    return noun.casefold() not in words.stop or bool(text.any_of(words.durations).fullmatch(noun))


def _spelled(lang: str) -> dict[str, str]:
    return SPELLED.get(lang.partition("-")[0].lower(), {})


@dataclass(frozen=True, slots=True)
class _Patterns:
    number: re.Pattern[str]
    months: frozenset[str]
    comma: bool


@functools.cache
def _patterns(lang: str) -> _Patterns:
    words = text.language(lang)
    months = "|".join(re.escape(form) for forms in words.months for form in forms) or "(?!)"
    many = "|".join((*words.magnitudes, "(?!)"))
    share = "|".join(("%", *words.percents))
    coins = "|".join((*words.coins, "[€$£]"))
    digits = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
    if not words.decimal_comma:
        digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    number = rf"""(?P<digits>{digits})(?![\w:]|[/-]\d)(?:[\s-]?(?P<many>{many})(?!\w))?
        (?:\s?(?P<share>{share})(?!\w)|\s(?P<coin>{coins})(?!\w)|(?P<month>\.?\s(?:de\s)?(?:{months})\b))?"""
    return _Patterns(
        re.compile(number, re.IGNORECASE | re.VERBOSE),
        frozenset(form for forms in words.months for form in forms),
        words.decimal_comma,
    )


@functools.lru_cache(maxsize=REMEMBERED)
def _key(digits: str, many: str, lang: str) -> str:
    value = _value(digits, comma=_patterns(lang).comma) * _times(many, lang)
    return f"{value.normalize():f}"


def _value(digits: str, *, comma: bool) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u202f]", "", digits)[:MOST_DIGITS]
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


@functools.lru_cache(maxsize=REMEMBERED)
def _roundings(key: str) -> frozenset[str]:
    """Give a number and what it is when rounded: $2.31 billion is $2.3 billion."""
    share = "%" if key.endswith("%") else ""
    value = Decimal(key.removesuffix("%"))
    held = len(value.normalize().as_tuple().digits)
    shorter = (f"{value:.{digits - 1}e}" for digits in ROUNDED if digits < held)
    return frozenset((key, *(f"{Decimal(rounded).normalize():f}{share}" for rounded in shorter)))
