"""Which pictures an article may show, found without reading it as Markdown, and what is known of each.

A picture's bytes never travel: what it measures and the digest of its bytes are all that an article needs.
One that is not found here, or is at fault, is missed where the article is made, and that is made at home.
"""

from __future__ import annotations

import functools
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from generator import cache, content, disk, pictures
from generator.content.images import ENDINGS, LARGEST

# Where a path may begin and end, in Markdown, HTML and YAML.
BEGINS = re.compile(r"[\s(<\"'=:\[{,]|^")
ENDS = re.compile("|".join(map(re.escape, ENDINGS)), re.IGNORECASE)
LONGEST = 1000  # signs of a path that is looked for in a text
ODD = re.compile(r"[%?#]")  # in a name: an address could mean it in two ways


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures under content/: how the disk spells each path; and what else has an odd name there."""

    root: Path
    spelled: Mapping[str, tuple[str, ...]]
    odd: tuple[str, ...]

    @classmethod
    def under(cls, root: Path) -> Pictures:
        spelled: dict[str, tuple[str, ...]] = {}
        odd: list[str] = []
        for here, _, names in disk.walk(root, lambda _error: None):
            for name in names:
                path = (here / name).relative_to(root).as_posix()
                if name.lower().endswith(ENDINGS):
                    known = unicodedata.normalize("NFC", path)
                    spelled[known] = (*spelled.get(known, ()), path)
                if ODD.search(path):
                    odd.append(path)
        return cls(root, spelled, tuple(odd))

    def shown(self, path: str, told: bytes) -> Iterator[tuple[str, content.Measured]]:
        """Measure the pictures that the article at `path` may mean, each by its path on the disk."""
        text = unicodedata.normalize("NFC", told.decode("utf-8", "replace"))
        folder = posixpath.dirname(unicodedata.normalize("NFC", path))
        for written in _paths(text) if self.spelled else ():
            for form in {written, unquote(written)}:
                target = form.lstrip("/") if form.startswith("/") else f"{folder}/{form}"
                for found in self.spelled.get(posixpath.normpath(target).lstrip("/"), ()):
                    if measured := _measured(self.root, found):
                        yield found, measured


def _paths(text: str) -> Iterator[str]:
    """Give all in a text that could be the path of a picture."""
    for end in ENDS.finditer(text):
        line = text.rfind("\n", 0, end.start()) + 1
        before = text[max(line, end.start() - LONGEST) : end.end()]
        for begin in BEGINS.finditer(before):
            yield before[begin.end() :]


@functools.lru_cache(maxsize=1000)
def _measured(root: Path, path: str) -> content.Measured | None:
    """Measure a picture as reading its article would; None where that would find a fault."""
    if not (disk.is_plain(root / path) and disk.is_within(root, root / path)):
        return None
    try:
        data = disk.read(root / path, LARGEST)
        picture = pictures.measure(data)
    except (OSError, ValueError):
        return None
    if len(data) > LARGEST:
        return None
    return content.Measured(picture.width, picture.height, picture.type, len(data), cache.digest(data))
