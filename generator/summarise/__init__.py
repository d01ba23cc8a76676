"""Article -> Brief. A Summariser is one call; a cache or a fallback is one more Summariser around it."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from generator import text
from generator.cache import program
from generator.model import Article, Brief, Entity, Line, ModelChoice
from generator.problems import Problem
from generator.schema.records import decoded, encoded
from generator.summarise.edits import adrift, merged
from generator.summarise.extractive import Extractive
from generator.summarise.settled import Settled


class Summariser(Protocol):
    """Writes a brief. `name` signs it; `key` changes whenever the same article could come out differently."""

    @property
    def name(self) -> str: ...

    @property
    def key(self) -> str: ...

    def __call__(self, article: Article) -> Brief: ...

    def awaits(self, article: Article) -> str:
        """Name the record that its brief of an article depends on, there or not; or nothing."""
        ...


class Memory(Protocol):
    """What a Remembering needs of a cache."""

    def remember(self, key: str, make: Callable[[], str]) -> str: ...


def choose(
    known: tuple[Entity, ...] = (),
    model: ModelChoice | None = None,
    memory: Any = None,
    *,
    remembered: bool = False,
    anew: bool = False,
) -> Settled:
    """Give the summariser of a site: it needs no key and no network, whatever the site chose.

    It gives what a model wrote before, in brief files and in `memory`, else the extractive brief. `known` are
    the site's own entities. With `remembered` extractive briefs are kept in `memory` too.
    """
    base: Summariser = Extractive(known)
    return Settled(Remembering(base, memory) if remembered else base, known, model, memory, anew)


class Remembering:
    """Asks another summariser only for what it has not briefed before."""

    def __init__(self, summariser: Summariser, memory: Memory) -> None:
        self.summariser = summariser
        self.memory = memory

    @property
    def name(self) -> str:
        return self.summariser.name

    @property
    def key(self) -> str:
        return self.summariser.key

    def __call__(self, article: Article) -> Brief:
        kept = self.memory.remember(self._key(article), lambda: encoded(self.summariser(article)).decode())
        brief = decoded(Brief, kept)
        return self.summariser(article) if brief is None else brief

    def awaits(self, article: Article) -> str:
        return self.summariser.awaits(article)

    def _key(self, article: Article) -> str:
        """Hold all that a summariser reads of an article."""
        told = [[s.id, s.text, s.block, s.section, s.kind] for s in article.sentences]
        read = [
            article.title,
            article.lang,
            article.words,
            article.published.isoformat(),
            list(article.topics),
            told,
        ]
        return f"brief {self.key} {_program()} {json.dumps(read, ensure_ascii=False)}"


@functools.cache
def _program() -> str:
    return program(Path(text.__file__).parent, Path(__file__).parent)


def briefed(article: Article, summariser: Summariser, editor: str = "") -> tuple[Brief, tuple[Problem, ...]]:
    """Brief an article, and merge what editors wrote.

    Gives the brief and what is wrong in the editors' lines, which `editor` signs where they name nobody.
    """
    made, found = merged(article, summariser(article), editor)
    return made, tuple(problem for problem in found if problem.severity == "error")


def flagged(brief: Brief) -> int:
    """Count the edited lines that the page flags as they stand."""
    said = (brief.why_it_matters, *brief.summary, *brief.key_points, *brief.whats_next)
    figures = (figure.context for figure in brief.key_figures)
    days, quotes = (day.line for day in brief.dates), (quote.line for quote in brief.quotes)
    told: Iterable[Line | None] = (*said, *figures, *days, *quotes)
    lines = (line for line in told if line and line.kind == "edited")
    return sum(line.check not in ("verified", "added") for line in lines)


__all__ = [
    "Extractive",
    "Memory",
    "Remembering",
    "Settled",
    "Summariser",
    "adrift",
    "briefed",
    "choose",
    "flagged",
    "merged",
]
