"""Who and what a made-up corpus is about: people, places, organisations, subjects, and affairs of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.prose.grammar import Dice, Grammar, Ranked, grammar, read

WORDS = Path(__file__).parent / "words"
LANGUAGES = (("en", 0.94), ("de", 0.02), ("fr", 0.02), ("es", 0.02))
# Those whom the news names again and again.
ORGANISATIONS, PEOPLE, PLACES, OUTLETS, AUTHORS = 500, 900, 260, 24, 90
KNOWN = 0.45  # share of names that are among them
OWN_WORDS = 45  # words that a subject has of its own
THEMES = 6  # things that an affair is about


@dataclass(frozen=True, slots=True)
class Speech:
    """What a language is told in."""

    tag: str
    grammar: Grammar
    months: Sequence[str]
    weekdays: Sequence[str]
    amounts: Sequence[str]
    share: str
    day: str
    decimal: Sequence[str]


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str

    @property
    def family(self) -> str:
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Affair:
    """What some articles report: who does what, where, for how much. Themes are places in a list of words."""

    number: int
    speech: Speech
    topics: tuple[str, ...]
    themes: Sequence[int]
    place: str
    organisation: str
    other: str
    person: Person
    speaker: Person
    amount: float
    count: int
    share: int


class World:
    """All that can be named, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        dice = Dice(f"{seed}/world")
        self.parts = read(WORDS / "names.txt")
        self.speeches = {tag: _speech(tag) for tag, _ in LANGUAGES}
        self.given = self.speeches["en"].grammar.words["first"].items
        self.topics = Ranked([line.removeprefix("- ") for line in self.parts["topic"]])
        self.places = Ranked(_different(PLACES, lambda: self._place(dice)))
        self.organisations = Ranked(_different(ORGANISATIONS, lambda: self._organisation(dice)))
        self.people = Ranked(_different(PEOPLE, lambda: self._person(dice)))
        self.authors = _different(AUTHORS, lambda: self._person(dice))
        kinds = self.parts["outlet_kind"]
        self.outlets = Ranked(_different(OUTLETS, lambda: f"{self._place(dice)} {dice.one(kinds)}"))
        self.own_words = {
            (tag, topic): dice.some(range(_things(speech)), OWN_WORDS)
            for tag, speech in self.speeches.items()
            for topic in self.topics.items
        }

    def _of(self, dice: Dice, *sections: str) -> str:
        return "".join(dice.one(self.parts[section]) for section in sections)

    def _place(self, dice: Dice) -> str:
        before = f"{self._of(dice, 'place_before')} " if dice.chance(0.12) else ""
        return before + self._of(dice, "place_head", "place_tail")

    def _person(self, dice: Dice) -> str:
        return f"{dice.one(self.given)} {self._of(dice, 'family_head', 'family_tail')}"

    def _organisation(self, dice: Dice) -> str:
        if dice.chance(0.2):
            return f"University of {self._place(dice)}"
        if dice.chance(0.2):
            return f"{self._place(dice)} County Council"
        name = self._of(dice, "org_head", "org_tail")
        return name if dice.chance(0.25) else f"{name} {self._of(dice, 'org_kind')}"

    def place(self, dice: Dice) -> str:
        return self.places.draw(dice) if dice.chance(KNOWN) else self._place(dice)

    def organisation(self, dice: Dice) -> str:
        return self.organisations.draw(dice) if dice.chance(KNOWN) else self._organisation(dice)

    def person(self, dice: Dice) -> str:
        return self.people.draw(dice) if dice.chance(KNOWN) else self._person(dice)

    def affair(self, number: int, dice: Dice) -> Affair:
        """Think of something that is news."""
        speech = self.speeches[_language(dice)]
        topic = self.topics.draw(dice)
        more = [self.topics.draw(dice) for _ in range(dice.between(0, 2))]
        roles = speech.grammar.lines["role"]
        first, second = ("".join(dice.one(roles)) for _ in range(2))
        return Affair(
            number=number,
            speech=speech,
            topics=tuple(dict.fromkeys([topic, *more])),
            themes=dice.some(self.own_words[speech.tag, topic], THEMES),
            place=self.place(dice),
            organisation=self.organisation(dice),
            other=self.organisation(dice),
            person=Person(self.person(dice), first),
            speaker=Person(self.person(dice), second),
            amount=dice.between(102, 989) / dice.one((1, 10, 100)),
            count=dice.between(101, 9899),
            share=dice.between(11, 89),
        )


def _language(dice: Dice) -> str:
    left = dice.random()
    for tag, share in LANGUAGES:
        left -= share
        if left < 0:
            return tag
    return LANGUAGES[0][0]


def _different(count: int, make: Callable[[], str]) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made[make()] = None
    return list(made)


def _things(speech: Speech) -> int:
    return len(speech.grammar.words["nouns"].items)


def _speech(tag: str) -> Speech:
    path = WORDS / f"{tag}.txt"
    told = {name: [it.removeprefix("- ") for it in items] for name, items in read(path).items()}
    return Speech(
        tag=tag,
        grammar=grammar(path),
        months=told["months"],
        weekdays=told["weekdays"],
        amounts=told["amounts"],
        share=told["share"][0],
        day=told["day"][0],
        decimal=told["decimal"],
    )
