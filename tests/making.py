"""Builders of real-shaped model values for tests; every field can be overridden by keyword.

`a_site` groups by calendar day and makes each article a story of its own: a stand-in for the real
composition, enough for whatever shows a Site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import escape
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from generator import urls
from generator.editions import roll_ups, subjects
from generator.model import (
    Article,
    ArticleBody,
    Author,
    Brief,
    Channel,
    Condition,
    Coverage,
    Edition,
    EditionFigure,
    Entry,
    Figure,
    Health,
    Instalment,
    Line,
    Link,
    Month,
    News,
    Part,
    Sentence,
    Site,
    Source,
    Subject,
)

ZONE = ZoneInfo("UTC")
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)
TODAY = NOON.date()
PARAGRAPHS = (
    (
        "Corvane will power its campus at Llano Verde from its own turbines until at least 2031.",
        "The first 300 megawatts are due to start in October 2027.",
    ),
    (
        "The county approved the plan on Sunday evening, by three votes to two.",
        "Corvane will buy 48 turbines from Ardent Power at a cost of $2.3 billion.",
    ),
    (
        "Two other companies have asked the county for the same terms.",
        "Between them they want 650 megawatts.",
        "Sign up for our weekly letter.",
    ),
)


def sentences_of(title: str, paragraphs: Sequence[Sequence[str]] = PARAGRAPHS) -> tuple[Sentence, ...]:
    flat = [(text, block) for block, texts in enumerate(paragraphs, 1) for text in texts]
    body = (Sentence(f"s{n}", text, block) for n, (text, block) in enumerate(flat, 1))
    return (Sentence("s0", title, 0, kind="title"), *body)


def html_of(sentences: Sequence[Sentence]) -> str:
    """Write paragraphs as `content` does: each sentence in its span."""
    blocks = groupby((s for s in sentences if s.kind != "title"), key=lambda s: s.block)
    spans = (
        " ".join(f'<span class="s" id="{s.id}">{escape(s.text)}</span>' for s in group) for _, group in blocks
    )
    return "\n".join(f"<p>{block}</p>" for block in spans)


def an_article(
    title: str = "Corvane will run its Texas campus without the grid until 2031",
    *,
    published: datetime = NOON,
    paragraphs: Sequence[Sequence[str]] = PARAGRAPHS,
    **overrides: Any,
) -> Article:
    slug = overrides.pop("slug", _slug(title))
    sentences = overrides.pop("sentences", None) or sentences_of(title, paragraphs)
    values: dict[str, Any] = {
        "id": f"{published:%Y-%m-%d}-{slug}",
        "path": f"{published:%Y/%m}/{slug}.md",
        "url": urls.article(published, slug),
        "updated": published,
        "lang": "en",
        "body": ArticleBody(sentences, overrides.pop("html", html_of(sentences))),
        "words": sum(len(s.text.split()) for s in sentences if s.kind != "title"),
        "sources": (Source("Harbour Wire", f"https://harbourwire.example/{slug}"),),
        "authors": ("Ada Moreno",),
        "topics": ("On-site power",),
        **overrides,
    }
    return Article(title=title, slug=slug, published=published, **values)


def a_line(sentence: Sentence, **overrides: Any) -> Line:
    return replace(Line(sentence.text, (sentence.id,)), **overrides)


def a_figure(value: str, unit: str, context: str, *evidence: str) -> Figure:
    return Figure(value, unit, Line(context, evidence or ("s4",), "trimmed"))


def a_brief(article: Article, **overrides: Any) -> Brief:
    title, *body = article.sentences
    points = tuple(map(a_line, body[2:5])) if len(body) >= 6 else ()
    summary = tuple(map(a_line, body[:2]))
    values: dict[str, Any] = {
        "headline": Line(title.text, (title.id,)),
        "byline": "extractive 1",
        "coverage": Coverage(article.words, sum(len(line.text.split()) for line in summary + points)),
        "summary": summary,
        "key_points": points,
        "topics": article.topics,
        **overrides,
    }
    return Brief(**values)


def an_entry(article: Article, brief: Brief | None = None, **overrides: Any) -> Entry:
    brief = brief or a_brief(article)
    day = article.published.date()
    values: dict[str, Any] = {
        "id": article.id,
        "url": article.url,
        "headline": brief.headline.text,
        "published": article.published,
        "updated": article.updated,
        "lang": article.lang,
        "words": article.words,
        "minutes": max(1, round(article.words / 230)),
        "brief_minutes": 1,
        "brief": brief,
        "edition": Link(day_title(day), urls.edition(day)),
        "sources": article.sources,
        "authors": article.authors,
        "topics": tuple(Link(name, urls.subject("topic", _slug(name))) for name in article.topics),
        "corrections": article.corrections,
        "image": article.image,
        "canonical_url": article.canonical_url,
        "rights": article.rights,
        "pinned": article.pinned,
        **overrides,
    }
    return Entry(**values)


def a_story(*entries: Entry) -> Instalment:
    return Instalment(entries[0].id, entries[0], entries[1:])


def alone(*groups: Sequence[str]) -> list[tuple[Part]]:
    """Stories of one edition each; `groups` hold ids of articles, the lead's first."""
    return [(Part(group[0], tuple(group[1:])),) for group in groups]


def in_parts(*groups: Sequence[str], news: Mapping[str, Sequence[News]] | None = None) -> tuple[Part, ...]:
    """One story of several editions, oldest first; `news` by the id of the part's lead."""
    return tuple(Part(group[0], tuple(group[1:]), tuple((news or {}).get(group[0], ()))) for group in groups)


def an_edition(stories: Sequence[Instalment], start: date = TODAY, **overrides: Any) -> Edition:
    entries = [entry for story in stories for entry in story.entries]
    values: dict[str, Any] = {
        "url": urls.edition(start),
        "title": day_title(start),
        "number": 1,
        "minutes": max(1, len(stories) // 3),
        "figures": tuple(EditionFigure(f, e) for e in entries for f in e.brief.key_figures[:1])[:5],
        "articles": len(entries),
        "sources": len({source.name for entry in entries for source in entry.sources}),
        "updated": max((entry.updated for entry in entries), default=None),
        **overrides,
    }
    return Edition(start=start, stories=tuple(stories), **values)


def a_site(
    articles: Iterable[Article] = (),
    *,
    briefs: Mapping[str, Brief] | None = None,
    editions: Sequence[Edition] | None = None,
    **overrides: Any,
) -> Site:
    """Compose a small daily site; `briefs` by article id, else `a_brief`."""
    made = [an_entry(article, (briefs or {}).get(article.id)) for article in articles]
    entries = tuple(sorted(made, key=lambda e: (-e.published.timestamp(), e.id)))
    editions = tuple(_editions(entries) if editions is None else editions)
    address = overrides.get("url", "https://switchyard.example/")
    values: dict[str, Any] = {
        "title": "The Switchyard",
        "description": "A daily digest of AI infrastructure.",
        "url": address,
        "base": urls.base(address),
        "language": "en",
        "timezone": "UTC",
        "period": "day",
        "author": Author("The Switchyard"),
        "menu": (),
        "topics": _topics(entries),
        "people": subjects.entities("person", entries),
        "organisations": subjects.entities("organisation", entries),
        "places": subjects.entities("place", entries),
        "sources": subjects.sources(entries),
        "roll_ups": roll_ups.roll_ups(editions, 12),
        **dict.fromkeys(("stories", "corrected"), ()),
        "months": _months(entries, editions),
        "pages": (),
        **overrides,
    }
    return Site(entries=entries, editions=editions, **values)


def channels_of(site: Site) -> tuple[Channel, ...]:
    """A channel for the whole site, its editions, its corrections and each subject but places."""
    subjects_ = (*site.topics, *site.people, *site.organisations, *site.sources)
    return (
        Channel("site", site.title, site.description, urls.HOME, len(site.entries)),
        Channel("editions", f"{site.title}: editions", "Each edition.", urls.EDITIONS, len(site.editions)),
        Channel("corrections", f"{site.title}: corrections", "Each.", urls.CORRECTIONS, len(site.corrected)),
        *(
            Channel(it.kind, f"{site.title}: {it.name}", f"All on {it.name}.", it.url, len(it.entries))
            for it in subjects_
        ),
    )


def suppliers_of(site: Site) -> tuple[Health, ...]:
    """Sources that are asked for articles, one in each condition; the first has a page of its own here."""
    listing = next((subject.url for subject in (*site.sources, *site.topics)), "")
    then = {"asked": NOON, "worked": days_before(3), "faulted": NOON, "fault": "wire.example answers 500 <&>"}
    known: dict[Condition, dict[str, Any]] = {
        "failing": {"days": 3, **then, "articles": 12, "listing": listing},
        "shaky": {**then, "worked": None},
        "silent": {"days": 9, "asked": days_before(9), "worked": days_before(9)},
        "unasked": {},
        "well": {**then, "worked": NOON, "faulted": days_before(20)},
        "paused": {},
    }
    return tuple(Health(f"The {it} <Post>", f"{it}.example", it, **more) for it, more in known.items())


def day_title(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _editions(entries: Sequence[Entry]) -> list[Edition]:
    days = [(day, list(group)) for day, group in groupby(entries, key=lambda e: e.published.date())]
    links = [Link(day_title(day), urls.edition(day)) for day, _ in days]
    return [
        an_edition(
            [a_story(entry) for entry in group],
            day,
            number=len(days) - n,
            previous=links[n + 1] if n + 1 < len(days) else None,
            next=links[n - 1] if n else None,
        )
        for n, (day, group) in enumerate(days)
    ]


def _topics(entries: Sequence[Entry]) -> tuple[Subject, ...]:
    names = sorted({topic.title for entry in entries for topic in entry.topics})
    return tuple(
        Subject(
            "topic",
            name,
            _slug(name),
            urls.subject("topic", _slug(name)),
            tuple(e for e in entries if name in _names(e.topics)),
        )
        for name in names
    )


def _names(topics: Sequence[Link]) -> list[str]:
    return [topic.title for topic in topics]


def _months(entries: Sequence[Entry], editions: Sequence[Edition]) -> tuple[Month, ...]:
    return tuple(
        Month(
            year,
            month,
            urls.archive(year, month),
            tuple(e for e in editions if (e.start.year, e.start.month) == (year, month)),
            tuple(group),
        )
        for (year, month), group in groupby(entries, key=lambda e: (e.published.year, e.published.month))
    )


def days_before(days: float, start: datetime = NOON) -> datetime:
    return start - timedelta(days=days)


class Kept:
    """A cache in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def recall(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def keep(self, key: str, data: bytes) -> None:
        self.kept[key] = data
