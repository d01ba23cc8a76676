"""Documentation that cannot lie: what exists is described, what is described exists."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import config
from generator.cli import cli
from generator.commands.schema import schemas
from generator.config.fields import ConfigFields
from generator.content.brief_fields import BriefFile
from generator.content.editions import EditionFields
from generator.content.front_matter import FrontMatter, PageFrontMatter
from generator.problems import InvalidSource
from generator.schema import parse
from generator.schema.validation import validate
from tests.building import build_site, copied, write_site

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TEMPLATES = sorted(path.name for path in (ROOT / "templates").glob("*.html"))
# What an example may be, and what it needs beside what it shows.
KINDS = {
    "config": (ConfigFields, "title: T\nurl: https://n.example/\n"),
    "article": (FrontMatter, "title: T\ndate: 2026-11-23\n"),
    "page": (PageFrontMatter, "title: T\n"),
    "brief-file": (BriefFile, ""),
    "edition-file": (EditionFields, ""),
}
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
    return set(re.findall(r"^\| `([a-z_.]+|[a-z.]+COLOUR[a-z.]+)` ", text, re.MULTILINE))


@pytest.mark.parametrize(("page", "name"), [("configuration.md", "config"), ("front-matter.md", "article")])
def test_each_key_is_documented_and_exists(page: str, name: str):
    schema = schemas()[name]
    # What stands under brief: in front matter is what stands in a brief file; all colours have the same keys.
    known = {key for key in keys(schema, schema) if not key.startswith("brief.")}
    assert documented(page) == {re.sub(r"(?<=^theme.colours.)\w+(?=\.)", "COLOUR", key) for key in known}


def test_each_key_of_a_brief_file_is_documented_and_exists():
    schema = schemas()["brief-file"]
    known = {key.rpartition(".")[2] for key in keys(schema, schema) if not key.startswith("machine.")}
    assert documented("briefs.md") == known


def test_each_key_of_an_edition_file_is_documented_and_exists():
    schema = schemas()["edition-file"]
    assert documented("editions.md") == set(keys(schema, schema))


@pytest.mark.parametrize("name", ["config", "article", "page", "brief-file", "edition-file", "brief"])
def test_kept_schemas_are_those_of_the_code(name: str):
    kept = json.loads((DOCS / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert kept == schemas()[name]


def test_each_command_and_option_is_documented():
    page = loaded("commands")
    text, known = page.PAGE.read_text(encoding="utf-8"), page.commands()
    assert set(known) == set(cli.commands)
    assert page.faults(text, known) == []
    assert text == page.filled(text, known), "run python docs/commands.py"


def test_a_command_without_words_and_words_without_a_command_are_told():
    page = loaded("commands")
    known = {name: command for name, command in page.commands().items() if name != "ping"}
    text = page.PAGE.read_text(encoding="utf-8").replace("| `--drafts` | Show", "| `--draughts` | Show")
    text = text.replace("## broadsheet stats [FOLDER]", "## Statistics")
    assert page.faults(text, known) == [
        "broadsheet stats: no section",
        "broadsheet ping: a section for what is not there",
        "broadsheet build --drafts: no words",
        "broadsheet build --draughts: words for what is not there",
    ]


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
    anchored = [t for t in re.findall(r"\]\(([^)\s]+)\)", text) if re.match(r"[^:]*\.md#|#", t)]
    places = [
        (page.parent / path if path else page, anchor)
        for path, _, anchor in (t.partition("#") for t in anchored)
    ]
    assert [f"{path.name}#{anchor}" for path, anchor in places if anchor not in anchors(path)] == []


def anchors(page: Path) -> set[str]:
    """Anchors of headings as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    names = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    words = (re.sub(r"\]\([^)]*\)|[^\w -]", "", name.lower()) for name in names)
    return {word.strip().replace(" ", "-") for word in words}


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_brief_in_the_readme_is_the_one_that_is_made(tmp_path: Path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (article,) = fenced(ROOT / "README.md", "markdown")
    write_site(tmp_path, {"content/queue.md": article})
    build_site(tmp_path)
    brief = json.loads(
        (tmp_path / "site" / "2026" / "11" / "queue" / "brief.json").read_text(encoding="utf-8")
    )["brief"]
    shown = text.partition("**Queue study draws 212 objections**")[2].partition("</td>")[0]
    lines = [*brief["summary"], *brief["key_points"], *(figure["context"] for figure in brief["key_figures"])]
    lines += [*brief["quotes"], *brief["whats_next"]]
    assert [quote["speaker"] for quote in brief["quotes"] if f"> {quote['speaker']}\n" not in shown] == []
    marks = [f"{line['text']} <sup>[{line['evidence'][0]['id'][1:]}]</sup>" for line in lines]
    assert [mark for mark in marks if mark not in shown] == []
    assert shown.count("<sup>") == len(marks)
    assert len(brief["coverage"]["boilerplate"]) == 1


def test_the_readmes_way_to_a_digest_of_ones_own_works(tmp_path: Path):
    """The sample goes, one article comes: nothing that stays leans on what went."""
    copied(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    shutil.rmtree(tmp_path / "content" / "2026")
    shutil.rmtree(tmp_path / "content" / "editions")
    (article,) = fenced(ROOT / "README.md", "markdown")
    (tmp_path / "content" / "queue.md").write_text(article, encoding="utf-8")
    assert build_site(tmp_path).articles == 1


EXAMPLES = [
    (page, text)
    for page in MARKDOWN
    if page.name != "errors.md"  # whose examples are wrong, as tests/test_errors_page.py asks of them
    for text in [*fenced(page, "yaml"), *fenced(page, "markdown")]
    if not re.search(r"^(on|jobs|steps|\s*- uses|# yaml-language-server):", text, re.MULTILINE)
]


@pytest.mark.parametrize(("page", "text"), EXAMPLES, ids=lambda it: getattr(it, "name", ""))
def test_settings_front_matter_and_files_in_the_documents_are_valid(page: Path, text: str):
    matter = re.match(r"---\n(.*?)^---$", text, re.DOTALL | re.MULTILINE)
    written = matter[1] if matter else text
    document = parse(written, page.name)
    assert document.problems == ()
    keys = set(document.value)
    kinds = [KINDS[name] for name in ("article", "page")] if matter else list(KINDS.values())
    fitting = [
        (kind, needed) for kind, needed in kinds if keys <= set(kind.model_json_schema()["properties"])
    ]
    assert fitting, f"nothing has the keys {keys}"
    tried = []
    for kind, needed in fitting:
        missing = "".join(
            line for line in needed.splitlines(keepends=True) if line.partition(":")[0] not in keys
        )
        _, problems = validate(parse(missing + written, page.name), kind)
        tried.append(problems)
    assert [] in tried, tried


def test_the_settings_that_begin_a_digest_are_valid_as_a_whole(tmp_path: Path):
    pages = [ROOT / "README.md", DOCS / "configuration.md"]
    examples = [text for page in pages for text in fenced(page, "yaml") if text.startswith("title:")]
    assert examples
    for number, text in enumerate(examples):
        site = write_site(tmp_path / str(number), {"config.yaml": text, "content/.keep": ""})
        assert config.read(site).config.title == "The Switchyard"


def test_the_examples_of_theming_are_the_sites_that_are_tested():
    text = (DOCS / "theming.md").read_text(encoding="utf-8")
    shown = re.findall(r"^`(theme-[\w/.-]+)`:\n\n```\w+\n(.*?)```$", text, re.MULTILINE | re.DOTALL)
    sites = ROOT / "tests" / "sites"
    assert [name for name, code in shown if (sites / name).read_text(encoding="utf-8") != code] == []
    templates = {path for path in sites.glob("theme-*/templates/**/*") if path.is_file()}
    assert templates <= {sites / name for name, _ in shown}


def test_the_message_about_a_faint_colour_is_the_real_one(tmp_path: Path):
    text = (DOCS / "theming.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"config\.yaml:\d.*?\n.*?\n", text)
    example = (ROOT / "tests" / "sites" / "theme-config" / "config.yaml").read_text(encoding="utf-8")
    site = write_site(
        tmp_path, {"config.yaml": example.replace("#2b1f14", "#f2a65a").replace("  logo", "  # ")}
    )
    with pytest.raises(InvalidSource) as raised:
        config.read(site)
    (problem,) = raised.value.problems
    assert re.sub(r"\s+", " ", said) == re.sub(r"\s+", " ", f"{problem}\n")


def loaded(name: str) -> Any:
    """Give a program of docs/, which stands in no package."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_field_that_templates_meet_is_documented_and_exists():
    made = loaded("context")
    said, known = made.words(), made.classes()
    assert made.faults(said, known) == []
    page = made.PAGE.read_text(encoding="utf-8")
    assert page == made.filled(page, said, known), "run python docs/context.py"


def test_a_field_without_words_and_words_without_a_field_are_told():
    made = loaded("context")
    said, known = made.words(), made.classes()
    said["Link"] = {"title": "kept", "colour": "invented"}
    assert made.faults(said, known) == [
        "Link.url: no words in docs/context.toml",
        "Link.colour: words for what is not there",
    ]


def test_what_each_template_is_given_is_documented_and_exists():
    from generator import pages
    from tests.making import a_site, an_article, channels_of, days_before, in_parts, suppliers_of
    from tests.test_pages import ASSETS, everything
    from tests.test_subjects import composed

    made = loaded("context")
    said = made.words()
    site, articles = everything()
    going_on = [an_article("First", published=days_before(2)), an_article("Second", published=days_before(0))]
    told = [in_parts(*([it.id] for it in going_on))]
    planned = [
        *pages.plan(
            site,
            {it.id: it for it in articles},
            ASSETS,
            channels=channels_of(site),
            suppliers=suppliers_of(site),
        ),
        *pages.plan(a_site(), {}, ASSETS),
        *pages.plan(composed(going_on, told=told), {it.id: it for it in going_on}, ASSETS),
    ]
    given: dict[str, set[str]] = {}
    for page in planned:
        given.setdefault(page.template, set()).update({*page.context, "structured"} - set(said["common"]))
        assert set(said["common"]) <= {*page.context, "structured"}
    assert given == {name: set(it) - {"shows"} for name, it in said["pages"].items()}
    types = {
        type(one).__name__ for page in planned for value in page.context.values() for one in within(value)
    }
    assert types <= set(made.classes())


def within(value: Any) -> Iterator[Any]:
    """Dataclasses in a value of a template, however deep in its lists."""
    if dataclasses.is_dataclass(value):
        yield value
    elif isinstance(value, dict):
        yield from (found for one in value.values() for found in within(one))
    elif isinstance(value, (list, tuple)):
        yield from (found for one in value for found in within(one))
