"""Stories by ids -> instalments: what each edition tells, what it could only repeat, and what goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator import text, urls
from generator.editions.calendar import Period, edition_start
from generator.model import Article, Entry, Instalment, Link, Part, Story, newest_first

LINES = 3  # of news that an edition gives of a story


@dataclass(frozen=True, slots=True)
class Told:
    """All instalments; those of them that add nothing to what was told before; stories that go on."""

    instalments: tuple[Instalment, ...]
    again: frozenset[str]
    stories: tuple[Story, ...]


def links(stories: Sequence[Sequence[Part]], articles: Mapping[str, Article]) -> dict[str, Link]:
    """The page of each story that goes on over days, by the ids of its articles.

    It is called as its first article was, for ever; its address is its editor's key, or the first article's.
    """
    found: dict[str, Link] = {}
    for parts in stories:
        if len(parts) > 1:
            ids = [name for part in parts for name in (part.lead, *part.others)]
            link = _link(articles[parts[0].lead], [articles[name].story for name in ids])
            found.update(dict.fromkeys(ids, link))
    return found


def _link(first: Article, keys: Sequence[str]) -> Link:
    key = next((text.slug(key) for key in keys if text.slug(key)), "")
    slug = key or f"{first.published:%Y-%m}-{first.slug}"
    return Link(first.title, urls.story(slug))


def led(parts: Sequence[Part], listed: Mapping[str, int]) -> tuple[Part, ...]:
    """Let what an edition's file lists lead its part: a longer report that comes later does not take over.

    `listed` holds the place of each article in the file of its edition.
    """
    return tuple(_led(part, listed) for part in parts)


def _led(part: Part, listed: Mapping[str, int]) -> Part:
    ids = (part.lead, *part.others)
    lead = min((name for name in ids if name in listed), key=lambda name: listed[name], default=part.lead)
    return replace(part, lead=lead, others=tuple(name for name in ids if name != lead))


def told(stories: Sequence[Sequence[Part]], entries: Mapping[str, Entry], period: Period) -> Told:
    """Tell every part of every story, once an edition. A pinned article is always told."""
    everything: list[Instalment] = []
    again: set[str] = set()
    going_on: list[Story] = []
    for parts in stories:
        days = list(_instalments(parts, entries))
        issues = groupby(days, key=lambda made: edition_start(made.lead.published, period))
        issued = [merged(list(issue)) for _, issue in issues]
        everything += issued
        again |= {made.id for made in issued[1:] if not made.news and not made.pinned}
        if link := days[0].story:
            slug = link.url.removeprefix(urls.STORIES).strip("/")
            going_on.append(Story(link.title, slug, link.url, tuple(days[::-1])))
    going_on.sort(key=lambda story: (-story.entries[0].published.timestamp(), story.url))
    return Told(tuple(everything), frozenset(again), tuple(going_on))


def merged(days: Sequence[Instalment]) -> Instalment:
    """Tell as one what several days told of a story, oldest first: as it stood last, with all who report it.

    A pinned day goes before the last one that tells something.
    """
    if len(days) == 1:
        return days[0]
    first = days[0]
    chosen = max(days, key=lambda made: (made.pinned, made is first or bool(made.news), made.lead.published))
    before = first.before or (None if chosen is first else first.lead)
    news = [item for made in reversed(days) for item in made.news] if before else []
    others = (entry for made in days if made is not chosen for entry in made.entries)
    return replace(
        chosen,
        days=tuple(sorted(others, key=newest_first)),
        before=before,
        news=tuple(news[:LINES]),
    )


def _instalments(parts: Sequence[Part], entries: Mapping[str, Entry]) -> Iterator[Instalment]:
    before: Entry | None = None
    for part in parts:
        lead, others = entries[part.lead], tuple(entries[name] for name in part.others)
        yield Instalment(lead.id, lead, others, (), lead.story, before, part.news)
        before = lead
