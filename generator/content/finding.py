"""Which files lie under content/, and which of them cannot be read."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import disk, urls
from generator.content.source_files import BRIEF_ENDINGS, ENDINGS, is_read, unreadable
from generator.problems import Problem
from generator.schema.documents import FORBIDDEN


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
    if not root.is_dir():
        return Found((), (), (), (_missing(root),))
    found: list[str] = []
    problems: list[Problem] = []

    def failed(error: OSError) -> None:
        path = Path(error.filename or root).relative_to(root).as_posix()
        problems.append(unreadable(f"content/{path}".removesuffix("/."), error))

    for here, folders, names in disk.walk(root, failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = "" if here == root else f"{here.relative_to(root).as_posix()}/"
        visible = (name for name in names if not name.startswith("."))
        for name, is_folder in (*((name, True) for name in folders), *((name, False) for name in visible)):
            path = above + name
            fault = _fault(root, path, folder=is_folder)
            if fault:
                problems.append(fault)
            elif not is_folder and is_read(path):
                found.append(path)
        folders[:] = [name for name in folders if _is_fit(name)]
    ordered = sorted(found, key=lambda path: (unicodedata.normalize("NFC", path), path))
    articles = tuple(path for path in ordered if path.lower().endswith(ENDINGS))
    briefs = tuple(path for path in ordered if path.lower().endswith(BRIEF_ENDINGS))
    known = {*articles, *briefs}
    editions = tuple(path for path in ordered if path not in known)
    return Found(articles, briefs, editions, (*problems, *_twins(ordered)))


def _fault(root: Path, path: str, *, folder: bool) -> Problem | None:
    """Tell why a file cannot be read, or a folder not entered."""
    file, shown = f"{root}/{path}", f"content/{path}"  # a Path for each is slow
    if not _is_fit(path.rpartition("/")[2]):
        if not folder and not is_read(path):
            return None
        message = "this name is blank, holds a character that cannot be shown, or is not UTF-8"
        return Problem(f"content/{_escaped(path)}", 1, 1, "bad-name", message, "give it another name")
    if os.path.islink(file):  # noqa: PTH114 -- that of Path raises where nobody may look
        if not disk.is_within(root, Path(file)):
            message = "this link leads out of content/ or nowhere"
            return Problem(shown, 1, 1, "outside", message, "put the file itself here")
        if folder:
            message, hint = "linked folders are not read", "put the folder itself here"
            return Problem(shown, 1, 1, "linked-folder", message, hint)
    if folder or not is_read(path) or disk.is_plain(file):
        return None
    try:
        Path(file).stat()
    except OSError as error:
        return unreadable(shown, error)
    return Problem(shown, 1, 1, "unreadable", "this is no file", "put a text file here")


def _is_fit(name: str) -> bool:
    """Tell whether a name can be shown, and leaves something to make an address of."""
    dot = name.rfind(".")
    stem = name[:dot] if 0 < dot < len(name) - 1 else name
    return bool(name.isprintable() and not FORBIDDEN.search(name) and stem.strip())


def _escaped(path: str) -> str:
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in path)


def _missing(root: Path) -> Problem:
    hint = "make one, and put your articles there"
    if os.path.lexists(root):
        return Problem("content", 1, 1, "missing-content", "content is no folder", f"move it away; {hint}")
    return Problem("content", 1, 1, "missing-content", "there is no folder content/", hint)


def _twins(paths: Sequence[str]) -> Iterator[Problem]:
    """Tell files whose names are one name on other computers: there, one of them would be lost."""
    taken: dict[str, str] = {}
    for path in paths:
        other = taken.setdefault(urls.folded(path), path)
        if other == path:
            continue
        same = unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", path)
        what = "the Unicode form of their names" if same else "capital letters"
        message = f'this file and "{other}" differ in {what} alone: on many computers they are one'
        shown = f"content/{unicodedata.normalize('NFC', path)}"
        yield Problem(shown, 1, 1, "duplicate-name", message, "give one of them another name")
