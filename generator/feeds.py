"""Site -> RSS 2.0, for the whole site and for each topic; corrections too. The only door to feedgen."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from generator import urls
from generator.model import Article, Correction, Entry, File, Line, Site

GENERATOR = "Broadsheet"
TTL = "60"  # minutes that a reader may wait before it asks again
# Before anything was published there is no last change; feedgen would print the time of the build.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPAN = re.compile(r"<span\b[^>]*>|</span>")
OURS = re.compile(r'(="site:|href="#)([^"]*)"')


@dataclass(frozen=True, slots=True)
class Options:
    """How many items a feed holds, what an article's item holds, and who mints ids (`host,year`).

    Corrections are items too. The authority is asked for, never taken from the site's address: ids outlive
    a move.
    """

    authority: str
    items: int = 30
    content: Literal["brief", "full", "excerpt"] = "brief"


def render(site: Site, articles: Mapping[str, Article], options: Options) -> list[File]:
    """Render the site's feed and one for each topic, in the order of their entries.

    `articles` holds the article of every entry, by id. Nothing depends on the moment of the build: a
    feed's date is that of the latest `updated` among the entries that it shows.
    """
    made = [_feed(site, articles, options, urls.HOME, site.title, site.description, site.entries)]
    for topic in site.topics:
        title = f"{site.title}: {topic.name}"
        about = f"Everything on {topic.name} in {site.title}."
        made.append(_feed(site, articles, options, topic.url, title, about, topic.entries))
    return made


def _feed(
    site: Site,
    articles: Mapping[str, Article],
    options: Options,
    listing: str,
    title: str,
    about: str,
    entries: Sequence[Entry],
) -> File:
    shown = _items(entries, options.items)
    address = urls.feed(listing)
    feed = _generator()
    feed.title(_clean(title))
    feed.description(_clean(about) or _clean(title))
    # The channel's link is the last one given, whatever its rel.
    feed.link(href=urls.absolute(site.url, address), rel="self", type="application/rss+xml")
    feed.link(href=urls.absolute(site.url, listing), rel="alternate")
    feed.language(site.language)
    feed.generator(GENERATOR)
    feed.ttl(TTL)
    feed.lastBuildDate(max((item.entry.updated for item in shown), default=NEVER))
    for item in shown:
        made = feed.add_entry(order="append")
        if item.correction:
            _correction(made, site, item, item.correction, options)
        else:
            _entry(made, site, item.entry, articles[item.entry.id], options)
    return File(address, feed.rss_str(pretty=True), f"the feed of {title}")


@dataclass(frozen=True, slots=True)
class _Item:
    """An article, or one correction of it: the `number`th of its day."""

    date: datetime
    entry: Entry
    correction: Correction | None = None
    number: int = 0


def _items(entries: Sequence[Entry], limit: int) -> list[_Item]:
    """Articles and their corrections, each with its own date, newest first."""
    items = [_Item(entry.published, entry) for entry in entries[:limit]]
    items += [item for entry in entries if entry.corrections for item in _corrections(entry)]
    return sorted(items, key=lambda item: (-item.date.timestamp(), item.entry.id, -item.number))[:limit]


def _corrections(entry: Entry) -> Iterator[_Item]:
    """Number corrections within their day from the oldest on: a later one changes no number."""
    days: Counter[date] = Counter()
    for correction in reversed(entry.corrections):
        day = correction.date.date()
        days[day] += 1
        yield _Item(correction.date, entry, correction, days[day])


def _generator() -> Any:
    from email.utils import format_datetime

    import feedgen.entry
    import feedgen.feed

    # feedgen's own sets the locale of the whole process and back, under every other thread's feet.
    feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime
    feed = feedgen.feed.FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    return feed


def _correction(made: Any, site: Site, item: _Item, correction: Correction, options: Options) -> None:
    entry, day = item.entry, f"{correction.date:%Y-%m-%d}"
    here = urls.absolute(site.url, entry.url)
    made.guid(urls.tag(options.authority, entry.id, "correction", day, str(item.number)), permalink=False)
    made.title(_clean(f"Correction: {entry.headline}"))
    made.link(href=here)
    made.published(correction.date)
    way = f'<a href="{html.escape(here)}">The article as it stands now</a>'
    made.description(_clean(f"<p>{_text(correction.text)}</p>\n<p>{way}</p>"))
    for topic in entry.topics:
        made.category(term=_clean(topic.title))


def _entry(made: Any, site: Site, entry: Entry, article: Article, options: Options) -> None:
    made.guid(urls.tag(options.authority, entry.id), permalink=False)
    made.title(_clean(entry.headline))
    made.link(href=urls.absolute(site.url, entry.url))
    made.published(entry.published)
    made.description(_clean(_content(site, entry, article, options.content)))
    if entry.authors:
        made.dc.dc_creator([_clean(name) for name in entry.authors])
    for topic in entry.topics:
        made.category(term=_clean(topic.title))
    named = next((source for source in entry.sources if source.url), None)
    if named and named.url:
        made.source(url=_clean(named.url), title=_clean(named.name))


def _content(site: Site, entry: Entry, article: Article, kind: str) -> str:
    if kind == "full":
        return full(site, entry, article)
    return "\n".join(_brief(site, entry) if kind == "brief" else _summary(entry.brief.summary))


def full(site: Site, entry: Entry, article: Article) -> str:
    """Give an article's text with absolute addresses, without the places of its sentences."""
    here = urls.absolute(site.url, entry.url)

    def absolute(found: re.Match[str]) -> str:
        start, target = found[1], html.unescape(found[2])
        address = f"{here}#{target}" if start.endswith("#") else urls.absolute(site.url, target)
        return f'{start.partition("=")[0]}="{html.escape(address)}"'

    return OURS.sub(absolute, _without_places(article.html))


def _without_places(made: str) -> str:
    """Take the spans around sentences out; an author's own spans stay."""
    ours: list[bool] = []

    def keep(found: re.Match[str]) -> str:
        if found[0] != "</span>":
            ours.append('class="s"' in found[0])
            return "" if ours[-1] else found[0]
        return "" if ours and ours.pop() else found[0]

    return SPAN.sub(keep, made)


def _summary(lines: Sequence[Line]) -> Iterator[str]:
    if lines:
        yield f"<p>{' '.join(_text(line.text) + _added(line) for line in lines)}</p>"


def _brief(site: Site, entry: Entry) -> Iterator[str]:
    """Give the brief as labelled lines, each leading to its sentence, and the way to the article."""
    brief = entry.brief
    if brief.summary:
        yield f"<p>{_lines(site, entry, brief.summary)}</p>"
    if brief.why_it_matters:
        yield f"<p><strong>Why it matters:</strong> {_lines(site, entry, [brief.why_it_matters])}</p>"
    yield from _list("Key points", (_lines(site, entry, [line]) for line in brief.key_points))
    figures = (
        f"<strong>{_text(' '.join(filter(None, [figure.value, figure.unit])))}</strong>: "
        f"{_lines(site, entry, [figure.context])}"
        for figure in brief.key_figures
    )
    yield from _list("By the numbers", figures)
    yield from _list("What’s next", (_lines(site, entry, [line]) for line in brief.whats_next))
    yield _way_on(site, entry)


def _way_on(site: Site, entry: Entry) -> str:
    here = html.escape(urls.absolute(site.url, entry.url))
    read = [
        f'Read the article at <a href="{html.escape(source.url)}">{_text(source.name)}</a>'
        for source in entry.sources
        if source.url
    ]
    ways = " · ".join([*read, f'<a href="{here}">The full text, with its evidence</a>'])
    return f"<p>{ways}</p>"


def _list(label: str, items: Iterable[str]) -> Iterator[str]:
    lines = "".join(f"<li>{item}</li>" for item in items)
    if lines:
        yield f"<p><strong>{label}</strong></p>\n<ul>{lines}</ul>"


def _lines(site: Site, entry: Entry, lines: Iterable[Line]) -> str:
    here = html.escape(urls.absolute(site.url, entry.url))
    return " ".join(
        _text(line.text)
        + "".join(f' <a href="{here}#{name}">[{name[1:]}]</a>' for name in line.evidence)
        + _added(line)
        for line in lines
    )


def _added(line: Line) -> str:
    """Say of what an editor knows from elsewhere that it is not the article's."""
    where = html.escape(line.source)
    return f' (added by <a href="{where}">{_text(line.editor)}</a>)' if line.source else ""


def _text(written: str) -> str:
    return html.escape(written, quote=False)


def _clean(written: str) -> str:
    return FORBIDDEN.sub("", written)
