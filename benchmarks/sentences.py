"""How well sentences are found: precision, recall and F1 of their inner borders, and the time it takes.

A file holds a text a line, "|" where a sentence ends, "⏎" for the end of a line; its name is its
language. Peers that are installed are measured beside ours:

    pip install pysbd blingfire numpy
    python benchmarks/sentences.py [FILE…] [--json] [--faults]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import text

CASES = Path(__file__).parent.parent / "tests" / "sentences"
Splitter = Callable[[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and the sentences that are in it."""

    written: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Borders found and wanted, texts that came out whole, and seconds for a million characters."""

    right: int
    found: int
    wanted: int
    whole: int
    seconds: float

    @property
    def precision(self) -> float:
        return 100 * self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return 100 * self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        return 200 * self.right / max(1, self.found + self.wanted)


def cases(file: Path) -> list[Case]:
    """Read a file of marked texts."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    made = []
    for line in lines:
        marked = line.replace("⏎", "\n")
        made.append(Case(marked.replace("|", ""), tuple(part.strip() for part in marked.split("|"))))
    return made


def borders(sentences: Iterable[str]) -> set[int]:
    """Give where sentences end, but for the last, counted in signs that are no white space."""
    ends, at = [], 0
    for sentence in sentences:
        at += len("".join(sentence.split()))
        ends.append(at)
    return set(ends[:-1])


def ours(written: str, lang: str) -> list[str]:
    """Split by our own rules."""
    return [written[start:end] for start, end in text.sentences(written, lang)]


def splitters() -> dict[str, Splitter]:
    """Give ours, and the peers that are there."""
    made: dict[str, Splitter] = {"broadsheet": ours}
    try:
        import pysbd

        known = {lang: pysbd.Segmenter(language=lang, clean=False) for lang in ("en", "de", "fr", "es")}
        made["pysbd"] = lambda written, lang: list(known.get(lang, known["en"]).segment(written))
    except ImportError:
        pass
    try:
        import blingfire

        made["blingfire"] = lambda written, _: blingfire.text_to_sentences(written).split("\n")
    except ImportError:
        pass
    return made


def score(some: Sequence[Case], lang: str, split: Splitter) -> Score:
    """Measure a splitter on the texts of one language."""
    started = time.perf_counter()
    made = [borders(split(case.written, lang)) for case in some]
    seconds = time.perf_counter() - started
    wanted = [borders(case.sentences) for case in some]
    pairs = list(zip(made, wanted, strict=True))
    return Score(
        sum(len(one & other) for one, other in pairs),
        sum(map(len, made)),
        sum(map(len, wanted)),
        sum(one == other for one, other in pairs),
        1e6 * seconds / max(1, sum(len(case.written) for case in some)),
    )


def faults(some: Sequence[Case], lang: str) -> list[str]:
    """Give the texts that ours splits wrongly, as it splits them."""
    made = [(case, ours(case.written, lang)) for case in some]
    return ["| ".join(split) for case, split in made if borders(split) != borders(case.sentences)]


def main() -> None:
    """Print the table, or the data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--faults", action="store_true", help="print what ours splits wrongly")
    given = parser.parse_args()
    files = given.files or sorted(CASES.glob("*.txt"))
    read = {file.stem: cases(file) for file in files}
    if given.faults:
        for lang, some in read.items():
            print(*(f"{lang}  {fault}" for fault in faults(some, lang)), sep="\n")
        return
    for lang in read:
        text.sentences("", lang)  # word lists are read once
    told = {
        lang: {name: score(some, lang, split) for name, split in splitters().items()}
        for lang, some in read.items()
    }
    if given.json:
        rows = {
            lang: {
                name: {
                    "precision": round(one.precision, 1),
                    "recall": round(one.recall, 1),
                    "f1": round(one.f1, 1),
                    "whole": one.whole,
                    "texts": len(read[lang]),
                    "seconds_per_million": round(one.seconds, 3),
                }
                for name, one in row.items()
            }
            for lang, row in told.items()
        }
        print(json.dumps(rows, indent=2))
        return
    print(f"{'':4}{'':12}{'P':>7}{'R':>7}{'F1':>7}{'whole':>10}{'s/MB':>8}")
    for lang, row in told.items():
        for name, one in row.items():
            whole = f"{one.whole}/{len(read[lang])}"
            print(
                f"{lang:4}{name:12}{one.precision:7.1f}{one.recall:7.1f}{one.f1:7.1f}{whole:>10}{one.seconds:8.3f}"
            )


if __name__ == "__main__":
    main()
