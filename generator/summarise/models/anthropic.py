"""The one door to Anthropic's SDK: the Messages API with structured output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import anthropic as sdk

from generator.model import ModelChoice
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import ADDRESSES, Ended, FailedError, Reply
from generator.summarise.models.habits import Habits, in_words
from generator.summarise.models.wire import client, plainly, understood, unheard

ENDED: dict[str, Ended] = {"max_tokens": "cut", "model_context_window_exceeded": "cut", "refusal": "refused"}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a message, as far as it is read. The SDK checks nothing of what comes; these do."""

    type: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    content: tuple[Block, ...]
    stop_reason: str | None = None
    usage: Usage | None = None


class Anthropic:
    """Asks a Claude. Tries once: who calls decides what is tried again."""

    def __init__(self, choice: ModelChoice, key: str) -> None:
        self.choice = choice
        # The API has no temperature for its present models: one is sent only where a site asks for it.
        self.habits = Habits(choice.temperature, ("schema", "words"), forgiving=bool(choice.base_url))
        with unheard("ANTHROPIC_"):
            self.client = sdk.AsyncAnthropic(
                api_key=key or "none",
                base_url=choice.base_url or ADDRESSES["anthropic"],
                max_retries=0,
                timeout=choice.timeout,
                http_client=client(sdk, choice.timeout),
                open_telemetry=False,  # the environment could have articles sent elsewhere
            )

    async def ask(self, request: Request) -> Reply:
        """Ask for one brief."""
        habits = self.habits
        turns: list[Any] = [{"role": turn.role, "content": turn.text} for turn in request.turns]
        more: dict[str, Any] = {}
        if habits.form == "schema":
            more["output_config"] = {"format": {"type": "json_schema", "schema": dict(request.schema)}}
        try:
            with plainly(sdk):
                made = await self.client.messages.create(
                    model=self.choice.model,
                    max_tokens=self.choice.max_tokens,
                    system=request.system if habits.form == "schema" else in_words(request),
                    messages=turns,
                    extra_body={} if habits.temperature is None else {"temperature": habits.temperature},
                    **more,
                )
        except FailedError as error:
            self.habits, failed = self.habits.learnt(habits, error)
            raise failed from None
        self.habits = self.habits.proved()
        told = understood(Message, made, sdk)
        text = "".join(block.text or "" for block in told.content if block.type == "text")
        used = told.usage or Usage()
        return Reply(text, ENDED.get(told.stop_reason or "", "whole"), used.input_tokens, used.output_tokens)

    async def close(self) -> None:
        await self.client.close()
