"""Which brief file belongs to which article."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from generator.problems import Problem
from generator.schema.briefs import ENDING
from generator.schema.validation import suggestion


def brief_path(article: str) -> str:
    """Give the path of an article's brief file: `a/b.md` has `a/b.brief.yaml`."""
    return f"{article.rpartition('.')[0]}{ENDING}"


def paired(paths: Iterable[str], briefs: Iterable[str]) -> tuple[dict[str, str], list[Problem]]:
    """Find the article of each brief file: the file's path by the article's; a stray one is a problem."""
    wanted = {unicodedata.normalize("NFC", brief_path(path)): path for path in sorted(paths, reverse=True)}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in briefs:
        name = unicodedata.normalize("NFC", path)
        article = wanted.get(name)
        if article is None:
            problems.append(_stray(name, wanted))
        elif article.startswith("pages/"):
            message = "a standing page has no brief"
            problems.append(Problem(f"content/{name}", 1, 1, "stray-brief", message, "delete this file"))
        else:
            found[article] = path
    return found, problems


def _stray(name: str, wanted: Iterable[str]) -> Problem:
    folder = PurePosixPath(name).parent
    beside = [path.rpartition("/")[2] for path in wanted if PurePosixPath(path).parent == folder]
    file = name.rpartition("/")[2]
    stem = file[: file.lower().find(".brief.")]
    if not file.endswith(ENDING):
        message, hint = f'a brief file ends in "{ENDING}"', f"name it {stem}{ENDING}"
        return Problem(f"content/{name}", 1, 1, "stray-brief", message, hint)
    article = f"{stem}.md"
    message = f'there is no article "{article}" beside this brief'
    hint = suggestion(file, beside) if beside else ""
    hint = hint if hint.startswith("did") else "name it as the article: NAME.md has NAME.brief.yaml"
    return Problem(f"content/{name}", 1, 1, "stray-brief", message, hint)
