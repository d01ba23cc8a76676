"""What must be the same on all machines that make one site together, so that it is one site."""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping
from hashlib import blake2b

from generator.versions import program_and_libraries, zone

PROGRAM = "Broadsheet"
Told = Mapping[str, str]  # what is looked at, by its name, and which of it is there


class UnlikeError(Exception):
    """A worker is not as the machine is that asked it; `told` is what it has."""

    def __init__(self, worker: str, told: Told) -> None:
        super().__init__(worker, told)
        self.worker = worker
        self.told = told


@functools.cache
def told(timezone: str) -> Told:
    """Say what this process makes sites with: program, libraries, Python, what it knows of a time zone."""
    program, *rest = program_and_libraries().split()
    return {
        PROGRAM: program,
        **dict(zip(rest[::2], rest[1::2], strict=True)),
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        f"time zone {timezone}": blake2b(zone(timezone), digest_size=8).hexdigest(),
    }


def differences(here: Told, there: Told) -> str:
    """Say in words what is not the same; nothing where all is."""
    return ", ".join(
        f"another {name}"
        if name == PROGRAM or name.startswith("time zone")
        else f"{name} {there.get(name, 'missing')} for {here.get(name, 'none')}"
        for name in sorted({*here, *there})
        if here.get(name) != there.get(name)
    )
