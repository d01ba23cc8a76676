"""The network -> bytes, politely and within bounds; the only door to httpx."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Self

import httpx

from generator import __version__
from generator.fetch import addresses, pace, robots, wire
from generator.fetch.faults import FetchError

__all__ = ["FetchError", "Fetcher", "Head", "NotModified", "Options", "Response", "agent"]

ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xhtml+xml, "
    "application/xml;q=0.9, text/*;q=0.8, */*;q=0.5"
)
FOR_GOOD = frozenset((HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT))
NO_HEAD = frozenset((400, 403, 404, 405, 406, 500, 501))  # what hosts say that do not know HEAD, or bar it
BUSY = frozenset((429, 503))


def agent(site: str = "") -> str:
    """Say who asks: the program, and the site that it asks for."""
    return f"Broadsheet/{__version__} (+{site})" if site else f"Broadsheet/{__version__}"


@dataclass(frozen=True, slots=True)
class Options:
    """How one asks, and how much is taken.

    `largest` is the most bytes of an answer, unpacked; `timeout` how many seconds one waits for a
    connection or the next bytes, `total` for all of an answer, its redirects too; `pace` the seconds from
    one question to the next at the same host. `private` allows addresses that are not of the internet.
    """

    agent: str = agent()
    largest: int = 10_000_000
    timeout: float = 10.0
    total: float = 60.0
    redirects: int = 5
    pace: float = 1.0
    private: bool = False
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """What was found: `url` is where, in the end; `charset` what the host called it, which may be wrong."""

    url: str
    status: int
    media_type: str
    charset: str | None
    data: bytes
    etag: str
    modified: str
    retrieved: datetime


@dataclass(frozen=True, slots=True)
class NotModified:
    """What is known is still so."""

    url: str
    etag: str
    modified: str
    retrieved: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """That something is there, or why not: any status is an answer.

    `url` is where the answer came from, `lasting` the address to ask from now on: where redirects that are
    permanent have led to before the first that is not.
    """

    url: str
    status: int
    lasting: str

    @property
    def good(self) -> bool:
        """Whether it is there."""
        return 200 <= self.status < 300  # noqa: PLR2004 -- what HTTP calls a success


class Fetcher:
    """Ask hosts for what stands at an address. Threads may share one; each run has its own.

    Only public addresses over http and https are asked, each hop of a redirect too, and what a host's
    robots.txt forbids is not. `now` tells the time of day, `clock` seconds; `resolve` gives a name's
    addresses. Nothing secret is sent.
    """

    def __init__(
        self,
        options: Options = Options(),
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: addresses.Resolve = addresses.resolved,
    ) -> None:
        self._options = options
        self._now = now
        self._clock = clock
        self._resolve = resolve
        self._pace = pace.Pace(options.pace, clock=clock, sleep=sleep)
        self._robots = robots.Robots(options.agent, self._robots_text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays open between two questions."""

    def get(
        self, url: str, *, etag: str = "", modified: str = "", robots: bool = True
    ) -> Response | NotModified:
        """Fetch what stands at an address, or hear that it is still what `etag` and `modified` came with.

        `robots` is false where its owner has agreed to be asked, whatever its robots.txt says. Raises
        FetchError where it cannot be had whole.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {
            name: value for name, value in known.items() if value and value.isprintable() and value.isascii()
        }
        answer = self._followed("GET", url, asked, ruled=robots)
        here, now = str(answer.url), self._now()
        new_etag, new_modified = _mark(answer, "ETag"), _mark(answer, "Last-Modified")
        if answer.status == HTTPStatus.NOT_MODIFIED and asked:
            return NotModified(here, new_etag or etag, new_modified or modified, now)
        if not 200 <= answer.status < 300:  # noqa: PLR2004 -- what HTTP calls a success
            raise _fault(answer)
        charset = answer.charset
        return Response(
            here, answer.status, answer.media_type, charset, answer.data, new_etag, new_modified, now
        )

    def head(self, url: str) -> Head:
        """Find out whether something stands at an address, without fetching it.

        Raises FetchError where nobody answers, or may be asked.
        """
        answer = self._followed("HEAD", url, {})
        if answer.status in NO_HEAD:
            answer = self._followed("GET", url, {}, most=0, cut=True)
        return Head(str(answer.url), answer.status, str(answer.lasting or url))

    def _followed(
        self,
        method: str,
        address: str,
        headers: dict[str, str],
        *,
        most: int | None = None,
        cut: bool = False,
        ruled: bool = True,
    ) -> wire.Answer:
        """Ask, and follow where the answers lead, each step looked at like the first."""
        url = addresses.checked(address)
        most = self._options.largest if most is None else most
        seen, has_left = {url}, False
        lasting: httpx.URL | None = None
        with self._wire() as line:
            for _ in range(self._options.redirects + 1):
                if ruled and self._options.robots:
                    self._heed_robots(url)
                answer = self._patiently(line, method, url, headers, most=most, cut=cut)
                if not answer.leads_to:
                    return replace(answer, lasting=lasting)
                url = _next(url, answer.leads_to)
                has_left = has_left or answer.status not in FOR_GOOD
                lasting = lasting if has_left else url
                if url in seen and not line.has_cookies:
                    raise FetchError("redirect-loop", f"its redirects go round in a circle at {url.host}")
                seen.add(url)
        raise FetchError("too-many-redirects", f"it redirects more than {self._options.redirects} times")

    def _patiently(
        self, line: wire.Wire, method: str, url: httpx.URL, headers: dict[str, str], *, most: int, cut: bool
    ) -> wire.Answer:
        """Ask when the host's turn comes; once more where it says that it is busy, and not for long."""
        host, wait = url.host, None
        for again in (True, False):
            self._pace.wait(host, url.port)
            answer = line.ask(method, url, headers, most=most, cut=cut)
            if answer.status not in BUSY:
                return answer
            wait = pace.retry_after(answer.headers.get("Retry-After"), self._now())
            if wait is not None:
                self._pace.hold(host, wait, url.port)
            if not again or wait is None or wait > pace.PATIENCE:
                break
        if wait is None and answer.status != HTTPStatus.TOO_MANY_REQUESTS:
            return answer
        raise pace.asked_to_wait(host, wait, answer.status)

    def _heed_robots(self, url: httpx.URL) -> None:
        rules = self._robots.rules(f"{url.scheme}://{url.netloc.decode('ascii')}")
        if not rules.allows(str(url)):
            hint = "ask its owner, or take what it offers: most sites have a feed"
            raise FetchError("robots-disallow", f"the robots.txt of {url.host} forbids this address", hint)
        if rules.delay > self._options.pace:
            self._pace.slow_down(url.host, rules.delay)

    def _robots_text(self, address: str) -> str | None:
        answer = self._followed("GET", address, {}, most=robots.MOST, cut=True, ruled=False)
        if answer.status >= 500:  # noqa: PLR2004 -- RFC 9309, 2.3.1.4: it forbids all, for now
            said = f"the robots.txt of {answer.url.host} cannot be read ({answer.status}), so nobody may ask"
            raise FetchError("robots-unreachable", said, wire.AGAIN, status=answer.status)
        return answer.data.decode("utf-8-sig", "replace") if answer.status == HTTPStatus.OK else None

    def _wire(self) -> wire.Wire:
        it = self._options
        headers = {
            "User-Agent": it.agent,
            "Accept": ACCEPTED,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        return wire.Wire(
            headers,
            timeout=it.timeout,
            total=it.total,
            private=it.private,
            context=_certificates(),
            resolve=self._resolve,
            clock=self._clock,
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Whom one believes who they are: read once, as it takes a while."""
    return httpx.create_ssl_context()


def _next(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return addresses.checked(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("no-web-address", f"a redirect of {url.host} leads to no address") from error
    except FetchError as error:
        said = f"a redirect of {url.host} leads astray: {error.message}"
        raise FetchError(error.code, said, error.hint) from error


def _mark(answer: wire.Answer, name: str) -> str:
    """A mark of the version that a host gave; one that no host needs is none."""
    value: str = answer.headers.get(name, "").strip()
    return value if len(value) <= 400 and value.isascii() and value.isprintable() else ""  # noqa: PLR2004


def _fault(answer: wire.Answer) -> FetchError:
    """Give the fault of an answer that is no success."""
    try:
        words = HTTPStatus(answer.status).phrase
    except ValueError:
        words = "no answer that HTTP knows"
    said = f"{answer.url.host} answers {answer.status} ({words})"
    return FetchError("bad-status", said, HINTS.get(answer.status, ""), status=answer.status)


HINTS = {
    401: "it is for subscribers only",
    402: "it is for subscribers only",
    403: "it does not want to be asked by programs, or not from here; is there a feed?",
    404: "see that the address is right: it may have moved",
    406: "see that the address is right",
    410: "it is gone for good: take it out of your sources",
    451: "it may not be shown where you are",
}
