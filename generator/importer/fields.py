"""What is said of an article -> words that can stand in front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.importer import addresses, signs

LONGEST_TITLE = 300
MOST_AUTHORS = 20
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3})\b)?"
)
LABEL = re.compile(r"^(?:licen[cs]e|lizenz|licencia|licenza|rights|copyright)\s*:\s*", re.IGNORECASE)
PLAIN = re.compile(r"[^:<>{}\[\]\\]*")  # a name, an SPDX expression, a few words
PLAIN_LICENCES = {"zero": "CC0", "mark": "Public Domain Mark"}


def plain(written: str) -> str:
    """Give words on one line, without what no feed can hold and what turns or hides them."""
    return " ".join(signs.sound(written).split())


def language(written: str) -> str:
    """Give a language tag that can stand in front matter, or nothing."""
    told = written.strip().replace("_", "-")
    return told if LANGUAGE.fullmatch(told) and told.lower() not in ("und", "mul", "zxx") else ""


def licensed(written: Iterable[str], base: str = "") -> tuple[str, tuple[str, ...]]:
    """Give the first licence of some that is one; say so where one was told and none is."""
    told = [one for one in written if one.strip()]
    found = next(filter(None, (licence(one, base) for one in told)), "")
    return found, () if found or not told else (
        "its licence is neither an address nor a name: it was left out",
    )


def licence(written: str, base: str = "") -> str:
    """Give a licence by its name where it is one of Creative Commons, else its address or name as written.

    What begins as an address of another kind, such as `javascript:`, is neither.
    """
    told = plain(written)[:300]
    told = LABEL.sub("", told)
    found = CREATIVE_COMMONS.match(told)
    if not found:
        is_path = told.startswith(("/", "./", "../"))
        address = addresses.web_address(told, base) if is_path or told[:4].lower() == "http" else ""
        return address or ("" if is_path or not PLAIN.fullmatch(told) else told)
    name = PLAIN_LICENCES.get(found[2], f"CC {found[2].upper()}")
    return " ".join(filter(None, [name, found[3], (found[4] or "").upper()]))
