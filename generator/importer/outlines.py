"""Lists of feeds (OPML) -> the feeds that they name."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.importer import addresses
from generator.importer.candidates import Document, Link
from generator.importer.decoding import decoded
from generator.importer.fields import plain


def feeds(document: Document) -> Iterator[Link]:
    """Give the feeds that an OPML file lists, each once, in its order, at any depth."""
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        root = etree.fromstring(
            decoded(document.data, document.charset)[0].encode("utf-8", "replace"), parser
        )
    except etree.XMLSyntaxError:
        return
    seen: set[str] = set()
    for outline in root.iter("{*}outline", "{*}Outline") if root is not None else ():
        given = {name.lower(): value for name, value in outline.attrib.items()}
        address = addresses.web_address(str(given.get("xmlurl", "")), document.url)
        if address and address not in seen:
            seen.add(address)
            yield Link(plain(str(given.get("title") or given.get("text") or "")), address)
