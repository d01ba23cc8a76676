"""What became of an article that a model was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.model import Article, Brief, Entity, ModelChoice
from generator.summarise.models.kept import Memory, recalled
from generator.summarise.models.proof import Drop, proven

FAULTS = {
    "refused": "the model refused",
    "broken": "its answer was no JSON",
    "schema": "its answer did not fit the schema",
    "bare": "its answer held no line",
    "empty": "its answer was empty",
    "cut": "its answer was cut off at max_tokens",
    "unproved": "no line of its answer passed",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article: `brief` where there was an answer, `fault` where it has none of the model's.

    It is `settled` where asking again would bring the same: the answer is kept, be it a refusal.
    """

    article: Article
    brief: Brief | None = None
    drops: tuple[Drop, ...] = ()
    fault: str = ""
    settled: bool = True
    dear: bool = False  # it was not asked for: one call could cost too much
    status: int = 0  # of HTTP, by which a server said no


def before(
    article: Article,
    choice: ModelChoice,
    memory: Memory,
    base: Callable[[Article], Brief],
    known: tuple[Entity, ...],
) -> Outcome | None:
    """Give what an earlier run came to where its answer is kept and no line of it passes; else None."""
    kept = recalled(article, choice, memory)
    if kept is None:
        return None
    made = proven(article, kept.answers, base(article), kept.model, known) if kept.answers else None
    if made and made.passed:
        return None
    said = FAULTS["unproved"] if made else worded(kept.fault, kept.where)
    return Outcome(article, fault=f"{said}, when it was last asked", drops=made.drops if made else ())


def worded(fault: str, where: str) -> str:
    """Put into words why an answer could not be used, and where in it that stands."""
    return f"{FAULTS[fault]}: {where}" if where else FAULTS[fault]
