"""What a source holds, before anything of it is taken: its own answer, or those of the feeds behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Literal

from generator import sources
from generator.commands import import_desk
from generator.commands.import_asking import Answer
from generator.fetch import FetchError, NotModified
from generator.importer import Harvest, Link, Unfit
from generator.model import Supplier
from generator.sources import Feed, State

LISTED = 200  # feeds of one list that are asked


@dataclass(frozen=True, slots=True)
class Part:
    """One answer: of a source, or of a feed behind it (`is_behind`), with `size` candidates.

    `etag` and `modified` tell its version again to its host; `wait` is how many seconds that wants to be
    left alone, `until` the moment of which that was known before.
    """

    url: str
    etag: str = ""
    modified: str = ""
    size: int = 0
    status: Literal["fresh", "unchanged", "failed", "waiting"] = "waiting"
    wait: float | None = None
    until: datetime | None = None
    is_behind: bool = False

    def feed(self, now: datetime) -> Feed:
        """Give what is kept of a feed behind a source."""
        wait = now + timedelta(seconds=self.wait) if self.wait else self.until
        return Feed(self.url, self.etag, self.modified, wait)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a source holds, before anything is taken: articles found, or why there are none.

    `parts` are the answers that they stand in, in the order of the candidates. `is_cut` tells that the run
    was stopped before all of them came.
    """

    supplier: Supplier
    found: Harvest | None = None
    fault: Unfit | None = None
    wait: float | None = None
    parts: tuple[Part, ...] = ()
    several: bool = False  # outlets, as in a list of feeds
    is_cut: bool = False

    @property
    def is_well(self) -> bool:
        """Whether a part of it has nothing new and nothing wrong, whatever is wrong with others."""
        return any(part.status in ("unchanged", "waiting") for part in self.parts)


def of_answer(one: Supplier, answer: Answer, desk: import_desk.Desk, behind: Part | None = None) -> Opened:
    """Open one answer: that of a source, or of a feed `behind` it."""
    part = behind or Part(one.url)
    if isinstance(answer, FetchError):
        fault = Unfit(part.url, answer.code, answer.message, answer.hint)
        failed = replace(part, status="failed", wait=answer.retry_after, until=None)
        return Opened(one, fault=fault, wait=answer.retry_after, parts=(failed,))
    part = replace(part, etag=answer.etag, modified=answer.modified, until=None)
    if isinstance(answer, NotModified):
        return Opened(one, parts=(replace(part, status="unchanged"),))
    found = desk.harvested(import_desk.document(answer, part.url))
    spoken = tuple(replace(it, lang=it.lang or one.language or "") for it in found.candidates)
    part = replace(part, status="fresh", size=len(spoken))
    return Opened(one, replace(found, candidates=spoken), parts=(part,))


def to_be_asked(found: Harvest | None, state: State, now: datetime) -> Iterator[Part]:
    """Give the feeds that stand in place of a document: those of a list, the first that a page names.

    One that does not want to be asked yet is `waiting`, as is said of it.
    """
    known = {feed.url: feed for feed in state.feeds}
    for link in _leads_to(found):
        kept = known.get(link.url, Feed(link.url))
        is_due = sources.is_due(replace(state, wait=kept.wait), now)
        yield Part(
            link.url,
            kept.etag,
            kept.modified,
            status="unchanged" if is_due else "waiting",
            until=None if is_due else kept.wait,
            is_behind=True,
        )


def _leads_to(found: Harvest | None) -> tuple[Link, ...]:
    if found is None or found.kind not in ("opml", "page"):
        return ()
    return found.feeds[: LISTED if found.kind == "opml" else 1]


def of_feeds(
    listing: Opened, parts: Sequence[Part], answers: Mapping[str, Answer], desk: import_desk.Desk
) -> Opened:
    """Make one of all feeds that a source led to."""
    one = listing.supplier
    feeds = [
        of_answer(one, answers[part.url], desk, part) if part.url in answers else Opened(one, parts=(part,))
        for part in parts
    ]
    found = [it.found for it in feeds if it.found]
    faults = tuple(it.fault for it in feeds if it.fault)
    made = Opened(
        one,
        parts=tuple(chain.from_iterable(it.parts for it in feeds)),
        several=listing.found is not None and listing.found.kind == "opml",
        is_cut=any(part.status != "waiting" and part.url not in answers for part in parts),
    )
    if not found and not faults:
        return made
    candidates = tuple(chain.from_iterable(it.candidates for it in found))
    unfit = (*faults, *chain.from_iterable(it.unfit for it in found))
    fault = faults[0] if faults and not found and not made.is_well else None
    return replace(made, found=Harvest("feed", candidates, unfit=unfit), fault=fault)
