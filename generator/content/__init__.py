"""content/**/*.md, and NAME.brief.yaml beside them, -> articles and standing pages; editions/DATE.yaml.

Owns the front-matter schema; the only door to markdown and nh3.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import urls
from generator.content.ahead import Early as Early
from generator.content.ahead import early as early
from generator.content.finding import find
from generator.content.linking import LinkedBody, settle
from generator.content.outcome import Measured as Measured
from generator.content.outcome import Outcome as Outcome
from generator.content.outcome import Reading as Reading
from generator.content.rights import publishable as publishable
from generator.model import (
    Article,
    EditionFile,
    File,
    Limits,
    Position,
    StandingPage,
    newest_first,
)
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.content.editions import WrittenEdition

Map = Callable[..., Iterable[Any]]
FROM_WHERE = "write its path from this file's folder, or from content/ with a slash before it"


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from one file under content/ to another, and where it is written."""

    source: str
    target: str
    at: Position


@dataclass(frozen=True, slots=True)
class Content:
    """All that lies in content/, and all that is wrong with it. Articles come newest first.

    `files` gives for each Markdown file (its path as an Article has it) how the disk spells its path and
    that of its brief file, if there is one. `editions` are the files of editions as they were read; held
    against the articles by `edition_files`.
    """

    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    problems: tuple[Problem, ...]
    links: tuple[Reference, ...] = ()
    files: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    editions: tuple[WrittenEdition, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in a content/ folder, `files` as a Content has them, and what is wrong with it as it lies."""

    root: Path
    files: Mapping[str, tuple[str, str | None]]
    editions: tuple[str, ...]
    problems: tuple[Problem, ...]


def read(
    root: Path,
    timezone: str,
    language: str,
    map: Map = map,  # noqa: A002 -- the seam's name
    *,
    limits: Limits = Limits(),  # noqa: B008 -- it is frozen
    trusted_html: bool = False,
    hosts: tuple[str, ...] = (),
) -> Content:
    """Read every Markdown file under `root`, at any depth, and the brief files beside them.

    `timezone` (IANA name) and `language` (BCP 47) hold where an article says nothing; with `trusted_html`
    editors' own HTML is kept beside what is clean, and pictures on `hosts` are shown. Nothing is
    raised for what is wrong in a file: it lies in `problems`, and the file is not among the articles.
    """
    from generator.content.articles import read_file

    lying = survey(root)
    reading = Reading(timezone, language, limits, trusted_html, hosts)
    work = functools.partial(read_file, root=root, options=reading)
    return assembled(lying, map(work, list(lying.files.values())), limits)


def survey(root: Path) -> Survey:
    """Find the files under `root`, and which brief file belongs to which article."""
    from generator.content.pairing import paired

    found = find(root)
    briefs, strays = paired(found.articles, found.briefs)
    files = {unicodedata.normalize("NFC", path): (path, briefs.get(path)) for path in found.articles}
    return Survey(root, files, found.editions, (*found.problems, *strays))


def assembled(lying: Survey, made: Iterable[Outcome], limits: Limits) -> Content:
    """Put together what became of each file of a survey, in its order; read the files of editions."""
    from generator.content.editions import read_edition

    outcomes = list(made)
    paths = frozenset(path for path, _ in lying.files.values())
    problems = list(lying.problems)
    addresses = {_path(outcome): _url(outcome) for outcome in outcomes if outcome.article or outcome.page}
    for outcome in outcomes:
        problems += outcome.problems
        problems += _dead_links(outcome.links, addresses, paths)
    editions = [read_edition(path, lying.root, limits.data) for path in lying.editions]
    problems += [problem for _, some in editions for problem in some]
    articles = [_settled(outcome, addresses) for outcome in outcomes if outcome.article]
    pages = [_settled(outcome, addresses) for outcome in outcomes if outcome.page]
    links = [
        Reference(_path(outcome), target, at)
        for outcome in outcomes
        if outcome.article or outcome.page
        for target, at in outcome.links
    ]
    return Content(
        tuple(sorted(articles, key=newest_first)),
        tuple(pages),
        tuple(problems),
        tuple(links),
        lying.files,
        tuple(written for written, _ in editions if written),
    )


def edition_files(
    read: Content, edition_of: Callable[[datetime], date]
) -> tuple[tuple[EditionFile, ...], list[Problem]]:
    """Hold the edition files against all articles, those held back too: the sound ones, and what is wrong.

    `edition_of` gives the first day of the edition that a moment belongs to.
    """
    from generator.content.editions import checked

    whole = len(read.articles) + len(read.pages) == len(read.files)
    return checked(read.editions, read.articles, edition_of, whole=whole)


def corrections_ahead(articles: Iterable[Article], now: datetime) -> list[Problem]:
    """Find corrections that are dated later than now, with a day's leeway."""
    from generator.content.corrections import ahead

    return list(ahead(articles, now))


def links_to_held_back(read: Content, shown: Iterable[Article | StandingPage]) -> list[Problem]:
    """Find links from what is shown to what was read but is held back: dead, and telling of it too early."""
    paths = {made.path for made in shown}
    held = {made.path for made in read.articles} | {made.path for made in read.pages}
    held -= paths
    message = "this leads to a draft, or to an article dated later than now"
    return [
        Problem(
            link.at.path,
            link.at.line,
            link.at.column,
            "held-back-link",
            message,
            "publish both, or take it out",
        )
        for link in read.links
        if link.source in paths and link.target in held
    ]


def _path(outcome: Any) -> str:
    return str((outcome.article or outcome.page).path)


def _url(outcome: Any) -> str:
    return str((outcome.article or outcome.page).url)


def _settled(outcome: Outcome, addresses: Mapping[str, str]) -> Any:
    """Give an article or a page the addresses of the files that it links to."""
    made: Any = outcome.article or outcome.page
    if not outcome.links:
        return made
    trusted = settle(made.trusted, addresses)
    if isinstance(made, Article):
        linked = {target: addresses.get(target, "") for target, _ in outcome.links}
        return replace(made, body=LinkedBody(made.body, linked), trusted=trusted)
    return replace(made, html=settle(made.html, addresses), trusted=trusted)


def _dead_links(
    links: Iterable[Any], addresses: Mapping[str, str], paths: frozenset[str]
) -> Iterator[Problem]:
    from generator.schema.validation import suggestion

    for target, at in links:
        if target not in addresses and target not in paths:
            message = f'there is no file "{target}" in content/'
            hint = suggestion(target, addresses, FROM_WHERE)
            yield Problem(at.path, at.line, at.column, "dead-link", message, hint)


def collisions(
    articles: Sequence[Article], pages: Sequence[StandingPage], theirs: Mapping[str, str] | None = None
) -> list[Problem]:
    """Find articles with one id, and articles and pages (their old addresses too) with one address.

    `theirs` holds the paths of what the program makes of itself, and what of. Addresses that differ in case
    or Unicode form alone are the same on some file systems. An old address gives way to a present one.
    """
    problems: list[Problem] = []
    known: dict[str, str] = {}
    for article in sorted(articles, key=lambda article: article.path):
        if article.id in known:
            at, other = article.places.get("id"), f"content/{known[article.id]}"
            what = f'the id "{article.id}" is taken by {other}'
            problems.append(_told(at, article.path, "duplicate-id", what, "give one of them another id"))
        known.setdefault(article.id, article.path)
    taken = {urls.folded(path): origin for path, origin in (theirs or {}).items()}
    everything: list[Article | StandingPage] = [*articles, *pages]
    ordered = sorted(everything, key=lambda made: made.path)
    for made in ordered:
        problems += _claimed(made, made.url, taken, "give one of them a slug of its own")
    for made in ordered:
        for alias in made.aliases:
            problems += _claimed(made, alias, taken, "take it out of aliases")
    return problems


def _claimed(made: Article | StandingPage, url: str, taken: dict[str, str], hint: str) -> list[Problem]:
    """Take an address for a file; tell whose it is already."""
    folded = urls.folded(urls.file(url))
    held = next((path for path in (folded, *urls.above(folded)) if path in taken), None)
    if held is None:
        taken[folded] = f"content/{made.path}"
        return []
    other = "this file itself" if taken[held] == f"content/{made.path}" else taken[held]
    message = f'the address "/{url}" is taken by {other}'
    return [_told(made.places.get(url), made.path, "duplicate-address", message, hint)]


def _told(at: Position | None, path: str, code: str, message: str, hint: str) -> Problem:
    line, column = (at.line, at.column) if at else (1, 1)
    return Problem(f"content/{path}", line, column, code, message, hint)


def picture_files(root: Path, articles: Iterable[Article], pages: Iterable[StandingPage]) -> Iterator[File]:
    """Give the pictures of articles and pages as files of the site, each once.

    Raises InvalidSource for one that is not what it was when its article was read.
    """
    from generator.content.images import published

    leads = (article.image for article in articles if article.image)
    beside: list[Article | StandingPage] = [*articles, *pages]
    return published(root, (*leads, *(image for made in beside for image in made.images)))
