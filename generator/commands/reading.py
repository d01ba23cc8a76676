"""A site as a command finds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.problems import InvalidSource

if TYPE_CHECKING:
    from generator import config


def read(folder: Path, base_url: str | None = None) -> config.Project:
    """Read the config; where it is at fault, say what is wrong in the content too.

    `base_url` takes the place of the address that the config gives.
    """
    from generator import config

    try:
        project = config.read(folder)
    except InvalidSource as error:
        if not (folder / config.NAME).is_file():
            raise
        from generator import content

        rest = content.read(folder / "content", "UTC", "en").problems
        raise InvalidSource([*error.problems, *rest]) from error
    return project if base_url is None else _moved(project, base_url)


def _moved(project: config.Project, base_url: str) -> config.Project:
    from generator import config

    try:
        return config.at_address(project, base_url)
    except ValueError as error:
        raise click.BadParameter(f"{base_url!r} is not a site's address", param_hint="--base-url") from error
