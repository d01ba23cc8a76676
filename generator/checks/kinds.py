"""Of what kind the files of a site are: what weighs is mended by what it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from generator import urls

Kind = Literal[
    "pages", "pictures", "feeds", "search", "briefs as data", "fonts", "styles and scripts", "other"
]
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".html", ".htm"), "pages"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"), "pictures"),
    **dict.fromkeys((".woff", ".woff2", ".ttf", ".otf"), "fonts"),
    **dict.fromkeys((".css", ".js"), "styles and scripts"),
    **dict.fromkeys((".xml",), "feeds"),
}
FEEDS = frozenset((*urls.FEEDS.values(), urls.OPML))
OTHERS = frozenset((urls.SITEMAP,))


def kind(path: str) -> Kind:
    """Tell the kind of a file by its path on the site."""
    folder, _, name = path.rpartition("/")
    if f"{folder}/".startswith(urls.SEARCH) and name != "index.html":
        return "search"
    if name in FEEDS:
        return "feeds"
    if name == "brief.json":
        return "briefs as data"
    _, dot, suffix = name.rpartition(".")
    return "other" if name in OTHERS else SUFFIXES.get(f"{dot}{suffix}".lower(), "other")


def heaviest(sizes: Iterable[tuple[str, int]]) -> tuple[Kind, int]:
    """Find the kind that weighs most of some files with their sizes, and how much."""
    weights: dict[Kind, int] = {}
    for path, size in sizes:
        found = kind(path)
        weights[found] = weights.get(found, 0) + size
    return max(weights.items(), key=lambda it: (it[1], it[0]), default=("other", 0))
