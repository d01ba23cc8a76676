"""What a page says of itself to machines: JSON-LD in the terms of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator import urls
from generator.model import Article, Edition, Entry, Image, Link, Page, RollUp, Site
from generator.pages.frame import Meta, Theme
from generator.pages.mentions import addresses

Data = dict[str, Any]

# What would end a script element, begin a comment in it, or break a line of it.
UNSAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
TYPES = {"person": "Person", "organisation": "Organization", "place": "Place"}  # of schema.org
APART = ("article", "standing", "subscribe", "search", "briefs", "missing", "alias")  # that list nothing


def data(page: Page) -> str:
    """JSON-LD of a page, safe within a script element; empty for one that is not to be found."""
    context = page.context
    meta: Meta = context["page"]
    if not meta.listed:
        return ""
    site, theme = context["site"], context["theme"]
    logo = context["assets"].get("logo", "")
    publisher = _publisher(site, theme, logo)
    graph = [_page(site, context, meta, publisher)]
    graph.append(_site(site, publisher) if meta.kind == "home" else _breadcrumbs(site, meta))
    made = {"@context": "https://schema.org", "@graph": graph}
    written = WRITER.encode(made)
    for sign, safe in UNSAFE.items():  # str.translate takes ten times as long on what is not ASCII
        written = written.replace(sign, safe)
    return written


def _page(site: Site, context: Mapping[str, Any], meta: Meta, publisher: Data) -> Data:
    if meta.kind == "article":
        return _article(site, context["entry"], context["article"], meta, publisher)
    url = urls.absolute(site.url, meta.url)
    made: Data = {
        "@type": "WebPage" if meta.kind in APART else "CollectionPage",
        "@id": url,
        "url": url,
        "name": meta.title,
        "inLanguage": meta.lang,
        "isPartOf": {"@id": f"{site.url}#site"},
    }
    if meta.description:
        made["description"] = meta.description
    edition: Edition | None = context.get("edition")
    issue: Edition | RollUp | None = edition or context.get("roll_up")
    if issue is not None:
        made["mainEntity"] = _stories(site, issue)
    if edition is not None and edition.updated:
        made["dateModified"] = edition.updated.isoformat()
    return made


def _article(site: Site, entry: Entry, article: Article, meta: Meta, publisher: Data) -> Data:
    """NewsArticle; what the brief says of it is there only where the brief says it."""
    url = urls.absolute(site.url, entry.url)
    brief = entry.brief
    made: Data = {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": meta.canonical,
        "headline": entry.headline,
        "datePublished": entry.published.isoformat(),
        "dateModified": entry.updated.isoformat(),
        "inLanguage": entry.lang,
        "wordCount": "" if entry.rights == "excerpt" else entry.words,
        "isAccessibleForFree": True,
        "author": _authors(entry) or [publisher],
        "publisher": publisher,
        "isPartOf": {
            "@type": "PublicationIssue",
            "name": entry.edition.title,
            "url": urls.absolute(site.url, entry.edition.url),
        },
        "isBasedOn": [source.url for source in entry.sources if source.url],
        "about": [_thing(site, topic) for topic in entry.topics],
        "mentions": list(_mentions(site, entry)),
        "image": _images(site, (meta.image, *article.images)),
        "license": article.license if entry.rights == "full" and urls.is_absolute(article.license) else "",
        "abstract": " ".join(line.text for line in brief.summary),
        "articleSection": entry.topics[0].title if entry.topics else "",
        "correction": [
            {"@type": "CorrectionComment", "text": it.text, "datePublished": it.date.isoformat()}
            for it in entry.corrections
        ],
    }
    return {name: value for name, value in made.items() if value not in ("", [])}


def _authors(entry: Entry) -> list[Data]:
    """Who wrote it; where nobody is named, the outlets that it came from."""
    people = [{"@type": "Person", "name": name} for name in entry.authors]
    return people or [{"@type": "Organization", "name": source.name} for source in entry.sources]


def _mentions(site: Site, entry: Entry) -> Iterator[Data]:
    """Who and where, each by its kind; those that have a page here with its address."""
    address = addresses(entry)
    for kind, mention in entry.brief.entities:
        url = address(kind, mention)
        page = {"url": urls.absolute(site.url, url)} if url else {}
        yield {"@type": TYPES[kind], "name": mention.name, **page}
    for mention in entry.brief.names:
        yield {"@type": "Thing", "name": mention.name}


def _images(site: Site, images: Iterable[Image | None]) -> list[Data]:
    distinct = {image.url: image for image in images if image}
    return [
        {
            "@type": "ImageObject",
            "url": urls.absolute(site.url, image.url),
            "width": image.width,
            "height": image.height,
            **({"caption": image.caption} if image.caption else {}),
        }
        for image in distinct.values()
    ]


def _publisher(site: Site, theme: Theme, logo: str) -> Data:
    made: Data = {"@type": "Organization", "name": site.title, "url": site.url}
    if site.author and site.author.name != site.title:
        made["name"] = site.author.name
        if site.author.url:
            made["url"] = urls.absolute(site.url, site.author.url)
    if logo and theme.logo:
        made["logo"] = {
            "@type": "ImageObject",
            "url": urls.absolute(site.url, logo),
            "width": theme.logo.width,
            "height": theme.logo.height,
        }
    if theme.social:
        made["sameAs"] = [link.url for link in theme.social]
    return made


def _site(site: Site, publisher: Data) -> Data:
    made: Data = {"@type": "WebSite", "@id": f"{site.url}#site", "url": site.url, "name": site.title}
    if site.description:
        made["description"] = site.description
    return {**made, "inLanguage": site.language, "publisher": publisher}


def _stories(site: Site, issue: Edition | RollUp) -> Data:
    """List an edition's stories by their leads, in order."""
    leads = [story.lead for story in issue.stories]
    return {
        "@type": "ItemList",
        "numberOfItems": len(leads),
        "itemListElement": [
            _item(n, entry.headline, urls.absolute(site.url, entry.url)) for n, entry in enumerate(leads, 1)
        ],
    }


def _breadcrumbs(site: Site, meta: Meta) -> Data:
    steps = (Link(site.title, urls.HOME), *meta.trail, Link(meta.title, meta.url))
    items = [
        _item(n, step.title, urls.absolute(site.url, step.url), "item") for n, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _item(position: int, name: str, url: str, key: str = "url") -> Data:
    return {"@type": "ListItem", "position": position, "name": name, key: url}


def _thing(site: Site, link: Link) -> Data:
    return {"@type": "Thing", "name": link.title, "url": urls.absolute(site.url, link.url)}
