"""An HTML page -> the article on it. The only door to trafilatura."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from lxml import html as lxml_html
from lxml.etree import LxmlError

from generator import text
from generator.importer import addresses, dates, markup, tei
from generator.importer.candidates import Candidate, Document, Link, Unfit
from generator.importer.decoding import decoded
from generator.schema.documents import FORBIDDEN

LEAST_WORDS = 25  # fewer are a notice, a paywall's teaser, or a page that a script makes
STUB_WORDS = 150  # a page that is not free and holds less is likely cut
LONGEST_TITLE = 300
MOST_AUTHORS = 20
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ARTICLES = re.compile(r"\w*(?:Article|Posting|Report)|WebPage")
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3})\b)?"
)
PLAIN_LICENCES = {"zero": "CC0", "mark": "Public Domain Mark"}
DATES = (
    '//meta[@property="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="date" or @name="DC.date.issued" or @name="parsely-pub-date"]/@content',
    "//article//time[@pubdate]/@datetime",
    "//article//header//time/@datetime",
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What schema.org data on a page say of its article, as far as trafilatura does not pass it on."""

    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    license: str = ""
    lang: str = ""
    free: bool = True
    authors: tuple[str, ...] = field(default=())


def page(document: Document, zone: ZoneInfo, least: int = LEAST_WORDS) -> Candidate | Unfit:
    """Find the article of a page, with what the page says of it; or say why there is none."""
    written, guessed = decoded(document.data, document.charset)
    tree = parsed(written)
    if tree is None:
        return Unfit(document.found, "import-empty", "this is no page that could be read")
    base = _base(tree, document.url)
    url = addresses.claimed(document.url, _first(tree, CANONICAL))
    made = _extracted(written, base or url)
    if made is None:
        return _nothing(document, 0)
    body = tei.html_of(made.body)
    title = plain(made.title or _first(tree, ("//title/text()",)))
    _drop_title(body, title)
    words = markdown(body, base or url)
    count = text.word_count(words)
    said = _said(tree)
    if count < least or not title:
        return _nothing(document, count, free=said.free)
    notes = ["its charset was guessed"] if guessed else []
    if not said.free and count < STUB_WORDS:
        notes.append(f"the page says that it is not free, and held {count} words: it may be cut")
    return Candidate(
        title=title[:LONGEST_TITLE],
        text=words,
        found=document.found,
        url=url,
        published=dates.first([*said.published, *_all(tree, DATES), made.date or ""], zone),
        updated=dates.first([*said.modified, *_all(tree, MODIFIED)], zone),
        authors=said.authors or _authors(made.author),
        lang=language(_first(tree, ("/html/@lang", "/html/@xml:lang")) or said.lang),
        source=plain(made.sitename or "") or addresses.host(url),
        license=licence(_first(tree, LICENCES) or said.license or made.license or ""),
        description=plain(made.description or ""),
        notes=tuple(notes),
    )


CANONICAL = ('//link[@rel="canonical"]/@href', '//meta[@property="og:url"]/@content')
LICENCES = (
    '//head/link[@rel="license"]/@href',
    '//*[self::a or self::link][contains(concat(" ", @rel, " "), " license ")]/@href',
)
MODIFIED = ('//meta[@property="article:modified_time"]/@content', '//meta[@itemprop="dateModified"]/@content')


def feeds(document: Document) -> tuple[Link, ...]:
    """Give the feeds that a page names."""
    tree = parsed(decoded(document.data, document.charset)[0])
    if tree is None:
        return ()
    base = _base(tree, document.url)
    links = (link for link in tree.iter("link") if link.get("type", "").lower() in FEED_TYPES)
    return tuple(
        Link(plain(link.get("title") or ""), address)
        for link in links
        if (address := addresses.web_address(link.get("href") or "", base))
    )


def parsed(written: str) -> Any:
    """Parse HTML; None for what holds nothing."""
    sound = FORBIDDEN.sub("", written)
    sound = re.sub(r"^\s*<\?xml[^>]*\?>", "", sound)  # lxml takes no text that names an encoding
    if not sound.strip():
        return None
    try:
        return lxml_html.document_fromstring(sound)
    except (LxmlError, ValueError):
        return None


def markdown(root: Any, base: str, *, layout: bool = False, letter: bool = False) -> str:
    """Write an element as Markdown, its links absolute and without tracking."""

    def where(href: str) -> str:
        if href.strip().lower().startswith("mailto:"):
            return ""
        whole = addresses.web_address(href, base)
        return addresses.of_letter(whole) if letter else addresses.without_tracking(whole)

    try:
        return markup.markdown(root, where, layout=layout)
    except (markup.TooDeepError, RecursionError):
        return markup.of_text("\n\n".join(markup.texts(root)))


def fragment(written: str, base: str, *, letter: bool = False) -> str:
    """Write a piece of HTML, as feeds and letters hold it, as Markdown."""
    tree = parsed(written)
    return "" if tree is None else markdown(tree, base, layout=letter, letter=letter)


def plain(written: str) -> str:
    """Give words on one line, without what no feed can hold."""
    return " ".join(FORBIDDEN.sub("", written).split())


def language(written: str) -> str:
    """Give a language tag that can stand in front matter, or nothing."""
    told = written.strip().replace("_", "-")
    return told if LANGUAGE.fullmatch(told) and told.lower() not in ("und", "mul", "zxx") else ""


def licence(written: str) -> str:
    """Give a licence by its name where it is one of Creative Commons, else as it is written."""
    told = plain(written)[:300]
    found = CREATIVE_COMMONS.match(told)
    if not found:
        return told
    name = PLAIN_LICENCES.get(found[2], f"CC {found[2].upper()}")
    return " ".join(filter(None, [name, found[3], (found[4] or "").upper()]))


def _extracted(written: str, url: str) -> Any:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what is wrong is told by us
    tree = parsed(written)
    return trafilatura.bare_extraction(
        tree,
        url=url or None,
        include_comments=False,
        include_links=True,
        include_formatting=True,
        include_tables=True,
        with_metadata=True,
        # A date that stands anywhere in the text is mostly of something else.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _nothing(document: Document, count: int, *, free: bool = True) -> Unfit:
    why = "" if free else ", and says that it is not free"
    message = f"no article was found on this page: it holds {count} words of text{why}"
    hint = "pages behind a paywall or made by scripts cannot be read; save the text and import the file"
    return Unfit(document.found, "import-empty", message, hint)


def _drop_title(body: Any, title: str) -> None:
    """Take a first heading out that says what the title says."""
    for element in body.iter("h1", "h2"):
        if plain("".join(element.itertext())).casefold() == title.casefold():
            element.drop_tree() if hasattr(element, "drop_tree") else _removed(element)
        return


def _removed(element: Any) -> None:
    parent, tail = element.getparent(), element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail
    if parent is not None:
        parent.remove(element)


def _base(tree: Any, url: str) -> str:
    told = _first(tree, ("//head/base/@href",))
    return addresses.web_address(told, url) or url if told else url


def _all(tree: Any, paths: tuple[str, ...]) -> Iterator[str]:
    return (str(value) for path in paths for value in tree.xpath(path) if str(value).strip())


def _first(tree: Any, paths: tuple[str, ...]) -> str:
    return next(_all(tree, paths), "")


def _authors(written: str | None) -> tuple[str, ...]:
    names = (plain(name) for name in (written or "").split(";"))
    return tuple(dict.fromkeys(name for name in names if name and len(name) < 100))[:MOST_AUTHORS]  # noqa: PLR2004


def _said(tree: Any) -> _Said:
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            found = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(found, 0):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and ARTICLES.fullmatch(name) for name in names):
                said = _of_thing(thing)
                if said.published or said.license:
                    return said
    return _Said()


def _of_thing(thing: dict[str, Any]) -> _Said:
    def words(name: str) -> str:
        value = thing.get(name)
        value = value[0] if isinstance(value, list) and value else value
        value = (
            value.get("url") or value.get("@id") or value.get("name") if isinstance(value, dict) else value
        )
        return value if isinstance(value, str) else ""

    free = thing.get("isAccessibleForFree")
    authors = thing.get("author")
    some = authors if isinstance(authors, list) else [authors]
    names = (one.get("name") if isinstance(one, dict) else one for one in some)
    people = tuple(plain(name) for name in names if isinstance(name, str) and plain(name))
    return _Said(
        tuple(filter(None, [words("datePublished")])),
        tuple(filter(None, [words("dateModified")])),
        words("license"),
        words("inLanguage"),
        free is not False
        and str(free).lower() not in ("false", "http://schema.org/false", "https://schema.org/false"),
        tuple(name for name in people if not name.startswith("http") and len(name) < 100)[:MOST_AUTHORS],  # noqa: PLR2004
    )


def _things(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:  # noqa: PLR2004 -- a graph within a list within a page
        return
    if isinstance(value, list):
        for one in value[:200]:
            yield from _things(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _things(value.get("@graph"), depth + 1)
        yield from _things(value.get("mainEntity"), depth + 1)
