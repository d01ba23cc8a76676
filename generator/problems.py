"""What is wrong with a user's input, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the input.

    `path` is relative to the site's root, with forward slashes; `line` and `column` count from 1;
    `code` names the kind of fault and never changes; `hint` says how to mend it, or is empty.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Give `path:line:column: code: message`, with the mend indented below."""
        head = f"{self.path}:{self.line}:{self.column}: {self.code}: {self.message}"
        return f"{head}\n    {self.hint}" if self.hint else head


class InvalidSource(Exception):  # noqa: N818 -- it names the input, as UnicodeError names text
    """The input has faults; `problems` holds all that were found, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[InvalidSource], tuple[tuple[Problem, ...]]]:
        """Cross a process boundary whole."""
        return type(self), (self.problems,)


class Refusal(Exception):  # noqa: N818 -- what the program does, not a fault in it
    """The program declines to act: the message says why, `hint` what to do instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)
