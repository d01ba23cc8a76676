"""What a picture measures. The only door to Pillow."""

from __future__ import annotations

import io
import re
import xml.parsers.expat
from collections.abc import Mapping
from dataclasses import dataclass

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 65_535
TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
}
MULTIPLE = "MPO"  # what Pillow calls a JPEG with further pictures behind it, as many cameras write
ROTATED = (5, 6, 7, 8)  # EXIF orientations that swap width and height
ORIENTATION = 0x0112

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"
UNFIT_ELEMENTS = frozenset("script foreignobject iframe object embed audio video handler listener".split())
LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
INLINE = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp|avif)[;,]")
FETCHED = re.compile(rf"url\((?!\s*[\"']?\s*(?:{INLINE.pattern}))|@import|image-set\(")


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
    picture = _svg(data) if head.startswith(b"<") else _raster(data)
    if picture.width * picture.height > MOST_PIXELS or max(picture.width, picture.height) > LONGEST_SIDE:
        raise ValueError("it has too many pixels")
    return picture


def _raster(data: bytes) -> Picture:
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they warn of is decided here
            with Image.open(io.BytesIO(data), formats=tuple(TYPES)) as image:
                (width, height), turned = image.size, _turned(image.info.get("exif"))
                kind = TYPES["JPEG" if image.format == MULTIPLE else image.format or ""]
    except (UnidentifiedImageError, KeyError) as error:
        raise ValueError("it is no PNG, JPEG, GIF, WebP, AVIF or SVG") from error
    except Image.DecompressionBombError as error:
        raise ValueError("it has too many pixels") from error
    except Exception as error:  # what a damaged header makes of a parser is open-ended
        raise ValueError("it is damaged") from error
    return Picture(height, width, kind) if turned else Picture(width, height, kind)


def _turned(written: bytes | None) -> bool:
    """Whether EXIF data lays the picture on its side; browsers pass over EXIF data that is damaged."""
    from PIL import Image

    exif = Image.Exif()
    try:
        exif.load(written or b"")
        return exif.get(ORIENTATION) in ROTATED
    except Exception:  # noqa: BLE001 -- as open-ended as above
        return False


def _svg(data: bytes) -> Picture:
    drawing = _Drawing()
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_doctype
    parser.ProcessingInstructionHandler = _refuse_instruction
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- expat's own signature
    except xml.parsers.expat.ExpatError as error:
        raise ValueError(f"it is not well-formed: {error}") from error
    except LookupError as error:
        raise ValueError("it is in an unknown encoding") from error
    return _size(drawing.root)


class _Drawing:
    """Reads an SVG as a stream: keeps the root's attributes, refuses what may do more than show."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.open: list[str] = []
        self.style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        local = local.lower()
        if not self.open:
            if local != "svg":
                raise ValueError("it is no picture")
            if namespace != SVG:
                raise ValueError(f'its <svg> lacks xmlns="{SVG}": no browser would show it')
            self.root = attributes
        if namespace == XHTML or local in UNFIT_ELEMENTS:
            _refuse(f"<{local}>")
        self.open.append(local)
        _check_attributes(attributes)

    def text(self, written: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += written

    def end(self, _name: str) -> None:
        if self.open.pop() == "style":
            _check_value(self.style)
            self.style = ""


def _check_attributes(attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        namespace, _, local = name.rpartition(" ")
        local = local.lower()
        if local.startswith("on"):
            _refuse(f"{local}=")
        if local in ("href", "src") and not INLINE.match(value.strip().lower()):
            _refuse("references to other files")
        if local == "attributename" and value.strip().lower().rpartition(":")[2].startswith(("href", "on")):
            _refuse("animated references")
        if local == "base" and namespace:
            _refuse("xml:base")
        if namespace in ("", XLINK):  # the others are notes of drawing programs
            _check_value(value)


def _check_value(value: str) -> None:
    """Refuse what fetches or runs; browsers pass over white space in `javascript:`, CSS reads escapes."""
    told = value.lower()
    if FETCHED.search(told) or "javascript:" in re.sub(r"[\x00-\x20]", "", told):
        _refuse("references to other files")
    if "\\" in told and re.search(r"\\[0-9a-z@]", told):
        _refuse("escapes in its style")


def _refuse(what: str) -> None:
    raise ValueError(f"an SVG with {what} is refused: it would be served from your own address")


def _refuse_doctype(*_: object) -> None:
    _refuse("a document type or entities")


def _refuse_instruction(*_: object) -> None:
    _refuse("processing instructions")


def _size(root: Mapping[str, str]) -> Picture:
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    box = [_length(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:]]
    if len(box) == 2 and all(box):  # noqa: PLR2004 -- width and height
        width, height = (
            width or (height * box[0] / box[1] if height else box[0]),
            height or (width * box[1] / box[0] if width else box[1]),
        )
    if not width or not height:
        raise ValueError("this SVG has no width and height, nor a viewBox")
    # Written so that NaN and infinity fail too.
    if not (width <= LONGEST_SIDE and height <= LONGEST_SIDE):
        raise ValueError("it has too many pixels")
    return Picture(max(1, round(width)), max(1, round(height)), "image/svg+xml")


def _length(written: str) -> float:
    """Pixels of a length; 0 where it is none, or relative."""
    found = LENGTH.fullmatch(written)
    return float(found[1]) * PIXELS[(found[2] or "").lower()] if found else 0.0
