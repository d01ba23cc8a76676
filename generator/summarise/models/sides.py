"""For or against (English): which side a vote, a speech or a march is on, and what it is for or against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from generator.summarise.models.clauses import WORD
from generator.summarise.verify.alike import carries
from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.support import stem

# What takes a side by a "for" or an "against" behind it: "voted 7 to 2 against", "by ten votes to one for".
TAKING = (
    r"vot(?:e|es|ed|ing)|ballots?|demonstrat(?:e|es|ed|ing|ion|ions)|march(?:es|ed|ing)?|protest(?:s|ed|ing)?"
    r"|rall(?:y|ies|ied|ying)|campaign(?:s|ed|ing)?|argu(?:e|es|ed|ing|ment|ments)|sp(?:eak|eaks|oke|oken|eaking)"
    r"|rul(?:e|es|ed|ing)|decid(?:e|es|ed|ing)|lobb(?:y|ies|ied|ying)|testif(?:y|ies|ied|ying)|case"
    r"|recommend(?:s|ed|ing)?|fight|fights|fought|fighting|petition(?:s|ed|ing)?|stood|stand|stands|came out"
)
TAKES = re.compile(rf"\b(?:{TAKING})\b", re.IGNORECASE)
# As far as the clause goes: behind an "and" somebody else may vote.
REACH = re.compile(r"(?:(?!\s(?:and|but|or|who|which|that|while)\s)[^.,;:!?]){0,80}")
LASTING = r"(?:[\w-]+\s){0,3}(?:second|minute|hour|day|week|month|year|decade|time)s?\b"  # "for three hours"
SIDE = re.compile(
    rf"\s(?P<side>for|against|in favou?r of|in support of|in opposition to)\s(?!{LASTING})(?=(?P<what>.+))",
    re.IGNORECASE,
)
AGAINST = frozenset(("against", "in opposition to"))
ENDS = re.compile(
    r",|\s(?:and|but|or|who|which|that|while|for|against|in|on|at|by|with|from|to|after|before)\s"
)
MOST = 12  # sides of a sentence that are compared
NAMES_NOTHING = frozenset("it them this that him her both".split())

Taken = tuple[str, bool, frozenset[str]]  # the stem of what takes a side, whether against, and what it is of


def changed(line: str, sentences: Sequence[str]) -> str:
    """Give the "for" or "against" of a line that its sentences have the other way round, or nothing.

    A sentence that has it as the line does, of the same thing or of an "it", is enough.
    """
    held = {it for told in sentences for _, it in islice(_sides(told), MOST)}
    for side, (verb, against, what) in islice(_sides(line), MOST):
        same = [it for it in held if carries(frozenset((it[0],)), verb)]
        about = [it for it in same if not what or not it[2] or any(carries(it[2], word) for word in what)]
        if same and not any(it[1] == against for it in about):
            return side
    return ""


def _sides(told: str) -> Iterator[tuple[str, Taken]]:
    for verb in TAKES.finditer(told):
        reach = REACH.match(told, verb.end())
        for found in SIDE.finditer(reach[0] if reach else ""):
            words = {it[0].lower() for it in WORD.finditer(ENDS.split(found["what"])[0])}
            sense = frozenset(stem(it) for it in words if it not in EMPTY and it not in NAMES_NOTHING)
            yield found["side"], (stem(verb[0].lower()), found["side"].lower() in AGAINST, sense)
