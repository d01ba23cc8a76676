"""What a build works on: content/ read and briefed, what is shown of it, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator import content, editions, pieces, stories
from generator.build import options, taken
from generator.cache import Cache
from generator.config import Project
from generator.model import Article, Brief, EditionFile, StandingPage
from generator.problems import Problem

Map = Callable[..., Iterable[Any]]


# Files that were saved just before they were read, and the keys of their pieces.
Young = tuple[tuple[pieces.Paths, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Articles kept back: drafts, those dated later than now, and when the next of them is due."""

    drafts: int = 0
    future: int = 0
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """What a build works on: articles shown, what is made of each, pages, edition files, faults."""

    read: content.Content
    articles: tuple[Article, ...]
    briefs: Sequence[Brief]
    gist_of: Callable[[Article, Brief], stories.Gist]
    grounds: Mapping[str, str]  # of articles by their paths: what stands for all that stories go by
    keys: tuple[tuple[object, str], ...]  # articles and briefs, with what stands for all that they hold
    pages: tuple[StandingPage, ...]
    files: tuple[EditionFile, ...]
    held: Held
    problems: tuple[Problem, ...]
    anew: tuple[tuple[str, str], ...]  # paths of files whose pieces were made anew, and why
    young: Young


def gather(
    project: Project,
    *,
    cache: Cache,
    now: datetime,
    map: Map = map,  # noqa: A002 -- the seam's name
    drafts: bool = False,
    future: bool = False,
    clock: int = 0,
) -> Copy:
    """Read what is to be shown, and brief it. Raises nothing: what is wrong lies in `problems`.

    `clock` is the time in nanoseconds since 1970, read before; without it no file is known by its stamp.
    """
    config = project.config
    lying = content.survey(project.content)
    files_read = list(lying.files.values())
    made = pieces.make(files_read, options.of_pieces(project, cache, clock), cache, map)
    read = content.assembled(lying, (one.piece.outcome for one in made), config.limits)
    shown, held = hold_back(read.articles, now, drafts=drafts, future=future)
    standing = tuple(page for page in read.pages if drafts or not page.draft)
    briefs, unsupported = taken.briefs_of(made, shown)
    files, misnamed = content.edition_files(
        read, lambda moment: editions.edition_start(moment, config.period)
    )
    early = content.links_to_held_back(read, (*shown, *standing))
    late = () if future else content.corrections_ahead(shown, now)
    problems = [*read.problems, *early, *late, *unsupported, *misnamed]
    problems += content.collisions(shown, standing)
    return Copy(
        read=read,
        articles=shown,
        briefs=briefs,
        gist_of=taken.gist_of(made, cache),
        grounds=taken.grounds(made),
        keys=tuple(taken.keys_of(made, shown)),
        pages=standing,
        files=files,
        held=held,
        problems=tuple(problems),
        anew=tuple((path, one.why) for (path, _), one in zip(files_read, made, strict=True) if one.why),
        young=tuple((paths, it.key) for paths, it in zip(files_read, made, strict=True) if it.is_young),
    )


def are_as_read(files: Collection[str], young: Young, project: Project, cache: Cache) -> bool:
    """Tell whether files hold what a build read of them, to which they were `young`.

    That is known of articles and their brief files, by their whole paths.
    """
    root = project.root.resolve() / project.content.relative_to(project.root)
    known = {f"{root}/{path}" for paths, _ in young for path in paths if path}
    return known.issuperset(files) and pieces.are_as_read(young, options.of_pieces(project, cache), cache)


def hold_back(
    articles: Sequence[Article], now: datetime, *, drafts: bool, future: bool
) -> tuple[tuple[Article, ...], Held]:
    """Keep back drafts and what is dated later than now, unless they are asked for."""
    shown = tuple(a for a in articles if (drafts or not a.draft) and (future or a.published <= now))
    unfinished = [a for a in articles if a.draft and not drafts]
    later = [a for a in articles if a.published > now and not future and (drafts or not a.draft)]
    return shown, Held(len(unfinished), len(later), min((a.published for a in later), default=None))
