"""Feeds as whole files: well formed, true to where they stand, and leading to what is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator import urls
from generator.checks.survey import Survey
from generator.model import File

NAMES = tuple(urls.FEEDS.values())
ATOM = "{http://www.w3.org/2005/Atom}"
HERE = ("self", "alternate", "next", "prev", "prev-archive", "next-archive", "current", "first", "last")


@dataclass(frozen=True, slots=True)
class Unsound:
    """A feed, and what is wrong with it. `is_form`: it cannot be read; else an address in it is at fault."""

    path: str
    said: str
    is_form: bool = False


def unsound(files: Iterable[File], it: Survey) -> Iterator[Unsound]:
    """Look at every feed of the site."""
    for file in files:
        if _is_feed(file):
            try:
                read = _json(file.data) if file.path.endswith(".json") else _xml(file.data)
            except ValueError as error:
                yield Unsound(file.path, f"it cannot be read: {error}", is_form=True)
                continue
            yield from _addresses(file.path, read, it)


def _is_feed(file: File) -> bool:
    return file.path.rpartition("/")[2] in NAMES or file.origin.startswith("the feed of ")


@dataclass(frozen=True, slots=True)
class _Read:
    """Addresses of a feed: its own, those that lead on, and of enclosures with the length that it tells."""

    own: str
    leads: tuple[str, ...]
    enclosed: tuple[tuple[str, str], ...]


def _addresses(path: str, read: _Read, it: Survey) -> Iterator[Unsound]:
    if read.own and it.target(read.own, path).path != path:
        yield Unsound(path, f'it says that it stands at "{read.own}"')
    for address in read.leads:
        target = it.target(address, path)
        file = it.file(target.path) if target.path is not None else None
        if target.path is not None and file is None:
            yield Unsound(path, f'"{address}" is not there')
        elif file in it.pages and target.fragment not in ("", *it.pages[str(file)].ids):
            yield Unsound(path, f'"{address}" names a place that is not on its page')
    for address, length in read.enclosed:
        target = it.target(address, path)
        if target.path is not None and str(it.sizes.get(target.path)) != length:
            yield Unsound(path, f'"{address}" is not there, or not {length} bytes long')


def _xml(data: bytes) -> _Read:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    links = [(link.get("rel", "alternate"), link) for link in root.iter(f"{ATOM}link")]
    own = next((link.get("href", "") for rel, link in links if rel == "self"), "")
    leads = [link.get("href", "") for rel, link in links if rel in HERE]
    leads += [link.text or "" for link in root.iter("link")]
    enclosed = [(link.get("href"), link.get("length", "")) for rel, link in links if rel == "enclosure"]
    enclosed += [(it.get("url"), it.get("length", "")) for it in root.iter("enclosure")]
    return _Read(own, tuple(dict.fromkeys(filter(None, leads))), tuple(enclosed))


def _json(data: bytes) -> _Read:
    feed: dict[str, Any] = json.loads(data)
    items: list[dict[str, Any]] = feed.get("items", [])
    leads = [feed.get("home_page_url", ""), feed.get("next_url", ""), *(it.get("url", "") for it in items)]
    enclosed = [
        (part["url"], str(part.get("size_in_bytes", "")))
        for it in items
        for part in it.get("attachments", ())
    ]
    return _Read(feed.get("feed_url", ""), tuple(dict.fromkeys(filter(None, leads))), tuple(enclosed))
