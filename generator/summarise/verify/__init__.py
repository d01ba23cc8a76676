"""What of a line the article does not hold: its numbers, quotations and names, and what it makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from generator.model import Article
from generator.summarise.verify import names, negation, numbers, support
from generator.summarise.verify.held import Held, held, is_verbatim, plain, sentences_of

__all__ = [
    "CARRIED",
    "FATAL",
    "KINDS",
    "Held",
    "Unsupported",
    "held",
    "is_verbatim",
    "plain",
    "supported",
    "unsupported",
]

Kind = Literal["number", "quotation", "name", "negation", "support"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FATAL = frozenset({"number", "quotation", "name"})  # the others are flags: look again
LOW = 0.2  # support under which a sentence is flagged
# Mean support from which a model's summary is trusted: docs/verification.md says how it was found.
CARRIED = 0.81
FEWEST = 5  # content words of a sentence whose support can be told

QUOTED = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|「([^「」]+)」"
    r"|‘((?:[^‘’]|(?<=\w)’(?=\w))+)’(?!\w)|(?<![\w'])'(?=[^\W\d])((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)"
)
LEFT_OUT = re.compile(r"\[[^\]]*\]|\(\.\.\.\)|…|\.\.\.")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """What the article does not hold, as written, and where in the text it stands."""

    kind: Kind
    text: str
    offset: int

    @property
    def fatal(self) -> bool:
        """Tell an error from a flag."""
        return self.kind in FATAL


def unsupported(text: str, article: Article | Held) -> tuple[Unsupported, ...]:
    """Find what the article does not hold, in the order of the text. What stands there word for word passes.

    Numbers agree by value: "$600 billion" is "600bn dollars", "48%" is "48 percent", "two" is "2".
    Quotations agree word for word, whatever the typographic marks. Names may be part of a longer one, or an
    acronym of it. Negation and support are looked at in English alone.
    """
    ready = article if isinstance(article, Held) else held(article)
    found = [*_numbers(text, ready), *_quotations(text, ready)]
    for start, sentence in sentences_of(text, ready.lang):
        if not is_verbatim(sentence, ready):
            found += (Unsupported("name", name, start + at) for name, at in _names(sentence, ready))
            if not any(start <= item.offset < start + len(sentence) for item in found):
                found += (Unsupported(i.kind, i.text, start + i.offset) for i in _flags(sentence, ready))
    return tuple(sorted(found, key=lambda item: (item.offset, item.kind)))


def supported(text: str, article: Article | Held) -> float:
    """Give how far the article's words carry a text, from 0 to 1 (English; others: 1).

    The mean over its sentences of the share of word pairs that stand near each other in the article.
    """
    ready = article if isinstance(article, Held) else held(article)
    parts = [sentence for _, sentence in sentences_of(text, ready.lang)]
    if not parts or not _is_english(ready):
        return 1.0
    return sum(_support(sentence, ready) for sentence in parts) / len(parts)


def _numbers(text: str, article: Held) -> Iterator[Unsupported]:
    for number in numbers.numbers(text, article.lang):
        if number.readings & article.readings or any(
            _is_dated(*reading, article) for reading in number.readings
        ):
            continue
        if not (number.spelled and all(value <= 1 for _, value in number.readings)):
            yield Unsupported("number", number.text.strip(), number.start)


def _is_dated(kind: str, value: Decimal, article: Held) -> bool:
    """Tell whether an article names the day, month and year of a date in figures."""
    if kind != "date":
        return False
    year, rest = divmod(int(value), 10_000)
    month, day = divmod(rest, 100)
    named = month in numbers.months(article.plain)
    return named and {("", Decimal(year)), ("", Decimal(day))} <= article.readings


def _quotations(text: str, article: Held) -> Iterator[Unsupported]:
    for found in QUOTED.finditer(text):
        said = next(part for part in found.groups() if part)
        if not all(plain(part).strip(" .,;:!?'") in article.plain for part in LEFT_OUT.split(said)):
            yield Unsupported("quotation", said, found.start())


def _names(sentence: str, article: Held) -> Iterator[tuple[str, int]]:
    return names.unheld(sentence, article.names, article.lang)


def _flags(sentence: str, article: Held) -> Iterator[Unsupported]:
    if not _is_english(article):
        return
    if found := negation.turned(sentence, article.told, article.support.sentences):
        word, at = found
        yield Unsupported("negation", word, at)
    if len(support.stems(sentence)) >= FEWEST and _support(sentence, article) < LOW:
        yield Unsupported("support", sentence, 0)
    else:
        for word, at in support.astray(sentence, article.support):
            yield Unsupported("support", word, at)


def _support(sentence: str, article: Held) -> float:
    if is_verbatim(sentence, article):
        return 1.0
    return support.together(sentence, article.support)


def _is_english(article: Held) -> bool:
    return article.lang.partition("-")[0].lower() == "en"
