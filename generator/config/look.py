"""What is wrong with a site's look that only its files, or all its colours together, can tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator import disk
from generator.config.theme import Font, Theme
from generator.problems import Problem
from generator.schema import Document
from generator.schema.documents import Loc

LARGEST = 20_000_000
# How the formats of fonts begin: WOFF2, WOFF, TrueType (two of them), OpenType.
FONT_HEADS = {
    ".woff2": (b"wOF2",),
    ".woff": (b"wOFF",),
    ".ttf": (b"\0\1\0\0", b"true"),
    ".otf": (b"OTTO",),
}


def look_faults(root: Path, theme: Theme, document: Document) -> Iterator[Problem]:
    """Tell every fault of a theme's values: a logo, a font, a colour that cannot be used."""
    yield from _logo_faults(root, theme, document)
    yield from _colour_faults(theme, document)
    for number, font in enumerate(theme.fonts):
        yield from _font_faults(root, theme, font, number, document)


def _logo_faults(root: Path, theme: Theme, document: Document) -> Iterator[Problem]:
    """Tell why a logo cannot be published: only a sound picture of this site can."""
    from generator import pictures

    if theme.logo is None:
        return
    loc = ("theme", "logo")
    if not _within(root, theme.logo):
        yield _problem(document, loc, "missing-image", f'there is no file "{theme.logo}" in this site')
        return
    try:
        pictures.measure(disk.read(root / theme.logo, LARGEST))
    except OSError as error:
        yield _problem(document, loc, "unreadable", f'"{theme.logo}" cannot be read: {error.strerror}')
    except ValueError as error:
        yield _problem(document, loc, "bad-image", f"this cannot be the logo: {error}")


def _colour_faults(theme: Theme, document: Document) -> Iterator[Problem]:
    """Tell colours that cannot be read on their ground."""
    from generator import assets

    for it in assets.faint(theme.colours):
        what = "ink ({1}) on {0}" if it.role == "marker" else "{0} on {2} paper ({1})"
        message = f"{what.format(it.colour, it.ground, it.scheme)} can hardly be read"
        hint = f'the nearest that can is "{it.nearest}"'
        yield _problem(document, ("theme", "colours", it.role, it.scheme), "faint-colour", message, hint)


def _font_faults(root: Path, theme: Theme, font: Font, number: int, document: Document) -> Iterator[Problem]:
    """Tell a font that is not there, is none, or that no text asks for."""
    from generator.schema.validation import suggestion

    loc = ("theme", "fonts", "files", number)
    used = (*theme.text, *theme.labels)
    if font.family not in used:
        message = f'neither text nor labels name the family "{font.family}"'
        hint = suggestion(font.family, used) if used else f'write it first: text: "{font.family}, serif"'
        yield _problem(document, (*loc, "family"), "unused-font", message, hint)
    if not _within(root, font.file):
        message = f'there is no file "{font.file}" in this site'
        yield _problem(document, (*loc, "file"), "missing-font", message)
        return
    heads = FONT_HEADS.get(Path(font.file).suffix.lower(), ())
    try:
        sound = disk.read(root / font.file, LARGEST)[:4] in heads
    except OSError as error:
        message = f'"{font.file}" cannot be read: {error.strerror}'
        yield _problem(document, (*loc, "file"), "unreadable", message)
        return
    if not sound:
        hint = "a font is a sound file that ends in .woff2, .woff, .ttf or .otf"
        yield _problem(document, (*loc, "file"), "bad-font", f'"{font.file}" is no font', hint)


def _within(root: Path, name: str) -> bool:
    """Tell whether a name leads to a plain file of the site, on Windows too."""
    return "\\" not in name and disk.is_plain(root / name) and disk.is_within(root, root / name)


def _problem(document: Document, loc: Loc, code: str, message: str, hint: str = "") -> Problem:
    at = document.position(loc)
    return Problem(at.path, at.line, at.column, code, message, hint)
