"""A site as a command finds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.problems import InvalidSource

if TYPE_CHECKING:
    from generator import config


def read(folder: Path) -> config.Project:
    """Read the config; where it is at fault, say what is wrong in the content too."""
    from generator import config

    try:
        return config.read(folder)
    except InvalidSource as error:
        if not (folder / config.NAME).is_file():
            raise
        from generator import content

        rest = content.read(folder / "content", "UTC", "en").problems
        raise InvalidSource([*error.problems, *rest]) from error
