"""What of a text the article does not hold: numbers by value, quotations word for word."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.model import Article

MAGNITUDES = {
    "hundred": 2,
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mn": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "tn": 12,
}
SPELLED = {
    word: value
    for value, names in enumerate(
        """zero one/first two/second three/third four/fourth five/fifth six/sixth seven/seventh eight/eighth
        nine/ninth ten/tenth eleven/eleventh twelve/twelfth""".split()
    )
    for word in names.split("/")
}
DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.])(?P<digits>{DIGITS})(?:st|nd|rd|th)?"
    r"(?:[\s-]?(?P<magnitude>hundred|thousand|million|billion|trillion|bn|mn|tn|[kmb](?![\w/])))?"
    r"(?P<percent>\s?(?:%|percent\b|per\s?cent\b))?"
    r"|\b(?P<word>" + "|".join(sorted(SPELLED, key=len, reverse=True)) + r")\b"
    r"(?:[\s-](?P<times>hundred|thousand|million|billion|trillion)\b)?(?P<share>\s(?:percent|per\s?cent)\b)?",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|「([^「」]+)」")
MARKS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "…": "..."}
)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A number or quotation that the article does not hold, as written, and where in the text it stands."""

    kind: Literal["number", "quotation"]
    text: str
    offset: int


def unsupported(text: str, article: Article) -> tuple[Unsupported, ...]:
    """Find what the article does not hold, in the order of the text.

    Numbers agree by value: "$600 billion" is "600bn dollars", "48%" is "48 percent", "two" is "2".
    Quotations agree word for word, whatever the typographic marks.
    """
    held = text_of(article)
    return tuple(sorted([*_numbers(text, held), *_quotations(text, held)], key=lambda item: item.offset))


def text_of(article: Article) -> str:
    """All that an article says: title, headings, sentences, tables."""
    bare = html.unescape(
        re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:span|em|strong|b|i|a|sup|sub)\b[^>]*>", "", article.html))
    )
    told = " \n ".join(sentence.text for sentence in article.sentences)
    return f"{told} \n {bare}"


def values(text: str) -> Iterator[tuple[Decimal, bool, re.Match[str]]]:
    """Give each number's value, whether it is a percentage, and where it stands."""
    for found in NUMBER.finditer(text):
        if found["digits"]:
            value = Decimal(re.sub(r"[,\u00a0\u202f]", "", found["digits"]))
            power = MAGNITUDES.get((found["magnitude"] or "").lower(), 0)
        else:
            value, power = (
                Decimal(SPELLED[found["word"].lower()]),
                MAGNITUDES.get((found["times"] or "").lower(), 0),
            )
        yield value.scaleb(power).normalize(), bool(found["percent"] or found["share"]), found


def _numbers(text: str, held: str) -> Iterator[Unsupported]:
    known = {(value, share) for value, share, _ in values(held)}
    for value, share, found in values(text):
        if (value, share) not in known and not (found["word"] and value <= 1):
            yield Unsupported("number", found[0].strip(), found.start())


def _quotations(text: str, held: str) -> Iterator[Unsupported]:
    plain = _plain(held)
    for found in QUOTED.finditer(text):
        said = next(part for part in found.groups() if part)
        if _plain(said).strip(" .,;:!?") not in plain:
            yield Unsupported("quotation", said, found.start())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.translate(MARKS)).casefold().split())
