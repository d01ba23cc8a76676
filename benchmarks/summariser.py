"""How well the summariser chooses: ROUGE against human summaries, lead-3 beside it, and its time.

Any file of JSON lines with `title`, `article` (paragraphs parted by line ends) and `reference` will do:

    pip install rouge-score
    python benchmarks/summariser.py summaries.jsonl [--words 60] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from generator import text
from generator.model import Article, Sentence
from generator.summarise import choose
from generator.summarise.extractive import ranking
from generator.summarise.extractive.boilerplate import boilerplate

MEASURES = ("rouge1", "rouge2", "rougeL")
FEWEST = 5  # words
RESAMPLES = 2000


def article_of(row: dict[str, str]) -> Article:
    """Read a row as an article: its lines are paragraphs."""
    sentences = [Sentence("s0", row.get("title", ""), 0, "", "title")]
    for block, paragraph in enumerate(row["article"].split("\n"), 1):
        for start, end in text.sentences(paragraph):
            told = " ".join(paragraph[start:end].split())
            sentences.append(Sentence(f"s{len(sentences)}", told, block))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    words = text.word_count(row["article"])
    return Article("a", "a.md", "a/", row.get("title", ""), "a", now, now, "en", tuple(sentences), "", words)


def lead(article: Article) -> list[str]:
    """Take the first three sentences that say something: the baseline that is hard to beat.

    Bylines, boilerplate and fragments of fewer than five words are passed over, as ours passes them over.
    """
    left_out = boilerplate(article.sentences, article.lang)
    body = (s.text for s in article.sentences[1:] if s.id not in left_out)
    return [said for said in body if text.word_count(said) >= FEWEST][:3]


def chosen(article: Article, words: int) -> list[str]:
    """Take the ranking's picks until there are enough words."""
    left_out = boilerplate(article.sentences, article.lang)
    body = [s for s in article.sentences[1:] if s.id not in left_out]
    items = ranking.ranked(body, text.language("en"))
    made: list[ranking.Ranked] = []
    while sum(item.words for item in made) < words:
        more = ranking.pick(items, 1, made)
        if not more:
            break
        made += more
    return [item.sentence.text for item in made]


def scores(
    rows: Sequence[dict[str, str]], told: Callable[[Article], list[str]], words: int
) -> dict[str, list[float]]:
    """F1 in percent, a list for each measure; summaries are cut to `words`."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    made: dict[str, list[float]] = {name: [] for name in MEASURES}
    for row in rows:
        summary = " ".join(" ".join(told(article_of(row))).split()[:words])
        for name, score in scorer.score(row["reference"], summary).items():
            made[name].append(100 * score.fmeasure)
    return made


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """95% interval of the mean difference, by paired bootstrap (Efron; seeded)."""
    dice = random.Random(1)
    gains = [a - b for a, b in zip(ours, theirs, strict=True)]
    means = sorted(statistics.mean(dice.choices(gains, k=len(gains))) for _ in range(RESAMPLES))
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES)]


def timed(rows: Sequence[dict[str, str]]) -> float:
    """Milliseconds of processor time for a whole brief, on average."""
    articles = [article_of(row) for row in rows]
    summariser = choose()
    started = time.process_time()
    for article in articles:
        summariser(article)
    return 1000 * (time.process_time() - started) / len(articles)


def main() -> None:
    """Print the table, or the data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        baseline = scores(rows, lead, given.words)
    except ImportError:
        sys.exit("This needs the package rouge-score: pip install rouge-score")
    ours = scores(rows, lambda article: chosen(article, given.words), given.words)
    name = choose().name
    means = {
        who: {m: round(statistics.mean(made[m]), 1) for m in MEASURES}
        for who, made in (("lead-3", baseline), (name, ours))
    }
    gains = {m: [round(end, 2) for end in interval(ours[m], baseline[m])] for m in MEASURES}
    milliseconds = round(timed(rows), 2)
    if given.json:
        print(
            json.dumps(
                {
                    "articles": len(rows),
                    "words": given.words,
                    "means": means,
                    "gain_95": gains,
                    "ms": milliseconds,
                }
            )
        )
        return
    print(f"{len(rows)} articles, {given.words} words\n")
    print(f"{'':14}{'R-1':>7}{'R-2':>7}{'R-L':>7}")
    for who, made in means.items():
        print(f"{who:14}" + "".join(f"{made[m]:7.1f}" for m in MEASURES))
    print(f"{'gain, 95%':14}" + "  ".join(f"{low:+.1f} to {high:+.1f}" for low, high in gains.values()))
    print(f"\nA whole brief takes {milliseconds} ms of processor time.")


if __name__ == "__main__":
    main()
