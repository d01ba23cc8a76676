"""content/sources.state.yaml: what one run of `broadsheet import --all` leaves to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

from generator import disk
from generator.problems import InvalidSource, Problem
from generator.schema import Document, parse
from generator.schema.encoding import decoded

NAME = "sources.state.yaml"  # under content/
SHOWN = f"content/{NAME}"  # as messages name it
LARGEST = 2_000_000
HEAD = """\
# What broadsheet import --all knows of each source. It is written anew by each run: commit it, and leave
# it as it is. If it is lost, every source is asked for all that it has once more; nothing else.
"""
MEND = "delete the file: every source is then asked for all that it has once more"


@dataclass(frozen=True, slots=True)
class Feed:
    """What is known of a feed behind a source: marks of the version that was taken whole, and `wait`."""

    url: str
    etag: str = ""
    modified: str = ""
    wait: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a source.

    `etag` and `modified` are marks of the version that was taken whole; `failing` is the first of the faults
    that it has had since it worked; `wait` is before when it does not want to be asked; `taken` is how many
    articles came from it in all; `feeds` are those that it leads to, where it is a list or a page.
    """

    etag: str = ""
    modified: str = ""
    asked: datetime | None = None
    worked: datetime | None = None
    failing: datetime | None = None
    faulted: datetime | None = None
    fault: str = ""
    wait: datetime | None = None
    taken: int = 0
    feeds: tuple[Feed, ...] = ()


def read(content: Path) -> dict[str, State]:
    """Read what is known of each source, by its address; nothing where there is no file.

    Raises InvalidSource where there is one that cannot be read. A link is none: a run would write where it
    leads to.
    """
    file = content / NAME
    if file.is_symlink():
        raise InvalidSource([Problem(SHOWN, 1, 1, "outside", "this is a link", MEND)])
    try:
        data = disk.read(file, LARGEST)
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"this cannot be read: {error.strerror}"
        raise InvalidSource([Problem(SHOWN, 1, 1, "unreadable", message)]) from error
    if len(data) > LARGEST:
        raise InvalidSource([Problem(SHOWN, 1, 1, "too-large", "this is larger than 2 MB", MEND)])
    text, problems = decoded(data, SHOWN)
    if problems:
        raise _faulty(problems)
    return _checked(parse(text, SHOWN))


def written(states: Mapping[str, State]) -> bytes:
    """Write the file: the same states are the same bytes. What would be too much to read is left out."""
    data = "".join(_lines(states)).encode()
    if len(data) <= LARGEST:
        return data
    return "".join(_lines({url: replace(it, feeds=()) for url, it in states.items()})).encode()


def _lines(states: Mapping[str, State]) -> Iterator[str]:
    yield HEAD
    yield "sources:\n" if states else "sources: []\n"
    for url, state in sorted(states.items()):
        yield f"  - url: {_scalar(url)}\n"
        yield from (f"    {line}\n" for line in _values(state))
        kept = [feed for feed in state.feeds if feed != Feed(feed.url)]
        yield "    feeds:\n" if kept else ""
        for feed in kept:
            for line, begin in zip(_values(feed), chain("-", repeat(" ")), strict=False):
                yield f"      {begin} {line}\n"


def _values(thing: State | Feed) -> Iterator[str]:
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, datetime):
            yield f"{field.name}: {value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        elif value and not isinstance(value, tuple):
            yield f"{field.name}: {_scalar(value) if isinstance(value, str) else value}"


def _scalar(text: str) -> str:
    """Write a text so that YAML reads the same: JSON does, of what can be printed."""
    return json.dumps("".join(sign if sign.isprintable() else " " for sign in text), ensure_ascii=False)


def _faulty(problems: Iterable[Problem]) -> InvalidSource:
    return InvalidSource(replace(problem, hint=problem.hint or MEND) for problem in problems)


def _checked(document: Document) -> dict[str, State]:
    from generator.schema.validation import validate
    from generator.sources.fields import StateFile

    file, problems = validate(document, StateFile)
    if file is None:
        raise _faulty(problems)
    return {one.url: one.state() for one in file.sources}
