"""What an article holds, made ready once for all the lines that are checked against it."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from generator import text
from generator.model import Article
from generator.summarise.verify.names import Names, names_of
from generator.summarise.verify.numbers import Reading, held_readings
from generator.summarise.verify.support import Support, support_of

# Marks that print differently and say the same; what cannot be seen says nothing.
MARKS = str.maketrans(
    {
        **dict.fromkeys('’‘‚‛′ʼ`´"“”„‟″«»‹›「」', "'"),
        **dict.fromkeys("–—‑‐―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
    }
)
SENTENCE = re.compile(r'<span class="s"[^>]*>[^<]*</span>')
INLINE = re.compile(r"</?(?:span|em|strong|b|i|a|sup|sub)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Held:
    """An article's text, folded, and what it says by number, name and word."""

    lang: str
    told: tuple[str, ...]  # its sentences, and the lines of its headings and tables
    plain: str
    readings: frozenset[Reading]
    names: Names
    support: Support


def held(article: Article) -> Held:
    """Make an article ready to be checked against."""
    told = _told(article)
    whole = " \n ".join(told)
    return Held(
        article.lang,
        told,
        plain(whole),
        held_readings(whole, article.lang),
        names_of(whole),
        support_of(told),
    )


def _told(article: Article) -> tuple[str, ...]:
    """Take all that an article says: title and sentences, and headings, tables and code outside of them."""
    rest = html.unescape(TAG.sub("\n", INLINE.sub("", SENTENCE.sub("\n", article.html))))
    outside = filter(None, (line.strip() for line in rest.splitlines()))
    return (*(sentence.text for sentence in article.sentences), *outside)


def plain(told: str) -> str:
    """Fold case, white space and typographic marks."""
    return " ".join(unicodedata.normalize("NFKC", told.translate(MARKS)).casefold().split())


def is_verbatim(line: str, article: Held) -> bool:
    """Tell whether a text stands in the article word for word."""
    wanted = plain(line)
    if not wanted:
        return True
    at = article.plain.find(wanted)
    while at >= 0:
        before, after = (
            article.plain[at - 1 : at] if at else "",
            article.plain[at + len(wanted) : at + len(wanted) + 1],
        )
        if not (_joins(before, wanted[0]) or _joins(wanted[-1], after)):
            return True
        at = article.plain.find(wanted, at + 1)
    return False


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


def sentences_of(line: str, lang: str) -> list[tuple[int, str]]:
    """Part a line into its sentences, each with its offset."""
    return [(start, line[start:end]) for start, end in text.sentences(line, lang)]
