"""What stands in a build's way is told, and left as it is; what of the program's own is broken is made again."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.building import ARTICLE, tree, write_site
from tests.running import ROOT, run

CHANGED = f"{ARTICLE}\nMore is known of it.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A site that was built, and has changed since."""
    folder = write_site(tmp_path / "paper", {"content/a.md": ARTICLE})
    assert run("build", folder).returncode == 0
    return write_site(folder, {"content/a.md": CHANGED})


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_site(tmp_path_factory.mktemp("right"), {"content/a.md": CHANGED})
    assert run("build", folder).returncode == 0
    return tree(folder / "site")


def instead(place: str, what: str) -> Callable[[Path], None]:
    """Put something in the place of what lies there."""

    def put(paper: Path) -> None:
        there = paper / place
        if there.is_dir():
            shutil.rmtree(there)
        else:
            there.unlink(missing_ok=True)
        there.parent.mkdir(parents=True, exist_ok=True)
        if what == "file":
            there.write_text("mine")
        elif what == "folder":
            there.mkdir()
            (there / "mine").write_text("mine")
        else:
            (paper / "else").mkdir(exist_ok=True)
            there.symlink_to(paper / "else")

    return put


REFUSED = {
    "a file for site/": (instead("site", "file"), "site is no plain folder"),
    "a link for site/": (instead("site", "link"), "site is no plain folder"),
    "a folder of others for site/": (
        instead("site", "folder"),
        "holds files that no build of ours made (mine",
    ),
    "a checkout for site/": (instead("site/.git", "folder"), "is a git checkout of its own"),
    "a file for .cache": (instead(".cache", "file"), ".cache is no folder"),
    "a link for .cache": (instead(".cache", "link"), ".cache is no plain file or folder"),
    "a file for the other tree": (instead(".cache/next", "file"), ".cache/next is no folder"),
    "a link for the other tree": (instead(".cache/next", "link"), ".cache/next is no plain file or folder"),
    "a folder for the lock": (instead(".cache/lock", "folder"), ".cache/lock is a folder"),
    "a file for what was moved aside": (instead(".cache/previous", "file"), ".cache/previous is no folder"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_stands_in_the_way_is_told_and_left(paper: Path, case: str):
    put, said = REFUSED[case]
    put(paper)
    before = without_records(paper)
    done = run("build", paper)
    assert done.returncode == 1, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert without_records(paper) == before


def without_records(paper: Path) -> dict[str, bytes]:
    ours = (".cache/records/", ".cache/templates/", ".cache/lock")
    return {path: data for path, data in tree(paper).items() if not path.startswith(ours)}


MENDED = {
    "a file for a folder of pages": instead("site/2026", "file"),
    "a folder for a page": instead("site/index.html", "folder"),
    "a link for a folder of pages": instead("site/2026", "link"),
    "a file for a folder of pages in the other tree": instead(".cache/next/2026", "file"),
    "a folder for a page in the other tree": instead(".cache/next/index.html", "folder"),
    "a link for a folder of pages in the other tree": instead(".cache/next/2026", "link"),
    "a file for the records": instead(".cache/records", "file"),
    "a file for compiled templates": instead(".cache/templates", "file"),
    "a folder for the ledger": instead(".cache/ledger", "folder"),
    "a folder for what was built": instead(".cache/built", "folder"),
    "a tree that was moved aside": instead(".cache/previous", "folder"),
    "a record half written": lambda paper: (paper / ".cache" / "ledger-x.part").write_text("half"),
    "words in the lock": lambda paper: (paper / ".cache" / "lock").write_text("12345\n"),
}


@pytest.mark.parametrize("case", MENDED)
def test_what_is_broken_is_made_again(paper: Path, right: dict[str, bytes], case: str):
    MENDED[case](paper)
    done = run("build", paper)
    assert done.returncode == 0, done.stderr
    assert tree(paper / "site") == right
    assert not list((paper / ".cache").glob("*.part"))
    assert not (paper / ".cache" / "previous").exists()


def test_of_builds_at_once_one_is_made_and_the_others_say_why_not(paper: Path, right: dict[str, bytes]):
    made: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda: made.append(run("build", paper))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {done.returncode for done in made} <= {0, 1}
    assert 0 in {done.returncode for done in made}
    for done in made:
        assert done.returncode == 0 or "another build of this site is running" in done.stderr
    assert tree(paper / "site") == right


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to other users
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def nobody() -> None:
    os.setuid(65534)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize(
    ("closed", "said"), [("site", "site"), (".cache/next", ".cache/next"), (".cache", ".cache"), (".", "")]
)
def test_what_may_not_be_written_is_told(open_to_all: Path, right: dict[str, bytes], closed: str, said: str):
    paper = write_site(open_to_all / "paper", {"content/a.md": ARTICLE})
    assert run("build", paper).returncode == 0
    old = tree(paper / "site")
    write_site(paper, {"content/a.md": CHANGED})
    for path in [open_to_all, paper, *paper.rglob("*")]:
        os.chown(path, 65534, 65534)
    open_to_all.chmod(0o755)
    (paper / closed).chmod(0o555)
    done = run("build", paper, first=nobody)
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert f"{paper / said}" in done.stderr
        assert "Permission denied; site/ is as it was" in done.stderr
        assert tree(paper / "site") == old
    else:
        assert tree(paper / "site") == right
    (paper / closed).chmod(0o755)
    assert run("build", paper, first=nobody).returncode == 0
    assert tree(paper / "site") == right


NEW_MOUNTS = 0x00020000  # CLONE_NEWNS


def mounted(place: Path, size: str) -> None:
    """Let a file system of its own stand at a place, for this process alone."""
    assert ctypes.CDLL(None).unshare(NEW_MOUNTS) == 0
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "broadsheet", place], check=True)


def can_mount() -> bool:
    if sys.platform != "linux" or os.getuid() != 0 or not shutil.which("unshare"):
        return False
    trial = ["unshare", "-m", "mount", "-t", "tmpfs", "broadsheet", "/mnt"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="file systems cannot be mounted here")
@pytest.mark.parametrize("place", ["site", ".cache"])
def test_two_file_systems_are_told(paper: Path, place: str):
    old = tree(paper / "site")
    done = run("build", paper, first=partial(mounted, paper / place, "9m"))
    assert done.returncode == 1
    assert "site/ is as it was" in done.stderr
    assert "site/ and .cache/ must be plain folders of one file system" in done.stderr
    assert tree(paper / "site") == old


# A disk of one megabyte: a site is built there, more is written, the disk is filled up, and emptied again.
SMALL = """
import sys
from pathlib import Path
from tests.building import tree, write_site
from tests.running import started
from tests.test_in_the_way import ARTICLE, CHANGED, mounted
folder = Path(sys.argv[1])
mounted(folder, "2m")
paper = write_site(folder / "paper", {"content/a.md": ARTICLE})
print(started("build", paper).returncode)
old = tree(paper / "site")
write_site(paper, {"content/a.md": CHANGED})
for left in (0, 8_000, 20_000):
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    with filler.open("r+b") as file:
        file.truncate(max(0, filler.stat().st_size - left))
    done = started("build", paper)
    print(done.returncode, "No space left on device" in done.stderr, "site/ is as it was" in done.stderr)
    print("Traceback" in done.stderr, tree(paper / "site") == old, (paper / ".cache" / "next").exists())
    filler.unlink()
print(started("build", paper).returncode)
write_site(Path(sys.argv[2]), {f"made/{path}": data for path, data in tree(paper / "site").items()})
"""


@pytest.mark.deep
@pytest.mark.skipif(not can_mount(), reason="file systems cannot be mounted here")
def test_a_disk_that_is_full(tmp_path: Path, right: dict[str, bytes]):
    (tmp_path / "disk").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SMALL, tmp_path / "disk", tmp_path / "out"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    full = ["1 True True", "False True False"]
    assert done.stdout.splitlines() == ["0", *full * 3, "0"], done.stdout + done.stderr
    assert tree(tmp_path / "out" / "made") == right
