"""Options that several commands take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click


@dataclass(slots=True)
class Asked:
    """What a command line asked for, as far as it is read: who tells of a fault goes by it."""

    folder: Path = Path()
    as_json: bool = False


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
