from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import publish
from generator.model import File
from generator.problems import Refusal
from generator.publish.exchange import locked
from tests.building import tree

OLD = [File("index.html", b"old"), File("a/index.html", b"a"), File("gone.html", b"x")]
NEW = [File("index.html", b"new"), File("a/index.html", b"a"), File("b/c/index.html", b"c")]


def put(files: list[File], folder: Path) -> publish.Published:
    return publish.publish(files, folder / "site", folder / ".cache")


def standing(folder: Path) -> dict[str, bytes]:
    made = tree(folder / "site")
    made.pop(publish.MANIFEST, None)
    return made


def as_tree(files: list[File]) -> dict[str, bytes]:
    return {file.path: file.data for file in files}


def test_site_holds_what_was_made_and_nothing_else(tmp_path: Path):
    assert put(OLD, tmp_path) == publish.Published(3, 5, 3, 0, 0)
    assert put(NEW, tmp_path) == publish.Published(3, 5, 2, 1, 1)
    assert standing(tmp_path) == as_tree(NEW)
    assert put(NEW, tmp_path) == publish.Published(3, 5, 0, 0, 3)


def test_what_somebody_did_to_the_site_is_undone(tmp_path: Path):
    put(OLD, tmp_path)
    (tmp_path / "site" / "index.html").write_text("hacked")
    (tmp_path / "site" / "stray.html").write_text("stray")
    (tmp_path / "site" / "gone.html").unlink()
    put(OLD, tmp_path)
    assert standing(tmp_path) == as_tree(OLD)


def test_gitignore_is_kept(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".gitignore").write_bytes(b"*\n")
    put(OLD, tmp_path)
    put(NEW, tmp_path)
    assert (tmp_path / "site" / ".gitignore").read_bytes() == b"*\n"


def test_manifest_says_nothing_of_when_or_where(tmp_path: Path):
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    put(OLD, tmp_path / "x")
    put(NEW, tmp_path / "x")
    put(NEW, tmp_path / "y")
    assert tree(tmp_path / "x" / "site") == tree(tmp_path / "y" / "site")


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_not_ours_is_refused(tmp_path: Path, kind: str):
    site = tmp_path / "site"
    if kind == "folder":
        site.mkdir()
        (site / "mine.txt").write_text("mine")
    elif kind == "file":
        site.write_text("mine")
    else:
        (tmp_path / "else").mkdir()
        site.symlink_to(tmp_path / "else")
    with pytest.raises(Refusal):
        put(NEW, tmp_path)
    assert not (tmp_path / "else" / "index.html").exists()
    assert kind != "folder" or (site / "mine.txt").read_text() == "mine"


def test_two_builds_do_not_meet(tmp_path: Path):
    put(OLD, tmp_path)
    with locked(tmp_path / ".cache" / "lock"), pytest.raises(Refusal, match="another build"):
        put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(OLD)


def test_a_name_the_disk_cannot_hold_leaves_the_old_site(tmp_path: Path):
    put(OLD, tmp_path)
    with pytest.raises(Refusal):
        put([*NEW, File("n" * 300, b"")], tmp_path)
    assert standing(tmp_path) == as_tree(OLD)
    put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(NEW)


def test_a_site_left_aside_comes_back(tmp_path: Path):
    put(OLD, tmp_path)
    (tmp_path / "site").rename(tmp_path / "site.old")
    put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(NEW)
    assert not (tmp_path / "site.old").exists()


@pytest.mark.parametrize(
    ("paths", "codes"),
    [
        (["a/index.html", "b/index.html"], []),
        (["a/index.html", "a/index.html"], ["duplicate-address"]),
        (["A/index.html", "a/index.html"], ["duplicate-address"]),
        (["caf\u00e9/index.html", "cafe\u0301/index.html"], ["duplicate-address"]),
        (["a", "a/index.html"], ["duplicate-address"]),
        (["a/index.html", "a"], ["duplicate-address"]),
        (["../a"], ["bad-address"]),
        (["/a"], ["bad-address"]),
        (["a//b"], ["bad-address"]),
        (["con/index.html"], ["bad-address"]),
        (["nul.txt"], ["bad-address"]),
        (["a\\b"], ["bad-address"]),
        ([".broadsheet.json"], ["bad-address"]),
        (["x" * 256], ["bad-address"]),
    ],
)
def test_collisions(paths: list[str], codes: list[str]):
    assert [problem.code for problem in publish.collisions([File(path, b"") for path in paths])] == codes


KILLED = """
import sys
from pathlib import Path
from generator import publish
from generator.model import File
folder = Path(sys.argv[1])
files = [File(f"{n}/index.html", b"new" * 1000) for n in range(800)]
print("ready", flush=True)
publish.publish(files, folder / "site", folder / ".cache")
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_leaves_the_old_site_or_the_new_one(tmp_path: Path, seed: int):
    kill_and_look(tmp_path, seed)


@pytest.mark.deep
def test_a_hundred_kills(tmp_path: Path):
    for seed in range(100):
        (tmp_path / str(seed)).mkdir()
        kill_and_look(tmp_path / str(seed), seed)


def kill_and_look(tmp_path: Path, seed: int) -> None:
    old = [File(f"{n}/index.html", b"old" * 1000) for n in range(800)]
    new = [File(f"{n}/index.html", b"new" * 1000) for n in range(800)]
    put(old, tmp_path)
    root = str(Path(__file__).parent.parent)
    env = {**os.environ, "PYTHONPATH": root}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], env=env, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
    assert standing(tmp_path) in (as_tree(old), as_tree(new))
    put(new, tmp_path)
    assert standing(tmp_path) == as_tree(new)
