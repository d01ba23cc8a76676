"""What an editor's words rest on in the article, and what of them it does not hold."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container

from generator import text
from generator.model import Article
from generator.summarise.verify import Held, unsupported

AT_LEAST = 0.25  # of a line's words that a sentence must hold to be evidence
MOST = 3  # sentences
QUOTES = "\"“”„«»「」‘’' "
MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "\u00a0": " "})

Fault = tuple[str, str]  # its kind, and the words at fault


def faults_of(line: str, article: Article | Held, only: Container[str] | None = None) -> list[Fault]:
    """Find what the article does not hold of a line: of every kind, or of some."""
    found = unsupported(line, article) if line else ()
    return [(item.kind, item.text) for item in found if only is None or item.kind in only]


def quoted(said: str, article: Article | Held) -> list[Fault]:
    """Find whether words stand in the article word for word, whatever the marks around them."""
    bare = said.strip(QUOTES)
    marked = f"«{bare}»" if not re.search("[«»]", bare) else f"“{bare}”"
    return faults_of(marked, article, {"quotation"})


def evidence(line: str, article: Article) -> tuple[str, ...]:
    """Find the sentences that hold a line's words, each a good part of those still missing; or none."""
    wanted = _told(line) - text.language(article.lang).stop
    least = AT_LEAST * len(wanted)
    held = {sentence.id: _told(sentence.text) for sentence in article.sentences if sentence.kind != "title"}
    found: list[str] = []
    while held and wanted and len(found) < MOST:
        best = max(held, key=lambda name: len(wanted & held[name]))
        if len(wanted & held[best]) < least:
            break
        found.append(best)
        wanted -= held.pop(best)
    return tuple(sentence.id for sentence in article.sentences if sentence.id in found)


def times(name: str, article: Article) -> int:
    """Count a name in an article's sentences; where it stands in a table or heading alone, once."""
    named = _named(name)
    count = sum(len(named.findall(_plain(sentence.text))) for sentence in article.sentences)
    if count:
        return count
    rest = html.unescape(re.sub(r"<[^>]*>", " ", article.html))
    return int(bool(named.search(_plain(rest))))


def found_in(name: str, article: Article) -> tuple[str, ...]:
    """Give the sentences that hold a name."""
    named = _named(name)
    return tuple(s.id for s in article.sentences if named.search(_plain(s.text)))


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(_plain(name))}(?!\w)")


def _plain(written: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", written.translate(MARKS)).split())


def _told(line: str) -> set[str]:
    return {word.casefold() for word in text.words(line)}
