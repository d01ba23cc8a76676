"""What was known of each file when its piece was made: its stamp, its key, and the piece without its text.

To read a few files of these spares a build the reading of every source and every record. Files are told
apart by their stamps; what was saved less than two seconds before it was looked at may be saved again
without another, and is not kept here. A file in a new place is told by its key, and its piece stays.
"""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generator.disk import UNSETTLED
from generator.model import ArticleBody, LateBody, Line

SHARDS = 64
Where = tuple[str, str, str | None]  # of a text: its piece's key, its file and brief file under content/
Read = Callable[[Where], ArticleBody]


class Stamp(NamedTuple):
    """How the disk knows a file: bytes, times of its last change and of that of its node, in ns; its node."""

    size: int
    changed: int
    touched: int
    inode: int


class Memory(Protocol):
    """What is needed of a cache."""

    def recall(self, key: str) -> bytes | None: ...
    def keep(self, key: str, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a source: all files that its piece was made from and their stamps, its key, the piece.

    `brief` is its brief file, or none.
    """

    stamps: Mapping[str, Stamp]
    brief: str | None
    key: str
    piece: Any


class ShelvedBody(LateBody):
    """The text of an article on the shelf, which holds but `where` it is to be read."""

    __slots__ = ("where",)
    where: Where

    def __init__(self, where: Where, read: Read) -> None:
        super().__init__(partial(read, where))
        object.__setattr__(self, "where", where)


class Shelf:
    """Rows of all sources, by their paths, in a few records. `form` stands for all that they are made by.

    `read` gives the text of an article.
    """

    def __init__(self, memory: Memory, form: str, read: Read) -> None:
        self._memory, self._form, self._read = memory, form, read
        self._shards: dict[int, dict[str, Row]] = {}
        self._changed: set[int] = set()
        self._stamped: set[int] = set()  # in which no piece has changed, but stamps have
        self._read_first: dict[int, bytes] = {}  # digests of the first parts that were read

    def find(self, path: str) -> Row | None:
        return self._shard(_number(path)).get(path)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found on it so far."""
        return not any(self._shards.values())

    def put(self, path: str, row: Row) -> None:
        number = _number(path)
        rows = self._shard(number)
        before = rows.get(path)
        if row == before:
            return
        rows[path] = row
        stays = before is not None and before.piece is row.piece
        (self._stamped if stays else self._changed).add(number)

    def keep(self, paths: Iterable[str]) -> None:
        """Keep what was put here, and nothing of sources that are gone."""
        there = frozenset(paths)
        for number, rows in self._shards.items():
            gone = rows.keys() - there
            if gone or number in self._changed:
                left = {path: rows[path] for path in sorted(rows.keys() - gone)}
                self._memory.keep(self._name(number), _joined(left, _pieces(left)))
            elif number in self._stamped:
                self._memory.keep(self._name(number), self._stamped_anew(number, rows))

    def _stamped_anew(self, number: int, rows: Mapping[str, Row]) -> bytes:
        """Give a shard with other stamps, and the pieces as they lie, unless another process wrote it."""
        first, pieces = _parted(self._memory.recall(self._name(number)) or b"")
        return _joined(rows, pieces if _digest(first) == self._read_first[number] else _pieces(rows))

    def _shard(self, number: int) -> dict[str, Row]:
        if number not in self._shards:
            first, pieces = _parted(self._memory.recall(self._name(number)) or b"")
            self._read_first[number] = _digest(first)
            self._shards[number] = _rows(first, pieces, self._read) if first else {}
        return self._shards[number]

    def _name(self, number: int) -> str:
        return f"shelf in two {number} {self._form}"


# A shard is the length of its first part; that part, which is all that changes where files come to lie in
# another place; and the pieces, which take a hundred times as long to write.
LENGTH = 8


def _joined(rows: Mapping[str, Row], pieces: bytes) -> bytes:
    told = pickle.dumps([(path, row.stamps, row.brief, row.key) for path, row in rows.items()])
    return len(told).to_bytes(LENGTH, "big") + told + pieces


def _pieces(rows: Mapping[str, Row]) -> bytes:
    return dumped([row.piece for row in rows.values()])


def _parted(data: bytes) -> tuple[bytes, bytes]:
    end = LENGTH + int.from_bytes(data[:LENGTH], "big")
    return data[LENGTH:end], data[end:]


def _rows(first: bytes, pieces: bytes, read: Read) -> dict[str, Row]:
    known = zip(loaded(first, read), loaded(pieces, read), strict=True)
    return {path: Row(found, brief, key, piece) for (path, found, brief, key), piece in known}


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def stamps(root: Path, paths: Iterable[str]) -> dict[str, Stamp] | None:
    """Look at files; None if one is not there."""
    made: dict[str, Stamp] = {}
    for path in paths:
        try:
            found = os.stat(f"{root}/{path}")  # noqa: PTH116 -- a Path for each is slow
        except OSError:
            return None
        made[path] = Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return made


def settled(found: Mapping[str, Stamp], clock: int) -> bool:
    """Tell whether files were saved so long before `clock`, in ns, that no change leaves their stamps."""
    return all(clock - max(one.changed, one.touched) >= UNSETTLED for one in found.values())


def why(root: Path, brief: str | None, row: Row | None, *, empty: bool) -> str:
    """Say why a piece was made anew: what is not as its row tells. `brief` is its brief file now, if any.

    Where the shelf was `empty` nobody can say more than that.
    """
    if row is None:
        return "nothing is kept that this program, its libraries and config made" if empty else "it is new"
    if row.brief != brief:
        return "its brief file is new" if row.brief is None else "its brief file is gone"
    names = [f"content/{name}" for name, one in row.stamps.items() if stamps(root, [name]) != {name: one}]
    if names:
        return f"{' and '.join(names)} changed"
    return "a model answered" if row.piece.awaited[0] else "its record was lost"


def _number(path: str) -> int:
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=1).digest()[0] % SHARDS


class _Pickler(pickle.Pickler):
    """Writes dataclasses as calls with all their values: the way of `dataclasses` is slow to read back.

    Texts and lines that are equal become one: a brief says much of the same more than once.
    """

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._known: dict[object, Any] = {}

    def reducer_override(self, value: object) -> Any:
        kind = type(value)
        values = _VALUES.get(kind) or _VALUES.setdefault(kind, _values_of(kind))
        if values is None:
            return NotImplemented
        known = self._known
        return kind, tuple(
            [known.setdefault(it, it) if type(it) in _TOLD else self._one(it) for it in values(value)]
        )

    def persistent_id(self, value: object) -> Where | None:
        return value.where if type(value) is ShelvedBody else None

    def _one(self, value: Any) -> Any:
        """Give the first of equal rows of texts or lines; what is equal and of another kind may differ."""
        if type(value) is not tuple or not value or type(value[0]) not in _TOLD:
            return value
        if any(type(part) not in _TOLD for part in value):
            return value
        known = self._known
        return known.setdefault(value, tuple([known.setdefault(part, part) for part in value]))


_TOLD = frozenset((str, Line))
_Values = Callable[[Any], tuple[Any, ...]]
_VALUES: dict[type, _Values | None] = {}


def _values_of(kind: type) -> _Values | None:
    """Give what takes the values of all fields out of a dataclass that is pickled as such."""
    if not is_dataclass(kind) or kind.__reduce__ is not object.__reduce__:
        return None
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, it) for it in names)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, read: Read) -> None:
        super().__init__(file)
        self._read = read

    def persistent_load(self, where: Where) -> ShelvedBody:
        return ShelvedBody(where, self._read)


def dumped(value: object) -> bytes:
    """Write pieces, or what holds some, without the texts that lie elsewhere."""
    file = io.BytesIO()
    _Pickler(file).dump(value)
    return file.getvalue()


def loaded(data: bytes, read: Read) -> Any:
    """Read what `dumped` wrote; `read` gives the texts."""
    return _Unpickler(io.BytesIO(data), read).load()
