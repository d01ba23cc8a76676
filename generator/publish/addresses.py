"""Which paths a site can have, and which of them cannot stand side by side."""

from __future__ import annotations

from collections.abc import Container, Sequence

from generator import urls
from generator.model import AnyFile
from generator.problems import Problem

MANIFEST = ".broadsheet.json"
KEPT = ".gitignore"


def collisions(files: Sequence[AnyFile]) -> list[Problem]:
    """Find files that cannot stand side by side on every file system, and paths that no site can have.

    Paths that differ in case or Unicode form alone count as one; so does a file where a folder must be.
    """
    problems: list[Problem] = []
    taken: dict[str, AnyFile] = {}
    folders: dict[str, AnyFile] = {}
    known: dict[str, tuple[str, ...]] = {}
    for file in files:
        if wrong := unfit(file.path, known):
            message = f'"{_shown(file.path)}" cannot be an address of the site: {wrong}'
            problems.append(_problem(file, "bad-address", message, "give it another slug or name"))
            continue
        folder, _, _ = file.path.rpartition("/")
        above = known.get(folder) or known.setdefault(folder, tuple(map(urls.folded, urls.above(file.path))))
        name = urls.folded(file.path)
        other = taken.get(name) or folders.get(name)
        other = other or next((taken[parent] for parent in above if parent in taken), None)
        if other:
            problems.append(_clash(file, other))
            continue
        taken[name] = file
        for parent in above:
            folders.setdefault(parent, file)
    return problems


def unfit(path: str, sound: Container[str] = ()) -> str:
    """Tell what is wrong with a path, or nothing; folders in `sound` have been looked at before."""
    folder, _, name = path.rpartition("/")
    if urls.folded(path.partition("/")[0]) in urls.KEPT:
        return "that name is the build's own, or git's"
    if path.startswith("/"):
        return "it is absolute"
    names = [name] if folder in sound else path.split("/")
    return next(filter(None, map(urls.fault, names)), "")


def _clash(file: AnyFile, other: AnyFile) -> Problem:
    """Blame the one of two that an editor wrote; of two such, the later."""
    if other.origin.startswith("content/") and not file.origin.startswith("content/"):
        file, other = other, file
    message = f'the address "/{file.path}" is taken by {other.origin or other.path}'
    if file.path != other.path:
        message += f' ("/{other.path}")'
    return _problem(file, "duplicate-address", message, "give one of them another slug or name")


def _problem(file: AnyFile, code: str, message: str, hint: str) -> Problem:
    return Problem(file.origin or _shown(file.path), 1, 1, code, message, hint)


def _shown(path: str) -> str:
    return path if path.isprintable() else ascii(path)[1:-1]
