"""Controls of direction (UAX #9), kept from working on what stands beside a text."""

from __future__ import annotations

import re

PDF, PDI = "\u202c", "\u2069"  # ends of embeddings and overrides, and of isolates
ENDS = {**dict.fromkeys("\u202a\u202b\u202d\u202e", PDF), **dict.fromkeys("\u2066\u2067\u2068", PDI)}
CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def closed(written: str) -> str:
    """Close what a text opens and leave out what closes nothing: either would turn around what follows."""
    if written.isascii() or not CONTROL.search(written):
        return written
    kept: list[str] = []
    waiting: list[str] = []
    for sign in written:
        if sign in ENDS:
            waiting.append(ENDS[sign])
        elif sign == PDI and PDI in waiting:
            while waiting.pop() != PDI:
                pass  # an isolate's end ends all that was opened within it
        elif sign == PDF and waiting[-1:] == [PDF]:
            waiting.pop()
        elif sign in (PDF, PDI):
            continue
        kept.append(sign)
    return "".join([*kept, *reversed(waiting)])
