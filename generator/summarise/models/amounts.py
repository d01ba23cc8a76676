"""Figures as a model tells them: what belongs together must stand together in a sentence."""

from __future__ import annotations

import re

from generator import text
from generator.summarise.verify import plain
from generator.summarise.verify.alike import carries
from generator.summarise.verify.numbers import CURRENCIES, numbers
from generator.summarise.verify.support import stem

REACH = 3  # words behind a number among which its unit stands: 48 gas turbines
SAME = {
    "%": "percent",
    "per cent": "percent",
    "pct": "percent",
    "bn": "billion",
    "mn": "million",
    "m": "million",
    "tn": "trillion",
}
COUNTED = frozenset("percent percentage points point hundred thousand million billion trillion dozen".split())
PART = re.compile(r"[\s/-]+")


def measures(sentence: str, value: str, unit: str, lang: str) -> bool:
    """Tell whether a sentence holds a value and, with nothing but a word or two between, its unit.

    The value agrees by what it is worth and what it counts: "2.3 billion" is not "$2.3 billion".
    """
    written = f"{value} {unit}".strip()
    if _stands(written, sentence) or _stands(f"{value}{unit}", sentence):
        return not re.match(
            r"\s?(?:%|per\s?cent|[-\s]?(?:m|b|tr)illion)", _behind(written, value + unit, sentence)
        )
    wanted = numbers(written, lang)
    held = numbers(sentence, lang)
    rest = _words(unit, lang)
    if not wanted:
        return False
    last = None
    for number in wanted:
        exact = [
            other for other in held if other.readings & number.readings and _kinds(other) == _kinds(number)
        ]
        if not exact:
            return False
        last = exact
    return not rest or any(_follows(sentence[number.end :], rest, lang) for number in last or ())


def _kinds(number: object) -> frozenset[str]:
    return frozenset(kind for kind, _ in getattr(number, "readings", ()))


def _words(unit: str, lang: str) -> list[str]:
    """Give the words of a unit that are not read with its value, as magnitudes and currencies are."""
    small = SAME.get(unit.casefold().strip(), unit.casefold())
    words = [
        word
        for word in PART.split(small)
        if word and word not in COUNTED and word not in CURRENCIES and word not in SAME
    ]
    return [word for word in words if word not in text.language(lang).stop and word != "of"]


def _follows(rest: str, unit: list[str], lang: str) -> bool:
    """Tell whether words come soon behind a number, before a stop or another number."""
    clause = re.split(r"[,;:.()]\s|\d", rest.casefold())[0]
    found = [word for word in PART.split(clause.strip(" .,;:-")) if word][: REACH + len(unit)]
    if lang.startswith("en"):
        held = frozenset(stem(word) for word in found)
        return all(
            stem(word) in held or (len(word) > 1 and carries(held, stem(word)) and _is_measure(word))
            for word in unit
        )
    return all(any(word[:5] == other[:5] for other in found) for word in unit)


def _is_measure(word: str) -> bool:
    return stem(word) in {
        stem(it)
        for it in ("mw", "megawatt", "kg", "kilogram", "km", "kilometre", "metre", "meter", "tonne", "ton")
    }


def _stands(written: str, sentence: str) -> bool:
    return (
        re.search(rf"(?<![\w.,$€£¥-]){re.escape(plain(written))}(?![\w]|[.,]\d)", plain(sentence)) is not None
    )


def _behind(written: str, joined: str, sentence: str) -> str:
    told = plain(sentence)
    for form in (plain(written), plain(joined)):
        if form in told:
            return told.partition(form)[2]
    return ""
