"""What a model answered, kept under all that it was asked: paid for once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from generator.model import Article, ModelChoice
from generator.schema.records import decoded, encoded
from generator.summarise.models.answers import Answer
from generator.summarise.models.asking import Turn, key


class Memory(Protocol):
    """What keeps answers."""

    digest: Callable[..., str]

    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...


class Held:
    """A cache whose answers are there to the end of the run, also where the disk does not take them."""

    def __init__(self, memory: Any) -> None:
        self.memory = memory
        self.digest = memory.digest
        self.remember = memory.remember
        self.held: dict[str, bytes] = {}

    def recall(self, key: str) -> bytes | None:
        return self.held[key] if key in self.held else self.memory.recall(key)

    def keep(self, key: str, data: bytes) -> None:
        self.held[key] = data
        self.memory.keep(key, data)


@dataclass(frozen=True, slots=True)
class Kept:
    """The answers to one article, in their order; none and a `fault` where none could be used.

    Only what asking once more would not change is a fault that is kept: a refusal, an answer without form.
    """

    answers: tuple[Answer, ...]
    model: str
    fault: str = ""
    where: str = ""  # in the answer


@dataclass(frozen=True, slots=True)
class Begun:
    """How far an article came that has no brief yet: the `runs` that asked in vain, and what is said next.

    `turns` are what follows the first question, `answers` those that could be read, of so many `heard`.
    """

    runs: int = 0
    heard: int = 0
    turns: tuple[Turn, ...] = ()
    answers: tuple[Answer, ...] = ()
    fault: str = ""
    where: str = ""


def recalled(article: Article, choice: ModelChoice, memory: Memory) -> Kept | None:
    """Give what was answered to this article before."""
    data = memory.recall(key(article, choice, memory.digest))
    return decoded(Kept, data) if data else None


def keep(article: Article, choice: ModelChoice, memory: Memory, kept: Kept) -> None:
    """Keep an answer at once: what comes after it may fail."""
    memory.keep(key(article, choice, memory.digest), encoded(kept))


def begun(article: Article, choice: ModelChoice, memory: Memory) -> Begun:
    """Give how far earlier runs came with this article."""
    data = memory.recall(_begun(article, choice, memory))
    return (decoded(Begun, data) if data else None) or Begun()


def keep_begun(article: Article, choice: ModelChoice, memory: Memory, begun: Begun) -> None:
    """Keep how far this run came: the next one asks for others first, and pays for no answer twice."""
    memory.keep(_begun(article, choice, memory), encoded(begun))


def _begun(article: Article, choice: ModelChoice, memory: Memory) -> str:
    return f"begun {key(article, choice, memory.digest)}"
