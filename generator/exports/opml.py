"""feeds.opml: all that can be subscribed to, for any feed reader to import (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from generator import urls
from generator.model import Channel, ChannelKind, File, Site

# Folders of the list; what is of the whole site stands first, in none.
FOLDERS: dict[ChannelKind, str] = {
    "topic": "Topics",
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "source": "Sources",
}
# What xml.sax.saxutils does; but that loads all that the library can do on a network.
IN_QUOTES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)


def opml(site: Site, channels: Sequence[Channel]) -> File:
    """List every channel by the address of its RSS feed, those of subjects in a folder for each kind.

    It says no date: the same channels are the same bytes.
    """
    order = list(FOLDERS)
    ranked = sorted(channels, key=lambda channel: order.index(channel.kind) if channel.kind in order else -1)
    lines: list[str] = []
    for kind, group in groupby(ranked, key=lambda channel: FOLDERS.get(channel.kind, "")):
        outlines = [_outline(site, channel) for channel in group]
        if kind:
            name = _quoted(kind)
            outlines = [f"<outline text={name} title={name}>", *(f"  {it}" for it in outlines), "</outline>"]
        lines += outlines
    body, title = "".join(f"    {line}\n" for line in lines), escape(site.title, quote=False)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<opml version="2.0">\n'
        f"  <head>\n    <title>{title}</title>\n{_owner(site)}  </head>\n"
        f"  <body>\n{body}  </body>\n"
        "</opml>\n"
    )
    return File(urls.OPML, text.encode(), "the list of feeds")


def _owner(site: Site) -> str:
    if not site.author:
        return ""
    told = {"ownerName": site.author.name, "ownerEmail": site.author.email}
    return "".join(
        f"    <{name}>{escape(value, quote=False)}</{name}>\n" for name, value in told.items() if value
    )


def _outline(site: Site, channel: Channel) -> str:
    given = {
        "type": "rss",
        "text": channel.title,
        "title": channel.title,
        "description": channel.description,
        "xmlUrl": urls.absolute(site.url, urls.feed(channel.listing)),
        "htmlUrl": urls.absolute(site.url, channel.listing),
        "language": site.language,
    }
    told = " ".join(f"{name}={_quoted(value)}" for name, value in given.items() if value)
    return f"<outline {told}/>"


def _quoted(value: str) -> str:
    return f'"{value.translate(IN_QUOTES)}"'
