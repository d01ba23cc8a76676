"""A problem as a terminal shows it: the line at fault, and a caret under its column."""

from __future__ import annotations

from collections.abc import Iterator

import click

from generator.problems import Problem
from generator.reports.signs import cells, first, harmless, last, prose

NARROWEST = 20  # cells of a line that are shown in the narrowest of windows
CUT = "…"
COLOURS = {"error": "red", "warning": "yellow"}


def frame(problem: Problem, line: str | None, width: int) -> str:
    """Draw a problem in `width` cells; without its line where there is none to show.

    A line that is longer is cut to a window around the column. Nothing in it can command the terminal.
    """
    return "\n".join(_lines(problem, line, width))


def _lines(problem: Problem, line: str | None, width: int) -> Iterator[str]:
    colour = COLOURS[problem.severity]
    number = str(problem.line)
    gutter = " " * len(number)
    bar = _faint("|")
    head = click.style(f"{problem.severity}[{prose(problem.code)}]", fg=colour, bold=True)
    yield f"{head}: {click.style(prose(problem.message), bold=True)}"
    yield f"{gutter}{_faint('-->')} {prose(problem.path)}:{problem.line}:{problem.column}"
    if line is not None:
        shown, indent, wide = window(line, problem.column, width - len(number) - len(" | "))
        yield f"{gutter} {bar}"
        yield f"{_faint(number)} {bar} {shown}".rstrip()
        yield f"{gutter} {bar} {' ' * indent}{click.style('^' * wide, fg=colour, bold=True)}"
    if problem.hint:
        yield f"{gutter} {_faint('=')} {prose(problem.hint)}"


def window(line: str, column: int, room: int) -> tuple[str, int, int]:
    """Cut a line to `room` cells around a column; give it, the cells before the column, and its sign's.

    `column` counts signs from 1. One beyond the end points behind the last; a combining mark is pointed at
    with the sign that it stands on.
    """
    room = max(room, NARROWEST)
    at = min(max(column - 1, 0), len(line))
    while 0 < at < len(line) and not cells(harmless(line[at])):
        at -= 1
    # What is farther off cannot be seen: a letter with its marks is made of three signs, seldom of more.
    begin, end = max(0, at - 4 * room), at + 4 * room
    before, after = harmless(line[begin:at]), harmless(line[at:end]).rstrip()
    more = bool(line[end:].strip())
    if begin or more or cells(before) + cells(after) > room:
        room -= 2 * len(CUT)
        right = first(after, max(room // 2, room - cells(before)))
        left = last(before, room - cells(right))
        more = more or right != after
        before = left if left == before and not begin else CUT + left
        after = right + CUT if more else right
    return before + after, cells(before), max(1, cells(harmless(line[at : at + 1])))


def _faint(text: str) -> str:
    return click.style(text, fg="blue", bold=True)
