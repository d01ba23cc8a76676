"""What editors wrote of a brief, in NAME.brief.yaml and under `brief:` in front matter, as edits."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.content.brief_fields import (
    BriefFields,
    BriefFile,
    DateFields,
    FigureFields,
    LineFields,
    MentionFields,
    QuoteFields,
    Stated,
)
from generator.content.front_matter import FrontMatter
from generator.content.source_files import read_document
from generator.model import Edit, EditedItem, Position, Sentence
from generator.problems import Problem
from generator.schema.briefs import FIELDS, is_edited, sentence_digest, text_digest
from generator.schema.documents import Document
from generator.schema.validation import validate

Loc = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A brief file, checked, and where each thing stands in it."""

    fields: BriefFile
    document: Document


def read_brief(path: str, root: Path) -> tuple[Written | None, list[Problem]]:
    """Read a brief file; never raises for what is wrong in it."""
    document, problems = read_document(path, root)
    if document is None:
        return None, problems
    fields, problems = validate(document, BriefFile)
    return (None, problems) if fields is None else (Written(fields, document), [])


def edits(
    matter: FrontMatter, document: Document, file: Written | None, sentences: Sequence[Sentence]
) -> tuple[tuple[Edit, ...], list[Problem]]:
    """Take each field from the front matter, else from the brief file if a person changed it there."""
    reader = _Reader({sentence.id: sentence_digest(sentence.text) for sentence in sentences})
    made: list[Edit] = []
    own = matter.brief
    if matter.summary and own and "summary" in own.model_fields_set:
        at = document.position(("summary",), key=True)
        message = 'this is short for "brief.summary", which stands here too'
        reader.problems.append(
            Problem(at.path, at.line, at.column, "duplicate-key", message, "keep one of them")
        )
    current = file is not None and file.fields.article in (None, text_digest(sentences))
    for name in FIELDS:
        if own and name in own.model_fields_set:
            made.append(reader.edit(name, own, document, ("brief", name)))
        elif name == "summary" and matter.summary:
            at = document.position(("summary",))
            editor = own.editor if own and own.editor else ""
            made.append(Edit(name, (EditedItem(matter.summary, at),), at, editor))
        elif file and is_edited(file.document.value or {}, name):
            made.append(reader.edit(name, file.fields, file.document, (name,), current=current))
    return tuple(made), reader.problems


@dataclass(slots=True)
class _Reader:
    """Turns checked fields into edits; `digests` are those of the article's sentences, by id."""

    digests: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def edit(
        self, name: str, fields: BriefFields, document: Document, loc: Loc, *, current: bool = True
    ) -> Edit:
        """Give one field; an id alone is believed only while the text is `current`."""
        value = getattr(fields, name)
        places = [(*loc, n) for n in range(len(value))] if isinstance(value, list) else [loc]
        values = value if isinstance(value, list) else [] if value is None else [value]
        items = tuple(
            self._item(item, document, place, current=current)
            for item, place in zip(values, places, strict=False)
        )
        return Edit(name, items, document.position(loc), fields.editor or "")

    def _item(self, item: Any, document: Document, loc: Loc, *, current: bool) -> EditedItem:
        if not isinstance(item, Stated):
            return EditedItem(str(item), document.position(loc))
        key, text, values = _told(item)
        evidence: list[str] = []
        gone: list[str] = []
        for number, reference in enumerate(item.evidence):
            found = self._sentence(reference, current=current)
            if found:
                evidence.append(found)
            elif " " in reference or not current:
                gone.append(reference)
            else:
                self._unknown(reference, document.position((*loc, "evidence", number)))
        return EditedItem(
            text=text,
            at=document.position((*loc, key)),
            evidence=tuple(sorted(set(evidence), key=_number)),
            gone=tuple(gone),
            source=getattr(item, "source", None) or "",
            values=values,
        )

    def _sentence(self, reference: str, *, current: bool) -> str:
        """Find the sentence of a reference: by its digits, the nearest by number; else by its id."""
        name, _, digest = reference.partition(" ")
        if not digest:
            return name if current and name in self.digests else ""
        same = [other for other, kept in self.digests.items() if kept == digest]
        return min(same, key=lambda other: abs(_number(other) - _number(name)), default="")

    def _unknown(self, reference: str, at: Position) -> None:
        message = f"the article has no sentence {reference}"
        last = max(map(_number, self.digests))
        hint = (
            f"its sentences are s1 to s{last}; s0 is the title"
            if last
            else "only the title, s0, can be cited"
        )
        self.problems.append(Problem(at.path, at.line, at.column, "unknown-sentence", message, hint))


def _told(item: Stated) -> tuple[str, str, dict[str, str]]:
    """Give an item's key of its text, the text, and what it has beside that."""
    match item:
        case FigureFields():
            return "context", item.context, {"value": item.value, "unit": item.unit}
        case DateFields():
            return "line", item.line, {"as_written": item.as_written, "iso": item.iso or ""}
        case QuoteFields():
            return "text", item.text, {"speaker": item.speaker}
        case MentionFields():
            return "name", item.name, {"role": item.role}
        case LineFields():
            return "text", item.text, {}
    raise TypeError(item)


def _number(name: str) -> int:
    return int(name[1:])
