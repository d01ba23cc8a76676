from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.browsing import browser, built, page, scriptless, scriptless_window, visit, window
from tests.serving import outlet

__all__ = ["browser", "built", "outlet", "page", "scriptless", "scriptless_window", "visit", "window"]

# Who runs the tests behind a shell's back has interruptions passed over, and so would what they start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Where the tests run says nothing of how a command is to tell what it has to tell.
for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(name, None)

# How far made-up input goes. No example is timed: a shared machine is slow at times. "ci" tries the same
# examples each time, so that no pull request fails by chance; the others go on where they were.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None)
settings.register_profile("nightly", deadline=None, max_examples=1000, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    usual = "deep" if config.getoption("--deep") else "ci"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite what golden sites are compared with"
    )
    parser.addoption("--deep", action="store_true", help="run the long tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--deep"):
        return
    skipped = pytest.mark.skip(reason="long: make test-deep runs it")
    for item in items:
        if "deep" in item.keywords:
            item.add_marker(skipped)


@pytest.fixture
def no_loop() -> Iterator[None]:
    """For who runs a loop of its own: Playwright leaves one running in the thread of all tests."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
