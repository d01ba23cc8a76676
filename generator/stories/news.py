"""What a later part of a story adds to what was told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Article, Brief, Line, News
from generator.stories.facts import VALUES, Fact, Known, told_in

MOST = 3  # lines
Read = tuple[Article, Brief]


def added(part: Sequence[Read], known: Known) -> tuple[News, ...]:
    """Give up to three lines that add numbers, names or dates, the most informative first.

    They are lines of the briefs; where none of those adds anything, sentences of the articles. The lead
    comes first in `part`. What the articles are copies of adds nothing, since it is known.
    """
    found = [(line, article, brief) for article, brief in part for line in _lines(brief)]
    if picked := _picked(found, known):
        return picked
    return _picked([(line, a, b) for a, b in part for line in _sentences(a, b)], known)


def _lines(brief: Brief) -> Iterator[Line]:
    yield from brief.summary
    yield from brief.key_points
    yield from (figure.context for figure in brief.key_figures)
    yield from brief.whats_next


def _sentences(article: Article, brief: Brief) -> Iterator[Line]:
    for sentence in article.sentences[1:]:
        if sentence.kind in ("prose", "item") and sentence.id not in brief.coverage.boilerplate:
            yield Line(sentence.text, (sentence.id,))


def _picked(found: Sequence[tuple[Line, Article, Brief]], known: Known) -> tuple[News, ...]:
    fresh: list[tuple[Line, str, list[Fact]]] = []
    for line, article, brief in found:
        facts = [fact for fact in told_in(line, article, brief) if not known.holds(fact)]
        if facts:
            fresh.append((line, article.id, facts))
    picked: list[News] = []
    told: set[tuple[str, str]] = set()
    while fresh and len(picked) < MOST:
        worth = [sum(VALUES[fact.kind] for fact in _untold(facts, told)) for _, _, facts in fresh]
        if not max(worth):
            break
        line, name, facts = fresh.pop(worth.index(max(worth)))
        adds = dict.fromkeys(fact.told for fact in _untold(facts, told))
        told |= {(_kind(fact), fact.key) for fact in facts}
        picked.append(News(line, name, tuple(adds)))
    return tuple(picked)


def _untold(facts: Sequence[Fact], told: set[tuple[str, str]]) -> list[Fact]:
    """Leave out what another line has already added, and what this one says twice."""
    once = {(_kind(fact), fact.key): fact for fact in reversed(facts)}
    return [fact for key, fact in reversed(once.items()) if key not in told]


def _kind(fact: Fact) -> str:
    return "number" if fact.kind == "marked" else fact.kind
