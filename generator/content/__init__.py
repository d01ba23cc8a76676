"""content/**/*.md -> articles and standing pages.

Owns the front-matter schema; the only door to markdown and nh3.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import urls
from generator.content.source_files import find
from generator.model import Article, File, StandingPage
from generator.problems import Problem

Map = Callable[..., Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """All that lies in content/, and all that is wrong with it. Articles come newest first."""

    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    problems: tuple[Problem, ...]


def read(root: Path, timezone: str, language: str, map: Map = map) -> Content:  # noqa: A002 -- the seam's name
    """Read every Markdown file under `root`, at any depth.

    `timezone` (IANA name) and `language` (BCP 47) hold where an article says nothing. Nothing is
    raised for what is wrong in a file: it lies in `problems`, and the file is not among the articles.
    """
    from generator.content.articles import Options, read_file

    paths, problems = find(root)
    work = functools.partial(read_file, root=root, options=Options(timezone, language))
    outcomes = list(map(work, paths))
    addresses = {_path(outcome): _url(outcome) for outcome in outcomes if outcome.article or outcome.page}
    for outcome in outcomes:
        problems += outcome.problems
        problems += _dead_links(outcome.links, addresses, frozenset(paths))
    articles = [_settled(outcome.article, addresses) for outcome in outcomes if outcome.article]
    pages = [_settled(outcome.page, addresses) for outcome in outcomes if outcome.page]
    return Content(tuple(sorted(articles, key=newest_first)), tuple(pages), tuple(problems))


def newest_first(article: Article) -> tuple[float, str]:
    """Key of the one order everywhere: published descending, then id."""
    return -article.published.timestamp(), article.id


def _path(outcome: Any) -> str:
    return str((outcome.article or outcome.page).path)


def _url(outcome: Any) -> str:
    return str((outcome.article or outcome.page).url)


def _settled(made: Any, addresses: Mapping[str, str]) -> Any:
    from generator.content.references import settle

    html = settle(made.html, addresses)
    return made if html is made.html else replace(made, html=html)


def _dead_links(
    links: Iterable[Any], addresses: Mapping[str, str], paths: frozenset[str]
) -> Iterator[Problem]:
    from generator.schema.validation import suggestion

    for target, at in links:
        if target not in addresses and target not in paths:
            message = f'there is no file "{target}" in content/'
            yield Problem(at.path, at.line, at.column, "dead-link", message, suggestion(target, addresses))


def collisions(articles: Sequence[Article], pages: Sequence[StandingPage]) -> list[Problem]:
    """Find articles with one id, and articles and pages (their old addresses too) with one address.

    Addresses that differ in case or Unicode form alone are the same on some file systems.
    """
    import unicodedata

    problems: list[Problem] = []
    known: dict[str, str] = {}
    for article in sorted(articles, key=lambda article: article.path):
        if article.id in known:
            problems.append(_twin(article.path, "duplicate-id", f'the id "{article.id}"', known[article.id]))
        known.setdefault(article.id, article.path)
    taken: dict[str, str] = {}
    everything: list[Article | StandingPage] = [*articles, *pages]
    for made in sorted(everything, key=lambda made: made.path):
        for url in (made.url, *made.aliases):
            folded = unicodedata.normalize("NFC", urls.file(url).casefold())
            if folded in taken:
                problems.append(_twin(made.path, "duplicate-address", f'the address "/{url}"', taken[folded]))
            taken.setdefault(folded, made.path)
    return problems


def _twin(path: str, code: str, what: str, other: str) -> Problem:
    message = f"{what} is taken by content/{other}" if other != path else f"{what} stands here twice"
    hint = "give one of them another id" if code == "duplicate-id" else "give one of them a slug of its own"
    hint = "take it out of aliases" if other == path and code == "duplicate-address" else hint
    return Problem(f"content/{path}", 1, 1, code, message, hint)


def picture_files(root: Path, articles: Iterable[Article], pages: Iterable[StandingPage]) -> Iterator[File]:
    """Give the pictures of articles and pages as files of the site, each once."""
    made: set[tuple[str, str]] = set()
    everything: list[Article | StandingPage] = [*articles, *pages]
    for item in everything:
        for image in (item.image if isinstance(item, Article) else None, *item.images):
            if image and (image.url, image.file) not in made:
                made.add((image.url, image.file))
                yield File(image.url, (root / image.file).read_bytes(), f"content/{image.file}")
