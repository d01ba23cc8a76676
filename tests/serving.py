"""A web server on the loopback that answers as it is told to: well, wrongly, slowly or never."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. Content-Length is added where neither it nor Transfer-Encoding is given.

    `raw` is sent in place of all else, byte for byte; `pause` is waited after each hundred bytes of the
    body; one that `hangs` sends what it has and then nothing, until the server stops.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    pause: float = 0.0
    hangs: bool = False


Answer = Said | Callable[[Asked], Said]
NOTHING = Said(b"there is nothing here", 404, {"Content-Type": "text/plain"})


class Outlet:
    """A server and what stands on it: `pages` by path (with the query), `asked` in the order it came.

    What it has no page for is 404, robots.txt too: all may be asked.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.over = threading.Event()
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()})
                outlet.asked.append(asked)
                page = outlet.pages.get(self.path, NOTHING)
                try:
                    outlet._answer(self, page(asked) if callable(page) else page)
                except (BrokenPipeError, ConnectionResetError):  # who asked has heard enough
                    self.close_connection = True

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [it.path for it in self.asked if it.path != "/robots.txt"]

    def _answer(self, handler: BaseHTTPRequestHandler, said: Said) -> None:
        if said.raw is not None:
            handler.wfile.write(said.raw)
            handler.close_connection = True
        else:
            handler.send_response(said.status)
            names = {name.lower() for name in said.headers}
            for name, value in said.headers.items():
                handler.send_header(name, value)
            if not names & {"content-length", "transfer-encoding"} and said.status != 304:
                handler.send_header("Content-Length", str(len(said.body)))
            handler.end_headers()
            if handler.command != "HEAD":
                self._send(handler, said)
        handler.wfile.flush()
        if said.hangs:
            handler.close_connection = True
            self.over.wait(60)

    def _send(self, handler: BaseHTTPRequestHandler, said: Said) -> None:
        parts = (
            [said.body[at : at + 100] for at in range(0, len(said.body), 100)] if said.pause else [said.body]
        )
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
            if said.pause and self.over.wait(said.pause):
                return


@contextmanager
def serving() -> Iterator[Outlet]:
    """Serve until the end of the block."""
    outlet = Outlet()
    thread = threading.Thread(target=outlet.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield outlet
    finally:
        outlet.over.set()
        outlet.server.shutdown()
        thread.join()
        outlet.server.server_close()


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    """A web server of an outlet, on this machine."""
    with serving() as served:
        yield served


def page(body: str | bytes, media_type: str = "text/html; charset=utf-8", **headers: str) -> Said:
    """A good answer; `ETag="…"` and `Last_Modified="…"` become headers."""
    data = body.encode() if isinstance(body, str) else body
    return Said(
        data, headers={"Content-Type": media_type, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )


def moved(to: str, status: int = 302) -> Said:
    """A redirect."""
    return Said(b"", status, {"Location": to})


def packed(body: bytes, **headers: str) -> Said:
    """The same, by gzip."""
    given = {"Content-Encoding": "gzip", "Content-Type": "text/html", **headers}
    return Said(gzip.compress(body, mtime=0), headers=given)


def marked(body: str | bytes, etag: str, media_type: str = "application/rss+xml") -> Callable[[Asked], Said]:
    """A page that need not be sent again to who has it: 304."""
    whole = page(body, media_type, ETag=etag)

    def answer(asked: Asked) -> Said:
        return Said(b"", 304, {"ETag": etag}) if asked.headers.get("if-none-match") == etag else whole

    return answer
