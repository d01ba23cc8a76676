"""The numbers that matter: money, shares, quantities, each with the clause that says what it counts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator import text
from generator.model import Figure, Line, LineKind, Sentence
from generator.summarise.extractive.context import clause
from generator.summarise.extractive.ranking import Ranked

MOST = 5
A_SENTENCE = 2  # most figures of one sentence

SYMBOLS = r"[kMGTP]Wh?|[kKMGTP]B|[MG]Hz|[mk]m|kg|ms|km/h"
CURRENCY = r"(?:(?:US|AU|CA|NZ|HK|C|A|R|S)?\$|€|£|¥|₹|₩|CHF\s|EUR\s|USD\s|GBP\s)"
BEGINS = "$€£¥₹₩ACEGHNRSU"  # of currencies
POINT = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)?)"
COMMA = r"(?:\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?(?![.,]?\d))"
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
SIZE = re.compile(r"-(?:foot|feet|yard|inch|mile|met(?:re|er)|degree|pound|ton)\b")  # a 35-foot boat
NAMED = re.compile(r"\w[,;]? [A-Z][\w.]*\s$")  # a Boeing 747
SMALLEST_COUNT = 10
NEAR, NEARER = 24, 12  # characters before a figure that are looked at
WORTH = {"money": 0.3, "share": 0.25, "quantity": 0.2, "time": 0.05, "count": 0.1}


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    unit: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The figures of one language, and what beside a number makes it none."""

    figure: re.Pattern[str]
    digits: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    duration: re.Pattern[str]
    before_duration: re.Pattern[str]
    after_duration: re.Pattern[str]


def key_figures(items: Sequence[Ranked], words: text.Language) -> tuple[Figure, ...]:
    """Give up to five figures, those of the best sentences first, then in the order of the article.

    A context is at most 16 words of the sentence, in their order, none added. A figure whose clause would
    lose a negation, a condition or a source is left out. Clauses are known of English alone: of other
    languages only sentences are given as they stand, of an unknown one nothing.
    """
    if not words.magnitudes:
        return ()
    spotted = [
        (-item.score - WORTH[found.kind], place, found.start, found)
        for place, item in enumerate(items)
        for found in islice(_figures(item.sentence.text, words), A_SENTENCE)
    ]
    made: dict[tuple[str, str], Figure] = {}
    contexts: set[str] = set()
    for _, place, _, found in sorted(spotted, key=lambda entry: entry[:3]):
        if (found.value, found.unit) in made:
            continue
        line = _line(items[place].sentence, found, whole=words.tag != "en")
        if line and line.text not in contexts:
            made[found.value, found.unit] = Figure(found.value, found.unit, line)
            contexts.add(line.text)
        if len(made) == MOST:
            break
    return tuple(made.values())


def _line(sentence: Sentence, found: _Found, *, whole: bool) -> Line | None:
    """Give what is printed beside a figure; None if no cut is safe, or if only the `whole` would do."""
    context = clause(sentence.text, found.start, found.end)
    if context is None or (whole and context != sentence.text):
        return None
    kind: LineKind = "verbatim" if context == sentence.text else "trimmed"
    return Line(context, (sentence.id,), kind)


@functools.cache
def _patterns(tag: str) -> _Patterns:
    """Compile what a language's words say of figures."""
    words = text.language(tag)
    digits = COMMA if words.decimal_comma else POINT
    magnitude = f"(?i:{'|'.join(words.magnitudes)})(?!\\w)"
    joined = "|".join(words.ranges)
    amounts = rf"{digits}(?:(?:\s(?:{joined})\s|\s?[–-]\s?){digits})?"
    to = rf"(?:\s{words.ranges[0]}\s|\s?[–-]\s?)"
    duration = "|".join(words.durations)
    unit = "|".join((SYMBOLS, *words.units, duration))
    # What makes an amount another one: $5 hundred million, $1½, between $5 and $6 billion.
    untold = (
        rf"[.,]?[\w½¼¾]|\s(?:{'|'.join(sorted(words.unread))})\b"
        rf"|\s(?:{joined})\s{CURRENCY}?\s?{digits}[\s-]?{magnitude}"
    )
    figure = rf"""(?=[\d{BEGINS}])(?<![\w.,$€£¥₹#/-])(?!(?<=\d\s)\d{{3}}(?!\d))(?:
      (?P<money>{CURRENCY}\s?{digits}(?:{to}{CURRENCY}?\s?{digits})?)(?:[\s-]?(?P<many>{magnitude})|(?!{untold}))
    | (?P<sum>{amounts})(?:[\s-]|(?=[€$£]))(?P<coins>(?:{magnitude}\s)?(?i:{"|".join(words.coins)}))(?!\w)
    | (?P<share>{amounts})\s?(?P<percent>%|(?i:{"|".join(words.percents)})(?!\w))
    | (?P<quantity>{amounts})[\s-]?(?P<unit>(?:{magnitude}\s)?(?:{unit}))(?![\w-])
      (?:\s\({digits}[^()]{{1,20}}\))?
    | (?P<count>{digits}(?:\s(?:{joined})\s{digits})?)(?:\s(?P<times>{magnitude}))?\s(?P<noun>{words.counted})
    )"""
    months = "|".join(form for forms in words.months for form in forms)
    return _Patterns(
        re.compile(figure, re.VERBOSE),
        re.compile(digits),
        re.compile(
            rf"(?:\b(?:{'|'.join(words.before_no_figure)}|(?:{months})\.?)|(?<![^\W\d_])[^\W\d_]+\s?[–-])\s?$",
            re.IGNORECASE,
        ),
        re.compile("|".join(words.after_no_figure) or "(?!)", re.IGNORECASE),
        re.compile(rf"(?:^|.*\s)(?:{duration})"),
        re.compile(rf"\b(?:{'|'.join(words.before_no_duration)})\s$", re.IGNORECASE),
        re.compile(rf"{'|'.join(words.after_no_duration)}|-", re.IGNORECASE),
    )


def _figures(sentence: str, words: text.Language) -> Iterator[_Found]:
    """Find figures; no bare years, ages, dates, scores, ordinals or numbers of things in a list."""
    patterns = _patterns(words.tag)
    if not DIGIT.search(sentence):
        return
    for found in patterns.figure.finditer(sentence):
        start, end = found.span()
        if patterns.after.match(sentence, end) or patterns.before.search(
            sentence[max(0, start - NEAR) : start]
        ):
            continue
        if found["money"]:
            yield _Found(found["money"], found["many"] or "", "money", start, end)
        elif found["sum"]:
            yield _Found(found["sum"], found["coins"], "money", start, end)
        elif found["share"]:
            yield _Found(found["share"], found["percent"], "share", start, end)
        elif found["quantity"]:
            kind = "time" if patterns.duration.fullmatch(found["unit"]) else "quantity"
            if _is_duration(sentence, found, patterns) if kind == "time" else not SIZE.search(found[0]):
                yield _Found(found["quantity"], found["unit"], kind, start, end)
        elif _is_count(sentence, found, patterns, words):
            unit = f"{found['times']} {found['noun']}" if found["times"] else found["noun"]
            yield _Found(found["count"], unit, "count", start, end)


def _is_duration(sentence: str, found: re.Match[str], patterns: _Patterns) -> bool:
    start, end = found.span()
    return not (
        YEAR.fullmatch(found["quantity"])
        or sentence[found.end("quantity")] == "-"
        or patterns.before_duration.search(sentence[max(0, start - NEARER) : start])
        or patterns.after_duration.match(sentence, end)
    )


def _is_count(sentence: str, found: re.Match[str], patterns: _Patterns, words: text.Language) -> bool:
    if not words.capitalises_nouns and NAMED.search(sentence[max(0, found.start() - 40) : found.start()]):
        return False
    number = max(_value(digits[0], words) for digits in patterns.digits.finditer(found["count"]))
    noun = found["noun"].lower().split()
    if any(word in words.uncounted for word in noun) or (noun[-1].endswith("ss") and not found["times"]):
        return False
    return bool(found["times"]) or (number >= SMALLEST_COUNT and not YEAR.fullmatch(found["count"]))


def _value(digits: str, words: text.Language) -> float:
    if words.decimal_comma:
        return float(re.sub(r"[.\s]", "", digits).replace(",", "."))
    return float(re.sub(r"[,\s]", "", digits))
