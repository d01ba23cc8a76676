"""One conversation with the network: connections to addresses that were looked at, within a given time."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpcore
import httpx

from generator.fetch import addresses, bodies
from generator.fetch.faults import FetchError

MOST_ADDRESSES = 4  # of one name that are tried
REDIRECTS = frozenset((301, 302, 303, 307, 308))
AGAIN = "try again later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one host said. `data` is empty where the answer was no success, or was not to be read.

    `lasting` is where the address that was asked for has moved for good, if it has.
    """

    url: httpx.URL
    status: int
    headers: httpx.Headers
    media_type: str
    charset: str | None
    data: bytes
    lasting: httpx.URL | None = None

    @property
    def leads_to(self) -> str:
        """Where a redirect leads, as it is written; empty where this is none."""
        return self.headers.get("Location", "") if self.status in REDIRECTS else ""


class Wire:
    """Ask, a few times one after another, in `total` seconds together.

    Cookies are kept from one question to the next, as pages that redirect want it, and end with the wire.
    Neither proxies nor passwords of this machine's settings are used.
    """

    def __init__(
        self,
        headers: Mapping[str, str],
        *,
        timeout: float,
        total: float,
        private: bool,
        context: ssl.SSLContext,
        resolve: addresses.Resolve,
        clock: Callable[[], float],
    ) -> None:
        self._left = total
        self._clock = clock
        self._timer = _Timer(clock, total)
        network = _Network(self._timer, resolve, private=private)
        pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=network, max_keepalive_connections=0
        )
        self._client = httpx.Client(
            transport=_Transport(pool),
            headers=headers,
            timeout=timeout,
            trust_env=False,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @property
    def has_cookies(self) -> bool:
        """Whether a host gave a cookie: the same address may then answer otherwise."""
        return bool(self._client.cookies)

    def ask(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], *, most: int, cut: bool = False
    ) -> Answer:
        """Ask once. The body of a success is read, up to `most` bytes; `cut` takes so much of a larger one.

        Raises FetchError where there is no whole answer in time.
        """
        began = self._clock()
        self._timer.end = began + self._left
        try:
            with _told(url), self._client.stream(method, url, headers=headers) as response:
                data = _read(response, most, cut=cut) if method == "GET" and response.is_success else b""
        finally:
            self._left -= self._clock() - began
        written = response.headers.get("Content-Type", "")
        media_type = written.partition(";")[0].strip().lower()
        return Answer(
            url, response.status_code, response.headers, media_type, response.charset_encoding, data
        )


def _read(response: httpx.Response, most: int, *, cut: bool) -> bytes:
    body = bodies.Body(response.headers.get("Content-Encoding", ""), most, cut=cut)
    length = response.headers.get("Content-Length", "")
    if not cut and length.isdecimal() and int(length[:18]) > most:
        raise bodies.too_large(most)
    for raw in response.iter_raw():
        body.add(raw)
        if body.full:
            break
    return body.whole()


@contextmanager
def _told(url: httpx.URL) -> Iterator[None]:
    """Tell what happens on the network in an editor's words."""
    host = url.host
    try:
        yield
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise FetchError("too-slow", f"{host} does not answer in time", AGAIN) from error
    except (httpx.ConnectError, httpcore.ConnectError) as error:
        if isinstance(_cause(error), ssl.SSLError):
            hint = "its owner has to mend that; is this machine's clock right?"
            raise FetchError(
                "bad-certificate", f"{host} cannot prove who it is: {_words(error)}", hint
            ) from error
        raise FetchError("no-connection", f"{host} cannot be reached: {_words(error)}", AGAIN) from error
    except (
        httpx.HTTPError,
        httpx.StreamError,
        httpx.InvalidURL,
        httpcore.NetworkError,
        httpcore.ProtocolError,
    ) as error:
        raise FetchError(
            "broken-answer", f"the answer of {host} is damaged: {_words(error)}", AGAIN
        ) from error
    except (OSError, ValueError) as error:  # what the libraries let through
        raise FetchError("broken-answer", f"{host} cannot be asked: {_words(error)}", AGAIN) from error


def _cause(error: BaseException) -> BaseException:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return error


def _words(error: BaseException) -> str:
    """Give the words of a library, or of a stranger, on one line and at no length."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(error) or type(error).__name__)
    return " ".join(text.split())[:160]


@dataclass(slots=True)
class _Timer:
    """How long one may still wait."""

    clock: Callable[[], float]
    end: float

    def within(self, timeout: float | None) -> float:
        left = self.end - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left if timeout is None else min(left, timeout)


class _Network(httpcore.NetworkBackend):
    """Connects to the very addresses that were looked at: a name is asked once, not again."""

    def __init__(self, timer: _Timer, resolve: addresses.Resolve, *, private: bool) -> None:
        self._timer = timer
        self._resolve = resolve
        self._private = private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = addresses.reached(host, port, private=self._private, resolve=self._resolve)
        failed: Exception = httpcore.ConnectError("its name leads nowhere")
        for address in found[:MOST_ADDRESSES]:
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._timer.within(timeout), local_address, socket_options
                )
                return _Stream(stream, self._timer)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends with the timer."""

    def __init__(self, stream: httpcore.NetworkStream, timer: _Timer) -> None:
        self._stream = stream
        self._timer = timer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._timer.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._timer.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        within = self._timer.within(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, within), self._timer)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Transport(httpx.BaseTransport):
    """httpx over a pool of our own, which is the documented way to a network backend."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore.Request(
            request.method, url, headers=request.headers.raw, extensions=request.extensions
        )
        answer = self._pool.handle_request(asked)
        stream = _Body(answer.stream)  # type: ignore[arg-type]
        return httpx.Response(
            answer.status, headers=answer.headers, stream=stream, extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if close := getattr(self._stream, "close", None):
            close()
