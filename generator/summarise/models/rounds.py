"""Asking anew for many articles, in as many runs as it takes: each is paid for once in a round."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Article, ModelChoice
from generator.summarise.models.asking import key
from generator.summarise.models.kept import Memory


@dataclass(frozen=True, slots=True)
class Round:
    """What runs with --again over the same selection have asked since the first of them.

    It is over when a run leaves nothing; then the next one asks for all anew. An article whose text changed,
    or for which another model or prompt is chosen, was not asked.
    """

    selection: tuple[str, ...]
    choice: ModelChoice
    memory: Memory

    def rest(self, todo: Sequence[Article]) -> list[Article]:
        """Give those that were not asked yet; all, where all were: then a new round begins."""
        left = [article for article in todo if self.memory.recall(self._mark(article)) != self._number]
        return left or list(todo)

    def take(self, article: Article) -> None:
        """Keep that an article was answered."""
        self.memory.keep(self._mark(article), self._number)

    def end(self) -> None:
        """Let the next run begin with all articles."""
        self.memory.keep(self._name, str(int(self._number) + 1).encode())

    @property
    def _name(self) -> str:
        return f"round {json.dumps(self.selection)}"

    @property
    def _number(self) -> bytes:
        kept = self.memory.recall(self._name) or b"0"
        return kept if kept.isdigit() else b"0"

    def _mark(self, article: Article) -> str:
        return f"{self._name} {key(article, self.choice, self.memory.digest)}"
