"""Why something was made anew: what it was made from then, and now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

Parts = Mapping[str, str]  # what something is made from: digests by name
What = Literal["briefed", "rendered", "made", "written"]
LARGEST = 64_000_000  # bytes of a record, beyond which it begins anew
SHOWN = 3  # of many with one reason


@dataclass(frozen=True, slots=True)
class Anew:
    """What was made anew, and why: an article that was briefed, a page that was rendered, a file written."""

    what: What
    path: str
    why: str


def recorded(file: Path) -> dict[str, dict[str, str]]:
    """Read what things were made from, by their paths. What cannot be read is not known."""
    known: dict[str, dict[str, str]] = {}
    with suppress(OSError), file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, TypeError):
                path, parts = read(line)
                known[path] = parts
    return known


def line(path: str, parts: Parts) -> str:
    """Write what something was made from as a line of the record; a mapping takes more room in memory."""
    return f"{json.dumps([path, parts], separators=(',', ':'))}\n"


def read(line: str) -> tuple[str, dict[str, str]]:
    """Read a line of the record. Raises ValueError or TypeError for what is none."""
    path, parts = json.loads(line)
    return path, dict(parts)


def record(file: Path, lines: Iterable[str], *, all_of_it: bool) -> None:
    """Add `lines` of what things were made from; what is known of one already, is known anew.

    `all_of_it` begins anew. Where that cannot be done, the next reasons tell less.
    """
    with suppress(OSError):
        fresh = all_of_it or not file.exists() or file.stat().st_size > LARGEST
        with file.open("w" if fresh else "a", encoding="utf-8") as out:
            out.writelines(lines)


def changed(before: Parts | None, now: Parts) -> str:
    """Name what is not what it was."""
    if before is None:
        return "what it is made from changed"
    names = [name for name in now if before.get(name) != now[name]]
    names += [name for name in before if name not in now]
    return f"{', '.join(names)} changed" if names else "it was not as it was made"


def told(found: Iterable[Anew]) -> Iterator[str]:
    """Say what was made anew and why, in lines; of many with one reason a few are named."""
    ordered = sorted(found, key=lambda one: (one.what, one.why, one.path))
    for (what, why), group in groupby(ordered, key=lambda one: (one.what, one.why)):
        some = [one.path for one in group]
        if len(some) <= SHOWN:
            yield from (f"{what} {path}: {why}" for path in some)
        else:
            yield f"{what} {', '.join(some[:SHOWN])} and {len(some) - SHOWN:,} more: {why}"
