"""From the brief to the sentence that it rests on, and back.

A line of a brief has an id on the article's page (`b-summary`, `b-summary-2`, `b-why`, `b-point-1`,
`b-number-1`, `b-quote-1`, `b-next-1`, `b-date-1`); a sentence has the id that `content` gave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from generator.model import Article, Brief, Line, Site

_SENTENCE = re.compile(r'<span class="s" id="(s\d+)">')
_ANCHOR = re.compile(r"<(/?)a\b[^>]*>")


class Place(NamedTuple):
    """Where a brief cites: the line's id, its label as the margin shows it, the line."""

    id: str
    label: str
    line: Line


def places(brief: Brief) -> Iterator[Place]:
    """All lines below the headline, in the order in which the page shows them."""
    for n, line in enumerate(brief.summary, 1):
        yield Place("b-summary" if n == 1 else f"b-summary-{n}", "Summary", line)
    if brief.why_it_matters:
        yield Place("b-why", "Why it matters", brief.why_it_matters)
    for n, line in enumerate(brief.key_points, 1):
        yield Place(f"b-point-{n}", f"Key point {n}", line)
    for n, figure in enumerate(brief.key_figures, 1):
        yield Place(f"b-number-{n}", "By the numbers", figure.context)
    for n, quote in enumerate(brief.quotes, 1):
        yield Place(f"b-quote-{n}", "Quote", quote.line)
    for n, line in enumerate(brief.whats_next, 1):
        yield Place(f"b-next-{n}", "What’s next", line)
    for n, mention in enumerate(brief.dates, 1):
        yield Place(f"b-date-{n}", "Dates", mention.line)


def cited(brief: Brief) -> Mapping[str, Place]:
    """Each cited sentence and the first line that rests on it."""
    found: dict[str, Place] = {}
    for place in places(brief):
        for sentence in place.line.evidence:
            found.setdefault(sentence, place)
    return found


def figure(sentence: str) -> str:
    """Give what a mark shows for a sentence: its number, or a T for the title."""
    return "T" if sentence == "s0" else sentence.removeprefix("s")


def label(sentence: str) -> str:
    """How a mark is read aloud."""
    return "Evidence: the title" if sentence == "s0" else f"Evidence: sentence {figure(sentence)}"


def text(article: Article, brief: Brief, site: Site) -> str:
    """HTML of an article for its page: links rooted, a way back beside each cited sentence."""
    tongue = site.language if article.lang != site.language else ""
    return with_ways_back(rooted(article.html, site.base), cited(brief), tongue)


def rooted(html: str, base: str) -> str:
    """Give the site's own addresses in sanitised HTML the base path that they stand under."""
    return html.replace('="site:', f'="{escape(base)}')


def with_ways_back(html: str, cited: Mapping[str, Place], lang: str = "") -> str:
    """Begin each cited sentence with a link to its line; before a link that it would stand within.

    `lang` is that of the links' words, where the text is in another.
    """
    opened: list[int] = []
    pieces: list[tuple[int, str]] = []
    marks = sorted([*_SENTENCE.finditer(html), *_ANCHOR.finditer(html)], key=lambda match: match.start())
    for match in marks:
        if match.re is _ANCHOR:
            opened = [] if match[1] else [*opened, match.start()]
        elif match[1] in cited:
            pieces.append((opened[0] if opened else match.end(), _back(match[1], cited[match[1]], lang)))
    return _inserted(html, pieces)


def _back(sentence: str, place: Place, lang: str) -> str:
    tongue = f' lang="{escape(lang)}"' if lang else ""
    name = f'<span{tongue}>{escape(place.label)}<span class="vh">, back to the brief</span></span>'
    return f'<a class="back" href="#{place.id}"><b>{figure(sentence)}</b> {name}</a>'


def _inserted(html: str, pieces: list[tuple[int, str]]) -> str:
    parts, at = [], 0
    for position, piece in pieces:
        parts += [html[at:position], piece]
        at = position
    return "".join([*parts, html[at:]])
