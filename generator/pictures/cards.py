"""Cards: a headline as a picture in the look of the theme, for previews of a page elsewhere."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

VERSION = "1"  # of the drawing: a change of what is drawn changes it
WIDTH, HEIGHT = 1200, 630
EDGE = 72
PLATE, NOTE = 44, 30
HEADS = (84, 76, 68, 60, 52, 46)  # sizes that a headline is tried in
HEAD_TOP, HEAD_BOTTOM = 186, 490
LEADING = 1.16
LIGHT, BOLD = 400, 700
SHADES = 16  # of a palette of four bits
INK, SMALL_PRINT, RULE = 255, 165, 44  # shares of ink in 255


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the paper's name, a headline, and below it who reported it and when."""

    name: str
    headline: str
    source: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """What a card is drawn with: paper and ink as RGB, and the bytes of a font (else Source Serif 4)."""

    paper: tuple[int, int, int] = (0xF7, 0xF7, 0xF3)
    ink: tuple[int, int, int] = (0x16, 0x18, 0x1A)
    font: bytes = b""


def version() -> str:
    """Whatever changes a card besides what it says: the drawing, Pillow and the font."""
    from importlib import metadata

    made_with = (metadata.version(name) for name in ("pillow", "fontpkg-source-serif-4"))
    return " ".join((VERSION, *made_with))


def draw(card: Card, press: Press) -> bytes:
    """Draw a card: a PNG of 1200 by 630, the same bytes every time.

    Where the font lacks a letter of the headline, or cannot set its script letter by letter, the card
    bears the paper's name alone; where it lacks the name's, only rules.
    """
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(image)
    says = {part: text for part, text in _parts(card) if text and can_set(text, press.font)}
    bold, light = _face(press.font, PLATE, BOLD), _face(press.font, NOTE, LIGHT)
    right, foot = WIDTH - EDGE, HEIGHT - EDGE - NOTE
    _rules(pen)
    if "headline" in says:
        pen.text((EDGE, EDGE), _first(says.get("name", ""), bold, right - EDGE), INK, bold)
        _headline(pen, says["headline"], press.font)
        date = says.get("date", "")
        pen.text((right, foot), date, SMALL_PRINT, light, anchor="ra")
        room = right - EDGE - NOTE - light.getlength(date)
        pen.text((EDGE, foot), _first(says.get("source", ""), light, room), SMALL_PRINT, light, anchor="la")
    else:
        _centred(pen, says.get("name", ""), press.font)
    return _png(image, press)


def _parts(card: Card) -> Iterable[tuple[str, str]]:
    return (("name", card.name), ("headline", card.headline), ("source", card.source), ("date", card.date))


def can_set(text: str, font: bytes = b"") -> bool:
    """Whether a font has every letter of a text, and the text can be set letter by letter, left to right."""
    face = _face(font, NOTE, LIGHT)
    missing = _glyph(face, "\uffff")
    return all(_settable(sign) and _glyph(face, sign) != missing for sign in set(text) if not sign.isspace())


def _settable(sign: str) -> bool:
    joined = unicodedata.category(sign) in ("Mn", "Mc", "Cf", "Cs")
    return not joined and unicodedata.bidirectional(sign) not in ("R", "AL", "AN")


def _glyph(face: ImageFont.FreeTypeFont, sign: str) -> tuple[Any, bytes]:
    mask = face.getmask(sign)
    return mask.size, bytes(mask)


@cache
def _face(font: bytes, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Font at a size, without the shaping that some builds of Pillow have and others lack."""
    from PIL import ImageFont

    made = ImageFont.truetype(io.BytesIO(font or _own()), size, layout_engine=ImageFont.Layout.BASIC)
    with suppress(OSError):  # it is not variable
        wanted = {b"Weight": weight, b"Optical Size": size}
        made.set_variation_by_axes([_within(axis, wanted) for axis in made.get_variation_axes()])
    return made


def _within(axis: Any, wanted: Mapping[bytes, int]) -> float:
    """Value for an axis of a variable font, within what the font has."""
    value: float = wanted.get(axis["name"], axis["default"])
    least, most = float(axis["minimum"]), float(axis["maximum"])
    return min(max(value, least), most)


def sound(font: bytes) -> bool:
    """Whether cards can be drawn with a font; WOFF2 for one is more than most builds of FreeType read."""
    try:
        return bool(_face(font, NOTE, LIGHT))
    except OSError:
        return False


@cache
def _own() -> bytes:
    from fontpkg_source_serif_4 import ROOT

    return bytes((ROOT / "files" / "SourceSerif4[opsz,wght].ttf").read_bytes())


def _rules(pen: ImageDraw.ImageDraw) -> None:
    """The thick-and-thin rule below the name, the hairline above the note."""
    right = WIDTH - EDGE - 1
    top = EDGE + PLATE + 24
    pen.rectangle((EDGE, top, right, top + 7), fill=INK)
    pen.rectangle((EDGE, top + 13, right, top + 14), fill=INK)
    foot = HEIGHT - EDGE - NOTE - 26
    pen.rectangle((EDGE, foot, right, foot + 1), fill=RULE)


def _headline(pen: ImageDraw.ImageDraw, text: str, font: bytes) -> None:
    """Set a headline as large as fits between the rules; cut it in the smallest size."""
    for size in HEADS:
        face = _face(font, size, BOLD)
        lines = list(_wrapped(text, face, WIDTH - 2 * EDGE))
        most = int((HEAD_BOTTOM - HEAD_TOP) / (size * LEADING))
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,.;:')}…"]
    for n, line in enumerate(lines):
        pen.text((EDGE, HEAD_TOP + round(n * size * LEADING)), line, INK, face)


def _centred(pen: ImageDraw.ImageDraw, text: str, font: bytes) -> None:
    face = _face(font, HEADS[0], BOLD)
    at = (WIDTH // 2, (HEAD_TOP + HEAD_BOTTOM) // 2)
    pen.text(at, _first(text, face, WIDTH - 2 * EDGE), INK, face, anchor="mm")


def _first(text: str, face: ImageFont.FreeTypeFont, width: float) -> str:
    """As much of a text as fits one line."""
    return next(_wrapped(text, face, width), "")


def _wrapped(text: str, face: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """Lines that fit a width; a word that is longer than a line is parted where it must be."""
    space = face.getlength(" ")
    line: list[str] = []
    taken = 0.0
    for word, length in _measured(text.split(), face, width):
        if line and taken + space + length > width:
            yield " ".join(line)
            line, taken = [], 0.0
        taken += (space if line else 0) + length
        line.append(word)
    if line:
        yield " ".join(line)


def _measured(
    words: Iterable[str], face: ImageFont.FreeTypeFont, width: float
) -> Iterator[tuple[str, float]]:
    for word in words:
        length = face.getlength(word)
        if length <= width:
            yield word, length
            continue
        part = ""
        for sign in word:
            if part and face.getlength(part + sign) > width:
                yield part, face.getlength(part)
                part = ""
            part += sign
        yield part, face.getlength(part)


def _png(image: Any, press: Press) -> bytes:
    """Sixteen shades from paper to ink: four bits a pixel."""
    from PIL import Image

    indexes = image.point([round(value * (SHADES - 1) / 255) for value in range(256)])
    made = Image.frombytes("P", image.size, indexes.tobytes())
    steps = [n / (SHADES - 1) for n in range(SHADES)]
    pairs = list(zip(press.paper, press.ink, strict=True))
    made.putpalette([round(a + (b - a) * step) for step in steps for a, b in pairs])
    out = io.BytesIO()
    made.save(out, "PNG", compress_level=6, bits=4)
    return out.getvalue()
