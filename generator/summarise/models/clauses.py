"""Which name a word belongs to (English): one in its clause, or one with which that clause goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.summarise.verify.english import ACTING, EMPTY, OPENERS
from generator.summarise.verify.names import fold, spelled

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# Where a clause begins: somebody else may act from here on.
BREAK = re.compile(
    r"[;:–—()]|,?\s(?:and|but|or|while|whereas|although|though|because|after|before|when|where|until|unless|if"
    r"|since|that|which|who|whom|whose|said|says|told|saying|than|as(?!\s(?:an?|the)\s))(?=\s)"
    r"|,(?=\s[^,]{2,40}\s(?:said|says|added|announced)\b)|,(?=\s(?:said|says|the|a|an|his|her|their|its|police|officials|prosecutors)\s)|,(?=\s[A-Z])(?!\s(?:[A-Z][\w’'-]*\s?){1,4},\s(?:of|over)\s)"
)
# A clause that begins so has somebody else act. With a verb, or a "he", it goes on.
OTHERS = frozenset(
    """the a an this that these those some many most several two three four five six seven eight nine ten no
    one another its his her their our my your it we you i both each every all other police officials
    prosecutors nobody everyone someone people authorities""".split()
)
PRONOUNS = frozenset("he she they him her them his their who himself herself themselves".split())
ACTORS = frozenset("he she they".split())
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december""".split()
)
# A name behind one of these says where, of whom or for whom.
ASIDE = frozenset("in at on from near of since until outside inside during to for via into with".split())
PLACES = frozenset("in at near outside".split())
DETERMINERS = frozenset("a an the his her its their this that".split())
BOUND = re.compile(r"[’']s\b")
ROOT = 5  # letters by which two forms of a name are alike
OF = re.compile(r"\S+\sof\s\w+\s")  # "suspected of poisoning": a name behind is of the second
BEHIND = 2  # words that may stand between whose it is and the word


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a text, its words folded."""

    words: tuple[str, ...]
    start: int
    end: int
    aside: bool  # it stands behind "of", "in" and the like
    whose: bool  # it stands before what is theirs

    def is_in(self, others: tuple[Named, ...]) -> bool:
        """Tell whether one of some names is this, whole or its last word."""
        return any(self.is_like(other) for other in others)

    def is_like(self, other: Named) -> bool:
        """Tell a name that has the last word of another, or one of its root: Georgia, Georgian."""
        mine, theirs = _own(self.words), _own(other.words)
        if min(len(mine), len(theirs)) > 1:  # two of one family have one word in common
            return sum(_meet(word, theirs) for word in mine) > 1
        return _meet(mine[-1], theirs) or _meet(theirs[-1], mine)


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence with its names, and where its clauses begin."""

    told: str
    names: tuple[Named, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, told: str) -> Clauses:
        starts = (0, *(found.start() for found in BREAK.finditer(told) if found.start()))
        return cls(told, tuple(_names(told)), starts)

    def at(self, place: int) -> int:
        """Give which clause a place is in."""
        return sum(start <= place for start in self.starts) - 1

    def clause(self, number: int) -> tuple[int, int]:
        ends = (*self.starts[1:], len(self.told))
        return self.starts[number], ends[number]

    def tied(self, place: int) -> tuple[Named, ...]:
        """Give the names that the word at a place belongs to."""
        return tuple(name for name in self.names if self._is_tied(name, place))

    def nearest(self, place: int) -> tuple[Named, ...]:
        """Give the next of the names that a word belongs to; of "the late Ada Moreno" that alone."""
        tied = [name for name in self.tied(place) if not (name.aside or name.whose)]
        after = [it for it in tied if it.start > place and not OF.match(self.told[place : it.start])]
        before = [name for name in tied if name.end <= place]
        if after and self.told[place : after[0].start].count(" ") == 1:
            return (after[0],)
        return (*before[-1:], *after[:1])

    def is_open(self, place: int) -> bool:
        """Tell whether the word at a place is said of a "he" or a "they", and of nobody by name."""
        start, end = self.clause(self.at(place))
        first = next(iter(_words(_joint(self.told[start:place])[1])), "")
        if first in ACTORS and not self._names_in(self.at(place), before=place):
            return True
        inside = any(start <= name.start < end and not name.aside for name in self.names)
        return not inside and not PRONOUNS.isdisjoint(_words(self.told[start:end]))

    def goes_on(self, place: int) -> bool:
        """Tell a clause that leaves unsaid, or says by "who", of whom it tells."""
        start, end = self.clause(self.at(place))
        joint = _joint(self.told[start:end])[0].removeprefix(", ")
        return joint in {"who", "which", "that"} or (bool(joint) and self._goes_on(self.at(place), place))

    def _is_tied(self, name: Named, place: int) -> bool:
        between = self.told[name.end : place] if name.end <= place else ""
        if name.aside and not self._is_of(name, place):
            return False
        if name.whose and len(between.split()) - 1 > BEHIND:
            return False
        here, there = self.at(name.start), self.at(place)
        if here == there:
            return True
        if here > there:
            return self._opens(place, name) or (here == there + 1 and self._reaches(place, here, name))
        if self._touches(name, here + 1) and there == here + 1:
            return True
        if any(self._names_in(number, before=place) for number in range(here + 1, there + 1)):
            return False
        return self.is_open(place) or (self._goes_on(there, place) and self._acts_on(name, place))

    def _acts_on(self, name: Named, place: int) -> bool:
        """Tell whether a name can be who acts behind an "and" too: in "freed Ada Moreno and" it is not."""
        start, _ = self.clause(self.at(name.start))
        is_object = any(
            word in ACTING or word.endswith("ed") for word in _words(self.told[start : name.start])
        )
        _, end = self.clause(self.at(place))
        return not is_object or not any(place < it.start < end and not it.aside for it in self.names)

    def _is_of(self, name: Named, place: int) -> bool:
        """Tell "the arrest of Ada Moreno": what is said of a name behind it."""
        return place < name.start and len(self.told[place : name.start].split()) <= BEHIND

    def _opens(self, place: int, name: Named) -> bool:
        """Tell "Charged with fraud, Ada Moreno …"."""
        begins = self.told[place:].partition(" ")[0]
        return place == 0 and begins.endswith(("ed", "ing")) and self.at(name.start) == 1

    def _reaches(self, place: int, here: int, name: Named) -> bool:
        """Tell a name in the clause behind: of a list, told after who it is, or of whom a clause tells."""
        there = self.at(place)
        if any(self._touches(it, here) for it in self.names if self.at(it.start) == there):
            return True
        start, end = self.clause(here)
        joint, _ = _joint(self.told[start:end])
        first = self.told[start : name.start].strip(" ,") == joint.strip(" ,")
        apart = not self.told[name.end :].strip() or self.told[name.end] in ",.;:)–—"
        between = any(place < it.start < start for it in self.names)
        return first and (joint == "that" or (joint == "," and apart and not between))

    def _touches(self, name: Named, number: int) -> bool:
        """Tell a name with whose last sign a clause ends, and which the next one tells more of."""
        start, end = self.clause(number)
        if not (name.end == start or BOUND.fullmatch(self.told[name.end : start])):
            return False
        joint, begins = _joint(self.told[start:end])
        if joint in {"who", "which", "that", ",", ", who", ", which", ", that", "(", "–", "—"}:
            return True
        return joint in {"and", "or", ", and", ", or"} and begins[:1].isupper()

    def _names_in(self, number: int, before: int) -> bool:
        start, end = self.clause(number)
        return any(start <= it.start < min(end, before) and not it.aside for it in self.names)

    def _goes_on(self, number: int, place: int) -> bool:
        """Tell a clause that begins with what the one before it acts on doing: "and was charged"."""
        joint, begins = _joint(self.told[self.starts[number] : place + 1])
        if (
            joint in {",", ", who", ", which", ", whose"} and ", " in begins
        ):  # behind what is told of a name between commas
            joint, begins = "and", begins.rpartition(", ")[2]
        first = next(iter(_words(begins)), "")
        if joint.removeprefix(", ") in {"which", "that", "whose", "who", "whom", "(", ":"}:
            return False
        return first not in OTHERS and (joint.removeprefix(", ") in {"and", "but", "or"} or first in PRONOUNS)


def _own(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out ranks and callings: Mayor Ida Moor."""
    return tuple(word for word in words if word not in OPENERS) or words


def _meet(word: str, others: tuple[str, ...]) -> bool:
    return any(word == it or (len(it) >= ROOT and word[:ROOT] == it[:ROOT]) for it in others)


def _joint(clause: str) -> tuple[str, str]:
    """Part a clause into what joins it and the rest."""
    found = BREAK.match(clause)
    return (found[0].strip().replace(",  ", ", "), clause[found.end() :].strip()) if found else ("", clause)


def _names(told: str) -> list[Named]:
    made: list[Named] = []
    for start, end in spelled(told):
        words = tuple(fold(found[0]) for found in WORD.finditer(told[start:end]))
        kept = tuple(word for word in words if word not in CALENDAR)
        if kept and not (len(kept) == 1 and (kept[0] in OPENERS or kept[0] in PRONOUNS)):
            goes_on = bool(made) and told[made[-1].end : start] == ", " and made[-1].aside
            aside = goes_on or _is_aside(told[:start]) or _is_of_what(told, start, end)
            made.append(Named(kept, start, end, aside, _is_whose(told, start, end)))
    return made


def _is_of_what(told: str, start: int, end: int) -> bool:
    """Tell a name that says which: "the six Minnesota men"."""
    first = WORD.match(told, start)
    before = _words(
        told[max(0, start - 20) : start] if first is None or first[0].lower() not in OTHERS else first[0]
    )[-1:]
    after = WORD.match(told, end + 1)
    if not before or before[0] not in OTHERS or after is None or told[end] != " ":
        return False
    return after[0].islower() and not (after[0] in ACTING or after[0] in EMPTY or after[0].endswith("ed"))


def _is_aside(before: str) -> bool:
    """Tell what a name stands behind: "in Bonn", "at the Ardent gate", "near western Bonn"."""
    words = [word for word in _words(before[-40:]) if word not in DETERMINERS]
    last = before.rstrip()[-1:]
    if not words or not (last.isalnum() or last in "'’"):
        return False
    return words[-1] in ASIDE or (len(words) > 1 and words[-2] in PLACES and words[-1] not in ASIDE)


def _is_whose(told: str, start: int, end: int) -> bool:
    return told[start:end].endswith(("'s", "’s")) or BOUND.match(told, end) is not None


def _words(told: str) -> list[str]:
    return [found[0].lower() for found in WORD.finditer(told)]
