from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.browsing import browser, built, page, scriptless, scriptless_window, visit, window

__all__ = ["browser", "built", "page", "scriptless", "scriptless_window", "visit", "window"]

# A shared machine is slow at times; nothing here is a timed test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# Where the tests run says nothing of how a command is to tell what it has to tell.
for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(name, None)


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
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
