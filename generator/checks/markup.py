"""What a page of the site leads to, loads, and can be led to: read from its HTML, whoever wrote that."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ELEMENTS = (
    "a area link script img source iframe video audio track embed object input meta".split()
)  # that lead somewhere, or load something
LOADED = frozenset({"stylesheet", "preload", "modulepreload"})
SEEN = frozenset({"icon", "apple-touch-icon", "manifest"})
PREVIEWS = frozenset({"og:image", "twitter:image"})
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IN_STYLE = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+["']([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page writes it; `alt` is None where there is none, width and height as written."""

    source: str
    alt: str | None
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Addresses as a page writes them: where it leads, what it loads to be shown; its ids and pictures."""

    links: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


def page(data: bytes) -> Page:
    """Read a page as a browser without scripts would. Never raises: what is no HTML leads nowhere."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return Page()
    if root is None:
        return Page()
    links: dict[str, None] = {}
    loads: dict[str, None] = {}
    pictures = []
    for element in root.iter(*ELEMENTS):
        for address, loaded in _addresses(element):
            (loads if loaded else links)[sys.intern(address.strip())] = None
        if element.tag == "img":
            pictures.append(_picture(element))
    ids = (sys.intern(str(name)) for name in root.xpath("//@id | //a/@name"))
    return Page(tuple(links), tuple(loads), tuple(ids), tuple(dict.fromkeys(pictures)))


def _addresses(element: Any) -> Iterator[tuple[str, bool]]:
    """Give the addresses of an element, and whether a browser loads each to show the page."""
    given = element.attrib
    match element.tag:
        case "a" | "area":
            yield from ((given[name], False) for name in ("href",) if name in given)
        case "link":
            rel = set(given.get("rel", "").lower().split())
            if "href" in given and not rel & {"preconnect", "dns-prefetch"}:
                yield given["href"], bool(rel & LOADED)
        case "meta":
            if given.get("property", given.get("name", "")).lower() in PREVIEWS and given.get("content"):
                yield given["content"], False
        case "object":
            yield from ((given[name], True) for name in ("data",) if name in given)
        case "iframe":  # a page of its own, with a weight of its own
            yield from ((given[name], False) for name in ("src",) if given.get(name))
        case _:
            yield from ((given[name], True) for name in ("src", "poster") if given.get(name))
            # One of these is loaded, and which depends on the screen: that each is there is what counts.
            yield from (
                (part.split()[0], False) for part in given.get("srcset", "").split(",") if part.strip()
            )


def _picture(element: Any) -> Picture:
    given = element.attrib
    return Picture(
        given.get("src", "").strip(), given.get("alt"), given.get("width", ""), given.get("height", "")
    )


def style(data: bytes) -> tuple[str, ...]:
    """Give the addresses that a stylesheet loads, as written."""
    text = COMMENT.sub("", data.decode("utf-8", "replace"))
    found = (next(filter(None, match), "") for match in IN_STYLE.findall(text))
    return tuple(dict.fromkeys(address for address in found if address))
