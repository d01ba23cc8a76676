"""What editors wrote of a brief, in NAME.brief.yaml and under `brief:` in front matter, as edits."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import disk
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
from generator.model import Edit, EditedItem, ModelBrief, Position, Sentence
from generator.problems import Problem
from generator.schema.briefs import FIELDS, field_digest, is_edited, sentence_digest, text_digest
from generator.schema.documents import Document
from generator.schema.validation import validate
from generator.text.disguise import undisguised

Loc = tuple[Hashable, ...]
LONGEST = 10_000  # characters of a line: holding more against the article takes too long


@dataclass(frozen=True, slots=True)
class Written:
    """A brief file, checked, and where each thing stands in it."""

    fields: BriefFile
    document: Document


def read_brief(
    path: str, root: Path, most: int, read: disk.Read = disk.read
) -> tuple[Written | None, list[Problem]]:
    """Read a brief file of up to `most` bytes; never raises for what is wrong in it."""
    document, problems = read_document(path, root, most, read)
    if document is None:
        return None, problems
    fields, problems = validate(document, BriefFile)
    return (None, problems) if fields is None else (Written(fields, document), [])


def edits(
    matter: FrontMatter, document: Document, file: Written | None, sentences: Sequence[Sentence]
) -> tuple[tuple[Edit, ...], list[Problem]]:
    """Take each field from the front matter, else from the brief file if a person changed it there."""
    reader = _Reader(sentences)
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


def model_brief(file: Written | None, sentences: Sequence[Sentence]) -> ModelBrief | None:
    """Take the lines that a model wrote, from fields that a person changed too; None where none was asked."""
    machine = file.fields.machine if file else None
    if file is None or machine is None or machine.lines is None:
        return None
    told = set(machine.lines)
    current = file.fields.article in (None, text_digest(sentences))
    reader = _Reader(sentences)
    made: list[Edit] = []
    for name in FIELDS:
        if name not in file.fields.model_fields_set:
            continue
        edit = reader.edit(name, file.fields, file.document, (name,), current=current)
        value = (file.document.value or {}).get(name)
        written = value if isinstance(value, list) else [value]
        pairs = zip(edit.items, written, strict=False)
        items = tuple(item for item, raw in pairs if field_digest(raw) in told and not item.gone)
        if items:
            made.append(Edit(name, items, edit.at))
    pairs_of = (count.split() for count in machine.dropped)
    dropped = tuple((reason, int(number)) for reason, number in pairs_of)
    return ModelBrief(undisguised(machine.by or "") or "a model", tuple(made), dropped, current)


@dataclass
class _Reader:
    """Turns checked fields into edits, whose references it finds among an article's sentences."""

    sentences: Sequence[Sentence]
    problems: list[Problem] = field(default_factory=list)

    @functools.cached_property  # few articles have lines of an editor's
    def ids(self) -> frozenset[str]:
        return frozenset(sentence.id for sentence in self.sentences)

    @functools.cached_property
    def numbers(self) -> dict[str, list[int]]:
        """Say which sentences have a digest, in order."""
        numbers: dict[str, list[int]] = {}
        for sentence in self.sentences:
            numbers.setdefault(sentence_digest(sentence.text), []).append(_number(sentence.id))
        return numbers

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
        if max(map(len, (text, *values.values()))) > LONGEST:
            at = document.position((*loc, key))
            message = f"a line of a brief has at most {LONGEST:,} characters"
            self.problems.append(Problem(at.path, at.line, at.column, "too-long", message, "part it"))
            text, values = "", {}
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
            return name if current and name in self.ids else ""
        same = self.numbers.get(digest, [])
        place = bisect_left(same, _number(name))
        near = min(same[max(0, place - 1) : place + 1], key=lambda n: abs(n - _number(name)), default=None)
        return "" if near is None else f"s{near}"

    def _unknown(self, reference: str, at: Position) -> None:
        message = f"the article has no sentence {reference}"
        last = max(map(_number, self.ids))
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
