"""What carries the calls of both SDKs: HTTP within bounds, and config alone decides who is asked, and how."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx2

from generator.problems import Refusal
from generator.schema.records import decoded
from generator.summarise.models.doors import FailedError, failure

T = TypeVar("T")
LARGEST = 4 * 1024 * 1024  # bytes of an answer
NEAR = ("localhost", "127.0.0.1", "[::1]")  # which a proxy would take for itself
UNREAD = "its answer is none of its API"
UNSENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
)


class BoundError(Exception):
    """An answer that is not read to its end."""


class Bounded(httpx2.AsyncByteStream):
    """The body of an answer, up to a bound. Raises BoundError past it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for part in self.stream:
            taken += len(part)
            if taken > LARGEST:
                raise BoundError(f"its answer is larger than {LARGEST:,} bytes")
            yield part

    async def aclose(self) -> None:
        await self.stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    # A few bytes unpack to gigabytes: we ask for none that are packed, and take none.
    if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise BoundError("its answer is compressed, which it was not asked to be")
    response.stream = Bounded(response.stream)


def client(sdk: Any, timeout: float) -> Any:
    """Give an SDK what it speaks HTTP by. Of the environment only proxies and certificates count.

    Raises Refusal where the environment names a proxy that cannot be.
    """
    # OPENAI_LOG and ANTHROPIC_LOG, heard on import, would have articles and prompts told on standard error.
    for library in (sdk.__name__, "httpx2", "httpcore2", "httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    try:
        return sdk.DefaultAsyncHttpxClient(
            timeout=timeout,
            follow_redirects=False,  # a redirect would carry the key to wherever it leads
            headers={"accept-encoding": "identity"},
            event_hooks={"response": [_bound]},
            mounts={f"all://{host}": None for host in NEAR},
        )
    except (ValueError, ImportError, httpx2.InvalidURL):
        raise Refusal(
            "the proxy that the environment names cannot be used",
            "look at HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; write http://host:port",
        ) from None


@contextmanager
def unheard(prefix: str) -> Iterator[None]:
    """Let a library that is set up hear nothing of the environment's variables with this prefix.

    Both SDKs take addresses, headers and accounts from there, which no config and no cache key would know of.
    """
    hidden = {name: value for name, value in os.environ.items() if name.upper().startswith(prefix)}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)


@contextmanager
def plainly(sdk: Any) -> Iterator[None]:
    """Turn what a provider's SDK raises into FailedError. Both SDKs name their exceptions alike."""
    try:
        yield
    except sdk.APIStatusError as error:
        wait = error.response.headers.get("retry-after")
        raise failure(error.status_code, _words(error), wait, time.time()) from None
    except sdk.APIConnectionError as error:
        if isinstance(error.__cause__, BoundError):
            raise FailedError("unfit", str(error.__cause__), lost=True) from None
        sent = not isinstance(error.__cause__, UNSENT)
        late = isinstance(error, sdk.APITimeoutError)
        said = "no answer in time" if late else "it broke off" if sent else "it cannot be reached"
        raise FailedError("later", said, lost=sent) from None
    except BoundError as error:
        raise FailedError("unfit", str(error), lost=True) from None
    except (sdk.APIError, ValueError, RecursionError):  # a page of somebody between us, or half an answer
        raise FailedError("later", UNREAD, lost=True) from None


def _words(error: Any) -> str:
    """Give what a provider says of a failure, without the form that it comes in."""
    body = error.body if isinstance(error.body, Mapping) else {}
    inner = body.get("error", body)
    told = inner if isinstance(inner, Mapping) else {"message": inner}
    words = [told[name] for name in ("message", "code") if isinstance(told.get(name), str)]
    return ", ".join(words) or str(error.message)


def understood(kind: type[T], made: Any, sdk: Any) -> T:
    """Read an answer by a type of ours. Raises FailedError where it is none of the provider's API."""
    try:
        told = (
            decoded(kind, made.model_dump_json(warnings=False)) if isinstance(made, sdk.BaseModel) else None
        )
    except (ValueError, RecursionError):
        told = None
    if told is None:
        raise FailedError("later", UNREAD, lost=True)
    return told
