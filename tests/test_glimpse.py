"""What was saved is seen at once on its own page, as the build that follows makes it; or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import config
from generator.build.glimpse import Seen, glimpse
from generator.cache import Cache
from tests.building import ARTICLE, build_site, tree, write_site

ONE = "content/2026/11/one.md"
OTHER = """---
title: Bakers vote on shorter nights
date: 2026-11-20
source: {name: Wire, url: https://wire.example/2}
---

The guild of bakers will vote on shorter nights. Two ovens stay cold till then.
"""


def built(folder: Path, files: dict[str, str | bytes] | None = None) -> tuple[Path, list[Seen]]:
    site = write_site(folder, {ONE: ARTICLE, "content/two.md": OTHER, **(files or {})})
    seen: list[Seen] = []
    build_site(site, see=lambda made: seen.append(Seen.of(made)))
    return site, seen


def glimpsed(site: Path, seen: Seen, path: str = "2026/11/one.md") -> tuple[str, bytes] | None:
    project = config.read(site)
    page = glimpse(project, seen, path, Cache(project.cache / "records"))
    return (page.path, page.data) if page else None


def save(text: str) -> Callable[[Path], object]:
    return lambda site: write_site(site, {ONE: text})


SEEN = {
    "a text": save(ARTICLE + "\nIt is of brick, and 90 metres long.\n"),
    "a headline": save(ARTICLE.replace("title: Corvane borrows", "title: Corvane lends")),
    "sources": save(
        ARTICLE.replace("---\n\n", "source: {name: Wire, url: https://wire.example/1}\n---\n\n", 1)
    ),
    "a correction": save(
        ARTICLE.replace("---\n\n", "corrections: [{date: 2026-11-24, text: It was 3.}]\n---\n\n", 1)
    ),
}


@pytest.mark.parametrize("change", SEEN.values(), ids=SEEN)
def test_a_glimpse_is_what_the_build_makes(change: Callable[[Path], object], tmp_path: Path):
    site, (seen,) = built(tmp_path)
    change(site)
    found = glimpsed(site, seen)
    assert found
    build_site(site)
    assert found == ("2026/11/one/index.html", tree(site / "site")["2026/11/one/index.html"])


UNSEEN = {
    "another date": save(ARTICLE.replace("-23", "-21")),
    "other topics": save(ARTICLE.replace("---\n\n", "topics: [Grid]\n---\n\n", 1)),
    "a fault": save(ARTICLE.replace("title:", "titel:")),
    "a link to a file": save(ARTICLE + "\nSee [two](../../two.md).\n"),
    "gone": lambda site: (site / ONE).unlink(),
    "a draft": save(ARTICLE.replace("---\n\n", "draft: true\n---\n\n", 1)),
}


@pytest.mark.parametrize("change", UNSEEN.values(), ids=UNSEEN)
def test_what_a_glimpse_would_tell_wrongly_waits_for_the_build(
    change: Callable[[Path], object], tmp_path: Path
):
    site, (seen,) = built(tmp_path)
    change(site)
    assert glimpsed(site, seen) is None
    assert glimpsed(site, seen, "2026/11/none.md") is None


def test_a_broken_template_waits_for_the_build(tmp_path: Path):
    site, (seen,) = built(tmp_path)
    write_site(site, {"templates/article.html": "{{ nothing.at.all }}", ONE: ARTICLE + "\nMore.\n"})
    assert glimpsed(site, seen) is None
