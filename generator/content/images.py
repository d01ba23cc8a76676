"""Pictures that stand beside an article: found, measured, and given their place on the site."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import disk, pictures, text
from generator.content.outcome import Measured
from generator.model import File, Image
from generator.problems import InvalidSource, Problem

LARGEST = 20_000_000
ENDINGS = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
# What leads somewhere on Windows alone: C:\, C:picture.png, \\server\share, ..\..
OF_WINDOWS = re.compile(r"[a-zA-Z]:|.*\\")


class UnfitError(ValueError):
    """A picture or link that cannot be published; the cause holds code, message and mend."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


def actual(root: Path, path: str) -> str:
    """Path as the disk writes it: the same name may be composed (NFC) or decomposed (NFD)."""
    if os.path.lexists(f"{root}/{path}"):  # as most are: then nothing needs to be looked for
        return PurePosixPath(path).as_posix()
    found = PurePosixPath()
    for name in PurePosixPath(path).parts:
        found /= name if os.path.lexists(root / found / name) else _twin(root / found, name)
    return found.as_posix()


def _twin(folder: Path, name: str) -> str:
    wanted = unicodedata.normalize("NFC", name)
    return next((other for other in _names(folder) if unicodedata.normalize("NFC", other) == wanted), name)


def _names(folder: Path) -> list[str]:
    """Give the names in a folder, or none if it cannot be read."""
    with suppress(OSError):
        return sorted(os.listdir(folder))  # noqa: PTH208 -- names are all that is asked for
    return []


@dataclass(frozen=True, slots=True)
class Beside:
    """Where an article stands: its file (relative to content/) and its address.

    `hosts` are other sites whose pictures may be shown; what was `measured` elsewhere is not read here.
    """

    root: Path
    path: str
    url: str
    hosts: tuple[str, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)

    def may_show(self, address: str) -> bool:
        """Tell a picture on another site that may be shown: a secure address of a host that is named."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            return False
        return parts.scheme == "https" and parts.netloc.lower() in self.hosts and port is None

    def resolve(self, written: str) -> str:
        """Path under content/ of what is written relative to the article, or to content/ by a slash.

        A name is taken as it is written if there is a file of that name, else as part of an address, which
        may hold escapes (%20). Raises UnfitError where it leads outside.
        """
        decoded = unquote(re.split(r"[?#]", written)[0])
        for target in (written, decoded):
            if OF_WINDOWS.match(target):
                raise UnfitError(
                    "outside",
                    f'"{written}" is written as paths are on Windows',
                    "put the file beside the article, and write / between folders",
                )
        literal = self._normal(written)
        return literal if _is_there(self.root, literal) else self._inside(decoded, written)

    def _inside(self, target: str, written: str) -> str:
        path = self._normal(target)
        if _leads_out(path):
            raise UnfitError(
                "outside", f'"{written}" leads out of content/', "put the file beside the article"
            )
        return path

    def _normal(self, target: str) -> str:
        folder = "" if target.startswith("/") else PurePosixPath(self.path).parent.as_posix()
        return posixpath.normpath(f"{folder}/{target.lstrip('/')}").lstrip("/")

    def image(self, written: str, alt: str, caption: str = "") -> Image:
        """Read a picture's measures. Raises UnfitError with what is wrong."""
        if written.startswith(("http://", "https://", "//")):
            raise UnfitError(
                "remote-image", f'"{written}" stands on another site', "put the file beside the article"
            )
        path = actual(self.root, self.resolve(written))
        known = self.measured.get(path)
        picture, size = (known, known.bytes) if known else self._measure(path, written)
        name = PurePosixPath(path)
        url = f"{self.url}{text.slug(name.stem) or 'picture'}{name.suffix.lower()}"
        return Image(url, alt, picture.width, picture.height, picture.type, size, path, caption)

    def _measure(self, path: str, written: str) -> tuple[pictures.Picture, int]:
        data = self._bytes(path, written)
        try:
            return pictures.measure(data), len(data)
        except ValueError as error:
            raise UnfitError("bad-image", f'"{written}" cannot be published: {error}') from error

    def _bytes(self, path: str, written: str) -> bytes:
        file = self.root / path
        if os.path.exists(file) and not disk.is_plain(file):  # noqa: PTH110 -- that of Path raises for long names
            raise UnfitError("bad-image", f'"{written}" is no file')
        if not path.lower().endswith(ENDINGS):
            raise UnfitError(
                "bad-image", f'"{written}" is no picture', f"pictures end in {', '.join(ENDINGS)}"
            )
        try:
            file.stat()  # what is not there leads nowhere, neither in nor out
            if not disk.is_within(self.root, file):
                raise UnfitError("outside", f'"{written}" leads out of content/', "put the file itself here")
            data = disk.read(file, LARGEST)
        except FileNotFoundError as error:
            raise UnfitError(
                "missing-image", f'there is no file "{path}" in content/', self._near(path)
            ) from error
        except OSError as error:
            raise UnfitError("unreadable", f'"{written}" cannot be read: {error.strerror}') from error
        if len(data) > LARGEST:
            raise UnfitError(
                "too-large", f'"{written}" is larger than {LARGEST // 1_000_000} MB', "scale it down"
            )
        return data

    def _near(self, path: str) -> str:
        from difflib import get_close_matches

        file = PurePosixPath(path)
        names = [name for name in _names(self.root / file.parent) if name.lower().endswith(ENDINGS)]
        near = get_close_matches(file.name, names, n=1)
        return f'did you mean "{near[0]}"?' if near else "put the file beside the article"


def _is_there(root: Path, path: str) -> bool:
    return not _leads_out(path) and disk.is_plain(root / actual(root, path))


def _leads_out(path: str) -> bool:
    return path == ".." or path.startswith("../") or "\0" in path


def published(root: Path, images: Iterable[Image]) -> Iterator[File]:
    """Give pictures as files of the site, each once.

    Raises InvalidSource for one that is not what it was when its article was read.
    """
    made: set[tuple[str, str]] = set()
    for image in images:
        if (image.url, image.file) not in made:
            made.add((image.url, image.file))
            yield File(image.url, _unchanged(root, image), f"content/{image.file}")


def _unchanged(root: Path, image: Image) -> bytes:
    """Read a picture again, and hold it to all that it was held to before."""
    message = "this changed while the site was built"
    try:
        data = disk.read(root / image.file, LARGEST)
        found = pictures.measure(data)
    except OSError as error:
        message += f", and cannot be read: {error.strerror}"
    except ValueError as error:
        message += f", and cannot be published: {error}"
    else:
        before = (image.width, image.height, image.type, image.bytes)
        same = (found.width, found.height, found.type, len(data)) == before
        if same and disk.is_within(root, root / image.file):
            return data
    raise InvalidSource([Problem(f"content/{image.file}", 1, 1, "unreadable", message, "build again")])
