"""An HTML page -> the article on it. The only door to trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from lxml import html as lxml_html
from lxml.etree import LxmlError

from generator import text
from generator.importer import addresses, dates, markup, signs, structured, tei
from generator.importer.candidates import Candidate, Document, Link, Unfit
from generator.importer.decoding import GUESSED, decoded
from generator.importer.fields import LONGEST_TITLE, MOST_AUTHORS, language, licensed, plain
from generator.schema.documents import FORBIDDEN

DEEPEST = 256  # elements within elements, where libxml2 stops
NO_PAGE = "this is no page that could be read"
LEAST_WORDS = 25  # fewer are a notice, a paywall's teaser, or a page that a script makes
STUB_WORDS = 150  # a page that is not free and holds less is likely cut
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
DATES = (
    '//meta[@property="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="date" or @name="DC.date.issued" or @name="parsely-pub-date"]/@content',
    "//article//time[@pubdate]/@datetime",
    "//article//header//time/@datetime",
)


def page(document: Document, zone: ZoneInfo, least: int = LEAST_WORDS) -> Candidate | Unfit:
    """Find the article of a page, with what the page says of it; or say why there is none."""
    written, guessed = decoded(document.data, document.charset)
    parser = lxml_html.HTMLParser()
    tree = parsed(written, parser)
    is_cut = any("Excessive depth" in fault.message for fault in parser.error_log)
    if tree is None:
        return _too_deep(document) if is_cut else Unfit(document.found, "import-empty", NO_PAGE)
    base = _base(tree, document.url)
    url, elsewhere = addresses.claimed(document.url, _first(tree, CANONICAL))
    made = _extracted(written, base or url)
    if made is None:
        return _too_deep(document) if is_cut else _nothing(document, 0)
    body = tei.html_of(made.body)
    said = structured.said(tree)
    outlet = plain(_first(tree, OUTLETS) or said.outlet)
    title = _title(tree, said.headline, outlet or addresses.host(url)) or plain(made.title or "")
    _drop_title(body, title)
    words = markdown(body, base or url)
    count = text.word_count(words)
    if count < least or not title:
        return _too_deep(document) if is_cut else _nothing(document, count, free=said.free)
    terms, unclear = licensed((*_all(tree, LICENCES), said.license, made.license or ""), base or url)
    notes = [GUESSED] if guessed else []
    if is_cut:
        notes.append(f"it is nested deeper than {DEEPEST} elements: what lies deeper was not read")
    notes += signs.left_out(*body.itertext(), *_all(tree, NAMED))
    if elsewhere:
        notes.append(f"it says that it stands at {elsewhere}: that is another site, and not believed")
    published, unsure = dates.first([*said.published, *_all(tree, DATES), made.date or ""], zone)
    if not said.free and count < STUB_WORDS:
        notes.append(f"the page says that it is not free, and held {count} words: it may be cut")
    return Candidate(
        title=title[:LONGEST_TITLE],
        text=words,
        found=document.found,
        url=url,
        published=published,
        updated=dates.first([*said.modified, *_all(tree, MODIFIED)], zone)[0],
        authors=said.authors or _authors(made.author, tree),
        lang=language(_first(tree, ("/html/@lang", "/html/@xml:lang")) or said.lang),
        source=outlet or addresses.host(url),
        license=terms,
        description=plain(made.description or ""),
        notes=(*notes, *unsure, *unclear),
    )


CANONICAL = ('//link[@rel="canonical"]/@href', '//meta[@property="og:url"]/@content')
TITLES = ('//meta[@property="og:title" or @name="og:title"]/@content',)
NAMED = (*TITLES, "//title/text()", "//h1//text()", '//meta[@name="author"]/@content')
BETWEEN = re.compile(r"( [-|\u2013\u2014\u00b7\u2022\u00bb:] )")  # a title and its outlet
OUTLETS = ('//meta[@property="og:site_name" or @name="og:site_name"]/@content',)  # as it writes itself
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


def parsed(written: str, parser: Any = None) -> Any:
    """Parse HTML; None for what holds nothing."""
    sound = FORBIDDEN.sub("", written)
    sound = re.sub(r"^\s*<\?xml[^>]*\?>", "", sound)  # lxml takes no text that names an encoding
    if not sound.strip():
        return None
    try:
        return lxml_html.document_fromstring(sound, parser=parser)
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


def _too_deep(document: Document) -> Unfit:
    message = f"this page cannot be read: its elements are nested deeper than {DEEPEST}"
    return Unfit(document.found, "import-malformed", message, "save its text and import the file")


def _nothing(document: Document, count: int, *, free: bool = True) -> Unfit:
    why = "" if free else ", and says that it is not free"
    message = f"no article was found on this page: it holds {count} words of text{why}"
    hint = "pages behind a paywall or made by scripts cannot be read; save the text and import the file"
    return Unfit(document.found, "import-empty", message, hint)


def _title(tree: Any, headline: str, outlet: str) -> str:
    """Give the title that a page says it has; else its heading, else that of its window, without the outlet.

    trafilatura's would end at a dash or a colon.
    """
    window = plain(_first(tree, ("//head/title/text()", "//title/text()")))
    headings = [plain("".join(one.itertext())) for one in tree.iter("h1")]
    headings = [one for one in headings if one and one.casefold() != outlet.casefold()]
    heading = next((one for one in headings if one.casefold() in window.casefold()), "")
    told = plain(_first(tree, TITLES)) or headline or heading or ("" if headings else window)
    return _without(told, outlet)


def _without(title: str, outlet: str) -> str:
    """Give a title without the name of its outlet at either end."""
    for end in (0, -1):
        parts = BETWEEN.split(title)
        if len(parts) > 2 and parts[end].casefold() == outlet.casefold():  # noqa: PLR2004 -- a part, a mark, a part
            return "".join(parts[2:] if end == 0 else parts[:-2])
    return title


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


def _authors(written: str | None, tree: Any) -> tuple[str, ...]:
    """Give the names that trafilatura found, spelled as the page does: it writes them its own way."""
    names = [name for part in (written or "").split(";") if (name := plain(part)) and len(name) < 100]  # noqa: PLR2004
    said = plain(" ".join([*_all(tree, ("//meta/@content",)), *tree.itertext()])) if names else ""
    found = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.IGNORECASE) for name in names)
    spelled = (its[0] if its else name for its, name in zip(found, names, strict=True))
    return tuple(dict.fromkeys(spelled))[:MOST_AUTHORS]
