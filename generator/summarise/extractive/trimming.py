"""Shorter sentences by leaving words out: datelines, connectives, asides, clauses that only describe."""

from __future__ import annotations

import re

from generator import text
from generator.summarise.extractive.language import MODALS, NEGATES, SWAYS, TURNS, VERBS

FEWEST = 8  # words that an English sentence keeps
LONGEST = 160  # characters of a clause that is left out
A_SENTENCE = 2000  # characters: what is longer is no sentence, and is left as it stands

NAME = r"[^\W\d_][\w.’'/-]*(?: [^\W\d_][\w.’'/-]*){0,3}"
AGENCY = (
    r"(?:CNN|Reuters|AP|AFP|UPI|PA|AAP|ANI|PTI|IANS|ANSA|EFE|TASS|Xinhua|Kyodo|Bloomberg|APA|SID|KNA|dpa|epd)"
)
DASH = r"\s*\.?\s?(?:--|[–—-])\s*"
CAPITALS = r"[A-Z][A-Z.’'-]{3,}(?: [A-Z][A-Z.’'-]+){0,2}(?:, [A-Z][\w.]+)?"
# A second dash would make the first the beginning of an aside: NASA – the agency – said.
DATELINE = re.compile(
    rf"(?:(?:{NAME}(?:, {NAME}){{0,2}} ?)?\({AGENCY}(?:/\w+)?\)(?:{DASH})?"
    rf"|(?:By [A-Z]\S+(?: [A-Z]\S+){{1,3}}, {NAME}|{CAPITALS})"
    r"(?:\s?--|\s?—|\s[–-])\s?(?![^\n]*\s(?:--|[–—-])\s))(?=[\"“„«]?[^\W\d_a-z])"
)
CONNECTIVE = re.compile(
    r"(?:however|meanwhile|moreover|furthermore|additionally|in addition|besides|nevertheless|nonetheless)"
    r",\s+"
    r"|(?:and|but)\s+(?=(?:the|an?)\s)",
    re.IGNORECASE,
)
# What points at a picture says nothing beside it. Other brackets hold sources, conditions, explanations.
ASIDE = re.compile(
    r"(?<=\w)\s\((?:[\w’'-]+,? ){0,4}"
    r"(?:pictured|left|right|above|below|cent(?:re|er)|shown|picture|photo|image)"
    r"(?:,? [\w’'-]+){0,4}\)(?=[\s,.;:!?]|$)"
)
# Between the subject, which is short and has no verb, and the verb; "which moved …, moved …" may be a list.
CLAUSE = re.compile(
    rf"(?<=[a-z]),\s(?:which|who|whose)\s(?![a-z]+ed\s[^,]{{1,{LONGEST}}},\s[a-z]+ed\s)[^,;:–—()]{{1,{LONGEST}}},"
    rf"(?=\s(?:{'|'.join(sorted(VERBS | MODALS))}|said|says|[a-z]+ed)\s)"
)
SUBJECT = re.compile(r"(?:[\w’'.-]+ ){0,5}[\w’'.-]+")
VERB = re.compile(rf"\b(?:{'|'.join(sorted(VERBS | MODALS))}|said|says|[a-z]+ed)\b")
QUOTE = re.compile(r"[\"“”«»„]|(?<!\w)['‘]")
CLOSES = re.compile(r"(?<=[,.?!…])[\"”’'»]")
# What is never left out.
NUMBER = re.compile(
    r"\d|%|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|(?:m|b|tr)illions?|hal(?:f|ves)|thirds?|quarters?|"
    r"doubled?|twice|once|dozens?|first|second|per ?cent)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|over|under|up to|at least|at most|only|just|some|"
    r"most|estimated|so-called|suspected|accused|purported|seemingly|appear(?:s|ed)?|seem(?:s|ed)?|sometimes|often|"
    r"usually|mostly|mainly|part(?:ly|ially)|likely)\b",
    re.IGNORECASE,
)
KEPT = (NUMBER, NEGATES, TURNS, SWAYS, HEDGE)


def trimmed(sentence: str, lang: str = "en") -> str:
    """Leave out of a sentence what it can be told without; add nothing, and keep the order of the words.

    Datelines, and of English sentences opening connectives, brackets that point at a picture, and relative
    clauses between a short subject and its verb. Never a number, negation, modal, hedge or source, and
    nothing of a quotation. Where the opening goes, the next letter becomes a capital. Trimming twice is
    trimming once.
    """
    if len(sentence) > A_SENTENCE or _ends_quotation(sentence):
        return sentence
    english = lang.partition("-")[0].lower() == "en"
    while (shorter := _cut(sentence, english=english)) != sentence:
        sentence = shorter
    return sentence


def dateline(sentence: str) -> int:
    """Length of the dateline that a sentence begins with: `LEEDS, England (AP) — `; 0 where there is none."""
    found = _dateline(sentence) if len(sentence) <= A_SENTENCE else None
    return found.end() if found else 0


def _dateline(sentence: str) -> re.Match[str] | None:
    """Look for a dateline where there can be one: with a bracket, a writer, or in capitals."""
    may = "(" in sentence or sentence.startswith("By ") or not sentence[1:2].islower()
    return DATELINE.match(sentence) if may else None


def _ends_quotation(sentence: str) -> bool:
    """Tell a sentence that belongs to a quotation begun before it."""
    closing = CLOSES.search(sentence)
    if closing is None:
        return False
    opening = QUOTE.search(sentence)
    return opening is None or closing.start() <= opening.start()


def _cut(sentence: str, *, english: bool) -> str:
    """Make the first cut that can be made, or none."""
    for found in (_dateline(sentence), CONNECTIVE.match(sentence) if english else None):
        if found and _spares(sentence, found):
            rest = sentence[found.end() :]
            return rest[:1].upper() + rest[1:]
    for within, sign in ((ASIDE, "("), (CLAUSE, "wh")) if english else ():
        for found in within.finditer(sentence) if sign in sentence else ():
            if _spares(sentence, found) and (within is ASIDE or _is_subject(sentence[: found.start()])):
                return sentence[: found.start()] + sentence[found.end() :]
    return sentence


def _is_subject(said: str) -> bool:
    return SUBJECT.fullmatch(said) is not None and not VERB.search(said)


def _spares(sentence: str, cut: re.Match[str]) -> bool:
    """Tell whether enough is left, and what goes is no number, source, doubt or quotation."""
    quote = QUOTE.search(sentence)
    if quote and quote.start() < cut.end():
        return False
    if any(kept.search(cut[0]) for kept in KEPT):
        return False
    return text.word_count(sentence) - text.word_count(cut[0]) >= FEWEST
