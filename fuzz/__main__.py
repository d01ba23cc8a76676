"""python -m fuzz TARGET [libFuzzer's options]: run a target until a fault or the time is up."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import atheris

HERE = Path(__file__).parent
GROWN = HERE.parent / ".cache" / "fuzz"
TARGETS = ("schema", "text")


def main() -> None:
    name, *options = sys.argv[1:] or [""]
    if name not in TARGETS:
        sys.exit(f"usage: python -m fuzz {{{','.join(TARGETS)}}} [-max_total_time=60 …]")
    # What is imported within is watched; the target must not have been imported before.
    with atheris.instrument_imports(include=["generator", "yaml"]):
        target = importlib.import_module(f"fuzz.{name}_target")
    grown, found = GROWN / name, GROWN / "found"
    for folder in (grown, found):
        folder.mkdir(parents=True, exist_ok=True)
    # New inputs go to the first folder, so that the corpus under git grows by hand alone.
    corpus = [str(grown), str(HERE / "corpus" / name)]
    limits = ["-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", f"-dict={HERE / name}.dict"]
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={found}/{name}-", *options, *corpus], target.check
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
