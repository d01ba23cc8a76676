"""The server: for one editor's browser, on one machine. What it says is decided in `answers`."""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.problems import Refusal
from generator.serving import answers, dressing
from generator.serving.answers import Answer
from generator.serving.board import Board

PORT = 8000
TRIED = 50  # ports that are tried, one after another, where none is named
PAUSE = 15.0  # seconds after which a silent stream says that it is there
KNOCK = 0.2  # seconds to see whether somebody else answers at a port
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Server(ThreadingHTTPServer):
    """Answers from a board; calls `lost` where the site that it is to show has been deleted."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    allow_reuse_address = os.name != "nt"  # there it would let two servers have one port

    def __init__(self, host: str, port: int, board: Board, lost: Callable[[], None]) -> None:
        self.board = board
        self.lost = lost
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)
        self._names = _names(host)
        self._by_number = not _is_loopback(host)

    def server_bind(self) -> None:
        """Bind, without asking the network for this machine's name, as the base class does."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        elif hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no fault of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def is_called(self, named: str) -> bool:
        """Tell whether a Host header names this server: a page of another site must not make it its own.

        https://owasp.org/www-community/attacks/DNS_Rebinding
        """
        try:
            name = (urlsplit(f"//{named}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if name in self._names or name.endswith(".localhost"):
            return True
        return self._by_number and _is_number(name)


def opened(host: str, port: int | None, board: Board, lost: Callable[[], None] = lambda: None) -> Server:
    """Open a server at a port: that one (0: any), or the first free one from 8000 on.

    Raises Refusal where there is none.
    """
    ports = range(PORT, PORT + TRIED) if port is None else (port,)
    for one in ports:
        if one and _is_answered(host, one):
            continue
        try:
            return Server(host, one, board, lost)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Refusal(f"{host}, port {one}: {error.strerror or error}", _mend(error)) from error
    if port is not None:
        raise Refusal(f"port {port} is taken", "leave --port out to have a free one")
    raise Refusal(f"the ports from {PORT} to {PORT + TRIED - 1} are taken", "name a free one with --port")


@contextmanager
def serving(server: Server) -> Iterator[None]:
    """Answer while the body runs."""
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.board.close()
        server.shutdown()
        server.server_close()


def address(server: Server, host: str) -> str:
    """Where a browser on this machine finds the server's root; without a slash at the end."""
    name = "localhost" if host in ("", "0.0.0.0", "::") or host in LOCAL else host  # noqa: S104 -- compared
    return f"http://{f'[{name}]' if ':' in name else name}:{server.server_port}"


def _mend(error: OSError) -> str:
    if error.errno == errno.EACCES:
        return "ports below 1024 belong to the system: name a higher one"
    return "--host is an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them"


def _is_answered(host: str, port: int) -> bool:
    """Tell whether another server has a port already, on the address that `localhost` may lead to instead."""
    if not _is_loopback(host):
        return False
    for there in ("127.0.0.1", "::1"):
        with suppress(OSError), socket.create_connection((there, port), KNOCK):
            return True
    return False


def _names(host: str) -> frozenset[str]:
    names = {*LOCAL, host.lower()}
    if not _is_loopback(host):
        mine = socket.gethostname().lower()
        names |= {mine, f"{mine.partition('.')[0]}.local"}
    return frozenset(names)


def _is_loopback(host: str) -> bool:
    return host in LOCAL or (_is_number(host) and ipaddress.ip_address(host).is_loopback)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Broadsheet"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answered(body=True)

    def do_HEAD(self) -> None:
        self._answered(body=False)

    def _refused(self) -> None:
        self.close_connection = True  # whatever body follows is not read
        self._say(Answer(405, b"This server only shows.\n", (_TEXT, ("Allow", "GET, HEAD"))), body=True)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _refused  # noqa: N815 -- the base class's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
        """Say nothing: what matters is said where the site is built."""

    def _answered(self, *, body: bool) -> None:
        host = self.headers.get("Host", "")
        if not self.server.is_called(host):
            self.close_connection = True
            said = b"This server is not called that: it shows a site to the machine that it runs on.\n"
            self._say(Answer(403, said, (_TEXT,)), body=body)
            return
        path, _, query = self.path.partition("?")
        if path == dressing.LIVE and body:
            self._stream(query)
            return
        # What is sent has no validator: whoever holds a part of something else gets all of it.
        part = None if "If-Range" in self.headers else self.headers.get("Range")
        _, standing = self.server.board.read()
        if standing.built and not standing.root.is_dir():
            self.server.lost()
        try:
            made = answers.answer(self.path, part, standing, f"http://{host}")
        except OSError:  # a file that went away as it was read: the site has just been made anew
            _, standing = self.server.board.read()
            made = answers.answer(self.path, part, standing, f"http://{host}")
        self._say(made, body=body)

    def _say(self, made: Answer, *, body: bool) -> None:
        self.send_response(made.status)
        for name, value in (*made.headers, *answers.ALWAYS):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(made.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if body:
            self.wfile.write(made.body)

    def _stream(self, query: str) -> None:
        """Say what happens until the browser goes away (https://html.spec.whatwg.org/#server-sent-events)."""
        self.close_connection = True
        self.send_response(200)
        for name, value in (("Content-Type", "text/event-stream; charset=utf-8"), *answers.ALWAYS):
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        asked = parse_qs(query)
        page, look = (asked.get(name, [""])[0] for name in ("page", "look"))
        board, told = self.server.board, None
        number, standing = board.read()
        while True:
            news = answers.happens(page, look, standing)
            says_nothing = news.told == told and not news.do
            said = ": here" if says_nothing else f"data: {json.dumps(asdict(news))}"
            self.wfile.write(f"{said}\n\n".encode())
            look, told = news.look, news.told
            if not board.wait(number, PAUSE):
                return
            number, standing = board.read()


_TEXT = ("Content-Type", answers.PLAIN)
