"""The daily run: every source is asked for what is new, and none of them holds up the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from generator import importer, sources
from generator.commands import import_desk
from generator.commands.import_asking import Answer, Asker, Chain, Question
from generator.commands.import_opened import Opened, Part, of_answer, of_feeds, to_be_asked
from generator.fetch import FetchError, Response
from generator.importer import Document, Outcome, Unfit
from generator.model import Supplier
from generator.sources import State

TOGETHER = 32  # sources whose pages are held in memory at once
LATER = "import-unwritable"
LASTING = frozenset(("robots-disallow", "no-web-address", "private-address", "answer-too-large"))

Status = Literal["worked", "unchanged", "failed", "waiting", "stopped"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of asking a source. `state` is what is known of it from now on."""

    supplier: Supplier
    status: Status
    state: State
    outcomes: tuple[Outcome, ...] = ()
    fault: Unfit | None = None


def run(
    suppliers: Sequence[Supplier],
    known: Mapping[str, State],
    desk: import_desk.Desk,
    asker: Asker,
    now: datetime,
) -> Iterator[Turn]:
    """Ask every source that is not paused, and import what is new; give each as it is done, in their order.

    What is taken, and in which order, follows from what the sources say, not from how fast they say it. Where
    the run is stopped, what came whole until then is still taken, as far as that takes no time, and it ends.
    """
    active = [one for one in suppliers if one.enabled]
    # Marks are of what was taken: where none of it is left, they would keep it away.
    states = {url: sources.forgotten(it) for url, it in known.items()} if desk.known.is_empty else known
    for at in range(0, len(active), TOGETHER):
        if asker.stop:
            return
        some = active[at : at + TOGETHER]
        due = [one for one in some if sources.is_due(known.get(one.url, State()), now)]
        chains = {one.url: _chain(one, states.get(one.url, State()), desk, now) for one in due}
        ends = asker.ends(chains)
        for one in some:
            state = known.get(one.url, State())
            if one not in due:
                yield Turn(one, "waiting", state)
            elif (end := ends[one.url]) and not asker.stop.is_late:
                own = replace(desk, get=_getter(asker, end.pages, robots=one.robots))
                yield _turn(_at_hand(end, own, asker), state, own, asker, now)


@dataclass(frozen=True, slots=True)
class End:
    """What came of a source, and the pages of its items."""

    opened: Opened
    pages: dict[str, Answer]


def _chain(one: Supplier, state: State, desk: import_desk.Desk, now: datetime) -> Chain[End | None]:
    """Ask a source, then whatever feeds it leads to, then for the pages of its items."""
    answers = yield [Question(one.url, one.robots, state.etag, state.modified)]
    if one.url not in answers:
        return None
    opened = of_answer(one, answers[one.url], desk)
    if parts := list(to_be_asked(opened.found, state, now)):
        due = [part for part in parts if part.status != "waiting"]
        fed = yield [Question(part.url, one.robots, part.etag, part.modified) for part in due]
        opened = of_feeds(opened, parts, fed, desk)
    return End(opened, (yield list(_pages_wanted(opened, desk))))


def _pages_wanted(it: Opened, desk: import_desk.Desk) -> Iterator[Question]:
    """Pages of the items that are likely to be taken."""
    if it.found and desk.follow:
        new = (one for one in it.found.candidates if not importer.is_known(one, desk.known))
        for one in islice(new, it.supplier.limit):
            if one.more:
                yield Question(one.more, it.supplier.robots)


def _at_hand(end: End, desk: import_desk.Desk, asker: Asker) -> Opened:
    """Leave out, where the run is stopped, what wants a page that has not come."""
    it = end.opened
    if not (asker.stop and it.found and desk.follow):
        return it
    there = tuple(
        one
        for one in it.found.candidates
        if not one.more or one.more in end.pages or importer.is_known(one, desk.known)
    )
    is_cut = it.is_cut or there != it.found.candidates
    return replace(it, found=replace(it.found, candidates=there), is_cut=is_cut)


def _getter(asker: Asker, pages: dict[str, Answer], *, robots: bool) -> import_desk.Get:
    def get(url: str) -> Document:
        answer = pages.pop(url, None) or asker.answer(Question(url, robots))
        if isinstance(answer, FetchError):
            raise answer
        assert isinstance(answer, Response)  # noqa: S101 -- nothing was known of it
        return import_desk.document(answer, url)

    return get


def _turn(opened: Opened, state: State, desk: import_desk.Desk, asker: Asker, now: datetime) -> Turn:
    one = opened.supplier
    if opened.found is None:
        if opened.is_cut:
            return Turn(one, "stopped", state)
        if opened.fault is None:
            return Turn(one, "unchanged", _worked(state, now, opened.parts))
        return _failed(opened, state, now, opened.fault)
    asked = replace(
        desk.options,
        rights=one.rights,
        topics=one.topics,
        source="" if opened.several else one.name,
        limit=one.limit,
    )
    outcomes, end = _taken(desk.from_harvest(opened.found, asked), one, asker)
    taken = sum(it.status == "new" for it in outcomes)
    if end == "stopped" or opened.is_cut:
        return Turn(one, "stopped", replace(state, taken=state.taken + taken), outcomes)
    bad = [it for it in outcomes if it.status == "unfit"]
    first = Unfit(bad[0].found, bad[0].code, bad[0].message, bad[0].hint) if bad else None
    if first and len(bad) == len(outcomes) and not opened.is_well:
        return _failed(opened, state, now, opened.fault or first, outcomes)
    parts = _settled(opened.parts, () if end == "broken" else outcomes[len(opened.found.unfit) :])
    after = _worked(state, now, parts, taken=taken, fault=first.message if first else "")
    return Turn(one, "worked", after, outcomes)


def _taken(
    outcomes: Iterator[Outcome], one: Supplier, asker: Asker
) -> tuple[tuple[Outcome, ...], Literal["done", "broken", "stopped"]]:
    """Give what became of each, and how that ended.

    What breaks our own code in one source must not end the others.
    """
    made: list[Outcome] = []
    try:
        for outcome in outcomes:
            made.append(outcome)
            if asker.stop.is_late:
                return tuple(made), "stopped"
    except KeyboardInterrupt:
        asker.stop.now()
        return tuple(made), "stopped"
    except Exception as error:  # noqa: BLE001
        return (*made, importer.unfit(import_desk.unreadable(one.url, error))), "broken"
    return tuple(made), "done"


def _settled(parts: Sequence[Part], outcomes: Sequence[Outcome]) -> tuple[Part, ...]:
    """Keep the marks of those parts alone of which all was taken; what was not may be the next time."""
    made, at = [], 0
    for part in parts:
        mine = outcomes[at : at + part.size]
        whole = len(mine) == part.size and not any(map(_may_be_later, mine))
        made.append(part if whole else replace(part, etag="", modified=""))
        at += part.size
    return tuple(made)


def _may_be_later(it: Outcome) -> bool:
    """Tell what may be taken another time: what is unfit will be so again, but for a fault of the network."""
    by_network = not it.code.startswith("import-") and it.code not in LASTING
    return it.status == "unfit" and (it.code == LATER or by_network)


def _worked(state: State, now: datetime, parts: Sequence[Part], *, taken: int = 0, fault: str = "") -> State:
    own = next((part for part in parts if not part.is_behind), Part(""))
    feeds = tuple(part.feed(now) for part in parts if part.is_behind)
    return sources.worked(
        state, now, taken=taken, etag=own.etag, modified=own.modified, feeds=feeds, fault=fault
    )


def _failed(
    opened: Opened, state: State, now: datetime, fault: Unfit, outcomes: tuple[Outcome, ...] = ()
) -> Turn:
    after = sources.failed(state, now, fault.message, opened.wait)
    return Turn(opened.supplier, "failed", after, outcomes, fault)
