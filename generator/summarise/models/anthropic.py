"""The one door to Anthropic's SDK: the Messages API with structured output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import anthropic as sdk

from generator.model import ModelChoice
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import Ended, Reply, plainly, understood

ENDED: dict[str, Ended] = {"max_tokens": "cut", "model_context_window_exceeded": "cut", "refusal": "refused"}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a message, as far as it is read. The SDK checks nothing of what comes; these do."""

    type: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    content: tuple[Block, ...]
    stop_reason: str | None = None
    usage: Usage | None = None


class Anthropic:
    """Asks a Claude. Tries once: who calls decides what is tried again."""

    def __init__(self, choice: ModelChoice, key: str) -> None:
        self.choice = choice
        self.key = key
        # The API has no temperature for its present models: one is sent only where a site asks for it.
        self.temperature = choice.temperature
        self.client = sdk.AsyncAnthropic(
            api_key=key or "none",
            base_url=choice.base_url or None,
            max_retries=0,
            timeout=choice.timeout,
            # A redirect would carry the key to wherever it leads.
            http_client=sdk.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def ask(self, request: Request) -> Reply:
        """Ask for one brief."""
        body = {} if self.temperature is None else {"temperature": self.temperature}
        turns: list[Any] = [{"role": turn.role, "content": turn.text} for turn in request.turns]
        with plainly(sdk, self.key):
            made = await self.client.messages.create(
                model=self.choice.model,
                max_tokens=self.choice.max_tokens,
                system=request.system,
                messages=turns,
                output_config={"format": {"type": "json_schema", "schema": dict(request.schema)}},
                extra_body=body,
            )
        told = understood(Message, made, sdk)
        text = "".join(block.text for block in told.content if block.type == "text")
        used = told.usage or Usage()
        return Reply(text, ENDED.get(told.stop_reason or "", "whole"), used.input_tokens, used.output_tokens)

    async def close(self) -> None:
        await self.client.close()
