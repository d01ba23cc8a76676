"""What a look at a tree believes of the look before, and what it does not."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import publish, trees
from generator.model import File
from tests.building import tree as held

TICK = 0.02  # longer than the system's clock for files takes to go on

pytestmark = pytest.mark.skipif(os.name != "posix", reason="times of folders are believed on POSIX alone")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that is saved count as saved long ago."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for path in ("index.html", "a/one", "a/two", "a/b/three", "a/b/c/four", "d/five", "e/f/six"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    (root / "d" / "link").symlink_to("five")
    time.sleep(TICK)
    return root


def seen_at(root: Path) -> trees.Seen:
    kept = root.parent / "seen"
    trees.remember(kept, trees.looked_at(root))
    seen = trees.recall(kept)
    assert seen
    return seen


def names_seen(root: Path) -> trees.Names:
    """Give the names of what `seen_at` kept."""
    names = trees.recall_names(root.parent / "seen")
    assert names
    return names


def swap(one: Path, other: Path) -> None:
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def aged(folder: Path, change: Callable[[], object]) -> None:
    """Change a folder and put its time back."""
    before = folder.stat()
    change()
    os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(place: Path, kind: str) -> None:
    """Put something else in a place: of the same names, if it is a folder or a link."""
    moved = place.with_name("moved")
    place.rename(moved)
    if kind == "link":
        place.symlink_to(moved.name)
    elif kind == "file":
        place.write_text("a file")
    else:
        shutil.copytree(moved, place) if moved.is_dir() else (place / "x").mkdir(parents=True)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file more": lambda r: (r / "a" / "b" / "new").write_text("new"),
    "a file more, the folder's time put back": lambda r: aged(
        r / "d", lambda: (r / "d" / "x").write_text("")
    ),
    "a file gone": lambda r: (r / "a" / "b" / "c" / "four").unlink(),
    "a file renamed": lambda r: (r / "a" / "one").rename(r / "a" / "uno"),
    "a file moved into another folder": lambda r: (r / "a" / "one").rename(r / "d" / "one"),
    "two files change places": lambda r: swap(r / "a" / "one", r / "a" / "two"),
    "other bytes": lambda r: (r / "a" / "one").write_text("a/uno"),
    "a file that is closed": lambda r: (r / "a" / "one").chmod(0),
    "a link more": lambda r: (r / "a" / "l").symlink_to("one"),
    "a link in place of a file": lambda r: replaced(r / "a" / "one", "link"),
    "a folder in place of a file": lambda r: replaced(r / "a" / "one", "folder"),
    "a folder in place of a link": lambda r: replaced(r / "d" / "link", "folder"),
    "a file in place of a folder": lambda r: replaced(r / "a" / "b", "file"),
    "a link in place of a folder": lambda r: replaced(r / "a" / "b", "link"),
    "another folder of the same names": lambda r: replaced(r / "a" / "b", "folder"),
    "two folders change places": lambda r: swap(r / "a" / "b", r / "d"),
    "a folder of one name in another": lambda r: (r / "a" / "b" / "c").rename(r / "e" / "f" / "c"),
    "an empty folder more": lambda r: (r / "e" / "g").mkdir(),
    "folders more, one in the other": lambda r: shutil.copytree(r / "a", r / "e" / "f" / "g" / "a"),
    "a folder gone": lambda r: shutil.rmtree(r / "a" / "b"),
    "all gone": shutil.rmtree,
    "a link in place of all": lambda r: replaced(r, "link"),
    "a file at the top": lambda r: (r / "top").write_text("top"),
}


def is_same(root: Path, seen: trees.Seen) -> bool:
    return trees.same_folders(root, seen) and trees.same_files(root, seen)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(root: Path, change: str):
    seen = seen_at(root)
    assert seen.is_sure
    assert is_same(root, seen)
    CHANGES[change](root)
    full, again = trees.looked_at(root), trees.looked_at(root, seen)
    assert (again.files, again.folders.keys()) == (full.files, full.folders.keys())
    assert not is_same(root, seen)
    assert names(trees.named_at(root, names_seen(root))) == names(trees.named_at(root))


def names(found: tuple[dict[str, int], dict[str, trees.Listed]]) -> tuple[dict[str, int], set[str]]:
    """Give what was named; no file of ours has the inode of a link, whichever it is."""
    files, folders = found
    return {**files, "d/link": 0} if "d/link" in files else files, set(folders)


def listed(monkeypatch: pytest.MonkeyPatch, root: Path, seen: trees.Seen) -> set[str]:
    """Look again, and give the folders that were listed."""
    found: set[str] = set()
    scandir = os.scandir

    def noting(place: str) -> object:
        found.add(os.path.relpath(place, root))
        return scandir(place)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", noting)
        trees.looked_at(root, seen)
    return found


@pytest.mark.usefixtures("later")
def test_only_what_changed_is_listed_again(root: Path, monkeypatch: pytest.MonkeyPatch):
    seen = seen_at(root)
    assert listed(monkeypatch, root, seen) == {"."}
    (root / "a" / "b" / "new").write_text("new")
    assert listed(monkeypatch, root, seen) == {".", "a/b"}


def test_times_that_were_young_are_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch):
    seen = seen_at(root)
    assert not seen.is_sure
    assert listed(monkeypatch, root, seen) == {".", "a", "a/b", "a/b/c", "d", "e", "e/f"}


@pytest.mark.usefixtures("later")
def test_where_most_changed_all_is_seen_the_same(root: Path):
    for number in range(2 * trees.MUCH):
        (root / f"{number}" / "in").mkdir(parents=True)
    time.sleep(TICK)
    seen = seen_at(root)
    for number in range(2 * trees.MUCH):
        (root / f"{number}" / "in" / "new").write_text("new")
        (root / f"{number}" / "new").write_text("new")
    assert not is_same(root, seen)
    full, again = trees.looked_at(root), trees.looked_at(root, seen)
    assert (again.files, again.folders.keys()) == (full.files, full.folders.keys())
    assert names(trees.named_at(root, names_seen(root))) == names(trees.named_at(root))


@pytest.mark.usefixtures("later")
def test_the_state_is_that_of_the_tree_whatever_was_seen_before(root: Path):
    seen = seen_at(root)
    (root / "a" / "b" / "new").write_text("new")
    kept = root.parent / "kept"
    assert trees.remember(kept, trees.looked_at(root, seen)) == trees.remember(kept, trees.looked_at(root))
    assert trees.remember(kept, trees.looked_at(root)) != seen.state
    assert trees.remember(kept, trees.looked_at(root / "none")) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="others refuse such names")
def test_any_name_is_kept(root: Path):
    for name in (b"two\nlines", b"no text \xff", b'a "quote"'):
        (root / os.fsdecode(name)).write_text("x")
        (root / os.fsdecode(b"in " + name)).mkdir()
    seen, full = seen_at(root), trees.looked_at(root)
    assert (seen.files, seen.folders.keys()) == (full.files, full.folders.keys())


def test_a_record_that_is_damaged_counts_as_missing(root: Path):
    seen_at(root)
    kept = root.parent / "seen"
    kept.write_bytes(kept.read_bytes().replace(b"three", b"thrice"))
    assert trees.recall(kept) is None


BUILDS = [
    {"index.html": "1", "a/x": "a", "a/b/y": "b", "c/z": "c"},
    {"index.html": "2", "a/x": "a", "a/b/y": "B", "c/z": "c"},
    {"index.html": "2", "a/x": "a", "c/z": "c", "c/d/e/f": "f"},
    {"index.html": "2", "a": "a file now", "c/z": "c", "c/d": "and this"},
]
DONE_BY_OTHERS: tuple[Callable[[Path], object], ...] = (
    Path.exists,  # nothing
    lambda tree: (tree / "c" / "stray").write_text("stray"),
    lambda tree: (tree / "c" / "z").unlink(missing_ok=True),
    lambda tree: replaced(tree / "c", "link"),
    lambda tree: replaced(tree / "c", "folder"),
    lambda tree: shutil.rmtree(tree / "c", ignore_errors=True),
)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("done", range(len(DONE_BY_OTHERS)))
@pytest.mark.parametrize("to", ["site", ".cache/next"])
def test_a_site_is_what_was_made_whatever_was_done_to_either_tree(tmp_path: Path, to: str, done: int):
    site, work = tmp_path / "site", tmp_path / ".cache"
    for files in [*BUILDS, *BUILDS]:
        publish.publish([File(path, text.encode()) for path, text in files.items()], site, work)
        made = held(site)
        assert made.pop(publish.MANIFEST)
        assert made == {path: text.encode() for path, text in files.items()}
        assert trees.remember(tmp_path / "now", trees.looked_at(site)) == trees.recall(work / "seen").state
        time.sleep(TICK)
        DONE_BY_OTHERS[done](tmp_path / to)
        time.sleep(TICK)
