"""How much of one file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a build from hanging on one file; ordinary ones stay far below each of them.

    `effort` is how many million signs may be read over again while an article's Markdown is converted.
    """

    article: int = 1_000_000  # bytes
    front_matter: int = 100_000  # bytes
    data: int = 250_000  # bytes of a brief file, or an edition's
    nesting: int = 50
    cells: int = 25_000
    effort: int = 20
