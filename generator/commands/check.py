"""broadsheet check: whether pushing is fine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import config, reports
from generator.commands import options
from generator.commands.moment import now
from generator.commands.output import tell_data
from generator.commands.reading import read
from generator.counting import plural, size
from generator.model import Image, Position
from generator.problems import InvalidSource, Problem

if TYPE_CHECKING:
    from generator.build import Copy, Made
    from generator.cache import Cache
    from generator.checks import Budget, Sources, Told

MORE = "what pages lead to, load and weigh is looked at when these are mended"


@dataclass(slots=True)
class Found:
    """What a check looked at, wrote and found."""

    problems: list[Problem] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    fixed: list[str] = field(default_factory=list)
    rest: str = ""


def _budget(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> Budget:
    from generator.checks import Budget, budget

    made = Budget()
    for written in given:
        try:
            made = budget(written, made)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    return made


@click.command(epilog="Example:  broadsheet check --strict --budget page=2MB")
@options.folder
@click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
@click.option("--external", is_flag=True, help="Ask other sites, too, whether what is linked is still there.")
@click.option("--fix", is_flag=True, help="Write an id into each sound article that has none; then check.")
@click.option(
    "--budget",
    multiple=True,
    metavar="NAME=AMOUNT",
    callback=_budget,
    help="What a page, picture, file or the site may weigh, and its files at most: page=2MB,files=20000.",
)
@click.option("--base-url", metavar="URL", help="Where the site will stand, in place of config.yaml's url.")
@click.option("--drafts", is_flag=True, help="Check articles marked draft: true, too.")
@click.option("--future", is_flag=True, help="Check articles dated later than now, too.")
@options.as_json
@click.make_pass_decorator(options.Asked, ensure=True)
def check(
    asked: options.Asked,
    *,
    folder: Path,
    strict: bool,
    external: bool,
    fix: bool,
    budget: Budget,
    base_url: str | None,
    drafts: bool,
    future: bool,
    as_json: bool,
) -> None:
    """Say whether the site in FOLDER is fit to be published, without writing site/.

    All that a build would refuse is told, and what it would publish is looked through: links, anchors,
    pictures, feeds, briefs, titles, weight. Each fault is told where it is written.

    Exit code 1 if there is an error; with --strict, if there is anything.
    """
    project = read(folder, base_url)
    found = _checked(project, budget, external=external, fix=fix, drafts=drafts, future=future)
    asked.closing, asked.data = found.rest, {"fixed": found.fixed}
    problems = sorted(set(found.problems))
    if not as_json:
        for path in found.fixed:
            click.echo(f"Wrote an id into {path}", err=True)
    if any(problem.severity == "error" for problem in problems) or (strict and problems):
        raise InvalidSource(problems)
    if as_json:
        told = [asdict(problem) for problem in problems]
        data = {"ok": True, "checked": found.checked, "fixed": found.fixed, "warnings": told}
        tell_data(data)
        return
    if problems:
        reports.tell(problems, project.root)
    click.echo(_said(found, problems), err=True)


def _said(found: Found, problems: list[Problem]) -> str:
    it = found.checked
    what = ", ".join(plural(it[f"{noun}s"], noun) for noun in ("article", "page", "file"))
    what += f", {size(it['bytes'])}"
    asked = f", {plural(it['asked'], 'link')} elsewhere" if "asked" in it else ""
    rest = f" ({it['unseen']:,} let no program look)" if it.get("unseen") else ""
    return f"Checked {what}{asked}{rest}: {reports.counted(problems) or 'nothing is wrong'}."


def _checked(
    project: config.Project, budget: Budget, *, external: bool, fix: bool, drafts: bool, future: bool
) -> Found:
    from generator import build, cache, executors

    found = Found()
    kept, moment = cache.opened(project.cache), now()
    spread = executors.here().spread
    copy = build.gather(project, cache=kept, now=moment, map=spread, drafts=drafts, future=future)
    if fix:
        found.fixed, unfixed = _fixed(project, copy)
        found.problems += unfixed
    sources = _sources(project, copy)
    found.problems += _written(project, copy, kept, budget, sources)
    try:
        made = build.make(project, copy, cache=kept, now=moment, future=future)
    except InvalidSource as error:
        found.problems += error.problems
        found.rest = MORE
        return found
    _published(project, made, budget, sources, found, external=external)
    return found


def _written(
    project: config.Project, copy: Copy, kept: Cache, budget: Budget, sources: Sources
) -> Iterator[Problem]:
    """Tell what is wrong with articles as they are written, and their briefs."""
    from generator import checks
    from generator.content.ids import place

    most = project.config.limits.front_matter

    def title(path: str) -> Position:
        return place(project.content / copy.read.files[path][0], path, "title", most)

    yield from checks.twins(copy.articles, title)
    yield from checks.wordless((*copy.articles, *copy.pages), sources)
    shown = ((f"content/{image.file}", path, image.bytes) for path, image in _pictures(copy))
    yield from checks.heavy_pictures(dict.fromkeys(shown), budget.picture, sources)
    yield from _briefs(project, copy, kept, sources)


def _pictures(copy: Copy) -> Iterator[tuple[str, Image]]:
    """Give each picture of articles and pages, and the file that shows it."""
    for article in copy.articles:
        yield from ((f"content/{article.path}", image) for image in (article.image, *article.images) if image)
    for page in copy.pages:
        yield from ((f"content/{page.path}", image) for image in page.images)


def _briefs(project: config.Project, copy: Copy, kept: Cache, sources: Sources) -> Iterator[Problem]:
    """Tell what `brief --check` tells. A build goes on with a brief file that is out of date: so do we."""
    from generator import summarise
    from generator.summarise import brief_file

    summariser = summarise.Remembering(summarise.choose(project.config.entities), kept)
    for article in copy.articles:
        file = sources.beside(f"content/{article.path}")
        if file or article.edits:
            brief = summariser(article)
            yield from summarise.merged(article, brief, project.config.editor)[1]
            yield from summarise.adrift(article)
            stale = brief_file.stale(sources.text(file), file, article, brief) if file else []
            yield from (replace(problem, severity="warning") for problem in stale)


def _fixed(project: config.Project, copy: Copy) -> tuple[list[str], list[Problem]]:
    """Write down the id of each sound article that has none."""
    from generator import disk
    from generator.content.ids import with_id
    from generator.content.writing import replace_file

    limits = project.config.limits
    faulty = {problem.path for problem in copy.problems}
    fixed: list[str] = []
    unfixed: list[Problem] = []
    for article in sorted(copy.read.articles, key=lambda article: article.path):
        path, brief = copy.read.files[article.path]
        shown = f"content/{article.path}"
        if shown in faulty or (brief and f"content/{brief}" in faulty):
            continue
        data = disk.read(project.content / path, limits.article)
        made = with_id(data, article.id, limits.front_matter)
        if made is None or len(made) > limits.article:
            hint = f"write it yourself: id: {article.id}"
            message = "no id could be written here by a line of its own"
            unfixed.append(Problem(shown, 2, 1, "unwritten-id", message, hint, "warning"))
        elif made != data:
            replace_file(project.content / path, made)
            fixed.append(shown)
    return fixed, unfixed


def _sources(project: config.Project, copy: Copy) -> Sources:
    """Say what the site is made from, for faults to be told where they are written."""
    from generator import checks

    own = project.templates[:-1]
    templates = [
        f"templates/{file.relative_to(folder).as_posix()}"
        for folder in own
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".html", ".css", ".js", ".svg", ".xml") and file.is_file()
    ]
    actual = {f"content/{path}": f"content/{beside[0]}" for path, beside in copy.read.files.items()}
    briefs = {
        f"content/{path}": f"content/{beside[1]}" for path, beside in copy.read.files.items() if beside[1]
    }
    editions = [f"content/{it.path}" for it in copy.files]

    def read(path: str) -> str:
        from generator import disk

        try:
            data = disk.read(project.root / actual.get(path, path), project.config.limits.article)
        except OSError:
            return ""
        return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")

    content = [*actual, *briefs.values(), *editions]
    return checks.Sources(config.NAME, templates, content, lambda path: briefs.get(path, ""), read)


def _published(
    project: config.Project, made: Made, budget: Budget, sources: Sources, found: Found, *, external: bool
) -> None:
    """Look through what would be published."""
    from generator import checks, urls

    survey = checks.survey(made.whole, project.config.url)
    wanted = {urls.file(one.url): f"content/{one.path}" for one in made.copy.articles}
    wanted |= {urls.file(one.url): f"content/{one.path}" for one in made.copy.pages}
    measures = {image.url: (image.width, image.height) for _, image in _pictures(made.copy)}
    told = checks.Told(survey, sources, measures, wanted)
    found.problems += checks.faults(made.whole, told, budget)
    found.checked = {
        "articles": len(made.copy.articles),
        "pages": len(survey.pages),
        "files": len(survey.sizes),
        "bytes": sum(survey.sizes.values()),
    }
    if external:
        _asked_elsewhere(project, told, found)


def _asked_elsewhere(project: config.Project, told: Told, found: Found) -> None:
    from generator import checks
    from generator.commands.elsewhere import answers

    found_there = answers(checks.outside(told.site), project)
    found.problems += checks.away(told, found_there)
    found.checked["asked"] = len(found_there)
    found.checked["unseen"] = sum(one.state == "unseen" for one in found_there.values())
