"""Who does a grave thing, and to whom (English): each stands on its side of the verb, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.summarise.models.clauses import BREAK, CALENDAR, WORD, Clauses, Named
from generator.summarise.models.verbs import (
    ALONE,
    AUXILIARY,
    BORNE,
    MANNER,
    PREPOSITIONS,
    PRONOUNS,
    is_finite,
    is_passive,
    is_thin,
    is_verb,
    opens,
    sense,
    small_of,
)
from generator.summarise.verify.alike import carries
from generator.summarise.verify.support import stem

RELATIVE = frozenset(("who", "whom", "which", "that", ", who", ", which", ", that"))
JOINED = frozenset(("and", "or", ",", ", and", ", or", "but"))
GENITIVE = ("'s", "’s", "s'", "s’")
BY = re.compile(r"\bby\s")
# What a name may be called: "a man was arrested" is said of Joe Dunn.
SOMEBODY = frozenset(
    "man woman men women person people boy girl boys girls teenager suspect company firm car".split()
)
FARTHEST = 12  # clauses that are looked at from a verb
CUT = re.compile(r"[,;:()–—]")
QUANTITY = re.compile(
    r"\s(?:at least|at most|more than|fewer than|less than|up to|as many as|about|around|over"
    r"|nearly|almost|some)(?=\s)"
)


@dataclass(frozen=True, slots=True)
class Side:
    """The words on one side of a verb, and the names among them; nothing is known of an open one."""

    words: frozenset[str]
    names: tuple[Named, ...]
    is_open: bool = False


ANYBODY = Side(frozenset(), (), is_open=True)


@dataclass(frozen=True, slots=True)
class Head:
    """Who acts in a line, or suffers: the noun by its stem, or the name that stands for it."""

    written: str
    name: Named | None

    def is_on(self, side: Side) -> bool:
        """Tell whether one side of a verb has this noun or this name, or may have."""
        if side.is_open:
            return True
        if self.name is not None and len(self.name.words) > 1 and side.names:
            return self.name.is_in(side.names)
        noun = small_of(self.written.split()[-1])
        return carries(side.words, stem(noun)) or (noun in SOMEBODY and bool(side.names))


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of a sentence, with who does it and whom it meets."""

    verb: str
    doer: Side
    met: Side | None


def moved(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find who acts or suffers in a line by a grave verb, and in none of its sentences with that verb.

    Both must stand in one sentence, each on its side of the verb; where it leaves one of them to a "he" or
    an "it", that one may be anybody. A verb that its sentences have only as a noun is not compared.
    """
    deeds = [deed for told in sentences for deed in _deeds(Clauses.of(told))]
    said = Clauses.of(line)
    for found in WORD.finditer(line):
        if not is_verb(line, found):
            continue
        doer, met = _heads(said, found)
        verb = stem(small_of(found[0]))
        same = [it for it in deeds if carries(frozenset((it.verb,)), verb)]
        if same and not any(_agree(it, doer, met) for it in same):
            yield " ".join((*(it.written for it in (doer, met) if it), found[0]))


def _agree(deed: Deed, doer: Head | None, met: Head | None) -> bool:
    does = doer is None or doer.is_on(deed.doer)
    suffers = met is None or deed.met is None or met.is_on(deed.met)
    return does and suffers


def _heads(said: Clauses, found: re.Match[str]) -> tuple[Head | None, Head | None]:
    """Give who does what a verb of a line says, and whom it meets, as far as the line tells."""
    start, end = said.clause(said.at(found.start()))
    front = said.told[start : found.start()]
    subject = _last(said, start, found.start())
    if is_passive(front):
        agent = BY.search(said.told, found.end(), end)
        return (_first(said, agent.end(), end) if agent else None), subject
    if small_of(found[0]) in ALONE:
        return subject, None
    if met := _first(said, found.end(), end):
        return subject, met
    return None, subject if small_of(found[0]) in BORNE else None


def _deeds(told: Clauses) -> Iterator[Deed]:
    """Give what a sentence says that somebody does, or suffers."""
    for found in WORD.finditer(told.told):
        if not is_verb(told.told, found):
            continue
        start, end = told.clause(told.at(found.start()))
        verb, front = stem(small_of(found[0])), _front(told, told.at(found.start()), found.start())
        passive = is_passive(told.told[start : found.start()])
        agent = BY.search(told.told, found.end(), end) if passive else BY.match(told.told, found.end() + 1)
        if agent:
            yield Deed(verb, _side(told, agent.end(), _reach(told, agent.end())), front)
        elif passive:
            yield Deed(verb, _side(told, 0, len(told.told)), front)
        elif small_of(found[0]) in ALONE:
            yield Deed(verb, front, None)
        elif _first(told, found.end(), end) or opens(told.told[found.end() : end]):
            yield Deed(verb, front, _side(told, found.end(), _reach(told, found.end())))
        else:  # "a driver arrested on Sunday"
            yield Deed(verb, _side(told, 0, len(told.told)), front)


def _last(said: Clauses, start: int, end: int) -> Head | None:
    """Give the noun of what stands before a verb in its clause; nothing of "he" or where nothing stands."""
    joint = BREAK.match(said.told, start)
    if start and joint and joint[0].strip() in RELATIVE:
        if sense(said.told[joint.end() : end]):
            return None  # "the driver who hit a cyclist fled"
        begin, _ = said.clause(said.at(start) - 1)
        tokens = list(WORD.finditer(said.told, begin, start))
        acts = [at for at, it in enumerate(tokens) if is_finite(it[0])]
        tokens = tokens[acts[-1] + 1 if acts else 0 :]
        loose = any(it[0].lower() in PREPOSITIONS for it in tokens)  # "the wife of a man who died"
        return None if loose else _noun(said, tokens)
    tokens = list(WORD.finditer(said.told, joint.end() if joint else start, end))
    if tokens and tokens[0][0].lower() in PREPOSITIONS:  # "In May, police shot": behind the comma
        comma = said.told.find(", ", tokens[0].start(), end)
        tokens = [it for it in tokens if it.start() > comma] if comma > 0 else []
    return _noun(said, tokens)


def _first(said: Clauses, start: int, end: int) -> Head | None:
    """Give the noun of what stands behind a verb, up to a preposition, a comma or another verb."""
    if quantity := QUANTITY.match(said.told, start):
        start = quantity.end()
    tokens = [it for it in WORD.finditer(said.told, start, end) if it[0].lower() not in MANNER]
    return _noun(said, tokens)


def _noun(said: Clauses, tokens: Sequence[re.Match[str]]) -> Head | None:
    found: re.Match[str] | None = None
    for at, token in enumerate(tokens):
        small = token[0].lower()
        if at and CUT.search(said.told, tokens[at - 1].end(), token.start()):
            break
        if small in PREPOSITIONS or small in PRONOUNS:
            break
        if found and (small in CALENDAR or small[0].isdigit() or is_finite(token[0]) or small in AUXILIARY):
            break
        if not is_thin(small):
            found = token
    if found is None or found[0].endswith(GENITIVE):
        return None
    name = next((it for it in said.names if it.start <= found.start() < it.end), None)
    return Head(said.told[name.start : name.end] if name else found[0], name)


def _front(told: Clauses, number: int, place: int) -> Side:
    """Give what stands before a verb: in its clause, or in the one with which that goes on."""
    for _ in range(FARTHEST):
        start, _ = told.clause(number)
        joint = BREAK.match(told.told, start) if number else None
        begin = joint.end() if joint else start
        if opens(told.told[begin:place]):
            return ANYBODY
        if not number or sense(told.told[begin:place]):
            return _side(told, _list_start(told, number), place)
        if joint and joint[0].strip() in RELATIVE:
            earlier, _ = told.clause(number - 1)
            acts = [it.end() for it in WORD.finditer(told.told, earlier, start) if is_finite(it[0])]
            return _side(told, acts[-1] if acts and acts[-1] < start - 2 else earlier, start)
        number -= 1
        start, end = told.clause(number)
        place = next((it.start() for it in WORD.finditer(told.told, start + 1, end) if is_finite(it[0])), end)
    return ANYBODY


def _list_start(told: Clauses, number: int) -> int:
    """Give where what stands before a verb begins: "police and soldiers" may be two clauses."""
    for _ in range(FARTHEST):
        if not number or _joint(told, number) not in JOINED or _has_verb(told, number - 1):
            break
        number -= 1
    return told.clause(number)[0]


def _reach(told: Clauses, place: int) -> int:
    """Give where what stands behind a verb ends: "a nurse and two guards" may be two clauses."""
    number = told.at(place)
    for _ in range(FARTHEST):
        more = number + 1 < len(told.starts) and _joint(told, number + 1) in JOINED
        if not more or _has_verb(told, number + 1):
            break
        number += 1
    return told.clause(number)[1]


def _side(told: Clauses, start: int, end: int) -> Side:
    tokens = list(WORD.finditer(told.told, start, end))
    held = frozenset(
        stem(it[0].lower()) for it in tokens if not (is_thin(it[0].lower()) or it[0].endswith(GENITIVE))
    )
    names = tuple(it for it in told.names if start <= it.start < end and not it.whose)
    return Side(held, names, not held or opens(told.told[start:end]))


def _joint(told: Clauses, number: int) -> str:
    joint = BREAK.match(told.told, told.starts[number]) if number else None
    return joint[0].strip() if joint else ""


def _has_verb(told: Clauses, number: int) -> bool:
    start, end = told.clause(number)
    return any(is_finite(it[0]) for it in WORD.finditer(told.told, start, end))
