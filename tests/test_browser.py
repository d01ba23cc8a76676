"""A visit in a real browser: what is read, what evidence leads to, and that nothing else is asked for."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.building import build_site, copied

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SITE = Path(__file__).parent / "sites" / "newsroom"
BASE = "sheet/"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = {
    "home": "",
    "edition": "editions/2026-11-21/",
    "article": "2026/11/corvane/",
    "german": "2026/11/über-kühlung/",
    "topics": "topics/",
    "topic": "topics/on-site-power/",
    "archive": "archive/",
    "year": "archive/2026/",
    "month": "archive/2026/11/",
    "subscribe": "subscribe/",
    "briefs": "briefs/",
    "about": "about/",
    "missing": "404.html",
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = copied(SITE, tmp_path_factory.mktemp("browser") / "site")
    build_site(folder)
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(folder / "site", root / BASE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{BASE}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on this machine, and in CI there must be")
        pytest.skip("there is no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
    made = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    made.on("request", lambda request: asked.append(request.url))
    yield made
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(address)] == []


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_each_kind_of_page_opens_and_fits_a_narrow_screen(page: Page, path: str, scheme: str):
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(path)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    page.set_viewport_size({"width": 320, "height": 640})
    assert width_of(page) <= 320


def test_a_line_leads_to_its_sentence_and_back(page: Page):
    page.goto("")
    page.get_by_role("link", name="Corvane borrows $2.3 billion for a hall").first.click()
    page.wait_for_url("**/2026/11/corvane/")
    page.locator("#b-summary .ev a").first.click()
    sentence = page.locator(".s:target")
    assert sentence.get_attribute("id") == "s1"
    assert "Corvane will borrow $2.3 billion" in sentence.inner_text()
    paint = sentence.evaluate("element => getComputedStyle(element).backgroundImage")
    assert paint != "none"
    sentence.locator("a.back").click()
    assert page.locator(".line:target").get_attribute("id") == "b-summary"


def test_boilerplate_is_in_the_text_and_not_in_the_brief(page: Page):
    page.goto("2026/11/corvane/")
    assert "Sign up for our weekly letter." in page.locator(".text").inner_text()
    assert "Sign up" not in page.locator(".brief").inner_text()


def test_the_keyboard_is_enough(page: Page):
    page.goto("2026/11/corvane/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_everything_is_there_without_script(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False, base_url=address)
    made = context.new_page()
    made.goto("2026/11/corvane/")
    made.locator("#b-point-1 .ev a, #b-summary .ev a").first.click()
    assert made.locator(".s:target").count() == 1
    assert made.locator(".js-only:visible").count() == 0
    context.close()


def test_the_theme_switch_is_remembered(page: Page):
    page.goto("")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("[data-do=theme]").click()
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    page.goto("archive/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after


def test_an_old_address_leads_to_the_new_one(page: Page):
    page.goto("old/corvane/")
    page.wait_for_url("**/2026/11/corvane/")


def test_every_link_within_the_site_leads_somewhere(page: Page):
    seen: set[str] = set()
    for path in PAGES.values():
        page.goto(path)
        found = page.eval_on_selector_all("a[href], link[rel=alternate]", "all => all.map(one => one.href)")
        seen |= {url.partition("#")[0] for url in found if url.startswith(page.url.partition(BASE)[0])}
    bad = [url for url in sorted(seen) if page.request.get(url).status != 200]
    assert bad == []
