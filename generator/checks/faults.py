"""What is wrong with a site as it would be published, told where it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.checks import feeds, kinds, links, pictures, weight
from generator.checks.external import Answer
from generator.checks.links import Dead
from generator.checks.places import OURS, Sources, forms
from generator.checks.survey import Survey, Target
from generator.counting import beyond, size
from generator.model import File, Position
from generator.problems import Problem

NAMED = 3  # pages that a message names
CONFIG = "config.yaml"
LOST = "put the file there, or mend the address"


@dataclass(frozen=True, slots=True)
class Told:
    """What faults are told with: the site, what it is made from, and pages that must be reached.

    `measures` gives width and height of pictures by their path on the site; `wanted` the origin of each page
    that a reader should find, by its path.
    """

    site: Survey
    sources: Sources
    measures: Mapping[str, tuple[int, int]]
    wanted: Mapping[str, str]


def faults(files: Sequence[File], told: Told, budget: weight.Budget) -> Iterator[Problem]:
    """Tell everything that is wrong with a site's files."""
    yield from _dead(told)
    yield from _pictures(told)
    yield from _unreached(told)
    yield from _feeds(files, told)
    yield from _heavy(told, budget)


def placed(told: Told, pages: Iterable[str], written: str, target: Target) -> list[Position]:
    """Find where an address on pages was written; the first page's own source where it cannot be found."""
    pages = list(pages)
    file = told.site.file(target.path) if target.path is not None and not target.stray else None
    wanted = forms(written, target, told.site.url, told.site.origins.get(file or "", ""))
    origins = [told.site.origins[page] for page in pages]
    found = told.sources.places(origins, wanted)
    if not found and target.outside:
        found = told.sources.beginning(target.outside)
    return found or [Position(origins[0] or CONFIG, 1, 1)]


def _dead(told: Told) -> Iterator[Problem]:
    grouped: dict[tuple[str, str], list[Dead]] = {}
    for one in links.dead(told.site):
        grouped.setdefault((one.written, one.lack), []).append(one)
    for (written, _), some in grouped.items():
        pages = [one.page for one in some]
        code, message, hint = _said(some[0], told.site.url)
        for at in placed(told, pages, written, some[0].target):
            where = "" if at.line > 1 or at.column > 1 else on(pages)
            yield Problem(at.path, at.line, at.column, code, message + where, hint)


def _said(dead: Dead, url: str) -> tuple[str, str, str]:
    target = dead.target
    where = shown(target.path or "") if not target.stray else str(target.path)
    if target.stray:
        message = f'"{where}" does not lie under the site\'s own address, {url}'
        hint = "in a template, begin it with {{ site.base }}; write the whole address of another site's page"
        return "dead-link", message, hint
    near = f'did you mean "{_meant(dead)}"?' if dead.near else ""
    if dead.lack == "anchor":
        message = f'there is no place "{target.fragment.removeprefix(OURS)}" on the page {where}'
        return "dead-anchor", message, near or "name a heading of it, or a sentence: #s3"
    if dead.lack == "file":
        return "missing-file", f'a page loads "{where}", which is not there', near or LOST
    return "dead-link", f'there is no page "{where}"', near or "mend the link, or take it out"


def _meant(dead: Dead) -> str:
    return f"#{dead.near.removeprefix(OURS)}" if dead.lack == "anchor" else f"/{dead.near}"


def shown(path: str) -> str:
    """Write a file's address as a reader sees it, from the site's root."""
    return f"/{path.removesuffix('index.html')}"


def on(pages: Sequence[str]) -> str:
    """Say on which pages something stands."""
    named = ", ".join(map(shown, pages[:NAMED]))
    more = f" and {len(pages) - NAMED:,} more" if len(pages) > NAMED else ""
    return f" (on {named}{more})"


def _pictures(told: Told) -> Iterator[Problem]:
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for one in pictures.unfit(told.site, told.measures):
        grouped.setdefault((one.written, one.fault, one.said), []).append(one.page)
    for (written, fault, said), pages in grouped.items():
        for at in placed(told, pages, written, told.site.target(written, pages[0])):
            where = (at.path, at.line, at.column)
            if fault == "no-alt":
                message = f'the picture "{written}" has no text that stands for it{on(pages)}'
                hint = 'write alt="what it shows", or alt="" where it only decorates'
                yield Problem(*where, "missing-alt", message, hint, "warning")
            elif fault == "no-size":
                message = f'the picture "{written}" has no width and height: the text jumps when it comes'
                hint = "write both, in pixels of the file"
                yield Problem(*where, "picture-size", message, hint, "warning")
            else:
                message = f'the picture "{written}" is shown out of shape: {said}'
                hint = "write the measures of the file, or others of the same shape"
                yield Problem(*where, "picture-size", message, hint, "warning")


def _unreached(told: Told) -> Iterator[Problem]:
    for path in links.unreached(told.site, told.wanted):
        message = f"no link leads from the front page to this one, {shown(path)}"
        hint = "name it in menu or footer.links of config.yaml, or link to it from another page"
        yield Problem(told.wanted[path], 1, 1, "orphan-page", message, hint, "warning")


def _feeds(files: Sequence[File], told: Told) -> Iterator[Problem]:
    for one in feeds.unsound(files, told.site):
        where = (CONFIG, 1, 1)
        if one.is_form:
            hint = "a fault of the program: please report it, with the article that brings it about"
            yield Problem(*where, "feed-form", f"{one.path}: {one.said}", hint)
        else:
            hint = "see that url is where the site will stand, and what templates of yours leave out"
            yield Problem(*where, "feed-link", f"{one.path}: {one.said}", hint)


def away(told: Told, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Tell what has become of links to other sites; `answers` by the addresses of `links.outside`."""
    for address, seen in links.outside(told.site).items():
        answer = answers.get(address)
        if answer is None or answer.state in ("there", "unseen"):
            continue
        pages = [page for page, _ in seen]
        for written in dict.fromkeys(written for _, written in seen):
            target = told.site.target(written, pages[0])
            for at in placed(told, pages, written, target):
                yield _lost(address, answer, at)


def _lost(address: str, answer: Answer, at: Position) -> Problem:
    where = (at.path, at.line, at.column)
    if answer.state == "gone":
        hint = "lead to where it stands now, or to an archived copy: https://web.archive.org/"
        return Problem(*where, "external-gone", f"{address} is gone: {answer.said}", hint, "warning")
    if answer.state == "moved":
        return Problem(*where, "external-moved", f"{address} has moved", f"write {answer.place}", "warning")
    hint = "look whether it is there in a browser; it is asked again in an hour"
    return Problem(*where, "external-silent", f"{address}: {answer.said}", hint, "warning")


def _heavy(told: Told, budget: weight.Budget) -> Iterator[Problem]:
    pages: dict[str, list[weight.Heavy]] = {}
    for one in weight.heavy(told.site, budget):
        if one.what == "page":
            origin = told.site.origins[one.path]
            pages.setdefault(origin if one.largest == one.path else one.largest, []).append(one)
        elif one.what == "file":
            origin = told.site.origins[one.path]
            path = origin if origin.startswith(("content/", "templates/")) else CONFIG
            message = f"{shown(one.path)} weighs {beyond(one.weight, one.limit)}"
            hint = "divide it, or publish it elsewhere and link to it: no reader waits for it"
            yield Problem(path, 1, 1, "heavy-file", message, hint)
        else:
            yield _heavy_site(told, one)
    yield from (_heavy_pages(told, some) for some in pages.values())


def _heavy_site(told: Told, one: weight.Heavy) -> Problem:
    if one.what == "files":
        kind, count = kinds.heaviest((path, 1) for path in told.site.sizes)
        limit = f"of at most {one.limit:,}" if one.is_near else f"more than {one.limit:,}"
        message = f"the site has {one.weight:,} files, {limit}: the largest part is {kind}, {count:,}"
    else:
        kind, count = kinds.heaviest(told.site.sizes.items())
        limit = f"{size(one.weight)}, of at most {size(one.limit)}"
        message = f"the site weighs {limit if one.is_near else beyond(one.weight, one.limit)}: "
        message += f"the largest part is {kind}, {size(count)}"
    hint = f"{_lighter(kind, one.what)}; --budget sets what your host allows"
    return Problem(CONFIG, 1, 1, "heavy-site", message, hint, "warning" if one.is_near else "error")


def _lighter(kind: kinds.Kind, what: str) -> str:
    """Say how a site comes to hold less of a kind."""
    mends = {"feeds": "set feed.archives: none", "search": "do without the search page: search: false"}
    if what == "site":
        mends["feeds"] = "let feeds hold less: feed.archives, feed.items, feed.content"
        mends |= {"pictures": "scale pictures down", "fonts": "name fewer fonts in theme.fonts"}
    return mends.get(kind, "let a site of its own hold what is older")


def _heavy_pages(told: Told, some: Sequence[weight.Heavy]) -> Problem:
    """Tell of pages that are heavy by the same thing: once, at an article if one of them is its own."""
    origins = told.site.origins
    worst = max(some, key=lambda one: (origins[one.path].startswith("content/"), one.weight, one.path))
    own = worst.largest == worst.path
    part = "its own text" if own else f"{shown(worst.largest)}, {size(told.site.sizes[worst.largest])}"
    more = f" ({len(some) - 1:,} more like it)" if some[1:] else ""
    message = f"the page {shown(worst.path)} and all that it loads weigh {beyond(worst.weight, worst.limit)}"
    message += f"{more}: the largest part is {part}"
    mends = {"pictures": "scale pictures down, or show fewer", "fonts": "name fewer fonts in theme.fonts"}
    hint = "divide it" if own else mends.get(kinds.kind(worst.largest), "make that smaller")
    return Problem(origins[worst.path], 1, 1, "heavy-page", message, hint, "warning")
