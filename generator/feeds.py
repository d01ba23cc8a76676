"""Site -> RSS 2.0, for the whole site and for each topic. The only door to feedgen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from generator import urls
from generator.model import Article, Entry, File, Line, Site

GENERATOR = "Broadsheet"
TTL = "60"  # minutes that a reader may wait before it asks again
# Before anything was published there is no last change; feedgen would print the time of the build.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Options:
    """How many entries a feed holds, what an entry holds, and who mints ids (`host,year`)."""

    authority: str
    items: int = 30
    content: Literal["brief", "full", "excerpt"] = "brief"


def render(site: Site, articles: Mapping[str, Article], options: Options) -> list[File]:
    """Render the site's feed and one for each topic, newest entries first.

    Nothing in them depends on the moment of the build: a feed's date is that of its last change.
    """
    made = [
        _feed(site, articles, options, urls.HOME, site.title, site.description or site.title, site.entries)
    ]
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
    from feedgen.feed import FeedGenerator

    shown = entries[: options.items]
    address = urls.feed(listing)
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.id(urls.absolute(site.url, address))
    feed.title(_clean(title))
    feed.description(_clean(about))
    # The channel's link is the last one given, whatever its rel.
    feed.link(href=urls.absolute(site.url, address), rel="self", type="application/rss+xml")
    feed.link(href=urls.absolute(site.url, listing), rel="alternate")
    feed.language(site.language)
    feed.generator(GENERATOR)
    feed.ttl(TTL)
    feed.lastBuildDate(max((entry.updated for entry in shown), default=NEVER))
    for entry in shown:
        _entry(feed.add_entry(order="append"), site, entry, articles[entry.id], options)
    return File(address, feed.rss_str(pretty=True), f"the feed of {title}")


def _entry(made: Any, site: Site, entry: Entry, article: Article, options: Options) -> None:
    made.guid(urls.tag(options.authority, entry.id), permalink=False)
    made.title(_clean(article.title))
    made.link(href=urls.absolute(site.url, entry.url))
    made.published(entry.published)
    made.updated(entry.updated)
    made.description(_clean(_content(site, entry, article, options.content)))
    if entry.authors:
        made.dc.dc_creator([_clean(name) for name in entry.authors])
    for topic in entry.topics:
        made.category(term=_clean(topic.title))
    named = next((source for source in entry.sources if source.url), None)
    if named and named.url:
        made.source(url=named.url, title=_clean(named.name))


def _content(site: Site, entry: Entry, article: Article, kind: str) -> str:
    if kind == "full":
        return full(site, entry, article)
    return "\n".join(_brief(site, entry) if kind == "brief" else _summary(site, entry))


def full(site: Site, entry: Entry, article: Article) -> str:
    """Give an article's text with absolute addresses, without the places of its sentences."""
    here = urls.absolute(site.url, entry.url)
    made = re.sub(r'<span class="s"(?: id="s\d+")?>', "<span>", article.html)
    made = made.replace('href="#', f'href="{html.escape(here)}#')
    return made.replace('="site:', f'="{html.escape(site.url)}')


def _summary(site: Site, entry: Entry) -> Iterator[str]:
    if entry.brief.summary:
        yield f"<p>{_lines(site, entry, entry.brief.summary)}</p>"


def _brief(site: Site, entry: Entry) -> Iterator[str]:
    """Give the brief as labelled lines, each leading to its sentence, and the way to the article."""
    brief = entry.brief
    yield from _summary(site, entry)
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
    here = html.escape(urls.absolute(site.url, entry.url))
    links = [f'<a href="{here}">The full text, with the evidence for each line</a>']
    links += [
        f'<a href="{html.escape(source.url)}">{_text(source.name)}</a>'
        for source in entry.sources
        if source.url
    ]
    yield f"<p>{' · '.join(links)}</p>"


def _list(label: str, items: Iterable[str]) -> Iterator[str]:
    lines = "".join(f"<li>{item}</li>" for item in items)
    if lines:
        yield f"<p><strong>{label}</strong></p>\n<ul>{lines}</ul>"


def _lines(site: Site, entry: Entry, lines: Iterable[Line]) -> str:
    here = html.escape(urls.absolute(site.url, entry.url))
    return " ".join(
        _text(line.text) + "".join(f' <a href="{here}#{name}">[{name[1:]}]</a>' for name in line.evidence)
        for line in lines
    )


def _text(written: str) -> str:
    return html.escape(written, quote=False)


def _clean(written: str) -> str:
    return FORBIDDEN.sub("", written)
