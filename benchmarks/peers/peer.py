"""What a generator is to a benchmark: how it is installed, how it wants a site, what builds it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import LINK, Article

SITES = Path(__file__).parent / "sites"
Form = Callable[[Article, str], str]  # an article, and its text with links as they should be
Linked = Callable[[Article, Article], str]  # from one article to another


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator.

    `install` puts it into a folder, or finds it there; `command` builds the site of the folder it is run in.
    `made` is what a cold build lacks, `lost` what is left behind where only the site is taken away. A line in
    `template` reaches every page, so does one in `style`, through its fingerprint; these lie in the site's folder.
    """

    name: str
    install: Callable[[Path], str]  # gives the version
    command: Callable[[Path], Sequence[str]]
    form: Form
    linked: Linked
    output: str
    made: tuple[str, ...]
    template: str
    template_line: str
    style: str
    environment: Mapping[str, str]
    records: tuple[str, ...] = ()  # of `made`, what a machine keeps that has lost the output


class Site:
    """A corpus in the form of a generator, in a folder."""

    def __init__(self, folder: Path, peer: Peer) -> None:
        self.folder, self.peer = folder, peer
        self._known: list[Article] = []

    def begin(self) -> None:
        """Make the folder anew, with the generator's configuration and templates."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(SITES / self.peer.name, self.folder)
        self._known.clear()

    def write(self, articles: Iterable[Article]) -> None:
        self.begin()
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Write the next article of the corpus: its links lead to those before it."""
        self._known.append(_without_body(article))
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

    def take_away(self, *places: str) -> None:
        for place in places:
            path = self.folder / place
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def file_of(article: Article) -> str:
    return f"{article.published:%Y/%m/%d}/{article.slug}.md"


def _without_body(article: Article) -> Article:
    from dataclasses import replace

    return replace(article, body="")
