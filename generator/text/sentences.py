"""Where sentences end: a stop, what stands before it, and what comes after."""

from __future__ import annotations

import re

from generator.text.languages import Language, language

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
CLOSERS = "\"'”’“»›«‹)\\]」』】》"
EMOJI = "\U0001f300-\U0001f445\U0001f44a-\U0001faff"  # but for the hands that point to what follows
AFTER = (  # closing marks, a French one after a space, the marks of notes, a smile
    rf"[{CLOSERS}]*(?:[ \u00a0\u202f]»(?![^\s,.;:!?)]))?[)\]]?(?:\[[0-9]+\])*"
    rf"(?:[ ]?[{EMOJI}]+[\u200d\ufe0f]?)*"
)
STOPS = ".!?…؟।॥۔։።"
LOWER, UPPER = "a-zß-öø-ÿœ", "A-ZÀ-ÖØ-ÞŒ"
STOP = re.compile(  # a run of stops is tried at its beginning alone, or a line of dots would take for ever
    rf"(?=[{STOPS}！？。｡\n\u2029])(?:(?<![{STOPS}])(?>\.(?:[ ]\.){{2,}}|[{STOPS}]++)(?>{AFTER})(?=\s|$)"
    rf"|(?<![。！？｡])[。！？｡]++(?>{AFTER})(?!$)"
    rf"|(?P<hard>(?=\n[^\S\n]*\n)|(?=\u2029)|(?=\n[^\S\n]*(?:[-*•‣▪●◦·]|(?<=[:.!?;]\n)[0-9]{{1,2}}[.)])[^\S\n]))"
    rf"|(?P<close>(?<=[{LOWER}]{{2}})[.!?]{{1,3}}[”\"»’)]?(?=[“«„¿¡]*[{UPPER}][{LOWER}’]*\s)))"
)
NEXT = re.compile(r"[\s\"'“‘«‹„»(\[「『¿¡–—-]*")
LAST = re.compile(r"(?P<pair>(?:(?<![\w.])[^\W\d_]{1,2}\.[ \u00a0\u202f])*)(?P<word>[^\s\"'“‘«‹„»(\[—–-]*)$")
BETWEEN = frozenset("\"'“‘«‹„»([—–-")  # beside white space, what no word of LAST holds
INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
NUMBER = re.compile(r"[0-9]+")
ROMAN = re.compile(r"[IVXL]{2,}")
# "Reyna said", "Chief Executive Lena Ode, who is 54, told": the name may be any words with capitals.
SPEAKER = re.compile(
    r"(?:[^\W\d_a-z][\w’'.-]*,?\s(?:(?:of|the|de|von|van)\s)?){1,6}(?:(?<=,\s)[^,.?!]{1,40},\s)?(\w+)"
)
PART = re.compile(r"[^\W\d_]{1,2}\.")  # the second half of "z. B."
ITEM = re.compile(r"\w{1,2}\)\s")
REACH = 40  # characters before a stop that are looked at: no abbreviation is longer
BRACKET = 300  # characters that a bracket with sentences in it may hold
MONTH_DAY = re.compile(r"[0-9]{1,2}")
FEW = 3  # words that are no sentence yet: "At 6:30 p.m."


def sentences(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """Find the sentences of a text: their spans, in order, without white space at their ends.

    What lies between two spans is white space alone, or nothing where a space was forgotten. A blank line
    and U+2029 end a sentence, and so does a line that begins with a bullet. `lang` (BCP 47) chooses the
    abbreviations; a language that is not known is split as English.
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
    if stop["hard"] is not None or stop[0][0] in "。！？।॥؟":
        return True
    opening = NEXT.match(text, stop.end())
    at = opening.end() if opening else stop.end()
    if at >= len(text):
        return True
    if _goes_on(text, at) or _is_bracketed(text, start, stop.end()):
        return False
    before = _before(text, start, stop.start(), rules)
    if stop[0][0] in "?!":
        return not (
            _is_named_speaker(text, at, stop[0], rules) or _is_exclaiming(before, stop[0], text, at, rules)
        )
    if stop["close"] and not _is_clear(before, text, at, rules):
        return False
    if stop[0][0] != "." or stop[0].startswith(("..", ". .")) or stop[0][-1] in "\"'”’»":
        return True
    if _word(text, at) and any(sign in "–—-" for sign in text[stop.end() : at]):
        return not _is_short_form(before, rules)  # a dateline: "WEXLEY, Calif. — Two men"
    return not _abbreviates(before, text, start, stop.start(), at, rules)


def _goes_on(text: str, at: int) -> bool:
    """Tell a word in lower case; neither "iPhone" nor "b) The line" goes on."""
    return text[at].islower() and not text[at + 1 : at + 2].isupper() and not ITEM.match(text, at)


def _before(text: str, start: int, stop: int, rules: Language) -> str:
    """Give the word before a stop, without an elided article; "z. B" and "p. m" are one."""
    near = text[max(start, stop - REACH) : stop]
    at = len(near)
    while at and near[at - 1] not in BETWEEN and not near[at - 1].isspace():
        at -= 1
    if at < len(near) and near[at - 2 : at - 1] != ".":  # no pair: a search would take ten times as long
        return near[at:].rpartition("’")[2]
    found = LAST.search(near)
    if not found:
        return ""
    whole = "".join(found[0].split())
    if found["pair"] and (_is_short_form(whole, rules) or whole.lower() in rules.times):
        return whole
    return found["word"].rpartition("’")[2]


def _word(text: str, at: int) -> str:
    found = WORD.match(text, at)
    return found[0] if found else ""


def _is_bracketed(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket opened in this sentence is closed later on."""
    near = max(start, end - BRACKET)
    return text.rfind("(", near, end) > text.rfind(")", near, end) and ")" in text[end : end + BRACKET]


def _is_named_speaker(text: str, at: int, stop: str, rules: Language) -> bool:
    """Tell `"Yes!" Reyna said` from two sentences."""
    named = SPEAKER.match(text, at) if stop[-1] in CLOSERS else None
    return named is not None and named[1] in rules.saying


def _is_exclaiming(before: str, stop: str, text: str, at: int, rules: Language) -> bool:
    """Tell `Yahoo! Inc. was sold`."""
    return stop == "!" and before.lower() in rules.exclaiming and not _starts(text, at, rules)


def _is_clear(before: str, text: str, at: int, rules: Language) -> bool:
    """Tell a forgotten space from the name of a host or a file."""
    return before.isalpha() and (before.islower() or _starts(text, at, rules))


def _starts(text: str, at: int, rules: Language) -> bool:
    """Tell a word that begins sentences; a letter with a stop is no word."""
    word = re.split("['’]", _word(text, at).lower(), maxsplit=1)[0]
    return word in rules.starters and not (len(word) == 1 and text[at + 1 : at + 2] == ".")


def _has(short: frozenset[str], before: str) -> bool:
    """Look up a short form: one with a capital is found so alone, or all in capitals."""
    return before in short or before.lower() in short or (before.isupper() and before.capitalize() in short)


def _is_short_form(before: str, rules: Language) -> bool:
    return (
        _has(rules.abbreviations, before)
        or _has(rules.perhaps, before)
        or INITIALS.fullmatch(before) is not None
    )


def _abbreviates(before: str, text: str, start: int, stop: int, at: int, rules: Language) -> bool:
    """Tell whether the stop belongs to the word before it."""
    alone = stop - len(before) <= start
    if _has(rules.abbreviations, before):
        return True
    if text[at].isdigit() and _counts(before, rules):
        return True
    if NUMBER.fullmatch(before):
        return alone or (
            rules.ordinals and bool(MONTH_DAY.fullmatch(before)) and not _starts(text, at, rules)
        )
    if before.lower() in rules.times and (next_word := _word(text, at).lower()):
        return next_word in rules.days or (stop - start < REACH and len(text[start:stop].split()) <= FEW)
    if _has(rules.perhaps, before) or (rules.ordinals and ROMAN.fullmatch(before)):
        return not _starts(text, at, rules)
    if INITIALS.fullmatch(before):
        return not _starts(text, at, rules)
    if len(before) != 1 or not before.isalpha():
        return False
    if before.isupper():
        return alone or (before != "I" and not _starts(text, at, rules))
    return PART.match(text, at) is not None


def _counts(before: str, rules: Language) -> bool:
    """Tell what stands before a number: "No.", "S.", "Bahnhofstr."."""
    return _has(rules.counters, before) or before.lower().endswith(tuple(rules.counting_ends))
