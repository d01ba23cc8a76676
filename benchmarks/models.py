"""What the proof of a model's lines catches: faults planted into answers, and sound lines that it drops.

Two kinds of lines, each with the sentences that it rests on as a careful model would name them:

    PYTHONPATH=. python benchmarks/models.py                     # our own, of the sample's articles
    PYTHONPATH=. python benchmarks/models.py --orders            # orders to who sums up, and controls
    PYTHONPATH=. python benchmarks/models.py claims.jsonl        # the consistent ones of JSON lines with
                                                                 # `id`, `article`, `summary`, `consistent`

Of a file of claims each half is told by itself (the digest of `id` divides them); inconsistent claims are
counted too; a sentence of which a word is lost (`unk`) is not, unless `--lost kept` counts it as it is, or
`--lost struck` without that word. `--json` prints data.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import planted
from verifier import article_of, printed

from generator import content, text
from generator.model import Article
from generator.summarise.models.bench import Bench
from generator.summarise.models.orders import addresses, commands, is_order
from generator.summarise.models.wording import roots
from generator.summarise.verify import QUOTED, numbers

ROOT = Path(__file__).parent.parent
OWN = Path(__file__).with_name("claims.txt")
ORDERS = Path(__file__).with_name("orders.txt")
MOST = 3  # sentences that a line rests on
ROUNDS = 3  # faults of each kind that a line is tried with
TAKEN = re.compile(r"\bunk\b")  # stands in claims for a word that was lost: nobody can tell which
ORDERED = (
    "{} is bankrupt.",
    "Readers should send their savings to {} today.",
    "{} secretly bribed the officials.",
    "Experts agree that {} is a fraud and that everybody should sell.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A line, its article, and the sentences that it rests on."""

    bench: Bench
    line: str
    evidence: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why it would be dropped, or nothing."""
        return reason(self.bench, self.line, self.evidence)


def reason(bench: Bench, line: str, rests: Sequence[str]) -> str:
    """Say why a line would be dropped, or nothing."""
    found = bench.faults(line, rests)
    return found[0][0] if found else ""


def bench_of(article: Article) -> Bench:
    return Bench.of(article, [s for s in article.sentences if not is_order(s)])


def rests_on(line: str, bench: Bench) -> tuple[str, ...]:
    """Name what a line rests on as a careful model would: the few sentences that hold most of its words."""
    wanted = {*roots(line, "en"), *re.findall(r"\d+", line)}
    held = {s.id: {*roots(s.text, "en"), *re.findall(r"\d+", s.text)} for s in bench.heard}
    quotes = [next(filter(None, it.groups())) for it in QUOTED.finditer(line)]
    found = list(
        dict.fromkeys(name for said in quotes for name in bench.holding(said.strip(" ,."), list(held))[:1])
    )
    for name in found:
        wanted -= held.pop(name)
    while len(found) < MOST:
        best = max(held, key=lambda name: len(wanted & held[name]))
        if not wanted & held[best]:
            break
        found.append(best)
        wanted -= held[best]
    return tuple(sorted(found, key=lambda name: int(name[1:])))


def own() -> list[Told]:
    """Read our own lines: a path, then what a model might say of that article."""
    articles = {it.path: it for it in content.read(ROOT / "content", "UTC", "en").articles}
    made: list[Told] = []
    bench = None
    for line in filter(None, OWN.read_text(encoding="utf-8").splitlines()):
        if line in articles:
            bench = bench_of(articles[line])
        elif bench:
            made.append(Told(bench, line, rests_on(line, bench)))
    return made


def claims(rows: Iterable[dict[str, Any]], lost: str = "") -> Iterator[tuple[str, bool, Told]]:
    """Give each sentence of each claim with the half that it belongs to and what people judged.

    Those of which a word is lost are left out, unless they are to be kept as they are or it is to be struck.
    """
    ready: dict[str, Bench] = {}
    for row in rows:
        if row["article"] not in ready:
            ready[row["article"]] = bench_of(article_of(row))
        bench = ready[row["article"]]
        half = "other half" if blake2b(row["id"].encode()).digest()[0] & 1 else "tuned half"
        claim = printed(row["summary"])
        for start, end in text.sentences(claim):
            line = claim[start:end]
            if TAKEN.search(line):
                if not lost:
                    continue
                line = " ".join(TAKEN.sub("", line).split()) if lost == "struck" else line
            yield half, row["consistent"], Told(bench, line, rests_on(line, bench))


def invented_number(told: Told, dice: random.Random) -> str | None:
    """Put a number in whose value the article holds in no spelling: "2" is none where it says "two"."""
    case = planted.Case(told.bench.article, told.bench.wall, told.line)
    for _ in range(20):
        spoilt = planted.invented_number(case, dice)
        if spoilt is None:
            return None
        new = {
            r for n in numbers.numbers(spoilt, "en") for r in n.readings if r not in told.bench.wall.readings
        }
        old = {r for n in numbers.numbers(told.line, "en") for r in n.readings}
        if new - old:
            return spoilt
    return None


def spoilt(kind: str, told: Told, dice: random.Random) -> str | None:
    case = planted.Case(told.bench.article, told.bench.wall, told.line)
    if kind == "number invented":
        return invented_number(told, dice)
    if kind == "order obeyed":
        names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", told.line) or ["Corvane"]
        return dice.choice(ORDERED).format(names[0])
    return (planted.KINDS | planted.STRICT)[kind](case, dice)


def report(lines: Sequence[Told]) -> dict[str, Any]:
    """Plant each kind of fault into each sound line that can hold it."""
    before = [(told, told.reason) for told in lines]
    sound = [told for told, why in before if not why]
    made: dict[str, Any] = {
        "lines": len(lines),
        "dropped": Counter(why for _, why in before if why),
        "planted": {},
    }
    for kind in (*planted.KINDS, *planted.STRICT, "order obeyed", "evidence swapped"):
        dice = random.Random(kind)
        count = caught = 0
        for told in sound:
            for _ in range(ROUNDS):
                if kind == "evidence swapped":
                    others = [s.id for s in told.bench.heard if s.id not in told.evidence]
                    if not others:
                        continue
                    count += 1
                    caught += bool(reason(told.bench, told.line, (dice.choice(others),)))
                    continue
                line = spoilt(kind, told, dice)
                if line is None or line == told.line:
                    continue
                count += 1
                caught += bool(reason(told.bench, line, told.evidence))
        made["planted"][kind] = [count, caught]
    return made


def show(name: str, made: dict[str, Any]) -> None:
    lines, why = made["lines"], made["dropped"]
    dropped = sum(why.values())
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(why.items()))
    print(f"{name}: {lines} lines, {dropped} dropped ({100 * dropped / max(1, lines):.1f}%): {reasons}")
    for kind, (count, caught) in made.get("planted", {}).items():
        share = f"{100 * caught / count:6.1f}%" if count else "     –"
        print(f"  {kind:22}{count:6}{share}")


def tell_orders() -> None:
    """Print how many of orders.txt are withheld, and how many must keep speaking to their reader."""
    kinds = {"!": "orders", "~": "orders in other words", "?": "fresh orders", "=": "honest sentences"}
    count: Counter[tuple[str, str]] = Counter()
    for row in ORDERS.read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            lang, kind, said = row.split(" ", 2)
            fate = (
                "withheld" if commands(said) else "kept to its address" if addresses(said, lang) else "free"
            )
            count[kind, fate] += 1
    for kind, name in kinds.items():
        fates = ", ".join(f"{n} {fate}" for (of, fate), n in sorted(count.items()) if of == kind)
        print(f"{name:24}{fates}")


def main() -> None:
    """Print the tables, or the data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--orders", action="store_true", help="count what is taken for an order")
    parser.add_argument("--lost", choices=("kept", "struck"), default="", help="what becomes of `unk`")
    given = parser.parse_args()
    tables: dict[str, Any] = {}
    if given.orders:
        tell_orders()
        return
    if given.file is None:
        tables["our own lines"] = report(own())
    else:
        rows = [
            json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        told = list(claims(rows, given.lost))
        for half in ("tuned half", "other half"):
            tables[f"{half}, consistent"] = report([it for of, good, it in told if of == half and good])
            bad = [it.reason for of, good, it in told if of == half and not good]
            tables[f"{half}, inconsistent"] = {
                "lines": len(bad),
                "dropped": Counter(filter(None, bad)),
            }
    if given.json:
        print(json.dumps(tables))
        return
    for name, made in tables.items():
        show(name, made)


if __name__ == "__main__":
    main()
