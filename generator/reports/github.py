"""Problems as GitHub marks them in a pull request: workflow commands, one a line."""

from __future__ import annotations

import os
from pathlib import Path

from generator.problems import Problem
from generator.reports.signs import prose

# https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})


def annotation(problem: Problem, folder: str = "") -> str:
    """Write a problem as a command; `folder` is the site's own, seen from the repository's root."""
    place = {
        "file": f"{folder}/{prose(problem.path)}" if folder else prose(problem.path),
        "line": str(problem.line),
        "col": str(problem.column),
        "title": prose(problem.code),
    }
    properties = ",".join(f"{name}={value.translate(PROPERTY)}" for name, value in place.items())
    return f"::{problem.severity} {properties}::{_data(problem.message, problem.hint)}"


def refusal(message: str, hint: str = "") -> str:
    """Write what has no place in a file as a command."""
    return f"::error title=broadsheet::{_data(message, hint)}"


def silenced(text: str, token: str) -> str:
    """Let no line of a text be taken for a command, whatever of a stranger's it holds.

    `token` ends the silence: nobody may be able to guess it.
    """
    return f"::stop-commands::{token}\n{text}\n::{token}::"


def seen_from(workspace: str, folder: Path) -> str:
    """The folder of a site as the repository knows it; empty where it is the repository itself."""
    try:
        seen = os.path.relpath(folder.resolve(), Path(workspace).resolve())
    except (OSError, ValueError, RuntimeError):  # another drive, a loop of links
        return ""
    return "" if seen == "." else seen.replace(os.sep, "/")


def _data(message: str, hint: str) -> str:
    return "\n".join(filter(None, (prose(message), prose(hint)))).translate(DATA)
