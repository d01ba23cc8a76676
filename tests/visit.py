"""The sites that a visit walks: between them they have every kind of page, and what is hard to set.

What a new kind of page needs is written under `tests/visit/content/` or added to `SITES`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

from generator.model import Page
from tests.building import NOW, build_site, read_theme, write_site

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
LATEST = NOW.replace(hour=23)
CONFIG = """\
title: The Switchyard
description: A daily digest, made up.
url: https://news.example/{name}/
edition: {{limit: 5, period: {period}}}
{more}
"""
# In every condition that a source can be in: content/sources.state.yaml of the visit says how each does.
MORE = """\
author: {name: The desk, url: /about/}
sources:
  - {name: Harbour Wire, url: "https://harbourwire.example/feed.xml"}
  - {name: The Grid Post, url: "https://gridpost.example/feed.xml"}
  - {name: "Ein Blatt mit einem sehr langen Namen, das seit Tagen nicht antwortet", url: "https://blatt.example/"}
  - {name: Kettle Ledger, url: "https://kettle.example/atom.xml"}
  - {name: New Outlet, url: "https://new.example/feed.json"}
  - {name: Old Outlet, url: "https://old.example/feed.xml", enabled: false}
"""
# Pages that look otherwise than those of the daily site from the same template.
OTHERWISE = frozenset(
    "weekly/ weekly/archive/ weekly/archive/2026/ weekly/archive/2026/11/ weekly/2026/11/über-kühlung/ empty/archive/".split()
)
# As many as make a topic go on over several pages.
OLDER = 90
OLD = """\
---
title: Quarrow burns peat for the {number}th week
date: {date}
topics: [Peat]
source: {{name: Harbour Wire, url: "https://harbourwire.example/{number}"}}
---

The plant at Quarrow burned {number} tonnes of peat, said Orla Devane, who runs it. It will burn as much again in a week.
"""


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that was planned: where it stands below the server's root, and what it is."""

    path: str
    kind: str
    template: str
    lang: str
    origin: str

    @property
    def is_hard(self) -> bool:
        """Whether it shows what was written to be hard to set, or looks otherwise than its like."""
        return (HERE / "visit" / self.origin).is_file() or self.path in OTHERWISE


def write(root: Path) -> list[Visited]:
    """Build every site of the visit, each under its name in `root`; give all pages of all."""
    sources = {
        "daily": (
            CONFIG.format(name="daily", period="day", more=MORE),
            everything(),
        ),
        "weekly": (CONFIG.format(name="weekly", period="week", more="theme: {logo: logo.svg}"), few()),
        "empty": (CONFIG.format(name="empty", period="day", more=""), {}),
    }
    found: list[Visited] = []
    for name, (config, files) in sources.items():
        folder = write_site(root.with_name(f"{root.name}-{name}"), {"config.yaml": config, **files})
        (folder / "content").mkdir(exist_ok=True)
        read_theme()  # a build of its own, whose pages are not of the visit
        with planned() as pages:
            build_site(folder, LATEST)
        (folder / "site").rename(root / name)
        found += [_visited(name, page) for page in pages]
    return found


def everything() -> dict[str, str | bytes]:
    """The repository's own articles, those that are hard to set, and enough older ones."""
    return {**_read(REPOSITORY), **_read(HERE / "visit"), **_older(), "content/2026/11/24/photo.png": photo()}


def few() -> dict[str, str | bytes]:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><path d="M0 0h300v60H0z"/></svg>'
    return {**_read(HERE / "sites/newsroom"), "logo.svg": logo}


@contextmanager
def planned() -> Iterator[list[Page]]:
    """Note each page that a build plans."""
    from generator import pages

    noted: list[Page] = []
    plan = pages.plan

    def noting(*given: Any, **named: Any) -> Iterator[Page]:
        for made in plan(*given, **named):
            noted.append(made)
            yield made

    with mock.patch.object(pages, "plan", noting):
        yield noted


def dumped(pages: list[Visited]) -> str:
    return json.dumps([asdict(page) for page in pages])


def loaded(text: str) -> list[Visited]:
    return [Visited(**page) for page in json.loads(text)]


def photo() -> bytes:
    from PIL import Image

    data = BytesIO()
    Image.new("L", (640, 400), 128).save(data, "PNG")
    return data.getvalue()


def _visited(site: str, page: Page) -> Visited:
    meta = page.context["page"]
    shown = page.context.get("entry") or page.context.get("standing") or meta
    return Visited(f"{site}/{meta.url}", meta.kind, page.template, shown.lang, page.origin)


def _read(folder: Path) -> dict[str, str | bytes]:
    """Files under a site's content/."""
    files = (path for path in sorted((folder / "content").rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _older() -> dict[str, str | bytes]:
    days = [datetime(2026, 10, 30) - timedelta(days=12 * (n // 3)) for n in range(OLDER)]
    return {
        f"content/{day:%Y/%m}/peat-{n}.md": OLD.format(number=n, date=day.date())
        for n, day in enumerate(days, 1)
    }
