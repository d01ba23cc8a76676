"""What a line turns around (English): a "not" and its verb, who did it and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.summarise.models.clauses import WORD, Clauses, Named
from generator.summarise.verify.alike import carries
from generator.summarise.verify.english import EMPTY, TURNING
from generator.summarise.verify.negation import PLACING
from generator.summarise.verify.support import stem

TOKEN = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*|[.,;:!?()–—]")
# A negation ends where another clause begins.
BREAKS = frozenset(
    """. , ; : ! ? ( ) – — but because although though while whereas until unless who which whose if after
    before""".split()
)
# Turns of phrase in which a "not" denies nothing.
IDLE = re.compile(
    r"\b(?:not (?:only|just|least|merely|simply|until|before)"
    r"|no (?:more|less|fewer|doubt|later|sooner|longer than)|nothing but|never before|none other"
    r"|without (?:a )?doubt|cannot but|why not|whether or not|if not)\b|\bno\.?\s(?=\d)",
    re.IGNORECASE,
)
# Words that may deny, or may not: what stands by them is compared with nothing.
SOFT = frozenset(
    """few little hardly barely scarcely seldom rarely instead rather less than against stop stops stopped
    end ends ended prevent prevents prevented block blocks blocked ban bans banned bar bars barred
    decline declines declined dismiss dismissed dismisses halt halted free clear cleared acquitted
    oppose opposes opposed resist unless only but except despite yet whether if dispute disputes
    disputed doubt doubts doubted until drop dropped withdrew short rule ruled exclude excluded
    missing absent miss missed impossible unable""".split()
)
REACH = 2  # content words of which a negation holds for the first, and may hold for the others
LIKE = 0.3  # of the words of a line or of a sentence that the other has where both tell of the same
WIDE = 4  # content words that a word that may deny makes unsure
SYMMETRIC = frozenset(
    """met meet meets marry married join joined joins merge merged face faced faces play played plays drew tie
    tied border borders resemble partner beside near signed agreed agree shares share""".split()
)
APART = re.compile(
    r"[;:()–—,]|\b(?:and|but|or|while|as|who|which|that|said|says|told|if|when|after|before|because)\b"
)
SUFFERS = re.compile(
    r"\s(?:has been|have been|had been|will be|was|were|is|are|be|been|being|got)\s(?:\w+ly\s)?"
    r"(?P<verb>\w+(?:ed|en|ught|t|ld|wn))\b"
)
ASIDE = re.compile(r"^, [^,]{1,40},|,(?=\s$)")  # what is told of a name: her age, "her partner, …"
BY = re.compile(r"\bby\s(?:\S+\s){0,4}$")
FARTHEST = 8  # words between who did it and to whom


Signs = dict[str, int]  # of each stem: 1 where it is said, -1 where it is denied, 0 where nobody can tell


def denied(line: str, sentences: Sequence[str]) -> str:
    """Give the word that a line says and each of its sentences that has it denies, or the other way round.

    What a line denies is compared only where its sentences deny nothing: "nothing" may be "no gas".
    """
    said = _signs(line)
    there = [_signs(told) for told in sentences]
    denying = any(not {-1, 0}.isdisjoint(signs.values()) for signs in there)
    for word, sign in said.items():
        if sign and not (sign < 0 and denying) and _is_against(word, sign, said, there):
            return _written(word, line)
    return ""


def reversed_by(line: str, sentences: Sequence[str]) -> str:
    """Give a verb by which a line has one name do to another what its sentences say that this did to that."""
    said, there = Clauses.of(line), [Clauses.of(told) for told in sentences]
    deeds = {deed for told in there for deed in _deeds(told)}
    borne = {it for told in there for it in _borne(told)} | {(verb, b) for _, verb, b in deeds}
    for actor, verb, other in _deeds(said):
        forth = any(verb == it and actor.is_like(a) and other.is_like(b) for a, it, b in deeds)
        back = any(verb == it and actor.is_like(b) and other.is_like(a) for a, it, b in deeds)
        if back and not forth:
            return _written(verb, line)
    for verb, name in _borne(said):
        did = any(verb == it and name.is_like(a) for a, it, _ in deeds)
        if did and not any(verb == it and name.is_like(b) for it, b in borne):
            return _written(verb, line)
    return ""


def _is_against(word: str, sign: int, said: Signs, there: Sequence[Signs]) -> bool:
    """Tell a word that no sentence says as the line does, and one that tells of the same the other way."""
    found: set[int] = set()
    near = False
    for signs in there:
        values = {it for other, it in signs.items() if carries(frozenset((other,)), word)}
        found |= values
        alike = len(said.keys() & signs.keys()) >= LIKE * min(len(said), len(signs))
        near |= bool(values) and alike
    return near and found == {-sign}


def _written(root: str, line: str) -> str:
    """Give a stem as the line writes it."""
    words = (found[0] for found in WORD.finditer(line))
    return next((it for it in words if stem(it.lower().replace("’", "'").removesuffix("'s")) == root), root)


def _borne(told: Clauses) -> Iterator[tuple[str, Named]]:
    """Give what is done to a name: "Ada Moreno was accused"."""
    for name in told.names:
        if found := SUFFERS.match(told.told, name.end):
            yield stem(found["verb"].lower()), name


def _signs(told: str) -> Signs:
    """Give for each stem 1 where it is said, -1 where it is denied, 0 where that is not known."""
    made: dict[str, set[int]] = {}
    left = unsure = 0
    blank = IDLE.sub(lambda found: "x" * len(found[0]), told)
    for found in TOKEN.finditer(blank):
        word = found[0].lower().replace("’", "'")
        if word in BREAKS or (word == "and" and blank[found.end() + 1 : found.end() + 2].isupper()):
            left = unsure = 0
        elif word in PLACING and left < REACH:
            left = 0
        if word in TURNING or word.endswith("n't"):
            left = REACH
            continue
        if word in SOFT:
            unsure = WIDE + 1
        if (word in SOFT and left) or (word not in SOFT and word[0].isalnum() and word not in EMPTY):
            named = found[0][0].isupper() and found.start() > 0  # who is not pardoned is there all the same
            sign = -1 if left == REACH and not named else 0 if left or unsure else 1
            made.setdefault(stem(word.removesuffix("'s")), set()).add(sign)
            left, unsure = max(0, left - 1), max(0, unsure - 1)
    return {word: next(iter(signs)) if len(signs) == 1 else 0 for word, signs in made.items()}


def _deeds(told: Clauses) -> Iterator[tuple[Named, str, Named]]:
    """Give who does what to whom: a verb stands behind the one, and not far before the other."""
    for at, one in enumerate(told.names):
        for other in told.names[at + 1 :]:
            between = ASIDE.sub("", told.told[one.end : other.start].lower())
            if one.whose or len(between.split()) > FARTHEST or APART.search(between):
                continue
            if found := SUFFERS.match(between):
                if BY.search(between):
                    yield other, stem(found["verb"].lower()), one
                continue
            words = [it for it in WORD.findall(between) if not (it in EMPTY or it.endswith("ly"))]
            if words and words[0] not in SYMMETRIC:
                yield one, stem(words[0]), other
