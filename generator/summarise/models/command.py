"""The door to a program of the site's own: an article on its input, a brief on its output."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import cast

from generator.model import ModelChoice
from generator.summarise.models.asking import Request
from generator.summarise.models.doors import FailedError, Reply

LARGEST = 4 * 1024 * 1024  # bytes that it may print
KEPT = 64 * 1024  # bytes of its standard error that are kept, the last ones
ERR = 2


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
        data = json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")
        running = await self._begun(data)
        try:
            await running.over
        finally:
            await running.end()
        if len(running.out) > LARGEST:
            raise FailedError("unfit", f"it printed more than {LARGEST:,} bytes")
        if running.code:
            said = running.err.decode("utf-8", "replace").strip()
            raise FailedError("unfit", f"it ended with {running.code}{said and ': '}{said}")
        return Reply(running.out.decode("utf-8", "replace"))

    async def _begun(self, data: bytes) -> Running:
        program, *arguments = self.choice.command
        loop, apart = asyncio.get_running_loop(), os.name == "posix"
        # A file, not a pipe: a program may answer without reading it, and nobody need wait for that.
        with tempfile.TemporaryFile() as told:
            told.write(data)
            told.seek(0)
            try:
                _, running = await loop.subprocess_exec(
                    Running, program, *arguments, stdin=told, cwd=self.root, start_new_session=apart
                )
            except (OSError, ValueError) as error:
                why = error.strerror if isinstance(error, OSError) else "its name cannot be one"
                raise FailedError("denied", f"{program} cannot be run: {why}") from None
        return running

    async def close(self) -> None:
        """Nothing is open between two calls."""


class Running(asyncio.SubprocessProtocol):
    """A program that runs: what it printed, within bounds. It is `over` when it ends, or prints too much."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.out = bytearray()
        self.err = bytearray()
        self.over: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == ERR:
            self.err += data
            del self.err[:-KEPT]
        elif len(self.out) <= LARGEST:
            self.out += data
        if len(self.out) > LARGEST:
            self._over()

    def process_exited(self) -> None:
        self._over()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def _over(self) -> None:
        if not self.over.done():
            self.over.set_result(None)

    @property
    def code(self) -> int | None:
        return self.transport.get_returncode()

    async def end(self) -> None:
        """End it with all that it started, and read what is left in its pipes."""
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self.transport.get_pid(), signal.SIGKILL)
            else:
                self.transport.kill()
        # Whoever left its group may hold a pipe for ever.
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.shield(self.closed)
        self.transport.close()
        await self.closed
