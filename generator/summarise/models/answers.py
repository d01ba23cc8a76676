"""What a model may answer: a brief in plain words, each line with the sentences that it rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from generator.model import EditedItem, ModelBrief
from generator.schema.records import decoded, misfit

PLACES = 3  # braces at which the JSON of an answer may begin


@dataclass(frozen=True, slots=True)
class Said:
    """A line as a model says it."""

    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidFigure:
    value: str
    unit: str
    context: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidQuote:
    text: str
    speaker: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidDate:
    as_written: str
    line: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidName:
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A brief as a model gives it, nothing of it proved. A headline may come from a program alone."""

    summary: tuple[Said, ...]
    why_it_matters: Said | None = None
    key_points: tuple[Said, ...] = ()
    key_figures: tuple[SaidFigure, ...] = ()
    people: tuple[SaidName, ...] = ()
    organisations: tuple[SaidName, ...] = ()
    places: tuple[SaidName, ...] = ()
    quotes: tuple[SaidQuote, ...] = ()
    dates: tuple[SaidDate, ...] = ()
    whats_next: tuple[Said, ...] = ()
    topics: tuple[str, ...] = ()
    headline: Said | None = None


NOTHING = Answer(())


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong with the form of an answer: it is `broken`, or does not fit the `schema`, and where."""

    fault: Literal["broken", "schema"]
    where: str = ""


def schema() -> dict[str, Any]:
    """Give the JSON Schema of an answer, in the part of the language that every provider takes.

    Every key is required and no other allowed; limits stand in the prompt, and the proof holds to them.
    """
    text = {"type": "string"}
    evidence = {"type": "array", "items": text, "description": "ids of sentences: s3"}
    line = _object({"text": text, "evidence": evidence})
    lines = {"type": "array", "items": line}
    names = {"type": "array", "items": _object({"name": text, "role": text})}
    figure = _object({"value": text, "unit": text, "context": text, "evidence": evidence})
    quote = _object({"text": text, "speaker": text, "evidence": evidence})
    date = _object({"as_written": text, "line": text, "evidence": evidence})
    return _object(
        {
            "summary": lines,
            "why_it_matters": {"anyOf": [line, {"type": "null"}]},
            "key_points": lines,
            "key_figures": {"type": "array", "items": figure},
            "people": names,
            "organisations": names,
            "places": names,
            "quotes": {"type": "array", "items": quote},
            "dates": {"type": "array", "items": date},
            "whats_next": lines,
            "topics": {"type": "array", "items": text},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def parsed(text: str) -> Answer | Misfit:
    """Read an answer; else say what is wrong with it.

    Servers that know no structured output leave around the JSON what a model is wont to write: its thoughts,
    a fence of Markdown, a word of courtesy.
    """
    data = _found(_unmarked(text))
    read = Misfit("broken") if data is None else _fitting(data)
    # What is left out is forgiven, but not where nothing is said: then nobody may have heard of the schema.
    if read == NOTHING and (missing := [name for name in schema()["required"] if name not in data]):
        return Misfit("schema", f"{missing[0]} is missing")
    return read


def _fitting(data: Any) -> Answer | Misfit:
    try:
        text = json.dumps(data)
        answer = decoded(Answer, text)
        return Misfit("schema", misfit(Answer, text)) if answer is None else answer
    except (ValueError, RecursionError):
        return Misfit("broken")


def _unmarked(text: str) -> str:
    """Take off what some programs put before a text: the mark of its encoding."""
    return text.strip().removeprefix("\ufeff").strip()


def _found(text: str) -> Any:
    """Find the JSON of an answer: all of it, or the first object after what was thought aloud; else None.

    Where the first brace opens none, the object is a brief all the same, and no line of one that was cut off.
    """
    if text[:1] not in ("{", "["):
        if text.startswith("<think>") and "</think>" not in text:
            return None
        text = text.rpartition("</think>")[2]
    reader = json.JSONDecoder()
    places = [match.start() for match in re.finditer(r"[{]|\A\[", text)]
    for number, place in enumerate(places[:PLACES]):
        try:
            data = reader.raw_decode(text, place)[0]
        except (ValueError, RecursionError):
            continue
        if number == 0 or "summary" in data:
            return data
    return None


def published(text: str) -> Answer | Misfit:
    """Read a brief of the schema that each site publishes (brief.json), as a program prints it."""
    try:
        data = json.loads(_unmarked(text))
    except (ValueError, RecursionError):
        return Misfit("broken")
    if not isinstance(data, Mapping) or "brief" not in data:
        return Misfit("schema", "brief is missing")
    if not isinstance(data["brief"], Mapping):
        return Misfit("schema", "brief is no object")
    return _fitting({name: _flat(name, value) for name, value in data["brief"].items() if value is not None})


def _flat(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_flat(name, item) for item in value]
    if not isinstance(value, Mapping):
        return value
    inner = {"key_figures": "context", "dates": "line"}.get(name)
    if inner is None:
        return {**value, "evidence": _ids(value.get("evidence", []))}
    line = value.get(inner)
    if not isinstance(line, Mapping):  # what is wrong with it is told where the types are held to it
        return value
    return {**value, inner: line.get("text"), "evidence": _ids(line.get("evidence", []))}


def _ids(evidence: Any) -> Any:
    if not isinstance(evidence, list):
        return evidence
    return [item.get("id") if isinstance(item, Mapping) else item for item in evidence]


def committed(written: ModelBrief) -> Answer:
    """Give what a brief file holds of a model's lines, as the answer that it was."""
    told: dict[str, Any] = {}
    for edit in written.fields:
        items = tuple(_item(edit.field, item) for item in edit.items)
        told[edit.field] = items[0] if edit.field in ("headline", "why_it_matters") else items
    told.pop("names", None)
    return replace(NOTHING, **told)


def _item(field: str, item: EditedItem) -> Any:
    values = item.values
    match field:
        case "key_figures":
            return SaidFigure(values["value"], values["unit"], item.text, item.evidence)
        case "quotes":
            return SaidQuote(item.text, values.get("speaker", ""), item.evidence)
        case "dates":
            return SaidDate(values["as_written"], item.text, item.evidence)
        case "people" | "organisations" | "places" | "names":
            return SaidName(item.text, values.get("role", ""))
        case "topics":
            return item.text
    return Said(item.text, item.evidence)
