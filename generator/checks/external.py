"""Whether what stands on other sites is still there: asked politely, remembered, and told kindly."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

Map = Callable[..., Iterable[Any]]
State = Literal["there", "moved", "gone", "silent", "unseen"]

GONE = frozenset((404, 410))
FAILING = 500  # from here on a host says that the fault is its own
HOUR, DAY = 3600.0, 86_400.0
# Seconds that an answer is believed. What failed is asked again sooner: it may be mended by then.
AGES: Mapping[State, float] = {"there": 7 * DAY, "moved": 7 * DAY, "gone": DAY, "silent": HOUR, "unseen": DAY}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an address, at the moment `asked` (seconds since 1970).

    `there`; `moved` for good, and where to; `gone`; `silent`: nobody answers, or its host has a fault;
    `unseen`: a host lets no program look. `said` is that in words.
    """

    state: State
    asked: float
    said: str = ""
    place: str = ""


def heard(address: str, status: int, place: str, now: float) -> Answer:
    """Make an answer of an HTTP status, and of the place that the address has moved to for good."""
    if status in GONE:
        return Answer("gone", now, f"{status}")
    if status >= FAILING and status != 999:  # noqa: PLR2004 -- with 999 some hosts turn programs away
        return Answer("silent", now, f"it answers with a fault of its own ({status})")
    if not 200 <= status < 300:  # noqa: PLR2004 -- what HTTP calls a success
        return Answer("unseen", now, f"{status}")
    return Answer("there", now) if _same(address, place) else Answer("moved", now, place=place)


def _same(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    hosts = first.scheme == second.scheme and first.netloc.lower() == second.netloc.lower()
    return hosts and (first.path or "/", first.query) == (second.path or "/", second.query)


def asked(
    addresses: Iterable[str],
    ask: Callable[[str], Answer],
    known: Mapping[str, Answer],
    now: float,
    map: Map = map,  # noqa: A002 -- the seam's name
) -> dict[str, Answer]:
    """Answer for each address: by what is known and not too old, else by asking.

    `map` may work on several hosts at once; the addresses of one host are asked one after the other.
    """
    wanted = list(dict.fromkeys(addresses))
    found = {address: known[address] for address in wanted if _is_fresh(known.get(address), now)}
    by_host: dict[str, list[str]] = {}
    for address in wanted:
        if address not in found:
            by_host.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    for some in map(functools.partial(_of_a_host, ask=ask), by_host.values()):
        found.update(some)
    return {address: found[address] for address in wanted}


def _of_a_host(addresses: list[str], ask: Callable[[str], Answer]) -> dict[str, Answer]:
    return {address: ask(address) for address in addresses}


def _is_fresh(answer: Answer | None, now: float) -> bool:
    return answer is not None and 0 <= now - answer.asked < AGES[answer.state]


def written(answers: Mapping[str, Answer]) -> bytes:
    """Put answers into a file's bytes."""
    data = {address: asdict(answers[address]) for address in sorted(answers)}
    return f"{json.dumps({'broadsheet': 1, 'answers': data}, ensure_ascii=False, indent=0)}\n".encode()


def read(data: bytes) -> dict[str, Answer]:
    """Take answers out of a file's bytes; what is damaged counts as not known."""
    try:
        told = json.loads(data)
        answers = {str(address): Answer(**one) for address, one in told["answers"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
    return {
        address: one
        for address, one in answers.items()
        if one.state in AGES and isinstance(one.asked, (int, float))
    }
