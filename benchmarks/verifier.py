"""How well the check tells summaries that an article carries from those that it does not.

Any file of JSON lines with `id`, `article`, `summary` and `consistent` (true or false) will do; `set` names a
part whose figures are given too. Half of the articles, chosen by the digest of their id, tune the one
threshold; the other half is what counts:

    python benchmarks/verifier.py claims.jsonl [--json]

Or errors are planted into human summaries and into the articles' own sentences, from JSON lines with `id`,
`title`, `article` and `reference`:

    python benchmarks/verifier.py --planted summaries.jsonl [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import planted

from generator import text
from generator.model import Article, ArticleBody, Sentence
from generator.summarise.verify import CARRIED, FATAL, KINDS, Held, held, supported, unsupported

RESAMPLES = 2000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what the check said of it."""

    id: str
    part: str
    consistent: bool
    tuning: bool
    support: float
    kinds: frozenset[str]
    found: bool  # of kind number, quotation or name
    words: int


def article_of(row: Row) -> Article:
    """Read a row as an article: its lines are paragraphs."""
    sentences = [Sentence("s0", row.get("title", ""), 0, "", "title")]
    for block, paragraph in enumerate(row["article"].split("\n"), 1):
        for start, end in text.sentences(paragraph):
            told = " ".join(paragraph[start:end].split())
            sentences.append(Sentence(f"s{len(sentences)}", told, block))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    words = text.word_count(row["article"])
    return Article(
        "a", "a.md", "a/", row.get("title", ""), "a", now, now, "en", ArticleBody(tuple(sentences), ""), words
    )


def printed(summary: str) -> str:
    """Put together what a model's tokens have parted: marks, possessives; a blank line between sentences."""
    made = re.sub(r"\[?\bUNK\b\]?", "unk", summary).replace("\\'", "'")
    made = made.replace("-lrb-", "(").replace("-rrb-", ")")
    made = (
        re.sub(r"(?:``|'')\s*", '"', made)
        if made.count("``") == made.count("''")
        else re.sub(r"``|''", "", made)
    )
    made = re.sub(r"\s+('s|n't|'ll|'re|'ve|'d|'m|[,;:)!?%])", r"\1", made)
    made = re.sub(r"([$£€#(])\s+", r"\1", made)
    return re.sub(r"\s+([.!?])(?=\s|$)", "\\1\n\n", made).strip()


def judged(rows: Iterable[Row]) -> Iterator[Judged]:
    """Check each claim against its article, which is made ready once."""
    ready: dict[str, Held] = {}
    for row in rows:
        if row["article"] not in ready:
            ready[row["article"]] = held(article_of(row))
        article, claim = ready[row["article"]], printed(row["summary"])
        kinds = frozenset(item.kind for item in unsupported(claim, article))
        tuning = not blake2b(row["id"].encode()).digest()[0] & 1
        yield Judged(
            row["id"],
            row.get("set", "all"),
            row["consistent"],
            tuning,
            supported(claim, article),
            kinds,
            bool(kinds & FATAL),
            text.word_count(claim),
        )


def accuracy(claims: Sequence[Judged], verdict: Callable[[Judged], bool]) -> float:
    """Balanced accuracy: the mean of the shares of consistent and of inconsistent claims judged rightly."""
    shares = [
        statistics.mean(verdict(claim) == kind for claim in claims if claim.consistent == kind)
        for kind in {claim.consistent for claim in claims}
    ]
    return statistics.mean(shares) if shares else 0.0


def passes(least: float) -> Callable[[Judged], bool]:
    """Judge a claim consistent: no number, quotation or name that is not held, and support enough."""
    return lambda claim: not claim.found and claim.support >= least


def tuned(
    claims: Sequence[Judged], judge: Callable[[float], Callable[[Judged], bool]], steps: Sequence[float]
) -> float:
    """Give the step that is best together with its neighbours, so that no lone peak wins."""
    scores = [accuracy(claims, judge(step)) for step in steps]
    best = max(range(1, len(steps) - 1), key=lambda at: sum(scores[at - 1 : at + 2]))
    return steps[best]


def interval(claims: Sequence[Judged], verdict: Callable[[Judged], bool]) -> tuple[float, float]:
    """95% interval by bootstrap over articles, whose claims stand or fall together (Efron; seeded)."""
    dice = random.Random(1)
    by_article: dict[str, list[tuple[bool, bool]]] = {}
    for claim in claims:
        by_article.setdefault(claim.id, []).append((claim.consistent, verdict(claim)))
    groups = list(by_article.values())
    made = []
    for _ in range(RESAMPLES):
        drawn = Counter(pair for group in dice.choices(groups, k=len(groups)) for pair in group)
        totals = [sum(n for (truth, _), n in drawn.items() if truth is kind) for kind in (True, False)]
        if all(totals):
            made.append((drawn[True, True] / totals[0] + drawn[False, False] / totals[1]) / 2)
    made.sort()
    return (made[int(0.025 * len(made))], made[int(0.975 * len(made))]) if made else (0.0, 1.0)


def measures(claims: Sequence[Judged], verdict: Callable[[Judged], bool]) -> Row:
    """Percentages of one verdict; precision and recall are those of the inconsistent."""
    right = Counter((claim.consistent, verdict(claim)) for claim in claims)
    refused = right[True, False] + right[False, False]
    wrong = right[False, True] + right[False, False]
    return {
        "claims": len(claims),
        "balanced": round(100 * accuracy(claims, verdict), 1),
        "interval": [round(100 * end, 1) for end in interval(claims, verdict)],
        "precision": round(100 * right[False, False] / refused, 1) if refused else None,
        "recall": round(100 * right[False, False] / wrong, 1) if wrong else None,
    }


def report(rows: Sequence[Row]) -> Row:
    """Measure both halves, each part of the data alone, each kind of finding, and a baseline of length."""
    started = time.process_time()
    claims = list(judged(rows))
    spent = time.process_time() - started
    tuning = [claim for claim in claims if claim.tuning]
    others = [claim for claim in claims if not claim.tuning]
    least = tuned(tuning, passes, [at / 100 for at in range(101)])
    longest = max(claim.words for claim in claims)
    long_enough = tuned(tuning, _longer, range(longest + 2))
    made: Row = {"threshold": least, "built_in": CARRIED, "ms_a_claim": round(1000 * spent / len(claims), 2)}
    made["tables"] = {
        "tuned half": measures(tuning, passes(least)),
        "other half": measures(others, passes(least)),
        "other half, at the built-in threshold": measures(others, passes(CARRIED)),
        f"baseline, other half: {long_enough:.0f} words or more": measures(others, _longer(long_enough)),
    }
    parts = sorted({claim.part for claim in others})
    for part in parts if len(parts) > 1 else ():
        made["tables"][f"other half, {part} alone"] = measures(
            [c for c in others if c.part == part], passes(least)
        )
    made["kinds"] = {
        kind: dict(
            Counter("consistent" if c.consistent else "inconsistent" for c in others if kind in c.kinds)
        )
        for kind in KINDS
    }
    return made


def _longer(least: float) -> Callable[[Judged], bool]:
    return lambda claim: claim.words >= least


def show(made: Row) -> None:
    """Print what `report` made."""
    print(f"{'':46}{'claims':>7}{'balanced':>10}{'95%':>14}{'precision':>11}{'recall':>11}")
    for name, row in made["tables"].items():
        low, high = row["interval"]
        cells = "".join(f"{'–' if row[key] is None else row[key]:>11}" for key in ("precision", "recall"))
        print(f"{name:46}{row['claims']:7}{row['balanced']:10}{f'{low}–{high}':>14}{cells}")
    print(f"\nSupport of at least {made['threshold']} was best on the tuned half.\n")
    for kind, counts in made["kinds"].items():
        shares = ", ".join(f"{n} {label}" for label, n in sorted(counts.items())) or "none"
        print(f"{kind:12}{shares}")
    print(f"\nA claim takes {made['ms_a_claim']} ms of processor time, its article's index included.")


def main() -> None:
    """Print the tables, or the data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--planted", action="store_true", help="plant errors into human summaries instead")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if given.planted:
        made = planted.report([(article_of(row), printed(row["reference"])) for row in rows])
    else:
        made = report(rows)
    if given.json:
        print(json.dumps(made))
    else:
        (planted.show if given.planted else show)(made)


if __name__ == "__main__":
    main()
