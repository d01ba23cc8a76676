"""What the indexer is given of an article: its headline, the lines of its brief, names, topics, sources."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from html import escape

from generator import text
from generator.model import Brief, Entry, Line, SubjectKind

_slug = functools.cache(text.slug)  # the same names come again and again


def document(entry: Entry, language: str) -> str:
    """Write the page that the indexer reads.

    `language` is the site's, whatever the article's: one search finds articles of all languages only in
    one index. Every name is there, though few have a page: which do depends on other articles, and a
    change of one is to leave the documents of the others as they are.

    What the results show beside the text stands in ids of anchors: they are kept, and never searched as
    Pagefind's metadata is. The first holds a JSON object, the others the evidence of the line they open.
    """
    told = lines(entry.brief)
    brief = "".join(_paragraph(",".join(line.evidence), line.text) for line in told)
    filters = "".join(f'<i data-pagefind-filter="{one}"></i>' for one in dict.fromkeys(_filters(entry)))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<body data-pagefind-body>\n'
        f'<i data-pagefind-sort="published:{entry.published:%Y%m%d%H%M%S}"></i>{filters}\n'
        f'<a id="{escape(_shown(entry))}"></a><h1>{escape(entry.headline)}</h1>\n'
        f"{brief}{_paragraph('', ', '.join(names(entry)))}"
    )


def lines(brief: Brief) -> tuple[Line, ...]:
    """Lines of a brief in reading order, each text once."""
    found: dict[str, Line] = {}
    for line in (
        *brief.summary,
        *((brief.why_it_matters,) if brief.why_it_matters else ()),
        *brief.key_points,
        *(figure.context for figure in brief.key_figures),
        *(quote.line for quote in brief.quotes),
        *brief.whats_next,
        *(mention.line for mention in brief.dates),
    ):
        found.setdefault(line.text, line)
    return tuple(found.values())


def names(entry: Entry) -> list[str]:
    """All that an article is found by beside its brief, each once: names, topics, sources, authors."""
    brief = entry.brief
    named = [*(mention.name for _, mention in brief.entities), *(mention.name for mention in brief.names)]
    topics, sources = [link.title for link in entry.topics], [source.name for source in entry.sources]
    return list(dict.fromkeys([*named, *topics, *sources, *entry.authors]))


def _filters(entry: Entry) -> Iterator[str]:
    """Give what an article can be filtered by: day, month, and slugs of its subjects by their kind."""
    day = entry.published.date().isoformat()
    yield f"day:{day}"
    yield f"month:{day[:7]}"
    named: list[tuple[SubjectKind, str]] = [("topic", link.title) for link in entry.topics]
    named += [("source", source.name) for source in entry.sources]
    named += [(kind, mention.name) for kind, mention in entry.brief.entities]
    for kind, name in named:
        if slug := _slug(name):
            yield f"{kind}:{slug}"


def _shown(entry: Entry) -> str:
    """Write what a result shows of an article, but for its text."""
    shown = {
        "story": entry.id,
        "url": entry.url,
        "date": entry.published.date().isoformat(),
        "lang": entry.lang,
        "by": ", ".join([source.name for source in entry.sources] or entry.authors),
    }
    # An id keeps no spaces.
    return json.dumps(shown, separators=(",", ":")).replace(" ", "\\u0020")


def _paragraph(id_: str, words: str) -> str:
    return f'<p><a id="{id_}"></a>{escape(words)}</p>\n'
