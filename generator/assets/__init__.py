"""Theme files under names that hold their digest, the site's own look, sitemap, robots and manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator import urls
from generator.assets import cards
from generator.assets.colours import Faint, contrast, faint, palette, readable
from generator.assets.discovery import manifest, robots, sitemap
from generator.assets.look import FontFile, Options, font_files, published, rules
from generator.model import File
from generator.problems import InvalidSource, Problem

__all__ = [
    "Faint",
    "FontFile",
    "Options",
    "cards",
    "collect",
    "contrast",
    "faint",
    "manifest",
    "palette",
    "readable",
    "robots",
    "sitemap",
]

FOLDER = "assets"
STYLE = "theme.css"
LOGO = "logo"


def collect(folders: tuple[Path, ...], options: Options) -> tuple[list[File], dict[str, str]]:
    """Read the static files of the theme; give them with a mapping from name to published address.

    They lie in `assets/` in each folder; a file in an earlier folder hides those of its name in
    the next. `theme.css` is published as `assets/theme.DIGEST.css`, but `feed.css` at the
    site's root, as it is called. Names that begin with a dot
    are left alone. Raise InvalidSource (`asset-outside`, `asset-unreadable`) for a symbolic link
    that leads to a folder or out of its own, and for a file that cannot be read.
    """
    found: dict[str, tuple[bytes, str]] = {}
    problems: list[Problem] = []
    for folder in reversed(folders):
        for name, path in _files(folder / FOLDER, problems):
            found.update(_read(name, path, _shown(path, folder), problems))
    if problems:
        raise InvalidSource(problems)
    if STYLE in found:
        data, origin = found[STYLE]
        found[STYLE] = (data + rules(options).encode(), origin)
    if urls.FEED_STYLE in found:
        data, origin = found[urls.FEED_STYLE]
        found[urls.FEED_STYLE] = (data + rules(replace(options, fonts=())).encode(), origin)
    named = {name: (_address(name, data), data, origin) for name, (data, origin) in sorted(found.items())}
    if options.logo:
        name, data = options.logo
        named[LOGO] = (published(LOGO + PurePosixPath(name).suffix.lower(), data), data, name)
    for name, address, data, origin in font_files(options):
        named[name] = (address, data, origin)
    files = [File(address, data, origin) for address, data, origin in named.values()]
    return files, {name: address for name, (address, _, _) in named.items()}


def _address(name: str, data: bytes) -> str:
    return name if name == urls.FEED_STYLE else published(name, data)


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Files below a folder with their names in it; links to folders or out of it become problems."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder)
        to_folder = path.is_dir()
        if any(part.startswith(".") for part in name.parts) or (to_folder and not path.is_symlink()):
            continue
        if to_folder or not path.resolve().is_relative_to(root):
            problems.append(_outside(_shown(path, folder.parent)))
        else:
            yield name.as_posix(), path


def _outside(shown: str) -> Problem:
    message = "this symbolic link leads to a folder or out of its own"
    return Problem(shown, 1, 1, "asset-outside", message, "Put a copy of what it leads to in its place.")


def _read(name: str, path: Path, shown: str, problems: list[Problem]) -> dict[str, tuple[bytes, str]]:
    try:
        return {name: (path.read_bytes(), shown)}
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        problems.append(Problem(shown, 1, 1, "asset-unreadable", message))
        return {}


def _shown(path: Path, folder: Path) -> str:
    return (PurePosixPath(folder.name) / path.relative_to(folder).as_posix()).as_posix()
