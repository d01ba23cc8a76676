"""Work in other processes: results in order, whatever goes wrong is told, and little work is done here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from generator.forks import CHUNK, Forks, both, received
from generator.problems import Refusal
from generator.processes import LEAST, Processes

ROOT = Path(__file__).parent.parent
Map = Callable[..., Iterable[Any]]
forks = pytest.mark.skipif(sys.platform != "linux", reason="forks are safe on Linux alone")
BOTH = [pytest.param(Processes(2).map, id="processes"), pytest.param(Forks(2).map, id="forks", marks=forks)]
MANY = LEAST + 3 * CHUNK + 1


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let threads that other tests left in this process not count."""
    counted = threading.active_count
    before = counted() - 1
    monkeypatch.setattr(threading, "active_count", lambda: counted() - before)


def process(_: object) -> int:
    return os.getpid()


def squared(number: int) -> int:
    return number * number


def killed(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wrong(number: int) -> int:
    if number == LEAST - 1:
        raise ValueError(number)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("one", [True, False])
@pytest.mark.parametrize("other", [True, False])
def test_both_are_so_or_not(jobs: int, one: bool, other: bool):
    assert both(lambda: one, lambda: other, jobs) is (one and other)


@forks
@pytest.mark.parametrize("fault", [killed, wrong])
def test_what_a_fork_could_not_find_out_is_not_so(fault: Callable[[int], object]):
    assert not both(lambda: True, lambda: fault(LEAST - 1) is None, 2)


@forks
def test_a_fork_has_ended_when_what_went_wrong_here_is_told(tmp_path: Path):
    def slow() -> bool:
        time.sleep(0.1)
        return bool((tmp_path / "ended").write_text("now"))

    with pytest.raises(ValueError, match=str(LEAST - 1)):
        both(lambda: wrong(LEAST - 1) == 0, slow, 2)
    assert (tmp_path / "ended").exists()


@pytest.mark.parametrize("spread", BOTH)
def test_results_come_in_the_order_of_the_items(spread: Map):
    assert list(spread(squared, range(MANY))) == [n * n for n in range(MANY)]
    assert os.getpid() not in set(spread(process, range(LEAST)))
    assert len(set(spread(process, range(MANY)))) == 2


@pytest.mark.parametrize("spread", BOTH)
def test_little_work_is_done_here(spread: Map):
    assert set(spread(process, range(LEAST - 1))) == {os.getpid()}


def test_one_job_is_this_process():
    for one in (Processes(1).map, Forks(1).map):
        assert set(one(process, range(LEAST))) == {os.getpid()}


@pytest.mark.parametrize("spread", BOTH)
def test_a_process_that_is_killed_is_told(spread: Map):
    with pytest.raises(Refusal, match="was killed"):
        list(spread(killed, range(LEAST)))


@pytest.mark.parametrize("spread", BOTH)
def test_what_work_raises_is_raised_here(spread: Map):
    with pytest.raises(ValueError, match=str(LEAST - 1)):
        list(spread(wrong, range(MANY)))


def test_what_cannot_be_sent_is_done_here():
    assert set(Processes(2).map(lambda _: os.getpid(), range(LEAST))) == {os.getpid()}


@forks
def test_a_fork_needs_to_be_sent_nothing():
    held = [object() for _ in range(LEAST)]  # no two processes have one in common
    there = list(Forks(2).map(lambda one: (held.index(one), os.getpid()), held))
    assert [place for place, _ in there] == list(range(LEAST))
    assert os.getpid() not in {number for _, number in there}


@forks
def test_there_are_no_forks_beside_threads():
    """A fork lacks the others, and what they held stays held."""
    done = threading.Event()
    beside = threading.Thread(target=done.wait)
    beside.start()
    try:
        assert set(Forks(2).map(process, range(LEAST))) == {os.getpid()}
    finally:
        done.set()
        beside.join()


def test_processes_import_nothing_from_the_folder_that_we_stand_in(tmp_path: Path):
    """It may be anybody's: a build in a shared folder, or in a stranger's pull request, must not run theirs."""
    for name in ("signal", "threading", "pickle", "generator"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()\n")
    called = (
        f"import sys; sys.path[0:1] = [{str(ROOT)!r}]\n"
        "from generator.processes import LEAST, Processes\n"
        "print(sum(Processes(2, ('generator.urls',)).map(abs, range(LEAST))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", called], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"{sum(range(LEAST))}\n"), done.stderr
    assert not (tmp_path / "ran").exists()


@forks
def test_forks_end_with_who_asked():
    """Whoever stops asking leaves nobody behind who goes on."""
    results = Forks(2).map(process, range(MANY * 10))
    first = next(iter(results))
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@forks
def test_a_fork_that_is_killed_while_it_sends_is_told():
    results, sender = Pipe(duplex=False)
    os.write(sender.fileno(), (100).to_bytes(4, "big") + b"half of it")
    sender.close()
    with pytest.raises(Refusal, match="was killed"):
        list(received(results))
