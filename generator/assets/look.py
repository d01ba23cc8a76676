"""What a site changes in the theme's style by its config: CSS behind the theme's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from generator import urls
from generator.assets.colours import DEFAULT, PROPERTIES, Given, palette

DIGEST_LENGTH = 10
FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}
FONTS = "fonts/"
GENERIC = frozenset(
    "serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace "
    "ui-rounded math emoji -apple-system BlinkMacSystemFont".split()
)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that the site publishes: `weight` is `400`, or `200 900` where it is variable."""

    family: str
    name: str  # of its file, in the site's folder
    data: bytes
    weight: str = "400"
    style: Literal["normal", "italic"] = "normal"


@dataclass(frozen=True, slots=True)
class Options:
    """What a site changes in the theme: colours by role, stacks of fonts, fonts, a logo as (name, bytes)."""

    colours: Given = field(default_factory=dict, hash=False)
    text: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    fonts: tuple[FontFile, ...] = ()
    logo: tuple[str, bytes] | None = None


def rules(options: Options) -> str:
    """CSS for what is changed, in the theme's own layer so that print stays black; empty for nothing."""
    made = palette(options.colours)
    changed = {PROPERTIES[role]: pair for role, pair in made.items() if pair != DEFAULT[role]}
    plain = [f"{name}: {light};" for name, (light, _) in changed.items()]
    plain += [f"{name}: {_stack(families, last)};" for name, families, last in _stacks(options) if families]
    both = [f"{name}: light-dark({light}, {dark});" for name, (light, dark) in changed.items()]
    faces = "".join(map(_face, options.fonts))
    if not plain:
        return faces and f"\n{faces}"
    css = f"\n{faces}@layer tokens {{\n  :root {{ {' '.join(plain)} }}\n"
    if both:
        css += "  @supports (color: light-dark(#000, #fff)) {\n"
        css += f"    :root {{ {' '.join(both)} }}\n  }}\n"
    return css + "}\n"


def published(name: str, data: bytes) -> str:
    """Address of a file of the theme: its name holds its digest, so that it can be kept for ever."""
    path = PurePosixPath(name)
    digest = hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
    return urls.ASSETS + path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()


def font_address(font: FontFile) -> str:
    path = PurePosixPath(font.name)
    return published(f"{FONTS}{path.stem}{path.suffix.lower()}", font.data)


def _stacks(options: Options) -> Iterable[tuple[str, tuple[str, ...], str]]:
    return (("--serif", options.text, "serif"), ("--sans", options.labels, "sans-serif"))


def _stack(families: Sequence[str], last: str) -> str:
    """Name families in CSS; a stack that ends in none that every system has gets one."""
    ended = families if families[-1] in GENERIC else (*families, last)
    return ", ".join(map(_family, ended))


def _family(name: str) -> str:
    """Quote a family's name; a generic one (serif, system-ui) is a keyword and stays bare."""
    return name if name in GENERIC else json.dumps(name, ensure_ascii=False)


def _face(font: FontFile) -> str:
    address = urls.encode(font_address(font).removeprefix(urls.ASSETS))
    form = FORMATS[PurePosixPath(font.name).suffix.lower()]
    return (
        f"@font-face {{ font-family: {_family(font.family)}; font-weight: {font.weight}; "
        f"font-style: {font.style}; font-display: swap; "
        f'src: url("{address}") format("{form}"); }}\n'
    )


def font_files(options: Options) -> Iterator[tuple[str, str, bytes, str]]:
    """Name, address, bytes and origin of each font that is published."""
    for font in options.fonts:
        yield FONTS + font.name, font_address(font), font.data, font.name
