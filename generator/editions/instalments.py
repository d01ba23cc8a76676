"""Stories by ids -> instalments: what each edition tells, what it could only repeat, and what goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import text, urls
from generator.model import Article, Entry, Instalment, Link, Part, Story


@dataclass(frozen=True, slots=True)
class Told:
    """All instalments; those of them that add nothing to what was told before; stories that go on."""

    instalments: tuple[Instalment, ...]
    again: frozenset[str]
    stories: tuple[Story, ...]


def links(stories: Sequence[Sequence[Part]], articles: Mapping[str, Article]) -> dict[str, Link]:
    """The page of each story that goes on over several editions, by the ids of its articles.

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


def told(stories: Sequence[Sequence[Part]], entries: Mapping[str, Entry]) -> Told:
    """Tell every part of every story. A pinned article is always told."""
    everything: list[Instalment] = []
    again: set[str] = set()
    going_on: list[Story] = []
    for parts in stories:
        instalments = list(_instalments(parts, entries))
        everything += instalments
        again |= {made.id for made in instalments[1:] if not made.news and not made.pinned}
        if link := instalments[0].story:
            slug = link.url.removeprefix(urls.STORIES).strip("/")
            going_on.append(Story(link.title, slug, link.url, tuple(instalments[::-1])))
    going_on.sort(key=lambda story: (-story.entries[0].published.timestamp(), story.url))
    return Told(tuple(everything), frozenset(again), tuple(going_on))


def _instalments(parts: Sequence[Part], entries: Mapping[str, Entry]) -> Iterator[Instalment]:
    before: Entry | None = None
    for part in parts:
        lead, others = entries[part.lead], tuple(entries[name] for name in part.others)
        yield Instalment(lead.id, lead, others, lead.story, before, part.news)
        before = lead
