"""What may stand in a brief file, and under `brief:` in front matter."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from generator.content.values import Url, When
from generator.schema.validation import (
    BeforeValidator,
    Field,
    Long,
    Model,
    Text,
    WithJsonSchema,
    fault,
    shown,
)

MOST = 1000  # items of a field
REFERENCE = re.compile(r"s(?:0|[1-9]\d{0,5})(?: [0-9a-f]{8})?", re.ASCII)
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
COUNT = re.compile(r"[a-z]{1,20} [1-9]\d{0,4}", re.ASCII)
FIRST = "0001-01-01"


def _reference(value: Any) -> Any:
    written = " ".join(value.split()) if isinstance(value, str) else ""
    if not REFERENCE.fullmatch(written):
        hint = "write s and the small number that the page shows: evidence: [s3]"
        raise fault("bad-evidence", f"{shown(value)} names no sentence", hint)
    return written


def _hex(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{8,16}", value):
        hint = "take the line out: the command writes it anew"
        raise fault("bad-digest", f"{shown(value)} is no digest", hint)
    return str(value)


def _count(value: Any) -> Any:
    if not isinstance(value, str) or not COUNT.fullmatch(value):
        hint = "take the line out: the command writes it anew"
        raise fault("bad-digest", f"{shown(value)} is no number of lines", hint)
    return str(value)


def _iso(value: Any) -> Any:
    hint = "write 2026, 2026-12 or 2026-12-09, or leave it out"
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise fault("bad-date", f"{shown(value)} is not a date", hint)
    try:
        date.fromisoformat(value + FIRST[len(value) :])
    except ValueError as error:
        raise fault("bad-date", f"{shown(value)} is not a date: {error}", hint) from error
    return str(value)


def _note(value: Any) -> Any:
    return "" if value is None else " ".join(value.split()) if isinstance(value, str) else value


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _line(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _items(value: Any) -> Any:
    return [] if _is_empty(value) else [value] if isinstance(value, (str, dict)) else value


def _one(value: Any) -> Any:
    return None if _is_empty(value) else value


def _never_empty(value: Any) -> Any:
    if _is_empty(value):
        raise fault("empty-value", "a brief has a headline", "take the field out: the title takes its place")
    return value


Note = Annotated[str, BeforeValidator(_note, json_schema_input_type=str | None), Field(max_length=1_000_000)]
Iso = Annotated[str | None, BeforeValidator(_iso)]
Reference = Annotated[str, BeforeValidator(_reference), WithJsonSchema({"type": "string"})]
Evidence = Annotated[
    list[Reference],
    BeforeValidator(_items, json_schema_input_type=Reference | list[Reference] | None),
    Field(max_length=MOST),
]
Digest = Annotated[str, BeforeValidator(_hex)]
Dropped = Annotated[str, BeforeValidator(_count), WithJsonSchema({"type": "string"})]


class Stated(Model):
    """What rests on sentences of the article."""

    evidence: Evidence = Field(
        [], description="Sentences that it rests on: s3, or s3 with the digits of its words."
    )


class Sourced(Stated):
    """What may rest on something else, too."""

    source: Url | None = Field(
        None, description="Where you know it from, if not from the article: printed as added by you."
    )


class LineFields(Sourced):
    """One statement."""

    text: Long = Field(description="What is printed.")


class FigureFields(Sourced):
    """A number that matters."""

    value: Long = Field(description="As written: $600.")
    unit: Note = Field("", description="As written: billion.")
    context: Long = Field(description="The words around it, up to 16.")


class QuoteFields(Sourced):
    """Words that somebody said."""

    text: Long = Field(description="Word for word.")
    speaker: Note = Field("", description="Who said it.")


class DateFields(Sourced):
    """A date that the article names."""

    as_written: Long = Field(description="As the article has it: 9 December.")
    iso: Iso = Field(None, description="The same as 2026, 2026-12 or 2026-12-09.")
    line: Long = Field(description="What happens then.")


class MentionFields(Stated):
    """A person, organisation or place."""

    name: Long = Field(description="As the article has it.")
    role: Note = Field("", description="What they are.")


LineField = Annotated[LineFields, BeforeValidator(_line, json_schema_input_type=str | LineFields)]
QuoteField = Annotated[QuoteFields, BeforeValidator(_line, json_schema_input_type=str | QuoteFields)]
MentionField = Annotated[MentionFields, BeforeValidator(_name, json_schema_input_type=str | MentionFields)]
Some = Field(max_length=MOST)
Lines = Annotated[
    list[LineField], BeforeValidator(_items, json_schema_input_type=LineField | list[LineField] | None), Some
]
Quotes = Annotated[
    list[QuoteField],
    BeforeValidator(_items, json_schema_input_type=QuoteField | list[QuoteField] | None),
    Some,
]
Mentions = Annotated[
    list[MentionField],
    BeforeValidator(_items, json_schema_input_type=MentionField | list[MentionField] | None),
    Some,
]
Figures = Annotated[
    list[FigureFields],
    BeforeValidator(_items, json_schema_input_type=FigureFields | list[FigureFields] | None),
    Some,
]
Dates = Annotated[
    list[DateFields],
    BeforeValidator(_items, json_schema_input_type=DateFields | list[DateFields] | None),
    Some,
]
Topics = Annotated[list[Long], BeforeValidator(_items, json_schema_input_type=Long | list[Long] | None), Some]


class BriefFields(Model):
    """A brief as an editor writes it: what is left out, the summariser writes."""

    editor: Text | None = Field(None, description="Your name, as the page gives it; else the site's author.")
    headline: Annotated[LineField | None, BeforeValidator(_never_empty)] = Field(
        None, description="Up to 110 characters."
    )
    summary: Lines = Field([], description="One or two sentences, 45 to 60 words.")
    why_it_matters: Annotated[LineField | None, BeforeValidator(_one)] = Field(
        None, description="One sentence, only if the article says it."
    )
    key_points: Lines = Field([], description="Three to five, up to 40 words each.")
    key_figures: Figures = Field([], description="Up to five numbers with the words around them.")
    people: Mentions = Field([], description="Up to six people.")
    organisations: Mentions = Field([], description="Up to eight organisations.")
    places: Mentions = Field([], description="Up to five places.")
    names: Mentions = Field([], description="Other names.")
    quotes: Quotes = Field([], description="Up to two quotations, word for word.")
    dates: Dates = Field([], description="Up to six dates.")
    whats_next: Lines = Field([], description="What is planned or expected.")
    topics: Topics = Field([], description="What it is about, up to five.")


class MachineFields(Model):
    """What the machine wrote: who it was, and a digest of each field."""

    by: Text | None = Field(None, description="The summariser.")
    lines: Annotated[list[Digest], Field(max_length=MOST)] | None = Field(
        None, description="Digests of the lines that a model wrote, where one was asked."
    )
    dropped: Annotated[list[Dropped], Field(max_length=50)] = Field(
        [], description="How many of its lines did not pass, and why."
    )
    headline: Digest | None = None
    summary: Digest | None = None
    why_it_matters: Digest | None = None
    key_points: Digest | None = None
    key_figures: Digest | None = None
    people: Digest | None = None
    organisations: Digest | None = None
    places: Digest | None = None
    names: Digest | None = None
    quotes: Digest | None = None
    dates: Digest | None = None
    whats_next: Digest | None = None
    topics: Digest | None = None


class BriefFile(BriefFields):
    """NAME.brief.yaml."""

    article: Digest | None = Field(None, description="Digest of the text that this was written for.")
    edited: When | None = Field(None, description="When you last changed something that readers should know.")
    machine: MachineFields | None = Field(
        None, description="Digests of what the machine wrote; leave them alone."
    )
