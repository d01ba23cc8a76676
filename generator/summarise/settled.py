"""The brief that an article has without asking anybody: committed, of a kept answer, or extractive."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from generator.model import Article, Brief, Entity, ModelBrief, ModelChoice

if TYPE_CHECKING:
    from generator.summarise.models.kept import Kept, Memory


class Base(Protocol):
    """The summariser beneath, which never fails."""

    @property
    def name(self) -> str: ...
    @property
    def key(self) -> str: ...
    def __call__(self, article: Article) -> Brief: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """Gives what a model wrote of an article where that is known, each line proved anew; else `base`'s brief.

    First comes a brief file of the text as it is, then a kept answer, then what still stands of a brief file
    of an older text. With `anew` a kept answer comes first of all. No model is asked here.
    """

    base: Base
    known: tuple[Entity, ...] = ()
    choice: ModelChoice | None = None
    memory: Memory | None = None
    anew: bool = False

    @property
    def name(self) -> str:
        return self.choice.model if self.choice else self.base.name

    @property
    def key(self) -> str:
        """What its briefs depend on besides the article, the program and the kept answers."""
        return f"{self.base.key} {self.choice}" if self.choice else self.base.key

    def __call__(self, article: Article) -> Brief:
        written = article.model_brief
        if written and written.current and not self.anew:
            return self._committed(article, written)
        if (kept := self.kept(article)) and kept.answers:
            return self._answered(article, kept)
        return self._committed(article, written) if written else self.base(article)

    def kept(self, article: Article) -> Kept | None:
        """Give what the chosen model answered to this article before."""
        if self.choice is None or self.memory is None:
            return None
        from generator.summarise.models.kept import recalled

        return recalled(article, self.choice, self.memory)

    def awaits(self, article: Article) -> str:
        """Give the key of the answer that this brief depends on, kept there or not; or nothing."""
        written = article.model_brief
        if self.choice is None or self.memory is None or (written and written.current):
            return ""
        from generator.summarise.models.asking import key

        return key(article, self.choice, self.memory.digest)

    def _answered(self, article: Article, kept: Kept) -> Brief:
        from generator.summarise.models.proof import proven

        return proven(article, kept.answers, self.base(article), kept.model, self.known).brief

    def _committed(self, article: Article, written: ModelBrief) -> Brief:
        from generator.summarise.models.answers import committed
        from generator.summarise.models.proof import proven

        made = proven(article, [committed(written)], self.base(article), written.by, self.known)
        if made.brief.proof is None:
            return made.brief
        dropped = Counter(dict(made.brief.proof.dropped)) + Counter(dict(written.dropped))
        return replace(made.brief, proof=replace(made.brief.proof, dropped=tuple(sorted(dropped.items()))))
