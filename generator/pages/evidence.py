"""From the brief to the sentence that it rests on, and back.

A line of a brief has an id on the article's page (`b-summary`, `b-summary-2`, `b-why`, `b-point-1`,
`b-number-1`, `b-quote-1`, `b-next-1`, `b-date-1`); a sentence has the id that `content` gave it.

A cited sentence gets two things. Its note, in the margin, is there for the eye alone: what the brief has
from it. The way back, at its end, is shown only while the sentence is the target of the page's address,
so that who listens to the text, or goes through its links, meets none but the one that leads to where
they came from (docs/accessibility.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

from generator.model import Article, Brief, Line

# Begins with what is rare and looks back from there: `\b(href|src)="site:` would be tried at every word.
_OURS = re.compile(r'="site:(?:(?<=\bhref="site:)|(?<=\bsrc="site:))')
_TAG = re.compile(
    r'<span class="s" id="(s\d+)">([^<]*)</span>'  # a sentence of mere words, as most are
    r'|<!--raw-->.*?<!--/raw-->|<(/?)(a|span)\b(?: class="s" id="(s\d+)")?[^>]*>',
    re.DOTALL,
)


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


def lines(brief: Brief) -> list[Line]:
    """Give the lines of `places` by themselves."""
    return [
        *brief.summary,
        *([brief.why_it_matters] if brief.why_it_matters else ()),
        *brief.key_points,
        *[figure.context for figure in brief.key_figures],
        *[quote.line for quote in brief.quotes],
        *brief.whats_next,
        *[mention.line for mention in brief.dates],
    ]


def cited(brief: Brief) -> Mapping[str, tuple[Place, ...]]:
    """Each cited sentence and the lines that rest on it; of those with one label, the first."""
    found: dict[str, dict[str, Place]] = {}
    for place in places(brief):
        for sentence in place.line.evidence:
            found.setdefault(sentence, {}).setdefault(place.label, place)
    return {sentence: tuple(by_label.values()) for sentence, by_label in found.items()}


class Withheld(NamedTuple):
    """A cited sentence that is not published: its id and name, where it is to be read, what cites it."""

    id: str
    name: str
    url: str
    places: tuple[Place, ...]


def withheld(article: Article, brief: Brief) -> tuple[Withheld, ...]:
    """Give the cited sentences that stay with the original, in its order: each is a place on the page."""
    by_sentence = cited(brief) if article.elsewhere else {}
    return tuple(
        Withheld(name, f"Sentence {figure(name)}", url, tuple(by_sentence.get(name, ())))
        for name, url in article.elsewhere.items()
    )


def figure(sentence: str) -> str:
    """Give what a mark shows for a sentence: its number, or a T for the title."""
    return "T" if sentence == "s0" else sentence.removeprefix("s")


def label(sentence: str, *, elsewhere: bool = False) -> str:
    """How a mark is read aloud; `elsewhere` if it leads to the original."""
    told = "Evidence: the title" if sentence == "s0" else f"Evidence: sentence {figure(sentence)}"
    return f"{told}, in the original" if elsewhere else told


def marks(evidence: Sequence[str], page: str = "", elsewhere: Mapping[str, str] | None = None) -> str:
    """HTML of the small figures after a line: each leads to the sentence that the line rests on.

    `page` is the address of the article's page, empty on that page itself; there, sentences that are to be
    read `elsewhere` lead to where.
    """
    if not evidence:
        return ""
    if elsewhere and not page:
        return _together(_mark(name, "", elsewhere.get(name, "")) for name in evidence)
    return _marks(tuple(evidence), page)


@lru_cache(4096)
def _marks(evidence: tuple[str, ...], page: str) -> str:
    return _together(_mark(name, page) for name in evidence)


def _together(marks: Iterable[str]) -> str:
    return f'<sup class="ev">{"".join(marks)}</sup>'


@lru_cache(4096)
def _mark(sentence: str, page: str, original: str = "") -> str:
    rel, address = (' rel="external"', original) if original else ("", f"{page}#{sentence}")
    told = label(sentence, elsewhere=bool(original))
    return f'<a{rel} href="{escape(address)}" aria-label="{told}">{figure(sentence)}</a>'


def text(article: Article, brief: Brief, base: str, language: str) -> str:
    """HTML of an article for its page: links rooted, a note and a way back with each cited sentence.

    `base` is the site's path, `language` what its own words are in.
    """
    tongue = language if article.lang != language else ""
    written = article.trusted or article.html
    return with_ways_back(rooted(written, base), cited(brief), tongue)


def rooted(html: str, base: str) -> str:
    """Give the site's own addresses in sanitised HTML the base path that they stand under."""
    root = f'="{escape(base)}'
    return _OURS.sub(lambda _found: root, html)


def with_ways_back(html: str, cited: Mapping[str, Sequence[Place]], lang: str = "") -> str:
    """Begin each cited sentence with its note and end it with its way back.

    Both stand outside a link that the sentence stands in. `lang` is that of their words, where the
    text is in another.
    """
    pieces: list[tuple[int, str]] = []
    opened: list[str] = []  # of each element at hand, its sentence if that is cited
    links: list[int] = []  # where the links among them begin
    held: list[str] = []  # sentences whose way back waits for the end of a link
    for tag in _TAG.finditer(html):
        plain, _, closing, name, sentence = tag.groups()
        if plain in cited:
            note = _note(plain, cited[plain][0].label, lang)
            if links:
                pieces.append((links[0], note))
                held.append(plain)
            else:
                pieces += [(tag.start(2), note), (tag.end(2), _back(cited[plain], lang))]
        if not name:
            continue  # done, not cited, or an editor's own HTML
        if not closing:
            is_cited = name == "span" and sentence in cited
            opened.append(sentence if is_cited else "")
            links += [tag.start()] if name == "a" else []
            if is_cited:
                note = _note(sentence, cited[sentence][0].label, lang)
                pieces.append((links[0] if links else tag.end(), note))
        elif opened:
            ended = opened.pop()
            if name == "a" and links:
                links.pop()
            held += [ended] if ended else []
            if held and not links:
                place = tag.end() if name == "a" else tag.start()
                pieces += [(place, _back(cited[sentence], lang)) for sentence in held]
                held = []
    return _inserted(html, pieces)


@lru_cache(4096)
def _note(sentence: str, label: str, lang: str) -> str:
    name = f"<span{_tongue(lang)}>{escape(label)}</span>"
    return f'<span class="note" aria-hidden="true"><b>{figure(sentence)}</b> {name}</span>'


def _back(to: Sequence[Place], lang: str) -> str:
    ways = ", ".join([_way(place.id, place.label) for place in to])
    return f'<span class="ways"{_tongue(lang)}> <span class="vh">Back to the brief: </span>{ways}</span>'


@lru_cache(1024)
def _way(line: str, label: str) -> str:
    return f'<a class="back" href="#{line}">{escape(label)}</a>'


def _tongue(lang: str) -> str:
    return f' lang="{escape(lang)}"' if lang else ""


def _inserted(html: str, pieces: list[tuple[int, str]]) -> str:
    parts, at = [], 0
    for position, piece in pieces:
        parts += [html[at:position], piece]
        at = position
    return "".join([*parts, html[at:]])
