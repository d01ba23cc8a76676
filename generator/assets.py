"""Theme files under names that hold their digest, the site's accent colour, sitemap and robots."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import escape

from generator import urls
from generator.model import File, Page, Site
from generator.problems import InvalidSource, Problem

FOLDER = "assets"
STYLE = "theme.css"
LOGO = "logo"
PAPER_LIGHT, PAPER_DARK = "#f7f7f3", "#141617"
PENCIL_LIGHT, PENCIL_DARK = "#1a4d94", "#9ec3f7"
# WCAG 2.2, success criterion 1.4.3: contrast of text with its ground.
LEAST_CONTRAST = 4.5
DIGEST_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What a site changes in the theme: colours as `#rgb` or `#rrggbb`, a logo as (file name, bytes).

    `accent_dark` is derived from `accent_light` where it is not given.
    """

    accent_light: str | None = None
    accent_dark: str | None = None
    logo: tuple[str, bytes] | None = None


def collect(folders: tuple[Path, ...], options: Options) -> tuple[list[File], dict[str, str]]:
    """Read the static files of the theme; give them with a mapping from name to published address.

    They lie in `assets/` in each folder; a file in an earlier folder hides those of its name in
    the next. `theme.css` is published as `assets/theme.DIGEST.css`. Names that begin with a dot
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
        found[STYLE] = (data + _accent(options).encode(), origin)
    named = {name: (_published(name, data), data, origin) for name, (data, origin) in sorted(found.items())}
    if options.logo:
        name, data = options.logo
        named[LOGO] = (_published(LOGO + PurePosixPath(name).suffix.lower(), data), data, name)
    files = [File(address, data, origin) for address, data, origin in named.values()]
    return files, {name: address for name, (address, _, _) in named.items()}


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


def _published(name: str, data: bytes) -> str:
    path = PurePosixPath(name)
    digest = hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
    return urls.ASSETS + path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()


# ------------------------------------------------------------------------------------ the accent


def _accent(options: Options) -> str:
    light, dark = options.accent_light, options.accent_dark
    return accent_rule(light, dark) if light or dark else ""


def accent_rule(light: str | None, dark: str | None = None) -> str:
    """CSS that gives `--pencil` other colours, in the theme's own layer so that print stays black.

    Where only the light one is given, the dark one is the nearest lighter colour that has enough
    contrast on dark paper.
    """
    dark = dark or (brightened(light) if light else PENCIL_DARK)
    light = light or PENCIL_LIGHT
    both = f"light-dark({light}, {dark})"
    return (
        f"\n@layer tokens {{\n  :root {{ --pencil: {light}; }}\n"
        f"  @supports (color: light-dark(#000, #fff)) {{\n    :root {{ --pencil: {both}; }}\n  }}\n}}\n"
    )


def faint(accent: str) -> str | None:
    """None if a colour can be read on light paper; else the nearest darker one that can."""
    enough = _readable(accent, PAPER_LIGHT, "#000000")
    return None if enough == accent else enough


def brightened(accent: str) -> str:
    """Give the nearest lighter colour that can be read on dark paper, or the same if it can be."""
    return _readable(accent, PAPER_DARK, "#ffffff")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).

    Raise ValueError if one is not `#rgb` or `#rrggbb`.
    """
    high, low = sorted((_luminance(_channels(one)), _luminance(_channels(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, paper: str, towards: str) -> str:
    """Mix a colour with black or white by hundredths until it can be read on the paper."""
    if contrast(colour, paper) >= LEAST_CONTRAST:
        return colour
    start, end = _channels(colour), _channels(towards)
    mixed = (
        "#" + "".join(f"{round(a + (b - a) * step / 100):02x}" for a, b in zip(start, end, strict=True))
        for step in range(1, 101)
    )
    return next(tried for tried in mixed if contrast(tried, paper) >= LEAST_CONTRAST)


def _channels(colour: str) -> tuple[int, ...]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 -- #rgb
        digits = "".join(digit * 2 for digit in digits)
    if not colour.startswith("#") or len(digits) != 6:  # noqa: PLR2004 -- #rrggbb
        raise ValueError(f"{colour!r} is not a colour like #1a4d94")
    return tuple(bytes.fromhex(digits))


def _luminance(channels: Sequence[int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    shares = (channel / 255 for channel in channels)
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)  # noqa: PLR2004 -- the standard's
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ------------------------------------------------------------------------------ sitemap and robots


def sitemap(site: Site, pages: Iterable[Page]) -> File:
    """Every page that may be found (sitemaps.org 0.9): no 404, no redirect; in order of address.

    Articles and editions say when they last changed.
    """
    changed = _changed(site)
    listed = sorted(_address(page.path) for page in pages if page.context["page"].listed)
    body = "".join(_located(urls.absolute(site.url, address), changed.get(address)) for address in listed)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    )
    return File(urls.SITEMAP, xml.encode(), "sitemap")


def robots(site: Site) -> File:
    """Let all robots in and tell them of the sitemap."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute(site.url, urls.SITEMAP)}\n"
    return File(urls.ROBOTS, text.encode(), "robots")


def _changed(site: Site) -> Mapping[str, str]:
    moments = {entry.url: entry.updated for entry in site.entries}
    moments |= {edition.url: edition.updated for edition in site.editions if edition.updated}
    return {address: moment.isoformat(timespec="seconds") for address, moment in moments.items()}


def _address(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return path if name != "index.html" else f"{folder}/" if folder else urls.HOME


def _located(location: str, changed: str | None) -> str:
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"  <url><loc>{escape(location)}</loc>{last}</url>\n"
