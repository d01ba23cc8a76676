"""What a model answered, written down as it came, for who wants to see why a brief is not to be had."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from generator.problems import Refusal

if TYPE_CHECKING:
    from generator.config import Project
    from generator.model import Article
    from generator.summarise.models.asking import Request
    from generator.summarise.models.doors import FailedError, Reply

HINT = "name a file of its own, such as answers.jsonl, as --answers"
LONGEST = 1000  # bytes of a first line that are looked at


def apart(file: Path | None, project: Project) -> None:
    """See that a file, if one is named, is none of the site's nor one that answers spoil. Raises Refusal."""
    if file is None:
        return
    place = file.resolve()
    theirs = (project.content, project.root / "templates", project.site, project.root / "config.yaml")
    if any(place.is_relative_to(it.resolve()) for it in theirs):
        raise Refusal(f"{file} belongs to the site; nobody was asked", HINT)
    if file.is_file() and not _holds_answers(file):
        raise Refusal(f"{file} is there and holds no answers; nobody was asked", HINT)


def _holds_answers(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            first = opened.readline(LONGEST)
    except OSError:
        return True  # what is wrong with it is told where it is opened to be written
    return not first or first.startswith(b'{"article": ')


class Notes:
    """A file to which each answer is added, a JSON object a line; none where no file is named.

    `broke` says why not all of them stand there: a full disk must not cost what is answered.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.broke = ""
        self._open: IO[str] | None = None

    def __enter__(self) -> Self:
        """Raises Refusal where the file cannot be written, before anybody is asked."""
        if self.file:
            try:
                self._open = self.file.open("a", encoding="utf-8", errors="backslashreplace")
            except OSError as error:
                why = f"{self.file} cannot be written: {error.strerror}; nobody was asked"
                raise Refusal(why, "name another file as --answers") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._try("", end=True)

    def heard(self, article: Article, request: Request, came: Reply | FailedError) -> None:
        """Add what came of one call, and what was asked where that was a second question."""
        again = request.turns[-1].text if len(request.turns) > 1 else None
        told = {"article": f"content/{article.path}", "again": again, **_answer(came)}
        self._try(json.dumps(told, ensure_ascii=False) + "\n")

    def _try(self, line: str, *, end: bool = False) -> None:
        file = self._open
        if file is None:
            return
        try:
            if not self.broke:
                file.write(line)
                file.flush()
            if end:
                file.close()
        except OSError as error:
            self.broke = error.strerror or str(error)


def _answer(came: Reply | FailedError) -> dict[str, Any]:
    if isinstance(came, Exception):
        return {"answer": None, "ended": "failed", "why": str(came)}
    return {
        "answer": came.text,
        "ended": came.ended,
        "tokens_in": came.tokens_in,
        "tokens_out": came.tokens_out,
    }
