"""What we know of the files in site/: made from what, holding what, and how the disk knew them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.cache import keep, kept
from generator.trees import Stamp, columns, in_columns, stamped

SOME = 5000  # files that are named together
FORM = "broadsheet ledger 3"  # columns: a row for each file is slow to read


class Row(NamedTuple):
    """A published file: the key of what it was made from (or empty), the digest of its bytes, its stamp."""

    key: str
    digest: str
    stamp: Stamp


_row = partial(tuple.__new__, Row)  # as the class does it, at a third of the cost


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def read(path: Path) -> dict[str, Row]:
    """Read a ledger; one that is damaged counts as missing, and so does one of another form."""
    data = kept(path, FORM)
    if data is None:
        return {}
    paths, keys, digests, *stamps = columns(data)
    rows = map(_row, zip(keys, digests, map(stamped, zip(*stamps, strict=True)), strict=True))
    return dict(zip(paths, rows, strict=True))


def write(path: Path, rows: Mapping[str, Row]) -> None:
    """Write a ledger. Where that cannot be done, the next build has more to do."""
    of_rows = ([row[n] for row in rows.values()] for n in range(2))
    of_stamps = ([row.stamp[n] for row in rows.values()] for n in range(len(Stamp._fields)))
    keep(path, FORM, in_columns(chain(([*rows],), of_rows, of_stamps)))


def manifest(rows: Mapping[str, Row]) -> bytes:
    """Name each file and its digest. That it is there says that the tree is ours."""
    made = io.BytesIO()
    made.write(b'{\n"broadsheet": 1,\n"files": {\n')
    paths = sorted(rows)
    for start in range(0, len(paths), SOME):  # all at once they would be in memory several times
        named = {path: rows[path].digest for path in paths[start : start + SOME]}
        told = json.dumps(named, ensure_ascii=False, separators=(",\n", ": "))  # with indent it is slow
        made.write((",\n" if start else "").encode() + told[1:-1].encode())
    made.write(b"\n}\n}")
    return made.getvalue()
