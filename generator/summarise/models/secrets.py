"""What the environment keeps secret: nothing of it is in an answer or a failure that goes on from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.summarise.models.asking import Request
    from generator.summarise.models.doors import Door, Reply

SHORTEST = 8  # signs of what is taken for a secret
LONG = 20  # letters alone that are no word any more
NAMED = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL)S?$", re.IGNORECASE)
HIDDEN = "…"
COVERED = "█"  # in an answer: no line passes that holds a sign which its article has not
PIECE = 6  # signs of a secret that a failure may not show either: providers tell keys back in part
# What looks like a key, whoever it belongs to: a provider may tell part of it back.
A_KEY = re.compile(r"\b(?:sk|pk|key|gsk|xai)-[\w*-]{4,}|\bBearer\s+\S+", re.IGNORECASE)
BEGIN, END = 120, 80  # signs that are shown of what a provider or a program says of a failure


def secrets(environment: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Give the values that no text may show: the key that is sent, and what variables of such names hold."""
    named = [value.strip() for name, value in environment.items() if NAMED.search(name)]
    # A plain word is none: it would be missing from every brief.
    secret = {value for value in named if not value.isalpha() or len(value) >= LONG}
    return tuple(sorted((it for it in {*secret, key} if len(it) >= SHORTEST), key=len, reverse=True))


def pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    """Give what finds these values, written plainly or with any of JSON's escapes."""
    told = ["".join(_spellings(sign) for sign in value) for value in values]
    return re.compile("|".join(told)) if told else None


def _spellings(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    escaped = "".join(rf"\\u(?i:{pair})" for pair in pairs)
    return rf"(?:\\?{re.escape(sign)}|{escaped})"


def brief(said: str) -> str:
    """Give a text in one line, its middle left out where it is long."""
    told = " ".join(said.split())
    return f"{told[:BEGIN]} … {told[-END:]}" if len(told) > BEGIN + END else told


def without_pieces(text: str, values: Iterable[str]) -> str:
    """Give a text with each run of PIECE signs and more that stands in one of the values hidden."""
    pieces = {value[at : at + PIECE] for value in values for at in range(len(value) - PIECE + 1)}
    told: list[str] = []
    end = 0  # of what is hidden
    for at, sign in enumerate(text):
        if text[at : at + PIECE] in pieces:
            told += [HIDDEN] if at >= end else []
            end = at + PIECE
        if at >= end:
            told.append(sign)
    return "".join(told)


class Discreet:
    """A door whose answers hold none of some secrets, and its failures no piece of one either."""

    def __init__(self, door: Door, values: Iterable[str]) -> None:
        self.door = door
        self.values = tuple(values)
        self.secret = pattern(self.values)

    async def ask(self, request: Request) -> Reply:
        """Ask through the other door. Raises FailedError."""
        from generator.summarise.models.doors import FailedError

        try:
            reply = await self.door.ask(request)
        except FailedError as error:
            said = without_pieces(self._hidden(str(error), HIDDEN), self.values)
            error.args = (brief(A_KEY.sub(HIDDEN, said)),)
            raise
        return replace(reply, text=self._hidden(reply.text, COVERED))

    async def close(self) -> None:
        await self.door.close()

    def _hidden(self, text: str, mark: str) -> str:
        return self.secret.sub(mark, text) if self.secret else text
