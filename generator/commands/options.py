"""Options that several commands take."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from generator.problems import Problem


@dataclass(slots=True)
class Asked:
    """What a command line asked for, as far as it is read: who tells of a fault goes by it.

    `closing` ends a report of problems, `data` goes with it where it is JSON; `stopped` ends what is said of
    an interruption.
    """

    folder: Path = Path()
    as_json: bool = False
    closing: str = ""
    stopped: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def _noted(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    asked = context.find_object(Asked)
    if asked is not None and parameter.name:
        setattr(asked, parameter.name, value)
    return value


def note(data: dict[str, Any]) -> None:
    """Have data told with whatever fault is raised next, where the report is JSON."""
    asked = click.get_current_context().find_object(Asked)
    if asked is not None:
        asked.data = data


def folders(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Let the shell complete names of folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="dir")]


def files(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Let the shell complete names of files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def said(problem: Problem) -> str:
    """Say of a value of the command line what is wrong with it, and the mend."""
    return f"{problem.message}: {problem.hint}" if problem.hint else problem.message


def typed(folder: Path) -> str:
    """Give a folder as it is typed behind a command; nothing for the current one."""
    if folder == Path():
        return ""
    return f" {shlex.quote(f'./{folder}' if str(folder).startswith('-') else str(folder))}"


class Folder(click.Path):
    """A folder's path. An empty one is none: it comes of a variable that a script forgot to set."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":  # which Path would take for the current folder
            self.fail("the name of the folder is empty; the current one is called .", param, ctx)
        return super().convert(value, param, ctx)


folder = click.argument("folder", type=Folder(), default=".", callback=_noted, shell_complete=folders)
site_folder = click.option(
    "--site",
    "folder",
    type=Folder(),
    default=".",
    metavar="FOLDER",
    help="The site's folder.",
    callback=_noted,
    shell_complete=folders,
)
as_json = click.option(
    "--json", "as_json", is_flag=True, help="Report as JSON on standard output.", callback=_noted
)
