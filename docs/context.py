"""Puts what templates are given into templates.md, from the dataclasses and the words in context.toml.

Run it as `python docs/context.py` after either has changed; it says what lacks words.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import tomllib
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union

HERE = Path(__file__).parent
PAGE = HERE / "templates.md"
START, END = "<!-- made by docs/context.py: {} -->\n", "<!-- end -->\n"
PLAIN = {str: "text", int: "number", float: "number", bool: "true or false", datetime: "moment", date: "day"}
MANY = (tuple, list)
APART = ("common", "pages", "internal")

Words = Mapping[str, Any]


def words() -> Words:
    return tomllib.loads((HERE / "context.toml").read_text(encoding="utf-8"))


def classes() -> dict[str, type]:
    """Dataclasses that templates may meet, by name: of the model as far as a Site leads, and of pages."""
    from generator import model, pages
    from generator.pages import frame

    found: dict[str, type] = {}
    for root in (frame.Meta, frame.Theme, model.Site, model.Article):
        _collect(root, found)
    for module in pkgutil.iter_modules(pages.__path__):
        names = vars(importlib.import_module(f"generator.pages.{module.name}"))
        for value in names.values():
            if getattr(value, "__module__", "") == f"generator.pages.{module.name}" and is_dataclass(value):
                _collect(value, found)
    return {name: one for name, one in found.items() if name not in words()["internal"]["names"]}


def members(one: type) -> Iterator[tuple[str, Any]]:
    """Fields of a dataclass with their types, then its properties."""
    hints = typing.get_type_hints(one)
    yield from ((field.name, hints[field.name]) for field in fields(one))
    for name, value in vars(one).items():
        if isinstance(value, property) and not name.startswith("_"):
            yield name, typing.get_type_hints(value.fget)["return"]


def faults(said: Words, known: Mapping[str, type]) -> list[str]:
    """Name what lacks words, and words for what is not there."""
    real = {f"{name}.{member}" for name, one in known.items() for member, _ in members(one)}
    told = {f"{name}.{key}" for name, part in said.items() if name not in APART for key in part}
    lacking = [f"{name}: no words in docs/context.toml" for name in sorted(real - told)]
    return lacking + [f"{name}: words for what is not there" for name in sorted(told - real)]


def filled(text: str, said: Words, known: Mapping[str, type]) -> str:
    """Put the tables into the page, in place of those that it has."""
    values = f"{_common(said['common'])}\n{_pages(said['pages'])}"
    for name, tables in (("values", values), ("types", _records(said, known))):
        start = START.format(name)
        before, _, rest = text.partition(start)
        text = f"{before}{start}\n{tables}\n{END}{rest.partition(END)[2]}"
    return text


def _collect(kind: Any, found: dict[str, type]) -> None:
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in found:
            found[kind.__name__] = kind
            for _, inner in members(kind):
                _collect(inner, found)
        return
    for inner in typing.get_args(kind):
        _collect(inner, found)


def _common(values: Words) -> str:
    rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in values.items())
    return f"| value | what it is |\n|---|---|\n{rows}"


def _pages(pages: Words) -> str:
    head = "| template | shows | is given |\n|---|---|---|\n"
    return head + "".join(f"| `{name}` | {it['shows']} | {_given(it)} |\n" for name, it in pages.items())


def _given(page: Words) -> str:
    return "; ".join(f"`{name}`, {meaning}" for name, meaning in page.items() if name != "shows")


def _records(said: Words, known: Mapping[str, type]) -> str:
    return "\n".join(_record(name, known[name], said.get(name, {})) for name in sorted(known))


def _record(name: str, one: type, meanings: Words) -> str:
    first = re.split(r"\n\s*\n", inspect.getdoc(one) or "")[0].replace("\n", " ")
    rows = (
        f"| `{member}` | {_named(kind)} | {meanings.get(member, '')} |\n" for member, kind in members(one)
    )
    return f"### {name}\n\n{first}\n\n| field | type | meaning |\n|---|---|---|\n{''.join(rows)}"


def _named(kind: Any) -> str:
    """Name a type for those who write templates: `Links`, `text or none`."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(_named(one) for one in inner if one is not NoneType) + " or none"
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if origin in MANY:
        return f"list of {_named(inner[0])}"
    if is_dataclass(kind):
        name = typing.cast("type", kind).__name__
        return f"[{name}](#{name.lower()})"
    return PLAIN.get(kind, "mapping")


def main() -> int:
    said, known = words(), classes()
    text = filled(PAGE.read_text(encoding="utf-8"), said, known)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    wrong = faults(said, known)
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    raise SystemExit(main())
