"""A build asks no network for anything: not this process, and no program that it starts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.building import build_site, copied, write_site
from tests.running import NOW

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "sites" / "newsroom"
# Whatever of a site could think of asking somebody: a hub, an indexer, addresses of sources and pictures.
CONFIG = """\
title: The Test Sheet
url: https://news.example/sheet/
language: de
timezone: Europe/Berlin
search: true
social_cards: all
feed: {content: full, archives: all, hub: "https://hub.example/"}
summariser: {use: openai, base_url: "https://models.example/v1", model: some-model}
social: [{name: Mastodon, url: "https://social.example/@sheet"}]
sources: [{name: Harbour Wire, url: "https://wire.example/feed.xml"}]
menu: [{title: Elsewhere, url: "https://elsewhere.example/"}]
"""
ARTICLE = """\
---
title: Corvane borrows $2.3 billion
date: 2026-11-20
source: {name: Harbour Wire, url: "https://wire.example/corvane"}
canonical_url: https://wire.example/corvane
brief:
  key_points: [{text: It has 48 turbines., source: "https://elsewhere.example/turbines"}]
---

Corvane will borrow $2.3 billion. ![The hall](https://wire.example/hall.png) <img src="//wire.example/a.png" alt="A">
"""
# Python reads this before anything else; what it forbids holds in every Python that is started.
FORBIDDING = """\
import sys

def forbid(event, arguments):
    internet = event == "socket.__new__" and arguments[1] in (2, 10, 30)
    if internet or event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.bind"):
        if event not in ("socket.connect", "socket.bind") or isinstance(arguments[1], tuple):
            sys.stderr.write(f"network: {event} {arguments[1:]}\\n")
            raise PermissionError(f"network: {event}")

sys.addaudithook(forbid)
"""


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Forbid this process the internet; gives what was tried."""
    tried: list[str] = []

    class Socket(socket.socket):
        def __init__(self, family: int = -1, *arguments: Any, **named: Any) -> None:
            if family in (-1, socket.AF_INET, socket.AF_INET6):
                tried.append(f"socket {family}")
                raise PermissionError("no network in a build")
            super().__init__(family, *arguments, **named)

    def refuse(*arguments: Any, **_: Any) -> NoReturn:
        tried.append(f"look-up of {arguments[:1]}")
        raise PermissionError("no network in a build")

    monkeypatch.setattr(socket, "socket", Socket)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    yield tried
    assert tried == []


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A site that uses all there is."""
    folder = copied(SAMPLE, tmp_path / "site of all")
    return write_site(folder, {"config.yaml": CONFIG, "content/2026/11/remote.md": ARTICLE})


def test_the_fixture_would_notice(forbidden: list[str]):
    with pytest.raises(PermissionError):
        socket.create_connection(("news.example", 443))
    with pytest.raises(PermissionError):
        socket.socket(socket.AF_INET6)
    assert len(forbidden) == 2
    forbidden.clear()


def test_a_build_opens_no_socket_of_the_internet(whole: Path, forbidden: list[str]):
    build_site(whole, drafts=True, future=True)
    assert (whole / "site" / "search" / "volumes.json").is_file()
    assert forbidden == []


def isolated() -> list[str]:
    """Give the command that runs another without any network, not even this machine's own; empty if there is none."""
    for command in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if shutil.which("unshare") and run(*command, "true").returncode == 0:
            return command
    return []


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    full = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(command, env=full, capture_output=True, text=True, check=False)


def test_nothing_that_a_build_starts_asks_the_network(whole: Path, tmp_path: Path):
    """Pythons are held by a hook; the indexer is none, and the kernel alone can keep it from the network."""
    hook = tmp_path / "hook" / "sitecustomize.py"
    hook.parent.mkdir()
    hook.write_text(FORBIDDING, encoding="utf-8")
    paths = os.pathsep.join([str(hook.parent), str(ROOT)])
    asking = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
    if command := isolated():
        assert "unreachable" in run(*command, sys.executable, "-c", asking).stderr
    assert "network: socket" in run(*command, sys.executable, "-c", asking, PYTHONPATH=paths).stderr
    build = (sys.executable, "-m", "generator", "build", str(whole), "--drafts", "--future", "--quiet")
    built = run(*command, *build, PYTHONPATH=paths)
    assert (built.returncode, built.stderr) == (0, "")
    assert (whole / "site" / "search" / "volumes.json").is_file()
