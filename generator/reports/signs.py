"""Text of strangers made harmless for a terminal, and measured in its cells."""

from __future__ import annotations

import unicodedata

TAB = "    "
JOINERS = "\u200c\u200d"  # they shape what stands beside them: Persian words, families of emoji
DELETE = "\x7f"
UNKNOWN = "\ufffd"


def harmless(text: str) -> str:
    """Show what a terminal would obey, or pass over, as signs that stand for it; all on one line.

    Escapes, marks that turn the direction of writing and halves of a pair are such: by them a text can
    look like another. Each sign becomes one sign, a tab four.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_harmless, text))


def prose(text: str) -> str:
    """The same for a message: what parts its lines becomes a space."""
    return harmless("".join(" " if sign.isspace() else sign for sign in text))


def _harmless(sign: str) -> str:
    if sign == "\t":
        return TAB
    if sign.isprintable() or sign in JOINERS or unicodedata.category(sign) == "Zs":
        return sign
    if sign < " ":
        return chr(0x2400 + ord(sign))  # its picture: ␛ for an escape
    return "␡" if sign == DELETE else UNKNOWN


def cells(text: str) -> int:
    """Columns of a terminal that harmless text fills: two for a wide sign, none for a combining one."""
    from rich.cells import cell_len

    return cell_len(text)


def first(text: str, room: int) -> str:
    """As much of the beginning as fits into some cells."""
    filled = 0
    for number, sign in enumerate(text):
        filled += cells(sign)
        if filled > room:
            return text[:number]
    return text


def last(text: str, room: int) -> str:
    """As much of the end as fits into some cells; it begins with no mark of a sign that is left out."""
    filled = 0
    for number in range(len(text) - 1, -1, -1):
        filled += cells(text[number])
        if filled > room:
            kept = text[number + 1 :]
            return kept[next((i for i, sign in enumerate(kept) if cells(sign)), len(kept)) :]
    return text
