"""What a later part of a story adds to what was told before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.model import Article, Brief, Line, News
from generator.stories.facts import VALUES, Fact, Known, Telling, few, telling, told_in

MOST = 3  # lines
HEADLINE = 2.0  # times what a fact is worth elsewhere
Read = tuple[Article, Brief]
Said = tuple[Line, Article, Telling]
Finder = Callable[[Line, Telling], Iterable[Fact]]
Fresh = tuple[Line, str, dict[tuple[str, str], tuple[str, float]]]


def added(part: Sequence[Read], known: Known) -> tuple[News, ...]:
    """Give up to three lines that add numbers, names or dates, the most informative first.

    They are lines of the briefs; where none of those adds anything, sentences of the articles; where those
    do not, lines that count something in single digits. The lead comes first in `part`. A copy of what was
    told adds nothing, since all that it holds is known.
    """
    told = [(article, brief, telling(article, brief)) for article, brief in part]
    lines = [(line, article, by) for article, brief, by in told for line in _lines(brief)]
    if picked := _picked(_fresh(lines, known, told_in)):
        return picked
    sentences = [(line, article, by) for article, brief, by in told for line in _sentences(article, brief)]
    return _picked(_fresh(sentences, known, told_in)) or _picked(
        _fresh([*lines, *sentences], known, _counted)
    )


def _lines(brief: Brief) -> Iterator[Line]:
    yield from brief.summary
    yield from brief.key_points
    yield from (figure.context for figure in brief.key_figures)
    yield from brief.whats_next
    yield from (mention.line for mention in brief.dates)


def _sentences(article: Article, brief: Brief) -> Iterator[Line]:
    for sentence in article.sentences[1:]:
        if sentence.kind in ("prose", "item") and sentence.id not in brief.coverage.boilerplate:
            yield Line(sentence.text, (sentence.id,))


def _counted(line: Line, by: Telling) -> Iterable[Fact]:
    return few(line.text, by.lang)


def _fresh(lines: Sequence[Said], known: Known, finder: Finder) -> Iterator[Fresh]:
    """Give the lines that add something: by kind and value, how it is written and what it is worth."""
    for line, article, by in lines:
        adds = {
            (fact.kind.replace("marked", "number"), fact.key): (
                fact.told,
                VALUES[fact.kind] * (HEADLINE if fact.told.split()[0] in article.title else 1),
            )
            for fact in finder(line, by)
            if not known.holds(fact)
        }
        if adds:
            yield line, article.id, adds


def _picked(fresh: Iterable[Fresh]) -> tuple[News, ...]:
    """Pick the line that adds most, then the one that adds most to that."""
    left = list(fresh)
    picked: list[News] = []
    while left and len(picked) < MOST:
        line, name, adds = max(left, key=lambda one: sum(worth for _, worth in one[2].values()))
        picked.append(News(line, name, tuple(told for told, _ in adds.values())))
        rest = (
            (other, of, {key: v for key, v in more.items() if key not in adds}) for other, of, more in left
        )
        left = [one for one in rest if one[2]]
    return tuple(picked)
