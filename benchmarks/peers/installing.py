"""Peers are installed apart from the repository's environment, each in its own folder and in one version."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import FailedError


def from_pypi(tools: Path, name: str, wanted: Sequence[str]) -> Path:
    """Install packages into an environment of their own, unless they are there; give its folder."""
    home = tools / name
    python = home / "bin" / "python"
    if not _stands(home, wanted):
        _run([sys.executable, "-m", "venv", "--clear", str(home)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
        _note(home, wanted)
    return home


def from_npm(tools: Path, name: str, wanted: Sequence[str]) -> Path:
    """Install packages into a folder of their own, unless they are there; give the folder."""
    home = tools / name
    if not _stands(home, wanted):
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}\n')
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--save-exact", *wanted], home)
        _note(home, wanted)
    return home


def _stands(home: Path, wanted: Sequence[str]) -> bool:
    note = home / "installed.txt"
    return note.is_file() and note.read_text().split() == list(wanted)


def _note(home: Path, wanted: Sequence[str]) -> None:
    (home / "installed.txt").write_text("\n".join(wanted) + "\n")


def _run(command: Sequence[str], folder: Path | None = None) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except FileNotFoundError as error:
        raise FailedError(f"there is no {command[0]}; without it leave the peer out with --peers") from error
    if done.returncode:
        raise FailedError(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout[-2000:]}")
