"""How well the summariser chooses: ROUGE against human summaries, beside lead-3 and sumy, and its time.

Any file of JSON lines with `article` (paragraphs parted by line ends) and `reference` will do; `title` and
`id` are used where they stand:

    pip install rouge-score            # needed
    pip install sumy numpy             # if LexRank, LSA, TextRank and Luhn are to stand beside
    PYTHONPATH=. python benchmarks/summariser.py summaries.jsonl [--words 60] [--cross-validate] [--json]

    PYTHONPATH=. python benchmarks/summariser.py summaries.jsonl --summariser ~/digest

With `--summariser` the model that a site's config.yaml chooses (docs/models.md) stands beside: it is asked
for each article that it has not answered before, within the config's bounds, and costs what that costs.

Protocol: ROUGE F1 of rouge-score with its stemmer, on running text. All choose among the same sentences:
those of our splitter, without what our boilerplate rules pass over. They are joined until there are enough
words and cut at exactly `--words`. Two rows are taken as they come, uncut: `lead-3, raw` (the first three
sentences of the text, scraps and all) and `summary` (the field that readers get).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock

from generator import text
from generator.model import Article, ArticleBody, Sentence
from generator.summarise import choose
from generator.summarise.extractive import ranking
from generator.summarise.extractive.boilerplate import boilerplate
from generator.summarise.extractive.trimming import trimmed

MEASURES = ("rouge1", "rouge2", "rougeL")
FEWEST = 5  # words of a sentence that a lead counts
RESAMPLES = 2000
FOLDS = 5
GRID = {"PLACE": (0.2, 0.35, 0.5), "NAMED": (0.0, 0.08, 0.16), "LAMBDA": (0.5, 0.65, 0.8)}
MIDDLING = range(500, 701)  # words of the articles that "a 600-word article" is measured on
SUMY = ("lex_rank", "lsa", "text_rank", "luhn", "sum_basic")

Told = Callable[[Article], Sequence[str]]
Scores = list[tuple[float, ...]]  # by article: F1 in percent, one for each of MEASURES


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read the rows. Exits with a message that names the line where one cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{path} cannot be read: {error}")
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = dict(json.loads(line))
        except (ValueError, TypeError) as error:
            sys.exit(f"{path}:{number}: no JSON object: {error}")
        for key in ("article", "reference"):
            if not isinstance(row.get(key), str) or not row[key].strip():
                sys.exit(f"{path}:{number}: `{key}` must be a text that is not empty")
        rows.append(row)
    if not rows:
        sys.exit(f"{path} holds no rows: one JSON object a line, with `article` and `reference`")
    return rows


def article_of(row: dict[str, str]) -> Article:
    """Read a row as an article: its lines are paragraphs."""
    sentences = [Sentence("s0", row.get("title") or "", 0, "", "title")]
    for block, paragraph in enumerate(row["article"].split("\n"), 1):
        for start, end in text.sentences(paragraph):
            told = " ".join(paragraph[start:end].split())
            sentences.append(Sentence(f"s{len(sentences)}", told, block))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    words = text.word_count(row["article"])
    held = ArticleBody(tuple(sentences), "")
    return Article("a", "a.md", "a/", row.get("title") or "", "a", now, now, "en", held, words)


def digest(row: dict[str, str]) -> int:
    """Give a number by which rows are divided: the odd ones are the held-out half."""
    return int(sha256((row.get("id") or row["article"]).encode()).hexdigest(), 16)


def body(article: Article) -> list[Sentence]:
    """Give the sentences that all choose among."""
    left_out = set(boilerplate(article.sentences))
    return [sentence for sentence in article.sentences[1:] if sentence.id not in left_out]


def lead(article: Article) -> list[str]:
    """Take the first three sentences of at least five words: the baseline that is hard to beat."""
    return [s.text for s in body(article) if text.word_count(s.text) >= FEWEST][:3]


def raw_lead(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences[1:4]]


def chosen(article: Article, words: int) -> list[str]:
    """Take the ranking's picks, as a brief would print them, until there are enough words."""
    items = items_of(article)
    made: list[ranking.Ranked] = []
    while sum(item.words for item in made) < words and (more := ranking.pick(items, 1, made)):
        made += more
    return [item.told for item in made]


def items_of(article: Article) -> list[ranking.Ranked]:
    sentences = body(article)
    return ranking.ranked(sentences, text.language("en"), [trimmed(s.text) for s in sentences])


def summary(article: Article) -> list[str]:
    return [line.text for line in choose()(article).summary]


def model_summaries(
    site: Path, rows: Sequence[dict[str, str]], articles: Sequence[Article]
) -> tuple[str, Told, dict[str, int]]:
    """Ask the model of a site; gives its name, the summary field of its briefs, and what was dropped."""
    from generator import config
    from generator.cache import opened
    from generator.commands.totals import Totals
    from generator.summarise.models import doors, writing
    from generator.summarise.models.budget import Budget
    from generator.summarise.models.kept import Held

    project = config.read(site)
    model = project.config.model
    if model is None:
        sys.exit(f"{site}/config.yaml chooses no model: docs/models.md says how")
    settled = choose((), model, Held(opened(project.cache)))
    names = [str(row.get("id") or place) for place, row in enumerate(rows)]
    named = [replace(it, path=name) for it, name in zip(articles, names, strict=True)]
    todo = [it for it in named if settled.kept(it) is None]
    if todo:
        door, budget = doors.opened(model, os.environ, site), Budget(model)
        with Totals(len(todo), budget, shown=sys.stderr.isatty()) as totals:
            base, memory = settled.base, settled.memory
            desk = writing.Desk(model, door, memory, base, (), lambda outcome, _budget: totals.show(outcome))
            run = writing.write(todo, desk, budget)
        failed = sum(bool(outcome.fault) for outcome in run.outcomes)
        print(
            f"{run.budget.calls} calls; no answer for {failed + len(run.left)}. {run.stopped}",
            file=sys.stderr,
        )
    briefs = [settled(it) for it in named]
    dropped: Counter[str] = Counter()
    for brief in briefs:
        dropped.update(dict(brief.proof.dropped) if brief.proof else {})
    by_article = {id(it): brief for it, brief in zip(articles, briefs, strict=True)}
    return model.model, lambda it: [line.text for line in by_article[id(it)].summary], dict(dropped)


def sumy_summarisers(words: int) -> dict[str, Told]:
    """Give sumy's summarisers (English) over our sentences, or none where sumy or numpy is not installed."""
    from importlib import import_module

    try:
        import numpy as np  # noqa: F401 -- LexRank, LSA and TextRank fail late without it
        from sumy.models.dom import ObjectDocumentModel, Paragraph
        from sumy.models.dom import Sentence as SumySentence
        from sumy.nlp.stemmers import Stemmer
        from sumy.utils import get_stop_words
    except ImportError:
        return {}

    class Tokenizer:
        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(text.words(sentence))

    def told_by(summarise: Any) -> Told:
        def told(article: Article) -> list[str]:
            sentences = [SumySentence(s.text, Tokenizer()) for s in body(article)]
            document = ObjectDocumentModel([Paragraph(sentences)])
            for count in range(1, len(sentences) + 1):
                made = [str(sentence) for sentence in summarise(document, count)]
                if sum(map(text.word_count, made)) >= words:
                    break
            return made if sentences else []

        return told

    made: dict[str, Told] = {}
    for module in SUMY:
        name = "".join(map(str.title, module.split("_")))
        maker = getattr(import_module(f"sumy.summarizers.{module}"), f"{name}Summarizer")
        summarise = maker(Stemmer("english"))
        summarise.stop_words = get_stop_words("english")
        made[f"sumy {name}"] = told_by(summarise)
    return made


def scores(
    rows: Sequence[dict[str, str]], articles: Sequence[Article], told: Told, words: int | None
) -> Scores:
    """Score each article's summary, cut to so many words, or uncut."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    made: Scores = []
    for row, article in zip(rows, articles, strict=True):
        found = scorer.score(row["reference"], " ".join(" ".join(told(article)).split()[:words]))
        made.append(tuple(100 * found[name].fmeasure for name in MEASURES))
    return made


def means(made: Iterable[tuple[float, ...]]) -> list[float]:
    """Average each measure; nothing averages to nothing."""
    return [round(statistics.mean(column), 2) for column in zip(*made, strict=True)]


def interval(ours: Scores, theirs: Scores) -> list[list[float]]:
    """95% interval of the mean difference in each measure, by paired bootstrap (Efron 1979; seeded)."""
    found = []
    for measure in range(len(MEASURES)):
        dice = random.Random(1)
        gains = [a[measure] - b[measure] for a, b in zip(ours, theirs, strict=True)]
        drawn = sorted(statistics.mean(dice.choices(gains, k=len(gains))) for _ in range(RESAMPLES))
        found.append([round(drawn[int(share * RESAMPLES)], 2) for share in (0.025, 0.975)])
    return found


def cross_validated(rows: Sequence[dict[str, str]], articles: Sequence[Article], words: int) -> Scores:
    """Score each fold by the ranking's constants that were best on the other folds."""
    folds = [digest(row) % FOLDS for row in rows]
    tried: list[Scores] = []
    for values in itertools.product(*GRID.values()):
        with mock.patch.multiple(ranking, **dict(zip(GRID, values, strict=True))):
            tried.append(scores(rows, articles, lambda article: chosen(article, words), words))
    made: Scores = [()] * len(rows)
    for fold in range(FOLDS):
        others = [place for place, of in enumerate(folds) if of != fold]
        best = max(tried, key=lambda found: sum(sum(found[place]) for place in others))
        for place, of in enumerate(folds):
            if of == fold:
                made[place] = best[place]
    return made


def timed(do: Callable[[Article], object], articles: Sequence[Article]) -> float | None:
    """Milliseconds of processor time for an article, on average; the first is done twice, to warm up."""
    if not articles:
        return None
    do(articles[0])
    started = time.process_time()
    for article in articles:
        do(article)
    return round(1000 * (time.process_time() - started) / len(articles), 2)


def report(
    rows: Sequence[dict[str, str]], words: int, *, cross_validate: bool, site: Path | None = None
) -> dict[str, Any]:
    """Measure everything, as data."""
    articles = [article_of(row) for row in rows]
    name = choose().name
    who: dict[str, tuple[Told, int | None]] = {"lead-3": (lead, words), "lead-3, raw": (raw_lead, None)}
    others = sumy_summarisers(words)
    who |= {other: (told, words) for other, told in others.items()}
    who |= {name: (lambda article: chosen(article, words), words), f"{name}, summary": (summary, None)}
    dropped: dict[str, int] = {}
    if site:
        model, told_by_model, dropped = model_summaries(site, rows, articles)
        who[f"{model}, summary"] = (told_by_model, None)
    made = {some: scores(rows, articles, told, cut) for some, (told, cut) in who.items()}
    if cross_validate:
        made[f"{name}, cross-validated"] = cross_validated(rows, articles, words)
    held = [digest(row) % 2 == 1 for row in rows]
    halves = {"all": [True] * len(rows), "tuned": [not out for out in held], "held_out": held}
    halves = {half: which for half, which in halves.items() if any(which)}

    def part(found: Scores, which: Sequence[bool]) -> Scores:
        return [score for score, is_in in zip(found, which, strict=True) if is_in]

    middling = [article for article in articles if article.words in MIDDLING]
    return {
        "articles": {half: sum(which) for half, which in halves.items()},
        "words": words,
        "measures": MEASURES,
        "scores": {
            some: {half: means(part(found, which)) for half, which in halves.items()}
            for some, found in made.items()
        },
        "gain_over_lead_95": {
            half: interval(part(made[name], which), part(made["lead-3"], which))
            for half, which in halves.items()
        },
        "milliseconds": {
            "ranking": timed(items_of, articles),
            "brief": timed(choose(), articles),
            "ranking of 600 words": timed(items_of, middling),
            "brief of 600 words": timed(choose(), middling),
        },
        "without_sumy": not others,
        "dropped": dropped,
    }


def table(found: dict[str, Any]) -> str:
    """Lay the report out for reading."""
    halves, count = list(found["articles"]), found["articles"]
    wide = 3 + max(map(len, found["scores"]))
    titles = (f"{half.replace('_', ' ')} ({count[half]})" for half in halves)
    words = f"F1 at {found['words']} words"
    lines = [
        " " * wide + "".join(f"   {title:21}" for title in titles),
        f"{words:{wide}}" + f"{'R-1':>6}{'R-2':>6}{'R-L':>6}      " * len(halves),
    ]
    for who, by_half in found["scores"].items():
        cells = ("".join(f"{value:6.1f}" for value in by_half[half]) + " " * 6 for half in halves)
        lines.append(f"{who:{wide}}" + "".join(cells))
    lines += ["", "Gain of the ranking over lead-3, 95% interval (R-1; R-2; R-L):"]
    for half, ends in found["gain_over_lead_95"].items():
        told = ";  ".join(f"{low:+.1f} to {high:+.1f}" for low, high in ends)
        lines.append(f"  {half.replace('_', ' '):10}{told}")
    lines += ["", "Milliseconds of processor time an article:"]
    lines += [f"  {what:22}{ms}" for what, ms in found["milliseconds"].items() if ms is not None]
    if found["dropped"]:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(found["dropped"].items()))
        lines += ["", f"Lines of the model that did not pass: {reasons}"]
    if found["without_sumy"]:
        lines += ["", "Without sumy's rows: pip install sumy numpy"]
    return "\n".join(lines)


def main() -> None:
    """Print the table, or the data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="JSON lines")
    parser.add_argument("--words", type=int, default=60, help="length of the summaries (60)")
    parser.add_argument("--cross-validate", action="store_true", help="choose the constants fold by fold too")
    parser.add_argument("--summariser", type=Path, metavar="SITE", help="measure this site's model, too")
    parser.add_argument("--json", action="store_true", help="print data")
    given = parser.parse_args()
    if given.words < 1:
        parser.error("--words must be at least 1")
    rows = rows_of(given.file)
    # Before a model is asked: its answers cost.
    if find_spec("rouge_score") is None:
        sys.exit("This needs the package rouge-score: pip install rouge-score")
    found = report(rows, given.words, cross_validate=given.cross_validate, site=given.summariser)
    print(json.dumps(found) if given.json else table(found))


if __name__ == "__main__":
    main()
