"""Plain values to checked data by pydantic, every mistake told with its place and its mend."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, TypeVar, get_args

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from generator import text
from generator.problems import Problem
from generator.schema.documents import Document, Plain, capped, cut, resolved
from generator.schema.web import HOST


class Model(BaseModel):
    """Data at a door: unknown keys are errors, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


# What YAML 1.1 knew as booleans: here only where a field is one.
SWITCHES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

A_WORD = 200  # signs: what is longer is no slip of the hand
FEW = 12  # words that are soon looked through
NAMED = 50  # words that a message names
MANY = 700  # words that are compared with one; the time zones are 600
ALIKE = 4  # first signs of a name

M = TypeVar("M", bound=BaseModel)


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Make the error that a validator raises: it becomes a Problem with this code and mend."""
    return PydanticCustomError("broadsheet", "{text}", {"code": code, "text": message, "hint": hint})


def told(error: ValueError) -> str:
    """Say on one line what a validator found, with its mend."""
    known = (error.context if isinstance(error, PydanticCustomError) else None) or {"text": str(error)}
    return ": ".join(part for part in (known.get("text"), known.get("hint")) if part)


def _no_empty_text(value: Any) -> Any:
    if isinstance(value, str):
        if not any(sign.isprintable() and not sign.isspace() for sign in value):
            raise fault("empty-value", "this must not be empty")
        return text.closed(" ".join(value.split()))
    return value


def _free(value: Any) -> Any:
    return resolved(value)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, (str, dict)) else [] if value is None else value


def _switch(value: Any) -> Any:
    if isinstance(value, Plain) and value.lower() in SWITCHES:
        return SWITCHES[value.lower()]
    if isinstance(value, bool):
        return value
    raise fault("wrong-type", f"this must be true or false, not {shown(value)}")


def _language(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise fault("bad-language", f"{shown(value)} is not a language tag", "write en, de or pt-BR (BCP 47)")
    return value


Language = Annotated[str, BeforeValidator(_language)]
Text = Annotated[str, BeforeValidator(_no_empty_text), Field(max_length=1000)]
Long = Annotated[str, BeforeValidator(_no_empty_text), Field(max_length=1_000_000)]
Switch = Annotated[bool, BeforeValidator(_switch)]
Free = Annotated[dict[str, Any], BeforeValidator(_free)]


def listed(one: Any) -> BeforeValidator:
    """Let one value stand for a list of it; `one` is the value's type."""
    return BeforeValidator(_listed, json_schema_input_type=one | list[one])


def shown(value: Any) -> str:
    """Show a value as a message names it, never at length."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'  # noqa: PLR2004 -- a line's worth
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else str(value)


def suggestion(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Ask "did you mean …?" where one of the known words is near; else name them, or the first of many.

    Of many words none is named where there is something to say `otherwise`.
    """
    words = sorted(known)
    near = _near(word.lower(), tuple(words)) if len(word) <= A_WORD else None
    if near:
        return f'did you mean "{near}"?'
    if otherwise and len(words) > FEW:
        return otherwise
    more = f" and {len(words) - NAMED:,} more" if len(words) > NAMED else ""
    return f"known here: {', '.join(words[:NAMED])}{more}"


@functools.lru_cache(maxsize=1024)
def _near(word: str, words: tuple[str, ...]) -> str | None:
    """Find the nearest word; of many paths only among those whose names begin alike: each takes time."""
    begins = word.rpartition("/")[2][:ALIKE]
    some = words if len(words) <= MANY else [other for other in words if begins in other.lower()]
    return next(iter(difflib.get_close_matches(word, some[:MANY], n=1, cutoff=0.6)), None)


def validate(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Check a document's values against a model: the data, or every problem with its place."""
    if document.problems:
        return None, list(document.problems)
    value = {} if document.value is None else document.value
    if not isinstance(value, dict):
        at = document.position()
        message = f"this must be a mapping (key: value), not {shown(value)}"
        return None, [Problem(at.path, at.line, at.column, "wrong-type", message)]
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, capped(_problem(document, model, detail) for detail in details)


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    unknown = detail["type"] == "extra_forbidden"
    at = document.position(loc, key=unknown)
    if detail["type"] == "missing":
        at = document.position(loc[:-1], key=True)
    code, message, hint = _words(model, detail)
    return Problem(at.path, at.line, at.column, code, message, hint)


def _words(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str, str]:
    """Put one of pydantic's errors into an editor's words: code, message, mend."""
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    name = ".".join(cut(str(step)) for step in loc)
    if kind == "broadsheet":
        return context["code"], f"{name}: {context['text']}", context["hint"]
    if kind == "missing":
        return "missing-key", f'"{name}" is missing', ""
    if kind == "extra_forbidden":
        known = _keys(model, loc[:-1])
        if loc[-1] in known:
            return (
                "duplicate-key",
                f'"{name}" is another name of a key that stands here too',
                "keep one of them",
            )
        return "unknown-key", f'unknown key "{name}"', suggestion(str(loc[-1]), known)
    if kind == "literal_error":
        allowed = [part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(", ")]
        return (
            "wrong-value",
            f"{name} cannot be {shown(detail['input'])}",
            suggestion(str(detail["input"]), allowed),
        )
    return "wrong-type", f"{name}: {_WORDS.get(kind, _own)(detail)}", ""


def _own(detail: ErrorDetails) -> str:
    text = detail["msg"]
    return f"{text[:1].lower()}{text[1:]}"


def _must(what: str) -> Callable[[ErrorDetails], str]:
    return lambda detail: f"this must be {what}, not {shown(detail['input'])}"


_WORDS: dict[str, Callable[[ErrorDetails], str]] = {
    "string_type": _must("text"),
    "int_type": _must("a whole number"),
    "int_parsing": _must("a whole number"),
    "int_from_float": _must("a whole number"),
    "float_parsing": _must("a number"),
    "list_type": _must("a list"),
    "tuple_type": _must("a list"),
    "dict_type": _must("a mapping (key: value)"),
    "model_type": _must("a mapping (key: value)"),
    "greater_than_equal": lambda detail: f"this must be at least {detail['ctx']['ge']}",
    "less_than_equal": lambda detail: f"this must be at most {detail['ctx']['le']}",
    "string_pattern_mismatch": lambda detail: f"this does not look right: {shown(detail['input'])}",
    "string_too_long": lambda detail: f"this is longer than {detail['ctx']['max_length']} characters",
    "too_long": lambda detail: f"these are more than {detail['ctx']['max_length']}",
}


def _keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> set[str]:
    """Collect the keys that may stand at `loc`."""
    here = model
    for step in loc:
        if isinstance(step, str):
            found = next((f for n, f in here.model_fields.items() if step in _names(n, f)), None)
            here = next(_models(found.annotation), here) if found else here
    return {name for field, info in here.model_fields.items() for name in _names(field, info)}


def _names(name: str, info: Any) -> set[str]:
    alias = info.validation_alias
    if isinstance(alias, AliasChoices):
        return {str(choice) for choice in alias.choices}
    return {alias if isinstance(alias, str) else name}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def json_schema(model: type[BaseModel], title: str, description: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of a model, for editors that complete keys."""
    made = model.model_json_schema()
    _plain_titles(made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": title,
        "description": description,
    }


def _plain_titles(schema: Any) -> None:
    """Drop pydantic's made-up titles: they only repeat the key."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            if isinstance(part, dict) and isinstance(part.get("title"), str) and name != "properties":
                del part["title"]
            _plain_titles(part)
    elif isinstance(schema, list):
        for part in schema:
            if isinstance(part, dict) and isinstance(part.get("title"), str):
                del part["title"]
            _plain_titles(part)


__all__ = [
    "HOST",
    "AfterValidator",
    "AliasChoices",
    "BeforeValidator",
    "Field",
    "Free",
    "Language",
    "Long",
    "Model",
    "Switch",
    "Text",
    "WithJsonSchema",
    "fault",
    "json_schema",
    "listed",
    "shown",
    "suggestion",
    "told",
    "validate",
]
