"""The daily run: every source is asked for what is new, and none of them holds up the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from typing import Any, Literal
from urllib.parse import urlsplit

from generator import fetch, importer, sources
from generator.commands import import_desk
from generator.fetch import FetchError, NotModified, Response
from generator.importer import Document, Harvest, Link, Outcome, Unfit
from generator.model import Supplier
from generator.sources import State

TOGETHER = 32  # sources whose pages are held in memory at once
LATER = "import-unwritable"
LISTED = 200  # feeds of one list that are asked

Map = Callable[..., Iterable[Any]]
Answer = Response | NotModified | FetchError
Status = Literal["worked", "unchanged", "failed", "waiting"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of asking a source. `state` is what is known of it from now on."""

    supplier: Supplier
    status: Status
    state: State
    outcomes: tuple[Outcome, ...] = ()
    fault: Unfit | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask, and what is known of what stands there."""

    url: str
    robots: bool = True
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks many hosts at a time (by `map`), and each of them one question after another."""

    fetcher: fetch.Fetcher
    map: Map

    def answers(self, questions: Iterable[Question]) -> dict[str, Answer]:
        """Give what came from each address; a fault is an answer too."""
        hosts: dict[str, dict[str, Question]] = {}
        for question in questions:
            hosts.setdefault(urlsplit(question.url).hostname or "", {})[question.url] = question
        return dict(
            chain.from_iterable(self.map(self._in_turn, [list(some.values()) for some in hosts.values()]))
        )

    def answer(self, it: Question) -> Answer:
        """Give what comes from an address."""
        try:
            return self.fetcher.get(it.url, etag=it.etag, modified=it.modified, robots=it.robots)
        except FetchError as error:
            return error

    def _in_turn(self, questions: Sequence[Question]) -> list[tuple[str, Answer]]:
        return [(one.url, self.answer(one)) for one in questions]


def run(
    suppliers: Sequence[Supplier],
    known: Mapping[str, State],
    desk: import_desk.Desk,
    asker: Asker,
    now: datetime,
) -> Iterator[Turn]:
    """Ask every source that is not paused, and import what is new; give each as it is done, in their order.

    What is taken, and in which order, follows from what the sources say, not from how fast they say it.
    """
    active = [one for one in suppliers if one.enabled]
    for at in range(0, len(active), TOGETHER):
        some = active[at : at + TOGETHER]
        due = [one for one in some if sources.is_due(known.get(one.url, State()), now)]
        opened = _opened(due, known, desk, asker)
        pages = asker.answers(_pages_wanted(opened, desk))
        for one in some:
            state = known.get(one.url, State())
            if one.url not in opened:
                yield Turn(one, "waiting", state)
            else:
                own = replace(desk, get=_getter(asker, pages, robots=one.robots))
                yield _turn(opened[one.url], state, own, now)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a source holds, before anything is taken: articles found, or why there are none.

    `marks` tell the version again to its host: only where all that was found stands in its own answer.
    """

    supplier: Supplier
    found: Harvest | None = None
    fault: Unfit | None = None
    wait: float | None = None
    marks: tuple[str, str] = ("", "")
    several: bool = False  # outlets, as in a list of feeds


def _opened(
    due: Sequence[Supplier], known: Mapping[str, State], desk: import_desk.Desk, asker: Asker
) -> dict[str, Opened]:
    """Ask the sources, then whatever feeds they lead to."""
    answers = asker.answers(_question(one, known.get(one.url, State())) for one in due)
    first = {one.url: _first(one, answers[one.url], desk) for one in due}
    lists = {url: listed for url, it in first.items() if (listed := _leads_to(it.found))}
    fed = asker.answers(
        Question(link.url, first[url].supplier.robots) for url, links in lists.items() for link in links
    )
    return {
        url: _joined(it, [_first(it.supplier, fed[link.url], desk, link.url) for link in lists[url]])
        if url in lists
        else it
        for url, it in first.items()
    }


def _question(one: Supplier, state: State) -> Question:
    return Question(one.url, one.robots, state.etag, state.modified)


def _first(one: Supplier, answer: Answer, desk: import_desk.Desk, url: str = "") -> Opened:
    """Open one answer: that of a source, or of a feed (`url`) that it leads to."""
    if isinstance(answer, FetchError):
        fault = Unfit(url or one.url, answer.code, answer.message, answer.hint)
        return Opened(one, fault=fault, wait=answer.retry_after)
    if isinstance(answer, NotModified):
        return Opened(one, marks=(answer.etag, answer.modified))
    found = desk.harvested(import_desk.document(answer, url or one.url))
    spoken = tuple(replace(it, lang=it.lang or one.language or "") for it in found.candidates)
    return Opened(one, replace(found, candidates=spoken), marks=(answer.etag, answer.modified))


def _leads_to(found: Harvest | None) -> tuple[Link, ...]:
    """Feeds to be asked in place of a document: those of a list, the first that a page names."""
    if found is None:
        return ()
    return found.feeds[: LISTED if found.kind == "opml" else 1] if found.kind in ("opml", "page") else ()


def _joined(listing: Opened, feeds: Sequence[Opened]) -> Opened:
    """Make one of all feeds that a source led to."""
    found = [it.found for it in feeds if it.found]
    faults = tuple(it.fault for it in feeds if it.fault)
    candidates = tuple(chain.from_iterable(it.candidates for it in found))
    unfit = (*faults, *chain.from_iterable(it.unfit for it in found))
    several = listing.found is not None and listing.found.kind == "opml"
    fault = faults[0] if faults and not found else None
    return Opened(
        listing.supplier, Harvest("feed", candidates, unfit=unfit), fault, marks=("", ""), several=several
    )


def _pages_wanted(opened: Mapping[str, Opened], desk: import_desk.Desk) -> Iterator[Question]:
    """Pages of the items that are likely to be taken."""
    for it in opened.values():
        if it.found and desk.follow:
            new = (one for one in it.found.candidates if not importer.is_known(one, desk.known))
            for one in islice(new, it.supplier.limit):
                if one.more:
                    yield Question(one.more, it.supplier.robots)


def _getter(asker: Asker, pages: dict[str, Answer], *, robots: bool) -> import_desk.Get:
    def get(url: str) -> Document:
        answer = pages.pop(url, None) or asker.answer(Question(url, robots))
        if isinstance(answer, FetchError):
            raise answer
        assert isinstance(answer, Response)  # noqa: S101 -- nothing was known of it
        return import_desk.document(answer, url)

    return get


def _turn(opened: Opened, state: State, desk: import_desk.Desk, now: datetime) -> Turn:
    one = opened.supplier
    if opened.found is None:
        if opened.fault is None:
            etag, modified = opened.marks
            return Turn(one, "unchanged", sources.worked(state, now, etag=etag, modified=modified))
        return _failed(opened, state, now, opened.fault)
    asked = replace(
        desk.options,
        rights=one.rights,
        topics=one.topics,
        source="" if opened.several else one.name,
        limit=one.limit,
    )
    outcomes = tuple(_all_of(desk.from_harvest(opened.found, asked), one))
    bad = [it for it in outcomes if it.status == "unfit"]
    first = Unfit(bad[0].found, bad[0].code, bad[0].message, bad[0].hint) if bad else None
    if first and len(bad) == len(outcomes):
        return _failed(opened, state, now, opened.fault or first, outcomes)
    # What was not written may be the next time; what is unfit will be so again.
    processed = len(outcomes) - len(opened.found.unfit)
    whole = processed == len(opened.found.candidates) and not any(it.code == LATER for it in bad)
    etag, modified = opened.marks if whole else ("", "")
    taken = sum(it.status == "new" for it in outcomes)
    after = sources.worked(
        state, now, taken=taken, etag=etag, modified=modified, fault=first.message if first else ""
    )
    return Turn(one, "worked", after, outcomes)


def _all_of(outcomes: Iterator[Outcome], one: Supplier) -> Iterator[Outcome]:
    """Give each outcome; what breaks our own code in one source must not end the others."""
    try:
        yield from outcomes
    except Exception as error:  # noqa: BLE001
        yield importer.unfit(import_desk.unreadable(one.url, error))


def _failed(
    opened: Opened, state: State, now: datetime, fault: Unfit, outcomes: tuple[Outcome, ...] = ()
) -> Turn:
    after = sources.failed(state, now, fault.message, opened.wait)
    return Turn(opened.supplier, "failed", after, outcomes, fault)
