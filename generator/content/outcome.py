"""What is asked of one Markdown file, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model import Article, Image, Limits, Position, StandingPage
from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What the site decides for its articles: zone (IANA name) and language where they name none, bounds.

    Where it trusts its editors, their own HTML stays as it is. Pictures of `hosts` are shown.
    """

    timezone: str
    language: str
    limits: Limits = field(default_factory=Limits)
    trusted_html: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `links` are the Markdown files that it refers to."""

    article: Article | None = None
    page: StandingPage | None = None
    links: tuple[tuple[str, Position], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def images(self) -> tuple[Image, ...]:
        """Pictures that it shows: that of its head first."""
        made = self.article or self.page
        head = (self.article.image,) if self.article and self.article.image else ()
        return (*head, *(made.images if made else ()))
