"""What was found of stories, kept under the digest of all that it was found from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.keys import Known
from generator.model import Article, Brief, Part
from generator.schema.records import decoded, encoded
from generator.stories.affairs import LOOKED_BACK, Affair, Chapter, Day

GroundsOf = Callable[[Article, Brief], str]


class Memory(Protocol):
    """What is needed of a cache."""

    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...


class KeptChapters:
    """Chapters in a cache.

    The key of each holds which articles all before it told as one story, and all that the two before it were
    told from: no day looks further back.
    """

    def __init__(self, memory: Memory, known: Known, grounds_of: GroundsOf | None = None) -> None:
        self._memory, self._keys = memory, known.keys
        self._grounds_of = grounds_of or known.keys.of
        self._told = known.keys.of("chapter", known.program)
        self._before: list[str] = []
        self._key = ""

    def recall(self, told: Sequence[Day]) -> Chapter | None:
        self._before.append(self._keys.of([[self._grounds_of(*pair) for pair in day] for day in told]))
        self._key = self._keys.of(self._told, *self._before[-1 - LOOKED_BACK :])
        data = self._memory.recall(self._key)
        chapter = decoded(Chapter, data) if data else None
        if chapter:
            self._go_on(chapter)
        return chapter

    def keep(self, chapter: Chapter) -> None:
        self._memory.keep(self._key, encoded(chapter))
        self._go_on(chapter)

    def _go_on(self, chapter: Chapter) -> None:
        """Take in what later days go by: which articles are one story, not how well they fit."""
        told = [
            (day.isoformat(), [(turn.affair, turn.members, turn.key) for turn in turns])
            for day, turns, _ in chapter.days
        ]
        self._told = self._keys.of(self._told, told)


@dataclass(frozen=True, slots=True)
class _Told:
    """Parts of stories by the key of all that they tell."""

    parts: Mapping[str, tuple[Part, ...]]


class KeptParts:
    """The parts of all stories in one record: there are too many for one each."""

    def __init__(self, memory: Memory, known: Known) -> None:
        self._memory, self._keys = memory, known.keys
        self._record = known.keys.of("parts", known.program)
        data = memory.recall(self._record)
        found = decoded(_Told, data) if data else None
        self._before = found.parts if found else {}
        self._now: dict[str, tuple[Part, ...]] = {}

    def key(self, affair: Affair, read: Mapping[str, tuple[Article, Brief]]) -> str:
        return self._keys.of([[list(read[name]) for name in members] for members in affair.parts])

    def recall(self, key: str) -> tuple[Part, ...] | None:
        return self._before.get(key)

    def add(self, key: str, parts: tuple[Part, ...]) -> None:
        self._now[key] = parts

    def keep(self) -> None:
        """Keep what was added, and nothing else, if it is not what was there."""
        if self._now.keys() != self._before.keys():
            self._memory.keep(self._record, encoded(_Told(self._now)))
