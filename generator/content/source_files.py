"""From a file's bytes to its front matter and text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import disk
from generator.counting import size
from generator.problems import Problem
from generator.schema.documents import FORBIDDEN, Document, parse
from generator.schema.encoding import decoded

ENDINGS = (".md", ".markdown")
BRIEF_ENDINGS = (".brief.yaml", ".brief.yml")
READ = (*ENDINGS, *BRIEF_ENDINGS)
EDITIONS = "editions/"
EDITION_ENDINGS = (".yaml", ".yml")
FENCE = "---"
EXAMPLE = "begin the file with:  ---, then  title: …  and  date: 2026-11-23, then  ---"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file taken apart; `body_line` is the line on which the text begins."""

    front_matter: Document
    body: str
    body_line: int


def unreadable(path: str, error: OSError) -> Problem:
    """Tell why a file cannot be read."""
    return Problem(path, 1, 1, "unreadable", f"this cannot be read: {error.strerror}")


def is_read(path: str) -> bool:
    """Tell files that are read from those that only lie beside them, such as pictures."""
    small = path.lower()
    return small.endswith(READ) or (path.startswith(EDITIONS) and small.endswith(EDITION_ENDINGS))


def bytes_of(
    file: Path, path: str, most: int, key: str, read: disk.Read = disk.read
) -> tuple[bytes | None, list[Problem]]:
    """Read a file of up to `most` bytes, which `key` of config.yaml bounds; no more of it than that is read.

    `path` is how messages name it.
    """
    try:
        data = read(file, most)
    except OSError as error:
        return None, [unreadable(path, error)]
    return (None, [too_large(path, 1, "this", most, key)]) if len(data) > most else (data, [])


def too_large(path: str, line: int, what: str, most: int, key: str) -> Problem:
    """Tell of what is longer than `key` of config.yaml lets it be."""
    hint = f"split it, or raise {key} in config.yaml" if key else "split it"
    return Problem(path, line, 1, "too-large", f"{what} is larger than {size(most)}", hint)


def take_apart(data: bytes, path: str, most: int) -> tuple[SourceFile | None, list[Problem]]:
    """Split a file into front matter, of up to `most` bytes, and text; `path` is how messages name it."""
    written, problems = decoded(data, path)
    if problems:
        return None, problems
    if not written.strip():
        return None, [Problem(path, 1, 1, "empty-file", "this file is empty", EXAMPLE)]
    lines = written.split("\n")
    if lines[0].rstrip() != FENCE:
        if "\0" in lines[0]:
            message = "this is not UTF-8 text: perhaps UTF-16, perhaps no text at all"
            hint = "save the file as UTF-8 in your editor"
            return None, [Problem(path, 1, 1, "not-utf-8", message, hint)]
        return None, [_no_front_matter(path, lines[0])]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in (FENCE, "...")), 0)
    if not end:
        message = "the front matter is not closed"
        return None, [Problem(path, 1, 1, "front-matter-open", message, "put a line with --- below it")]
    matter = "\n".join(lines[1:end])
    if len(matter.encode()) > most:
        return None, [too_large(path, 2, "the front matter", most, "limits.front_matter")]
    document = parse(matter, path, first_line=2)
    body = "\n".join(lines[end + 1 :])
    faults = [*document.problems, *_forbidden(body, path, end + 2)]
    return (None, faults) if faults else (SourceFile(document, body, end + 2), [])


def read_document(
    path: str, root: Path, most: int, read: disk.Read = disk.read
) -> tuple[Document | None, list[Problem]]:
    """Read a YAML file of up to `most` bytes; without a document, all that is wrong with it as a file."""
    shown = f"content/{unicodedata.normalize('NFC', path)}"
    data, problems = bytes_of(root / path, shown, most, "limits.data", read)
    if data is None:
        return None, problems
    text, problems = decoded(data, shown)
    return (None, problems) if problems else (parse(text, shown), [])


def _no_front_matter(path: str, first: str) -> Problem:
    if first.rstrip() == "+++":
        hint = "Broadsheet reads YAML between lines of ---, not TOML between +++"
    else:
        hint = EXAMPLE
    return Problem(path, 1, 1, "no-front-matter", "this file has no front matter", hint)


def _forbidden(body: str, path: str, first_line: int) -> Iterator[Problem]:
    found = FORBIDDEN.search(body)
    if found:
        line = first_line + body.count("\n", 0, found.start())
        column = found.start() - body.rfind("\n", 0, found.start())
        message = f"a character that no feed can hold (U+{ord(found[0]):04X})"
        yield Problem(
            path, line, column, "control-character", message, "delete it: most editors do not show it"
        )
