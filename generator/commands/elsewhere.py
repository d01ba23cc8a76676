"""Other sites, asked whether what is linked is still there; what they said is kept under .cache/."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator import disk
from generator.checks import external
from generator.checks.external import Answer

if TYPE_CHECKING:
    from generator.config import Project
    from generator.fetch import Fetcher

STATE = "elsewhere.json"
LARGEST = 50_000_000
HOSTS = 16  # that are asked at once; each of them one question at a time
# What says that an address is at fault itself; and that nobody may look, which says nothing of it.
AT_FAULT = frozenset({"bad-address", "private-address", "redirect-loop", "too-many-redirects"})
BARRED = frozenset({"robots-disallow", "robots-unreachable", "asked-to-wait", "answer-too-large"})


def answers(addresses: Iterable[str], project: Project, fetcher: Fetcher | None = None) -> dict[str, Answer]:
    """Find out what has become of each address. What was said not long ago is believed."""
    from concurrent.futures import ThreadPoolExecutor

    from generator.content.writing import replace_file
    from generator.fetch import Fetcher, Options, agent

    fetcher = fetcher or Fetcher(Options(agent=agent(project.config.url)))
    file = project.cache / STATE
    moment = time.time()
    known = _known(file)
    with ThreadPoolExecutor(HOSTS) as threads:
        found = external.asked(addresses, lambda one: _ask(fetcher, one, moment), known, moment, threads.map)
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, external.written(found))
    return found


def _known(file: Path) -> dict[str, Answer]:
    try:
        return external.read(disk.read(file, LARGEST))
    except OSError:
        return {}


def _ask(fetcher: Fetcher, address: str, moment: float) -> Answer:
    from generator.fetch import FetchError

    try:
        head = fetcher.head(address)
    except FetchError as error:
        if error.code in BARRED:
            return Answer("unseen", moment, error.message)
        return Answer("gone" if error.code in AT_FAULT else "silent", moment, error.message)
    return external.heard(address, head.status, head.lasting, moment)
