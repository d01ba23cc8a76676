"""What a number counts, and what is done with it (English): the noun and the verb that stand next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.summarise.models.clauses import BREAK, WORD, Clauses
from generator.summarise.models.directions import is_measured
from generator.summarise.models.verbs import PREPOSITIONS, is_finite, is_thin
from generator.summarise.verify.alike import carries
from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.numbers import Number, numbers
from generator.summarise.verify.support import stem

MOST = 12  # numbers of a sentence that are compared
OF = re.compile(r"\b[Oo]f\s(?:the\s|its\s|their\s|all\s)?$")
LONGEST = 3  # nouns: a longer row of words is none
REST = frozenset("others more another".split())  # of what was counted before
ANYBODY = frozenset(map(stem, "people persons men women children".split()))
MEASURE = re.compile(r"(?:time|second|minute|hour|day|week|month|year|decade)s?|fold")
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, the nouns just behind it, and the verbs next to both."""

    number: Number
    nouns: tuple[str, ...]
    verbs: frozenset[str]
    sentence: frozenset[str]

    def is_same(self, other: Counted) -> bool:
        return bool(self.number.readings & other.number.readings)


def moved(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find a number that stands by a verb or a noun to which its sentences give another number.

    In them the number must have a verb, or a noun, of its own: of "420 jobs, 300 of them in Leeds" the
    300 may be jobs. A noun that none of the sentences with the number has is found as well.
    """
    held = [it for told in sentences for it in _counted(told)]
    for said in _counted(line):
        same = [it for it in held if it.is_same(said)]
        others = [it for it in held if not it.is_same(said)]
        if same and (_has_verb_of(said, same, others) or _has_noun_of(said, same, others)):
            yield said.number.text


def _has_verb_of(said: Counted, same: Sequence[Counted], others: Sequence[Counted]) -> bool:
    if not said.verbs or not all(it.verbs for it in same):
        return False
    return any(
        not any(carries(it.verbs, verb) for it in same) and any(carries(it.verbs, verb) for it in others)
        for verb in said.verbs
    )


def _has_noun_of(said: Counted, same: Sequence[Counted], others: Sequence[Counted]) -> bool:
    if not said.nouns or not all(it.nouns for it in same):
        return False
    if any(carries(frozenset(it.nouns), noun) for it in same for noun in said.nouns):
        return False
    noun = said.nouns[-1]
    theirs = any(carries(frozenset(it.nouns), noun) for it in others)
    return theirs or (noun not in ANYBODY and not any(carries(it.sentence, noun) for it in same))


def _counted(told: str) -> Iterator[Counted]:
    found = numbers(told, "en")[:MOST]
    clauses = Clauses.of(told) if found else None
    words = frozenset(stem(it[0].lower()) for it in WORD.finditer(told)) if found else NONE
    for at, number in enumerate(found):
        if clauses is None or not is_measured(number, told) or told[number.end : number.end + 1] == "-":
            continue  # a "three-year deal" counts nothing
        start, end = clauses.clause(clauses.at(number.start))
        joint = BREAK.match(told, start) if start else None
        start = max(joint.end() if joint else start, found[at - 1].end if at else 0)
        end = min(end, found[at + 1].start if at + 1 < len(found) else end)
        nouns, behind = _behind(told[number.end : end])
        if {kind for kind, _ in number.readings} != {""}:
            nouns = ()  # 8 percent and 8 pounds count nothing
        front = told[start : number.start]
        part = OF.search(front) is not None  # of "six of 40 patients died" the six did
        yield Counted(number, nouns, NONE if part else _before(front) | behind, words)


def _before(part: str) -> frozenset[str]:
    """Give the verb just before a number: "cut 300", "doubled to 80 million"."""
    for found in reversed(list(WORD.finditer(part))):
        small = found[0].lower()
        if is_finite(found[0]) and small not in EMPTY:
            return frozenset((stem(small),))
        if not (is_thin(small) or small in PREPOSITIONS):
            break
    return NONE


def _behind(part: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Give the nouns just behind a number, and the verb behind them: "40 patients died"."""
    nouns: list[str] = []
    last = 0
    for found in WORD.finditer(part):
        small, gap = found[0].lower(), part[last : found.start()].strip()
        last = found.end()
        if gap not in ("", "-") or small in PREPOSITIONS:
            break
        if is_finite(found[0]) and small not in EMPTY:
            return tuple(nouns), frozenset((stem(small),))
        if small in REST:
            return (), NONE
        if not is_thin(small):
            nouns.append(stem(small))
        if len(nouns) > LONGEST or MEASURE.fullmatch(small):
            return (), NONE
    return tuple(nouns), NONE
