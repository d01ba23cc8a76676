"""What config.yaml may say of who writes the briefs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from generator import disk
from generator.config import Config
from generator.model import ModelChoice, Prices
from generator.problems import Problem
from generator.schema import Document
from generator.schema.encoding import decoded
from generator.schema.validation import (
    HOST,
    AfterValidator,
    BeforeValidator,
    Field,
    Model,
    Text,
    WithJsonSchema,
    fault,
)

# What the SDKs of our pins name; a site that wants its briefs the same for years names its model itself.
MODELS = {"anthropic": "claude-haiku-5-5", "openai": "gpt-5.4-mini"}
LARGEST_PROMPT = 50_000  # bytes
VERSIONED = re.compile(r"\Aversion:.*")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.ASCII)
NEAR = ("localhost", "127.0.0.1", "::1")  # where a key may go without encryption


def _used(value: Any) -> Any:
    return {"use": value} if isinstance(value, str) else value


def _server(value: Any) -> str:
    written = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(written)
        sound = parts.scheme in ("http", "https") and bool(HOST.fullmatch(parts.hostname or ""))
        sound = sound and not (parts.query or parts.fragment or "@" in parts.netloc) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or re.search(r"[\x00-\x20\x7f\"<>\\]", written):
        # What stands there may hold a password, so it is not shown.
        raise fault("bad-url", "this is not the address of a server", "write it as http://localhost:11434/v1")
    return written


def _variable(value: Any) -> str:
    if not isinstance(value, str) or not VARIABLE.fullmatch(value):
        hint = "write the name alone, such as OPENROUTER_API_KEY; a key itself never stands in a file"
        raise fault("wrong-value", "this is no name of a variable of the environment", hint)  # nor shown
    return str(value)


def _program(value: Any) -> Any:
    if isinstance(value, str):
        hint = "write program and arguments apart: [python3, summarise.py]"
        raise fault("wrong-type", "this must be a list", hint)
    if value == []:
        raise fault("empty-value", "this must not be empty", "name a program: command: [my-summariser]")
    return value


def _name(value: str) -> str:
    """Hold a model's name to what a terminal and a page can show: it signs each brief."""
    if not value.isprintable():
        raise fault("wrong-value", "this holds signs that cannot be seen", "write the name anew, by hand")
    return value


class PriceFields(Model):
    """What a million tokens cost."""

    input: float = Field(ge=0, le=100_000, description="A million tokens that are sent.")
    output: float = Field(ge=0, le=100_000, description="A million tokens that are answered.")


class SummariserFields(Model):
    """Who writes the briefs."""

    use: Literal["extractive", "anthropic", "openai", "command"] | None = Field(
        None, description="The embedded summariser, a provider's model, or a program of your own."
    )
    model: Annotated[Text, AfterValidator(_name)] | None = Field(
        None, max_length=100, description="Name of the model."
    )
    base_url: (
        Annotated[str, BeforeValidator(_server), WithJsonSchema({"type": "string", "format": "uri"})] | None
    ) = Field(None, description="A server of the same wire format: http://localhost:11434/v1.")
    key_from: Annotated[str, BeforeValidator(_variable), WithJsonSchema({"type": "string"})] | None = Field(
        None, description="Name of the environment's variable that holds the key, if not the usual one."
    )
    command: Annotated[list[Text], BeforeValidator(_program)] = Field(
        [], min_length=1, max_length=50, description="A program and its arguments."
    )
    prompt: Text | None = Field(None, description="A file of this site with a prompt of your own.")
    temperature: float | None = Field(None, ge=0, le=2, description="0 is as even as a model can be.")
    max_tokens: int = Field(4000, ge=100, le=200_000, description="Most tokens of an answer.")
    timeout: float = Field(120, ge=1, le=3600, description="Seconds that one call may take.")
    concurrency: int = Field(4, ge=1, le=64, description="Most calls at once.")
    retry: int = Field(1, ge=0, le=3, description="How often a model is told what did not pass.")
    on_failure: Literal["extractive", "error"] = Field(
        "extractive", description="Whether an article without an answer fails a run."
    )
    max_calls: int | None = Field(None, ge=1, le=10_000_000, description="Most calls of one run.")
    max_cost: float | None = Field(None, gt=0, le=1_000_000, description="Most that one run may cost.")
    prices: PriceFields | None = Field(None, description="What tokens cost, for max_cost and --dry-run.")

    def choice(self) -> ModelChoice | None:
        """Give the model that is chosen, if one is."""
        provider = self.use or ("command" if self.command else "extractive")
        if provider == "extractive":
            return None
        return ModelChoice(
            provider=provider,
            model=self.model or MODELS.get(provider) or Path(self.command[0]).name,
            base_url=self.base_url or "",
            key_from=self.key_from or "",
            command=tuple(self.command),
            prompt=self.prompt or "",
            temperature=self.temperature,
            max_tokens=self.max_tokens,
            timeout=self.timeout,
            concurrency=self.concurrency,
            retry=self.retry,
            on_failure=self.on_failure,
            max_calls=self.max_calls,
            max_cost=self.max_cost,
            prices=Prices(self.prices.input, self.prices.output) if self.prices else None,
        )


def _agreeing(fields: SummariserFields) -> SummariserFields:
    """Hold the keys against each other."""
    if fields.use == "command" and not fields.command:
        raise fault("missing-key", '"command" is missing', "name a program: command: [my-summariser]")
    if fields.command and fields.use not in (None, "command"):
        hint = "take one of them out"
        raise fault("wrong-value", f"command is of no use where use is {fields.use}", hint)
    if fields.base_url and fields.model is None:
        hint = "write what the server calls it: model: llama3.2"
        raise fault("missing-key", '"model" is missing beside base_url', hint)
    if fields.max_cost is not None and fields.prices is None:
        hint = "write what a million tokens cost: prices: {input: 1, output: 5}"
        raise fault("missing-key", '"prices" are missing beside max_cost', hint)
    parts = urlsplit(fields.base_url or "")
    if fields.key_from and parts.scheme == "http" and parts.hostname not in NEAR:
        raise fault("bad-url", "a key would go there unencrypted", "write base_url with https://")
    return fields


ChosenSummariser = Annotated[
    SummariserFields,
    BeforeValidator(
        _used,
        json_schema_input_type=Literal["extractive", "anthropic", "openai"] | SummariserFields,
    ),
    AfterValidator(_agreeing),
]


def prompt_of(root: Path, config: Config, document: Document) -> tuple[str, list[Problem]]:
    """Read the prompt that a config names: its text, or what is wrong with the file."""
    name = config.model.prompt if config.model else ""
    if not name:
        return "", []
    file = root / name
    if "\\" in name or not disk.is_plain(file) or not disk.is_within(root, file):
        return "", [_problem(document, "missing-prompt", f'there is no file "{name}" in this site')]
    try:
        data = disk.read(file, LARGEST_PROMPT)
    except OSError as error:
        return "", [_problem(document, "unreadable", f'"{name}" cannot be read: {error.strerror}')]
    if len(data) > LARGEST_PROMPT:
        return "", [_problem(document, "too-large", f'"{name}" is larger than {LARGEST_PROMPT:,} bytes')]
    text, problems = decoded(data, name)
    if not problems and not VERSIONED.sub("", text, count=1).strip():
        return "", [_problem(document, "empty-value", f'"{name}" holds no prompt')]
    return text, list(problems)


def _problem(document: Document, code: str, message: str) -> Problem:
    at = document.position(("summariser", "prompt"))
    return Problem(at.path, at.line, at.column, code, message)
