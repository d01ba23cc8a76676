"""What holds for every site: same content, config and date, same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import config
from generator.build import build
from generator.cache import Cache
from tests.building import NOW, build_site, copied, tree, write_site
from tests.running import NOW as EPOCH

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "sites" / "newsroom"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = copied(SAMPLE, tmp_path_factory.mktemp("once") / "a")
    build_site(folder)
    return tree(folder / "site")


@pytest.mark.parametrize(
    "env",
    [
        {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "2"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "3"},
    ],
    ids=["zone", "locale", "no locale"],
)
def test_same_bytes_in_another_zone_locale_and_path(
    made: dict[str, bytes], env: dict[str, str], tmp_path: Path
):
    folder = copied(SAMPLE, tmp_path / "somewhere else" / "ünder")
    command = [sys.executable, "-m", "generator", "build", str(folder), "--quiet"]
    full = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(ROOT), **env}
    subprocess.run(command, env=full, check=True)
    assert tree(folder / "site") == made


def test_same_bytes_twice_and_without_the_cache(made: dict[str, bytes], tmp_path: Path):
    folder = copied(SAMPLE, tmp_path / "b")
    build_site(folder)
    build_site(folder)
    assert tree(folder / "site") == made
    shutil.rmtree(folder / ".cache")
    build_site(folder)
    assert tree(folder / "site") == made


@given(seed=st.integers())
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_of_files_does_not_matter(
    made: dict[str, bytes], seed: int, tmp_path_factory: pytest.TempPathFactory
):
    files = list(tree(SAMPLE).items())
    Random(seed).shuffle(files)
    folder = tmp_path_factory.mktemp("shuffled")
    write_site(folder, {name: data for name, data in files if not name.startswith("expected")})
    build_site(folder)
    assert tree(folder / "site") == made


ARTICLES = st.dictionaries(
    st.sampled_from([f"content/{name}.md" for name in ("a", "b", "c", "x/d", "x/e", "pages/p")]),
    st.builds(
        "---\ntitle: {}\n{}---\n{}\n".format,
        st.sampled_from(["One", "Two thirds of halls are full", "Corvane pays $3 billion"]),
        st.sampled_from(["updated: 2026-11-20\n", "draft: true\n", "", "lang: de\n"]),
        st.sampled_from(["", "It costs $3 billion. It opens in May.", "# H\n\n- a\n- b\n", "Words. " * 50]),
    ),
    max_size=6,
)


def dated(files: dict[str, str], day: int) -> dict[str, str | bytes]:
    """Give articles a date; standing pages have none."""
    line = f"---\ndate: 2026-11-{day:02d}\n"
    return {
        name: text if "pages/" in name else text.replace("---\n", line, 1) for name, text in files.items()
    }


@given(steps=st.lists(st.tuples(ARTICLES, st.integers(1, 28)), min_size=2, max_size=4))
@settings(max_examples=12)
def test_a_warm_build_equals_a_clean_one(
    steps: list[tuple[dict[str, str], int]], tmp_path_factory: pytest.TempPathFactory
):
    warm = tmp_path_factory.mktemp("warm")
    for number, (files, day) in enumerate(steps):
        now = NOW + timedelta(days=number)
        shutil.rmtree(warm / "content", ignore_errors=True)
        build_site(write_site(warm, {"content/.keep": "", **dated(files, day)}), now)
        clean = write_site(tmp_path_factory.mktemp("clean"), {"content/.keep": "", **dated(files, day)})
        build_site(clean, now)
        assert tree(warm / "site") == tree(clean / "site")


def test_a_build_for_another_address_leaves_no_trace(made: dict[str, bytes], tmp_path: Path):
    """Compiled templates hold addresses that were worked out beforehand."""
    folder = copied(SAMPLE, tmp_path / "b")
    project = config.at_address(config.read(folder), "http://localhost:8000/")
    build(project, cache=Cache(project.cache / "records"), now=NOW)
    assert b"localhost" in (folder / "site" / "index.html").read_bytes()
    build_site(folder)
    assert tree(folder / "site") == made
