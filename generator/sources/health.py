"""How each source does, for readers, editors and machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from generator.model import Condition, Health, Subject, Supplier
from generator.sources.state import State

LASTING = 3  # days from which a fault is no slip of a day, and silence no pause
ORDER: tuple[Condition, ...] = ("failing", "shaky", "silent", "unasked", "well", "paused")


def health(
    suppliers: Sequence[Supplier],
    states: Mapping[str, State],
    listed: Sequence[Subject],
    *,
    now: datetime,
    zone: tzinfo,
) -> tuple[Health, ...]:
    """Tell of each source that is asked for articles how it does: those in trouble first, then by name.

    `listed` are the sources of the articles that the site shows. Moments are told in `zone`.
    """
    shown = {subject.name: subject for subject in listed}
    told = [_told(one, states.get(one.url, State()), shown.get(one.name), now, zone) for one in suppliers]
    return tuple(
        sorted(told, key=lambda it: (ORDER.index(it.condition), -it.days, it.name.casefold(), it.host))
    )


def _told(one: Supplier, state: State, shown: Subject | None, now: datetime, zone: tzinfo) -> Health:
    condition, days = _condition(one, state, now)
    return Health(
        name=one.name,
        host=urlsplit(one.url).hostname or "",
        condition=condition,
        days=days,
        asked=_at(state.asked, zone),
        worked=_at(state.worked, zone),
        faulted=_at(state.faulted, zone),
        fault=state.fault,
        articles=len(shown.entries) if shown else 0,
        listing=shown.url if shown else "",
    )


def _condition(one: Supplier, state: State, now: datetime) -> tuple[Condition, int]:
    if not one.enabled:
        return "paused", 0
    if state.asked is None:
        return "unasked", 0
    silent = _days(state.asked, now)
    if state.failing is not None:
        days = _days(state.failing, now)
        return ("failing" if days >= LASTING else "shaky"), days
    return ("silent", silent) if silent >= LASTING else ("well", 0)


def until(suppliers: Sequence[Supplier], states: Mapping[str, State], *, now: datetime) -> datetime:
    """Give the moment till which `health` says the same: the next at which a count of days goes on."""
    known = [states[one.url] for one in suppliers if one.url in states]
    counted = [moment for state in known for moment in (state.asked, state.failing) if moment]
    return min(
        (it + timedelta(days=_days(it, now) + 1) for it in counted), default=datetime.max.replace(tzinfo=UTC)
    )


def _days(since: datetime, now: datetime) -> int:
    return max((now - since).days, 0)


def _at(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None
