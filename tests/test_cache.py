from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import PART, Cache, NoCache, digest, opened, sweep
from generator.problems import Refusal

ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def never() -> str:
    raise AssertionError("made again")


def records(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "text", ["", "text", "two\r\nlines\n", "ünïcode\u2028", "lone \ud800", "x" * 100_000]
)
def test_what_was_made_once_is_not_made_again(text: str, tmp_path: Path):
    cache = Cache(tmp_path)
    assert cache.remember("key", lambda: text) == text
    assert cache.remember("key", never) == text
    assert Cache(tmp_path).remember("other", lambda: "b") == "b"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xff\xfe", None])
def test_a_damaged_record_counts_as_missing(damage: bytes | None, tmp_path: Path):
    cache = Cache(tmp_path)
    cache.remember("key", lambda: "a text of some length")
    (record,) = records(tmp_path)
    record.write_bytes(record.read_bytes()[:-3] if damage is None else damage)
    assert cache.remember("key", lambda: "again") == "again"
    assert cache.remember("key", never) == "again"


def test_a_record_in_anothers_place_counts_as_missing(tmp_path: Path):
    cache = Cache(tmp_path)
    cache.remember("one", lambda: "1")
    (record,) = records(tmp_path)
    cache.remember("other", lambda: "2")
    for path in records(tmp_path):
        path.write_bytes(record.read_bytes())
    assert cache.remember("one", never) == "1"
    assert cache.remember("other", lambda: "2 again") == "2 again"


FULL = """
import resource, sys
from pathlib import Path
from generator.cache import Cache
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
print(Cache(Path(sys.argv[1])).remember("key", lambda: "made"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one of POSIX")
def test_a_full_disk_keeps_nothing_and_leaves_nothing(tmp_path: Path):
    assert run(FULL, tmp_path) == ["made"]
    assert records(tmp_path) == []


SHARED = """
import sys
from collections.abc import Callable
from pathlib import Path
from generator.cache import Cache
cache = Cache(Path(sys.argv[1]))
for n in range(300):
    assert cache.remember(str(n % 30), lambda: str(n % 30) * 2000) == str(n % 30) * 2000
print("done")
"""


def test_a_folder_in_the_place_of_a_record_goes(tmp_path: Path):
    cache = Cache(tmp_path)
    cache.keep("key", b"one")
    (record,) = records(tmp_path)
    record.unlink()
    (record / "within").mkdir(parents=True)
    assert cache.recall("key") is None
    cache.keep("key", b"two")
    assert cache.recall("key") == b"two"


def test_processes_may_share_it(tmp_path: Path):
    command = [sys.executable, "-c", SHARED, str(tmp_path)]
    running = [subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0] for process in running] == ["done\n"] * 3
    assert len(records(tmp_path)) == 30


def run(script: str, folder: Path) -> list[str]:
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(command, env=ENV, capture_output=True, text=True, check=True).stdout.split()


def test_a_cache_that_cannot_keep_still_gives(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    assert Cache(tmp_path / "file").remember("key", lambda: "made") == "made"


def test_what_fails_is_not_kept(tmp_path: Path):
    cache = Cache(tmp_path)
    with pytest.raises(AssertionError):
        cache.remember("key", never)
    assert cache.remember("key", lambda: "made") == "made"


def test_no_cache_has_its_form():
    assert NoCache().remember("key", lambda: "made") == "made"


def test_digests_last():
    """A change of form makes every kept record anew: it wants a new version byte, and this line."""
    assert digest("a", b"b") == "f5d749a8e780e5894eaee05f9932665f"


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_a_digest_tells_parts_apart(one: list[str], other: list[str]):
    assert (digest(*one) == digest(*other)) == (one == other)


# ------------------------------------------------------------------------------------------ whose it is


def link_itself(site: Path) -> None:
    (site / "elsewhere").mkdir()
    (site / ".cache").symlink_to("elsewhere")


def link_within(site: Path) -> None:
    (site / ".cache").mkdir()
    (site / ".cache" / "records").symlink_to(site)


def fifo_within(site: Path) -> None:
    (site / ".cache").mkdir()
    os.mkfifo(site / ".cache" / "lock")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")
@pytest.mark.parametrize("made", [link_itself, link_within, fifo_within])
def test_a_work_folder_that_others_could_have_made_is_refused(made: Callable[[Path], None], tmp_path: Path):
    made(tmp_path)
    with pytest.raises(Refusal, match="no plain file or folder"):
        opened(tmp_path / ".cache")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def test_a_work_folder_that_git_tracks_is_refused(tmp_path: Path):
    git(tmp_path, "init")
    opened(tmp_path / ".cache").keep("key", b"data")
    assert opened(tmp_path / ".cache").recall("key") == b"data"
    git(tmp_path, "add", "--force", ".cache")
    with pytest.raises(Refusal, match="tracked by git"):
        opened(tmp_path / ".cache")


def test_without_git_nothing_is_tracked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / ".cache").mkdir()
    assert opened(tmp_path / ".cache").recall("key") is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")
def test_a_fifo_in_place_of_a_record_is_not_waited_for(tmp_path: Path):
    cache = Cache(tmp_path)
    cache.keep("key", b"data")
    (record,) = records(tmp_path)
    record.unlink()
    os.mkfifo(record)
    assert cache.recall("key") is None


def test_what_a_killed_process_began_to_keep_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    work = tmp_path / ".cache"
    cache = opened(work)
    cache.keep("one", b"whole")
    monkeypatch.setattr(os, "replace", lambda *_: os._exit(9))
    child = os.fork()
    if not child:
        cache.keep("two", b"begun")
        os._exit(0)
    os.waitpid(child, 0)
    monkeypatch.undo()
    assert any(path.suffix == PART for path in records(work))
    sweep(work)
    assert not any(path.suffix == PART for path in records(work))
    assert cache.recall("one") == b"whole"


@pytest.mark.parametrize("name", ["records", "templates"])
def test_a_file_in_the_place_of_a_folder_of_ours_goes(name: str, tmp_path: Path):
    (tmp_path / name).write_text("x")
    cache = opened(tmp_path)
    assert not (tmp_path / name).exists()
    cache.keep("key", b"kept")
    assert cache.recall("key") == b"kept"
