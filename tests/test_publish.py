from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator import publish
from generator.forks import Forks
from generator.model import File, Kept
from generator.problems import InvalidSource, Refusal
from generator.publish.exchange import locked
from generator.publish.finding import SHARE
from tests.building import tree

OLD = [File("index.html", b"old"), File("a/index.html", b"a"), File("gone.html", b"x")]
NEW = [File("index.html", b"new"), File("a/index.html", b"a"), File("b/c/index.html", b"c")]
# The other tree is gone where it had to be moved back.
LEFT = (["ledger", "lock", "seen"], ["ledger", "lock", "next", "seen", "seen-next"])
ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


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


@pytest.mark.parametrize(
    "change", ["an empty folder", "a link in place of a file", "a link in place of a folder"]
)
def test_more_that_somebody_did_to_the_site_is_undone(tmp_path: Path, change: str):
    put(OLD, tmp_path)
    clean = places(tmp_path / "site")
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"a")
    if change == "an empty folder":
        (site / "empty").mkdir()
    elif change == "a link in place of a file":
        (site / "a" / "index.html").unlink()
        (site / "a" / "index.html").symlink_to(outside / "index.html")
    else:
        shutil.rmtree(site / "a")
        (site / "a").symlink_to(outside)
    put(OLD, tmp_path)
    assert places(tmp_path / "site") == clean
    assert (outside / "index.html").stat().st_nlink == 1


def places(folder: Path) -> list[tuple[str, int]]:
    """Every path under a folder, and whether it is a file, a folder or a link."""
    return sorted(
        (str(path.relative_to(folder)), stat.S_IFMT(path.lstat().st_mode)) for path in folder.rglob("*")
    )


def test_a_damaged_manifest_is_made_again(tmp_path: Path):
    put(OLD, tmp_path)
    whole = (tmp_path / "site" / publish.MANIFEST).read_bytes()
    (tmp_path / "site" / publish.MANIFEST).write_bytes(whole[:9])
    put(OLD, tmp_path)
    assert (tmp_path / "site" / publish.MANIFEST).read_bytes() == whole


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


def left_by_an_interrupted_build(folder: Path, state: str) -> None:
    work = folder / ".cache"
    if "half written" in state:
        shutil.rmtree(work / "next")
        (work / "next" / "a").mkdir(parents=True)
        (work / "next" / "index.html").write_bytes(b"ne")
    if "moved aside" in state:
        (folder / "site").rename(work / "previous")
    if "copy aside" in state:
        shutil.copytree(folder / "site", work / "previous")


@pytest.mark.parametrize(
    "state", ["half written", "moved aside", "moved aside, half written", "copy aside, half written"]
)
def test_what_an_interrupted_build_left_is_put_right(tmp_path: Path, state: str):
    put(OLD, tmp_path)
    left_by_an_interrupted_build(tmp_path, state)
    put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(NEW)
    assert sorted(path.name for path in (tmp_path / ".cache").iterdir()) in LEFT


def test_the_old_site_is_back_even_if_the_next_build_fails(tmp_path: Path):
    put(OLD, tmp_path)
    left_by_an_interrupted_build(tmp_path, "moved aside")
    shutil.rmtree(tmp_path / ".cache" / "next")
    (tmp_path / ".cache" / "next").write_text("in the way")
    with pytest.raises(Refusal):
        put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(OLD)


def test_a_folder_of_the_users_beside_the_site_is_left_alone(tmp_path: Path):
    put(OLD, tmp_path)
    shutil.copytree(tmp_path / "site", tmp_path / "site.old")
    put(NEW, tmp_path)
    assert (tmp_path / "site.old" / "gone.html").read_bytes() == b"x"


def test_two_renames_do_where_folders_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "elsewhere")
    put(OLD, tmp_path)
    put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(NEW)
    assert sorted(path.name for path in (tmp_path / ".cache").iterdir()) in LEFT


def test_what_did_not_change_is_not_written_again(tmp_path: Path):
    put(OLD, tmp_path)
    before = (tmp_path / "site" / "a" / "index.html").stat()
    put(NEW, tmp_path)
    after = (tmp_path / "site" / "a" / "index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


KEYED = [replace(file, key=f"key of {file.data!r}") for file in OLD]


def holds(folder: Path, path: str, key: str) -> bool:
    with publish.opened(folder / "site", folder / ".cache") as now:
        return now.holds(path, key)


def test_a_site_holds_what_was_made_from_a_key_as_long_as_nobody_touches_it(tmp_path: Path):
    put(KEYED, tmp_path)
    assert holds(tmp_path, "a/index.html", "key of b'a'")
    assert not holds(tmp_path, "a/index.html", "key of b'b'")
    assert not holds(tmp_path, "a/index.html", "")
    (tmp_path / "site" / "a" / "index.html").write_bytes(b"A")
    assert not holds(tmp_path, "a/index.html", "key of b'a'")
    (tmp_path / "site" / "gone.html").unlink()
    (tmp_path / ".cache" / "next" / "gone.html").unlink()
    assert not holds(tmp_path, "gone.html", "key of b'x'")


@pytest.mark.parametrize("copied", [False, True])
def test_a_site_that_is_gone_is_kept_in_the_cache(tmp_path: Path, copied: bool):
    """As on a machine that is given .cache alone, with other times and inodes."""
    put(KEYED, tmp_path)
    shutil.rmtree(tmp_path / "site")
    if copied:
        shutil.copytree(tmp_path / ".cache", tmp_path / "copy", copy_function=shutil.copyfile)
        shutil.rmtree(tmp_path / ".cache")
        (tmp_path / "copy").rename(tmp_path / ".cache")
    for _ in range(2):
        for file in KEYED:
            assert holds(tmp_path, file.path, file.key)
        published = put([Kept(file.path, file.key) for file in KEYED], tmp_path)
        assert published == publish.Published(3, 5, 0, 0, 3)
        assert standing(tmp_path) == as_tree(OLD)


def test_the_cache_holds_the_site_that_stands(tmp_path: Path):
    put(OLD, tmp_path)
    (tmp_path / "site" / ".gitignore").write_text("*")
    for files in (NEW, OLD, [*NEW[:1], File("a/b/index.html", b"deep")]):
        put(files, tmp_path)
        held = tree(tmp_path / ".cache" / "next")
        manifest = held.pop(publish.MANIFEST)
        assert (held, manifest) == (as_tree(files), (tmp_path / "site" / publish.MANIFEST).read_bytes())
        kinds = places(tmp_path / "site")
        assert places(tmp_path / ".cache" / "next") == [one for one in kinds if one[0] != publish.KEPT]


@pytest.mark.parametrize("given", ["the cache", "copies of the cache", "copies of all"])
def test_many_files_are_found_again_together(tmp_path: Path, given: str):
    folder = tmp_path / "here"
    files = [File(f"{n}/index.html", f"page {n:05}".encode(), key=f"key {n}") for n in range(SHARE + 9)]
    put(files, folder)
    altered = folder / ".cache" / "next" / "3" / "index.html"
    gone = folder / ".cache" / "next" / "4" / "index.html"
    if given != "copies of all":
        shutil.rmtree(folder / "site")
    if given != "the cache":
        shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
        shutil.rmtree(folder)
        (tmp_path / "copy").rename(folder)
    altered.write_bytes(b"PAGE 00003")
    gone.unlink()
    if given == "copies of all":
        shutil.rmtree(folder / "site" / "3")
        shutil.rmtree(folder / "site" / "4")
    with publish.opened(folder / "site", folder / ".cache") as now:
        now.seek(Forks(2, least=2, chunk=1).map)
        held = [file for file in files if now.holds(file.path, file.key)]
        assert held == files[:3] + files[5:]
        kept = [Kept(file.path, file.key) for file in held]
        assert now.replace([*kept, *files[3:5]]).written == 2
    assert standing(folder) == as_tree(files)


def test_what_vanishes_while_it_is_kept_leaves_the_site_as_it_was(tmp_path: Path):
    put(KEYED, tmp_path)
    with publish.opened(tmp_path / "site", tmp_path / ".cache") as now:
        assert now.holds("gone.html", "key of b'x'")
        (tmp_path / "site" / "gone.html").unlink()
        shutil.rmtree(tmp_path / ".cache" / "next")
        with pytest.raises(Refusal, match=r"gone\.html"):
            now.replace([*NEW, Kept("gone.html", "key of b'x'")])
    assert standing(tmp_path) == as_tree(OLD[:2])


def test_where_files_cannot_have_two_names_they_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise OSError(95, "not here")

    monkeypatch.setattr(os, "link", refused)
    for files in (OLD, NEW, OLD, OLD, NEW):
        put(files, tmp_path)
        assert standing(tmp_path) == as_tree(files)
    assert (tmp_path / "site" / "index.html").stat().st_nlink == 1


@pytest.mark.parametrize("damage", ["shorter", "other form", "not json", "gone"])
def test_a_damaged_ledger_counts_as_missing(tmp_path: Path, damage: str):
    put(KEYED, tmp_path)
    file = tmp_path / ".cache" / "ledger"
    if damage == "gone":
        file.unlink()
    else:
        data = file.read_bytes()
        file.write_bytes({"shorter": data[:-9], "other form": b"x" + data, "not json": b"x\n{"}[damage])
    assert not holds(tmp_path, "gone.html", "key of b'x'")
    put(NEW, tmp_path)
    assert standing(tmp_path) == as_tree(NEW)


def test_what_is_right_stays_where_no_ledger_tells_of_it(tmp_path: Path):
    put(OLD, tmp_path)
    before = places(tmp_path)
    (tmp_path / ".cache" / "ledger").unlink()
    assert put(OLD, tmp_path) == publish.Published(3, 5, 0, 0, 3)
    assert places(tmp_path) == before


def test_a_file_that_nobody_may_read_is_made_again(tmp_path: Path):
    put(OLD, tmp_path)
    page = tmp_path / "site" / "index.html"
    page.chmod(0)
    put(OLD, tmp_path)
    assert page.stat().st_mode & stat.S_IRUSR
    assert standing(tmp_path) == as_tree(OLD)


def test_modes_are_those_that_the_umask_asks_for(tmp_path: Path):
    before = os.umask(0o027)
    try:
        put(OLD, tmp_path)
    finally:
        os.umask(before)
    made = [tmp_path / "site", tmp_path / "site" / "a", tmp_path / "site" / "index.html"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o750, 0o750, 0o640]


def test_faulty_addresses_are_told_before_anything_is_touched(tmp_path: Path):
    put(OLD, tmp_path)
    with pytest.raises(InvalidSource):
        put([*NEW, File("../outside.html", b"")], tmp_path)
    assert standing(tmp_path) == as_tree(OLD)
    assert not (tmp_path / "outside.html").exists()


def test_files_are_made_before_anything_is_touched(tmp_path: Path):
    def fails() -> Iterator[File]:
        yield NEW[0]
        raise RuntimeError("a page could not be made")

    put(OLD, tmp_path)
    with pytest.raises(RuntimeError):
        publish.publish(fails(), tmp_path / "site", tmp_path / ".cache")
    assert standing(tmp_path) == as_tree(OLD)


HINDERED = """
import json, os, resource, shutil, stat, sys
from pathlib import Path
from generator import publish
from generator.model import File, Kept
from generator.problems import InvalidSource, Refusal
how, folder = sys.argv[1], Path(sys.argv[2])
if how == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
elif os.getuid() == 0:
    os.setuid(65534)
try:
    publish.publish([File("index.html", b"new"), File("b.html", b"n" * 9000)], folder / "site", folder / ".cache")
except Refusal as refusal:
    print(refusal)
"""


def hindered(how: str, folder: Path) -> str:
    command = [sys.executable, "-c", HINDERED, how, str(folder)]
    done = subprocess.run(command, env=ENV, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="limits and permissions are those of POSIX")
def test_a_full_disk_leaves_the_old_site_and_no_rest(tmp_path: Path):
    put(OLD, tmp_path)
    assert "site/ is as it was" in hindered("full", tmp_path)
    assert standing(tmp_path) == as_tree(OLD)
    assert not (tmp_path / ".cache" / "next").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="limits and permissions are those of POSIX")
@pytest.mark.parametrize("first", [True, False])
def test_a_folder_that_may_not_be_written_is_told(first: bool):
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other users
    try:
        if not first:
            put(OLD, folder)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert str(folder) in hindered("read-only", folder)
        assert first or standing(folder) == as_tree(OLD)
    finally:
        folder.chmod(0o755)
        for path in folder.rglob("*"):
            path.chmod(0o755)
        shutil.rmtree(folder)


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
        ([".GitIgnore"], ["bad-address"]),
        (["x" * 256], ["bad-address"]),
        (["é" * 128], ["bad-address"]),
        (["a/b "], ["bad-address"]),
        (["a./b"], ["bad-address"]),
        (["a\0b"], ["bad-address"]),
        (["a\ud800b"], ["bad-address"]),
        (["c:/a"], ["bad-address"]),
        (["console/index.html"], []),
        (["a/../b", "a/c"], ["bad-address"]),
        (["a/ok", "a/../b"], ["bad-address"]),
        (["Straße", "STRASSE"], ["duplicate-address"]),
        (["\u1fb3", "\u03b1\u0345"], ["duplicate-address"]),
        (["a/B/c", "a/b"], ["duplicate-address"]),
        (["a", "a", "a"], ["duplicate-address", "duplicate-address"]),
    ],
)
def test_collisions(paths: list[str], codes: list[str]):
    assert [problem.code for problem in publish.collisions([File(path, b"") for path in paths])] == codes


@pytest.mark.parametrize("order", [1, -1])
def test_a_collision_names_both_and_is_told_at_the_editors_file(order: int):
    files = [
        File("about/index.html", b"", "content/pages/about.md"),
        File("About/index.html", b"", "a page of ours"),
    ]
    (problem,) = publish.collisions(files[::order])
    assert problem.path == "content/pages/about.md"
    assert "a page of ours" in problem.message


def test_a_checkout_is_never_overwritten(tmp_path: Path):
    put(OLD, tmp_path)
    (tmp_path / "site" / ".git").mkdir()
    with pytest.raises(Refusal, match="git checkout"):
        put(NEW, tmp_path)
    assert (tmp_path / "site" / ".git").is_dir()
