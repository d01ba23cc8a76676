"""generator.fetch against a server on this machine that is good, broken, slow, huge or sly."""

from __future__ import annotations

import gzip
import pickle
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from generator import fetch
from generator.fetch import (
    Fetcher,
    FetchError,
    Head,
    NotModified,
    Options,
    Response,
    addresses,
    agent,
    bodies,
)
from generator.fetch.pace import PATIENCE, Pace, retry_after
from tests.serving import Outlet, Said, marked, moved, packed, page, serving

NOW = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def fetcher(clock: Clock | None = None, resolve: Any = None, **options: Any) -> Fetcher:
    """One that may ask this machine, and sleeps without waiting."""
    clock = clock or Clock()
    given = {"private": True, "pace": 0.0, **options}
    more = {"resolve": resolve} if resolve else {}
    return Fetcher(Options(**given), now=lambda: NOW, clock=clock, sleep=clock.sleep, **more)


def to_here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def fault(address: str, asking: Fetcher | None = None) -> FetchError:
    with pytest.raises(FetchError) as raised:
        (asking or fetcher()).get(address)
    error = raised.value
    assert error.message
    assert "\n" not in error.message + error.hint
    return error


# ---------------------------------------------------------------------------------------------- what is good


def test_a_page_comes_whole_with_all_that_is_said_of_it(outlet: Outlet):
    outlet.pages["/a?b=c"] = page("<p>Grüße</p>", ETag='"1"', Last_Modified="Fri, 27 Nov 2026 06:00:00 GMT")
    got = fetcher().get(f"{outlet.url}/a?b=c#there")
    assert got == Response(
        url=f"{outlet.url}/a?b=c",
        status=200,
        media_type="text/html",
        charset="utf-8",
        data="<p>Grüße</p>".encode(),
        etag='"1"',
        modified="Fri, 27 Nov 2026 06:00:00 GMT",
        retrieved=NOW,
    )


def test_it_says_who_asks_and_nothing_else(outlet: Outlet, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("NETRC", __file__)
    outlet.pages["/"] = page("x", Set_Cookie="seen=1")
    with fetcher(agent=agent("https://news.example/")) as asking:
        for _ in range(2):
            asking.get(f"{outlet.url}/")
    first, second = (it.headers for it in outlet.asked if it.path == "/")
    assert first == second
    assert sorted(first) == ["accept", "accept-encoding", "connection", "host", "user-agent"]
    assert first["user-agent"].startswith("Broadsheet/")
    assert first["user-agent"].endswith("(+https://news.example/)")


def test_a_version_that_is_known_is_not_sent_again(outlet: Outlet):
    outlet.pages["/feed"] = marked("<rss/>", '"v1"')
    asking = fetcher()
    first = asking.get(f"{outlet.url}/feed")
    assert isinstance(first, Response)
    again = asking.get(f"{outlet.url}/feed", etag=first.etag, modified="Fri, 27 Nov 2026 06:00:00 GMT")
    assert again == NotModified(f"{outlet.url}/feed", '"v1"', "Fri, 27 Nov 2026 06:00:00 GMT", NOW)
    assert outlet.asked[-1].headers["if-modified-since"] == "Fri, 27 Nov 2026 06:00:00 GMT"
    outlet.pages["/feed"] = marked("<rss>new</rss>", '"v2"')
    assert asking.get(f"{outlet.url}/feed", etag='"v1"').etag == '"v2"'


def test_a_mark_that_would_break_a_request_is_not_sent(outlet: Outlet):
    outlet.pages["/feed"] = marked("<rss/>", '"v1"')
    got = fetcher().get(f"{outlet.url}/feed", etag='"v1"\r\nX-Evil: 1', modified="Größe")
    assert isinstance(got, Response)
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(outlet.asked[-1].headers)


def test_304_that_nobody_asked_for_is_a_fault(outlet: Outlet):
    outlet.pages["/"] = Said(b"", 304)
    assert fault(f"{outlet.url}/").status == 304


def test_an_address_without_a_path_and_with_signs_of_any_script(outlet: Outlet):
    outlet.pages["/"] = page("root")
    outlet.pages["/gr%C3%BC%C3%9Fe%20b?q=%C3%A4"] = page("deep")
    asking = fetcher(resolve=to_here)
    port = outlet.server.server_port
    assert asking.get(f"  HTTP://BÜCHER.example:{port} ").data == b"root"
    assert outlet.asked[-1].headers["host"] == f"xn--bcher-kva.example:{port}"
    assert asking.get(f"{outlet.url}/grüße b?q=ä").data == b"deep"


# ------------------------------------------------------------------------------------------------ redirects


def test_redirects_are_followed_to_the_end(outlet: Outlet):
    outlet.pages |= {"/a": moved("/b", 301), "/b": moved("c?d", 308), "/c?d": page("here")}
    got = fetcher().get(f"{outlet.url}/a")
    assert (got.url, got.data) == (f"{outlet.url}/c?d", b"here")


def test_a_cookie_holds_for_the_redirects_of_one_question(outlet: Outlet):
    outlet.pages["/a"] = lambda asked: (
        page("in") if "cookie" in asked.headers else Said(b"", 302, {"Location": "/a", "Set-Cookie": "ok=1"})
    )
    assert fetcher().get(f"{outlet.url}/a").data == b"in"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("/a", "redirect-loop"),
        ("file:///etc/passwd", "no-web-address"),
        ("ftp://127.0.0.1/a", "no-web-address"),
        ("javascript:alert(1)", "broken-answer"),
        ("data:text/html,x", "broken-answer"),
        ("http://u:p@news.example/", "no-web-address"),
        ("http://2130706433/", "no-web-address"),
        ("http://[::1", "broken-answer"),
        ("//\0", "broken-answer"),
    ],
)
def test_a_redirect_that_leads_astray_is_not_followed(outlet: Outlet, to: str, code: str):
    outlet.pages["/a"] = Said(
        raw=f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    assert fault(f"{outlet.url}/a").code == code
    assert outlet.paths == ["/a"]


def test_redirects_end(outlet: Outlet):
    outlet.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(20)}
    assert fault(f"{outlet.url}/0").code == "too-many-redirects"
    assert len(outlet.paths) == 6
    outlet.pages["/5"] = page("there")
    assert fetcher().get(f"{outlet.url}/0").data == b"there"


def test_a_redirect_into_the_own_network_is_refused(outlet: Outlet):
    """The outlet is public, as far as its name tells; where it leads is not, by name and by number."""
    known = {"news.example": ["127.0.0.1"], "inside.example": ["10.0.0.7"]}
    port = outlet.server.server_port
    for to in (
        "http://inside.example/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
    ):
        outlet.pages["/"] = moved(to)
        with pytest.MonkeyPatch.context() as patch:
            real = addresses.is_public
            patch.setattr(addresses, "is_public", lambda it, real=real: it == "127.0.0.1" or real(it))
            asking = fetcher(private=False, resolve=lambda host, _: known.get(host, [host]))
            assert fault(f"http://news.example:{port}/", asking).code == "private-address"


# ------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        "",
        "feed.xml",
        "/etc/passwd",
        "file:///etc/passwd",
        "gopher://news.example/",
        "data:text/html,x",
        "http:///x",
        "http://news.example:0/",
        "http://news.example:99999/",
        "http://user@news.example/",
        "http://user:secret@news.example/",
        "http://news.example@127.0.0.1/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://2130706433/",
        "http://127.0.0.1./",
        "http://127.0.0.01/",
        "http://1.2.3.4.5/",
        "http://news.example/\n\rX: 1",
        "http://news.example\0.org/",
        "http://[fe80::1%25eth0]/",
        f"http://news.example/{'a' * 5000}",
    ],
)
@pytest.mark.parametrize("private", [True, False])
def test_what_is_no_plain_address_of_the_web_is_refused(address: str, private: bool):
    asked: list[str] = []
    asking = fetcher(private=private, resolve=lambda host, _: asked.append(host) or ["127.0.0.1"])
    assert fault(address, asking).code == "no-web-address"
    assert asked == []


def test_a_password_in_an_address_is_not_told_on():
    found = fault("http://user:secret@news.example/")
    assert "secret" not in found.message + found.hint


@pytest.mark.parametrize(
    "address",
    """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 192.168.1.1 192.0.0.1
    192.0.2.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1
    ::ffff:10.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 100::1 fc00::1 fd12:3456::1
    fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 2002:7f00:1:: 2001::1 4000::1""".split(),
)
def test_addresses_that_are_not_of_the_internet(address: str):
    assert not addresses.is_public(address)
    asking = fetcher(private=False, resolve=lambda *_: [address])
    assert fault("http://news.example/", asking).code == "private-address"


@pytest.mark.parametrize(
    "address",
    "8.8.8.8 93.184.215.14 2606:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::808:808".split(),
)
def test_addresses_of_the_internet(address: str):
    assert addresses.is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    asking = fetcher(private=False, resolve=lambda *_: ["93.184.215.14", "127.0.0.1"])
    assert fault("http://news.example/", asking).code == "private-address"


def test_this_machine_is_refused_by_every_name_unless_allowed(outlet: Outlet):
    outlet.pages["/"] = page("x")
    port = outlet.server.server_port
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
        found = fault(f"http://{host}:{port}/", fetcher(private=False))
        assert (found.code, "--allow-private" in found.hint) == ("private-address", True)
    assert outlet.asked == []
    assert fetcher().get(f"{outlet.url}/").data == b"x"


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to(outlet: Outlet):
    """DNS that answers otherwise the second time finds nobody who asks a second time."""
    outlet.pages["/"] = page("x")
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.2"]])
    asking = fetcher(robots=False, resolve=lambda *_: next(answers))
    assert asking.get(f"http://news.example:{outlet.server.server_port}/").data == b"x"
    assert next(answers) == ["10.0.0.1"]


def test_the_next_address_of_a_name_is_tried_where_one_is_dead(outlet: Outlet):
    outlet.pages["/"] = page("x")
    asking = fetcher(resolve=lambda *_: ["127.0.0.9", "127.0.0.1"])
    assert asking.get(f"http://news.example:{outlet.server.server_port}/").data == b"x"


def test_a_name_that_leads_nowhere():
    def lost(*_: Any) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert fault("http://news.example/", fetcher(resolve=lost)).code == "unknown-host"
    assert fault("http://news.example/", fetcher(resolve=lambda *_: [])).code == "no-connection"


# --------------------------------------------------------------------------------------------------- bounds

BOMB = gzip.compress(b"\0" * 30_000_000, mtime=0)


def test_what_is_too_large_is_left():
    with serving() as outlet:
        outlet.pages |= {
            "/said": Said(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", hangs=True),
            "/unsaid": Said(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000),
            "/chunked": Said(
                raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" + b"x" * 5000
            ),
            "/bomb": Said(BOMB, headers={"Content-Encoding": "gzip"}),
            "/fits": page("x" * 4000),
        }
        asking = fetcher(largest=4000)
        for path in ("/said", "/unsaid", "/chunked", "/bomb"):
            assert fault(outlet.url + path, asking).code == "answer-too-large", path
        assert len(asking.get(f"{outlet.url}/fits").data) == 4000


def test_a_bomb_is_never_unpacked_beyond_its_bounds():
    body = bodies.Body("gzip", 1000, cut=True)
    body.add(BOMB)
    assert body.full
    assert (len(body._kept), len(body.whole())) == (1001, 1000)


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(b"news", mtime=0)),
        ("x-gzip", gzip.compress(b"news", mtime=0)),
        ("GZIP", gzip.compress(b"ne", mtime=0) + gzip.compress(b"ws", mtime=0)),
        ("gzip", gzip.compress(b"news", mtime=0) + b"\0\0 padding"),
        ("deflate", zlib.compress(b"news")),
        ("deflate", zlib.compress(b"news", wbits=-15)),
        ("identity", b"news"),
        ("", b"news"),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_what_is_packed_is_unpacked_however_it_comes(coding: str, data: bytes, step: int):
    body = bodies.Body(coding, 100)
    for at in range(0, len(data), step):
        body.add(data[at : at + step])
    assert body.whole() == b"news"


@pytest.mark.parametrize(
    "said",
    [
        Said(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"),
        Said(raw=b"HTTP/1.1 200 OK\r\nContent-Length: banana\r\n\r\nx"),
        Said(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Said(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
        Said(raw=b"<html>no HTTP</html>"),
        Said(raw=b""),
        Said(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000),
        Said(gzip.compress(b"news" * 99, mtime=0)[:-9], headers={"Content-Encoding": "gzip"}),
        Said(b"no gzip", headers={"Content-Encoding": "gzip"}),
        Said(b"neither", headers={"Content-Encoding": "deflate"}),
        Said(b"x", headers={"Content-Encoding": "br"}),
        Said(b"x", headers={"Content-Encoding": "gzip, gzip"}),
    ],
    ids=lambda said: repr(said.raw if said.raw is not None else said.body)[:40],
)
def test_what_is_damaged_is_a_fault(outlet: Outlet, said: Said):
    outlet.pages["/"] = said
    assert fault(f"{outlet.url}/").code == "broken-answer"


@pytest.mark.parametrize(
    "said",
    [
        Said(raw=b"", hangs=True),
        Said(raw=b"HTTP/1.1 200 OK\r\nContent-Le", hangs=True),
        Said(b"x", headers={"Content-Length": "100"}, hangs=True),
    ],
    ids=["nothing", "headers", "body"],
)
def test_who_hangs_is_not_waited_for(outlet: Outlet, said: Said):
    outlet.pages["/"] = said
    assert fault(f"{outlet.url}/", fetcher(timeout=0.15, robots=False)).code == "too-slow"


@pytest.mark.parametrize("path", ["/body", "/headers"])
def test_who_trickles_is_not_waited_for_either(path: str):
    """Each byte comes in time; all of them do not."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def trickle() -> None:
        taken, _ = listening.accept()
        with taken:
            taken.recv(4096)
            if path == "/body":
                taken.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not over.wait(0.05):
                try:
                    taken.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=trickle)
    thread.start()
    asking = Fetcher(Options(private=True, robots=False, pace=0.0, timeout=5.0, total=0.3))
    try:
        found = fault(f"http://127.0.0.1:{listening.getsockname()[1]}{path}", asking)
    finally:
        over.set()
        thread.join()
        listening.close()
    assert found.code == "too-slow"


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = fault(f"http://127.0.0.1:{port}/")
    assert found.code == "no-connection"
    assert "refused" in found.message


def test_tls_asked_of_who_speaks_none(outlet: Outlet):
    found = fault(outlet.url.replace("http:", "https:"), fetcher(robots=False))
    assert found.code in ("bad-certificate", "no-connection")


@pytest.fixture
def secure(outlet: Outlet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outlet]:
    """The same server by TLS, as news.example, whose certificate this machine believes."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"
    more = ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made.split(), *more], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    plain = outlet.server.socket
    outlet.server.socket = context.wrap_socket(plain, server_side=True)
    outlet.url = f"https://news.example:{outlet.server.server_port}"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    fetch._certificates.cache_clear()
    yield outlet
    fetch._certificates.cache_clear()


def test_a_certificate_is_held_against_the_name_not_the_address(secure: Outlet):
    """The connection goes to the address that was looked at; who answers must still be the one that was asked."""
    secure.pages["/"] = page("x")
    asking = fetcher(resolve=to_here)
    assert asking.get(f"{secure.url}/").data == b"x"
    for other in (
        secure.url.replace("news.example", "wire.example"),
        secure.url.replace("news.example", "127.0.0.1"),
    ):
        found = fault(f"{other}/", asking)
        assert (found.code, "cannot prove who it is" in found.message) == ("bad-certificate", True)


def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    secure: Outlet, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SSL_CERT_FILE")
    fetch._certificates.cache_clear()
    found = fault(f"{secure.url}/", fetcher(resolve=to_here))
    assert found.code == "bad-certificate"
    assert "self-signed" in found.message or "self signed" in found.message


# ------------------------------------------------------------------------------------------------- manners


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 500, 502, 503, 599])
def test_a_status_is_told_plainly(outlet: Outlet, status: int):
    outlet.pages["/"] = Said(b"\x1b[31mno", status)
    found = fault(f"{outlet.url}/")
    assert (found.code, found.status, found.retry_after) == ("bad-status", status, None)
    assert f"127.0.0.1 answers {status}" in found.message
    assert outlet.paths == ["/"]


def test_questions_to_one_host_are_spaced_and_to_others_not(outlet: Outlet):
    outlet.pages |= {"/a": moved("/b"), "/b": page("x")}
    clock = Clock()
    asking = fetcher(clock, pace=1.0, robots=False, resolve=to_here)
    port = outlet.server.server_port
    asking.get(f"http://a.example:{port}/a")
    asking.get(f"http://b.example:{port}/b")
    assert clock.slept == [1.0]
    asking.get(f"http://a.example:{port}/b")
    assert clock.slept == [1.0, 1.0]


def test_threads_take_turns_at_one_host():
    clock = Clock()
    turns = Pace(2.0, clock=clock, sleep=lambda _: None)
    starts: list[float] = []
    waiting = Pace(2.0, clock=clock, sleep=starts.append)
    threads = [threading.Thread(target=waiting.wait, args=("a.example",)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(starts) == [2.0, 4.0, 6.0, 8.0]
    turns.wait("a.example")


def test_a_busy_host_is_asked_once_more_after_as_long_as_it_says(outlet: Outlet):
    answers = iter([Said(b"", 429, {"Retry-After": "7"}), page("now")])
    outlet.pages["/"] = lambda _: next(answers)
    clock = Clock()
    assert fetcher(clock, robots=False).get(f"{outlet.url}/").data == b"now"
    assert clock.slept == [7.0]


@pytest.mark.parametrize(
    ("status", "said", "wait"),
    [(429, "3600", 3600.0), (503, "3600", 3600.0), (429, None, None), (429, "soon", None), (429, "5", 5.0)],
)
def test_a_host_that_stays_busy_is_left_alone(
    outlet: Outlet, status: int, said: str | None, wait: float | None
):
    outlet.pages["/"] = Said(b"", status, {"Retry-After": said} if said else {})
    found = fault(f"{outlet.url}/", fetcher(robots=False))
    assert (found.code, found.retry_after, found.status) == ("asked-to-wait", wait, status)
    assert len(outlet.asked) == (2 if said == "5" else 1)


def test_who_wants_to_be_left_alone_is_not_asked_for_another_page_either(outlet: Outlet):
    outlet.pages |= {"/": Said(b"", 429, {"Retry-After": "3600"}), "/b": page("x")}
    asking = fetcher(robots=False)
    fault(f"{outlet.url}/", asking)
    found = fault(f"{outlet.url}/b", asking)
    assert (found.code, found.retry_after) == ("asked-to-wait", 3600.0)
    assert outlet.paths == ["/"]


def test_a_host_is_held_by_name_and_port_and_takes_its_turns_by_name():
    clock = Clock()
    turns = Pace(2.0, clock=clock, sleep=(slept := []).append)
    turns.hold("a.example", 3600.0, 8443)
    with pytest.raises(FetchError, match=r"^a\.example:8443 asks to be left alone"):
        turns.wait("a.example", 8443)
    turns.wait("a.example", 9000)
    turns.wait("a.example")
    assert slept == [2.0]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 50, 864_000.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        ("Sat, 28 Nov 2026 06:31:30 -0000", 90.0),
        ("Sat, 28 Nov 2020 06:31:30 GMT", 0.0),
        ("Sat, 99 Nov 2026 06:31:30 GMT", None),
        ("banana", None),
        ("", None),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(written: str | None, seconds: float | None):
    assert retry_after(written, NOW) == seconds


ROBOTS = "User-agent: *\nDisallow: /\n\nUser-agent: Broadsheet\nDisallow: /private/\nAllow: /private/feed$\n"


def test_robots_txt_is_heeded_and_read_once(outlet: Outlet):
    outlet.pages |= {path: page("x") for path in ("/", "/private/", "/private/feed", "/private/feed2")}
    outlet.pages["/robots.txt"] = page(f"\ufeff{ROBOTS}", "text/plain")
    asking = fetcher()
    assert [asking.get(outlet.url + path).data for path in ("/", "/private/feed")] == [b"x", b"x"]
    for path in ("/private/", "/private/feed2"):
        assert fault(outlet.url + path, asking).code == "robots-disallow"
    assert [it.path for it in outlet.asked] == ["/robots.txt", "/", "/private/feed"]
    assert fetcher(robots=False).get(f"{outlet.url}/private/").data == b"x"


def test_robots_txt_of_where_a_redirect_leads_is_heeded_too(outlet: Outlet):
    with serving() as other:
        other.pages["/robots.txt"] = page("User-agent: *\nDisallow: /", "text/plain")
        outlet.pages["/"] = moved(f"{other.url}/there")
        assert fault(f"{outlet.url}/").code == "robots-disallow"
        assert other.paths == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_forbids_nothing(outlet: Outlet, status: int):
    outlet.pages |= {"/": page("x"), "/robots.txt": Said(b"User-agent: *\nDisallow: /", status)}
    assert fetcher().get(f"{outlet.url}/").data == b"x"


def test_a_robots_txt_that_cannot_be_read_forbids_all(outlet: Outlet):
    outlet.pages |= {"/": page("x"), "/robots.txt": Said(b"", 500)}
    asking = fetcher()
    for _ in range(2):
        found = fault(f"{outlet.url}/", asking)
        assert (found.code, found.status) == ("robots-unreachable", 500)
    assert [it.path for it in outlet.asked] == ["/robots.txt"]


def test_a_huge_robots_txt_is_read_as_far_as_it_must_be(outlet: Outlet):
    rules = b"User-agent: *\nDisallow: /secret\n" + b"# more\n" * 100_000 + b"User-agent: *\nDisallow: /\n"
    outlet.pages |= {"/": page("x"), "/secret": page("x"), "/robots.txt": packed(rules)}
    asking = fetcher(largest=1000)
    assert asking.get(f"{outlet.url}/").data == b"x"
    assert fault(f"{outlet.url}/secret", asking).code == "robots-disallow"


def test_a_robots_txt_of_rubbish_forbids_nothing(outlet: Outlet):
    outlet.pages |= {"/": page("x"), "/robots.txt": page(bytes(range(256)) * 9, "text/plain")}
    assert fetcher().get(f"{outlet.url}/").data == b"x"


def test_a_host_that_wants_a_slower_pace_gets_it(outlet: Outlet):
    outlet.pages |= {"/": page("x"), "/robots.txt": page("User-agent: *\nCrawl-delay: 4", "text/plain")}
    clock = Clock()
    asking = fetcher(clock, pace=1.0)
    for _ in range(3):
        asking.get(f"{outlet.url}/")
    assert clock.slept == [1.0, 4.0, 4.0]
    outlet.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400", "text/plain")
    asking = fetcher(clock := Clock(), pace=1.0)
    for _ in range(3):
        asking.get(f"{outlet.url}/")
    assert clock.slept == [1.0, PATIENCE, PATIENCE]


# ---------------------------------------------------------------------------------------------------- heads


def test_a_head_tells_whether_something_is_there(outlet: Outlet):
    outlet.pages |= {
        "/there": page("x" * 1000),
        "/old": moved("/there", 301),
        "/busy": Said(b"", 503),
        "/no-head": lambda it: page("x") if it.method == "GET" else Said(b"", 405),
        "/large": lambda it: page("x" * 100_000) if it.method == "GET" else Said(b"", 403),
    }
    asking = fetcher(largest=10)
    assert asking.head(f"{outlet.url}/there") == Head(f"{outlet.url}/there", 200, f"{outlet.url}/there")
    assert asking.head(f"{outlet.url}/old") == Head(f"{outlet.url}/there", 200, f"{outlet.url}/there")
    assert asking.head(f"{outlet.url}/gone") == Head(f"{outlet.url}/gone", 404, f"{outlet.url}/gone")
    assert asking.head(f"{outlet.url}/busy").status == 503
    assert asking.head(f"{outlet.url}/no-head").good
    assert asking.head(f"{outlet.url}/large").good
    methods = [it.method for it in outlet.asked if it.path == "/there"]
    assert methods == ["HEAD", "HEAD"]


# -------------------------------------------------------------------------------------------------- the door


def test_a_fault_crosses_a_process():
    found = pickle.loads(pickle.dumps(FetchError("bad-status", "a", "b", retry_after=1.5, status=429)))  # noqa: S301 -- ours
    assert (found.code, found.message, found.hint) == ("bad-status", "a", "b")
    assert (found.retry_after, found.status, str(found)) == (1.5, 429, "a")


def test_a_build_never_loads_the_network(tmp_path: Path):
    from tests.building import ARTICLE, write_site

    write_site(tmp_path, {"content/a.md": ARTICLE})
    code = (
        "import sys; sys.argv = ['broadsheet', 'build', sys.argv[1], '--quiet']\n"
        "from generator.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sorted({'httpx', 'httpcore', 'protego', 'generator.fetch'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert (tmp_path / "site" / "index.html").is_file()
    assert done.stdout.strip() == ""
