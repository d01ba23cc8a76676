"""What an article is about: what its editor says, then names that it repeats. In doubt, fewer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from generator import text
from generator.model import Article, Sentence

MOST = 5
FOUND = 2  # at most so many that the editor did not give
OFTEN = 3  # sentences that a name must stand in
TITLES = frozenset("mr mrs ms miss dr sir lord lady prof professor president chief".split())
# The capital stands first, so that no other place is looked at.
PHRASE = re.compile(r"[A-Z](?<![\w’'&-][A-Z])[\w&-]+(?: (?:of |for |and the )?[A-Z][\w&-]+){1,3}(?![\w-])")


def topics(article: Article, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Give at most five: the front matter's as written, then names of two to four words used again.

    A name counts once a sentence, and not where it opens one, for any word has a capital there.
    """
    given = list(dict.fromkeys(article.topics))[:MOST]
    known = {_plain(name) for name in given}
    stop = text.language(article.lang).stop
    if not stop:
        return tuple(given)
    passed = stop | TITLES
    counts = Counter(name for sentence in sentences for name in dict.fromkeys(_names(sentence.text, passed)))
    often = [name for name, count in counts.most_common() if count >= OFTEN and _plain(name) not in known]
    return tuple([*given, *often[:FOUND]][:MOST])


def _names(said: str, passed: frozenset[str]) -> list[str]:
    if said.isupper() or said.istitle():
        return []
    found = (match[0] for match in PHRASE.finditer(said, 1))
    return [name for name in found if passed.isdisjoint(name.lower().split())]


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name).casefold()
