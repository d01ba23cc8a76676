"""Of whom a line says a crime, a death or a verdict (English): its sentences must say it of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.summarise.models.clauses import CALENDAR, OTHERS, WORD, Clauses, Named
from generator.summarise.verify.alike import carries
from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.support import stem
from generator.summarise.verify.vocabulary import ROOTED, vocabulary

# Grave words that are everyday ones as well: whose they are is looked at by the words around them alone.
MILD = frozenset(
    """cut cuts fire fired fail failed fault flaw win apology secretary won hit bad mad ill war tax crisis
    strike drug drugs ban banned prosecutors prison con gun guns nuclear secret secretly recall
    recalled default defaulted withdraw withdrawn shut hate toxic sex sexual disease cancer collapse
    collapsed threat threaten threatened disaster sack sanction defective leak leaked penalty panic
    outrage hurt harm resign resigned resignation suffer strangled crash crashed shoot charge
    charges apologise apologised improper weapon weapons wrong raid raided""".split()
)
VERDICTS = frozenset("cleared acquitted charged exonerated freed guilty".split())
# What stands before a deed that somebody is only thought to have done. A line that tells no more than that
# has one of KEPT.
CHARGES = (
    r"accus\w+|alleg\w+|suspect\w*|suspicion\w*|charge[sd]?|den(?:y|ies|ied|ying)|acquit\w*|cleared"
    r"|investigat\w+|questioned|su(?:ed|es|ing)|rumou?r\w*|indict\w*"
)
CHARGED = re.compile(rf"\b(?:{CHARGES})\b")
KEPT = re.compile(
    rf"\b(?:{CHARGES}|charging|questioning|denial|denie\w*|clears|innocent|whether|claim\w*|trial|inquiry|prob\w+|says?"
    r"|said|told|according|sue|lawsuit|complain\w*|plead\w*|prosecut\w+|arrest\w*|wanted|if|would|could|may|might"
    r"|believ\w+|fear\w*|thought|report\w*|reject\w*|refut\w+|not|never|no|nobody|none|neither)\b|n't\b"
)
# What is taken back.
LIFTED = re.compile(
    r"\b(?:drop(?:s|ped|ping)?|withdr[ae]w\w*|dismiss\w*|quash\w*|overturn\w*|acquit\w*|clear(?:s|ed|ing)|reject\w*"
    r"|refut\w+|den(?:y|ies|ied|ying)|not|never|no|nobody|none|neither|without|innocent)\b|n't\b"
)
# "In her mother's death": of somebody else.
OF_OTHERS = re.compile(
    r"\b(?:with|of|to|by|for|from) the $|(?:\b(?:his|her|their|its)|[’']s)\s(?:[\w-]+\s){1,2}$"
)
EVENT = re.compile(r"(?:explosion|blast|crash|attack|shooting|bombing|massacre|riot|murder trial)s?\b")
SETTING = re.compile(r"\b(?:in|at|during|after|before|by|from) (?:the|an?|two|three) (?:\w+ )?$")
GOVERNED = re.compile(r"\s(?:that|whether|if)\s")  # by the clause before it


def misplaced(line: str, sentences: Sequence[str], before: Sequence[str], title: str) -> Iterator[str]:
    """Find of whom a line says a grave word, and no one of its sentences does; with the word.

    `before` has for each sentence the one that stands before it: a "he" may be named there.
    """
    said = Clauses.of(line)
    there = [(Clauses.of(told), Clauses.of(earlier)) for told, earlier in zip(sentences, before, strict=True)]
    known = tuple(
        name for told, earlier in (*there, (Clauses.of(title),) * 2) for name in (*told.names, *earlier.names)
    )
    for written, place in _grave(line):
        word = stem(written)
        held = [Spot(told, earlier, at) for told, earlier in there for at in _spots(told.told, word)]
        if not held:
            continue
        yield from (f"{who} {written}" for who in _others(said, place, held, known))


def flat(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find a charge that a line tells as a deed, or one that was dropped and that it tells as it was."""
    small, nobody = line.lower(), Clauses.of("")
    there = [Clauses.of(told) for told in sentences]
    for written, _ in _grave(line):
        held = [Spot(told, nobody, at) for told in there for at in _spots(told.told, stem(written))]
        if not held:
            continue
        kept = CHARGED.search(written) or KEPT.search(small)
        charged = not kept and all(spot.is_charged() for spot in held)
        lifted = not LIFTED.search(small) and all(spot.is_lifted() for spot in held)
        if charged or lifted:
            yield written


def _others(said: Clauses, place: int, held: Sequence[Spot], known: tuple[Named, ...]) -> Iterator[str]:
    """Find of whom a line says a word, and none of its sentences."""
    line = said.told
    if EVENT.match(line, place) and SETTING.search(line[:place]):
        return  # "was hurt in the explosion": it is said of nobody
    names = [it for it in said.nearest(place) if not OF_OTHERS.search(line[it.end : place])]
    for name in names:
        if (len(name.words) > 1 or name.is_in(known)) and not any(spot.is_of(name) for spot in held):
            yield line[name.start : name.end]
            return
    if len(names) > 1 and not any(all(spot.is_of(name) for name in names) for spot in held):
        yield " ".join(line[name.start : name.end] for name in names)
    head = "" if said.nearest(place) else _head(said, place)
    if head and not any(spot.is_beside(head) for spot in held):
        yield head


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a word in a sentence, and the sentence before."""

    told: Clauses
    earlier: Clauses
    at: int

    def is_of(self, name: Named) -> bool:
        """Tell whether the word is said of a name, or of a "he" that stands for it."""
        if name.is_in(self.told.tied(self.at)):
            return True
        known = (*self.earlier.names, *(it for it in self.told.names if it.end <= self.at))
        return self.told.is_open(self.at) and name.is_in(known)

    def is_beside(self, head: str) -> bool:
        """Tell whether somebody or something without a name stands in the same clause, or may."""
        start, end = self.told.clause(self.told.at(self.at))
        words = _stems(self.told.told[start:end])
        alone = not _sense(self.told.told[start : self.at])  # "the six were arrested"
        return alone or carries(words, head) or self.told.goes_on(self.at) or self.told.is_open(self.at)

    def is_charged(self) -> bool:
        """Tell whether somebody is only thought to have done it: in its clause, or in one that governs it."""
        number = self.told.at(self.at)
        start, _ = self.told.clause(number)
        if number and GOVERNED.match(self.told.told, start):
            start, _ = self.told.clause(number - 1)
        return CHARGED.search(self.told.told[start : self.at].lower()) is not None

    def is_lifted(self) -> bool:
        """Tell whether it is taken back in its clause."""
        start, _ = self.told.clause(self.told.at(self.at))
        return LIFTED.search(self.told.told[start : self.at].lower()) is not None


def _head(said: Clauses, place: int) -> str:
    """Give the last word of sense before a word in its clause: who does it, or suffers it."""
    start, _ = said.clause(said.at(place))
    sense = _sense(said.told[start:place])
    return stem(sense[-1]) if sense and not is_grave(sense[-1]) else ""


def _sense(told: str) -> list[str]:
    """Give the words of sense of a text, but for those that tell how, or how many."""
    words = (_small(found[0]) for found in WORD.finditer(told))
    return [
        it
        for it in words
        if not (it in EMPTY or it in OTHERS or it in CALENDAR or it.endswith("ly") or it[0].isdigit())
    ]


def _grave(line: str) -> Iterator[tuple[str, int]]:
    for found in WORD.finditer(line):
        small = _small(found[0])
        is_name = found.start() and found[0][0].isupper()
        if not is_name and (small in VERDICTS or is_grave(small)):
            yield small, found.start()


def is_grave(small: str) -> bool:
    """Tell a word of crime, death or guilt that is not an everyday one as well."""
    mild = small in MILD or any(small[:end] in MILD for end in range(ROOTED, len(small)))
    return not mild and small not in EMPTY and vocabulary("en").is_grave(small)


def _spots(told: str, word: str) -> list[int]:
    """Give where a sentence has a word, or one that may stand for it."""
    return [it.start() for it in WORD.finditer(told) if carries(_stems(it[0]), word)]


def _stems(told: str) -> frozenset[str]:
    return frozenset(stem(_small(found[0])) for found in WORD.finditer(told))


def _small(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")
