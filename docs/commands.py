"""Holds commands.md to the commands that there are: python docs/commands.py, after one has changed.

From the code come the list of all commands, each heading with its arguments, and of each option its names and
the value that it takes. What an option means is written by hand; a new one begins with the words of `--help`.
A row for an option that is gone, or a section for a command that is, is told and left to be taken out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "commands.md"
START, END = "<!-- made by docs/commands.py -->\n", "<!-- end -->\n"
SECTION = re.compile(r"^## broadsheet (?P<name>[a-z]+).*\n(?P<text>(?:(?!^## ).*\n)*)", re.MULTILINE)
TABLE = re.compile(r"^\| option \| meaning \|\n\|---\|---\|\n(?P<rows>(?:\|.*\n)*)", re.MULTILINE)
ROW = re.compile(r"^\| (?P<names>`[^|]*?) \| (?P<meaning>.*) \|$", re.MULTILINE)
EXAMPLE = re.compile(r"^```sh$", re.MULTILINE)


def commands() -> Mapping[str, Any]:
    """Give the commands by name."""
    from generator.cli import cli

    return dict(sorted(cli.commands.items()))


def faults(text: str, known: Mapping[str, Any]) -> list[str]:
    """Name commands and options that lack words, and words for what is not there."""
    sections = {found["name"]: found["text"] for found in SECTION.finditer(text)}
    told = [f"broadsheet {name}: no section" for name in known if name not in sections]
    told += [f"broadsheet {name}: a section for what is not there" for name in sections if name not in known]
    if list(sections) != sorted(sections):
        told.append("the sections are not in the order of the alphabet")
    for name, section in sections.items():
        if name in known:
            told += [f"broadsheet {name} {rest}" for rest in _faults(section, known[name])]
    return told


def filled(text: str, known: Mapping[str, Any]) -> str:
    """Put into the page what the code knows."""
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    text = f"{before}{START}\n{_overview(known)}\n{END}{after}"
    return SECTION.sub(lambda found: _section(found, known), text)


def _section(found: re.Match[str], known: Mapping[str, Any]) -> str:
    command = known.get(found["name"])
    if command is None:
        return found[0]
    table = TABLE.search(found["text"])
    section = found["text"]
    if table:
        section = section.replace(table["rows"], "".join(_rows(table["rows"], command)), 1)
    return f"## {_heading(found['name'], command)}\n{section}"


def _overview(known: Mapping[str, Any]) -> str:
    lines = ["| command | what it does |", "|---|---|"]
    for name, command in known.items():
        anchor = re.sub(r"[^\w -]", "", _heading(name, command).lower()).replace(" ", "-")
        lines.append(f"| [`{name}`](#{anchor}) | {command.get_short_help_str(200)} |")
    return "\n".join(lines) + "\n"


def _heading(name: str, command: Any) -> str:
    context = command.context_class(command, info_name=name)
    arguments = [it.make_metavar(context) for it in command.params if it.param_type_name == "argument"]
    return " ".join(["broadsheet", name, *arguments])


def _rows(written: str, command: Any) -> Iterator[str]:
    """Give the rows of a command's options in its order: meanings as written, names as they are."""
    meanings = {_key(row["names"]): row["meaning"] for row in ROW.finditer(written)}
    for option in _options(command):
        meaning = meanings.pop(option.opts[-1], None) or (option.help or "").rstrip(".")
        yield f"| {_names(option, command)} | {meaning} |\n"
    for row in ROW.finditer(written):
        if _key(row["names"]) in meanings:  # it is gone: told as a fault
            yield f"{row[0]}\n"


def _names(option: Any, command: Any) -> str:
    names = [f"`{name}`" for name in (*option.opts, *option.secondary_opts)]
    if not (option.is_flag or option.count):
        value = option.make_metavar(command.context_class(command))
        names[-1] = f"`{option.opts[-1]} {value}`"
    return ", ".join(names)


def _options(command: Any) -> list[Any]:
    return [it for it in command.params if it.param_type_name == "option" and not it.hidden]


def _key(names: str) -> str:
    """Give the long name of an option in a row, by which it is known."""
    return re.findall(r"--[\w-]+", names)[0] if "--" in names else names


def _faults(section: str, command: Any) -> Iterator[str]:
    table = TABLE.search(section)
    written = {_key(row["names"]) for row in ROW.finditer(table["rows"])} if table else set()
    known = {option.opts[-1] for option in _options(command)}
    yield from (f"{name}: no words" for name in sorted(known - written))
    yield from (f"{name}: words for what is not there" for name in sorted(written - known))
    if not EXAMPLE.search(section):
        yield "has no example"


if __name__ == "__main__":
    sys.path.insert(0, str(PAGE.parent.parent))
    page = PAGE.read_text(encoding="utf-8")
    there = commands()
    made = filled(page, there)
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    wrong = faults(made, there)
    for fault in wrong:
        sys.stderr.write(f"{fault}\n")
    sys.exit(1 if wrong else 0)
