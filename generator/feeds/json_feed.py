"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from generator.feeds.formats import Head
from generator.feeds.items import Item
from generator.schema.records import indented

VERSION = "https://jsonfeed.org/version/1.1"


def item(made: Item) -> str:
    """Write an item, on a line."""
    picture = made.pictures[0].url if made.pictures else ""
    attachments = [
        {"url": it.url, "mime_type": it.type, "size_in_bytes": it.bytes}
        | ({"title": it.alt} if it.alt else {})
        for it in made.pictures
    ]
    told = {
        "id": made.id,
        "url": made.url,
        "external_url": made.via,
        "title": made.title,
        "content_html": made.content,
        "image": picture,
        "date_published": made.published.isoformat(),
        "date_modified": made.updated.isoformat(),
        "authors": [{"name": name} for name in made.authors],
        "tags": list(made.topics),
        "language": made.lang,
        "attachments": attachments,
    }
    return json.dumps(
        {key: value for key, value in told.items() if value or key == "content_html"}, ensure_ascii=False
    )


def feed(head: Head, items: list[bytes]) -> bytes:
    """Put a feed together from written items."""
    author = {"name": head.author.name, "url": head.author.url}
    told: dict[str, Any] = {
        "version": VERSION,
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": head.self,
        "description": head.description,
        "next_url": head.rest,
        "authors": [{key: value for key, value in author.items() if value}],
        "language": head.language,
        "hubs": [{"type": "WebSub", "url": head.hub}] if head.hub else [],
    }
    written = indented({key: value for key, value in told.items() if value})
    return b'%s,\n "items": [\n%s\n ]\n}\n' % (written.removesuffix(b"\n}"), b",\n".join(items))
