"""What we know of the files in site/: made from what, holding what, and how the disk knew them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.cache import keep, kept

FORM = "broadsheet ledger 2"  # columns: a row for each file is slow to read


class Stamp(NamedTuple):
    """How a disk knows a file: size in bytes, time of its last change in nanoseconds, inode."""

    size: int
    changed: int
    inode: int


class Row(NamedTuple):
    """A published file: the key of what it was made from (or empty), the digest of its bytes, its stamp."""

    key: str
    digest: str
    stamp: Stamp


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def read(path: Path) -> dict[str, Row]:
    """Read a ledger; one that is damaged counts as missing, and so does one of another form."""
    data = kept(path, FORM)
    if data is None:
        return {}
    paths, keys, digests, *stamps = json.loads(data)
    return dict(zip(paths, map(Row, keys, digests, map(Stamp, *stamps)), strict=True))


def write(path: Path, rows: Mapping[str, Row]) -> None:
    """Write a ledger. Where that cannot be done, the next build has more to do."""
    columns = [list(rows), *([row[n] for row in rows.values()] for n in range(2))]
    columns += [[row.stamp[n] for row in rows.values()] for n in range(len(Stamp._fields))]
    keep(path, FORM, json.dumps(columns, separators=(",", ":")).encode())
