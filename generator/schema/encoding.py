"""From a file's bytes to its text."""

from __future__ import annotations

from generator.problems import Problem


def decoded(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Read UTF-8, with one kind of line end and no mark before it; tell where it is none."""
    try:
        return _lines(data.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        # error.object is what stands behind a mark at the beginning; up to the fault it is sound.
        before = _lines(error.object[: error.start].decode())
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"this is not UTF-8 text (byte 0x{error.object[error.start]:02x})"
        hint = "save the file as UTF-8 in your editor"
        return "", [Problem(path, line, column, "not-utf-8", message, hint)]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
