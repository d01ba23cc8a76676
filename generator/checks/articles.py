"""What is wrong with articles as they are written, whatever page they come to stand on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from generator.checks.places import Sources, positions
from generator.counting import beyond
from generator.model import Article, Position, StandingPage, newest_first
from generator.problems import Problem

# A picture without words: ![](storm.png), ![][storm], <img src="storm.png">.
WORDLESS = re.compile(
    r"!\[\s*\](?:\(\s*<?([^)>\s]+)|\[[^\]]*\])|<img\b(?![^>]*\balt\b)[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)"
)


def twins(articles: Iterable[Article], place: Callable[[str], Position]) -> Iterator[Problem]:
    """Find articles of one language with the same title, each told with the oldest that has it.

    `place` says where the title of an article is written, by its path.
    """
    taken: dict[tuple[str, str], Article] = {}
    for article in sorted(articles, key=newest_first, reverse=True):
        title = " ".join(unicodedata.normalize("NFC", article.title).casefold().split())
        first = taken.setdefault((article.lang, title), article)
        if first is not article:
            at = place(article.path)
            message = f"content/{first.path} ({first.published:%Y-%m-%d}) has the same title"
            hint = "say in the title what is new: readers and search engines take the two for one"
            yield Problem(at.path, at.line, at.column, "duplicate-title", message, hint, "warning")


def wordless(made: Iterable[Article | StandingPage], sources: Sources) -> Iterator[Problem]:
    """Find pictures in texts that are written without words in their place, which says nothing of them.

    `<img alt="">` and `alt: ""` say that a picture only decorates.
    """
    for one in made:
        silent = {_named(image.file) for image in one.images if not image.alt}
        if not silent:
            continue
        path = f"content/{one.path}"
        for at, written in _wordless(sources.text(path), path):
            if not written or _named(unquote(written)) in silent:
                message = f'the picture "{written or "here"}" has no text that stands for it'
                hint = 'write ![What it shows](…), or <img src="…" alt=""> where it only decorates'
                yield Problem(at.path, at.line, at.column, "missing-alt", message, hint, "warning")


def _named(path: str) -> str:
    return unicodedata.normalize("NFC", path).rpartition("/")[2]


def _wordless(text: str, path: str) -> Iterator[tuple[Position, str]]:
    found = (match[1] or match[2] or "" for match in WORDLESS.finditer(text))
    return zip(positions(text, path, WORDLESS), found, strict=True)


def heavy_pictures(
    pictures: Iterable[tuple[str, str, int]], most: int, sources: Sources
) -> Iterator[Problem]:
    """Find pictures of more than `most` bytes; each comes with the path of what shows it, and its bytes."""
    for file, path, size in pictures:
        if most and size > most:
            name = file.rpartition("/")[2]
            found = positions(sources.text(path), path, re.compile(re.escape(name)))
            at = next(found, Position(path, 1, 1))
            message = f"the picture {name} weighs {beyond(size, most)}"
            hint = "scale it down, or save it as WebP or AVIF"
            yield Problem(at.path, at.line, at.column, "heavy-picture", message, hint, "warning")
