"""A site that is gone is put back from the cache where a build would make the same, and made where it would not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import inputs, publish
from tests.building import ARTICLE, NOW, tree, write_site

LATER = ARTICLE.replace("2026-11-23", "2026-11-30")
ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
AT_ONCE = "put site/ back"
# Some time after all was saved, as a machine builds that was given a checkout and a cache.
CODE = (
    "import sys, time; now = time.time_ns; time.time_ns = lambda: now() + 10**10\n"
    "from generator.cli import cli; cli.main(['build', *sys.argv[1:], '--json', '--profile'])"
)


def build(folder: Path, *asked: str, days: int = 0) -> tuple[dict[str, Any], set[str]]:
    """Build a site; give what was told, and the names of the steps."""
    env = {**ENV, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()) + days * 86400)}
    command = [sys.executable, "-c", CODE, str(folder), *asked]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return told, {step["step"] for step in told.pop("steps")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built, then changed and built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    folder.mkdir()
    write_site(folder, {"content/a.md": ARTICLE, "content/l.md": LATER, "templates/x.txt": "x"})
    build(folder)
    (folder / "content" / "b.md").write_text(ARTICLE.replace("opens", "shuts"))
    shutil.rmtree(folder / "site")
    _, steps = build(folder)
    assert "render" in steps
    return folder


def given(built: Path, folder: Path) -> dict[str, bytes]:
    """Give a machine what a site is made from, and the cache, all with new stamps; give what the site was."""
    shutil.copytree(built, folder, copy_function=shutil.copyfile)
    shutil.rmtree(folder / "site")
    return tree(built / "site")


def inodes(site: Path) -> set[tuple[str, int]]:
    files = (path for path in site.rglob("*") if path.is_file() and path.name != publish.MANIFEST)
    return {(str(path.relative_to(site)), path.stat().st_ino) for path in files}


def test_a_site_that_is_gone_is_put_back_at_once(built: Path, tmp_path: Path):
    folder = tmp_path / "site"
    before = given(built, folder)
    for _ in range(2):  # known by its bytes, then by its stamps
        idle = inodes(folder / ".cache" / "next")
        told, steps = build(folder)
        assert AT_ONCE in steps
        assert "render" not in steps
        assert tree(folder / "site") == before
        assert inodes(folder / "site") == idle, "nothing was copied"
        published = told["published"]
        assert (published["written"], published["removed"], told["articles"]) == (0, 0, 2)
        assert tree(folder / ".cache" / "next") == before, "it can be put back again"
        again, steps = build(folder)
        assert not steps & {AT_ONCE, "render"}, "its new stamps are known"
        assert {**again, "seconds": 0} == {**told, "seconds": 0}
        shutil.rmtree(folder / "site")


def test_what_was_put_back_by_its_stamps_is_known_in_another_checkout(tmp_path: Path):
    folder, other = tmp_path / "site", tmp_path / "other"
    write_site(folder, {"content/a.md": ARTICLE})
    build(folder)
    write_site(folder, {"content/b.md": ARTICLE.replace("opens", "shuts")})
    build(folder)  # which found site/, and read no more than it had to
    before = tree(folder / "site")
    shutil.rmtree(folder / "site")
    assert AT_ONCE in build(folder)[1]
    given(folder, other)
    _, steps = build(other)
    assert AT_ONCE in steps
    assert "render" not in steps
    assert tree(other / "site") == before


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text of the same length": lambda f: (f / "content" / "a.md").write_text(
        ARTICLE.replace("opens", "OPENS")
    ),
    "a new file": lambda f: (f / "content" / "n.md").write_text(ARTICLE.replace("opens", "closes")),
    "a file gone": lambda f: (f / "content" / "a.md").unlink(),
    "a file renamed": lambda f: (f / "content" / "a.md").rename(f / "content" / "c.md"),
    "a file moved": lambda f: shutil.move(f / "content" / "a.md", made(f / "content" / "x") / "a.md"),
    "a link": lambda f: (f / "templates" / "link.txt").symlink_to("x.txt"),
    "the config": lambda f: (f / "config.yaml").write_text("title: Other\nurl: https://a.example/\n"),
    "a template": lambda f: (f / "templates" / "robots.txt").write_text("x"),
    "a page in the cache": lambda f: (f / ".cache" / "next" / "index.html").write_bytes(
        (f / ".cache" / "next" / "index.html").read_bytes().swapcase()
    ),
    "a page in the cache gone": lambda f: (f / ".cache" / "next" / "index.html").unlink(),
    "the ledger": lambda f: (f / ".cache" / "ledger").write_bytes(b"x"),
    "the ledger gone": lambda f: (f / ".cache" / "ledger").unlink(),
    "the record": lambda f: (f / ".cache" / "built").write_bytes(b"x"),
}


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_build_would_make_otherwise_is_made(change: str, built: Path, tmp_path: Path):
    folder = tmp_path / "site"
    given(built, folder)
    CHANGES[change](folder)
    shutil.copytree(folder, tmp_path / "clean", ignore=shutil.ignore_patterns(".cache"), symlinks=True)
    _, steps = build(folder)
    assert "render" in steps
    build(tmp_path / "clean")
    assert tree(folder / "site") == tree(tmp_path / "clean" / "site")


@pytest.mark.parametrize(
    ("asked", "days"), [(["--drafts"], 0), (["--base-url", "https://b.example/"], 0), ([], 8)]
)
def test_what_is_asked_otherwise_or_later_is_made(asked: list[str], days: int, built: Path, tmp_path: Path):
    folder = tmp_path / "site"
    given(built, folder)
    _, steps = build(folder, *asked, days=days)
    assert "render" in steps


def test_strays_in_the_cache_are_not_put_into_the_site(built: Path, tmp_path: Path):
    folder = tmp_path / "site"
    before = given(built, folder)
    (folder / ".cache" / "next" / "stray").mkdir()
    (folder / ".cache" / "next" / "stray" / "index.html").write_text("stray")
    (folder / ".cache" / "next" / ".gitignore").write_text("*\n")
    (folder / ".cache" / "next" / ".broadsheet.json").write_text("{}")
    _, steps = build(folder)
    assert AT_ONCE in steps
    assert tree(folder / "site") == before


@pytest.mark.parametrize("kept", [[], [".gitignore"]])
def test_a_site_without_a_file_of_ours_is_gone(kept: list[str], built: Path, tmp_path: Path):
    folder = tmp_path / "site"
    before = given(built, folder)
    (folder / "site").mkdir()
    for name in kept:  # as git has it in each checkout
        (folder / "site" / name).write_text("*\n!.gitignore\n")
        before[name] = b"*\n!.gitignore\n"
    _, steps = build(folder)
    assert AT_ONCE in steps
    assert tree(folder / "site") == before
    _, steps = build(folder)
    assert not steps & {AT_ONCE, "render"}


def test_what_the_config_names_is_that_of_its_own_checkout(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="30"/>'
    config = "title: T\nurl: https://a.example/\ntheme: {logo: logo.svg}\n"
    write_site(one, {"content/a.md": ARTICLE, "config.yaml": config, "logo.svg": logo % 100})
    build(one)
    shutil.rmtree(one / "site")
    build(one)
    given(one, two)
    (two / "logo.svg").write_text(logo % 200)
    _, steps = build(two)
    assert "render" in steps
    assert b'width="200"' in (two / "site" / "index.html").read_bytes()
    shutil.rmtree(two)
    given(one, two)
    shutil.rmtree(one)
    _, steps = build(two)
    assert "render" not in steps, "it needs nothing of the checkout that it came from"


def test_a_folder_under_another_of_our_names_is_another(tmp_path: Path):
    write_site(tmp_path, {"content/a.md": ARTICLE})
    before = inputs.in_bytes(tmp_path, tmp_path / "theme", [], [])
    (tmp_path / "content").rename(tmp_path / "templates")
    assert inputs.in_bytes(tmp_path, tmp_path / "theme", [], []) != before


def test_a_site_that_is_the_theme_has_its_templates_read_whole(tmp_path: Path):
    file = write_site(tmp_path, {"templates/__pycache__/a.html": "a"}) / "templates/__pycache__/a.html"
    before = inputs.in_bytes(tmp_path, tmp_path / "templates", [], [])
    file.write_text("b")
    assert inputs.in_bytes(tmp_path, tmp_path / "templates", [], []) != before


def test_bytecode_that_python_keeps_is_no_change(tmp_path: Path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "part.py").write_text("x")
    before = inputs.look(tmp_path / "site", tmp_path / "room", [], clock=0)
    (tmp_path / "room" / "__pycache__").mkdir()
    assert inputs.look(tmp_path / "site", tmp_path / "room", [], clock=0) == before
    (tmp_path / "room" / "other").mkdir()
    assert inputs.look(tmp_path / "site", tmp_path / "room", [], clock=0).digest != before.digest
