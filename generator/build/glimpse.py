"""The page of an article that was just saved, at once, by what the last build knew of all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import editions, pages, pieces
from generator.build import options
from generator.build.made import Made
from generator.cache import Cache
from generator.config import Project
from generator.model import Article, File, Page
from generator.problems import InvalidSource
from generator.templating import Templates


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a build for glimpses: the pages of articles, by their files under content/."""

    planned: Mapping[str, Page]
    files: Mapping[str, tuple[str, str | None]]

    @classmethod
    def of(cls, made: Made) -> Seen:
        """Keep what a build planned, and none of what it wrote."""
        planned = {page.context["article"].path: page for page in made.pages if "article" in page.context}
        return cls(planned, made.copy.read.files)


def glimpse(project: Project, seen: Seen, path: str, cache: Cache) -> File | None:
    """Render the page of the article whose file lies at `path` under content/, as it is now.

    None where a glimpse would mislead: where the article is new, at fault, links to other files, or is to
    stand at another address or in another place. What stands elsewhere of it waits for the build.
    """
    page, paths = seen.planned.get(path), seen.files.get(path)
    if page is None or paths is None:
        return None
    made = pieces.make_alone(paths, options.of_pieces(project, cache), cache)
    outcome, brief = made.piece.outcome, made.piece.brief
    article, before = outcome.article, page.context["article"]
    if article is None or brief is None or outcome.links or outcome.problems or made.piece.unsupported:
        return None
    if _place(article) != _place(before):
        return None
    entry = editions.revised(page.context["entry"], article, brief)
    templates = Templates(project.templates, project.config.url, project.cache / "templates")
    try:
        return pages.render(pages.revised(page, entry, article), templates)
    except InvalidSource:  # the build tells of it
        return None


def _place(article: Article) -> tuple[object, ...]:
    return (
        article.id,
        article.url,
        article.published,
        article.draft,
        article.lang,
        article.topics,
        article.story,
    )
