"""How much of a text that is another's its brief may quote: no more than a share, editors' lines apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from generator import text
from generator.model import Article, Brief, DateMention, Figure, Line, Quote

QUOTED_SHARE = 1 / 3  # of a text's words, the excerpt and the summary counted, which stay in any case

Item = TypeVar("Item", Line, Figure, Quote, DateMention)


class _Purse:
    """Words that may still be printed; what a printed text holds already costs nothing."""

    def __init__(self, words: float, printed: Iterable[str]) -> None:
        self.printed = list(printed)
        self.left = words - sum(map(text.word_count, self.printed))

    def affords(self, line: Line) -> bool:
        """Tell whether a line may be printed, and pay for it."""
        told = line.text.strip(".!?… ")
        if line.kind == "edited" or any(told in other for other in self.printed):
            return True
        cost = text.word_count(line.text)
        if cost > self.left:
            return False
        self.left -= cost
        self.printed.append(line.text)
        return True


def within_share(article: Article, brief: Brief, excerpt: Iterable[str]) -> Brief:
    """Leave lines out of a brief until what it and the `excerpt` print is a third of the text at most.

    What weighs most is kept: the summary, then key points and why it matters, a quotation, what is next,
    figures, dates. Lines that a person wrote stay, whatever they cost.
    """
    fixed = (brief.headline, *brief.summary, *_edited(brief))
    shown = dict.fromkeys((*excerpt, *(line.text for line in fixed)))
    purse = _Purse(article.words * QUOTED_SHARE, (told for told in shown if told != brief.headline.text))
    why = brief.why_it_matters if brief.why_it_matters and purse.affords(brief.why_it_matters) else None
    made = replace(
        brief,
        why_it_matters=why,
        key_points=_kept(brief.key_points, _itself, purse),
        quotes=_kept(brief.quotes, lambda quote: quote.line, purse),
        whats_next=_kept(brief.whats_next, _itself, purse),
        key_figures=_kept(brief.key_figures, lambda figure: figure.context, purse),
        dates=_kept(brief.dates, lambda day: day.line, purse),
    )
    out = max(0, brief.coverage.words_out - _words(brief) + _words(made))
    return replace(made, coverage=replace(brief.coverage, words_out=out))


def _kept(items: tuple[Item, ...], line_of: Callable[[Item], Line], purse: _Purse) -> tuple[Item, ...]:
    return tuple(item for item in items if purse.affords(line_of(item)))


def _itself(line: Line) -> Line:
    return line


def _lines(brief: Brief) -> tuple[Line, ...]:
    return (
        *((brief.why_it_matters,) if brief.why_it_matters else ()),
        *brief.key_points,
        *(quote.line for quote in brief.quotes),
        *brief.whats_next,
        *(figure.context for figure in brief.key_figures),
        *(day.line for day in brief.dates),
    )


def _edited(brief: Brief) -> Iterable[Line]:
    return (line for line in _lines(brief) if line.kind == "edited")


def _words(brief: Brief) -> int:
    """Count the words of its lines as coverage does: dates are an index of the article."""
    return sum(text.word_count(line.text) for line in _lines(replace(brief, dates=())))
