"""Problems as they are told: framed on a terminal, plain elsewhere, marked in a pull request on GitHub."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.problems import Problem
from generator.reports import github
from generator.reports.frames import COLOURS, frame
from generator.reports.signs import prose
from generator.reports.sources import Excerpts, excerpts

SHOWN = 50  # problems told one by one
NAMED = 5  # codes that the last line of a report names
WIDTH = 80


@dataclass(frozen=True, slots=True)
class Look:
    """How to tell: in frames of some width (0: plainly), with colours or as the stream has it."""

    width: int = 0
    colour: bool | None = None
    workspace: str | None = None  # the repository's folder where GitHub reads along


def look(environment: Mapping[str, str]) -> Look:
    """See where standard error leads to, and what the environment asks for."""
    dumb = environment.get("TERM") == "dumb"
    colour = None
    if environment.get("NO_COLOR") or dumb:
        colour = False
    elif environment.get("FORCE_COLOR"):
        colour = True
    workspace = (
        environment.get("GITHUB_WORKSPACE", ".") if environment.get("GITHUB_ACTIONS") == "true" else None
    )
    return Look(_width() if sys.stderr.isatty() else 0, colour, workspace)


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def tell(problems: Iterable[Problem], root: Path) -> None:
    """Tell on standard error what is wrong in the site at `root`: errors first, at most 50 one by one."""
    how = look(os.environ)
    ordered = sorted(problems, key=lambda problem: problem.severity)  # as it happens: error, warning
    _say(told(ordered, excerpts(root), how.width), how)
    if how.workspace is not None:
        folder = github.seen_from(how.workspace, root)
        click.echo("\n".join(github.annotation(problem, folder) for problem in ordered[:SHOWN]), err=True)


def tell_refusal(message: str, hint: str) -> None:
    """Tell on standard error why the program declined to act."""
    how = look(os.environ)
    _say(f"broadsheet: {prose(message)}{_indented(hint)}", how)
    if how.workspace is not None:
        click.echo(github.refusal(message, hint), err=True)


def _say(text: str, how: Look) -> None:
    if how.workspace is not None:
        text = github.silenced(text, os.urandom(16).hex())
    click.echo(text, err=True, color=how.colour)


def told(problems: Sequence[Problem], excerpt: Excerpts, width: int) -> str:
    """Put problems into words, in their order; framed where `width` is not 0.

    It is coloured: who prints it may strip that.
    """
    shown, rest = problems[:SHOWN], len(problems[SHOWN:])
    parts = [frame(it, excerpt(it), width) if width else plain(it) for it in shown]
    if rest:
        parts.append(f"… and {rest} more")
    if width:
        return "\n\n".join([*parts, *_more(shown)])
    return "\n".join(parts)


def plain(problem: Problem) -> str:
    """Give `path:line:column: code: message`, with the mend indented below."""
    place = click.style(f"{prose(problem.path)}:{problem.line}:{problem.column}:", bold=True)
    code = click.style(prose(problem.code), fg=COLOURS[problem.severity])
    return f"{place} {code}: {prose(problem.message)}{_indented(problem.hint)}"


def _indented(hint: str) -> str:
    return f"\n    {prose(hint)}" if hint else ""


def _more(problems: Sequence[Problem]) -> Iterator[str]:
    codes = list(dict.fromkeys(problem.code for problem in problems))
    yield f"To read more: broadsheet explain {' '.join(codes[:NAMED])}"


def counted(problems: Iterable[Problem]) -> str:
    """Say how many there are: `1 problem`, `3 problems and 1 warning`."""
    severities = [problem.severity for problem in problems]
    counts = ((severities.count("error"), "problem"), (severities.count("warning"), "warning"))
    said = (f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s" for count, noun in counts if count)
    return " and ".join(said)
