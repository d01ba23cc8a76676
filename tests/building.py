"""Sites written for a test, and built in this process as the command builds them."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator import config, disk
from generator.cache import Cache

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONFIG = """\
title: The Test Sheet
url: https://news.example/sheet/
search: false
"""
ARTICLE = """\
---
title: Corvane borrows $2.3 billion
date: 2026-11-23
---

Corvane will borrow $2.3 billion for a hall at Llano Verde. It opens in May.
"""


def write_site(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write a site; `config.yaml` is the smallest one unless given."""
    for name, data in {"config.yaml": CONFIG, **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, bytes):
            file.write_bytes(data)
        else:
            file.write_text(data, encoding="utf-8", newline="\n")
    return folder


def build_site(folder: Path, now: datetime = NOW, **options: Any) -> Any:
    """Build a folder's site. Raises as `build` does."""
    from generator.build import build

    project = config.read(folder)
    if not project.cache.exists():
        shutil.copytree(read_theme(), project.cache)
    # What was saved long before the clock is told apart by its stamp, as in a build of a site of yesterday.
    options = {"clock": time.time_ns() + 10 * disk.UNSETTLED, **options}
    return build(project, cache=Cache(project.cache / "records"), now=now, **options)


class _OfTheme(Cache):
    """Keeps what is known of templates, and nothing of what a site holds."""

    def keep(self, key: str, data: bytes) -> None:
        if key.startswith("attributes "):
            super().keep(key, data)


@functools.cache
def read_theme() -> Path:
    """The theme as a first build leaves it in .cache: compiled, and read through. It takes most of a small build."""
    from generator.build import build

    folder = write_site(Path(tempfile.mkdtemp(prefix="broadsheet-")), {"content/one.md": ARTICLE})
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    project = config.read(folder)
    build(project, cache=_OfTheme(project.cache / "records"), now=NOW)
    for name in ("lock", "ledger", "next"):
        left = project.cache / name
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    return project.cache


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder and its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def copied(source: Path, target: Path) -> Path:
    """Copy a site without what was made of it."""
    ignored = shutil.ignore_patterns("expected", "expected.txt", "site", ".cache")
    shutil.copytree(source, target, ignore=ignored, symlinks=True)
    return target
