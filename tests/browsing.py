"""A browser for the tests, the sites that it visits, and what a page is asked there.

One build serves all workers of a run, one browser all tests of a worker, one page all tests of a file that
ask for no setting of their own: what one of them leaves behind is cleared away before the next.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.visit import Visited, dumped, loaded, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# What Chromium says of a page that comes later than its transition: https://github.com/w3c/csswg-drafts/issues/13726
NOISE = "Transition was aborted"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        pass


@dataclass(frozen=True, slots=True)
class Visit:
    """The built sites: served at `address`, their files under `root`."""

    address: str
    root: Path
    pages: tuple[Visited, ...]

    def of(self, kind: str, *, all_of_them: bool = False) -> list[Visited]:
        """Pages of a kind: one for each template and language, and all that are hard to set.

        There must be one: a kind that no site of the visit has is a hole in it.
        """
        found = [page for page in self.pages if page.kind == kind]
        assert found, f"no site of the visit has a page of the kind {kind}: add what makes one to tests/visit"
        first = {(page.template, page.lang): page for page in reversed(found)}
        return [p for p in found if all_of_them or p.is_hard or p in first.values()]

    def file(self, page: Visited) -> Path:
        path = self.root / page.path
        return path / "index.html" if page.path.endswith("/") else path


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder; gives its address, which ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page of its own, watched."""
    context = browser.new_context(
        **{"viewport": WIDE, "base_url": address, "reduced_motion": "reduce", **options}
    )
    made = context.new_page()
    try:
        with watched(made, address):
            yield made
    finally:
        context.close()


@contextmanager
def watched(page: Page, address: str) -> Iterator[None]:
    """Afterwards the page must have said nothing, and asked for nothing from elsewhere."""
    said: list[str] = []
    asked: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: said.append(f"{page.url}: {message.text}"),
        "pageerror": lambda error: said.append(f"{page.url}: {error}"),
        "request": lambda request: asked.append(request.url),
    }
    for event, heard in listeners.items():
        page.on(event, heard)
    try:
        yield
        page.evaluate("0")  # what was said before this answer has been heard by then
    finally:
        for event, heard in listeners.items():
            page.remove_listener(event, heard)
    assert [words for words in said if NOISE not in words] == []
    assert [url for url in asked if not url.startswith(address)] == []


def cleared(page: Page, address: str) -> None:
    """Leave a page as a new one is: nothing shown, kept, answered or asked for instead of the reader."""
    page.goto("about:blank")
    page.unroute_all(behavior="wait")
    page.context.set_offline(False)
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"})
    session.detach()
    page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="none")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def go(page: Page, visited: Visited) -> None:
    """Open a page; one that leads on at once is kept from it."""
    if visited.kind == "alias":
        page.route(f"**/{visited.path}", _kept)
    page.goto(visited.path)


def _kept(route: Route) -> None:
    answer = route.fetch()
    body = re.sub(r'<meta http-equiv="refresh"[^>]*>', "", answer.text())
    route.fulfill(response=answer, body=body)


def styled(page: Page, css: str) -> None:
    """Add a reader's own style: as a constructed sheet, which no content security policy is asked about."""
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        css,
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on this machine, and in CI there must be")
        pytest.skip("there is no Chromium on this machine (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sequence[Visited]]:
    """The sites of the visit, built once for all workers, and their pages."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "visit"
    shared.mkdir(exist_ok=True)
    plan, root = shared / "pages.json", shared / "served"
    with _alone(shared / "lock"):
        if not plan.exists():
            root.mkdir()
            plan.write_text(dumped(write(root)), encoding="utf-8")
    return root, loaded(plan.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def visit(built: tuple[Path, Sequence[Visited]]) -> Iterator[Visit]:
    root, pages = built
    with served(root) as address:
        yield Visit(address, root, tuple(pages))


@pytest.fixture(scope="module")
def window(browser: Browser, visit: Visit) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, base_url=visit.address)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page, visit: Visit) -> Iterator[Page]:
    """A page as a new one is, watched."""
    cleared(window, visit.address)
    with watched(window, visit.address):
        yield window


@pytest.fixture(scope="module")
def scriptless_window(browser: Browser, visit: Visit) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, base_url=visit.address, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless(scriptless_window: Page, visit: Visit) -> Iterator[Page]:
    """The same for a reader without script."""
    cleared(scriptless_window, visit.address)
    with watched(scriptless_window, visit.address):
        yield scriptless_window


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other worker is in the body."""
    import fcntl

    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
