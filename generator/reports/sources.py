"""The lines at fault, read from a site's files as they stand now."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.problems import Problem

MOST = 10_000_000  # bytes of a file that are looked at
# What looks like a key or a password, in a file where none belongs: it is not carried on into a log.
SECRET = re.compile(
    r"\b(?:sk|pk|gsk|xai|key)-[\w-]{6,}|://[^/\s]*:[^/\s]*@|\b(?:api|secret|auth)_?(?:key|token)",
    re.IGNORECASE,
)
Excerpts = Callable[[Problem], str | None]


def excerpts(root: Path) -> Excerpts:
    """Give what finds the line of a problem in the site at `root`, None where it cannot be shown.

    It never raises, shows nothing that looks like a key, and reads no file that lies outside of the site,
    whatever leads there. Each file is read once.
    """
    lines = functools.cache(functools.partial(_lines, root))

    def excerpt(problem: Problem) -> str | None:
        found = lines(problem.path)
        line = found[problem.line - 1] if 0 < problem.line <= len(found) else None
        return None if line is None or SECRET.search(line) else line

    return excerpt


def _lines(root: Path, path: str) -> Sequence[str]:
    """Part a file into lines as it was parted when its faults were found."""
    try:
        file = (root / path).resolve(strict=True)
        if not (file.is_relative_to(root.resolve()) and file.is_file()):
            return ()
        with file.open("rb") as stream:
            data = stream.read(MOST)
    except (OSError, ValueError, RuntimeError):  # gone, unreadable, a name with a NUL, a loop of links
        return ()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n") if text else ()
