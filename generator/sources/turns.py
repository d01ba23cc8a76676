"""What a run makes of what is known of a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from generator.sources.state import Feed, State


def is_due(state: State, now: datetime) -> bool:
    """Tell whether a source may be asked: not before it wants to be."""
    return state.wait is None or state.wait <= now


def forgotten(state: State) -> State:
    """Forget which version was taken: all of it is asked for once more."""
    feeds = tuple(replace(feed, etag="", modified="") for feed in state.feeds)
    return replace(state, etag="", modified="", feeds=feeds)


def worked(
    state: State,
    now: datetime,
    *,
    taken: int = 0,
    etag: str = "",
    modified: str = "",
    feeds: tuple[Feed, ...] = (),
    fault: str = "",
) -> State:
    """Count a run in which a source gave what it has; `fault` is what was wrong with a part of it.

    `etag` and `modified` are marks of what was taken whole: with them it is not sent again. `feeds` have
    marks of their own.
    """
    return replace(
        state,
        etag=etag,
        modified=modified,
        feeds=feeds,
        asked=now,
        worked=now,
        failing=None,
        faulted=now if fault else state.faulted,
        fault=fault or state.fault,
        wait=None,
        taken=state.taken + taken,
    )


def failed(state: State, now: datetime, fault: str, wait: float | None = None) -> State:
    """Count a run in which a source gave nothing; for `wait` seconds it wants to be left alone."""
    return replace(
        state,
        asked=now,
        failing=state.failing or now,
        faulted=now,
        fault=fault,
        wait=now + timedelta(seconds=wait) if wait else None,
    )
