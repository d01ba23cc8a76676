"""A corpus of made-up news, so many articles of about 600 words: the same for the same seed and number.

    python -m benchmarks.corpus FOLDER [--n 1000] [--seed 1] [--peer broadsheet]

Nine articles a day lie over as many days as they need, up to a last day that is always the same: 10,000
take three years. Something over half of all affairs are told once; others by several outlets, or again on
later days, at times in each other's words. Sentences come from grammars of ours over words of ours, drawn
as unevenly as those of a language: nothing is copied from anywhere. What is written holds for no world.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.prose.cast import Affair, World
from benchmarks.prose.grammar import Dice
from benchmarks.prose.voice import Voice

SEED = "1"
LAST = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)  # when a site of them is built
A_DAY = (10, 11, 11, 10, 10, 6, 6)  # articles by weekday, from Monday
RECENT = 300  # articles to which others may link
SEVERAL, GOES_ON, COPIED = (
    0.2,
    0.22,
    0.15,
)  # affairs of several outlets, of several days; texts that are taken over
LINK = re.compile(r"\]\(article:(\d+)\)")


@dataclass(frozen=True, slots=True)
class Article:
    """An article in no generator's form. Links to others read `](article:NUMBER)`."""

    number: int
    slug: str
    title: str
    published: datetime
    outlet: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    lang: str
    correction: str
    body: str

    @property
    def source(self) -> str:
        """Where the original would stand."""
        host = re.sub(r"[^a-z]", "", self.outlet.lower())
        return f"https://{host}.example/{self.published:%Y}/{self.slug}"

    @property
    def address(self) -> str:
        """Where it stands on a site, without a slash before it."""
        return f"{self.published:%Y/%m}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class _Part:
    """What an affair comes to on a day."""

    affair: Affair
    follows: bool


def articles(count: int, seed: str = SEED) -> Iterator[Article]:
    """Make so many articles, from the oldest on."""
    world = World(seed)
    dice = Dice(f"{seed}/{count}")
    ahead: dict[date, list[_Part]] = defaultdict(list)
    recent: deque[Article] = deque(maxlen=RECENT)
    last_of: dict[int, Article] = {}
    affairs = 0
    number = 0
    for day, wanted in days(count):
        due = ahead.pop(day, [])
        end = number + wanted
        while number < end:
            if not due:
                affairs += 1
                due.append(_Part(world.affair(affairs, dice), follows=False))
                _look_ahead(due[0].affair, day, dice, ahead)
            part = due.pop(0)
            outlets = dice.between(2, 4) if dice.chance(SEVERAL) else 1
            earlier = last_of.get(part.affair.number) or (recent[dice.below(len(recent))] if recent else None)
            taken: list[str] = []
            for _ in range(min(outlets, end - number)):
                told = Dice(f"{seed}/{count}/{number}")
                article, blocks = _written(world, part, number, day, told, earlier, taken)
                taken = blocks[:6]
                last_of[part.affair.number] = article
                recent.append(article)
                yield article
                number += 1
        ahead[day + timedelta(days=1)] = due + ahead[day + timedelta(days=1)]


def days(count: int) -> Iterator[tuple[date, int]]:
    """Share articles out over days that end on the last one; a weekend has fewer."""
    first, left = LAST, count
    while left > A_DAY[first.weekday()]:
        left -= A_DAY[first.weekday()]
        first -= timedelta(days=1)
    yield first, left
    for past in range(1, (LAST - first).days + 1):
        day = first + timedelta(days=past)
        yield day, A_DAY[day.weekday()]


def _look_ahead(affair: Affair, day: date, dice: Dice, ahead: dict[date, list[_Part]]) -> None:
    """Let some affairs go on, for days or weeks."""
    if not dice.chance(GOES_ON):
        return
    for _ in range(dice.between(1, 5)):
        day += timedelta(days=dice.between(1, 5))
        ahead[day].append(_Part(affair, follows=True))


def _written(
    world: World, part: _Part, number: int, day: date, dice: Dice, earlier: Article | None, taken: list[str]
) -> tuple[Article, list[str]]:
    link = f"[{_named(earlier)}](article:{earlier.number})" if earlier and dice.chance(0.35) else ""
    voice = Voice(world, part.affair, day, dice, link)
    title = voice.title(follows=part.follows)
    blocks = voice.blocks(follows=part.follows, opening=taken if dice.chance(COPIED) else ())
    minutes = dice.between(5 * 60, 22 * 60)
    article = Article(
        number=number,
        slug=f"{slug(title)}-{number}",
        title=title,
        published=datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=UTC),
        outlet=world.outlets.draw(dice),
        authors=tuple(dice.some(world.authors, 1 + dice.chance(0.2))),
        topics=part.affair.topics,
        lang=part.affair.speech.tag,
        correction=voice.told("correction") if dice.chance(0.01) else "",
        body="\n\n".join(blocks) + "\n",
    )
    return article, blocks


def _named(article: Article) -> str:
    return f"a report on {article.topics[0].lower()}" if article.lang == "en" else article.title


def slug(title: str) -> str:
    """Give a title's letters and digits without marks, as all generators can."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:48].rstrip("-")


def main() -> None:
    from benchmarks.peers import PEERS, Site

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--n", type=int, default=1000, help="how many articles (1000)")
    parser.add_argument("--seed", default=SEED, help="another seed, another corpus")
    parser.add_argument("--peer", choices=PEERS, default="broadsheet", help="whose site it is to be")
    asked = parser.parse_args()
    Site(asked.folder, PEERS[asked.peer]).write(articles(asked.n, asked.seed))
    print(f"{asked.folder}: {asked.n:,} articles for {asked.peer}")


if __name__ == "__main__":
    main()
