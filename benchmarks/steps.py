"""What a cold build spends its processor time on, by steps, in milliseconds an article.

    python -m benchmarks.steps FOLDER [--json]

The site in FOLDER is built from nothing, in this process alone. Each millisecond of processor time Python
is stopped and its stack read from the inside out: the first room that belongs to a step says which one it
is. So what `text` does for the ranking counts as ranking, and a step's share holds whatever it calls.
What the search indexer, a program of its own, takes is added to search.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

EVERY = 0.001  # seconds of processor time between looks


@dataclass(frozen=True, slots=True)
class Step:
    """What a step takes; `inner` ones are parts of the one before them that is not."""

    told: str
    milliseconds: float
    budget: float | None
    inner: bool = False


# Rooms of each step, first those that are parts of others. A name stands for itself and all that lies in it.
ROOMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Markdown",
        ("markdown", "generator.content.tokens", "generator.content.bounds", "generator.content.effort"),
    ),
    ("splitting", ("generator.text.sentences",)),
    (
        "sanitising and anchors",
        (
            "nh3",
            *(
                f"generator.content.{room}"
                for room in "anchors embeds images pairing quoting references strays nesting finding".split()
            ),
        ),
    ),
    (
        "front matter",
        (
            "generator.content.front_matter",
            "generator.content.source_files",
            "generator.content.values",
            "generator.schema.documents",
            "generator.schema.validation",
            "generator.schema.sequences",
            "yaml",
        ),
    ),
    ("ranking", ("generator.summarise.extractive.ranking",)),
    (
        "names",
        ("generator.summarise.extractive.entities", "generator.summarise.extractive.gazetteer"),
    ),
    ("rest of the brief", ("generator.summarise", "generator.text.languages")),
    ("grouping", ("generator.stories",)),
    ("search", ("generator.search",)),
    ("feeds and brief.json", ("generator.feeds", "generator.exports", "feedgen")),
    ("page", ("generator.pages", "generator.templating", "jinja2")),
    ("composing", ("generator.editions",)),
    (
        "keys and cache",
        (
            "generator.keys",
            "generator.cache",
            "generator.shelf",
            "generator.schema.records",
            "generator.inputs",
        ),
    ),
    ("write", ("generator.publish", "generator.disk")),
    ("starting", ("importlib", "_frozen_importlib", "_frozen_importlib_external")),
)
BRIEF = ("splitting", "ranking", "names", "rest of the brief")
# Milliseconds an article, as they are asked; a prototype gave the parts of a brief.
BUDGET = {
    "front matter": 0.1,
    "Markdown": 1.4,
    "sanitising and anchors": 0.4,
    "whole brief": 4.0,
    "grouping": 0.4,
    "page": 0.3,
    "write": 0.1,
    "search": 0.8,
}
OTHER = "what is left"
STEP_OF = {room: step for step, rooms in ROOMS for room in rooms}


class _Watch:
    """Counts at which step the processor is, each time that it is looked at."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._known: dict[str, str] = {}

    def __call__(self, _: int, frame: FrameType | None) -> None:
        while frame is not None:
            step = self._step(frame.f_globals.get("__name__") or "")
            if step:
                self.seen[step] += 1
                return
            frame = frame.f_back
        self.seen[OTHER] += 1

    def _step(self, room: str) -> str:
        known = self._known.get(room)
        if known is None:
            parts = room.split(".")
            names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
            known = self._known[room] = next((STEP_OF[name] for name in names if name in STEP_OF), "")
        return known


def measured(folder: Path) -> list[Step]:
    """Build a site from nothing, its cache and its output made anew, and tell what took how long."""
    import gc

    from generator.cli import COLLECTED

    gc.set_threshold(*COLLECTED)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".before-") as aside:
        # To delete first would be counted: for minutes some disks (ext4 without a journal) pass over each
        # inode that was freed whenever a file is made, which takes them up to ten times as long.
        for place in ("site", ".cache"):
            with suppress(FileNotFoundError):
                (folder / place).rename(Path(aside, place))
        return _built(folder)


def _built(folder: Path) -> list[Step]:
    from generator import config
    from generator.build import build
    from generator.cache import opened
    from generator.commands.moment import now

    watch = _Watch()
    before = signal.signal(signal.SIGPROF, watch)
    began, children = time.process_time(), _of_children()
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        project = config.read(folder)
        report = build(project, cache=opened(project.cache), now=now())
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    own, indexed = time.process_time() - began, _of_children() - children
    each = 1000 * own / max(1, watch.seen.total()) / report.articles
    taken = {step: count * each for step, count in watch.seen.items()}
    taken["search"] = taken.get("search", 0) + 1000 * indexed / report.articles
    return list(_told(taken))


def _of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _told(taken: dict[str, float]) -> Sequence[Step]:
    order = [step for step, _ in ROOMS if step not in BRIEF]
    order.sort(key=lambda step: list(BUDGET).index(step) if step in BUDGET else len(BUDGET))
    made = [Step(step, taken.get(step, 0), BUDGET.get(step)) for step in (*order, OTHER)]
    parts = [Step(f"of it: {step}", taken.get(step, 0), None, inner=True) for step in BRIEF]
    whole = Step("whole brief", sum(part.milliseconds for part in parts), BUDGET["whole brief"])
    at = 1 + max(place for place, step in enumerate(made) if step.told == "sanitising and anchors")
    return [*made[:at], whole, *parts, *made[at:]]


def apart(folder: Path) -> list[Step]:
    """Measure in a process of its own, whose imports and caches nobody has touched."""
    import subprocess

    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "benchmarks.steps", str(folder), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Step(**step) for step in json.loads(done.stdout)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    steps = measured(asked.folder)
    if asked.json:
        print(json.dumps([asdict(step) for step in steps]))
        return
    from benchmarks.tables import budget

    print("\n".join(budget(steps)))


if __name__ == "__main__":
    main()
