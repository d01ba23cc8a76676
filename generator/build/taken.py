"""Pieces -> what a build takes of each: its brief, its gist, and what stands for all that it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from generator import stories
from generator.content.linking import LinkedBody
from generator.keys import Keys
from generator.model import Article, Brief, Entry
from generator.pieces import Made, Memory
from generator.problems import Problem


def briefs_of(made: Iterable[Made], articles: Sequence[Article]) -> tuple[list[Brief], list[Problem]]:
    """Give the briefs of some articles, in their order, and what is wrong in the editors' lines of them.

    Articles may share an id, which is told elsewhere; paths they do not share.
    """
    by_path = {one.piece.outcome.article.path: one.piece for one in made if one.piece.outcome.article}
    chosen = [by_path[article.path] for article in articles]
    briefs = [piece.brief for piece in chosen if piece.brief]
    return briefs, [problem for piece in chosen for problem in piece.unsupported]


def keys_of(made: Iterable[Made], articles: Iterable[Article]) -> Iterator[tuple[object, str]]:
    """Give articles and briefs with what stands for all that they hold, where that is known.

    `articles` are those whose links to other files are settled: these change their HTML alone.
    """
    by_path = {article.path: article for article in articles}
    for one in made:
        article = by_path.get(one.piece.outcome.article.path) if one.piece.outcome.article else None
        if article and one.key:
            yield one.piece.brief, repr((one.key, one.piece.awaited))
            body = article.body
            linked = (body.addresses, article.trusted) if isinstance(body, LinkedBody) else ()
            yield article, repr((one.key, one.piece.pictures, one.piece.awaited, linked))


def know_entries(entries: Iterable[Entry], keys: Keys) -> None:
    """Let the brief of an entry stand for all that comes from its article, its picture and links beside it.

    A picture is measured by its own bytes, and links hang on other articles.
    """
    for entry in entries:
        if keys.knows(entry.brief):
            links = (entry.edition, entry.topics, entry.mentions, entry.story)
            keys.know(entry, entry.brief, entry.image, *links)


def gist_of(made: Iterable[Made], memory: Memory) -> Callable[[Article, Brief], stories.Gist]:
    """Give what finds the gist of an article: where it was kept, it is read back."""
    kept = {one.piece.outcome.article.path: one for one in made if one.piece.outcome.article}

    def found(article: Article, brief: Brief) -> stories.Gist:
        one = kept.get(article.path)
        data = one.gist if one else b""
        if one and data is None:
            data = (memory.recall(one.key) or b"").partition(b"\n")[2]
        return stories.unpacked(data) if data else stories.gist(article, brief)

    return found


def grounds(made: Iterable[Made]) -> dict[str, str]:
    """Give what stands for all that stories go by of articles, by their paths."""
    return {one.piece.outcome.article.path: one.piece.grounds for one in made if one.piece.outcome.article}
