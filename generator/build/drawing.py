"""Pages planned, keyed and rendered some at a time: all that they are given would fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from generator import pages
from generator.build.explaining import parts_of
from generator.model import AnyFile, Lay, Page
from generator.problems import Problem
from generator.steps import Step
from generator.templating import Templates

Map = Callable[..., Iterable[Any]]
SOME = 1000  # pages that are planned and keyed together
MOST = 3000  # that are rendered together: each time, forks begin


@dataclass(slots=True)
class Drawn:
    """What became of pages: their files, faults of templates, how many there are.

    `listed` are paths of those that may be found. `parts` says of each that was rendered now what it was
    made from. `pages` are all, where they were to be kept.
    """

    files: list[AnyFile] = field(default_factory=list)
    torn: list[Problem] = field(default_factory=list)
    count: int = 0
    listed: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)


def draw(
    planned: Iterator[Page],
    keying: pages.Keying,
    templates: Templates,
    map: Map,  # noqa: A002 -- the seam's name
    *,
    holds: Callable[[str, str], bool],
    lay: Lay,
    step: Step,
    whole: bool,
) -> Drawn:
    """Render pages as they are planned, but those that a site `holds` made from the same; `lay` the files.

    Pages are let go of, unless the `whole` is wanted.
    """
    drawn = Drawn()
    waiting: list[Page] = []
    some: list[Page] | None = None
    while some != []:
        with step("plan"):
            some = list(islice(planned, SOME))
            drawn.count += len(some)
            drawn.listed += (page.path for page in some if page.context["page"].listed)
        with step("key"):
            some = [keying.keyed(page) for page in some]
        with step("render"):
            for page in some:
                if holds(page.path, page.key):
                    drawn.files.append(pages.kept(page))
                else:
                    waiting.append(page)
            if len(waiting) >= MOST or not some:
                _render(drawn, waiting, keying, templates, map, lay)
                waiting = []
        drawn.pages += some if whole else ()
    return drawn


def _render(
    drawn: Drawn,
    some: list[Page],
    keying: pages.Keying,
    templates: Templates,
    map: Map,  # noqa: A002 -- the seam's name
    lay: Lay,
) -> None:
    files, torn = pages.render_all(some, templates, map, lay)
    drawn.files += files
    drawn.torn += torn
    drawn.parts |= parts_of(some, keying)
