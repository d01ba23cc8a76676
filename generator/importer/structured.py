"""schema.org data on a page (JSON-LD) -> what they say of its article that trafilatura does not pass on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from generator.importer.fields import MOST_AUTHORS, plain

ARTICLES = re.compile(r"\w*(?:Article|Posting|Report)|WebPage")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of its article."""

    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    license: str = ""
    lang: str = ""
    free: bool = True
    authors: tuple[str, ...] = field(default=())
    outlet: str = ""
    headline: str = ""


def said(tree: Any) -> Said:
    """Read what is said of the article of a page, of the first thing that says enough of one."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            found = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        things = list(_things(found, 0))
        by_id = {str(thing.get("@id")): thing for thing in things if thing.get("name")}
        for thing in things:
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and ARTICLES.fullmatch(name) for name in names):
                one = replace(_of_thing(thing), outlet=_name(thing.get("publisher"), by_id))
                if one.published or one.license or one.outlet:
                    return one
    return Said()


def _name(thing: Any, by_id: dict[str, dict[str, Any]]) -> str:
    """Give the name of a thing that is named, told by its id, or written out."""
    thing = thing[0] if isinstance(thing, list) and thing else thing
    if isinstance(thing, dict):
        thing = thing.get("name") or by_id.get(str(thing.get("@id")), {}).get("name")
    return plain(thing) if isinstance(thing, str) and not thing.startswith("http") else ""


def _of_thing(thing: dict[str, Any]) -> Said:
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
    headline = thing.get("headline")
    return Said(
        tuple(filter(None, [words("datePublished")])),
        tuple(filter(None, [words("dateModified")])),
        words("license"),
        words("inLanguage"),
        free is not False
        and str(free).lower() not in ("false", "http://schema.org/false", "https://schema.org/false"),
        tuple(name for name in people if not name.startswith("http") and len(name) < 100)[:MOST_AUTHORS],  # noqa: PLR2004
        headline=plain(headline) if isinstance(headline, str) else "",
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
