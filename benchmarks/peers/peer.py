"""What a generator is to a benchmark: how it is installed, how it wants a site, what builds it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import LINK, Article

SITES = Path(__file__).parent / "sites"
STYLE = Path(__file__).with_name("style.css")
Form = Callable[[Article, str], str]  # an article, and its text with links as they should be
Linked = Callable[[Article, Article], str]  # from one article to another


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator.

    `install` puts it into a folder, or finds it there, and gives its version; `command` builds the site that
    it is run in, in so many processes if it can be told. `made` is what a cold build lacks. What is added to
    the footer in `template` reaches every page, so does what is added to `style`, by its fingerprint; where
    the site has neither, both are copied from `originals`; else the style sheet is the one of all peers.
    `published` is what a cache holds of the site.
    """

    name: str
    install: Callable[[Path], str]
    command: Callable[[Path, int | None], Sequence[str]]
    form: Form
    output: str
    made: tuple[str, ...]
    template: str
    style: str
    environment: Mapping[str, str]
    published: tuple[str, ...] = ()
    originals: Path | None = None
    linked: Linked = lambda _, to: f"/{to.address}"


class Site:
    """A corpus in the form of a generator, in a folder."""

    def __init__(self, folder: Path, peer: Peer) -> None:
        self.folder, self.peer = folder, peer
        self._known: list[Article] = []

    def begin(self) -> None:
        """Make the folder anew, with the generator's configuration and templates."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(SITES / self.peer.name, self.folder)
        given = {self.peer.style: STYLE}
        if self.peer.originals:
            given = {place: self.peer.originals / place for place in (self.peer.template, self.peer.style)}
        for place, source in given.items():
            (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, self.folder / place)
        self._known.clear()

    def write(self, articles: Iterable[Article]) -> None:
        self.begin()
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Write the next article of the corpus: its links lead to those before it."""
        self._known.append(replace(article, body=""))
        self.put(article)

    def put(self, article: Article, more: str = "") -> None:
        """Write an article, maybe with a paragraph more."""
        file = self.file(article)
        file.parent.mkdir(parents=True, exist_ok=True)

        def to(found: re.Match[str]) -> str:
            return f"]({self.peer.linked(article, self._known[int(found[1])])})"

        body = LINK.sub(to, article.body) + (f"\n{more}\n" if more else "")
        file.write_text(self.peer.form(article, body), encoding="utf-8", newline="\n")

    def file(self, article: Article) -> Path:
        """Say where the file of an article lies: under the day that it was first written on."""
        known = self._known[article.number] if article.number < len(self._known) else article
        return self.folder / "content" / file_of(known)

    def remove(self, article: Article) -> None:
        self.file(article).unlink()

    def fit_in(self, place: str, line: str, before: str = "") -> None:
        """Add a line to a template or a style sheet, at its end or before what it holds."""
        file = self.folder / place
        text = file.read_text(encoding="utf-8")
        at = text.rindex(before) if before else len(text)
        file.write_text(f"{text[:at]}{line}\n{text[at:]}", encoding="utf-8", newline="\n")

    def take_away(self, *places: str) -> None:
        for place in places:
            path = self.folder / place
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def check_out(self) -> None:
        """Leave what is under git, as new files, and the caches, copied back; the site is gone."""
        before = self.folder.with_name(f"{self.folder.name}.before")
        self.folder.rename(before)
        kept = {place for place in self.peer.made if place != self.peer.output}
        for path in before.iterdir():
            if path.name == self.peer.output:
                continue
            copy = shutil.copy2 if path.name in kept else shutil.copyfile
            if path.is_dir():
                shutil.copytree(path, self.folder / path.name, copy_function=copy, symlinks=True)
            else:
                self.folder.mkdir(exist_ok=True)
                copy(path, self.folder / path.name)
        shutil.rmtree(before)

    def page(self, article: Article) -> str:
        """Give the page of an article, or nothing where there is none."""
        path = self.folder / self.peer.output / article.address / "index.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def made(self) -> dict[str, int]:
        """Count what a build has made."""
        files = [path for path in (self.folder / self.peer.output).rglob("*") if path.is_file()]
        pages = sum(path.suffix == ".html" for path in files)
        return {"pages": pages, "files": len(files), "bytes": sum(path.stat().st_size for path in files)}


def file_of(article: Article) -> str:
    return f"{article.published:%Y/%m/%d}/{article.slug}.md"
