"""A site's brief files: which articles have one, what stands in it, and what is to be written."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import config, content, summarise
from generator.cache import Cache, opened
from generator.content.pairing import brief_path
from generator.content.source_files import too_large
from generator.model import Article, ModelChoice, newest_first
from generator.problems import InvalidSource, Problem, Refusal
from generator.summarise import brief_file

if TYPE_CHECKING:
    from generator.summarise.models.outcomes import Outcome
    from generator.summarise.models.rounds import Round

MARK = "\ufeff"


class Desk:
    """A site's articles, what the summariser makes of them, and the files beside them."""

    def __init__(self, project: config.Project, *, anew: bool = False) -> None:
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
        self.model = settings.model
        self.anew = anew
        self.memory = _memory(opened(project.cache), self.model)
        self.summariser = summarise.choose(
            settings.entities, self.model, self.memory, remembered=True, anew=anew
        )
        self.editor = settings.editor

    def file(self, article: Article) -> Path:
        """Give where an article's brief file stands, or would."""
        path, beside = self.read.files[article.path]
        return self.content / (beside or brief_path(path))

    def shown(self, file: Path) -> str:
        """Give a file's path as messages name it."""
        return f"content/{unicodedata.normalize('NFC', file.relative_to(self.content).as_posix())}"

    def chosen(self, paths: Sequence[str]) -> list[Article]:
        """Find the articles that are named; all where none is. Raises what is wrong in them."""
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

    def wanting(self, articles: Sequence[Article], *, only_stale: bool) -> list[Article]:
        """Choose those that a model is to be asked for: without a current file or an answer.

        The newest come first, but after them those that earlier runs asked for in vain.
        """
        if self.model is None:
            return []
        wanted = [article for article in articles if self._wants(article, only_stale=only_stale)]
        from generator.summarise.models.kept import begun

        choice, memory = self.model, self.memory
        tried = {article.path: begun(article, choice, memory).runs for article in wanted}
        # One that was asked for in vain before must not keep the others from their turn.
        return sorted(sorted(wanted, key=newest_first), key=lambda article: tried[article.path])

    def _wants(self, article: Article, *, only_stale: bool) -> bool:
        if self.anew:
            there = self.file(article).is_file()
            return _says_something(article) and (not only_stale or (there and bool(self._stale(article))))
        return (
            self._lacks(article, only_stale=only_stale)
            and self.summariser.kept(article) is None
            and _says_something(article)
        )

    def _lacks(self, article: Article, *, only_stale: bool) -> bool:
        """Tell an article whose file is of an older text, or missing."""
        if not self.file(article).is_file():
            return not only_stale
        return any(problem.code == "stale-brief" for problem in self._stale(article))

    def in_vain(self, articles: Sequence[Article], *, only_stale: bool) -> list[Outcome]:
        """Give those that the model answered for good, and not with a brief, where that is to fail a run.

        Without a file for them it is to fail each run, until the model is asked anew.
        """
        if self.model is None or self.anew or self.model.on_failure != "error":
            return []
        from generator.summarise.models.outcomes import before

        lacking = [article for article in articles if self._lacks(article, only_stale=only_stale)]
        base, known = self.summariser.base, self.summariser.known
        told = (before(article, self.model, self.memory, base, known) for article in lacking)
        return [outcome for outcome in told if outcome]

    def round(self, paths: Sequence[str], *, only_stale: bool) -> Round | None:
        """Give what runs that ask anew for these paths have asked so far; None where nobody is asked anew."""
        if self.model is None or not self.anew:
            return None
        from generator.summarise.models.rounds import Round

        names = sorted({self._inside(path) for path in paths})
        return Round((*names, "stale") if only_stale else tuple(names), self.model, self.memory)

    def is_gone(self, article: Article) -> bool:
        """Tell an article that was deleted or moved since it was read: a brief would stand beside nothing."""
        return not (self.content / self.read.files[article.path][0]).is_file()

    def written(self, article: Article) -> Iterator[tuple[Path, bytes]]:
        """Give the brief file of one article where it is to be written. Raises InvalidSource."""
        return self._rewritten(article, only_stale=False)

    def _rewritten(self, article: Article, *, only_stale: bool) -> Iterator[tuple[Path, bytes]]:
        if self.is_gone(article):
            return
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
        file = self.file(article)
        text = file.read_text(encoding="utf-8-sig")
        return brief_file.stale(text, self.shown(file), article, self.summariser(article))

    def faults(self, article: Article, *, needed: bool) -> Iterator[Problem]:
        """Tell what is out of date in an article's brief file, gone from under its lines, or unsupported."""
        yield from summarise.merged(article, self.summariser(article), self.editor)[1]
        yield from summarise.adrift(article)
        if self.file(article).is_file():
            yield from self._stale(article)
        elif needed:
            shown = self.shown(self.file(article))
            hint = f"run: broadsheet brief content/{article.path}"
            yield Problem(shown, 1, 1, "missing-brief", "there is no such file", hint)


def _memory(cache: Cache, model: ModelChoice | None) -> Any:
    """Give what keeps answers: where a model may be asked, also those that the disk does not take."""
    if model is None:
        return cache
    from generator.summarise.models.kept import Held

    return Held(cache)


def _says_something(article: Article) -> bool:
    """Tell whether a model would be sent more than a title: else there is nothing to be brief about."""
    from generator.summarise.models.asking import withheld

    out = withheld(article)
    return any(it.text.strip() and it.id != "s0" and it.id not in out for it in article.sentences)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 -- resolve would follow a link to another name


def _under(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _concerns(problem: Problem, names: set[str]) -> bool:
    path = problem.path.removeprefix("content/")
    return "." in names or path in names or any(_under(path, name) for name in names)
