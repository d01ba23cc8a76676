"""What would make a reader refuse an item, or show it wrongly; looked at once, where the item is made.

The rules are those of the W3C's feed validator (https://validator.w3.org/feed/docs/) and of JSON Feed 1.1
that content could break. What formats alone decide (nesting, escaping, required elements of a feed) is
written by libraries, and tests hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from generator.feeds.content import FORBIDDEN
from generator.feeds.items import Item, Told
from generator.model import Article, Entry
from generator.problems import Problem

LEEWAY = timedelta(days=1)  # the validator's, too: it may be tomorrow where an editor writes
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*+)((?:[^>\"]++|\"[^\"]*+\")*+)>")
ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*+)\"")
RUNS = frozenset(
    "applet base button embed form frame frameset iframe input link meta noscript object script select style"
    " template textarea".split()
)
ADDRESSES = frozenset("action cite data href longdesc poster src".split())
ABSOLUTE = re.compile(r"(?:https?://[^\s/]|mailto:[^\s])")
# Most items have neither: then their tags need not be looked at one by one, which takes ten times as long.
SUSPECT_TAG = re.compile(rf"<(?:{'|'.join(sorted(RUNS))})", re.IGNORECASE)
SUSPECT_VALUE = re.compile(rf"=\"(?!{ABSOLUTE.pattern})")
TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
ID = re.compile(r"tag:[^\s:]+,\d{4}(?:-\d\d){0,2}:\S+")


def faults(item: Item) -> Iterator[Problem]:
    """Tell what is wrong with an item's form."""
    if not ID.fullmatch(item.id):
        yield _problem(item, "feed-id", f'"{item.id}" is no tag: URI')
    if FORBIDDEN.search("\n".join((item.title, item.content, item.outlet, *item.authors, *item.topics))):
        yield _problem(item, "feed-character", "the item holds a character that no feed can hold")
    for address in filter(None, (item.url, item.via)):
        if not ABSOLUTE.match(address) or re.search(r"\s", address):
            yield _problem(item, "feed-link", f'"{address}" is no absolute address')
    for image in item.pictures:
        if image.bytes <= 0 or not TYPE.fullmatch(image.type):
            yield _problem(item, "feed-picture", f'"{image.url}" has no true length or type')
    yield from _markup(item)


def _markup(item: Item) -> Iterator[Problem]:
    text = item.content
    if not (SUSPECT_TAG.search(text) or SUSPECT_VALUE.search(text) or "srcset" in text):
        return
    for tag in TAG.finditer(text):
        name = tag[1].lower()
        if name in RUNS:
            yield _problem(item, "feed-markup", f"<{name}> has no place in a feed")
        for attribute, value in ATTRIBUTE.findall(tag[2]) if tag[2] else ():
            yield from _attribute(item, attribute.lower(), value)


def _attribute(item: Item, name: str, value: str) -> Iterator[Problem]:
    if name.startswith("on") or name == "style":
        yield _problem(item, "feed-markup", f'the attribute "{name}" has no place in a feed')
    addresses = [value] if name in ADDRESSES else []
    if name == "srcset":
        addresses = [part.split()[0] for part in value.split(",") if part.strip()]
    for address in addresses:
        if not ABSOLUTE.match(address):
            yield _problem(item, "feed-link", f'"{address}" leads nowhere from a feed')


def dates(told: Iterable[Told], articles: Mapping[str, Article], now: datetime | None) -> Iterator[Problem]:
    """Tell items of a time to come; without `now` any date is meant (a build that shows the future)."""
    for item in told if now else ():
        latest = max(item.date, item.updated)
        if item.entry and now and latest > now + LEEWAY:
            message = f"{latest:%Y-%m-%d} is yet to come, and readers would be told so"
            hint = "mend the date: `updated` or `corrections`, or `edited` in its brief file"
            yield Problem(_path(item.entry, articles), 1, 1, "feed-date", message, hint)


def repeated(entries: Iterable[Entry], articles: Mapping[str, Article]) -> Iterator[Problem]:
    """Tell articles that bear the id of another one."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            message = f'the id "{entry.id}" is that of another article too'
            yield Problem(_path(entry, articles), 1, 1, "feed-id", message, "give it another id")
        seen.add(entry.id)


def _path(entry: Entry, articles: Mapping[str, Article]) -> str:
    return f"content/{articles[entry.id].path}"


def _problem(item: Item, code: str, message: str) -> Problem:
    return Problem(item.path, 1, 1, code, message)
