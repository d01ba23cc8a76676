"""What stands between us and a provider: one question, one answer, and failures of four kinds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from generator.model import ModelChoice
from generator.problems import Refusal
from generator.summarise.models.asking import Request
from generator.summarise.models.secrets import Discreet, secrets

Ended = Literal["whole", "cut", "refused"]
KEYS = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY"}
ADDRESSES = {"anthropic": "https://api.anthropic.com", "openai": "https://api.openai.com"}
# What no waiting and no other article mends, though it is told as 400 or 429, too.
BROKE = re.compile(r"insufficient_quota|exceeded your current quota|credit balance", re.IGNORECASE)
NO_KEY = re.compile(r"api[ _-]?key", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its text, how it ended, and what it took, where the provider says so."""

    text: str
    ended: Ended = "whole"
    tokens_in: int | None = None
    tokens_out: int | None = None


class FailedError(Exception):
    """A call that brought no answer.

    `later` may be tried again, after `wait` seconds if any are named; `denied` holds for every call to come;
    `unfit` holds for this one; `untold` asks for the same once more, without what the model does not take.
    What is `lost` was sent, and may have been answered, and paid for.
    """

    def __init__(
        self,
        kind: Literal["later", "denied", "unfit", "untold"],
        said: str,
        wait: float | None = None,
        *,
        status: int = 0,
        lost: bool = False,
    ) -> None:
        self.kind = kind
        self.wait = wait
        self.status = status
        self.lost = lost
        super().__init__(said)


class Door(Protocol):
    """Asks one provider. Raises FailedError."""

    async def ask(self, request: Request) -> Reply: ...
    async def close(self) -> None: ...


def opened(choice: ModelChoice, environment: Mapping[str, str], root: Path) -> Door:
    """Open the door to the provider of a choice. Raises Refusal where its library or its key is missing.

    Nothing that comes through it holds a key, or what else the environment keeps secret.
    """
    key = _key(choice, environment)
    return Discreet(_provider(choice, key, root), secrets(environment, key))


def _key(choice: ModelChoice, environment: Mapping[str, str]) -> str:
    name = variable(choice)
    if not name:
        return ""
    key = environment.get(name, "").strip()  # a secret that was pasted with its line end
    told = name if name in KEYS.values() else "that summariser.key_from names"
    if not key:
        raise Refusal(
            f"the environment holds no key in the variable {told}",
            "set it in the shell or as a secret of the workflow; it never stands in a file",
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise Refusal(f"the variable {told} holds signs that stand in no key", "copy the key there anew")
    return key


def variable(choice: ModelChoice) -> str:
    """Name the variable of the environment that holds the key, if one is sent."""
    if choice.provider == "command":
        return ""
    return choice.key_from or ("" if choice.base_url else KEYS[choice.provider])


def server(choice: ModelChoice) -> str:
    """Name who is asked: a program, or a server's address without the path, which is nobody's to see."""
    if choice.provider == "command":
        return choice.command[0]
    parts = urlsplit(choice.base_url or ADDRESSES[choice.provider])
    return f"{parts.scheme}://{parts.netloc}"


def _provider(choice: ModelChoice, key: str, root: Path) -> Door:
    if choice.provider == "command":
        from generator.summarise.models.command import Command

        return Command(choice, root)
    try:
        return _opener(choice.provider)(choice, key)
    except AttributeError as error:
        if getattr(error.obj, "__name__", "") != choice.provider:
            raise
        raise _broken(choice.provider, error) from error


def _opener(provider: str) -> Callable[[ModelChoice, str], Door]:
    """Import the door to a provider, and its library with it."""
    try:
        if provider == "anthropic":
            from generator.summarise.models.anthropic import Anthropic

            return Anthropic
        from generator.summarise.models.openai import OpenAI
    except ModuleNotFoundError as error:
        if error.name not in (provider, "httpx2"):
            raise _broken(provider, error) from error
        raise Refusal(
            f"the library {provider} is not installed", f'pip install "broadsheet[{provider}]"'
        ) from error
    except Exception as error:
        raise _broken(provider, error) from error
    return OpenAI


def _broken(provider: str, error: Exception) -> Refusal:
    """Refuse a library that fails as it is imported: half installed, or another of its name."""
    return Refusal(
        f"the library {provider} cannot be used: {error}",
        f'install it anew (pip install --force-reinstall "broadsheet[{provider}]"), and look whether'
        f" a file {provider}.py of your own stands in its way",
    )


def failure(status: int, said: str, retry_after: str | None, now: float) -> FailedError:
    """Say what an HTTP status means for the calls to come."""
    told = f"{status}: {said}"
    if BROKE.search(said) or (status == 400 and NO_KEY.search(said)):  # noqa: PLR2004
        return FailedError("denied", told, status=status)
    if status in (408, 409, 425, 429) or status >= 500:  # noqa: PLR2004 -- what HTTP calls a server's fault
        return FailedError("later", told, seconds(retry_after, now), status=status)
    # A redirect holds for every call, too: following it would carry the key to wherever it leads.
    if status in (401, 402, 403, 404) or 300 <= status < 400:  # noqa: PLR2004
        return FailedError("denied", told, status=status)
    return FailedError("unfit", told, status=status)


def seconds(retry_after: str | None, now: float) -> float | None:
    """Read a Retry-After: seconds, or a date; None for what is neither. `now` counts from 1970."""
    if retry_after is None:
        return None
    with suppress(ValueError):
        wait = float(retry_after)
        return max(0.0, wait) if math.isfinite(wait) else None
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
