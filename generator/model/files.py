"""Pages to be rendered, and the files that a site comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be rendered: a template, what it is given, and where the result stands."""

    path: str
    template: str
    context: Mapping[str, Any] = field(hash=False)
    origin: str = ""  # the file that it shows, or empty: then its template answers for it
    key: str = ""  # digest of all that it is rendered from, or empty where that is not known


@dataclass(frozen=True, slots=True)
class File:
    """What is to be published: `path` is relative to site/; `origin` names what it was made from.

    `key` is the digest of all that its bytes follow from, or empty where that is not known.
    """

    path: str
    data: bytes
    origin: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be published as it stands in site/ already: made from the same `key`, it is the same."""

    path: str
    key: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A File that lies on the disk already: at its path below `root`, which ends in a slash.

    `digest` is that of its bytes, `stamp` how the disk knows it: bytes, time of its last change in ns, inode.
    `is_new` if it had to be written there.
    """

    path: str
    key: str
    origin: str
    digest: str
    root: str
    stamp: tuple[int, int, int]
    is_new: bool


AnyFile = File | Kept | Laid
Lay = Callable[[File | Kept], AnyFile]  # what lets go of the bytes of a file, if it can


def held(file: File | Kept) -> AnyFile:
    """Keep a file as it is: where its bytes are wanted."""
    return file
