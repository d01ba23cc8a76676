"""The house stands as docs/architecture.md draws it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "generator").rglob("*.py"))
LONGEST = 300


def test_floors_hold():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_room_outgrows_its_walls(module: Path):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_command_starts_without_what_it_may_not_need():
    code = "import sys, generator.cli; print(*sorted({'anthropic', 'openai', 'asyncio', 'pydantic', 'markdown', 'feedgen', 'PIL', 'rich.progress', 'nh3', 'httpx', 'protego', 'feedparser', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_build_loads_nothing_that_asks_a_network():
    code = "import sys, generator.build; print(*{'urllib.request', 'http.client', 'ssl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
