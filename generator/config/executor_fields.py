"""What config.yaml may say of where a build does its work."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from generator.schema.validation import AfterValidator, BeforeValidator, Field, Model, WithJsonSchema, fault

SCHEMES = ("tcp", "tls", "ws", "wss")  # that Dask speaks


def _used(value: Any) -> Any:
    return {"use": value} if isinstance(value, str) else value


def _scheduler(value: Any) -> str:
    written = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(written)
        bare = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
        sound = parts.scheme in SCHEMES and bool(parts.hostname) and bool(parts.port) and bare
    except ValueError:
        sound = False
    if not sound or re.search(r"[\x00-\x20\x7f\"<>\\]", written):
        hint = "write it as Dask prints it: tcp://192.0.2.7:8786"
        raise fault("bad-url", "this is not the address of a Dask scheduler", hint)
    return written


class ExecutorFields(Model):
    """Where a build does its work."""

    use: Literal["processes", "dask"] = Field(
        "processes", description="Processes of this machine, or the workers of a Dask cluster."
    )
    scheduler: Annotated[str, BeforeValidator(_scheduler), WithJsonSchema({"type": "string"})] | None = Field(
        None, description="Address of the Dask scheduler, if DASK_SCHEDULER_ADDRESS is not to say it."
    )


def _agreeing(fields: ExecutorFields) -> ExecutorFields:
    """Hold the keys against each other."""
    if fields.scheduler and fields.use != "dask":
        raise fault(
            "wrong-value", "scheduler is of no use without use: dask", "write use: dask, or take it out"
        )
    return fields


ChosenExecutor = Annotated[
    ExecutorFields,
    BeforeValidator(_used, json_schema_input_type=Literal["processes", "dask"] | ExecutorFields),
    AfterValidator(_agreeing),
]
