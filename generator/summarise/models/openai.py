"""The one door to OpenAI's SDK: chat completions with structured output, as local servers have them too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import openai as sdk

from generator.model import ModelChoice
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import ADDRESSES, FailedError, Reply, failure
from generator.summarise.models.habits import Habits, in_words
from generator.summarise.models.wire import UNREAD, client, plainly, understood, unheard

FORMS = ("schema", "object", "words")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message that comes in pieces."""

    text: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message, as far as it is read. The SDK checks nothing of what comes; these do."""

    content: str | tuple[Part | str, ...] | None = None
    refusal: str | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, tuple):
            return "".join(part if isinstance(part, str) else part.text or "" for part in self.content)
        return self.content or ""


@dataclass(frozen=True, slots=True)
class Choice:
    message: Spoken
    finish_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server between us and several providers says in place of choices, with status 200."""

    message: str = ""
    code: int | str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    choices: tuple[Choice, ...] | None = None
    usage: Usage | None = None
    error: Fault | None = None


class OpenAI:
    """Asks a model of OpenAI, or a server that speaks its wire format. Tries once."""

    def __init__(self, choice: ModelChoice, key: str) -> None:
        self.choice = choice
        # llama.cpp, Ollama and vLLM know this bound by its older name, OpenAI's models only by the newer.
        bound = "max_tokens" if choice.base_url else "max_completion_tokens"
        temperature = 0.0 if choice.temperature is None else choice.temperature
        self.habits = Habits(temperature, FORMS, bound, forgiving=bool(choice.base_url))
        with unheard("OPENAI_"):
            self.client = sdk.AsyncOpenAI(
                api_key=key or "none",
                base_url=choice.base_url or f"{ADDRESSES['openai']}/v1",
                max_retries=0,
                timeout=choice.timeout,
                http_client=client(sdk, choice.timeout),
            )

    async def ask(self, request: Request) -> Reply:
        """Ask for one brief."""
        habits = self.habits
        system = request.system if habits.form == "schema" else in_words(request)
        turns: list[Any] = [{"role": "system", "content": system}]
        turns += [{"role": turn.role, "content": turn.text} for turn in request.turns]
        more: dict[str, Any] = {habits.bound: self.choice.max_tokens}
        if habits.temperature is not None:
            more["temperature"] = habits.temperature
        if habits.form == "schema":
            named = {"name": "brief", "schema": dict(request.schema), "strict": True}
            more["response_format"] = {"type": "json_schema", "json_schema": named}
        elif habits.form == "object":
            more["response_format"] = {"type": "json_object"}
        try:
            with plainly(sdk):
                made = await self.client.chat.completions.create(
                    model=self.choice.model, messages=turns, **more
                )
        except FailedError as error:
            self.habits, failed = self.habits.learnt(habits, error)
            raise failed from None
        self.habits = self.habits.proved()
        return _reply(understood(Completion, made, sdk))

    async def close(self) -> None:
        await self.client.close()


def _reply(told: Completion) -> Reply:
    """Read a completion. A server of the same format may leave out what it has no use for."""
    if told.error:
        code = told.error.code
        raise failure(code if isinstance(code, int) else 500, told.error.message, None, 0.0)
    if told.choices is None:
        raise FailedError("later", UNREAD, lost=True)
    used = told.usage or Usage()
    took = (used.prompt_tokens, used.completion_tokens)
    if not told.choices:
        return Reply("", "whole", *took)
    first = told.choices[0]
    if first.message.refusal or first.finish_reason == "content_filter":
        return Reply(first.message.refusal or first.message.text, "refused", *took)
    return Reply(first.message.text, "cut" if first.finish_reason == "length" else "whole", *took)
