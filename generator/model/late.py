"""Texts that are found when they are asked for: most builds look at few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.model.articles import ArticleBody, Sentence


class LateBody(ArticleBody):
    """The text of an article, found by `find` whenever it is asked for: all texts would fill the memory."""

    __slots__ = ("_find",)
    _find: Callable[[], ArticleBody]

    def __init__(self, find: Callable[[], ArticleBody]) -> None:
        object.__setattr__(self, "_find", find)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self._find().sentences

    @property
    def html(self) -> str:
        return self._find().html

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArticleBody):
            return NotImplemented
        return (self.sentences, self.html) == (other.sentences, other.html)

    def __hash__(self) -> int:
        return hash((self.sentences, self.html))

    def __reduce__(self) -> tuple[type[ArticleBody], tuple[Any, ...]]:
        return ArticleBody, (self.sentences, self.html)
