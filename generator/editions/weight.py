"""Where a story stands in its edition, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.model import EditionFile, Instalment
from generator.text import MONTHS

UNLISTED = 1_000_000
ONE_SOURCE, NO_SOURCE = "reported by one source", "no source named"
# What puts a story ahead of the next one: the first field of their weights that differs.
DECIDES = {
    "listed": "by its place in that list",
    "unpinned": "because it is pinned",
    "outlets": "by the number of its sources",
    "substance": "by what its brief has to say",
    "published": "because it is newer",
    "id": "by its id, for want of anything else",
}


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """Key of the order within an edition: the smallest comes first.

    `listed` is its place in the edition's own file; then pinned ones; then the number of outlets that report
    it; then what its brief has to say (figures, key points, a summary); then the newest; then the id.
    """

    listed: int
    unpinned: bool
    outlets: int  # negative
    substance: int  # negative
    published: float  # negative, seconds since 1970
    id: str


def weight(story: Instalment, file: EditionFile | None = None) -> Weight:
    return Weight(
        place(story, file),
        not story.pinned,
        -max(1, _outlets(story)),
        -len(_substance(story)),
        -story.lead.published.timestamp(),
        story.id,
    )


def place(story: Instalment, file: EditionFile | None) -> int:
    """Give a story's place in its edition's file, from 0: that of the first of its articles that it lists."""
    if file is None:
        return UNLISTED
    ids = {entry.id for entry in story.entries}
    return next((number for number, name in enumerate(file.stories) if name in ids), UNLISTED)


def ordered(stories: Sequence[Instalment], file: EditionFile | None = None) -> list[Instalment]:
    """Put the stories of an edition in the order of their weight; each with the reasons for its place."""
    weighed = sorted(((weight(story, file), story) for story in stories), key=lambda pair: pair[0])
    ahead = [_ahead(one, other) for (one, _), (other, _) in pairwise(weighed)]
    return [
        replace(story, reasons=(*_reasons(story, file), *ahead[number : number + 1]))
        for number, (_, story) in enumerate(weighed)
    ]


def _ahead(one: Weight, other: Weight) -> str:
    """Say what puts a story ahead of the next one."""
    if one.listed < other.listed == UNLISTED:
        return "ahead of the next because it is listed"
    why = next(why for field, why in DECIDES.items() if getattr(one, field) != getattr(other, field))
    return f"ahead of the next {why}"


def _reasons(story: Instalment, file: EditionFile | None) -> Iterator[str]:
    number, outlets, told = place(story, file), _outlets(story), _substance(story)
    if file and number < UNLISTED:
        yield f"number {number + 1} in {file.path}"
    if story.pinned:
        yield "pinned"
    yield f"reported by {outlets} sources" if outlets > 1 else ONE_SOURCE if outlets else NO_SOURCE
    yield f"its brief has {_joined(told)}" if told else "its brief has a headline alone"
    day = story.lead.published
    yield f"published on {day.day} {MONTHS[day.month - 1]} {day.year} at {day:%H:%M}"


def _joined(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _outlets(story: Instalment) -> int:
    return len({source.name for entry in story.entries for source in entry.sources})


def _substance(story: Instalment) -> list[str]:
    brief = story.lead.brief
    fields = (("figures", brief.key_figures), ("key points", brief.key_points), ("a summary", brief.summary))
    return [name for name, field in fields if field]
