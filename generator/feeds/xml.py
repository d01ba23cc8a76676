"""RSS 2.0 and Atom, by feedgen; the only door to it.

feedgen leaves out what RSS may have from Atom (hub, archives), and pictures' measures: that is added to its
tree. Items are written once and pasted into each feed that shows them; their namespaces stand on the root.
"""

from __future__ import annotations

from typing import Any

from generator import urls
from generator.feeds.formats import GENERATOR, TTL, Head
from generator.feeds.items import Item
from generator.feeds.stylesheet import readable

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
HISTORY = "http://purl.org/syndication/history/1.0"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES = {"dc": DC, "media": MEDIA}


def rss_item(item: Item) -> str:
    """Write an item of RSS."""
    made = _entry(item)
    for topic in item.topics:
        made.category(term=topic)
    if item.via:
        made.source(url=item.via, title=item.outlet or item.via)
    element = made.rss_entry()
    for name in item.authors:
        _add(element, f"{{{DC}}}creator", name)
    if item.lang:
        _add(element, f"{{{DC}}}language", item.lang)
    return _alone(element, item)


def atom_entry(item: Item) -> str:
    """Write an entry of Atom."""
    from lxml import etree

    made = _entry(item)
    made.author([{"name": name} for name in item.authors])
    if item.via:
        made.link(href=item.via, rel="via", title=item.outlet or None)
    element = made.atom_entry()
    # feedgen 1.0 takes as long to look at an entry's categories as to write it.
    for topic in item.topics:
        etree.SubElement(element, "category", term=topic)
    # feedgen 1.0 writes nothing of an entry's links but their addresses.
    for link, given in zip(element.iterfind("link"), made.link(), strict=True):
        link.attrib.update({name: value for name, value in sorted(given.items()) if value})
    if item.lang:
        element.set(LANG, item.lang)
    return _alone(element, item)


def rss(head: Head, items: list[bytes]) -> bytes:
    """Put an RSS feed together from written items."""
    feed = _generator(head)
    feed.link(href=head.self, rel="self", type=urls.FEED_TYPES["rss"])
    feed.link(href=head.page, rel="alternate")  # the channel's link is the last one given, whatever its rel
    feed.ttl(str(TTL))
    root = _tree(feed.rss_str())
    _relations(root.find("channel"), head)
    return readable(_pasted(root, items, b"</channel>"), head)


def atom(head: Head, items: list[bytes]) -> bytes:
    """Put an Atom feed together from written entries."""
    feed = _generator(head)
    feed.link(href=head.page, rel="alternate", type="text/html")
    feed.link(href=head.self, rel="self", type=urls.FEED_TYPES["atom"])
    author = {"name": head.author.name, "email": head.author.email, "uri": head.author.url}
    feed.author({name: value for name, value in author.items() if value})
    root = _tree(feed.atom_str())
    root.set(LANG, head.language)
    _relations(root, head)
    return readable(_pasted(root, items, b"</feed>"), head)


def _entry(item: Item) -> Any:
    from feedgen.entry import FeedEntry

    made = FeedEntry()
    made.guid(item.id, permalink=False)
    made.title(item.title)
    made.content(item.content, type="html")
    made.link(href=item.url)
    made.published(item.published)
    made.updated(item.updated)
    for picture in item.pictures[:1]:
        made.enclosure(picture.url, picture.bytes, picture.type)
    return made


def _generator(head: Head) -> Any:
    import feedgen.feed
    from feedgen.ext.dc import DcExtension
    from feedgen.ext.media import MediaExtension

    _without_locale()
    feed = feedgen.feed.FeedGenerator()
    # By their names feedgen would look for them, and for modules that are not there, at every feed.
    feed.register_extension("dc", DcExtension)
    feed.register_extension("media", MediaExtension)
    feed.id(head.id)
    feed.title(head.title)
    feed.subtitle(head.description)
    feed.description(head.description)
    feed.language(head.language)
    feed.generator(GENERATOR)
    feed.lastBuildDate(head.updated)
    return feed


def _without_locale() -> None:
    """Keep feedgen from setting the locale of the whole process and back, under every other thread's feet."""
    from email.utils import format_datetime

    import feedgen.entry
    import feedgen.feed

    feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime


def _relations(element: Any, head: Head) -> None:
    """Add what a feed has beside it, before its items."""
    from lxml import etree

    places = {
        "hub": head.hub,
        "current": head.current,
        "prev-archive": head.before,
        "next-archive": head.after,
    }
    for relation, address in places.items():
        if address:
            etree.SubElement(element, f"{{{ATOM}}}link", rel=relation, href=address)
    if head.closed:
        etree.SubElement(element, f"{{{HISTORY}}}archive", nsmap={"fh": HISTORY})


def _alone(element: Any, item: Item) -> str:
    """Write an element as it stands in a feed: without what its root declares."""
    from lxml import etree

    for picture in item.pictures:
        measures = {"url": picture.url, "type": picture.type, "medium": "image"}
        measures |= {
            "fileSize": str(picture.bytes),
            "width": str(picture.width),
            "height": str(picture.height),
        }
        etree.SubElement(element, f"{{{MEDIA}}}content", measures)
    root = etree.Element("feed", nsmap=PREFIXES)
    root.append(element)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return text[text.index("\n") + 1 : text.rindex("</feed>")]


def _add(element: Any, name: str, text: str) -> None:
    from lxml import etree

    etree.SubElement(element, name).text = text


def _tree(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _pasted(root: Any, items: list[bytes], end: bytes) -> bytes:
    """Write a feed's head and paste its items in before `end`."""
    from lxml import etree

    text: bytes = etree.tostring(root, encoding="UTF-8", pretty_print=True)
    start = text.rindex(b"\n", 0, text.rindex(end)) + 1
    return b"".join((b"<?xml version='1.0' encoding='UTF-8'?>\n", text[:start], *items, text[start:]))
