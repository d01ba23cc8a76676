"""Of whom a line says a crime, a death or a verdict (English): its sentences must say the same of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.summarise.models.clauses import WORD, Clauses, Named
from generator.summarise.verify.alike import carries
from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.support import stem
from generator.summarise.verify.vocabulary import ROOTED, vocabulary

# Grave words that are everyday ones as well: whose they are is looked at by the words around them alone.
MILD = frozenset(
    """cut cuts fire fired fail failed fault flaw win apology secretary won hit bad mad ill war tax crisis strike drug drugs ban
    banned prosecutors prison con gun guns nuclear secret secretly recall recalled default defaulted withdraw
    withdrawn shut hate toxic sex sexual disease cancer collapse collapsed threat threaten threatened disaster
    sack sanction defective leak leaked penalty panic outrage hurt harm resign resigned resignation suffer
    strangled crash crashed shoot charge charges apologise apologised improper weapon weapons wrong raid raided""".split()
)
VERDICTS = frozenset("cleared acquitted charged exonerated freed guilty".split())
# What stands before a deed that somebody is only thought to have done.
ACCUSING = re.compile(
    r"\b(?:accus\w+|alleg\w+|suspect\w*|suspicion\w*|charge[sd]?|charging|question(?:ed|ing)|den(?:y|ies|ied|ying)|denial"
    r"|acquit\w*|clear(?:s|ed)|innocent|not guilty|investigat\w+|whether|claim\w*|trial|rumou?r\w*|indict\w*|deni\w+"
    r"|inquiry|probe\w*|says?|said|told|according|suing|sued?|lawsuit|complain\w*|plead\w*|prosecut\w+|arrest\w*"
    r"|wanted|if|would|could|may|might|believ\w+|fear\w*|thought|report\w*|reject\w*|refut\w+|not|never|no|n't)\b"
)
ACTS = re.compile(
    r"\b(?:accus\w+|alleg\w+|suspect\w*|suspicion\w*|charge[sd]?|den(?:y|ies|ied|ying)|acquit\w*|cleared|investigat\w+"
    r"|questioned|rumou?r\w*|indict\w*)\b"
)
# "In her mother's death": of somebody else.
OF_OTHERS = re.compile(r"(?:\b(?:his|her|their|its)|[’']s)\s(?:[\w-]+\s){1,2}$")
GOVERNED = re.compile(r"\s(?:that|whether|if)\s")  # by the clause before it


def misplaced(
    line: str, sentences: Sequence[str], before: Sequence[str], title: str
) -> Iterator[tuple[str, str]]:
    """Find a grave word of a line that no one of its sentences says of the same name, or only as a charge.

    `before` has for each sentence the one that stands before it: a "he" may be named there.
    """
    said = Clauses.of(line)
    there = [(Clauses.of(told), Clauses.of(earlier)) for told, earlier in zip(sentences, before, strict=True)]
    known = tuple(
        name for told, earlier in (*there, (Clauses.of(title),) * 2) for name in (*told.names, *earlier.names)
    )
    for word, place in _grave(line):
        held = [(told, earlier, spot) for told, earlier in there for spot in _spots(told.told, word)]
        if not held:
            continue
        for name in said.nearest(place):
            if OF_OTHERS.search(line[name.end : place]) or not (len(name.words) > 1 or name.is_in(known)):
                continue
            if not any(_is_said_of(name, told, earlier, spot) for told, earlier, spot in held):
                yield "support", f"{line[name.start : name.end]} {WORD.match(line, place)[0]}"
        written = WORD.match(line, place)[0].lower()
        if ACTS.search(written) or ACCUSING.search(line.lower()):
            continue
        if all(_is_charged(told, spot) for told, _, spot in held):
            yield "scope", written


def _is_said_of(name: Named, told: Clauses, earlier: Clauses, spot: int) -> bool:
    if name.is_in(told.tied(spot)):
        return True
    known = (*earlier.names, *(it for it in told.names if it.end <= spot))
    return told.is_open(spot) and name.is_in(known)


def _is_charged(told: Clauses, spot: int) -> bool:
    number = told.at(spot)
    start, _ = told.clause(number)
    if number and GOVERNED.match(told.told[start:]):
        start, _ = told.clause(number - 1)
    return ACTS.search(told.told[start:spot].lower()) is not None


def _grave(line: str) -> Iterator[tuple[str, int]]:
    for found in WORD.finditer(line):
        small = found[0].lower().replace("’", "'").removesuffix("'s")
        is_name = found.start() and found[0][0].isupper()
        if not is_name and (small in VERDICTS or _is_grave(small)):
            yield stem(small), found.start()


def _is_grave(small: str) -> bool:
    mild = small in MILD or any(small[:end] in MILD for end in range(ROOTED, len(small)))
    return not mild and small not in EMPTY and vocabulary("en").is_grave(small)


def _spots(told: str, word: str) -> list[int]:
    """Give where a sentence has a word, or one that may stand for it."""
    return [
        found.start()
        for found in WORD.finditer(told)
        if carries(frozenset((stem(found[0].lower().replace("’", "'").removesuffix("'s")),)), word)
    ]
