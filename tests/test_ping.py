"""`broadsheet ping` and a hub on this machine that is good, strict, broken, slow or gone."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.commands import ping
from generator.problems import Refusal
from tests.building import ARTICLE, CONFIG, build_site, write_site

SHEET = "https://news.example/sheet/"
NAMES = ("feed.xml", "atom.xml", "feed.json")
TOPIC = ARTICLE.replace("date:", "topics: [Caf\u00e9s & bars]\ndate:")


class Hub:
    """A hub on the loopback: it keeps what it was sent and answers as it is told to."""

    def __init__(self) -> None:
        self.sent: list[dict[str, list[str]]] = []
        self.types: list[str] = []
        self.answer: Callable[[int], tuple[int, dict[str, str], bytes]] = lambda _: (204, {}, b"")
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.sent.append(parse_qs(body, strict_parsing=True))
                hub.types.append(self.headers["Content-Type"])
                status, headers, said = hub.answer(len(hub.sent))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def do_GET(self) -> None:
                hub.sent.append({"a redirect was followed": []})

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/publish"

    @property
    def told(self) -> list[str]:
        return [one["hub.url"][0] for one in self.sent]


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept, without sleeping."""
    pauses: list[float] = []
    monkeypatch.setattr(ping.time, "sleep", pauses.append)
    return pauses


def a_site(folder: Path, hub: str | None, text: str = TOPIC) -> Path:
    config = CONFIG + (f"feed: {{hub: '{hub}'}}\n" if hub else "")
    write_site(folder, {"config.yaml": config, "content/one.md": text})
    build_site(folder)
    return folder


def run(folder: Path, *options: str) -> Any:
    return CliRunner().invoke(cli, ["ping", str(folder), *options], catch_exceptions=False)


def test_without_state_the_hub_is_told_of_every_feed_and_then_of_none(tmp_path: Path, hub: Hub):
    a_site(tmp_path, hub.url)
    done = run(tmp_path)
    assert {f"{SHEET}{name}" for name in NAMES} <= set(hub.told)
    assert {f"{SHEET}topics/caf%C3%A9s-bars/{name}" for name in NAMES} <= set(hub.told)
    assert len(hub.told) == len(set(hub.told))
    assert {tuple(one) for one in hub.sent} == {("hub.mode", "hub.url")}
    assert {one["hub.mode"][0] for one in hub.sent} == {"publish"}
    assert set(hub.types) == {"application/x-www-form-urlencoded"}
    assert done.stderr == f"Told {hub.url} of {len(hub.told)} feeds, 0 unchanged.\n"
    assert done.stdout == ""
    told = len(hub.sent)
    assert run(tmp_path).stderr == f"Told {hub.url} of 0 feeds, {told} unchanged.\n"
    assert len(hub.sent) == told


def test_only_what_has_changed_is_told(tmp_path: Path, hub: Hub):
    other = {
        "content/two.md": ARTICLE.replace("title: Corvane", "title: Ardent").replace(
            "date:", "topics: [Other]\ndate:"
        )
    }
    write_site(tmp_path, other)
    a_site(tmp_path, hub.url)
    run(tmp_path)
    hub.sent.clear()
    a_site(tmp_path, hub.url, TOPIC.replace("title: Corvane", "title: Tessary"))
    run(tmp_path)
    assert f"{SHEET}feed.xml" in hub.told
    assert f"{SHEET}topics/caf%C3%A9s-bars/feed.xml" in hub.told
    assert f"{SHEET}topics/other/feed.xml" not in hub.told


def test_the_address_is_that_of_the_build(tmp_path: Path, hub: Hub):
    from generator import config

    a_site(tmp_path, hub.url)
    from generator.build import build
    from generator.cache import Cache
    from tests.building import NOW

    moved = config.at_address(config.read(tmp_path), "https://elsewhere.example/")
    build(moved, cache=Cache(moved.cache / "records"), now=NOW)
    run(tmp_path)
    assert "https://elsewhere.example/feed.xml" in hub.told
    assert not [address for address in hub.told if SHEET in address]


def test_a_dry_run_prints_and_tells_nobody(tmp_path: Path, hub: Hub):
    a_site(tmp_path, hub.url)
    done = run(tmp_path, "--dry-run")
    assert hub.sent == []
    lines = done.stdout.splitlines()
    assert f"{SHEET}feed.xml" in lines
    assert done.stderr == f"{len(lines)} feeds to tell {hub.url} of, 0 unchanged.\n"
    assert run(tmp_path, "--dry-run").stdout == done.stdout  # and remembers nothing
    assert json.loads(run(tmp_path, "--dry-run", "--json").stdout) == {
        "ok": True,
        "hub": hub.url,
        "told": lines,
        "unchanged": 0,
    }


def test_all_tells_of_what_has_not_changed_too(tmp_path: Path, hub: Hub):
    a_site(tmp_path, hub.url)
    run(tmp_path)
    told = len(hub.sent)
    run(tmp_path, "--all")
    assert len(hub.sent) == 2 * told


def test_another_hub_and_a_damaged_state_mean_that_nothing_is_known(tmp_path: Path, hub: Hub):
    a_site(tmp_path, hub.url)
    run(tmp_path)
    told = len(hub.sent)
    for state in (
        "",
        "[]",
        "{}",
        '{"hub": 1, "feeds": 2}',
        json.dumps({"hub": hub.url, "feeds": 3}),
        json.dumps({"hub": "https://other.example/", "feeds": {}}),
    ):
        hub.sent.clear()
        (tmp_path / ".cache" / ping.STATE).write_text(state)
        run(tmp_path)
        assert len(hub.sent) == told, state


def test_without_a_hub_there_is_nobody_to_tell(tmp_path: Path):
    a_site(tmp_path, None)
    done = run(tmp_path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "feed.hub names no hub: nobody to tell.\n"


def test_without_a_built_site_it_says_so(tmp_path: Path, hub: Hub):
    a_site(tmp_path, hub.url)
    shutil.rmtree(tmp_path / "site")
    with pytest.raises(Refusal, match=r"feeds\.opml cannot be read"):
        run(tmp_path)


def test_what_the_hub_refuses_is_named_and_the_rest_is_told(tmp_path: Path, hub: Hub, waited: list[float]):
    a_site(tmp_path, hub.url)
    hub.answer = lambda count: (400, {}, b"no such\x1b[31m topic\n") if count == 2 else (202, {}, b"")
    with pytest.raises(Refusal) as caught:
        run(tmp_path)
    total, second = len(hub.sent), hub.told[1]
    assert str(caught.value) == (
        f"the hub {hub.url} took {total - 1} of {total} feeds. It refused {second}: 400 Bad Request: no such [31m topic"
    )
    assert waited == []
    hub.sent.clear()
    run(tmp_path)
    assert hub.told == [second]


def test_a_broken_hub_is_asked_three_times_and_then_left_alone(tmp_path: Path, hub: Hub, waited: list[float]):
    a_site(tmp_path, hub.url)
    hub.answer = lambda _: (502, {}, b"")
    with pytest.raises(Refusal, match=r"took 0 of .*: 502 Bad Gateway"):
        run(tmp_path)
    assert len(hub.sent) == 3
    assert waited == list(ping.PAUSES)


def test_a_busy_hub_is_given_the_time_that_it_asks_for(tmp_path: Path, hub: Hub, waited: list[float]):
    a_site(tmp_path, hub.url)
    hub.answer = lambda count: (429, {"Retry-After": "7"}, b"") if count == 1 else (204, {}, b"")
    assert run(tmp_path).exit_code == 0
    assert hub.told[0] == hub.told[1]
    assert waited == [7.0]


def test_a_moment_is_a_time_to_wait_too(tmp_path: Path, hub: Hub, waited: list[float]):
    a_site(tmp_path, hub.url)
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    hub.answer = lambda count: (503, {"Retry-After": soon}, b"") if count == 1 else (204, {}, b"")
    run(tmp_path)
    assert [15 < pause <= 20 for pause in waited] == [True]


def test_a_hub_that_asks_for_an_hour_is_not_waited_for(tmp_path: Path, hub: Hub, waited: list[float]):
    a_site(tmp_path, hub.url)
    hub.answer = lambda _: (503, {"Retry-After": "3600"}, b"")
    with pytest.raises(Refusal, match="it asks to be left alone for 3600 seconds"):
        run(tmp_path)
    assert (waited, len(hub.sent)) == ([], 1)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.usefixtures("waited")
def test_a_redirect_is_told_not_followed(tmp_path: Path, hub: Hub, status: int):
    a_site(tmp_path, hub.url)
    hub.answer = lambda _: (status, {"Location": "https://hub.example/new"}, b"")
    with pytest.raises(Refusal, match=r"it has moved to https://hub\.example/new; write that as feed\.hub"):
        run(tmp_path)
    assert len(hub.sent) == 1


def test_a_hub_that_hangs_is_given_up(tmp_path: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ping, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # takes connections, and never says a word
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        a_site(tmp_path, address)
        with pytest.raises(Refusal, match=r"no answer within 0\.1 seconds"):
            run(tmp_path)
    assert waited == list(ping.PAUSES)


@pytest.mark.usefixtures("waited")
def test_a_hub_that_talks_nonsense_is_given_up(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(3):
                there, _ = server.accept()
                there.recv(4096)
                there.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")
                there.close()

        thread = threading.Thread(target=answer)
        thread.start()
        a_site(tmp_path, f"http://127.0.0.1:{server.getsockname()[1]}/")
        with pytest.raises(Refusal, match="took 0 of"):
            run(tmp_path)
        thread.join()


@pytest.mark.usefixtures("waited")
def test_what_was_told_before_the_hub_broke_is_not_told_again(tmp_path: Path, hub: Hub):
    a_site(tmp_path, hub.url)
    hub.answer = lambda count: (204, {}, b"") if count < 3 else (500, {}, b"")
    with pytest.raises(Refusal, match="took 2 of"):
        run(tmp_path)
    first = hub.told[:2]
    hub.sent.clear()
    hub.answer = lambda _: (204, {}, b"")
    run(tmp_path)
    assert hub.told
    assert not set(first) & set(hub.told)


def test_the_command_line_says_why_and_leaves_with_one(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        gone = f"http://127.0.0.1:{server.getsockname()[1]}/"
    a_site(tmp_path, gone)
    slept = "import time; time.sleep = lambda _: None; from generator.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", slept, "ping", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "broadsheet: the hub" in done.stderr
    assert "refused" in done.stderr
    assert "Traceback" not in done.stderr
    done = subprocess.run(
        [sys.executable, "-c", slept, "ping", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["ok"] is False
