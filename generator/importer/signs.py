"""Signs of strangers' texts that are not taken: what no feed can hold, and what turns or hides words."""

from __future__ import annotations

from html import unescape

from generator.schema.documents import FORBIDDEN
from generator.text.disguise import undisguised


def sound(written: str) -> str:
    """Leave out what no feed can hold, and what turns or hides what stands there."""
    return undisguised(FORBIDDEN.sub("", written))


def left_out(*written: str) -> tuple[str, ...]:
    """Say which signs that turn or hide words are left out of what was written, HTML or not."""
    lost: set[str] = set()
    for one in written:
        told = unescape(one) if "&" in one else one
        lost |= set(told) - set(kept) if (kept := undisguised(told)) != told else set()
    named = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(lost))
    return (f"signs that turn or hide words were left out: {named}",) if lost else ()
