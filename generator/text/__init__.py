"""Words, sentences, slugs and reading times of plain text in any script; what is known of each language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

from generator.text.bidi import closed
from generator.text.languages import Cues, Language, any_cue, any_line, any_of, language
from generator.text.sentences import sentences

MINUTE = timedelta(minutes=1)
WORDS_A_MINUTE = 230
# Names of our own, since strftime's follow the locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_SLUG = 200  # bytes; a digest and an ending come after it
SHORTENED = re.compile(r"-[0-9a-f]{8}")
# Names that Windows keeps for itself.
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]")
# Signs that tell names apart: C, C++ and C# are three.
SPOKEN = re.compile(r"\+\+|(?<=\w)#")
SPOKEN_AS = {"++": "plusplus", "#": "sharp"}

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
# Scripts that put no space between words: two signs are taken for one.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))
DROPPED = frozenset("'’‘ʼ\u00ad\u200b\u200d\u2060\ufeff")  # from slugs: it's is its


def words(text: str) -> list[str]:
    """Take out the words of a text, as written."""
    return WORD.findall(text)


def word_count(text: str, said: Sequence[str] | None = None) -> int:
    """Count words; of scripts without spaces two signs count as one. `said` are its words, where known."""
    dense = len(DENSE.findall(text)) if not text.isascii() else 0
    if said is None or dense:
        said = WORD.findall(DENSE.sub(" ", text) if dense else text)
    return len(said) + (dense + 1) // 2


def minutes(words: int) -> int:
    """Minutes that it takes to read so many words, at least 1."""
    return max(1, round(words / WORDS_A_MINUTE))


@lru_cache(1 << 16)  # the same names come again and again
def slug(text: str) -> str:
    """Form of a text that can stand in an address: lower case letters and digits of any script, and hyphens.

    What has neither becomes a short digest; an empty text stays empty.
    """
    kept = ""
    for sign in SPOKEN.sub(lambda found: SPOKEN_AS[found[0]], _folded(text)):
        if sign.isalnum() or (_is_mark(sign) and kept[-1:].strip()):
            kept += sign
        elif sign not in DROPPED:
            kept += " "
    made = unicodedata.normalize("NFC", "-".join(kept.split()))
    if RESERVED.fullmatch(made):
        return f"{made}-{_short_digest(made)}"
    if len(made.encode()) > LONGEST_SLUG and not _is_shortened(made):
        cut = made.encode()[:LONGEST_SLUG].decode(errors="ignore").rpartition("-")[0]
        return f"{cut or made[: LONGEST_SLUG // 4]}-{_short_digest(made)}"
    return made or _short_digest(text.strip())


def _is_shortened(made: str) -> bool:
    """Tell what was cut before: its form is its own, or nobody could write it down as a `slug:`."""
    return SHORTENED.fullmatch(made[-9:]) is not None and len(made[:-9].encode()) <= LONGEST_SLUG


def _folded(text: str) -> str:
    """Fold case until nothing changes: some letters take two rounds."""
    while (folded := unicodedata.normalize("NFC", text.casefold())) != text:
        text = folded
    return text


def _is_mark(sign: str) -> bool:
    """Tell what belongs to the letter before it; the variation selectors of emoji do not."""
    return unicodedata.category(sign) in ("Mn", "Mc") and not "\ufe00" <= sign <= "\ufe0f"


def _short_digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest() if text else ""


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Direction of a language's script, by its subtag; a script subtag wins (`ar-Latn`)."""
    language, *rest = lang.lower().replace("_", "-").split("-")
    if "latn" in rest:
        return "ltr"
    return "rtl" if language in RIGHT_TO_LEFT or {"arab", "hebr"} & set(rest) else "ltr"


def whole_minutes(moment: datetime) -> datetime:
    """Round a zone's offset to minutes; the time of day stays.

    Before there were time zones, places were seconds apart (1971 still in Monrovia), and neither RFC 3339 nor
    RFC 822 can write such an offset.
    """
    offset = moment.utcoffset() or timedelta()
    if not offset % MINUTE:
        return moment
    return moment.replace(tzinfo=timezone(round(offset / MINUTE) * MINUTE))


__all__ = [
    "DENSE",
    "MONTHS",
    "WEEKDAYS",
    "Cues",
    "Language",
    "any_cue",
    "any_line",
    "any_of",
    "closed",
    "direction",
    "language",
    "minutes",
    "sentences",
    "slug",
    "whole_minutes",
    "word_count",
    "words",
]
