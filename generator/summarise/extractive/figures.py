"""The numbers that matter: money, shares, quantities, each with the clause that says what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Figure, Line, LineKind
from generator.summarise.extractive.context import clause
from generator.summarise.extractive.ranking import Ranked

MOST = 5
A_SENTENCE = 2  # most figures of one sentence

DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d+(?:\.\d+)?)"
RANGE = rf"{DIGITS}(?:(?:\s(?:to|and|or)\s|\s?[–-]\s?){DIGITS})?"
CURRENCY = r"(?:(?:US|AU|CA|NZ|HK|C|A|R|S)?\$|€|£|¥|₹|₩|CHF\s|EUR\s|USD\s|GBP\s)"
MAGNITUDE = (
    r"(?i:trillion|billion|million|thousand|bn|mn|tn|[kmb](?![\w/])|"
    r"Millionen|Milliarden?|Mio\.|Mrd\.|millions|milliards?|millones|mil\smillones)"
)
PERCENT = r"(?:%|(?i:percentage\spoints|percent|per\scent|Prozent|pour\scent|por\sciento)\b)"
COINS = (
    r"(?i:(?:(?:US|Canadian|Australian)\s)?(?:dollars?|cents?)|euros?|pounds?|pence|yen|yuan|rupees?|francs?|"
    r"kron(?:or|er)|won|Euro|Dollar|Franken|(?:d[’']|de\s)?(?:euros|dollars|dólares))"
)
SCALED = (
    r"watts?|watt-hours?|bytes?|bits?|hertz|met(?:re|er)s?|grams?|lit(?:re|er)s?|tonnes?|flops|joules?|volts?|"
    r"seconds?"
)
AREA = r"(?:feet|met(?:re|er)s|miles|kilomet(?:re|er)s)"
UNITS = (
    rf"(?:(?:kilo|mega|giga|tera|peta|milli|micro|nano)?(?:{SCALED})|[kMGTP]Wh?|[kKMGTP]B|[MG]Hz|[mk]m|kg|ms|mph|km/h|"
    rf"nautical\smiles|miles?|(?:square|cubic)\s{AREA}|feet|foot|inch(?:es)?|yards?|acre-f(?:ee|oo)t|acres?|hectares?|"
    r"tons?|barrels?|gallons?|degrees?|knots|tokens|parameters|(?:basis|percentage)\spoints|"
    r"hours?|minutes?|days?|weeks?|months?|years?)"
)
TO = r"(?:\sto\s|\s?[–-]\s?)"
# What makes an amount another one: $5 hundred million, $1½, between $5 and $6 billion.
UNTOLD = (
    rf"[.,]?[\w½¼¾]|\s(?:hundred|dozen|crore|lakh)\b|\s(?:and|or)\s{CURRENCY}?\s?{DIGITS}[\s-]?{MAGNITUDE}\b"
)
FIGURE = re.compile(
    rf"""(?<![\w.,$€£¥₹#/-])(?!(?<=\d\s)\d{{3}}(?!\d))(?:
      (?P<money>{CURRENCY}\s?{DIGITS}(?:{TO}{CURRENCY}?\s?{DIGITS})?)(?:[\s-]?(?P<many>{MAGNITUDE})\b|(?!{UNTOLD}))
    | (?P<sum>{RANGE})[\s-](?P<coins>(?:{MAGNITUDE}\s)?{COINS})\b
    | (?P<share>{RANGE})\s?(?P<percent>{PERCENT})
    | (?P<quantity>{RANGE})[\s\u00a0-]?(?P<unit>(?:{MAGNITUDE}\s)?{UNITS})(?![\w-])
      (?:\s\({DIGITS}[^()]{{1,20}}\))?
    | (?P<count>{DIGITS}(?:\s(?:to|or)\s{DIGITS})?)(?:\s(?P<times>{MAGNITUDE}))?\s
      (?P<noun>(?:(?!people|men|women)[a-z][a-z-]+\s)?(?:[a-z-]{{3,}}s|people|men|women|children))\b(?!\sold\b)
    )""",
    re.VERBOSE,
)
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
AGE = re.compile(r"[\s-]old\b|[\s-]years?-old\b")
BEFORE_NO_FIGURE = re.compile(
    r"(?:\b(?:out of|minus|aged?|no\.?|number|page|pages|chapter|section|article|figure|table|flight|route|"
    r"channel|version|level|grade|january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|"
    r"sept?\.?|oct\.?|nov\.?|dec\.?)|[a-z]+\s?[–-])\s?$",
    re.IGNORECASE,
)
SIZE = re.compile(r"-(?:foot|feet|yard|inch|mile|met(?:re|er)|degree|pound|ton)\b")  # a 35-foot boat
NAMED = re.compile(r"\w[,;]? [A-Z][\w.]*\s$")  # a Boeing 747
NO_COUNT = frozenset(
    """was is has his its this thus as us less across plus versus perhaps always others words times ones
    points goals runs votes seats sets games minutes cents and or of in on at to for from by with than but the
    who that which when said per people's years days weeks months hours a an were are had did does""".split()
)
# A stretch of time that says when, not how long; a half of a word made with a hyphen.
NO_DURATION = re.compile(
    r"\b(?:past|last|next|first|final|previous|following|every|opening|closing|now,|just|on)\s$",
    re.IGNORECASE,
)
AFTER_NO_DURATION = re.compile(
    r"[’']?\s(?:ago|later|earlier|before|after|time|a\s(?:day|week|month|year))\b|-"
)
SMALLEST_COUNT = 10
TIME = re.compile(r"(hour|minute|day|week|month|year|second)s?$")
WORTH = {"money": 0.3, "share": 0.25, "quantity": 0.2, "time": 0.05, "count": 0.1}


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    unit: str
    kind: str
    start: int
    end: int


def key_figures(items: Sequence[Ranked], *, whole: bool = False) -> tuple[Figure, ...]:
    """Give up to five figures, those of the best sentences first, then in the order of the article.

    A context is at most 16 words of the sentence, in their order, none added. A figure whose clause would
    lose a negation, a condition or a source is left out. `whole`: give only sentences as they stand, for
    languages whose clauses are not known here.
    """
    made: list[tuple[float, int, int, Figure]] = []
    for place, item in enumerate(items):
        for found in list(_figures(item.sentence.text))[:A_SENTENCE]:
            context = clause(item.sentence.text, found.start, found.end)
            if context is None or (whole and context != item.sentence.text):
                continue
            kind: LineKind = "verbatim" if context == item.sentence.text else "trimmed"
            line = Line(context, (item.sentence.id,), kind)
            worth = item.score + WORTH[found.kind]
            made.append((worth, place, found.start, Figure(found.value, found.unit, line)))
    best: dict[tuple[str, str], tuple[float, int, int, Figure]] = {}
    contexts: set[str] = set()
    for entry in sorted(made, key=lambda entry: (-entry[0], entry[1], entry[2])):
        figure = entry[3]
        if (
            len(best) < MOST
            and (figure.value, figure.unit) not in best
            and figure.context.text not in contexts
        ):
            best[figure.value, figure.unit] = entry
            contexts.add(figure.context.text)
    return tuple(entry[3] for entry in best.values())


def _figures(sentence: str) -> Iterator[_Found]:
    """Find figures; no bare years, ages, dates, scores, ordinals or numbers of things in a list."""
    for found in FIGURE.finditer(sentence):
        start, end = found.span()
        if AGE.match(sentence, end) or BEFORE_NO_FIGURE.search(sentence[max(0, start - 24) : start]):
            continue
        if found["money"]:
            yield _Found(found["money"], found["many"] or "", "money", start, end)
        elif found["sum"]:
            yield _Found(found["sum"], found["coins"], "money", start, end)
        elif found["share"]:
            yield _Found(found["share"], found["percent"], "share", start, end)
        elif found["quantity"]:
            kind = "time" if TIME.search(found["unit"]) else "quantity"
            if _is_duration(sentence, found) if kind == "time" else not SIZE.search(found[0]):
                yield _Found(found["quantity"], found["unit"], kind, start, end)
        elif _is_count(found) and not NAMED.search(sentence[max(0, start - 40) : start]):
            unit = f"{found['times']} {found['noun']}" if found["times"] else found["noun"]
            yield _Found(found["count"], unit, "count", start, end)


def _is_duration(sentence: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    return not (
        YEAR.fullmatch(found["quantity"])
        or sentence[found.end("quantity")] == "-"
        or NO_DURATION.search(sentence[max(0, start - 12) : start])
        or AFTER_NO_DURATION.match(sentence, end)
    )


def _is_count(found: re.Match[str]) -> bool:
    number = max(
        float(re.sub(r"[,\u00a0\u202f]", "", digits)) for digits in re.findall(DIGITS, found["count"])
    )
    words = found["noun"].split()
    if any(word in NO_COUNT for word in words) or (found["noun"].endswith("ss") and not found["times"]):
        return False
    return bool(found["times"]) or (number >= SMALLEST_COUNT and not YEAR.fullmatch(found["count"]))
