"""From a file's bytes to its front matter and text, and the finding of files."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem
from generator.schema.documents import FORBIDDEN, Document, parse
from generator.schema.encoding import decoded

ENDINGS = (".md", ".markdown")
BRIEF_ENDINGS = (".brief.yaml", ".brief.yml")
READ = (*ENDINGS, *BRIEF_ENDINGS)
EDITIONS = "editions/"
EDITION_ENDINGS = (".yaml", ".yml")
FENCE = "---"
LARGEST = 5_000_000
LARGEST_DOCUMENT = 1_000_000  # a brief file, or an edition's
LARGEST_FRONT_MATTER = 100_000
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


@dataclass(frozen=True, slots=True)
class Found:
    """Paths under content/, in one order everywhere, and what is wrong with any."""

    articles: tuple[str, ...]
    briefs: tuple[str, ...]
    editions: tuple[str, ...]
    problems: tuple[Problem, ...]


def find(root: Path) -> Found:
    """List the Markdown files (articles and pages), the brief files and the edition files under `root`.

    What begins with a dot is passed over. A symbolic link that leads outside is a problem, not followed.
    """
    found: list[str] = []
    problems: list[Problem] = []
    if not root.is_dir():
        hint = "make one, and put your articles there"
        missing = Problem("content", 1, 1, "missing-content", "there is no folder content/", hint)
        return Found((), (), (), (missing,))
    for folder, folders, names in os.walk(
        root, onerror=lambda error: problems.append(_unreadable(root, error))
    ):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(folders + names):
            path = (here / name).relative_to(root).as_posix()
            if (here / name).is_symlink() and not _inside(root, here / name):
                problems.append(_outside(path))
            elif name in folders and (here / name).is_symlink():
                problems.append(
                    Problem(f"content/{path}", 1, 1, "linked-folder", "linked folders are not read")
                )
            elif not path.isprintable() or FORBIDDEN.search(path):
                problems.append(_unprintable(path))
            elif name in names and is_read(path) and not (here / name).is_file():
                problems.append(
                    Problem(f"content/{path}", 1, 1, "unreadable", "this is no file", "put a text file here")
                )
            elif name in names and is_read(path) and not name.startswith("."):
                found.append(path)
    ordered = sorted(found, key=lambda path: (unicodedata.normalize("NFC", path), path))
    articles = tuple(path for path in ordered if path.lower().endswith(ENDINGS))
    briefs = tuple(path for path in ordered if path.lower().endswith(BRIEF_ENDINGS))
    known = {*articles, *briefs}
    return Found(articles, briefs, tuple(path for path in ordered if path not in known), tuple(problems))


def is_read(path: str) -> bool:
    """Tell files that are read from those that only lie beside them, such as pictures."""
    small = path.lower()
    return small.endswith(READ) or (path.startswith(EDITIONS) and small.endswith(EDITION_ENDINGS))


def _inside(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _outside(path: str) -> Problem:
    return Problem(
        f"content/{path}",
        1,
        1,
        "outside",
        "this link leads out of content/ or nowhere",
        "put the file itself here",
    )


def _unprintable(path: str) -> Problem:
    shown = path.encode("ascii", "backslashreplace").decode()
    message = "this name holds a character that cannot be shown, or is not UTF-8"
    return Problem(f"content/{shown}", 1, 1, "bad-name", message, "rename the file")


def _unreadable(root: Path, error: OSError) -> Problem:
    path = Path(error.filename).relative_to(root).as_posix() if error.filename else "."
    return unreadable(f"content/{path}", error)


def take_apart(data: bytes, path: str) -> tuple[SourceFile | None, list[Problem]]:
    """Split a file into front matter and text; `path` is how messages name it."""
    if len(data) > LARGEST:
        return None, [
            Problem(path, 1, 1, "too-large", f"this is larger than {LARGEST // 1_000_000} MB", "split it")
        ]
    written, problems = decoded(data, path)
    if problems:
        return None, problems
    if not written.strip():
        return None, [Problem(path, 1, 1, "empty-file", "this file is empty", EXAMPLE)]
    lines = written.split("\n")
    if lines[0].rstrip() != FENCE:
        return None, [_no_front_matter(path, lines[0])]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in (FENCE, "...")), 0)
    if not end:
        message = "the front matter is not closed"
        return None, [Problem(path, 1, 1, "front-matter-open", message, "put a line with --- below it")]
    matter = "\n".join(lines[1:end])
    if len(matter) > LARGEST_FRONT_MATTER:
        return None, [Problem(path, 1, 1, "too-large", "the front matter is larger than 100 kB")]
    document = parse(matter, path, first_line=2)
    body = "\n".join(lines[end + 1 :])
    faults = [*document.problems, *_forbidden(body, path, end + 2)]
    return (None, faults) if faults else (SourceFile(document, body, end + 2), [])


def read_document(path: str, root: Path) -> tuple[Document | None, list[Problem]]:
    """Read a YAML file under `root`; without a document, all that is wrong with it as a file."""
    shown = f"content/{unicodedata.normalize('NFC', path)}"
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return None, [unreadable(shown, error)]
    if len(data) > LARGEST_DOCUMENT:
        return None, [Problem(shown, 1, 1, "too-large", "this is larger than 1 MB")]
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
