"""Whole sites against what they are known to give, and broken ones against what they must say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.problems import InvalidSource
from tests.building import build_site, copied, tree

HERE = Path(__file__).parent
SITES = sorted(path for path in (HERE / "sites").iterdir() if path.is_dir())
INVALID = sorted(path for path in (HERE / "sites_invalid").iterdir() if path.is_dir())
# Bytes of a library, or of the theme under a name with their digest: they say nothing to a reviewer.
INDEX = (".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment", ".pagefind", "pagefind-entry.json")
LEFT_OUT = (".png", ".jpg", ".webp", ".css", ".js", ".broadsheet.json", "volumes.json", *INDEX)


def shown(files: dict[str, bytes]) -> dict[str, str]:
    return {name: data.decode() for name, data in files.items() if not name.endswith(LEFT_OUT)}


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)
def test_site_is_as_expected(site: Path, tmp_path: Path, update_golden: bool) -> None:
    folder = copied(site, tmp_path / "site-under-test")
    build_site(folder)
    made, expected = folder / "site", site / "expected"
    if update_golden:
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(made, expected, ignore=shutil.ignore_patterns(*(f"*{name}" for name in LEFT_OUT)))
    assert shown(tree(made)) == shown(tree(expected))


@pytest.mark.parametrize("site", INVALID, ids=lambda path: path.name)
def test_broken_site_is_refused_whole(site: Path, tmp_path: Path, update_golden: bool) -> None:
    folder = copied(site, tmp_path / "site-under-test")
    standing = folder / "site"
    standing.mkdir()
    with pytest.raises(InvalidSource) as raised:
        build_site(folder)
    said = "".join(f"{problem}\n" for problem in raised.value.problems)
    if update_golden:
        (site / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (site / "expected.txt").read_text(encoding="utf-8")
    assert list(standing.iterdir()) == []
