"""The command, called as from a shell, without the half second that Python takes to begin.

Each call is a process of its own, with its own folder, environment and streams, forked from one that has read the
code already. `tests/test_cli.py` holds that the command can be started from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.test_cli import NOW

READ = (
    "tests.running",
    "generator.cli",
    "generator.build",
    "generator.commands.brief",
    "generator.desk",
    "generator.summarise.models.writing",
    "generator.summarise.models.command",
    "generator.commands.edition",
)


def run(
    *arguments: str | Path, cwd: str | Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(READ))
    told = [*map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("out", "err")]
        process = context.Process(target=_called, args=(told, str(cwd or Path.cwd()), env, streams))
        process.start()
        process.join(timeout=300)
        assert process.exitcode is not None, f"{told} never ended"
        out, err = (stream.read_text(encoding="utf-8") for stream in streams)
    return subprocess.CompletedProcess(told, process.exitcode, out, err)


def _called(arguments: list[str], folder: str, env: dict[str, str], streams: list[Path]) -> None:
    for number, stream in enumerate(streams, 1):
        with stream.open("wb") as file:
            os.dup2(file.fileno(), number)
    os.chdir(folder)
    os.environ.update({"SOURCE_DATE_EPOCH": NOW, **env})
    sys.argv = ["broadsheet", *arguments]
    from generator.__main__ import main

    main()
