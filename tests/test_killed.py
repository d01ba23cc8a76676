"""Whatever breaks a build off, at whatever instant: site/ is the old one or the new one, and the next build is right.

Most builds here are stopped at one chosen change of the disk (`tests/breaking.py`), so that none is left out: `make
test` tries some, `make test-deep` every one. Others are real processes, killed by the clock with all that they started.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from generator.commands.clean import WORK
from tests.breaking import NO_NUMBER, broken, changes
from tests.building import ARTICLE, tree, write_site
from tests.running import NOW, ROOT, run

Files = dict[str, str | bytes]
OTHER = ARTICLE.replace("Corvane borrows", "Ardent sells").replace("2026-11-23", "2026-11-21")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="{}"/>\n'
# Two states of one site: texts, pages, a picture and the look differ, and each has files that the other has not.
ONE: Files = {
    "content/a.md": ARTICLE,
    "content/b.md": f"{OTHER}\n![Hall](hall.svg)\n",
    "content/hall.svg": PICTURE.format(4),
}
TWO: Files = {
    "content/a.md": f"{ARTICLE}\nMore is known of it.\n",
    "content/c.md": OTHER.replace("$2.3", "$4.1"),
    "content/hall.svg": PICTURE.format(5),
    "content/pages/about.md": "---\ntitle: About\n---\nWe.\n",
}
MOST = 60  # changes of the disk that a build makes which has not much to do


@dataclass(slots=True)
class Paper:
    """A site whose content is one of two, and what a build from nothing makes of each."""

    folder: Path
    clean: tuple[dict[str, bytes], dict[str, bytes]]
    shown: int = 0

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def work(self) -> Path:
        return self.folder / ".cache"

    def lay(self, which: int) -> None:
        shutil.rmtree(self.folder / "content", ignore_errors=True)
        write_site(self.folder, (ONE, TWO)[which])

    def build(self, first: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
        return run("build", self.folder, first=first)

    def rebuilt(self, which: int) -> None:
        """Build, and hold the outcome against a build from nothing."""
        self.lay(which)
        done = self.build(later)
        assert done.returncode == 0, done.stderr
        assert tree(self.site) == self.clean[which]
        left = {path.name for path in self.work.iterdir()}
        assert left <= {*WORK, "lock"} - {"previous"}, left
        self.shown = which


def later(then: Callable[[], None] | None = None) -> None:
    """Let the clock say that nothing was saved of late, so that a build notes what it went by."""
    told = time.time_ns
    time.time_ns = lambda: told() + 10**10
    if then:
        then()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    made = []
    for files in (ONE, TWO):
        folder = write_site(tmp_path_factory.mktemp("clean"), files)
        assert run("build", folder).returncode == 0
        made.append(tree(folder / "site"))
    return made[0], made[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, clean: tuple[dict[str, bytes], dict[str, bytes]]) -> Paper:
    made = Paper(tmp_path_factory.mktemp("killed") / "paper", clean)
    made.folder.mkdir()
    made.rebuilt(1)  # so that what is known of one text is known of the other
    made.rebuilt(0)
    return made


@pytest.fixture
def paper(made: Paper) -> Paper:
    """One paper for all tests, each of which ends with a build that is right; after one that failed it is made anew."""
    if tree(made.site) != made.clean[made.shown]:
        everything_gone(made)
        made.rebuilt(made.shown)
    return made


def no_links() -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(95, "not here")

    os.link = refused  # type: ignore[assignment]


def no_exchange() -> None:
    sys.platform = "elsewhere"


def nothing() -> None:
    pass


def everything_gone(paper: Paper) -> None:
    shutil.rmtree(paper.site, ignore_errors=True)
    shutil.rmtree(paper.work, ignore_errors=True)


# What is made of a site that stands, before the build that is broken off; and what the system cannot do.
SCENES: dict[str, tuple[Callable[[Paper], object], Callable[[], None]]] = {
    "something changed": (lambda _: None, nothing),
    "from nothing": (everything_gone, nothing),
    "the site gone": (lambda paper: shutil.rmtree(paper.site), nothing),
    "the other tree gone": (lambda paper: shutil.rmtree(paper.work / "next", ignore_errors=True), nothing),
    "the cache gone": (lambda paper: shutil.rmtree(paper.work), nothing),
    "without links": (lambda _: None, no_links),
    "without an exchange": (lambda _: None, no_exchange),
}


def also(first: Callable[[], None], then: Callable[[], None]) -> None:
    first()
    then()


class Broken:
    """A paper whose builds are broken off, one after the other, each at another change of the disk."""

    def __init__(self, paper: Paper, scene: str) -> None:
        self.paper = paper
        self.before, self.limits = SCENES[scene]
        self.log = paper.folder.parent / "changes"

    def build(self, how: str, at: int, *, for_good: bool = False) -> subprocess.CompletedProcess[str]:
        """Build the other content, and be broken off; the paper is as the scene has it before that."""
        self.paper.lay(1 - self.paper.shown)
        self.before(self.paper)
        breaking = broken(how, at, self.paper.folder, self.log, for_good=for_good)
        return self.paper.build(partial(later, partial(also, self.limits, breaking)))

    def unbroken(self) -> list[list[str]]:
        """Tell the changes of builds that nothing breaks off, of the other content and of this one."""
        told = []
        for _ in range(2):
            assert self.build("kill", NO_NUMBER).returncode == 0
            self.paper.rebuilt(1 - self.paper.shown)
            told.append(changes(self.log))
            assert len(told[-1]) > 20
        return told

    def is_old(self, standing: dict[str, bytes], old: dict[str, bytes]) -> bool:
        """Tell the old site: where it stands, or where the next build finds it."""
        if self.limits is no_exchange and not self.paper.site.exists():
            return tree(self.paper.work / "previous") == old
        return standing == old

    def hold(self, at: int, old: dict[str, bytes]) -> bool:
        """Tell whether the new site stands; else it must be the old one, whole. Then build right."""
        standing = tree(self.paper.site)
        new = standing == self.paper.clean[1 - self.paper.shown]
        where = f"at {at}: {changes(self.log)[-1:]}"
        assert new or self.is_old(standing, old), where
        # Half of the times what was to be shown has changed again.
        self.paper.rebuilt(random.Random(at).randrange(2))
        return new


def instants(build: Broken, deep: bool, seed: str) -> list[int]:
    """Give the changes to be broken off at: every one and one more, or any one."""
    if deep:
        return list(range(1, max(map(len, build.unbroken())) + 2))
    return random.Random(seed).sample(range(1, MOST), 1)


@pytest.fixture
def deep(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--deep"))


def old_of(paper: Paper, scene: str) -> dict[str, bytes]:
    gone = scene in ("from nothing", "the site gone")
    return {} if gone else paper.clean[paper.shown]


@pytest.mark.parametrize("scene", SCENES)
def test_a_kill_at_any_change_of_the_disk_leaves_a_whole_site(paper: Paper, scene: str, deep: bool):
    build = Broken(paper, scene)
    ended = set()
    for at in instants(build, deep, scene):
        old = old_of(paper, scene)
        done = build.build("kill", at)
        # One content has more changes than the other: some builds end before they are broken off.
        assert done.returncode in (-signal.SIGKILL, 0), done.stderr
        ended.add(build.hold(at, old))
    assert not deep or ended == {False, True}


@pytest.mark.parametrize("when", ["just before", "just after"])
def test_a_kill_beside_the_exchange(paper: Paper, when: str):
    build = Broken(paper, "something changed")
    build.unbroken()  # after one that was killed, the first has more to put right
    at = build.unbroken()[0].index("exchange") + 1 + (when == "just after")
    old = paper.clean[paper.shown]
    assert build.build("kill", at).returncode == -signal.SIGKILL
    assert build.hold(at, old) is (when == "just after")


@pytest.mark.parametrize(("how", "code"), [("interrupt", 130), ("end", 143)])
def test_a_build_that_is_stopped_says_so_and_takes_away_what_it_began(
    paper: Paper, how: str, code: int, deep: bool
):
    build = Broken(paper, "something changed")
    for at in instants(build, deep, how):
        old = paper.clean[paper.shown]
        done = build.build(how, at)
        told = changes(build.log)
        assert done.returncode == (code if len(told) >= at else 0), (told[at - 1 :], done.stderr)
        if done.returncode:
            assert done.stderr.strip() == "Stopped; site/ is whole: as it was, or all new."
            begun = "mkdir .cache/next" in told[:at] and tree(paper.site) == old
            assert not begun or not (paper.work / "next").exists()
        build.hold(at, old)


ERRORS = [("ENOSPC", True), ("EROFS", True), ("EACCES", True), ("EIO", False), ("EIO", True)]


@pytest.mark.parametrize(("how", "for_good"), ERRORS)
@pytest.mark.parametrize(
    "scene", ["something changed", pytest.param("without an exchange", marks=pytest.mark.deep)]
)
def test_a_disk_that_says_no_is_told_and_the_old_site_stands(
    paper: Paper, scene: str, how: str, for_good: bool, deep: bool
):
    build = Broken(paper, scene)
    for at in instants(build, deep, f"{how} {for_good}"):
        old = paper.clean[paper.shown]
        done = build.build(how, at, for_good=for_good)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1)
        if done.returncode:
            assert "site/ is as it was" in done.stderr
            assert os.strerror(getattr(errno, how)) in done.stderr
        assert build.hold(at, old) is (done.returncode == 0), changes(build.log)[at - 1 :]


# Real processes: builds in two worker processes and with Pagefind at work, killed by the clock with all that they started.
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": NOW}
CONFIG = "title: The Test Sheet\nurl: https://news.example/sheet/\nsearch: {}\n"
LEAST = 100  # articles that are worth the start of processes
HALL = "---\ntitle: Hall {0} is full\ndate: 2026-{1:02d}-{2:02d}\n---\n\nHall {0} holds {3} rows. Corvane pays for it.\n"


def halls(rows: int, count: int) -> Files:
    made = {f"content/h{n}.md": HALL.format(n, n % 9 + 1, n % 28 + 1, rows + n) for n in range(count)}
    return {**made, "config.yaml": CONFIG.format("true" if count > LEAST else "false")}


def begun(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "build", folder, "--quiet", "--jobs", "2"]
    return subprocess.Popen(command, env=ENV, start_new_session=True, stderr=subprocess.DEVNULL)


def killed(folder: Path, seconds: float) -> None:
    process = begun(folder)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def built(folder: Path) -> dict[str, bytes]:
    assert run("build", folder, "--jobs", "1").returncode == 0
    return tree(folder / "site")


class Clocked:
    """A site of two contents whose builds are killed after a part of the time that they take."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count, self.shown = folder / "warm", count, 0
        self.clean = [built(write_site(folder / f"{n}", halls(n, count))) for n in range(2)]
        built(write_site(self.folder, halls(0, count)))
        write_site(self.folder, halls(1, count))
        started = time.monotonic()
        assert begun(self.folder).wait() == 0
        self.warm = time.monotonic() - started
        self.cold = self.warm * (3 if count > LEAST else 1.5)
        self.shown = 1

    def kill(self, share: float, *, cold: bool) -> None:
        if cold:
            shutil.rmtree(self.folder / "site")
            shutil.rmtree(self.folder / ".cache")
        old = {} if cold else self.clean[self.shown]
        self.shown = 1 - self.shown
        write_site(self.folder, halls(self.shown, self.count))
        killed(self.folder, share * (self.cold if cold else self.warm))
        assert tree(self.folder / "site") in (old, self.clean[self.shown]), (share, cold)
        assert built(self.folder) == self.clean[self.shown], (share, cold)


def test_a_kill_by_the_clock(tmp_path: Path):
    site, at = Clocked(tmp_path, 3), random.Random(7)
    for cold in (False, True):
        site.kill(at.uniform(0.3, 1), cold=cold)


@pytest.mark.deep
def test_a_hundred_kills_by_the_clock(tmp_path: Path):
    site, at = Clocked(tmp_path, LEAST + 30), random.Random()
    for number in range(100):
        site.kill(at.uniform(0, 1.1), cold=number % 3 == 0)


SLOW = """
import os, sys, time
from generator.forks import Forks
from generator.processes import Processes
def slow(number):
    time.sleep(0.01)
    return bytes(10_000)
how = {"processes": Processes, "forks": Forks}[sys.argv[1]](2)
work = slow if how.__class__ is Forks else time.sleep
for _ in how.map(work, [0.01] * 10_000):
    print("going", flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
@pytest.mark.parametrize(("how", "least"), [("processes", 3), ("forks", 2)])
def test_processes_end_with_the_build_that_began_them(how: str, least: int):
    command = [sys.executable, "-c", SLOW, how]
    with subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.readline() == b"going\n"
        below = descendants(process.pid)
        assert len(below) >= least
        process.kill()
    until = time.monotonic() + 20
    while left := [pid for pid in below if is_running(pid)]:
        assert time.monotonic() < until, left
        time.sleep(0.05)


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [below for child in map(int, children) for below in (child, *descendants(child))]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
