"""What an item holds, as clean HTML: labelled lines, absolute addresses, nothing that runs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from generator import urls
from generator.model import Article, Correction, Edition, Entry, Instalment, Line, Site
from generator.text import direction

Kind = Literal["brief", "full", "excerpt"]

# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPAN = re.compile(r"<span\b[^>]*>|</span>")
OURS = re.compile(r'\b(href="site:|src="site:|href="#)([^"]*)"')


def of_article(site: Site, entry: Entry, article: Article, kind: Kind) -> str:
    """Give an article's brief, its text, or its summary alone; never nothing.

    Of a text that is not the site's to publish there is the brief where there would be the text.
    """
    if kind == "full" and entry.rights != "excerpt":
        return _turned(clean(full(site, entry, article)), entry)
    made = _summary(entry.brief.summary) if kind == "excerpt" else _brief(site, entry)
    told = clean("\n".join(made)) or _way_on(html.escape(urls.absolute(site.url, entry.url)), entry)
    return _turned(told, entry)


def of_correction(site: Site, entry: Entry, correction: Correction) -> str:
    """Give a correction's text, and the way to its article."""
    here = html.escape(urls.absolute(site.url, entry.url))
    way = f'<a href="{here}">The article as it stands now</a>'
    return _turned(clean(f"<p>{_text(correction.text)}</p>\n<p>{way}</p>"), entry)


def _turned(made: str, entry: Entry) -> str:
    """Say of a script that runs from right to left that it does: few readers tell by the language."""
    return f'<div dir="rtl">{made}</div>' if direction(entry.lang) == "rtl" else made


def of_edition(site: Site, edition: Edition, kind: Kind) -> str:
    """Give a whole edition: each of its stories with the brief of its lead, then what else came.

    Texts of a dozen articles in one item nobody reads: where items hold the full text, this holds briefs.
    """
    return clean("\n".join(_edition(site, edition, kind)))


def clean(written: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return FORBIDDEN.sub("", written)


def _edition(site: Site, edition: Edition, kind: Kind) -> Iterator[str]:
    for paragraph in filter(None, edition.note.split("\n\n")):
        yield f"<p>{_text(paragraph)}</p>"
    for story in edition.stories:
        yield f"<h2>{_link(site, story.lead)}</h2>"
        yield from _summary(story.lead.brief.summary) if kind == "excerpt" else _brief(site, story.lead)
        yield from _also(site, story)
    rest = [_link(site, entry) for entry in (*edition.more, *edition.again)]
    yield from _list("Also in this edition", rest)
    here = html.escape(urls.absolute(site.url, edition.url))
    yield f'<p><a href="{here}">{_text(edition.title)}, on one page</a></p>'


def _also(site: Site, story: Instalment) -> Iterator[str]:
    if story.others:
        yield f"<p><strong>Also told by:</strong> {' · '.join(_link(site, it) for it in story.others)}</p>"


def _link(site: Site, entry: Entry) -> str:
    return f'<a href="{html.escape(urls.absolute(site.url, entry.url))}">{_text(entry.headline)}</a>'


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
    brief, here = entry.brief, html.escape(urls.absolute(site.url, entry.url))
    if brief.summary:
        yield f"<p>{_lines(here, brief.summary)}</p>"
    if brief.why_it_matters:
        yield f"<p><strong>Why it matters:</strong> {_line(here, brief.why_it_matters)}</p>"
    yield from _list("Key points", [_line(here, line) for line in brief.key_points])
    figures = (
        f"<strong>{_text(' '.join(filter(None, [figure.value, figure.unit])))}</strong>: "
        f"{_line(here, figure.context)}"
        for figure in brief.key_figures
    )
    yield from _list("By the numbers", figures)
    yield from _list("What’s next", [_line(here, line) for line in brief.whats_next])
    yield _way_on(here, entry)


def _way_on(here: str, entry: Entry) -> str:
    read = [
        f'Read the article at <a href="{html.escape(source.url)}">{_text(source.name)}</a>'
        for source in entry.sources
        if source.url
    ]
    what = "brief" if entry.rights == "excerpt" else "full text"
    ways = " · ".join([*read, f'<a href="{here}">The {what}, with its evidence</a>'])
    return f"<p>{ways}</p>"


def _list(label: str, items: Iterable[str]) -> Iterator[str]:
    lines = "".join([f"<li>{item}</li>" for item in items])
    if lines:
        yield f"<p><strong>{label}</strong></p>\n<ul>{lines}</ul>"


def _lines(here: str, lines: Iterable[Line]) -> str:
    return " ".join([_line(here, line) for line in lines])


def _line(here: str, line: Line) -> str:
    places = "".join([f' <a href="{here}#{name}">[{name[1:]}]</a>' for name in line.evidence])
    return f"{_text(line.text)}{places}{_added(line)}"


def _added(line: Line) -> str:
    """Say of what an editor knows from elsewhere that it is not the article's."""
    if not line.source:
        return ""
    return f' (added by <a href="{html.escape(line.source)}">{_text(line.editor)}</a>)'


def _text(written: str) -> str:
    return html.escape(written, quote=False)
