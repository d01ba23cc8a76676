"""What a picture measures. The only door to Pillow."""

from __future__ import annotations

import io
import re
import xml.parsers.expat
from dataclasses import dataclass

MOST_PIXELS = 100_000_000
TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
}
ROTATED = (5, 6, 7, 8)  # EXIF orientations that swap width and height
ORIENTATION = 0x0112
UNFIT_ELEMENTS = frozenset("script foreignobject iframe object embed audio video handler listener".split())
LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(px|pt|pc|mm|cm|in)?\s*")
PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height in pixels as shown, and the media type."""

    width: int
    height: int
    type: str


def measure(data: bytes) -> Picture:
    """Measure a PNG, JPEG, GIF, WebP, AVIF or SVG. Only headers of the raster formats are read.

    Raises ValueError, in words for an editor, where it is none of these, damaged, too large, or an SVG
    that could run a script or fetch something: it would be served from the site's own address.
    """
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _svg(data) if head.startswith(b"<") else _raster(data)


def _raster(data: bytes) -> Picture:
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(TYPES)) as image:
                turned = image.getexif().get(ORIENTATION) in ROTATED
                width, height = image.size
                kind = TYPES[image.format or ""]
    except (UnidentifiedImageError, KeyError) as error:
        raise ValueError("it is no PNG, JPEG, GIF, WebP, AVIF or SVG") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError("it has too many pixels") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError("it is damaged") from error
    if width * height > MOST_PIXELS:
        raise ValueError("it has too many pixels")
    return Picture(height, width, kind) if turned else Picture(width, height, kind)


def _svg(data: bytes) -> Picture:
    root: dict[str, str] = {}
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2].lower()
        if not root:
            if local != "svg":
                raise ValueError("it is no picture")
            root.update({"": "svg", **attributes})
        _refuse_unfit(local, attributes)

    def refuse(*_: object) -> None:
        raise ValueError("an SVG with a document type or entities is refused")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = lambda *_: _refuse("processing instructions")
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat's own signature
    except xml.parsers.expat.ExpatError as error:
        raise ValueError(f"it is not well-formed: {error}") from error
    return _size(root)


def _refuse(what: str) -> None:
    raise ValueError(f"an SVG with {what} is refused: it would be served from your own address")


def _refuse_unfit(element: str, attributes: dict[str, str]) -> None:
    if element in UNFIT_ELEMENTS:
        _refuse(f"<{element}>")
    for name, value in attributes.items():
        local = name.rpartition(" ")[2].lower()
        reference = value.strip().lower()
        if local.startswith("on"):
            _refuse(f"{local}=")
        if local in ("href", "src") and not reference.startswith(("#", "data:image/png", "data:image/jpeg")):
            _refuse("references to other files")
        if (
            re.search(r"url\(\s*['\"]?(?!['\"]?#)", reference)
            or "@import" in reference
            or "javascript:" in reference
        ):
            _refuse("references to other files")


def _size(root: dict[str, str]) -> Picture:
    box = [
        float(part)
        for part in re.findall(r"-?[0-9.]+(?:e[-+]?\d+)?", root.get("viewBox", ""))[:4]
        if part != "."
    ]
    width, height = _length(root.get("width")), _length(root.get("height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:  # noqa: PLR2004 -- min-x, min-y, width, height
        ratio = box[2] / box[3]
        width, height = (
            width or (height * ratio if height else box[2]),
            height or (width / ratio if width else box[3]),
        )
    if not width or not height:
        raise ValueError("this SVG has no width and height, nor a viewBox")
    return Picture(max(1, round(width)), max(1, round(height)), "image/svg+xml")


def _length(written: str | None) -> float:
    found = LENGTH.fullmatch(written or "")
    return float(found[1]) * PIXELS[found[2]] if found else 0.0
