"""Reading templates: of their own folder alone, whichever way a name or a link points."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, TemplateNotFound
from jinja2.loaders import split_template_path

from generator import disk
from generator.problems import InvalidSource, Problem

LARGEST = 5_000_000
ASSETS = "assets"  # lies among the templates and is none: rules of their own hold for it


class Within(BaseLoader):
    """Templates of one folder. Raises InvalidSource for one that a link leads out of it to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Give a template's text and file. Raises OSError where it is there and cannot be read."""
        file = self.folder.joinpath(*split_template_path(template))
        if not is_there(file):
            raise TemplateNotFound(template)
        if not disk.is_within(self.folder, file):
            raise InvalidSource([outside(f"{self.folder.name}/{template}")])
        return source(file), str(file), None

    def list_templates(self) -> list[str]:
        return FileSystemLoader(self.folder).list_templates()


def source(file: Path) -> str:
    """Read a template. Raises OSError, UnicodeDecodeError; a mark of byte order is no part of the text."""
    data = disk.read(file, LARGEST)
    if len(data) > LARGEST:
        raise OSError(0, f"it is larger than {LARGEST // 1_000_000} MB")
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def misplaced(folder: Path) -> Iterator[Problem]:
    """Find what no template can be read from: folders that are closed, links that lead outside."""
    closed: list[OSError] = []
    for here, folders, names in disk.walk(folder, closed.append):
        folders[:] = [name for name in folders if here / name != folder / ASSETS]
        for name in names:
            path = (here / name).relative_to(folder).as_posix()
            if (here / name).is_symlink() and not disk.is_within(folder, here / name):
                yield outside(f"{folder.name}/{path}")
    for error in closed:
        shown = Path(folder.name, Path(error.filename or folder).relative_to(folder)).as_posix()
        yield unreadable(shown, error)


def outside(shown: str) -> Problem:
    message = "this link leads out of the templates' folder, or nowhere"
    return Problem(shown, 1, 1, "outside", message, "put the file itself here")


def unreadable(shown: str, error: OSError) -> Problem:
    return Problem(shown, 1, 1, "unreadable", f"this cannot be read: {error.strerror}")


def is_there(file: Path) -> bool:
    """Tell whether something stands where a template would; in a folder that is closed, nothing does."""
    try:
        return os.path.lexists(file) and not file.is_dir()
    except (OSError, ValueError):
        return False
