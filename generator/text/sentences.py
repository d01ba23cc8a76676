"""Where sentences end: a stop, what stands before it, and what comes after."""

from __future__ import annotations

import re

from generator.text.languages import Language, language

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
CLOSERS = "\"'”’“»›«‹)\\]」』】》"
AFTER = rf"[{CLOSERS}]*(?:[ \u00a0\u202f]»)?(?:\[[0-9]+\])*"
STOPS = ".!?…؟।॥۔։።"
STOP = re.compile(  # a run of stops is tried at its beginning alone, or a line of dots would take for ever
    rf"(?<![{STOPS}])[{STOPS}]++{AFTER}(?=\s)|(?<![。！？｡])[。！？｡]++{AFTER}(?!$)|(?=\n[^\S\n]*\n)"
)
NEXT = re.compile(r"[\s\"'“‘«‹„(\[「『¿¡]*")
LAST = re.compile(r"[^\s\"'“‘«‹„(\[—–-]*$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
NUMBER = re.compile(r"[0-9]+")
NAMED = re.compile(r"[A-Z]\w+ (\w+)")
REACH = 40  # characters before a stop that are looked at: no abbreviation is longer
BRACKET = 300  # characters that a bracket with sentences in it may hold
MONTH_DAY = re.compile(r"[0-9]{1,2}")


def sentences(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """Find the sentences of a text: their spans, in order, without white space at their ends.

    What lies between two spans is white space alone. `lang` (BCP 47) chooses the abbreviations; a
    language that is not known is split as English.
    """
    known = language(lang)
    rules = known if known.tag else language("en")
    spans: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for stop in STOP.finditer(text):
        if stop.end() > start and _ends(text, start, stop, rules):
            spans.append((start, start + len(text[start : stop.end()].rstrip())))
            start = _skip(text, stop.end())
    end = len(text.rstrip())
    if end > start:
        spans.append((start, end))
    return spans


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends(text: str, start: int, stop: re.Match[str], rules: Language) -> bool:
    """Decide whether a stop (empty at a blank line) ends the sentence that begins at `start`."""
    if not stop[0] or stop[0][0] in "。！？।॥؟":
        return True
    opening = NEXT.match(text, stop.end())
    at = opening.end() if opening else stop.end()
    if at >= len(text):
        return True
    if (
        text[at].islower()
        or _is_bracketed(text, start, stop.end())
        or _is_named_speaker(text, at, stop[0], rules)
    ):
        return False
    if stop[0][0] != "." or stop[0].startswith(".."):
        return True
    found = LAST.search(text[max(start, stop.start() - REACH) : stop.start()])
    before = found[0] if found else ""
    alone = stop.start() - len(before) == start
    return not _abbreviates(before, text, at, rules, alone=alone)


def _is_bracketed(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket opened in this sentence is closed later on."""
    near = max(start, end - BRACKET)
    return text.rfind("(", near, end) > text.rfind(")", near, end) and ")" in text[end : end + BRACKET]


def _is_named_speaker(text: str, at: int, stop: str, rules: Language) -> bool:
    """Tell `"Yes!" Reyna said` from two sentences."""
    named = NAMED.match(text, at) if stop[-1] in CLOSERS and stop[0] in "?!" else None
    return named is not None and named[1] in rules.saying


def _abbreviates(before: str, text: str, at: int, rules: Language, *, alone: bool) -> bool:
    """Tell whether the stop belongs to the word before it; `alone`: that word opens the sentence."""
    small = before.lower()
    if small.rpartition("’")[2] in rules.abbreviations:
        return True
    if small in rules.counters and text[at].isdigit():
        return True
    if NUMBER.fullmatch(before):
        return alone or (rules.ordinals and MONTH_DAY.fullmatch(before) is not None)
    following = WORD.match(text, at)
    next_word = following[0].lower() if following else ""
    if small in rules.times and next_word:
        return next_word in rules.days
    starts = re.split("['’]", next_word, maxsplit=1)[0] in rules.starters
    if small in rules.perhaps or (INITIALS.fullmatch(before) and "." in before):
        return not starts
    return (
        len(before) == 1 and before.isalpha() and before.isupper() and (alone or before != "I") and not starts
    )
