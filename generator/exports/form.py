"""The form of brief.json, as a JSON Schema (2020-12)."""

from __future__ import annotations

from typing import Any, get_args

from generator.model import LineKind

FORM = 1  # of the JSON; a field may be added without a new number, none is changed
TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
WEB = {"type": ["string", "null"], "format": "uri"}


def brief_schema() -> dict[str, Any]:
    """Give the schema of a brief.json. Keys may be added to any object, so none is closed."""
    line = _ref("line")
    lines = _list(line)
    mentions = _list(_ref("mention"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Broadsheet: brief.json",
        "description": "The brief of one article, each line with the sentences that it rests on.",
        **_object(
            {
                "$schema": {"type": "string", "format": "uri"},
                "version": {"const": FORM},
                "article": _ref("article"),
                "brief": _object(
                    {
                        "headline": line,
                        "summary": lines,
                        "why_it_matters": {"anyOf": [line, {"type": "null"}]},
                        "key_points": lines,
                        "key_figures": _list(_object({"value": TEXT, "unit": TEXT, "context": line})),
                        "people": mentions,
                        "organisations": mentions,
                        "places": mentions,
                        "names": mentions,
                        "quotes": _list({"allOf": [line, _object({"speaker": TEXT})]}),
                        "dates": _list(
                            _object({"as_written": TEXT, "iso": {"type": ["string", "null"]}, "line": line})
                        ),
                        "whats_next": lines,
                        "topics": _list(TEXT),
                        "byline": {**TEXT, "description": "Who wrote the brief, and who edited it."},
                        "model": {
                            "anyOf": [
                                _object(
                                    {
                                        "name": TEXT,
                                        "dropped": {"type": "object", "additionalProperties": COUNT},
                                    }
                                ),
                                {"type": "null"},
                            ],
                            "description": "The model asked, and its lines that did not pass, by reason.",
                        },
                        "coverage": _object(
                            {"words_in": COUNT, "words_out": COUNT, "boilerplate": _list(_ref("sentence"))}
                        ),
                    }
                ),
            }
        ),
        "$defs": {"line": _line(), "sentence": _sentence(), "mention": _mention(), "article": _article()},
    }


def _line() -> dict[str, Any]:
    """One statement; what a person wrote tells by whom, and from where if not from the article."""
    edited = {"properties": {"kind": {"const": "edited"}}}
    return {
        **_object(
            {
                "text": TEXT,
                "evidence": _list(_ref("sentence")),
                "kind": {"enum": list(get_args(LineKind))},
                "check": {
                    **TEXT,
                    "description": "verified (its words and numbers stand in the article; of a generated "
                    "line no proof of its sense), added (from the source named), or what is not supported",
                },
                "writer": {**TEXT, "description": "Who wrote the line: a model, extractive, an editor."},
            }
        ),
        "if": edited,
        "then": _object({"editor": TEXT, "source": WEB}),
    }


def _sentence() -> dict[str, Any]:
    name = {**TEXT, "pattern": "^s[0-9]+$", "description": "s0 is the title; else an anchor on the page"}
    text = {**TEXT, "description": "empty where only an excerpt is published that does not hold it"}
    url = {**TEXT, "format": "uri", "description": "then where it is to be read"}
    made = _object({"id": name, "text": text})
    return {**made, "properties": {**made["properties"], "url": url}}


def _mention() -> dict[str, Any]:
    return _object({"name": TEXT, "count": COUNT, "role": TEXT, "evidence": _list(_ref("sentence"))})


def _article() -> dict[str, Any]:
    moment = {"type": "string", "format": "date-time"}
    return _object(
        {
            "id": TEXT,
            "url": {"type": "string", "format": "uri"},
            "headline": TEXT,
            "language": TEXT,
            "date_published": moment,
            "date_modified": moment,
            "authors": _list(TEXT),
            "sources": _list(_object({"name": TEXT, "url": WEB})),
            "words": COUNT,
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
