"""The command, called as from a shell, without the second that Python and a first build take to begin.

Each call is a process of its own, with its own folder, environment and streams, forked from one that has read the
code already. A site that has no .cache yet is given what any site's first build keeps of the theme. `tests/test_cli.py`
holds that the command can be started from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.building import NOW as THEN

ROOT = Path(__file__).parent.parent
NOW = str(int(THEN.timestamp()))

READ = (
    "tests.warmed",
    "tests.running",
    "generator.summarise.models.writing",
    "generator.summarise.models.command",
)
BUILDING = ("build", "check")


def run(
    *arguments: str | Path,
    cwd: str | Path | None = None,
    first: Callable[[], None] | None = None,
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """Run the command; `first` is called in its process before it begins."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(READ))
    told = [*map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("out", "err")]
        process = context.Process(target=_called, args=(told, str(cwd or Path.cwd()), env, streams, first))
        process.start()
        process.join(timeout=300)
        assert process.exitcode is not None, f"{told} never ended"
        out, err = (stream.read_text(encoding="utf-8") for stream in streams)
    return subprocess.CompletedProcess(told, process.exitcode, out, err)


def started(
    *arguments: str | Path, cwd: str | Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run the command from nothing."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    full = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(command, cwd=cwd, env=full, capture_output=True, text=True, check=False)


def _called(
    arguments: list[str],
    folder: str,
    env: dict[str, str],
    streams: list[Path],
    first: Callable[[], None] | None,
) -> None:
    for number, stream in enumerate(streams, 1):
        with stream.open("wb") as file:
            os.dup2(file.fileno(), number)
    os.chdir(folder)
    os.environ.update({"SOURCE_DATE_EPOCH": NOW, **env})
    sys.argv = ["broadsheet", *arguments]
    if arguments and arguments[0] in BUILDING:
        _seed([Path(), *map(Path, arguments[1:])])
    from generator.__main__ import main

    if first:
        first()
    main()


def _seed(places: list[Path]) -> None:
    from tests.warmed import THEME

    for place in places:
        with suppress(OSError, ValueError):  # not every argument is a folder
            if (place / "config.yaml").is_file() and not os.path.lexists(place / ".cache"):
                shutil.copytree(THEME, place / ".cache")
