"""What pages and the whole site weigh, against what readers and hosts bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal

from generator.checks.survey import Survey, loaded

UNITS = {"": 1, "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KIB": 1024, "MIB": 1024**2, "GIB": 1024**3}
AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMG]i?B|B|)", re.IGNORECASE)
NEARLY = 0.8  # of what is allowed: time to look for another place


@dataclass(frozen=True, slots=True)
class Budget:
    """The most bytes of a page with all that it loads, of a picture, of one file and of the site; its files.

    GitHub Pages publishes up to 1 GB, and git on GitHub takes no file of 100 MiB. It writes to who serves
    more than 100 GB a month: pages of 1 MB are 100,000 views. 1 MB takes five seconds on a slow phone's
    1.6 Mbit/s. A deployment has ten minutes; the number of files is not limited, unless another host does.
    """

    page: int = 1_000_000
    picture: int = 500_000
    file: int = 100 * 1024**2
    site: int = 1_000_000_000
    files: int = 0  # no limit


def budget(written: str, standing: Budget) -> Budget:
    """Read `page=1MB,site=900MB` over a standing budget. Raises ValueError with what is wrong."""
    known = {one.name for one in fields(Budget)}
    for part in filter(None, (part.strip() for part in written.split(","))):
        name, _, amount = part.partition("=")
        if name.strip() not in known:
            raise ValueError(f'"{name.strip()}" is none of {", ".join(one.name for one in fields(Budget))}')
        standing = replace(standing, **{name.strip(): _amount(amount.strip(), part)})
    return standing


def _amount(written: str, part: str) -> int:
    found = AMOUNT.fullmatch(written)
    if not found:
        raise ValueError(f'"{part}" is no amount: write it as page=1MB or files=20000')
    return round(float(found[1]) * UNITS[found[2].upper()])


@dataclass(frozen=True, slots=True)
class Heavy:
    """What weighs more than it may: a page (with the largest thing that it loads), a file, or the site.

    `is_near` says that it may yet, and only just.
    """

    what: Literal["page", "file", "site", "files"]
    path: str
    weight: int
    limit: int
    largest: str = ""
    is_near: bool = False


def heavy(it: Survey, most: Budget) -> Iterator[Heavy]:
    """Find what is over the budget, pictures apart; a limit of 0 is none."""
    for page in it.pages:
        yield from _page(it, page, most.page)
    for path, size in it.sizes.items():
        if most.file and size > most.file:
            yield Heavy("file", path, size, most.file)
    yield from _whole("site", sum(it.sizes.values()), most.site)
    yield from _whole("files", len(it.sizes), most.files)


def _page(it: Survey, page: str, most: int) -> Iterator[Heavy]:
    parts = {page: it.sizes[page]}
    for where, address in loaded(it, page):
        path = it.target(address, where).path
        file = it.file(path) if path is not None else None
        if file:
            parts[file] = it.sizes[file]
    weight = sum(parts.values())
    if most and weight > most:
        yield Heavy("page", page, weight, most, max(parts, key=lambda path: (parts[path], path)))


def _whole(what: Literal["site", "files"], weight: int, most: int) -> Iterator[Heavy]:
    if most and weight > most * NEARLY:
        yield Heavy(what, "", weight, most, is_near=weight <= most)
