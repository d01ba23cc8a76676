"""Which model writes briefs, and what it may take of time and money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Provider = Literal["anthropic", "openai", "command"]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in whatever currency `max_cost` is in."""

    input: float
    output: float


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model to ask, or a program. `prompt` is the text of the site's own prompt, or empty.

    `key_from` names the variable of the environment that holds the key; nothing here ever holds one.
    """

    provider: Provider
    model: str
    base_url: str = ""
    key_from: str = ""
    command: tuple[str, ...] = ()
    prompt: str = ""
    temperature: float | None = None  # as the provider's door has it
    max_tokens: int = 4000
    timeout: float = 120.0
    concurrency: int = 4
    retry: int = 1
    on_failure: Literal["extractive", "error"] = "extractive"
    max_calls: int | None = None
    max_cost: float | None = None
    prices: Prices | None = None
