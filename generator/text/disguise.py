"""Signs that show nothing and change how what stands beside them is read (Unicode TR36, TR39)."""

from __future__ import annotations

import re
from unicodedata import category

ISOLATES, END = "\u2066\u2067\u2068", "\u2069"
SPACE, NO_JOIN, JOIN = "\u200b", "\u200c", "\u200d"
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Scripts without spaces, where an empty one parts words: Thai, Lao, Tibetan, Myanmar, Khmer, Tai.
DENSE = re.compile("[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]")
# Scripts whose letters take their shape from their neighbours: Arabic and its kin, those of India, Mongolian.
JOINING = re.compile(
    "[\u0600-\u109f\u1780-\u18af\u1a20-\u1bff\ua840-\ua87f\ua8e0-\ua8ff\ua980-\ua9df\uaa60-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefe\U00010d00-\U00010d3f\U00010f30-\U00010fdf\U00011000-\U00011fff"
    "\U0001e900-\U0001e95f]"
)
PICTURES = ("So", "Sk")
AS_PICTURE = "\ufe0f"


def undisguised(written: str) -> str:
    """Leave out what turns or hides the words around it, where no script or picture needs it.

    Embeddings and overrides go, and isolates that are not closed; so do zero-width spaces, joiners and marks
    of direction, but for those beside letters that are written with them.
    """
    if written.isascii() or not HIDDEN.search(written):
        return written
    paired = _paired(written)
    is_to_left = TO_LEFT.search(written) is not None

    def kept(found: re.Match[str]) -> str:
        sign, at = found[0], found.start()
        if sign in ISOLATES or sign == END:
            return sign if at in paired else ""
        before, after = written[at - 1 : at] if at else "", written[at + 1 : at + 2]
        if sign == SPACE:
            return sign if DENSE.match(before) and DENSE.match(after) else ""
        if sign in (NO_JOIN, JOIN):
            needed = JOINING.match(before) or (sign == JOIN and _is_picture(before) and _is_picture(after))
            return sign if needed else ""
        return sign if sign in "\u200e\u200f" and is_to_left else ""

    return HIDDEN.sub(kept, written)


def _paired(written: str) -> frozenset[int]:
    """Find the isolates that are closed, with their ends."""
    open_: list[int] = []
    paired: set[int] = set()
    for at, sign in enumerate(written):
        if sign in ISOLATES:
            open_.append(at)
        elif sign == END and open_:
            paired |= {open_.pop(), at}
    return frozenset(paired)


def _is_picture(sign: str) -> bool:
    return bool(sign) and (sign == AS_PICTURE or category(sign) in PICTURES)
