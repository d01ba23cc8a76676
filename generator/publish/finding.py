"""Where the bytes of a site's files lie: in site/, in the idle tree, or nowhere any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from generator import disk, trees
from generator.publish import ledger
from generator.publish.ledger import Row
from generator.trees import Seen, Stamp

Map = Callable[..., Iterable[Any]]
SHARE = 1000  # files that are read together


class _Place(NamedTuple):
    """A tree whose file may hold what a row tells of; `read` tells that its bytes must decide."""

    root: str
    read: bool


class Finding:
    """Finds the bytes that rows tell of. A file is known by its stamp, in either tree, or is read."""

    def __init__(self, tree: trees.Tree, idle: Path, seen: Callable[[], Seen | None]) -> None:
        self.tree, self._idle_root, self._seen = tree, idle, seen
        self._here, self._there = f"{tree.root}/", f"{idle}/"  # a Path for each file is slow
        self._elsewhere: dict[str, str | None] = {}

    @cached_property
    def idle(self) -> trees.Tree:
        return trees.looked_at(self._idle_root, self._seen())

    def lies(self, path: str, row: Row) -> str | None:
        """Give the root of the tree where the bytes lie that a row tells of, or nothing."""
        if self.tree.files.get(path) == row.stamp:
            return self._here
        if path not in self._elsewhere:
            self._elsewhere[path] = _found(path, row, self._places(path, row))
        return self._elsewhere[path]

    def reads(self, path: str, row: Row) -> bool:
        """Tell by its bytes alone whether the file of site/ is what a row tells of."""
        return any(_holds(self._here + path, row) for _ in _places(self.tree, self._here, path, row))

    def stamp(self, path: str, root: str) -> Stamp:
        """Give the stamp of a file in the tree where it was found to lie."""
        return (self.tree if root == self._here else self.idle).files[path]

    def seek(self, rows: Mapping[str, Row], map: Map) -> None:  # noqa: A002 -- the seam's name
        """Find all files that site/ is not known to hold, with any `map`, if they are more than a share.

        So it is where site/ is gone, or was copied: read one by one, as they are asked for, they would keep
        one process waiting.
        """
        files = self.tree.files
        unknown = [(path, row) for path, row in rows.items() if files.get(path) != row.stamp]
        if len(unknown) <= SHARE:
            return
        asked: list[tuple[str, Row, list[_Place]]] = []
        for path, row in unknown:
            places = self._places(path, row)
            if places and places[0].read:
                asked.append((path, row, places))
            else:
                self._elsewhere[path] = places[0].root if places else None
        shares = [asked[n : n + SHARE] for n in range(0, len(asked), SHARE)]
        for share, found in zip(shares, map(_all_found, shares), strict=True):
            for (path, _, _), root in zip(share, found, strict=True):
                self._elsewhere[path] = root

    def _places(self, path: str, row: Row) -> list[_Place]:
        here, there = self._here, self._there
        return [*_places(self.tree, here, path, row), *_places(self.idle, there, path, row)]


def _places(tree: trees.Tree, root: str, path: str, row: Row) -> list[_Place]:
    found = tree.files.get(path)
    if found is None or found.size != row.stamp.size:
        return []
    return [_Place(root, found != row.stamp)]


def _all_found(share: Sequence[tuple[str, Row, Sequence[_Place]]]) -> list[str | None]:
    return [_found(path, row, places) for path, row, places in share]


def _found(path: str, row: Row, places: Iterable[_Place]) -> str | None:
    return next((root for root, read in places if not read or _holds(root + path, row)), None)


def _holds(place: str, row: Row) -> bool:
    with suppress(OSError):
        return ledger.digest(disk.read(place, row.stamp.size)) == row.digest
    return False
