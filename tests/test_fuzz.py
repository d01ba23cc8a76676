"""Whatever stands in a site's files: it is built, or what is wrong is told with its place. Nothing else.

`make test` tries a few made-up sites, the same ones each time; `--deep` and the nightly run try many more.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from fuzz import schema_target, text_target
from generator.problems import InvalidSource, Problem
from generator.stories import facts
from generator.summarise.verify import numbers
from tests.building import build_site, tree, write_site
from tests.codes import codes
from tests.damage import damaged_sites, senseless_sites
from tests.strategies import Files, sites

ROOT = Path(__file__).parent.parent
TARGETS = {"schema": schema_target.check, "text": text_target.check}
SEEDS = sorted((ROOT / "fuzz" / "corpus").glob("*/*"))
MILLION = "9" * 1_000_001
# How often more than in `make test`, by Hypothesis's profile.
TIMES = {"ci": 1, "deep": 20, "nightly": 400}.get(settings.get_current_profile_name(), 1)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def few(examples: int) -> settings:
    return settings(max_examples=examples * TIMES, suppress_health_check=SLOW)


# --------------------------------------------------------------------------------------------- atheris


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.parent.name}-{seed.name}")
def test_what_the_fuzzer_begins_with_keeps_every_promise(seed: Path):
    TARGETS[seed.parent.name](seed.read_bytes())


def test_a_number_of_a_million_digits_is_read():
    """No input of the fuzzer is so long."""
    (number,) = numbers.numbers(f"About {MILLION} percent.")
    assert number.text == f"{MILLION} percent"
    assert facts._key(MILLION, "million", "en").startswith("1000")


def test_the_corpus_is_small_and_of_both_targets():
    assert {seed.parent.name for seed in SEEDS} == TARGETS.keys()
    assert len(SEEDS) <= 70
    assert sum(seed.stat().st_size for seed in SEEDS) < 50_000


# --------------------------------------------------------------------------------------------- sound sites


@few(6)
@given(files=sites())
def test_a_sound_site_is_built_the_same_twice_and_all_of_it_is_sound(files: Files):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        folder = write_site(Path(one), files)
        build_site(folder)
        made = tree(folder / "site")
        build_site(write_site(Path(other) / "ü", dict(reversed(files.items()))))
        assert made == tree(Path(other) / "ü" / "site")
    feeds_are_sound(made)
    evidence_exists(made)
    nothing_lives(made)


def feeds_are_sound(made: dict[str, bytes]) -> None:
    for path, data in made.items():
        if path.endswith(".json"):
            json.loads(data)
        elif path.endswith((".xml", ".opml", ".svg")):
            etree.fromstring(data)
    for path in ("feed.xml", "atom.xml"):
        read = feedparser.parse(made[path])
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert len({entry.id for entry in read.entries}) == len(read.entries)
        assert len(read.entries) == len(json.loads(made["feed.json"])["items"])


def evidence_exists(made: dict[str, bytes]) -> None:
    for path, data in made.items():
        if path.endswith("/brief.json"):
            page = made[path.replace("brief.json", "index.html")].decode()
            ids = {"s0", *re.findall(r' id="(s\d+)"', page)}
            told = set(cited(json.loads(data)["brief"]))
            assert told <= ids, (path, told - ids)
            linked = set(re.findall(r'href="#(s\d+)"', page))
            assert told - {"s0"} <= ids
            assert linked - {"s1"} <= ids  # the texts link to #s1 of their own accord


def cited(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (item["id"] for item in value.get("evidence") or ())
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from cited(item)


def nothing_lives(made: dict[str, bytes]) -> None:
    own = {path for path in made if path.startswith("assets/") and path.endswith(".js")}
    for path, data in made.items():
        if path.endswith(".html"):
            page = html5lib.parse(data.decode(), namespaceHTMLElements=False)
            for element in page.iter():
                if isinstance(element.tag, str):
                    assert not alive(element, own), (path, shown(element))


def alive(element: Any, own: Iterable[str]) -> bool:
    """Tell what a browser would run, load a page into, or send elsewhere; our own scripts do not count."""
    given = {str(name): value for name, value in element.attrib.items()}
    if element.tag == "script":
        ours = any(given.get("src", "").endswith(path) for path in own)
        return not ours and given.get("type") != "application/ld+json"
    if element.tag in {"iframe", "object", "embed", "base", "style", "math", "frame", "applet", "template"}:
        return True
    leads = given.get("action" if element.tag == "form" else "content", "")
    if (element.tag == "form" or "http-equiv" in given) and "x.example" in leads:
        return True
    addresses = (given.get(name, "") for name in ("href", "src", "action", "formaction", "xlink:href"))
    return any(name.startswith("on") or name == "style" for name in given) or any(
        re.match(r"[\s\x00-\x20]*(javascript|data|vbscript):", address, re.IGNORECASE)
        for address in addresses
    )


def shown(element: Any) -> str:
    return f"<{element.tag} {dict(element.attrib)}>{element.text}"


# --------------------------------------------------------------------------------------------- faulty sites


@few(20)
@given(files=damaged_sites())
def test_a_damaged_site_is_built_or_told_of(files: Files):
    built_or_told(files)


@few(20)
@given(files=senseless_sites())
def test_a_site_of_anything_is_built_or_told_of(files: Files):
    built_or_told(files)


def built_or_told(files: Files) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write_site(Path(name), files)
        try:
            build_site(folder)
        except InvalidSource as error:
            problems = error.problems
        else:
            nothing_lives(tree(folder / "site"))
            return
        assert problems
        assert not (folder / "site").exists()
        for problem in problems:
            well_told(problem, folder)


def well_told(problem: Problem, folder: Path) -> None:
    assert any(fnmatch(problem.code, known) for known in codes().places), problem
    assert problem.message.strip(), problem
    file = folder / problem.path
    assert file.exists(), problem
    lines = (
        re.split("\r\n|\r|\n", file.read_bytes().decode("utf-8-sig", "replace")) if file.is_file() else [""]
    )
    assert 1 <= problem.line <= len(lines), problem
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
