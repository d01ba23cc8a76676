"""The press: the order of the steps, and nothing else."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from generator import (
    assets,
    content,
    editions,
    exports,
    feeds,
    pages,
    publish,
    search,
    stories,
    summarise,
)
from generator.build import options, taken
from generator.build.copies import Copy as Copy
from generator.build.copies import Held as Held
from generator.build.copies import Young
from generator.build.copies import are_as_read as are_as_read
from generator.build.copies import gather as gather
from generator.build.drawing import draw
from generator.build.explaining import explained, record
from generator.build.made import Made as Made
from generator.build.made import Moments as Moments
from generator.cache import Cache
from generator.config import Project
from generator.keys import Keys, Known
from generator.model import AnyFile, Article, Brief, Lay, Site, held
from generator.problems import InvalidSource
from generator.publish import Published
from generator.reasons import Anew
from generator.steps import Step, untimed
from generator.templating import Templates
from generator.versions import program_and_libraries

Map = Callable[..., Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made; `early` is what --drafts and --future add."""

    articles: int
    editions: int
    topics: int
    pages: int
    feeds: int
    held: Held
    published: Published
    models: Mapping[str, int]  # briefs by the model that lines of theirs are by
    dropped: Mapping[str, int]  # lines of theirs that did not pass, by reason
    flagged: int  # edited lines of briefs that their pages flag
    moments: Moments  # for which it would come out the same
    early: tuple[content.Early, ...] = ()
    state: str = ""  # of what stands in site/ now, as `trees.remember` gives it
    content: str = ""  # of its files, as `publish.Standing.content` gives it
    anew: tuple[Anew, ...] = ()  # what was made anew and why, where that was asked for
    young: Young = ()


def build(
    project: Project,
    *,
    cache: Cache,
    now: datetime,
    map: Map = map,  # noqa: A002 -- the seam's name
    spread: Map | None = None,
    heavy: Map | None = None,
    drafts: bool = False,
    future: bool = False,
    clock: int = 0,
    step: Step = untimed,
    explain: bool = False,
    see: Callable[[Made], object] | None = None,
) -> Report:
    """Make the site. Same content, config and now: same bytes.

    Nothing is written to site/ until every file has been made: till then they lie beside it. `now` is aware.
    Pages are rendered by `map`, articles read and briefed by `spread` (else by `map`), which may send them to
    other processes: the path of a file is soon sent, but what a page is given is most of the site. A `heavy`
    map does a few long tasks. Raises InvalidSource with every problem of the input, Refusal where site/
    cannot or must not be written. What is made is shown to `see` before it is published.
    """
    with ExitStack() as opened:
        with step("look at site/"):
            standing = opened.enter_context(publish.opened(project.site, project.cache))
            standing.seek(heavy or builtins.map)
        with step("read and brief"):
            copy = gather(
                project,
                cache=cache,
                now=now,
                map=spread or map,
                drafts=drafts,
                future=future,
                clock=clock,
            )
        made = make(
            project,
            copy,
            cache=cache,
            now=now,
            map=map,
            heavy=heavy or builtins.map,
            future=future,
            holds=standing.holds,
            lay=standing.lay,
            step=step,
            whole=see is not None,
        )
        if see:
            see(made)
        anew = explained(project, made, standing) if explain else ()
        with step("publish"):
            published = standing.replace(made.files)
            record(project, made)
    report = _report(made, published, content.early(copy.articles, copy.pages, now))
    return replace(report, state=standing.state, content=standing.content, anew=anew, young=copy.young)


def make(
    project: Project,
    copy: Copy,
    *,
    cache: Cache,
    now: datetime,
    map: Map = map,  # noqa: A002 -- the seam's name
    heavy: Map = map,
    future: bool = False,
    holds: Callable[[str, str], bool] = lambda _path, _key: False,
    lay: Lay = held,
    step: Step = untimed,
    whole: bool = True,
) -> Made:
    """Make every file of the site, as `lay` gives it. Raises InvalidSource with every problem of the input.

    What a site `holds` that was made from the same is not made again. Without `whole` its
    pages are let go of once they are rendered: what they are given fills the memory.
    """
    config = project.config
    shown, standing = copy.articles, copy.pages
    with step("theme"):
        look = options.of_assets(project)
        theme, names = assets.collect(project.templates, look)
        templates = Templates(project.templates, config.url, project.cache / "templates")
        raise_all(copy.problems, templates.faults(cache, program_and_libraries()))

    known = Known(Keys(copy.keys, pages.PASSING), program_and_libraries(), holds)
    site = compose(project, copy, cache, known, step, map)
    taken.know_entries(site.entries, known.keys)
    by_id = {article.id: article for article in shown}
    latest = None if future else now
    with step("feeds"):  # before pages: what these are given stands in memory till all are rendered
        options_of_feeds = options.of_feeds(project)
        listed = feeds.listed(site, options_of_feeds)
        fed, unsound = feeds.render(listed, site, by_id, options_of_feeds, latest, known, lay, heavy)
    with step("plan"):
        told_look = options.of_pages(project, look)
        previews, cards = assets.cards.draw(site, look, config.social_cards, cache.remember)
        suppliers, until = options.suppliers(project, site, now)
        channels = tuple(listing.channel for listing in listed)
        keying = pages.Keying(site, known, templates, cache.remember)
        planned = pages.plan(
            site,
            by_id,
            names,
            told_look,
            cards,
            channels=channels,
            search=config.search,
            hosts=config.allowed_hosts,
            suppliers=suppliers,
            memory=cache,
            known=known,
        )
    drawn = draw(planned, keying, templates, map, holds=holds, lay=lay, step=step, whole=whole)
    with step("briefs as data"):
        told = list(exports.briefs(site, by_id, known, map, lay))
    with step("search"):
        searched = search.index(site, cache, known, heavy, lay) if config.search else []
    files: list[AnyFile] = [
        *drawn.files,
        *fed,
        *told,
        exports.schema(site),
        exports.opml(site, channels),
        *((exports.health(site, suppliers),) if suppliers else ()),
        *searched,
        *theme,
        *previews,
        *builtins.map(lay, content.picture_files(project.content, shown, standing)),
        assets.sitemap(site, drawn.listed),
        assets.robots(site),
        assets.manifest(site, names, told_look.paper.light),
    ]
    theirs = {file.path: file.origin for file in files if not file.origin.startswith("content/")}
    raise_all(drawn.torn, unsound, content.collisions(shown, standing, theirs))
    moments = _moments(shown, copy.held.due, now if future else None)
    if until:  # how long a source has been failing is told in days
        moments = Moments(now, min(until, moments.until or until))
    return Made(copy, site, drawn.count, drawn.pages, channels, files, moments, drawn.parts)


def compose(
    project: Project,
    copy: Copy,
    cache: Cache | None = None,
    known: Known | None = None,
    step: Step = untimed,
    map: Map = map,  # noqa: A002 -- the seam's name
) -> Site:
    """Gather articles into stories, and stories into editions."""
    with step("group"):
        grounds_of = _grounds_of(copy, known) if known else None
        told = stories.group(copy.articles, copy.briefs, copy.gist_of, cache, known, grounds_of, map)
    with step("compose"):
        return editions.compose(
            copy.articles, copy.briefs, told, copy.pages, options.of_editions(project), copy.files
        )


def _grounds_of(copy: Copy, known: Known) -> Callable[[Article, Brief], str]:
    return lambda article, brief: copy.grounds.get(article.path) or known.keys.of(article, brief)


def together(copy: Copy) -> dict[str, tuple[str, ...]]:
    """Say of each article why it stands in its story."""
    return stories.why(copy.articles, copy.briefs, copy.gist_of)


def raise_all(*found: Iterable[Any]) -> None:
    """Raise InvalidSource if any step found a problem: all of them together."""
    problems = [problem for some in found for problem in some]
    if problems:
        raise InvalidSource(problems)


def _moments(articles: Sequence[Article], due: datetime | None, ahead_of: datetime | None) -> Moments:
    """Say from which moment on articles may be told of, and till when none is due.

    `ahead_of` is the moment of a build that shows what lies ahead of it, too, and tells which that is.
    """
    if ahead_of:
        return Moments(ahead_of, min((a.published for a in articles if a.published > ahead_of), default=None))
    told = ((a.published, a.updated, *(it.date for it in a.corrections)) for a in articles)
    return Moments(max((moment for some in told for moment in some), default=None), due)


def _report(made: Made, published: Published, early: tuple[content.Early, ...]) -> Report:
    site, copy = made.site, made.copy
    briefs = [entry.brief for entry in site.entries]
    proofs = [brief.proof for brief in briefs if brief.proof]
    edited = (brief for article, brief in zip(copy.articles, copy.briefs, strict=True) if article.edits)
    return Report(
        articles=len(site.entries),
        editions=len(site.editions),
        topics=len(site.topics),
        pages=made.planned,
        feeds=len(made.channels),
        held=copy.held,
        published=published,
        models=dict(Counter(it.machine for it in briefs if it.proof and it.machine == it.proof.model)),
        dropped=dict(sum((Counter(dict(proof.dropped)) for proof in proofs), Counter())),
        flagged=sum(map(summarise.flagged, edited)),
        moments=made.moments,
        early=early,
    )
