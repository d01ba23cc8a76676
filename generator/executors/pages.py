"""Pages on their way: what many of them show goes to each worker once, and the templates with it."""

from __future__ import annotations

import functools
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from generator import pages
from generator.executors.sending import packed, unpacked
from generator.model import File, Page
from generator.templating import Templates

PLAIN = (str, bytes, int, float, bool, type(None))
Folder = tuple[str, Mapping[str, bytes]]  # a folder's name, and the files in it by their paths


@dataclass(frozen=True, slots=True)
class Shared:
    """What all pages need: the values that many show, the site's address, folders of templates."""

    values: list[Any]
    site_url: str
    folders: tuple[Folder, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The same in a worker. The folders go with the templates."""

    values: list[Any]
    templates: Templates


def opened(shared: bytes) -> Opened:
    given: Shared = unpacked(shared, ())
    folder = tempfile.mkdtemp(prefix="broadsheet-")
    places = []
    for number, (name, files) in enumerate(given.folders):
        place = Path(folder, str(number), name)
        for path, data in files.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
        places.append(place)
    templates = Templates(tuple(places), given.site_url)
    weakref.finalize(templates, shutil.rmtree, folder, ignore_errors=True)
    return Opened(given.values, templates)


def made(given: Opened, part: bytes) -> list[File | None]:
    """Render some pages in a worker; nothing comes of one whose template is at fault."""
    outcomes = (pages.rendered(page, given.templates) for page in unpacked(part, given.values))
    return [outcome if isinstance(outcome, File) else None for outcome in outcomes]


class Pages:
    """Sends what `pages.drawn` renders, and lays what comes back."""

    size = 48
    there = staticmethod(made)
    open = staticmethod(opened)

    def __init__(self, work: functools.partial[Any], items: Sequence[Page]) -> None:
        self.work = work
        self.templates: Templates = work.keywords["templates"]
        self.values = shared_values(items)
        self.known = {id(value): number for number, value in enumerate(self.values)}

    def shared(self) -> bytes:
        return packed(Shared(self.values, self.templates.site_url, self.templates.files()), {})

    def part(self, items: Sequence[Page]) -> bytes:
        return packed(list(items), self.known)

    def home(self, item: Page, made: File | None) -> Any:
        return self.work(item) if made is None else self.work.keywords["lay"](made)


def shared_values(items: Sequence[Page]) -> list[Any]:
    """Find what more than one page is given, and the members of its collections: of a site, all entries."""
    given = Counter(id(value) for page in items for value in page.context.values())
    found: dict[int, Any] = {}
    for page in items:
        for value in page.context.values():
            if given[id(value)] > 1 and not isinstance(value, PLAIN):
                found[id(value)] = value
    for value in list(found.values()):
        for name in (field.name for field in fields(value)) if is_dataclass(value) else ():
            members = getattr(value, name)
            for member in members if isinstance(members, (tuple, list)) else ():
                if not isinstance(member, PLAIN):
                    found[id(member)] = member
    return list(found.values())
