"""The one door to OpenAI's SDK: chat completions with structured output, as local servers have them too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import openai as sdk

from generator.model import ModelChoice
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import Reply, plainly, understood


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message, as far as it is read. The SDK checks nothing of what comes; these do."""

    content: str | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    message: Spoken
    finish_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    choices: tuple[Choice, ...]
    usage: Usage | None = None


class OpenAI:
    """Asks a model of OpenAI, or a server that speaks its wire format. Tries once."""

    def __init__(self, choice: ModelChoice, key: str) -> None:
        self.choice = choice
        self.key = key
        self.temperature = 0.0 if choice.temperature is None else choice.temperature
        self.client = sdk.AsyncOpenAI(
            api_key=key or "none",
            base_url=choice.base_url or None,
            max_retries=0,
            timeout=choice.timeout,
            http_client=sdk.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def ask(self, request: Request) -> Reply:
        """Ask for one brief."""
        turns: list[Any] = [{"role": "system", "content": request.system}]
        turns += [{"role": turn.role, "content": turn.text} for turn in request.turns]
        # llama.cpp, Ollama and vLLM know this bound by its older name, OpenAI's models only by the newer.
        most = "max_tokens" if self.choice.base_url else "max_completion_tokens"
        more: dict[str, Any] = {most: self.choice.max_tokens}
        if self.temperature is not None:
            more["temperature"] = self.temperature
        with plainly(sdk, self.key):
            made = await self.client.chat.completions.create(
                model=self.choice.model,
                messages=turns,
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "brief", "schema": dict(request.schema), "strict": True},
                },
                **more,
            )
        told = understood(Completion, made, sdk)
        return _reply(told)

    async def close(self) -> None:
        await self.client.close()


def _reply(told: Completion) -> Reply:
    """Read a completion. A server of the same format may leave out what it has no use for."""
    used = told.usage or Usage()
    took = (used.prompt_tokens or 0, used.completion_tokens or 0)
    if not told.choices:
        return Reply("", "whole", *took)
    first = told.choices[0]
    if first.message.refusal or first.finish_reason == "content_filter":
        return Reply("", "refused", *took)
    return Reply(first.message.content or "", "cut" if first.finish_reason == "length" else "whole", *took)
