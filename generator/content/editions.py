"""content/editions/DATE.yaml: what editors say of single editions, and the order that each keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

from generator.content.source_files import EDITIONS, read_document
from generator.model import Article, EditionFile, Position
from generator.problems import Problem
from generator.schema.documents import Document
from generator.schema.validation import BeforeValidator, Field, Model, Text, suggestion, validate

ENDING = ".yaml"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
BLANK = re.compile(r"\n\s*\n")


def _empty(value: Any) -> Any:
    return [] if value is None else value


def _note(value: Any) -> Any:
    return "" if value is None else value


class EditionFields(Model):
    """An edition as its editor has it."""

    title: Text | None = Field(
        None, description="What the edition is called, beside its date.", max_length=300
    )
    note: Annotated[str, BeforeValidator(_note, json_schema_input_type=str | None)] = Field(
        "", description="A word to the reader: plain text, a paragraph or two.", max_length=5000
    )
    stories: Annotated[
        list[Text], BeforeValidator(_empty, json_schema_input_type=list[Text] | None), Field(max_length=1000)
    ] = Field(
        [],
        description="Ids of articles, or their paths under content/, in the order of their stories; "
        "all others follow by their weight.",
    )


@dataclass(frozen=True, slots=True)
class WrittenEdition:
    """An edition file as it was read: its stories as they are named there, and where."""

    day: date
    path: str
    title: str = ""
    note: str = ""
    stories: tuple[tuple[str, Position], ...] = ()


@dataclass(slots=True)
class _Desk:
    """The articles that an edition file may name, by id and by path, and which edition each belongs to."""

    articles: Sequence[Article]
    edition_of: Callable[[datetime], date]
    whole: bool
    problems: list[Problem] = field(default_factory=list)

    def checked(self, written: WrittenEdition, known: Mapping[str, Article]) -> EditionFile | None:
        """Give the file with ids alone; None where its date begins no edition."""
        start = self.edition_of(datetime.combine(written.day, time.min))
        if start != written.day:
            message = f"no edition begins on {written.day}"
            self._problem(Position(written.path, 1, 1), "edition-date", message, f"name it {start}{ENDING}")
            return None
        ids: dict[str, Position] = {}
        for name, at in written.stories:
            article = known.get(name) or known.get(name.removeprefix("content/"))
            if article is None:
                self._unknown(name, at, start)
            elif article.id in ids:
                message = f'"{name}" stands twice; the first is on line {ids[article.id].line}'
                self._problem(at, "duplicate-story", message, "keep one of them")
            elif (other := self.edition_of(article.published)) != start:
                message = f'"{name}" is in the edition of {other}'
                hint = f"take it out, or list it in content/{EDITIONS}{other}{ENDING}"
                self._problem(at, "other-edition", message, hint)
            else:
                ids[article.id] = at
        return EditionFile(start, written.path, tuple(ids), written.title, written.note)

    def _unknown(self, name: str, at: Position, start: date) -> None:
        if not self.whole:
            return
        here = [article for article in self.articles if self.edition_of(article.published) == start]
        hint = suggestion(name, [word for article in here for word in (article.id, article.path)])
        if not here:
            hint = "this edition has no article: delete this file"
        elif not hint.startswith("did"):
            hint = "take it out, or name an article of this edition by its id or its path under content/"
        self._problem(at, "unknown-story", f'there is no article "{name}"', hint)

    def _problem(self, at: Position, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(at.path, at.line, at.column, code, message, hint))


def checked(
    written: Sequence[WrittenEdition],
    articles: Sequence[Article],
    edition_of: Callable[[datetime], date],
    *,
    whole: bool,
) -> tuple[tuple[EditionFile, ...], list[Problem]]:
    """Hold edition files against the articles, held back or not: the sound ones, and what is wrong.

    `edition_of` gives the first day of the edition that a moment belongs to. Unless `whole`, an article that
    is not there may be one that could not be read.
    """
    known = {**{article.path: article for article in articles}, **{one.id: one for one in articles}}
    desk = _Desk(articles, edition_of, whole)
    files = [desk.checked(file, known) for file in written]
    return tuple(file for file in files if file), desk.problems


def read_edition(path: str, root: Path, most: int) -> tuple[WrittenEdition | None, list[Problem]]:
    """Read an edition file of up to `most` bytes under `root`; never raises for what is wrong in it."""
    shown = f"content/{unicodedata.normalize('NFC', path)}"
    name = path.removeprefix(EDITIONS)
    stem = name[: -len(ENDING)]
    day = _day(stem)
    if day is None or not name.endswith(ENDING):
        return None, [_stray(shown, name)]
    document, problems = read_document(path, root, most)
    if document is None:
        return None, problems
    fields, problems = validate(document, EditionFields)
    if fields is None:
        return None, problems
    places = (document.position(("stories", number)) for number in range(len(fields.stories)))
    stories = tuple(zip(fields.stories, places, strict=True))
    note = "\n\n".join(_paragraphs(fields.note, document))
    return WrittenEdition(day, shown, fields.title or "", note, stories), []


def _day(stem: str) -> date | None:
    try:
        return date.fromisoformat(stem) if DAY.fullmatch(stem) else None
    except ValueError:
        return None


def _stray(shown: str, name: str) -> Problem:
    message = "this is not named as an edition file is"
    *folders, file = name.split("/")
    stem = file.rpartition(".")[0]
    day = _day(stem)
    hint = f"name it after the first day of its edition: content/{EDITIONS}2026-11-23{ENDING}"
    if day:
        hint = f"put it in content/{EDITIONS}" if folders else f"name it {day}{ENDING}"
    elif DAY.fullmatch(stem):
        message = f"there is no day {stem}"
    return Problem(shown, 1, 1, "stray-edition", message, hint)


def _paragraphs(note: str, document: Document) -> Iterator[str]:
    """Part a note where its YAML does: a literal block (|) keeps every line end, all else folds them."""
    parts = BLANK.split(note) if document.is_literal(("note",)) else note.split("\n")
    yield from filter(None, (" ".join(part.split()) for part in parts))
