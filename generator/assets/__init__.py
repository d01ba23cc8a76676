"""Theme files under names that hold their digest, the site's own look, sitemap, robots and manifest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator import disk, urls
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
LARGEST = 50_000_000
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
    """Files below a folder with their names in it; what cannot be one of them becomes a problem."""
    if not os.path.lexists(folder):
        return
    if not disk.is_within(folder.parent, folder):
        problems.append(_outside(_shown(folder, folder.parent)))
        return
    for here, folders, names in disk.walk(folder, lambda error: problems.append(_unread(error, folder))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if (here / name).is_symlink()]
        for path in (here / name for name in (*linked, *names) if not name.startswith(".")):
            shown = _shown(path, folder.parent)
            if path.name in linked or (path.is_symlink() and not disk.is_within(folder, path)):
                problems.append(_outside(shown))
            else:
                yield path.relative_to(folder).as_posix(), path


def _unread(error: OSError, folder: Path) -> Problem:
    shown = _shown(Path(error.filename or folder), folder.parent)
    return Problem(shown, 1, 1, "asset-unreadable", f"cannot be read: {error.strerror}")


def _outside(shown: str) -> Problem:
    message = "this symbolic link leads to a folder or out of its own"
    return Problem(shown, 1, 1, "asset-outside", message, "Put a copy of what it leads to in its place.")


def _read(name: str, path: Path, shown: str, problems: list[Problem]) -> dict[str, tuple[bytes, str]]:
    try:
        data = disk.read(path, LARGEST)
    except OSError as error:
        problems.append(Problem(shown, 1, 1, "asset-unreadable", f"cannot be read: {error.strerror}"))
        return {}
    if len(data) > LARGEST:
        message = f"this is larger than {LARGEST // 1_000_000} MB"
        problems.append(Problem(shown, 1, 1, "too-large", message, "Let it stand elsewhere."))
        return {}
    return {name: (data, shown)}


def _shown(path: Path, folder: Path) -> str:
    return (PurePosixPath(folder.name) / path.relative_to(folder).as_posix()).as_posix()
