"""Links, anchors and files that pages ask for and that are not there; pages that nothing leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from generator import urls
from generator.checks.survey import Survey, Target

Lack = Literal["page", "anchor", "file"]
TOP = "top"  # leads to a page's beginning on every page (HTML, 7.4.6.4)
DIRECTIVE = ":~:"  # what follows says to the browser what to mark: it names no place
SUGGESTED = 200  # names that a near one is looked for among


@dataclass(frozen=True, slots=True)
class Dead:
    """An address on a page that leads nowhere; `near` is one that would be meant, or empty."""

    page: str
    written: str
    lack: Lack
    target: Target
    near: str = ""


def dead(it: Survey) -> list[Dead]:
    """Find what pages lead to or load that the site does not hold."""
    found: list[Dead] = []
    ids: dict[str, frozenset[str]] = {}
    near = _Near(it)
    for page, seen in it.pages.items():
        for written in seen.links:
            target = it.target(written, page)
            if target.path is None:
                continue
            file = None if target.stray else it.file(target.path)
            if file is None:
                found.append(Dead(page, written, "page", target, near.to(target.path)))
            elif not _is_there(it, file, target.fragment, ids):
                found.append(Dead(page, written, "anchor", target, _like(target.fragment, ids[file])))
        for written in seen.loads:
            found += _missing(it, page, written, near)
    for path, written in ((path, one) for path, some in it.styles.items() for one in some):
        found += _missing(it, path, written, near)
    return found


def _missing(it: Survey, where: str, written: str, near: _Near) -> Iterator[Dead]:
    target = it.target(written, where)
    if target.path is not None and (target.stray or it.file(target.path) is None):
        yield Dead(where, written, "file", target, near.to(target.path))


def _is_there(it: Survey, file: str, fragment: str, ids: dict[str, frozenset[str]]) -> bool:
    name = fragment.partition(DIRECTIVE)[0]
    if not name or name.lower() == TOP or file not in it.pages:
        return True
    if file not in ids:
        ids[file] = frozenset(it.pages[file].ids)
    return name in ids[file]


def _like(fragment: str, known: Iterable[str]) -> str:
    name = fragment.removeprefix("t-")  # what an editor's own ids are given
    some = [one for one in known if not one[1:].isdigit()][:SUGGESTED]
    return next(iter(get_close_matches(name, some, n=1)), "")


class _Near:
    """Addresses that may be meant: the same but for its capitals, or nearly so in the same folder."""

    def __init__(self, it: Survey) -> None:
        self.site = it
        self.folded: dict[str, str] | None = None
        self.below: dict[str, list[str]] = {}

    def to(self, path: str) -> str:
        if self.folded is None:
            pages = [path.removesuffix("index.html") for path in self.site.pages]
            self.folded = {urls.folded(one.rstrip("/")): one for one in pages}
            for one in pages:
                self.below.setdefault(_above(one), []).append(one)
        wanted = urls.folded(path.strip("/"))
        if wanted in self.folded:
            return self.folded[wanted]
        beside = self.below.get(_above(path), [])[:SUGGESTED]
        return next(iter(get_close_matches(path, beside, n=1, cutoff=0.7)), "")


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0]


def unreached(it: Survey, wanted: Mapping[str, str]) -> list[str]:
    """Find the files of `wanted`, each with what it was made from, that no way leads to from the start."""
    home = it.file(urls.HOME)
    todo = [home] if home else []
    reached = set(todo)
    while todo:
        page = todo.pop()
        for written in it.pages[page].links:
            path = it.target(written, page).path
            file = it.file(path) if path is not None else None
            if file is not None and file in it.pages and file not in reached:
                reached.add(file)
                todo.append(file)
    return [path for path in wanted if path not in reached]


def outside(it: Survey) -> dict[str, list[tuple[str, str]]]:
    """Give each address on other sites (without its fragment): on which pages, and as written there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page, seen in it.pages.items():
        for written in (*seen.links, *seen.loads):
            target = it.target(written, page)
            if target.outside:
                found.setdefault(target.outside, []).append((page, written))
    return found
