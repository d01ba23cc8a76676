"""Grave verbs in a clause (English): which words are one, and what around them is no noun."""

from __future__ import annotations

import re

from generator.summarise.models.clauses import CALENDAR, OTHERS, WORD
from generator.summarise.models.guilt import is_grave
from generator.summarise.verify.english import ACTING, EMPTY

# Verbs of crime, force and verdict that the list of grave words lacks, or has for their everyday sense.
VERBS = frozenset(
    """shot shoots shoot sued sues sue fired sacked hit attacked beat robbed stole stabbed arrested fined
    wounded injured hurt bit chased released pardoned freed charged accused accuses blamed blames criticised
    criticises convicted acquitted cleared sentenced jailed killed kills murdered kidnapped poisoned bribed
    cheated raided bombed burned expelled struck slapped punched threatened harassed sanctioned detained
    deported banned fought escaped survived died fled drowned""".split()
)
ALONE = frozenset("escaped survived died fled drowned resigned".split())  # nothing is done to anybody
# Past forms that no ending tells, by which a clause is known to have a verb of its own.
PAST = frozenset(
    """fled shot hit beat stole bit struck fought rose fell lost won gave took paid sold bought left made
    built went began grew came sent met led brought broke ran kept spent drove said told found saw let put set
    cut held""".split()
)
SAYS = frozenset(("alleged", "confessed", "feared", "mourned", "lied"))  # what follows them is said or felt
ISSUED = frozenset(("released",))  # and "were released" may be said of pictures
BORNE = frozenset(  # "Joe Dunn, accused of fraud": without an object it is suffered
    "accused convicted acquitted charged sentenced cleared arrested jailed fined detained kidnapped".split()
)
BEING = frozenset("is are was were be been being gets got".split())
AUXILIARY = BEING | frozenset(
    "has have had will would can could may might must should shall did does do not never also to".split()
)
PREPOSITIONS = frozenset(
    """of in at on from near with for by to after before during over under against into outside inside since
    until as through about around across behind between among without within amid via despite because when
    while if unless than whom""".split()
)
DETERMINERS = frozenset("a an the his her its their this that these those some no any every each".split())
PRONOUNS = frozenset("he she they it who which that him them himself herself themselves we i you".split())
MANNER = frozenset("dead again twice once first today yesterday tomorrow together alone".split())
ADVERBS = frozenset("later then also still now already since soon both all each".split()) | MANNER
PEOPLE = frozenset("police officials prosecutors people authorities".split())
THIN = (OTHERS - PEOPLE) | MANNER
STATE = re.compile(r"\b(?:is|are|was|were)\s(?:\w+ly\s|also\s|now\s|still\s)?under\s$")  # "under arrest"
STATES = frozenset(("arrest", "investigation"))


def is_verb(told: str, found: re.Match[str]) -> bool:
    """Tell a grave word that somebody does, or suffers, from one that is a noun or says which."""
    small = found[0]
    if small in STATES:
        return STATE.search(told[: found.start()]) is not None
    before = words_of(told[max(0, found.start() - 30) : found.start()])[-1:]
    if not small.islower() or (before and (before[0] in DETERMINERS or before[0] == "of")):
        return False
    if small in ISSUED and is_passive(told[: found.start()]):
        return False
    return small in VERBS or (small.endswith("ed") and small not in SAYS and is_grave(small))


def is_passive(front: str) -> bool:
    """Tell by what stands before a verb that it is suffered: "was later shot", "is under arrest"."""
    if STATE.search(front):
        return True
    for word in reversed(words_of(front)):
        if word in BEING:
            return True
        if not (word in AUXILIARY or word in ADVERBS or word.endswith("ly")):
            return False
    return False


def opens(part: str) -> bool:
    """Tell words that begin with a "he" or an "it"."""
    words = [word for word in words_of(part) if word not in MANNER]
    if words[:1] == ["her"]:
        return len(words) == 1 or words[1] in PREPOSITIONS
    return bool(words) and words[0] in PRONOUNS


def is_finite(word: str) -> bool:
    """Tell a verb by its form, or because it is a common one."""
    return word in ACTING or word in PAST or word in BEING or (word.islower() and word.endswith("ed"))


def is_thin(small: str) -> bool:
    """Tell a word that is no noun: how, when, how many."""
    return (
        small in EMPTY
        or small in THIN
        or small in ADVERBS
        or small in CALENDAR
        or small.endswith("ly")
        or small[0].isdigit()
    )


def sense(told: str) -> list[str]:
    """Give the words of a text that may be nouns."""
    return [it for it in words_of(told) if not (is_thin(it) or it in ADVERBS)]


def words_of(told: str) -> list[str]:
    """Give the words of a text in small letters."""
    return [small_of(it[0]) for it in WORD.finditer(told)]


def small_of(word: str) -> str:
    """Give a word in small letters, its apostrophe straight."""
    return word.lower().replace("’", "'")
