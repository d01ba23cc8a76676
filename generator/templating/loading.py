"""Reading templates: of their own folder alone, whichever way a name or a link points."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, TemplateNotFound
from jinja2.loaders import split_template_path

from generator import disk
from generator.problems import InvalidSource, Problem

LARGEST = 5_000_000
ASSETS = "assets"  # lies among the templates and is none: rules of their own hold for it


class Within(BaseLoader):
    """Templates of one folder, all as they were when it was first looked into.

    What is saved later is of the next build: pages would be made of one version, and kept as made of another.
    Raises InvalidSource for a template that a link leads out of the folder to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._behind_links: dict[str, bytes | OSError] = {}

    @cached_property
    def files(self) -> Mapping[str, bytes | OSError]:
        """All that lies here, by its name; what is no template too, which one may include."""
        names = FileSystemLoader(self.folder).list_templates()
        return {name: _read(self.folder / name) for name in names}

    @cached_property
    def links(self) -> Mapping[str, str]:
        """Where links to folders lead, by their names: a template may be read by way of them."""
        found = (
            here / name for here, names, _ in disk.walk(self.folder, lambda _error: None) for name in names
        )
        links = sorted(path for path in found if path.is_symlink())
        return {path.relative_to(self.folder).as_posix(): os.path.realpath(path) for path in links}

    def readable(self) -> dict[str, bytes]:
        """Give what a template could be read from."""
        whole = {name: data for name, data in self.files.items() if isinstance(data, bytes)}
        within = (name for name in whole if disk.is_within(self.folder, self.folder / name))
        return {name: whole[name] for name in within if len(whole[name]) <= LARGEST}

    def text(self, name: str) -> str:
        """Give a template. Raises OSError, UnicodeDecodeError; a mark of byte order is no part of it."""
        data = self.files[name] if name in self.files else self._behind_links[name]
        if isinstance(data, OSError):
            raise data
        if len(data) > LARGEST:
            raise OSError(0, f"it is larger than {LARGEST // 1_000_000} MB")
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Give a template's text and file. Raises OSError where it is there and cannot be read."""
        name = "/".join(split_template_path(template))
        file = self.folder / name
        if name not in self.files and not self._is_behind_a_link(name, file):
            raise TemplateNotFound(template)
        if not disk.is_within(self.folder, file):
            raise InvalidSource([outside(f"{self.folder.name}/{template}")])
        return self.text(name), str(file), None

    def _is_behind_a_link(self, name: str, file: Path) -> bool:
        """Tell a template in a folder that a link leads to: none is looked into beforehand."""
        if name not in self._behind_links and file.parent.resolve() != file.parent and is_there(file):
            self._behind_links[name] = _read(file)
        return name in self._behind_links

    def list_templates(self) -> list[str]:
        return sorted(self.files)


def _read(file: Path) -> bytes | OSError:
    try:
        return disk.read(file, LARGEST)
    except OSError as error:
        return error


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
