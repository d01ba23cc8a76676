"""What is asked of one Markdown file, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import disk, text
from generator.model import Article, Image, Limits, Position, StandingPage
from generator.problems import Problem

Pictures = tuple[tuple[str, str], ...]  # under content/, and the digests of their bytes


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a picture that lies elsewhere; `digest` is that of its bytes."""

    width: int
    height: int
    type: str
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the site decides for its articles: zone (IANA name) and language where they name none, bounds.

    Where it trusts its editors, their own HTML stays as it is. Pictures of `hosts` are shown. Pictures that
    were `measured` elsewhere, by their path on the disk, are not read; no article comes out otherwise for it.
    """

    timezone: str
    language: str
    limits: Limits = field(default_factory=Limits)
    trusted_html: bool = False
    hosts: tuple[str, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict, repr=False, compare=False)


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


def digests(
    outcome: Outcome, root: Path, reading: Reading, digest: Callable[[bytes], str]
) -> Pictures | None:
    """Digest the pictures that it shows; None where one has changed since it was measured."""
    made = []
    for image in outcome.images:
        if known := reading.measured.get(image.file):
            made.append((image.file, known.digest))
            continue
        try:
            data = disk.read(root / image.file, image.bytes)
        except OSError:
            return None
        if len(data) != image.bytes:
            return None
        made.append((image.file, digest(data)))
    return tuple(dict.fromkeys(made))


def at_home(outcome: Outcome, zone: ZoneInfo) -> Outcome:
    """Give moments their zone again, whose name JSON does not keep."""

    def local(moment: datetime) -> datetime:
        return text.whole_minutes(moment.astimezone(zone))

    if article := outcome.article:
        corrected = tuple(replace(one, date=local(one.date)) for one in article.corrections)
        published, updated = local(article.published), local(article.updated)
        retrieved = local(article.retrieved_at) if article.retrieved_at else None
        article = replace(
            article, published=published, updated=updated, retrieved_at=retrieved, corrections=corrected
        )
        return replace(outcome, article=article)
    if outcome.page and outcome.page.updated:
        return replace(outcome, page=replace(outcome.page, updated=local(outcome.page.updated)))
    return outcome
