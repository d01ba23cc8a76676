"""How well articles are grouped into stories, and how fast.

What the measure makes of the invented affairs in tests/stories/, and of windows of other lengths:

    python benchmarks/stories.py

What it links in articles that have nothing to do with each other, put on random days, twelve a day (JSON
lines with `id` and `article`, perhaps `title`):

    python benchmarks/stories.py --unrelated articles.jsonl [more.jsonl …]

How long it takes over 1,000, 3,000, 10,000 and 30,000 made-up articles:

    python benchmarks/stories.py --speed

The same over 1,000, 3,000 and 10,000 of real prose (JSON lines as above), of which each copy has names,
numbers and every fourth small word of its own:

    python benchmarks/stories.py --prose articles.jsonl [more.jsonl …]
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, combinations
from pathlib import Path

import yaml

from generator import stories, text
from generator.cli import COLLECTED
from generator.model import Article, ArticleBody, Brief, Coverage, Line, Mention, Part, Sentence
from generator.schema.records import decoded, encoded
from generator.stories import gists, past
from generator.summarise.extractive import Extractive

CASES = Path(__file__).parent.parent / "tests" / "stories"
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
WINDOWS = (3, 7, 14, 30)
SIZES = (1_000, 3_000, 10_000, 30_000)
PROSE = (1_000, 3_000, 10_000)
A_DAY = 30
WORDS, NAMES = 30_000, 3_000
BEGINS, TOLD = 0.15, 0.6  # chances that an event begins, and that an article tells one
LETTERS = "aeioubcdfghklmnprstvw"
SENTENCES, LENGTH = 25, 18  # of a made-up article, and of its sentences


@dataclass(frozen=True, slots=True)
class Case:
    """An article and the affair that it belongs to."""

    affair: str
    article: Article
    brief: Brief


def edition_of(article: Article) -> date:
    return article.published.date()


def article_of(name: str, title: str, told: str, published: datetime, lang: str = "en") -> Article:
    """Make an article of a text; its lines are paragraphs."""
    sentences = [Sentence("s0", title, 0, "", "title")]
    for block, paragraph in enumerate(told.split("\n"), 1):
        for start, end in text.sentences(paragraph):
            if said := " ".join(paragraph[start:end].split()):
                sentences.append(Sentence(f"s{len(sentences)}", said, block))
    return _article(name, title, sentences, published, lang)


def _article(name: str, title: str, sentences: Sequence[Sentence], published: datetime, lang: str) -> Article:
    return Article(
        id=name,
        path=f"{name}.md",
        url=f"{name}/",
        title=title,
        slug=name,
        published=published,
        updated=published,
        lang=lang,
        body=ArticleBody(tuple(sentences), ""),
        words=sum(sentence.text.count(" ") + 1 for sentence in sentences[1:]),
    )


def cases(name: str) -> list[Case]:
    """Read tests/stories/NAME.yaml."""
    made = []
    brief = Extractive()
    for affair in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")):
        for number, told in enumerate(affair["articles"]):
            published = START + timedelta(days=told["day"], minutes=number)
            article = article_of(
                f"{affair['story']}-{number}".replace(" ", "-"),
                told["title"],
                told["text"],
                published,
                affair.get("lang", "en"),
            )
            made.append(Case(affair["story"], article, brief(article)))
    return made


def story_of(told: Iterable[Case]) -> dict[str, int]:
    """Group, and give the number of each article's story."""
    known = list(told)
    found = stories.group([case.article for case in known], [case.brief for case in known])
    return {
        name: number
        for number, story in enumerate(found)
        for part in story
        for name in (part.lead, *part.others)
    }


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of articles rightly joined, wrongly joined, and missed; affairs told whole and apart."""

    right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    whole: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))


def score(told: Sequence[Case], *, within: bool | None = None) -> Score:
    """Compare every pair with the truth; `within` counts pairs of one day alone, or of different days."""
    story = story_of(told)
    right, wrong, missed = 0, [], []
    for one, other in combinations(told, 2):
        same_day = edition_of(one.article) == edition_of(other.article)
        if within is not None and within != same_day:
            continue
        pair = one.article.id, other.article.id
        joined, related = story[pair[0]] == story[pair[1]], one.affair == other.affair
        right += joined and related
        wrong += [pair] if joined and not related else []
        missed += [pair] if related and not joined else []
    affairs_of, stories_of = defaultdict(set), defaultdict(set)
    for case in told:
        affairs_of[story[case.article.id]].add(case.affair)
        stories_of[case.affair].add(story[case.article.id])
    whole = sum(len(found) == 1 and len(affairs_of[min(found)]) == 1 for found in stories_of.values())
    return Score(right, tuple(wrong), tuple(missed), whole)


def print_cases() -> None:
    print(f"{'cases':8} {'pairs':10} {'right':>5} {'wrong':>5} {'missed':>6} {'precision':>9} {'recall':>6}")
    for name in ("chosen", "held"):
        told = cases(name)
        for label, within in (("one day", True), ("over days", False), ("all", None)):
            found = score(told, within=within)
            print(
                f"{name:8} {label:10} {found.right:5} {len(found.wrong):5} {len(found.missed):6} "
                f"{found.precision:9.2f} {found.recall:6.2f}"
            )
        print(
            f"         affairs told whole and apart: {found.whole} of {len({case.affair for case in told})}"
        )
        for label, pairs in (("wrong", found.wrong), ("missed", found.missed)):
            print("".join(f"         {label}: {' + '.join(pair)}\n" for pair in pairs), end="")
    kept = past.WINDOW
    print("\nwindow (days)  precision  recall   (both files)")
    for days in WINDOWS:
        past.WINDOW = timedelta(days=days)
        found = [score(cases(name)) for name in ("chosen", "held")]
        right = sum(one.right for one in found)
        wrong, missed = (sum(len(getattr(one, kind)) for one in found) for kind in ("wrong", "missed"))
        print(f"{days:13}  {right / (right + wrong):9.2f}  {right / (right + missed):6.2f}")
    past.WINDOW = kept


def print_unrelated(paths: Sequence[Path]) -> None:
    """Link what has nothing to do with each other: every link is looked at by eye."""
    random.seed(1)
    seen: dict[str, Case] = {}
    brief = Extractive()
    told = read(paths)
    for row in told:
        title = row.get("title") or row["article"].split(". ")[0][:110]
        published = START + timedelta(days=random.randrange(max(1, len(told) // 12)))
        article = article_of(row["id"], title, row["article"], published)
        seen[article.id] = Case(article.id, article, brief(article))
    joined = score(list(seen.values())).wrong
    print(f"{len(seen)} articles on {len(told) // 12} days: {len(joined)} pairs joined")
    for one, other in joined:
        print(f"  {seen[one].article.title[:60]} + {seen[other].article.title[:60]}")


def read(paths: Sequence[Path]) -> list[dict[str, str]]:
    """Read articles, each once."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return list({row["article"][:80]: row for row in rows}.values())


def print_prose(paths: Sequence[Path]) -> None:
    rows, chance, brief = read(paths), random.Random(1), Extractive()
    most = max(PROSE)
    order = [(copy, row) for copy in range(1 + most // len(rows)) for row in range(len(rows))][:most]
    chance.shuffle(order)
    articles, briefs = [], []
    for number, (copy, row) in enumerate(order):
        other = rows[(row * 7 + copy * 13 + 1) % len(rows)]["article"].split()
        told = varied(rows[row]["article"], other, copy, chance)
        published = START + timedelta(days=number // A_DAY)
        articles.append(article_of(f"a{number:05}", told.split(". ")[0][:110], told, published))
        briefs.append(brief(articles[-1]))
    for count in PROSE:
        finding, grouping, found = timed(articles[:count], briefs[:count])
        words = sum(article.words for article in articles[:count]) / count
        each = 1000 * (finding + grouping) / count
        print(
            f"{count:6,} of {words:.0f} words: gists {finding:.2f} s, grouping {grouping:.2f} s, "
            f"{each:.2f} ms each, {len(found):,} stories"
        )


def timed(
    articles: Sequence[Article], briefs: Sequence[Brief]
) -> tuple[float, float, tuple[tuple[Part, ...], ...]]:
    """Measure what a build does: gists are found and kept with each article, then read back and grouped.

    Gives seconds of CPU for both, and the stories.
    """
    started = time.process_time()
    kept = {
        article.id: encoded(stories.gist(article, brief))
        for article, brief in zip(articles, briefs, strict=True)
    }
    found = time.process_time()

    def gist_of(article: Article, _: Brief) -> stories.Gist:
        gist = decoded(stories.Gist, kept[article.id])
        assert gist  # noqa: S101 -- it was written above
        return gist

    told = stories.group(articles, briefs, gist_of)
    return found - started, time.process_time() - found, told


def varied(told: str, other: Sequence[str], copy: int, chance: random.Random) -> str:
    """Give a copy names, numbers and every fourth small word of its own."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    mark = letters[copy % 26] + letters[copy // 26]
    told = re.sub(r"\b[A-Z][a-z]{3,}\b", lambda name: name[0][:2] + mark + name[0][2:], told)
    told = re.sub(r"\d\d+", lambda n: str(chance.randrange(10 ** (len(n[0]) - 1), 10 ** len(n[0]))), told)
    words = told.split(" ")
    for place in range(0, len(words), 4):
        instead = other[place % len(other)]
        if all(word.islower() and word.isalpha() for word in (words[place], instead)):
            words[place] = instead
    return " ".join(words)


def made_up(count: int) -> list[Case]:
    """Make articles of Zipf-distributed words and names; three in five tell one of the running events."""
    chance = random.Random(count)
    # The commonest words of a language are those that carry no meaning: here, too.
    calendar = text.language("en").months + text.language("en").weekdays
    words = sorted(gists.STOP.difference(*calendar), key=lambda word: (len(word), word))
    words += ["".join(chance.choices(LETTERS, k=chance.randint(3, 10))) for _ in range(WORDS - len(words))]
    names = ["".join(chance.choices(LETTERS, k=chance.randint(4, 9))).title() for _ in range(NAMES)]
    common, known = (
        list(accumulate(1 / n for n in range(1, WORDS + 1))),
        list(accumulate(1 / n for n in range(1, NAMES + 1))),
    )
    made: list[Case] = []
    running: list[_Event] = []
    for number in range(count):
        day, of_day = divmod(number, A_DAY)
        if of_day == 0:
            running = [event for event in running if event.last >= day]
        if chance.random() < BEGINS or not running:
            running.append(_Event(f"event {number}", chance, words, names, known, day + chance.randint(0, 9)))
        event = (
            chance.choice(running)
            if chance.random() < TOLD
            else _Event(f"alone {number}", chance, words, names, known, day)
        )
        published = START + timedelta(days=day, minutes=of_day)
        sentences = list(_sentences(event, chance, words, common))
        title = f"{sentences[0].text.split('.')[0][:70]}"
        article = _article(
            f"a{number:06}", title, [Sentence("s0", title, 0, "", "title"), *sentences], published, "en"
        )
        lines = tuple(Line(sentence.text, (sentence.id,)) for sentence in sentences[:5])
        people = tuple(Mention(name, 2, ("s1",)) for name in event.names[:3])
        brief = Brief(
            Line(title, ("s0",)),
            "made up",
            Coverage(article.words, 60),
            summary=lines[:2],
            key_points=lines[2:],
            people=people,
        )
        made.append(Case(event.name, article, brief))
    return made


class _Event:
    def __init__(
        self,
        name: str,
        chance: random.Random,
        words: Sequence[str],
        names: Sequence[str],
        known: list[float],
        last: int,
    ) -> None:
        self.name, self.last = name, last
        self.names = list(dict.fromkeys(chance.choices(names, cum_weights=known, k=6)))
        self.words = chance.choices(words[200:], k=14)
        self.numbers = [f"{chance.randint(11, 999)}" for _ in range(4)]


def _sentences(
    event: _Event, chance: random.Random, words: Sequence[str], common: list[float]
) -> Iterator[Sentence]:
    numbers = [
        *event.numbers,
        *(f"{chance.randint(11, 999)}" for _ in range(3)),
    ]  # each report has its own, too
    for number in range(1, SENTENCES + 1):
        told = chance.choices(words, cum_weights=common, k=LENGTH)
        for place in chance.sample(range(1, LENGTH), 4):
            told[place] = chance.choice(chance.choice((event.names, event.words, event.words, numbers)))
        yield Sentence(f"s{number}", f"{' '.join(told).capitalize()}.", (number + 2) // 3)


def print_speed(sizes: Iterable[int]) -> None:
    print(
        f"{'articles':>8} {'gists':>6} {'groups':>6} {'ms each':>8} {'stories':>8} "
        f"{'right':>8} {'wrong':>6} {'MiB':>6}"
    )
    for size in sizes:
        told = made_up(size)
        articles, briefs = [case.article for case in told], [case.brief for case in told]
        finding, grouping, found = timed(articles, briefs)
        truth = {case.article.id: case.affair for case in told}
        right = wrong = 0
        for story in found:
            held = Counter(truth[name] for part in story for name in (part.lead, *part.others))
            right += sum(count * (count - 1) // 2 for count in held.values())
            wrong += sum(one * other for one, other in combinations(held.values(), 2))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:8,} {finding:6.2f} {grouping:6.2f} {1000 * (finding + grouping) / size:8.2f} "
            f"{len(found):8,} "
            f"{right:8,} {wrong:6,} {memory:6.0f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--unrelated", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--speed", nargs="*", type=int, metavar="ARTICLES")
    parser.add_argument("--prose", nargs="+", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    gc.set_threshold(*COLLECTED)  # as the command does
    if chosen.unrelated:
        print_unrelated(chosen.unrelated)
    elif chosen.prose:
        print_prose(chosen.prose)
    elif chosen.speed is not None:
        print_speed(chosen.speed or SIZES)
    else:
        print_cases()
