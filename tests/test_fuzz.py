"""Whatever stands in a site's files: it is built, or what is wrong is told with its place. Nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import schema_target, text_target

CORPUS = Path(__file__).parent.parent / "fuzz" / "corpus"
TARGETS = {"schema": schema_target.check, "text": text_target.check}
SEEDS = sorted(CORPUS.glob("*/*"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.parent.name}-{seed.name}")
def test_what_the_fuzzer_begins_with_keeps_every_promise(seed: Path):
    TARGETS[seed.parent.name](seed.read_bytes())


def test_the_corpus_is_small_and_of_both_targets():
    assert {seed.parent.name for seed in SEEDS} == TARGETS.keys()
    assert len(SEEDS) <= 70
    assert sum(seed.stat().st_size for seed in SEEDS) < 50_000
