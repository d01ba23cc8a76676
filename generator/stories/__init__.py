"""Which articles tell the same story, on one day and over days; which of them leads, and what is new.

Precision first: two articles are one story only if what they have in common is distinctive. A day looks
back over two weeks and never ahead, so what was told once does not change when later articles come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator import keys
from generator.model import Article, Brief, Part, newest_first
from generator.stories.affairs import Affair, GistOf, told
from generator.stories.events import COMMON
from generator.stories.facts import Known
from generator.stories.gists import Gist, gist
from generator.stories.kept import GroundsOf, KeptChapters, KeptParts, Memory
from generator.stories.measure import ALIKE, alike, follows, weigh
from generator.stories.news import added
from generator.stories.packing import grounds, packed, unpacked
from generator.stories.reasons import explained

Map = Callable[..., Iterable[Any]]
Read = Mapping[str, tuple[Article, Brief]]


def group(
    articles: Sequence[Article],
    briefs: Sequence[Brief],
    gist_of: GistOf = gist,
    memory: Memory | None = None,
    known: keys.Known | None = None,
    grounds_of: GroundsOf | None = None,
    map: Map = map,  # noqa: A002 -- the seam's name
) -> tuple[tuple[Part, ...], ...]:
    """Gather articles into stories, each its parts, oldest first; a part is what is told on one day.

    `briefs` go with `articles`, one each; `gist_of` gives their gists, which may have been kept. Every
    article stands in exactly one part of one story. Articles with the same `story` key are one story; those
    with different keys are never joined, one with the key `none` with no other. The order of the input does
    not matter. Later days do not change how earlier ones are grouped: they only add parts and stories.
    `memory` keeps what is found; what is `known` of the articles says whether it would be found again, and
    `grounds_of` what stands for all that days are told from of one (see `grounds`). Which articles are one
    story is found day after day; what each part of a story adds to those before it, by any `map`.
    """
    read = {article.id: (article, brief) for article, brief in zip(articles, briefs, strict=True)}
    if memory is None or known is None:
        return tuple(map(partial(_parts, read=read), told(articles, briefs, gist_of)))
    kept = KeptParts(memory, known)
    affairs = told(articles, briefs, gist_of, KeptChapters(memory, known, grounds_of))
    found = [_recalled(affair, read, kept) for affair in affairs]
    missing = [affair for affair, (_, parts) in zip(affairs, found, strict=True) if parts is None]
    fresh = iter(map(partial(_parts, read=read), missing))
    made = []
    for key, parts in found:
        made.append(next(fresh) if parts is None else parts)
        if key:
            kept.add(key, made[-1])
    kept.keep()
    return tuple(made)


def _recalled(affair: Affair, read: Read, kept: KeptParts) -> tuple[str, tuple[Part, ...] | None]:
    """Recall the parts of a story, by their key; one of a single article has nothing to be found."""
    if len(affair.parts) == 1 and len(affair.parts[0]) == 1:
        return "", (Part(affair.parts[0][0]),)
    key = kept.key(affair, read)
    return key, kept.recall(key)


def why(
    articles: Sequence[Article], briefs: Sequence[Brief], gist_of: GistOf = gist
) -> dict[str, tuple[str, ...]]:
    """Say of each article why it stands in its story: what it has in common with which others.

    Takes what `group` takes. An article that stands alone has no reasons.
    """
    by_id = {article.id: article for article in articles}
    return explained(by_id, told(articles, briefs, gist_of))


def _parts(affair: Affair, read: Read) -> tuple[Part, ...]:
    return tuple(_told_in_turn(affair, read))


def _told_in_turn(affair: Affair, read: Read) -> Iterator[Part]:
    known = Known()
    for number, members in enumerate(affair.parts):
        lead, *others = _ordered([read[name][0] for name in members])
        part = [read[article.id] for article in (lead, *others)]
        yield Part(lead.id, tuple(article.id for article in others), added(part, known) if number else ())
        if number + 1 < len(affair.parts):
            for article, brief in part:
                known.add(article, brief)


def _ordered(part: list[Article]) -> list[Article]:
    """Let a pinned article lead, else the fullest, else the earliest; the others follow newest first."""
    lead = min(part, key=lambda a: (not a.pinned, -a.words, a.published, a.id))
    return [lead, *sorted((a for a in part if a is not lead), key=newest_first)]


__all__ = [
    "ALIKE",
    "COMMON",
    "Gist",
    "alike",
    "follows",
    "gist",
    "grounds",
    "group",
    "packed",
    "unpacked",
    "weigh",
    "why",
]
