"""Options that several commands take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click


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


folder = click.argument("folder", type=click.Path(path_type=Path), default=".", callback=_noted)
site_folder = click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="FOLDER",
    help="The site's folder.",
    callback=_noted,
)
as_json = click.option(
    "--json", "as_json", is_flag=True, help="Report as JSON on standard output.", callback=_noted
)
