"""Pictures that stand beside an article: found, measured, and given their place on the site."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import pictures, text
from generator.model import Image

LARGEST = 20_000_000
ENDINGS = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


class UnfitError(ValueError):
    """A picture or link that cannot be published; the cause holds code, message and mend."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


def actual(root: Path, path: str) -> str:
    """Path as the disk writes it: the same name may be composed (NFC) or decomposed (NFD)."""
    found = PurePosixPath()
    for name in PurePosixPath(path).parts:
        found /= name if (root / found / name).exists() else _twin(root / found, name)
    return found.as_posix()


def _twin(folder: Path, name: str) -> str:
    wanted = unicodedata.normalize("NFC", name)
    names = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
    return next((other for other in names if unicodedata.normalize("NFC", other) == wanted), name)


@dataclass(frozen=True, slots=True)
class Beside:
    """Where an article stands: its file (relative to content/) and its address.

    `hosts` are other sites whose pictures may be shown.
    """

    root: Path
    path: str
    url: str
    hosts: tuple[str, ...] = ()

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

        Raises UnfitError where it leads outside.
        """
        target = unquote(re.split(r"[?#]", written)[0])
        folder = "" if target.startswith("/") else PurePosixPath(self.path).parent.as_posix()
        path = os.path.normpath(f"{folder}/{target.lstrip('/')}").replace(os.sep, "/").lstrip("/")
        if path == ".." or path.startswith("../") or "\0" in path:
            raise UnfitError(
                "outside", f'"{written}" leads out of content/', "put the file beside the article"
            )
        return path

    def image(self, written: str, alt: str, caption: str = "") -> Image:
        """Read a picture's measures. Raises UnfitError with what is wrong."""
        if written.startswith(("http://", "https://", "//")):
            raise UnfitError(
                "remote-image", f'"{written}" stands on another site', "put the file beside the article"
            )
        path = actual(self.root, self.resolve(written))
        data = self._bytes(path, written)
        try:
            picture = pictures.measure(data)
        except ValueError as error:
            raise UnfitError("bad-image", f'"{written}" cannot be published: {error}') from error
        name = PurePosixPath(path)
        url = f"{self.url}{text.slug(name.stem)}{name.suffix.lower()}"
        return Image(url, alt, picture.width, picture.height, picture.type, len(data), path, caption)

    def _bytes(self, path: str, written: str) -> bytes:
        file = self.root / path
        if file.exists() and not file.is_file():
            raise UnfitError("bad-image", f'"{written}" is no file')
        if not path.lower().endswith(ENDINGS):
            raise UnfitError(
                "bad-image", f'"{written}" is no picture', f"pictures end in {', '.join(ENDINGS)}"
            )
        try:
            if not file.resolve(strict=True).is_relative_to(self.root.resolve()):
                raise UnfitError("outside", f'"{written}" leads out of content/', "put the file itself here")
            if file.stat().st_size > LARGEST:
                raise UnfitError(
                    "too-large", f'"{written}" is larger than {LARGEST // 1_000_000} MB', "scale it down"
                )
            return file.read_bytes()
        except FileNotFoundError as error:
            raise UnfitError(
                "missing-image", f'there is no file "{path}" in content/', self._near(path)
            ) from error
        except OSError as error:
            raise UnfitError("unreadable", f'"{written}" cannot be read: {error.strerror}') from error

    def _near(self, path: str) -> str:
        from difflib import get_close_matches

        folder = (self.root / path).parent
        names = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
        near = get_close_matches(
            PurePosixPath(path).name, [n for n in names if n.lower().endswith(ENDINGS)], n=1
        )
        return f'did you mean "{near[0]}"?' if near else "put the file beside the article"
