"""The work of a build on a Dask cluster: what travels, that it comes out the same, and what is said where it cannot.

The cheap part needs no Dask: what is sent is packed, and unpacked and done as a worker would, in this process.
"""

from __future__ import annotations

import functools
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import config, content, executors, pages, pieces
from generator.build import options
from generator.cache import Cache
from generator.executors.alike import differences, told
from generator.executors.articles import Articles
from generator.executors.cluster import VARIABLE, address
from generator.executors.pages import Pages
from generator.executors.pictures import Pictures
from generator.executors.sending import Errand, run
from generator.problems import InvalidSource, Refusal
from generator.processes import LEAST
from tests.building import build_site, tree, write_site
from tests.prose import SENTENCES

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
ROOT = Path(__file__).parent.parent


def text(number: int, more: str = "", lang: str = "en", head: str = "") -> str:
    told = " ".join(SENTENCES[(number * 3 + n) % len(SENTENCES)] for n in range(8))
    day = f"2026-{9 + number // 28 % 3:02}-{number % 28 + 1:02}"
    front = (
        f"title: Objection {number} is filed\ndate: {day}\nlang: {lang}\ntopics: [Grid {number % 5}]\n{head}"
    )
    return f"---\n{front}---\n\n{told}\n\n{more}\n"


# Articles that need more than their own file: pictures by every kind of path, links, brief files.
SPECIAL = {
    "content/2026/a.md": text(
        1, "![Beside](beside.svg) and [the other](b.md#top) and ![Above](/quay%20wall.svg)"
    ),
    "content/2026/b.md": text(
        2, "![In angles](<../quay wall.svg>)", head="image: {src: pictures/lead.svg, alt: Lead}\n"
    ),
    "content/2026/c.md": text(3, "![By name][p]\n\n[p]: pictures/lead.svg\n\n ![Odd](50%25.svg)"),
    "content/2026/d.md": text(4, head="extra: {stars: 4, seen: {by: [Ada, true, null]}}\n"),
    "content/2026/e.md": text(5, "![Entity](a&amp;b.svg)"),  # found by who reads Markdown alone
    "content/2026/e.brief.yaml": "summary:\n- text: Towns and developers filed 212 objections.\n  evidence: [s1]\n",
    "content/2026/beside.svg": SVG,
    "content/2026/a&b.svg": SVG,
    "content/2026/50%.svg": SVG,
    "content/2026/50%25.svg": SVG.replace(b"4", b"9"),
    "content/2026/pictures/lead.svg": SVG,
    "content/quay wall.svg": SVG,
    "content/pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
}
FAULTY = {
    "content/2026/f.md": text(6, "![Gone](gone.svg)"),
    "content/2026/g.md": "nothing",
    "content/2026/h.md": text(8, "[Gone](gone.md)"),
}


def making(folder: Path) -> tuple[functools.partial[Any], list[Any]]:
    """Give the work that a build of a folder maps, and its items."""
    project = config.read(folder)
    caught: list[Any] = []

    def caught_map(work: Any, items: Any) -> Any:
        caught.append((work, list(items)))
        return map(work, caught[-1][1])

    cache = Cache(folder / "kept")
    files = list(content.survey(project.content).files.values())
    pieces.make(files, options.of_pieces(project, cache), cache, caught_map)
    return caught[0]


def there(sending: Any, items: list[Any]) -> list[Any]:
    """Do a part of some work as a worker does it."""
    errand = Errand(sending.there, sending.open, os.urandom(8).hex(), "UTC", told("UTC"))
    return run(errand, sending.shared(), sending.part(items))


def test_an_article_comes_out_there_as_here_and_what_is_missed_is_made_here(tmp_path: Path):
    work, items = making(write_site(tmp_path, SPECIAL | FAULTY))
    sending = Articles(work, items)
    made = dict(zip([paths[0] for (paths, _) in items], there(sending, items), strict=True))
    assert {path for path, one in made.items() if one is None} == {f"2026/{it}.md" for it in "efg"}
    assert [sending.home(item, made[item[0][0]]) for item in items] == [work(item) for item in items]


def test_what_comes_back_is_kept_and_no_picture_travels(tmp_path: Path):
    large = SVG + b"<!--" + b"x" * 300_000 + b"-->"
    work, items = making(write_site(tmp_path, SPECIAL | {"content/2026/beside.svg": large}))
    shutil.rmtree(tmp_path / "kept")
    sending = Articles(work, items)
    assert len(sending.part(items)) < 30_000
    for item, made in zip(items, there(sending, items), strict=True):
        sending.home(item, made)
        assert made is None or work.keywords["memory"].recall(made[0]) == made[1]


def test_a_brief_that_awaits_an_answer_is_made_where_the_answers_lie(tmp_path: Path):
    site = {"config.yaml": "title: T\nurl: https://t.example/\nsummariser: {command: [cat]}\n"}
    work, items = making(write_site(tmp_path, SPECIAL | site))
    assert there(Articles(work, items), items)[:4] == [None] * 4


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("![x](one.svg)", ["2026/one.svg"]),
        ("![x](/top.png) one.svg", ["2026/one.svg", "top.png"]),
        ("image: ../top.png", ["top.png"]),
        ('<img src="./in/a b.svg">', ["2026/in/a b.svg"]),
        ("![x](in/a%20b.svg)", ["2026/in/a b.svg"]),
        ("image: {src: one.svg, alt: x}", ["2026/one.svg"]),
        ("![x](faulty.svg) ![x](../../content/top.png) ![x](other.svg)", []),
        ("no picture at all", []),
    ],
)
def test_pictures_are_found_in_a_text_without_reading_it(written: str, found: list[str], tmp_path: Path):
    folder = write_site(
        tmp_path, {"2026/one.svg": SVG, "2026/in/a b.svg": SVG, "2026/faulty.svg": b"<svg", "top.png": PNG}
    )
    shown = Pictures.under(folder).shown("2026/a.md", written.encode())
    assert sorted({path for path, _ in shown}) == found


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000a49444154789c63000100000500010d0a2db4"
    "0000000049454e44ae426082"
)  # fmt: skip


def planned(folder: Path) -> tuple[functools.partial[Any], list[Any]]:
    """Give what a build maps to render its pages."""
    caught: list[Any] = []

    def caught_map(work: Any, items: Any) -> Any:
        caught.append((work, list(items)))
        return map(work, caught[-1][1])

    build_site(folder, map=caught_map, spread=map)
    return next(it for it in caught if it[0].func is pages.drawn)


def test_a_page_comes_out_there_as_here_and_what_pages_share_goes_once(tmp_path: Path):
    own = {
        "templates/page.html": "{% extends 'theme/page.html' %}{% block content %}{{ page.title.x.y }}{% endblock %}"
    }
    many = {f"content/{n}.md": text(n) for n in range(20)}
    work, items = planned(write_site(tmp_path, SPECIAL | many))
    sending = Pages(work, items)
    assert there(sending, items) == [pages.rendered(item, work.keywords["templates"]) for item in items]
    shared, part = len(sending.shared()), len(sending.part(items))
    assert part / len(items) < 12_000  # one article with its text, not the site
    assert part < len(items) * shared / 10

    with pytest.raises(InvalidSource) as here:
        build_site(write_site(tmp_path, own))
    with pytest.raises(InvalidSource) as away:
        build_site(tmp_path, map=as_away)
    assert away.value.problems == here.value.problems


def as_away(work: Any, items: Any) -> Iterator[Any]:
    items = list(items)
    sending = {pieces.make_lean: Articles, pages.drawn: Pages}[work.func](work, items)
    return map(sending.home, items, there(sending, items))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"Jinja2": "3.0"}, r"Jinja2 3\.0 for [\d.]+"),
        ({"Broadsheet": "x"}, "another Broadsheet"),
        ({"time zone Europe/Berlin": "x", "Python": "3.9"}, r"Python 3\.9 for 3\.\d+, another time zone Europe/Berlin"),
        ({"nh3": None}, r"nh3 missing for [\d.]+"),
    ],
)  # fmt: skip
def test_what_is_not_the_same_on_a_worker_is_named(changed: dict[str, str | None], said: str):
    here = told("Europe/Berlin")
    other = {name: value for name, value in {**here, **changed}.items() if value is not None}
    assert re.fullmatch(said, differences(here, other))


def test_without_dask_or_an_address_it_is_refused_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(Refusal, match="nothing says where") as refused:
        address("")
    assert VARIABLE in refused.value.hint
    monkeypatch.setenv(VARIABLE, "tcp://192.0.2.7:8786")
    assert (address(""), address("tls://192.0.2.8:1")) == ("tcp://192.0.2.7:8786", "tls://192.0.2.8:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refusal, match="not installed") as refused, executors.opened("dask", "", "UTC"):
        pass
    assert 'pip install "broadsheet[dask]"' in refused.value.hint
    with executors.opened("dask", "", "UTC", jobs=1) as maps:  # the command line asks for this machine
        assert list(maps.spread(str, range(3))) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ("processes", "")),
        ("executor: processes", ("processes", "")),
        ("executor: dask", ("dask", "")),
        ("executor: {use: dask, scheduler: 'tcp://192.0.2.7:8786'}", ("dask", "tcp://192.0.2.7:8786")),
        ("executor: {use: dask, scheduler: 'tls://[::1]:8786'}", ("dask", "tls://[::1]:8786")),
        ("executor: {use: dask, scheduler: 'http://192.0.2.7:8786'}", "3:34: bad-url"),
        ("executor: {use: dask, scheduler: 'tcp://192.0.2.7'}", "3:34: bad-url"),
        ("executor: {use: dask, scheduler: 'tcp://a:b@192.0.2.7:1'}", "3:34: bad-url"),
        ("executor: {scheduler: 'tcp://192.0.2.7:8786'}", "3:11: wrong-value"),
        ("executor: threads", "3:11: wrong-value"),
    ],
)
def test_the_config_says_where(written: str, meant: Any, tmp_path: Path):
    write_site(tmp_path, {"config.yaml": f"title: T\nurl: https://t.example/\n{written}\n"})
    if isinstance(meant, str):
        with pytest.raises(InvalidSource, match=meant):
            config.read(tmp_path)
    else:
        chosen = config.read(tmp_path).config
        assert (chosen.executor, chosen.scheduler) == meant


# ---------------------------------------------------------------------------------- with Dask, in make test-deep

MANY = {f"content/{n}.md": text(n) for n in range(LEAST + 30)} | SPECIAL
IN_TIME = 20  # seconds in which a refusal must come


class Farm:
    """A scheduler and workers in processes of their own, as the documentation starts them."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        host, _, port = self.address.removeprefix("tcp://").rpartition(":")
        self._start("scheduler", "--host", host, "--port", port)

    def worker(self, **env: str) -> subprocess.Popen[bytes]:
        number = len(self.processes)
        more = ("--nthreads", "2", "--no-nanny", "--local-directory", str(self.folder / str(number)))
        return self._start("worker", self.address, *more, **env)

    def _start(self, *arguments: str, **env: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | env, cwd=self.folder)
            )
        return self.processes[-1]

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    made = Farm(tmp_path_factory.mktemp("farm"))
    yield made
    made.end()


def on(address: str, site: Path, after: int = -1, then: Callable[[], object] = lambda: None) -> None:
    """Build a site on a cluster, and do something once so many articles have come back."""
    with executors.opened("dask", address, "UTC") as maps:

        def spread(work: Any, items: Any) -> Iterator[Any]:
            for number, made in enumerate(maps.spread(work, items)):
                if number == after:
                    then()
                yield made

        build_site(site, map=maps.render, spread=spread)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_site(tmp_path_factory.mktemp("expected"), MANY)
    build_site(folder)
    return tree(folder / "site")


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process make nothing that workers can make: all but the article whose picture only Markdown finds."""

    def home(self: Any, item: Any, made: Any) -> Any:
        assert made is not None or item[0][0] == "2026/e.md", item
        return kept(self, item, made)

    kept = Articles.home
    monkeypatch.setattr(Articles, "home", home)
    monkeypatch.setattr(Pages, "home", lambda _self, _item, made: made)


@pytest.mark.deep
@pytest.mark.usefixtures("nothing_here")
def test_a_cluster_makes_the_same_site_though_a_worker_is_killed_midway(
    tmp_path: Path, expected: dict[str, bytes]
):
    from distributed import Client, LocalCluster

    quiet = {"silence_logs": logging.CRITICAL, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, **quiet) as cluster:
        with Client(cluster, set_as_default=False) as client:
            first = next(iter(client.run(os.getpid).values()))
        site = write_site(tmp_path, MANY)
        on(cluster.scheduler_address, site, 1, lambda: os.kill(first, signal.SIGKILL))
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
    assert tree(site / "site") == expected


@pytest.mark.deep
def test_without_any_worker_left_it_is_refused_and_the_old_site_stands(
    tmp_path: Path, farm: Farm, monkeypatch: pytest.MonkeyPatch
):
    from generator.executors import cluster

    site = write_site(tmp_path, {"content/1.md": text(1)})
    build_site(site)
    before = tree(site / "site")
    write_site(site, MANY)
    monkeypatch.setattr(cluster, "GONE", 3.0)
    workers = [farm.worker(), farm.worker()]
    with pytest.raises(Refusal, match="all workers of the Dask cluster are lost") as refused:
        on(farm.address, site, 1, lambda: [worker.kill() for worker in workers])
    assert "--jobs" in refused.value.hint
    assert tree(site / "site") == before

    shutil.rmtree(site / ".cache" / "records")
    farm.worker()
    with pytest.raises(Refusal, match=r"the Dask scheduler at .* was lost"):
        on(farm.address, site, 1, farm.processes[0].kill)
    assert tree(site / "site") == before


@pytest.mark.deep
@pytest.mark.parametrize(
    ("other", "said", "said_later"),
    [
        ("changed", "it has another Broadsheet", "it has another Broadsheet"),
        # Dask ends a worker that cannot read what it is sent.
        ("none", "no Broadsheet that this one can work with", "all workers of the Dask cluster are lost"),
    ],
)
def test_a_worker_of_another_version_is_refused_whenever_it_joins(
    other: str, said: str, said_later: str, tmp_path: Path, farm: Farm, monkeypatch: pytest.MonkeyPatch
):
    from generator.executors import cluster

    monkeypatch.setattr(cluster, "GONE", 5.0)
    program = tmp_path / "program"
    if other == "changed":
        shutil.copytree(ROOT / "generator", program / "generator")
    write_site(program, {"generator/__init__.py" if other == "none" else "generator/more.py": "# changed\n"})
    site = write_site(tmp_path / "site", MANY)
    unlike = farm.worker(PYTHONPATH=str(program))
    with pytest.raises(Refusal, match=said):
        on(farm.address, site)
    unlike.kill()
    unlike.wait()

    alike = farm.worker()

    def swap() -> None:
        farm.worker(PYTHONPATH=str(program))
        alike.kill()

    with pytest.raises(Refusal, match=said_later):
        on(farm.address, site, 1, swap)
    assert not (site / "site").exists()


@pytest.mark.deep
@pytest.mark.parametrize(
    "there", ["nothing", "another server", "a server that is silent", "no scheme", "no workers"]
)
def test_where_no_scheduler_answers_it_is_refused_in_time(
    there: str, tmp_path: Path, farm: Farm, monkeypatch: pytest.MonkeyPatch
):
    from generator.executors import cluster

    monkeypatch.setattr(cluster, "ANSWERS", 2.0)
    site, began = write_site(tmp_path, MANY), time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        free = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        address = {"no scheme": "http://127.0.0.1:8786", "no workers": farm.address}.get(there, free)
        if there == "nothing":
            silent.close()
        if there == "another server":
            silent.close()
            port = free.rpartition(":")[2]
            server = [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"]
            farm.processes.append(subprocess.Popen(server, cwd=farm.folder, stderr=subprocess.DEVNULL))
        said = {"no scheme": "is not the address", "no workers": "has no workers"}
        with pytest.raises(Refusal, match=said.get(there, "no Dask scheduler answers")):
            on(address, site)
    assert time.monotonic() - began < IN_TIME


@pytest.mark.deep
def test_an_interruption_ends_the_command_and_its_work_there(tmp_path: Path, farm: Farm):
    many = {f"content/{n}.md": text(n) for n in range(1500)}
    site = write_site(tmp_path, many | {"config.yaml": "title: T\nurl: https://t.example/\nexecutor: dask\n"})
    farm.worker()
    command = [sys.executable, "-m", "generator", "build", str(site)]
    env = os.environ | {VARIABLE: farm.address}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
    records = site / ".cache" / "records"
    while not (records.is_dir() and len(list(records.iterdir())) > 10):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=IN_TIME)
    assert (process.returncode, said) == (130, "\nStopped; site/ is whole: as it was, or all new.\n")

    from distributed import Client

    with Client(farm.address, set_as_default=False) as client:
        until = time.monotonic() + IN_TIME
        while any(client.processing().values()):  # what was under way comes to its end
            assert time.monotonic() < until
            time.sleep(0.1)
