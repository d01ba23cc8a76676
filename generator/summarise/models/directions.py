"""Which way a number goes, and of what it is said (English): both stand in its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.summarise.verify.alike import carries
from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.numbers import Number, numbers
from generator.summarise.verify.support import placed, stem

DOWN = (
    r"fell|falls?|fallen|falling|down|dropp?\w*|declin\w+|decreas\w+|los[ts]\w*|lower\w*|shr[iau]nk\w*|slipp?\w*"
    r"|slump\w*|tumbl\w+|plung\w+|reduc\w+|fewer|cheaper|smaller|sank|sinks?"
)
UP = (
    r"rose|rises?|risen|rising|up|climb\w*|gain\w*|grow\w*|grew|increas\w+|jump\w*|soar\w*|surg\w+|rais\w+|higher"
    r"|dearer|larger|bigger|lift\w*|boost\w*"
)
WAY = re.compile(rf"\b(?:(?P<down>{DOWN})|(?P<up>{UP}))\b")
BEFORE = re.compile(
    r"(?:\s(?:by|of|to|about|some|another|nearly|almost|around|roughly|only|just|an?|more|than|further"
    r"|as much as))*\s[$€£]?$"
)
BEHIND = re.compile(r"(?:\spoints?)?(?:\s(?:a|an|the|and))?\s(?=\w)|-")
CLAUSE = re.compile(
    r"[;:()–—]|,\s|\s(?:and|but|while|whereas|although|though|after|as|against|compared|than|when)(?=\s)",
    re.IGNORECASE,
)
ORDINAL = re.compile(r"(?:\dst|\dnd|\drd|th|first|second|third)$", re.IGNORECASE)
LINK = re.compile(r"\b(from|to)\s[$€£]?$")
NOTHING = ("", "")
CALENDAR = frozenset(
    map(
        stem,
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
        " august september october november december".split(),
    )
)
SCORE = re.compile(r"[-–:]\d")
YEARS = range(1900, 2100)
PRONOUNS = frozenset("it its they them their he she his her which who that".split())


@dataclass(frozen=True, slots=True)
class Told:
    """A number as a clause tells it."""

    number: Number
    way: str  # up, down, or nothing of these
    before: frozenset[str]  # the words of sense before it in its clause
    named: frozenset[str]  # those of them that have a capital within the sentence
    behind: frozenset[str]  # and those behind it that have
    words: frozenset[str]  # all of them
    link: str  # "from" or "to", just before it
    open: bool  # of what it is said stands elsewhere: a "they", or nothing before it
    sentence: int


def exchanged(line: str, sentences: Sequence[str], near: Sequence[str]) -> Iterator[str]:
    """Find a number that a line gives the other direction, or tells of what has another number there.

    `near` are sentences that may name of what a number is said, and tell none themselves.
    """
    held = [it for at, told in enumerate(sentences) for it in _told(told, at)]
    others = held + [it for at, told in enumerate(near, len(sentences)) for it in _told(told, at)]
    for said in _told(line, 0):
        same = [it for it in held if it.number.readings & said.number.readings]
        if not same:
            continue
        turned = said.way and all(it.way not in ("", said.way) for it in same)
        moved = said.link and all(it.link not in ("", said.link) for it in same)
        if turned or moved or all(_is_of_another(said, it, others) for it in same):
            yield said.number.text


def _is_of_another(said: Told, same: Told, others: Sequence[Told]) -> bool:
    """Tell a number that another clause's subject has in a line, where there it has a number of its own."""
    for other in others:
        if other is same or other.number.readings & said.number.readings:
            continue
        if _kinds(other) != _kinds(same):
            continue
        if other.sentence != same.sentence and not (said.way and other.way and said.way != other.way):
            continue
        if _is_taken(other.behind, same.behind, said):
            return True
        if not (same.open or said.open):
            own = same.named or same.before
            theirs = frozenset(word for word in other.before if not carries(same.words, word))
            own = frozenset(word for word in own if not carries(other.words, word))
            if any(carries(theirs, word) for word in said.before) and _is_left_out(own, said):
                return True
    return False


def _is_taken(theirs: frozenset[str], own: frozenset[str], said: Told) -> bool:
    """Tell "48 percent in Kiel" that a line tells of Bonn, behind whose name another number stands."""
    return any(word in said.words for word in theirs - own) and _is_left_out(own - theirs, said)


def _is_left_out(words: frozenset[str], said: Told) -> bool:
    return bool(words) and not any(carries(said.words, word) for word in words)


def _kinds(told: Told) -> frozenset[str]:
    return frozenset(kind for kind, _ in told.number.readings)


def _told(sentence: str, at: int) -> Iterator[Told]:
    found = [number for number in numbers(sentence, "en") if is_measured(number, sentence)]
    starts = [0, *(it.start() for it in CLAUSE.finditer(sentence))]
    for number in found:
        start = max(it for it in starts if it <= number.start)
        end = min((it for it in starts if it >= number.end), default=len(sentence))
        clause = sentence[start:end]
        words = [(word, start + place.start()) for word, place in placed(clause) if not _counts(word, place)]
        sense = [(word, place) for word, place in words if not _is_within(place, found)]
        before = frozenset(word for word, place in sense if place < number.start)
        names = [(word, place) for word, place in sense if place and sentence[place].isupper()]
        held = {word.lower() for word in re.findall(r"[\w’']+", sentence[start : number.start])}
        yield Told(
            number,
            _way(sentence, number, start, end),
            before,
            frozenset(word for word, place in names if place < number.start),
            frozenset(word for word, place in names if place > number.start and word not in CALENDAR),
            frozenset(word for word, _ in sense),
            (LINK.search(sentence[: number.start].casefold()) or NOTHING)[1],
            not before or not PRONOUNS.isdisjoint(held),
            at,
        )


def is_measured(number: Number, sentence: str) -> bool:
    """Tell what is measured from a place in a row, a score, a time or a year."""
    if SCORE.match(sentence, number.end) or SCORE.match(sentence[::-1], len(sentence) - number.start):
        return False
    kinds = {kind for kind, _ in number.readings}
    if not kinds.isdisjoint(("date", "clock")) or ORDINAL.search(number.text):
        return False
    return kinds != {""} or not any(value in YEARS and value == int(value) for _, value in number.readings)


def _way(sentence: str, number: Number, start: int, end: int) -> str:
    """Give the direction that a number has just before or behind it."""
    before = sentence[start : number.start].casefold()
    for found in reversed(list(WAY.finditer(before))):
        if BEFORE.fullmatch(before[found.end() :]):
            return found.lastgroup or ""
    after = sentence[number.end : end].casefold()
    gap = BEHIND.match(after)
    behind = WAY.match(after, gap.end()) if gap else None
    return (behind.lastgroup or "") if behind else ""


def _counts(word: str, place: re.Match[str]) -> bool:
    """Tell a direction or a word that is counted, which say nothing of what a number is said of."""
    return word in EMPTY or WAY.fullmatch(place[0].casefold()) is not None


def _is_within(place: int, found: Sequence[Number]) -> bool:
    return any(number.start <= place < number.end for number in found)
