"""Signs that say something and are no letters: drawn letters and figures, pictures, marks through words."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

DRAWN = frozenset(("So", "Sk", "Sm", "Sc", "No", "Nl", "Me", "Co", "Cn", "Cs"))
READ = frozenset("$€£¥+−%")  # that are compared by what they are worth
THROUGH = range(0x0300, 0x0370)  # marks that are set on letters


def strange(written: str, there: Collection[str]) -> str:
    """Give the first sign of a text that is drawn, not written, and that no evidence holds; or nothing.

    Letters and figures in another shape (ⓕ, ½, ❾, full width) are drawn too.
    """
    for sign in unicodedata.normalize("NFC", written):
        if sign.isascii() and sign not in "<>=|~^\\":
            continue
        if sign not in READ and not any(sign in told for told in there) and _is_drawn(sign):
            return sign
    return ""


def _is_drawn(sign: str) -> bool:
    kind = unicodedata.category(sign)
    if kind in DRAWN or (kind == "Nd" and not sign.isascii()) or ord(sign) in THROUGH:
        return True
    shape = unicodedata.normalize("NFKC", sign)
    return kind[0] in "LM" and shape != sign and any(it.isascii() and it.isalnum() for it in shape)
