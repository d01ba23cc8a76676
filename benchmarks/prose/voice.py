"""The text of one article of an affair: headline, paragraphs, headings, lists, at times a table or code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from benchmarks.prose.cast import Affair, World
from benchmarks.prose.grammar import Dice

USUAL, SPREAD = 600, 340  # words of an article, and how far from that one may be
SINCE, UNTIL = 1998, 2024
BILLIONS = 10  # amounts below that are
CODE = """```yaml
{0}:
  limit: {1}
  retries: {2}
  hosts: [{3}-1.example, {3}-2.example]
```"""


class Voice:
    """Tells of an affair on a day. `earlier` is a link to what was told before, or empty."""

    def __init__(self, world: World, affair: Affair, day: date, dice: Dice, earlier: str) -> None:
        self.world, self.affair, self.day, self.dice = world, affair, day, dice
        self.grammar = affair.speech.grammar
        self.link = earlier
        own = affair
        self.fixed = {
            "Org": own.organisation,
            "Org2": own.other,
            "Per": own.person.name,
            "Sur": own.person.family,
            "Role": own.person.role,
            "Per2": own.speaker.name,
            "Sur2": own.speaker.family,
            "Role2": own.speaker.role,
            "Place": own.place,
            "Money": self._amount(own.amount),
            "Count": self._grouped(own.count),
            "Percent": own.speech.share.replace("#", str(own.share)),
            "Link": earlier,
        }
        one = dice.between
        self.drawn: dict[str, Callable[[], str]] = {
            "theme": lambda: self._thing("noun"),
            "themes": lambda: self._thing("nouns"),
            "place": lambda: world.place(dice),
            "org": lambda: world.organisation(dice),
            "person": lambda: world.person(dice),
            "number": lambda: str(one(12, 980)),
            "figure": lambda: self._grouped(one(1001, 49_900)),
            "small": lambda: str(one(2, 11)),
            "money": lambda: self._amount(one(12, 990) / dice.one((1, 10))),
            "percent": lambda: own.speech.share.replace("#", str(one(2, 96))),
            "year": lambda: str(one(SINCE, UNTIL)),
            "month": lambda: own.speech.months[(day.month + one(0, 4)) % 12],
            "pastmonth": lambda: own.speech.months[(day.month - one(2, 6)) % 12],
            "weekday": lambda: own.speech.weekdays[(day - timedelta(days=one(0, 3))).weekday()],
            "date": lambda: self._date(day + timedelta(days=one(5, 120))),
            "pastdate": lambda: self._date(day - timedelta(days=one(4, 300))),
            "Address": lambda: f"https://figures.example/{own.number}/{one(1, 99)}",
        }

    def say(self, slot: str) -> str:
        """Say what a slot stands for."""
        fixed = self.fixed.get(slot)
        return fixed if fixed is not None else self.drawn[slot]()

    def told(self, section: str) -> str:
        return self.grammar.told(section, self.dice, self.say)

    def title(self, *, follows: bool) -> str:
        return self.told("followtitle" if follows else "title")

    def blocks(self, *, follows: bool, opening: Sequence[str] = ()) -> list[str]:
        """Give the blocks of the text, about 600 words; it may begin with blocks of another outlet."""
        made = list(opening) or [self._opening(follows=follows)]
        wanted = self._length()
        count = sum(len(block.split()) for block in made)
        planned = self._planned()
        while count < wanted:
            made.append(next(planned, "") or self._paragraph())
            count += len(made[-1].split())
        return [*made, *self._ending()]

    def _opening(self, *, follows: bool) -> str:
        return f"{self.told('followlead' if follows else 'lead')} {self.told('body')}"

    def _planned(self) -> Iterator[str]:
        """Say in which order things come; where it ends, paragraphs fill what is left."""
        dice = self.dice
        yield self.told("said")
        yield self._paragraph()
        if self.link:
            yield f"{self.told('linked')} {self.told('body')}"
        if dice.chance(0.7):
            yield f"{self.told('why')} {self.told('body')}"
        if dice.chance(0.5):
            yield f"## {self.told('heading')}"
        yield self._paragraph()
        yield f"{self.told('said')} {self.told('body')}"
        if dice.chance(0.2):
            yield f"{self.told('listing')}\n\n" + "\n".join(f"- {self.told('item')}" for _ in range(4))
        if dice.chance(0.06):
            yield self._table()
        if dice.chance(0.03):
            word = self.say("themes").lower().replace(" ", "-")
            yield CODE.format(word, self.say("number"), self.say("small"), word)
        yield self._paragraph()
        if dice.chance(0.3):
            yield f"{self.told('outside')} {self.told('body')}"
        if dice.chance(0.04):
            yield f"> {self.told('body')}"
        yield self._paragraph()
        yield self.told("said")

    def _paragraph(self) -> str:
        return " ".join(self.told("body") for _ in range(self.dice.between(2, 4)))

    def _ending(self) -> Iterator[str]:
        if self.dice.chance(0.25):
            yield f"## {self.told('heading')}"
        yield " ".join(self.told("next") for _ in range(self.dice.between(1, 2)))
        if self.dice.chance(0.1):
            yield self.told("boilerplate")

    def _length(self) -> int:
        """Draw a number of words, mostly near the usual; what ends an article comes on top."""
        several = sum(self.dice.random() for _ in range(4)) / 2 - 1
        return round(USUAL - 52 + SPREAD * several)

    def _table(self) -> str:
        heads = [self.say("themes") for _ in range(2)]
        rows = [f"| {self.say('place')} | {self.say('number')} | {self.say('percent')} |" for _ in range(4)]
        return "\n".join([f"|  | {heads[0]} | {heads[1]} |", "|---|---:|---:|", *rows])

    def _thing(self, section: str) -> str:
        words = self.grammar.words
        rank = min(self.dice.below(len(self.affair.themes)), self.dice.below(len(self.affair.themes)))
        return words[section].items[self.affair.themes[rank]]

    def _amount(self, amount: float) -> str:
        written = f"{amount:.2f}".rstrip("0").rstrip(".").replace(".", self.affair.speech.decimal[0])
        return self.affair.speech.amounts[amount < BILLIONS].replace("#", written)

    def _grouped(self, number: int) -> str:
        return f"{number:,}".replace(",", self.affair.speech.decimal[1])

    def _date(self, day: date) -> str:
        named = self.affair.speech.months[day.month - 1]
        return (
            self.affair.speech.day.replace("###", str(day.year))
            .replace("##", named)
            .replace("#", str(day.day))
        )
