"""Why articles were joined, in words for an editor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.model import Article
from generator.stories.affairs import Affair
from generator.stories.events import Join
from generator.stories.gists import STEM, STOP, YEAR

MOST = 8  # things that two articles share and that are named
TOKEN = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*\d")


def explained(articles: Mapping[str, Article], affairs: Iterable[Affair]) -> dict[str, tuple[str, ...]]:
    """Say of each article what joined it with which others of its story; nothing of one that stands alone."""
    made: dict[str, list[str]] = defaultdict(list)
    for affair in affairs:
        for join in affair.joins:
            made[join.one].append(_reason(join, articles[join.one], articles[join.other]))
            made[join.other].append(_reason(join, articles[join.other], articles[join.one], back=True))
    return {name: tuple(made[name]) for name in articles}


def _reason(join: Join, article: Article, other: Article, *, back: bool = False) -> str:
    named = f"“{other.title}” of {other.published.date().isoformat()}"
    if join.kind == "key":
        return f"story: {article.story or other.story}, as {named}"
    if join.kind == "copy":
        return f"the same text as {named}"
    said = {"event": "the same event as", "follows": "followed by" if back else "follows"}[join.kind]
    return f"{said} {named}: alike {join.score:.2f}, {_shared(article, other)}"


def _shared(one: Article, other: Article) -> str:
    """Name what both articles say, in the order of the first: names, numbers, then words."""
    known = _terms(other)
    both = {term: told for term, told in _terms(one).items() if term in known}
    names = [told for told in both.values() if told[0].isupper()]
    numbers = [told for told in both.values() if told[0].isdigit()]
    words = [told for told in both.values() if told[0].islower()]
    parts = (
        (f"{kind} {', '.join(some[:MOST])}")
        for kind, some in (("names", names), ("numbers", numbers), ("words", words))
        if some
    )
    return "shares " + "; ".join(parts)


def _terms(article: Article) -> dict[str, str]:
    """Give the terms of an article and how they are first written: a name with its capital."""
    made: dict[str, str] = {}
    for sentence in article.sentences:
        for found in TOKEN.finditer(sentence.text):
            word = found[0]
            small = word.casefold()
            if small in STOP or YEAR.fullmatch(word):
                continue
            term = small[:STEM] if word[0].isalpha() else word.replace(",", "")
            told = word if found.start() or word[0].isdigit() else small
            if term not in made or (told[0].isupper() and made[term][0].islower()):
                made[term] = told
    return made
