from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from generator import config
from generator.bundle import theme_folder
from generator.model import Author, Link
from generator.problems import InvalidSource
from tests.building import write_site

ROOT = Path(__file__).parent.parent

FULL = """\
title: The Sheet
description: News of sheets.
url: https://news.example/sheet
language: de
timezone: Europe/Berlin
author: {name: Ada, email: ada@news.example}
edition: {period: week, limit: 5}
feed: {items: 7, content: full, authority: "news.example,2020", hub: "https://hub.example/?v=1"}
menu:
  - {title: About, url: /about/}
  - {title: Code, url: https://code.example/}
theme: {colours: {accent: {light: "#123", dark: "#ABCDEF"}, paper: "#fff"}, fonts: {text: "Own,  'Two  Words', serif"}}
footer: {text: Ours, links: [{title: Imprint, url: /imprint/}]}
social: [{name: Fediverse, url: "https://social.example/@sheet"}]
social_cards: all
extra: {year: 2026, flag: no}
"""


def read(tmp_path: Path, text: str) -> config.Config:
    return config.read(write_site(tmp_path, {"config.yaml": text})).config


def test_every_value_arrives(tmp_path: Path):
    made = read(tmp_path, FULL)
    assert (made.url, made.period, made.limit, made.feed_items) == (
        "https://news.example/sheet/",
        "week",
        5,
        7,
    )
    assert made.feed_hub == "https://hub.example/?v=1"
    assert made.author == Author("Ada", "ada@news.example")
    assert made.menu == (Link("About", "about/"), Link("Code", "https://code.example/"))
    assert made.theme == config.Theme(
        {"paper": ("#ffffff", None), "accent": ("#112233", "#abcdef")}, text=("Own", "Two Words", "serif")
    )
    assert made.footer == config.Footer("Ours", (Link("Imprint", "imprint/"),))
    assert made.social == (Link("Fediverse", "https://social.example/@sheet"),)
    assert made.social_cards == "all"
    assert made.extra == {"year": 2026, "flag": "no"}


def test_two_lines_suffice(tmp_path: Path):
    made = read(tmp_path, "title: A\nurl: http://localhost:8000")
    assert (made.language, made.timezone, made.period, made.feed_content) == ("en", "UTC", "day", "brief")


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("url: example.org", "bad-url", (1, 6)),
        ("url: https://x.example/?a=b", "bad-url", (1, 6)),
        ("url: https://münchen.example/", "bad-url", (1, 6)),
        ('feed: {authority: "news.example,2026-13"}', "bad-authority", (1, 19)),
        ("timezone: Europe/Berln", "bad-timezone", (1, 11)),
        ("timezone: ../../etc/passwd", "bad-timezone", (1, 11)),
        ("theme: {colours: {accent: blue}}", "bad-colour", (1, 27)),
        ("theme: {colours: {acent: '#123'}}", "unknown-key", (1, 19)),
        ("theme: {fonts: {text: 'a, b; }'}}", "bad-font-stack", (1, 23)),
        ("theme: {fonts: {text: A, files: [{family: A, file: gone.woff2}]}}", "missing-font", (1, 52)),
        ("theme: {fonts: {text: A, files: [{family: A, file: config.yaml}]}}", "bad-font", (1, 52)),
        ("theme: {fonts: {text: A, files: [{family: A, file: a, weight: bold}]}}", "bad-weight", (1, 63)),
        ("social: [{name: A, url: /about/}]", "bad-url", (1, 25)),
        ("social_cards: often", "wrong-value", (1, 15)),
        ("edition: {period: daily}", "wrong-value", (1, 19)),
        ("feed: {items: 0}", "wrong-type", (1, 15)),
        ("feed: {authority: me}", "bad-authority", (1, 19)),
        ("feed: {hub: /hub/}", "bad-url", (1, 13)),
        ("feed: {hub: 'http://[::1/'}", "bad-url", (1, 13)),
        ("feed: {hub: 'mailto:hub@news.example'}", "bad-url", (1, 13)),
        ("feed: {hub: 'https://hub.example:x/'}", "bad-url", (1, 13)),
        ("menu: [{title: A, url: 'javascript:x'}]", "bad-url", (1, 24)),
        ("entities: [{name: A, kind: company}]", "wrong-value", (1, 28)),
        ("entities: [{name: A}]", "missing-key", (1, 12)),
        ("entities: [{name: A, kind: place, alias: B}]", "unknown-key", (1, 35)),
        (
            "entities: [{name: A, kind: place}, {name: B, kind: person, aliases: A}]",
            "duplicate-name",
            (1, 36),
        ),
        ("colour: red", "unknown-key", (1, 1)),
        ("theme: {logo: gone.svg}", "missing-image", (1, 15)),
    ],
)
def test_a_mistake_has_its_place(tmp_path: Path, line: str, code: str, place: tuple[int, int]):
    rest = "".join(
        f"{key}: {value}\n"
        for key, value in (("title", "A"), ("url", "https://x.example/"))
        if not line.startswith(key)
    )
    with pytest.raises(InvalidSource) as raised:
        read(tmp_path, f"{line}\n{rest}")
    assert [(p.code, (p.line, p.column)) for p in raised.value.problems] == [(code, place)]


def test_the_theme_is_found_beside_the_package():
    assert (theme_folder() / "base.html").is_file()


def test_an_installed_package_has_its_theme_inside(tmp_path: Path):
    """As a wheel lays it out: pyproject.toml puts templates/ and the starter into the package."""
    installed = tmp_path / "site-packages" / "generator"
    shutil.copytree(ROOT / "generator", installed, ignore=shutil.ignore_patterns("__pycache__"))
    included = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = included["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in wheel.items():
        place = installed.parent / target
        place.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, place)
    site = write_site(tmp_path / "site", {"content/.keep": ""})
    env = {**os.environ, "PYTHONPATH": str(installed.parent)}
    for folder in (site, installed / "starter"):
        done = subprocess.run(
            [sys.executable, "-m", "generator", "build", str(folder), "-q"],
            cwd=tmp_path,
            env=env,
            check=False,
        )
        assert done.returncode == 0
        assert (folder / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("file", "data"),
    [
        (".env", "SECRET=1"),
        ("logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("config.yaml", ""),
    ],
)
def test_only_a_sound_picture_can_be_the_logo(tmp_path: Path, file: str, data: str):
    text = f"title: A\nurl: https://x.example/\ntheme: {{logo: {file}}}\n"
    with pytest.raises(InvalidSource) as raised:
        config.read(write_site(tmp_path, {file: data, "config.yaml": text}))
    assert [p.code for p in raised.value.problems] == ["bad-image"]


@pytest.mark.parametrize(
    ("colours", "faint"),
    [
        ('accent: "#fff"', "#fff"),
        ('accent: {light: "#1a4d94", dark: "#000"}', "#000"),
        ('ink: "#888"', "#888"),
        ('marker: "#222"', "#222"),
        ('paper: "#666", ink: "#000"', "#000"),
    ],
)
def test_a_colour_must_be_readable_and_the_hint_mends_it(tmp_path: Path, colours: str, faint: str):
    text = f"title: A\nurl: https://x.example/\ntheme: {{colours: {{{colours}}}}}\n"
    with pytest.raises(InvalidSource) as raised:
        read(tmp_path, text)
    (only,) = raised.value.problems
    assert only.code == "faint-colour"
    nearest = only.hint.rpartition(" ")[2].strip('"')
    assert read(tmp_path, text.replace(faint, nearest))


def test_a_font_that_no_text_asks_for_is_told(tmp_path: Path):
    text = "title: A\nurl: https://x.example/\ntheme: {fonts: {text: Own, files: [{family: Onw, file: a.woff2}]}}\n"
    with pytest.raises(InvalidSource) as raised:
        config.read(write_site(tmp_path, {"config.yaml": text, "a.woff2": b"wOF2"}))
    (only,) = raised.value.problems
    assert (only.code, only.hint) == ("unused-font", "known here: Own")


@pytest.mark.parametrize("line", ["timezone: localtime", "url: https://x.example//a/", 'title: "\\u200b"'])
def test_what_means_nothing_or_another_thing_elsewhere_is_refused(tmp_path: Path, line: str):
    rest = "".join(
        f"{k}: {v}\n" for k, v in (("title", "A"), ("url", "https://x.example/")) if not line.startswith(k)
    )
    with pytest.raises(InvalidSource):
        read(tmp_path, f"{line}\n{rest}")
