"""How the sources do that the site asks for articles: which of them fail, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Condition, Health, Page, Site
from generator.pages import wording
from generator.pages.frame import meta, page

TITLES: Mapping[Condition, str] = {
    "failing": "Failing",
    "shaky": "Failed last time",
    "silent": "Not asked lately",
    "unasked": "Not asked yet",
    "well": "Working",
    "paused": "Paused",
}


@dataclass(frozen=True, slots=True)
class Ward:
    """Sources that are in the same condition."""

    title: str
    condition: Condition
    sources: tuple[Health, ...]


def plan(site: Site, sources: Sequence[Health], common: Mapping[str, Any]) -> Iterator[Page]:
    """Plan the page, where any source is asked for articles."""
    if not sources:
        return
    wards = [
        Ward(TITLES[condition], condition, tuple(some))
        for condition, some in groupby(sources, key=lambda one: one.condition)
    ]
    told = _told(sources)
    about = meta(
        site, "health", urls.HEALTH, "Health of the sources", f"Sources that {site.title} asks: {told}."
    )
    asked = max((one.asked for one in sources if one.asked), default=None)
    yield page("health.html", about, common, wards=wards, told=told, asked=asked, data=urls.HEALTH_DATA)


def _told(sources: Sequence[Health]) -> str:
    """`14 sources, 12 of them working`; those that rest are not counted."""
    active = [one for one in sources if one.condition != "paused"]
    well = sum(one.condition == "well" for one in active)
    count = plural(len(active), "source")
    if well == len(active):
        return f"{count}, {'working' if len(active) == 1 else 'all of them working'}" if active else count
    return f"{count}, {wording.number(well)} of them working"
