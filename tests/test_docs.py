"""Documentation that cannot lie: what exists is described, what is described exists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.cli import cli
from generator.commands.schema import schemas

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TEMPLATES = sorted(path.name for path in (ROOT / "templates").glob("*.html"))
MARKDOWN = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def keys(schema: dict[str, Any], part: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Every key of a schema in dotted form."""
    name = part.get("$ref", "").rpartition("/")[2]
    here = schema["$defs"][name] if name else part
    for key, value in here.get("properties", {}).items():
        yield prefix + key
        yield from keys(schema, value, f"{prefix}{key}.")
    for inner in [*here.get("anyOf", []), *here.get("allOf", []), *filter(None, [here.get("items")])]:
        yield from keys(schema, inner, prefix)


def documented(page: str) -> set[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z_.]+)` ", text, re.MULTILINE))


@pytest.mark.parametrize(("page", "name"), [("configuration.md", "config"), ("front-matter.md", "article")])
def test_each_key_is_documented_and_exists(page: str, name: str):
    schema = schemas()[name]
    assert documented(page) == set(keys(schema, schema))


@pytest.mark.parametrize("name", ["config", "article", "page"])
def test_kept_schemas_are_those_of_the_code(name: str):
    kept = json.loads((DOCS / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert kept == schemas()[name]


def test_each_command_and_option_is_documented():
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"## broadsheet {name}" in text
        for parameter in command.params:
            for option in (o for o in parameter.opts if o.startswith("--")):
                assert f"`{option}" in text


def test_each_template_is_documented():
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    assert [name for name in TEMPLATES if f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path):
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [
        t for t in re.findall(r"\]\(([^)\s]+)\)", text) if not t.startswith(("http", "#", "mailto:", "/"))
    ]
    assert [t for t in targets if not (page.parent / t.partition("#")[0]).exists()] == []
