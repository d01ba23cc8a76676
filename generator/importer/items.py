"""What items of feeds have in common, whatever form they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from generator import text
from generator.importer import addresses, markup, pages
from generator.importer.candidates import Candidate, Document, Harvest, Unfit
from generator.importer.decoding import GUESSED
from generator.importer.fields import LONGEST_TITLE, MOST_AUTHORS

WHOLE = 80  # words from which the content of an item is taken for all of it
CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read more|continue reading|weiterlesen|lire la suite|seguir leyendo)\W*)$",
    re.IGNORECASE,
)
TITLE_WORDS = 12  # of the text, for an item without a title


def noted(made: Iterable[Candidate | Unfit], *, guessed: bool) -> Iterator[Candidate | Unfit]:
    """Say of each item that holds more than ASCII that its signs were guessed, where they were."""
    for one in made:
        if guessed and isinstance(one, Candidate) and not (one.title + one.text).isascii():
            yield one.noting(GUESSED)
        else:
            yield one


def harvested(kind: str, made: Iterable[Candidate | Unfit], unfit: Iterable[Unfit], title: str) -> Harvest:
    some = _told_apart(list(made))
    return Harvest(
        kind,
        tuple(one for one in some if isinstance(one, Candidate)),
        unfit=(*unfit, *(one for one in some if isinstance(one, Unfit))),
        title=title,
    )


def _told_apart(made: list[Candidate | Unfit]) -> list[Candidate | Unfit]:
    """Tell items apart by their anchors where one page holds several, as a list of changes does.

    What such a page says is not of one of them: their text is what the feed has.
    """
    anchors: dict[str, set[str]] = {}
    for one in made:
        if isinstance(one, Candidate) and one.url:
            anchors.setdefault(addresses.key(one.url), set()).add(addresses.anchor(one.found))
    return [
        replace(one, url=addresses.without_tracking(one.found), more="", apart=True)
        if isinstance(one, Candidate) and len(anchors.get(addresses.key(one.url), ())) > 1
        else one
        for one in made
    ]


def item(
    *, name: str, link: str, mark: str, title: str, content: str, summary: str, source: str, **rest: Any
) -> Candidate | Unfit:
    written = content if len(content) >= len(summary) else summary
    if not written and not link:
        return Unfit(name, "import-empty", "this item of the feed has neither text nor address")
    whole = text.word_count(written) >= WHOLE and not CUT.search(written.rstrip("\\[]()* "))
    rest["authors"] = tuple(dict.fromkeys(filter(None, rest["authors"])))[:MOST_AUTHORS]
    return Candidate(
        title=(title or _opening(written) or link)[:LONGEST_TITLE],
        text=written,
        found=name,
        url=addresses.of_item(link),
        mark=mark[:500],
        source=source or addresses.host(link),
        more="" if whole else link,
        **rest,
    )


def _opening(written: str) -> str:
    """Give the first words of a text as a title, for an item without one."""
    words = re.sub(r"\\(.)|[*`#>]", r"\1", re.sub(r"\]\([^)]*\)|\[", "", written)).split()
    words = unescape(" ".join(words)).split()
    return f"{' '.join(words[:TITLE_WORDS])} …" if len(words) > TITLE_WORDS else " ".join(words)


def address_of(written: str, document: Document) -> str:
    """Give the address of an item: the feed's own is none, and may hold a key."""
    made = addresses.web_address(written, document.url)
    return "" if made.partition("#")[0] == document.url.partition("#")[0] else made


def markdown_of(value: str, kind: str, base: str, document: Document) -> str:
    """Write a part of an item; what is named text and holds tags is HTML all the same.

    A link within the item, or to nothing, would lead to the feed: its words stay.
    """
    if kind == "text/plain" and not re.search(r"</?[a-zA-Z][^>]*>", value):
        return markup.of_text(value)
    made = pages.fragment(value, base)
    own = addresses.web_address(document.url).partition("#")[0]
    return re.sub(rf"\[([^\]]*)\]\(<?{re.escape(own)}(?:#[^)\s>]*)?>?\)", r"\1", made) if own else made


def whole(entry: Candidate, page: Candidate) -> Candidate:
    """Give an item of a feed the text of its page, and what else only the page says."""
    if text.word_count(page.text) < text.word_count(entry.text):
        return replace(entry, more="")
    place = page.url and addresses.key(page.url) == addresses.key(entry.url) and addresses.anchor(entry.url)
    return replace(
        entry,
        text=page.text,
        url=f"{page.url}#{place}" if place else page.url or entry.url,
        more="",
        way="" if addresses.key(page.url) == addresses.key(entry.url) else entry.url,
        published=entry.published or page.published,
        authors=entry.authors or page.authors,
        lang=page.lang or entry.lang,
        source=entry.source or page.source,
        license=entry.license or page.license,
        notes=(*entry.notes, *page.notes),
    )
