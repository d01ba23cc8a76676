"""What stands between us and a provider: one question, one answer, and failures of four kinds."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from generator.model import ModelChoice
from generator.problems import Refusal
from generator.schema.records import decoded
from generator.summarise.models.asking import Request

T = TypeVar("T")
Ended = Literal["whole", "cut", "refused"]
UNREAD = "its answer is none of its API"
KEYS = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY"}
SAID = 200  # signs of a provider's words that are shown
SHORTEST = 8  # signs of what is taken for a key
# What looks like a key, whoever it belongs to: a provider may tell part of it back.
A_KEY = re.compile(r"\b(?:sk|pk|key|gsk|xai)-[\w*-]{4,}|\bBearer\s+\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its text, how it ended, and what it took."""

    text: str
    ended: Ended = "whole"
    tokens_in: int = 0
    tokens_out: int = 0


class FailedError(Exception):
    """A call that brought no answer.

    `later` may be tried again, after `wait` seconds if any are named; `denied` holds for every call to come;
    `unfit` holds for this one; `untold` is a value that the model does not take.
    """

    def __init__(
        self, kind: Literal["later", "denied", "unfit", "untold"], said: str, wait: float | None = None
    ) -> None:
        self.kind = kind
        self.wait = wait
        super().__init__(said)


class Door(Protocol):
    """Asks one provider. Raises FailedError."""

    async def ask(self, request: Request) -> Reply: ...
    async def close(self) -> None: ...


def opened(choice: ModelChoice, environment: Mapping[str, str], root: Path) -> Door:
    """Open the door to the provider of a choice. Raises Refusal where its library or its key is missing."""
    if choice.provider == "command":
        from generator.summarise.models.command import Command

        return Command(choice, root)
    name = choice.key_from or ("" if choice.base_url else KEYS[choice.provider])
    key = environment.get(name, "") if name else ""
    if name and not key:
        told = name if name in KEYS.values() else "that summariser.key_from names"
        raise Refusal(
            f"the environment holds no key in the variable {told}",
            "set it in the shell or as a secret of the workflow; it never stands in a file",
        )
    try:
        if choice.provider == "anthropic":
            from generator.summarise.models.anthropic import Anthropic

            return Anthropic(choice, key)
        from generator.summarise.models.openai import OpenAI

        return OpenAI(choice, key)
    except ModuleNotFoundError as error:
        if error.name not in (choice.provider, "httpx2"):
            raise
        raise Refusal(
            f"the library {choice.provider} is not installed", f'pip install "broadsheet[{choice.provider}]"'
        ) from error


@contextmanager
def plainly(sdk: Any, secret: str) -> Iterator[None]:
    """Turn what a provider's SDK raises into FailedError. Both SDKs name their exceptions alike."""
    try:
        yield
    except sdk.APIStatusError as error:
        said = getattr(error, "api_message", None) or error.message
        wait = error.response.headers.get("retry-after")
        raise failure(error.status_code, said, wait, time.time(), secret) from None
    except sdk.APIConnectionError as error:
        late = isinstance(error, sdk.APITimeoutError)
        raise FailedError("later", "no answer in time" if late else "it cannot be reached") from None
    except (sdk.APIError, ValueError):  # a page of somebody between us, or half an answer
        raise FailedError("later", UNREAD) from None


def understood(kind: type[T], made: Any, sdk: Any) -> T:
    """Read an answer by a type of ours. Raises FailedError where it is none of the provider's API."""
    told = decoded(kind, made.model_dump_json(warnings=False)) if isinstance(made, sdk.BaseModel) else None
    if told is None:
        raise FailedError("later", UNREAD)
    return told


def failure(status: int, said: str, retry_after: str | None, now: float, secret: str) -> FailedError:
    """Say what an HTTP status means for the calls to come."""
    told = f"{status}: {redacted(said, secret)}"
    if status in (408, 409, 425, 429) or status >= 500:  # noqa: PLR2004 -- what HTTP calls a server's fault
        return FailedError("later", told, seconds(retry_after, now))
    if status in (401, 402, 403, 404):
        return FailedError("denied", told)
    if status in (400, 422) and re.search(r"temperature", said, re.IGNORECASE):
        return FailedError("untold", told)
    return FailedError("unfit", told)


def seconds(retry_after: str | None, now: float) -> float | None:
    """Read a Retry-After: seconds, or a date. `now` counts from 1970."""
    if retry_after is None:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, TypeError):
        return None


def redacted(said: str, secret: str) -> str:
    """Give a provider's words without a key in them, in one line and short."""
    told = said.replace(secret, "…") if len(secret) >= SHORTEST else said
    told = " ".join(A_KEY.sub("…", told).split())
    return f"{told[:SAID]}…" if len(told) > SAID else told
