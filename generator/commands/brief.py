"""broadsheet brief: briefs as files beside their articles, for editors to mend."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from generator import config, reports
from generator.commands import options
from generator.model import Article
from generator.problems import InvalidSource, Problem, Refusal

MARK = "\ufeff"


@click.command(epilog="Example:  broadsheet brief content/2026/11/23/corvane.md")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Write a brief file for every article.")
@click.option("--changed", is_flag=True, help="Rewrite only the brief files that are out of date.")
@click.option("--check", is_flag=True, help="Write nothing; tell what is out of date or unsupported.")
@options.site_folder
@options.as_json
def brief(
    *, paths: tuple[str, ...], every: bool, changed: bool, check: bool, folder: Path, as_json: bool
) -> None:
    """Write NAME.brief.yaml beside each article that PATH names: a file or a folder under content/.

    What you change in it wins over the summariser, field by field, and is never overwritten. A file that is
    there is rewritten around what you changed. --changed and --check look at all brief files, or at those of
    PATH; --check --all asks for one beside every article.

    Exit code 1 if --check finds a brief out of date or a line unsupported, or if a file cannot be read.
    """
    if not (paths or every or changed or check):
        raise click.UsageError("Name an article or a folder, or give --all, --changed or --check.")
    if paths and every:
        raise click.UsageError("Give PATH or --all, not both.")
    desk = _Desk(config.read(folder))
    chosen = desk.chosen(paths)
    if check:
        _check(desk, chosen, every=every, as_json=as_json)
        return
    from generator.content.writing import replace_file

    made = desk.rewritten(chosen, only_stale=changed)
    for file, data in made:
        replace_file(file, data)
    _tell_written([desk.shown(file) for file, _ in made], as_json=as_json)


def _check(desk: _Desk, chosen: Sequence[Article], *, every: bool, as_json: bool) -> None:
    found = [problem for article in chosen for problem in desk.faults(article, needed=every)]
    if any(problem.severity == "error" for problem in found):
        raise InvalidSource(found)
    count = sum(desk.file(article).is_file() for article in chosen)
    if as_json:
        data = {"ok": True, "checked": count, "warnings": [asdict(problem) for problem in found]}
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
        return
    if found:
        reports.tell(found, desk.root)
    files = "1 brief file" if count == 1 else f"{count:,} brief files"
    rest = f"; {reports.counted(found)}" if found else ""
    click.echo(f"Checked {files}: current and supported{rest}.", err=True)


def _tell_written(names: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"ok": True, "written": names}, indent=1, ensure_ascii=False))
        return
    for name in names:
        click.echo(f"Wrote {name}", err=True)
    if not names:
        click.echo("Nothing to write: the brief files are as they should be.", err=True)


class _Desk:
    """A site's articles, what the summariser makes of them, and the files beside them."""

    def __init__(self, project: config.Project) -> None:
        from generator import content, summarise
        from generator.cache import opened

        settings = project.config
        self.root, self.content = project.root, project.content
        self.most = settings.limits.data
        self.read = content.read(
            project.content,
            settings.timezone,
            settings.language,
            limits=settings.limits,
            trusted_html=settings.trusted_html,
            hosts=settings.allowed_hosts,
        )
        self.summariser = summarise.Remembering(
            summarise.choose(project.config.entities), opened(project.cache)
        )
        self.editor = settings.editor

    def file(self, article: Article) -> Path:
        """Give where an article's brief file stands, or would."""
        from generator.content.pairing import brief_path

        path, beside = self.read.files[article.path]
        return self.content / (beside or brief_path(path))

    def shown(self, file: Path) -> str:
        """Give a file's path as messages name it."""
        return f"content/{unicodedata.normalize('NFC', file.relative_to(self.content).as_posix())}"

    def chosen(self, paths: Sequence[str]) -> list[Article]:
        """Find the articles that are named; all where none is. Raises what is wrong in them."""
        from generator.content.pairing import brief_path

        wanted: set[str] = set()
        for path, name in [(path, self._inside(path)) for path in paths] or [("", ".")]:
            found = {
                key for key in self.read.files if name in (".", key, brief_path(key)) or _under(key, name)
            }
            wanted |= {name} | found | {brief_path(key) for key in found}
            if path and name.startswith("pages/"):
                raise Refusal(f"{path} is a standing page", "only articles have briefs")
            if path and not found and not any(_concerns(problem, {name}) for problem in self.read.problems):
                raise Refusal(f"there is no article in {path}")
        problems = [problem for problem in self.read.problems if _concerns(problem, wanted)]
        if problems:
            raise InvalidSource(problems)
        articles = (article for article in self.read.articles if "." in wanted or article.path in wanted)
        return sorted(articles, key=lambda article: article.path)

    def _inside(self, path: str) -> str:
        """Give a path relative to content/; it may be absolute, relative to here, or to content/."""
        root = _absolute(self.content)
        for place in (Path(path), self.content / path):
            absolute = _absolute(place)
            if os.path.lexists(absolute) and absolute.is_relative_to(root):
                return unicodedata.normalize("NFC", absolute.relative_to(root).as_posix())
        if Path(path).exists():
            raise Refusal(f"{path} does not lie in {self.content}", "name a file or folder under content/")
        raise Refusal(f"there is no {path}", "name a file or folder under content/")

    def rewritten(self, articles: Sequence[Article], *, only_stale: bool) -> list[tuple[Path, bytes]]:
        """Give each brief file that is to be written. Raises what stands in the way of any of them."""
        from generator import summarise

        made: list[tuple[Path, bytes]] = []
        problems: list[Problem] = []
        for article in articles:
            problems += [found for found in summarise.adrift(article) if found.code == "evidence-unsure"]
            try:
                made += self._rewritten(article, only_stale=only_stale)
            except InvalidSource as error:
                problems += error.problems
        if problems:
            raise InvalidSource(problems)
        return made

    def _rewritten(self, article: Article, *, only_stale: bool) -> Iterator[tuple[Path, bytes]]:
        from generator.content.source_files import too_large
        from generator.summarise import brief_file

        file = self.file(article)
        old = file.read_bytes() if file.is_file() else None
        if only_stale and (old is None or not self._stale(article)):
            return
        made = self.summariser(article)
        if old is None:
            new = brief_file.written(article, made)
        else:
            text = old.decode()
            mark = MARK if text.startswith(MARK) else ""
            new = mark + brief_file.rewritten(text.removeprefix(MARK), self.shown(file), article, made)
        data = new.encode()
        if len(data) > self.most:
            what = "what would be written"
            raise InvalidSource([too_large(self.shown(file), 1, what, self.most, "limits.data")])
        if data != old:
            yield file, data

    def _stale(self, article: Article) -> list[Problem]:
        from generator.summarise import brief_file

        file = self.file(article)
        text = file.read_text(encoding="utf-8-sig")
        return brief_file.stale(text, self.shown(file), article, self.summariser(article))

    def faults(self, article: Article, *, needed: bool) -> Iterator[Problem]:
        """Tell what is out of date in an article's brief file, gone from under its lines, or unsupported."""
        from generator import summarise

        yield from summarise.merged(article, self.summariser(article), self.editor)[1]
        yield from summarise.adrift(article)
        if self.file(article).is_file():
            yield from self._stale(article)
        elif needed:
            shown = self.shown(self.file(article))
            hint = f"run: broadsheet brief content/{article.path}"
            yield Problem(shown, 1, 1, "missing-brief", "there is no such file", hint)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 -- resolve would follow a link to another name


def _under(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _concerns(problem: Problem, names: set[str]) -> bool:
    path = problem.path.removeprefix("content/")
    return "." in names or path in names or any(_under(path, name) for name in names)
