"""Where a story stands in its edition, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model import EditionFile, Instalment

UNLISTED = 1_000_000


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
        _listed(story, file),
        not any(entry.pinned for entry in (story.lead, *story.others)),
        -max(1, _outlets(story)),
        -len(_substance(story)),
        -story.lead.published.timestamp(),
        story.id,
    )


def ordered(stories: Sequence[Instalment], file: EditionFile | None = None) -> list[Instalment]:
    """Put the stories of an edition in the order of their weight; each with the reasons for its place."""
    in_order = sorted(stories, key=lambda story: weight(story, file))
    return [replace(story, reasons=tuple(_reasons(story, file))) for story in in_order]


def _reasons(story: Instalment, file: EditionFile | None) -> list[str]:
    place, outlets = _listed(story, file), _outlets(story)
    reasons = [f"number {place + 1} in {file.path}"] if file and place < UNLISTED else []
    if any(entry.pinned for entry in (story.lead, *story.others)):
        reasons.append("pinned")
    reasons.append(f"{outlets} sources" if outlets > 1 else "one source" if outlets else "no source")
    reasons.append(f"brief with {', '.join(_substance(story)) or 'nothing beside its headline'}")
    return [*reasons, f"published {story.lead.published.isoformat(timespec='minutes')}"]


def _listed(story: Instalment, file: EditionFile | None) -> int:
    ids = {entry.id for entry in (story.lead, *story.others)}
    order = file.stories if file else ()
    return next((place for place, name in enumerate(order) if name in ids), UNLISTED)


def _outlets(story: Instalment) -> int:
    return len({source.name for entry in (story.lead, *story.others) for source in entry.sources})


def _substance(story: Instalment) -> list[str]:
    brief = story.lead.brief
    fields = (("figures", brief.key_figures), ("key points", brief.key_points), ("summary", brief.summary))
    return [name for name, field in fields if field]
