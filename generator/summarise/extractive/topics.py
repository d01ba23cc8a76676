"""What an article is about: what its editor says, then phrases that it repeats. In doubt, fewer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from generator.model import Article, Sentence
from generator.summarise.extractive.language import language

MOST = 5
OFTEN = 4  # times that a phrase must stand in the text
PAIR = re.compile(r"(?=\b([a-z]{4,}(?:-[a-z]+)?) ([a-z]{4,})\b)")
NO_NOUN = re.compile(r"(ly|ing|ed|ous|ive|able|ible)$")


def topics(article: Article, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Give at most five: the front matter's as written, then pairs of words that come four times or more."""
    given = list(article.topics[:MOST])
    known = {name.casefold() for name in given}
    words = language(article.lang)
    if not words.stop:
        return tuple(given)
    pairs: Counter[str] = Counter()
    for sentence in sentences:
        for first, second in PAIR.findall(sentence.text):
            if first not in words.stop and second not in words.stop and not NO_NOUN.search(second):
                pairs[f"{first} {second}"] += 1
    often = sorted(
        (name for name, count in pairs.items() if count >= OFTEN), key=lambda name: (-pairs[name], name)
    )
    return tuple([*given, *(name for name in often if name not in known)][:MOST])
