"""A page per week for a site with daily editions: its heaviest stories, each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator import urls
from generator.counting import plural
from generator.model import Page, RollUp, Site
from generator.pages import wording
from generator.pages.frame import meta, page


def plan(site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    for roll_up in site.roll_ups:
        told = count(roll_up)
        about = meta(
            site, "week", roll_up.url, roll_up.title, f"{roll_up.title}: {told}.", section=urls.ARCHIVE
        )
        yield page("roll_up.html", about, common, roll_up=roll_up, told=told, tally=tally(roll_up))


def count(roll_up: RollUp) -> str:
    """`12 stories, 4 minutes`."""
    stories = plural(len(roll_up.stories), "story", "stories")
    return f"{stories}, {plural(roll_up.minutes, 'minute')}"


def tally(roll_up: RollUp) -> str:
    """`From 31 articles in five editions`."""
    articles = plural(roll_up.articles, "article")
    return f"From {articles} in {wording.number(len(roll_up.editions))} editions"
