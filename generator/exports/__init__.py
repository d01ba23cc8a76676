"""The brief as data: brief.json beside each article, for other programs to read and check, and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator import urls
from generator.exports.form import FORM, brief_schema
from generator.exports.health import health
from generator.exports.opml import opml
from generator.keys import Known
from generator.model import AnyFile, Article, Brief, Entry, File, Kept, Lay, Line, Mention, Site, held
from generator.schema.records import indented

Map = Callable[..., Iterable[Any]]


class Said(NamedTuple):
    """Texts of an article's sentences, empty where they are not published, and where those are to be read."""

    texts: Mapping[str, str]
    elsewhere: Mapping[str, str]


class Asked(NamedTuple):
    """A brief.json that is to be made."""

    entry: Entry
    article: Article
    key: str


def briefs(
    site: Site,
    articles: Mapping[str, Article],
    known: Known | None = None,
    map: Map = map,  # noqa: A002 -- the seam's name
    lay: Lay = held,
) -> Iterator[AnyFile]:
    """Give one brief.json an article, in the site's order, made by any `map`, as `lay` gives it.

    What stands in the site as it would be made is not written again.
    """
    known = known or Known.nothing()
    asked: list[Asked] = []
    kept: list[Kept | None] = []
    for entry in site.entries:
        article = articles[entry.id]
        key = _key(site, entry, article, known)
        path = urls.brief(entry.url)
        holds = known.holds(path, key)
        kept.append(Kept(path, key, f"content/{article.path}") if holds else None)
        asked += () if holds else (Asked(entry, article, key),)
    made = iter(map(partial(brief_file, site_url=site.url, lay=lay), asked))
    return (one or next(made) for one in kept)


def _key(site: Site, entry: Entry, article: Article, known: Known) -> str:
    of_entry = (entry.id, entry.url, entry.headline, entry.lang, entry.published, entry.updated)
    beside = (entry.authors, entry.sources, entry.words, entry.brief, article)
    return known.keys.of("brief", known.program, site.url, *of_entry, *beside)


def schema(site: Site) -> File:
    """Give the JSON Schema that each brief.json of the site names."""
    made = {"$id": urls.absolute(site.url, urls.BRIEF_SCHEMA), **brief_schema()}
    text = json.dumps(made, ensure_ascii=False, indent=1)
    return File(urls.BRIEF_SCHEMA, f"{text}\n".encode())


def brief_file(asked: Asked, site_url: str, lay: Lay) -> AnyFile:
    """Write a brief.json and lay it."""
    entry, article, key = asked
    told = indented(data(site_url, entry, article))
    return lay(File(urls.brief(entry.url), b"%s\n" % told, f"content/{article.path}", key))


def data(site_url: str, entry: Entry, article: Article) -> dict[str, Any]:
    """Give an article's brief with the sentences that it rests on; every field is there, empty ones too."""
    said = Said({sentence.id: sentence.text for sentence in article.sentences}, article.elsewhere)
    return {
        "$schema": urls.absolute(site_url, urls.BRIEF_SCHEMA),
        "version": FORM,
        "article": {
            "id": entry.id,
            "url": urls.absolute(site_url, entry.url),
            "headline": entry.headline,
            "language": entry.lang,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": list(entry.authors),
            "sources": [{"name": source.name, "url": source.url} for source in entry.sources],
            "words": entry.words,
        },
        "brief": _brief(entry.brief, said),
    }


def _brief(brief: Brief, said: Said) -> dict[str, Any]:
    def line(name: str, of: Line) -> dict[str, Any]:
        return _line(of, said, brief.writer(name, of))

    def lines(name: str, some: Sequence[Line]) -> list[dict[str, Any]]:
        return [line(name, of) for of in some]

    proof = brief.proof
    return {
        "headline": line("headline", brief.headline),
        "summary": lines("summary", brief.summary),
        "why_it_matters": line("why_it_matters", brief.why_it_matters) if brief.why_it_matters else None,
        "key_points": lines("key_points", brief.key_points),
        "key_figures": [
            {"value": figure.value, "unit": figure.unit, "context": line("key_figures", figure.context)}
            for figure in brief.key_figures
        ],
        "people": _mentions(brief.people, said),
        "organisations": _mentions(brief.organisations, said),
        "places": _mentions(brief.places, said),
        "names": _mentions(brief.names, said),
        "quotes": [{**line("quotes", quote.line), "speaker": quote.speaker} for quote in brief.quotes],
        "dates": [
            {"as_written": day.text, "iso": day.iso, "line": line("dates", day.line)} for day in brief.dates
        ],
        "whats_next": lines("whats_next", brief.whats_next),
        "topics": list(brief.topics),
        "byline": brief.byline,
        "model": {"name": proof.model, "dropped": dict(proof.dropped)} if proof else None,
        "coverage": {
            "words_in": brief.coverage.words_in,
            "words_out": brief.coverage.words_out,
            "boilerplate": _evidence(brief.coverage.boilerplate, said),
        },
    }


def _line(line: Line, said: Said, writer: str) -> dict[str, Any]:
    made = {
        "text": line.text,
        "evidence": _evidence(line.evidence, said),
        "kind": line.kind,
        "check": line.check,
        "writer": writer,
    }
    return {**made, "editor": line.editor, "source": line.source or None} if line.kind == "edited" else made


def _evidence(ids: Sequence[str], said: Said) -> list[dict[str, str]]:
    """Give sentences; of one that stays with the original, in place of its text where it is to be read."""
    return [
        {"id": name, "text": said.texts[name], **({"url": url} if (url := said.elsewhere.get(name)) else {})}
        for name in ids
    ]


def _mentions(mentions: Sequence[Mention], said: Said) -> list[dict[str, Any]]:
    return [
        {"name": m.name, "count": m.count, "role": m.role, "evidence": _evidence(m.evidence, said)}
        for m in mentions
    ]


__all__ = ["brief_schema", "briefs", "data", "health", "opml", "schema"]
