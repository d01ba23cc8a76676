"""Options that several commands take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


@dataclass(slots=True)
class Asked:
    """What a command line asked for, as far as it is read: who tells of a fault goes by it.

    `closing` ends a report of problems, `data` goes with it where it is JSON.
    """

    folder: Path = Path()
    as_json: bool = False
    closing: str = "nothing was written"
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


folder = click.argument(
    "folder", type=click.Path(path_type=Path), default=".", callback=_noted, shell_complete=folders
)
site_folder = click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="FOLDER",
    help="The site's folder.",
    callback=_noted,
    shell_complete=folders,
)
as_json = click.option(
    "--json", "as_json", is_flag=True, help="Report as JSON on standard output.", callback=_noted
)
