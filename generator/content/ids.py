"""An id written into an article's front matter: one more line, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from generator import disk
from generator.content.source_files import SourceFile, take_apart
from generator.model import Position

LINES = re.compile(r"(\r\n|\r|\n)")
AFTER = ("date", "title")  # the id stands below the first of these that there is
MARK = b"\xef\xbb\xbf"
LARGEST = 100_000_000  # what config.yaml may allow an article


def with_id(data: bytes, id_: str, most: int) -> bytes | None:
    """Give the bytes of a sound article with its id written down; as they are where it has one.

    All other bytes stay: line ends, comments, a mark at the beginning. Gives None where that cannot be done
    by one more line (the front matter stands in brackets, or has no room left of `most` bytes).
    """
    file, _ = take_apart(data, "", most)
    if file is None or not isinstance(file.front_matter.value, dict):
        return None
    if "id" in file.front_matter.value:
        return data
    made = _with_line(data, id_, file)
    return made if made is not None and _holds(made, id_, file, most) else None


def _with_line(data: bytes, id_: str, file: SourceFile) -> bytes | None:
    from generator.schema.splices import spans

    mark, text = (MARK, data[len(MARK) :].decode()) if data.startswith(MARK) else (b"", data.decode())
    parts = LINES.split(text)  # lines, and between them what ends each
    matter = "\n".join(parts[2 : 2 * (file.body_line - 2) : 2])
    found = {span.key: span for span in spans(matter, file.front_matter)}
    span = next((found[key] for key in AFTER if key in found), None)
    if span is None:
        return None
    line = 1 + matter.count("\n", 0, span.end)
    end = 2 * line + 1
    parts.insert(end + 1, f"{' ' * span.column}id: {id_}{parts[end]}")
    return mark + "".join(parts).encode()


def _holds(made: bytes, id_: str, before: SourceFile, most: int) -> bool:
    """Prove what was written: the id is there, and all else means what it meant."""
    after, _ = take_apart(made, "", most)
    if after is None:
        return False
    wanted = {**before.front_matter.value, "id": id_}
    return bool(after.front_matter.value == wanted) and after.body == before.body


def place(file: Path, path: str, key: str, most: int) -> Position:
    """Say where a key of an article's front matter has its value; the beginning where it cannot be read.

    `path` is the article's own, as it has it.
    """
    at = Position(f"content/{path}", 1, 1)
    try:
        data = disk.read(file, LARGEST)
    except OSError:
        return at
    source, _ = take_apart(data, at.path, most)
    return source.front_matter.position((key,)) if source else at
