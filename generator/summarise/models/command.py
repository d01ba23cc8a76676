"""The door to a program of the site's own: an article on its input, a brief on its output."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import suppress
from pathlib import Path

from generator.model import ModelChoice
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import FailedError, Reply, redacted

LARGEST = 1_000_000  # bytes that it may say


class Command:
    """Runs the program that a site's config names, in the site's folder, once for an article."""

    def __init__(self, choice: ModelChoice, root: Path) -> None:
        self.choice = choice
        self.root = root

    async def ask(self, request: Request) -> Reply:
        """Give what the program prints. It is told, too, what of its first answer did not pass."""
        told = {"article": dict(request.article)}
        if len(request.turns) > 1:
            told["again"] = {"answer": request.turns[-2].text, "faults": request.turns[-1].text}
        program, *arguments = self.choice.command
        try:
            running = await asyncio.create_subprocess_exec(
                program,
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=self.root,
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            raise FailedError("denied", f"{program} cannot be run: {error.strerror}") from None
        data = json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")
        try:
            out, err = await running.communicate(data)
        finally:
            if running.returncode is None:
                _kill(running)
                await running.wait()
        if running.returncode:
            said = redacted(err.decode("utf-8", "replace"), "")
            raise FailedError("unfit", f"it ended with {running.returncode}: {said}")
        if len(out) > LARGEST:
            raise FailedError("unfit", f"it printed more than {LARGEST:,} bytes")
        return Reply(out.decode("utf-8", "replace"))

    async def close(self) -> None:
        """Nothing is open between two calls."""


def _kill(running: asyncio.subprocess.Process) -> None:
    """End the program with all that it started."""
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
