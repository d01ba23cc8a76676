"""How the theme behaves in a real browser: light and dark, keys, marks, text size, motion, paper, weight."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.building import ARTICLE, build_site, write_site
from tests.test_browser import PAGES, Quiet, address, browser, page, width_of

__all__ = ["address", "browser", "page"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LIGHT, DARK = "rgb(247, 247, 243)", "rgb(20, 22, 23)"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
FIRST_VIEW = 50_000  # bytes on the wire
# Notes the ground that is painted first: it must be the one that stays.
WATCH = f"requestAnimationFrame(function first() {{ if (!document.body) return requestAnimationFrame(first); window.painted = {GROUND}; }})"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder at the root of a host of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Page]:
    """Open pages with the system's scheme light and the reader's dark."""
    context = browser.new_context(base_url=address, color_scheme="light")
    context.add_init_script("localStorage.setItem('broadsheet.theme', '\"dark\"')")
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["", "2026/11/corvane/", "archive/"])
def test_the_theme_that_was_chosen_is_painted_first(scripted: Page, path: str):
    scripted.goto(path)
    scripted.wait_for_load_state()
    assert scripted.evaluate("window.painted") == DARK
    assert scripted.evaluate(GROUND) == DARK
    assert scripted.locator("[data-do=theme]").get_attribute("aria-pressed") == "true"
    content = scripted.eval_on_selector_all(
        "meta[name=theme-color]", "all => all.map(one => [one.media, one.content])"
    )
    assert ["all", "#141617"] in content


def test_without_a_choice_the_system_decides_also_when_it_changes(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto("")
    assert page.evaluate(GROUND) == DARK
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == LIGHT
    page.locator("[data-do=theme]").click()
    page.locator("[data-do=theme]").click()
    assert page.evaluate("localStorage.getItem('broadsheet.theme')") == "null"


def test_the_script_stands_in_the_head_and_blocks(page: Page):
    page.goto("")
    assert page.eval_on_selector_all(
        "script[src]", "all => all.map(one => [one.parentNode.nodeName, one.async, one.defer])"
    ) == [["HEAD", False, False]]


def test_keys_walk_open_switch_and_explain(page: Page):
    page.goto("")
    links = page.locator(".story :is(h2, h3) a")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == links.nth(0).text_content()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == links.nth(1).text_content()
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == links.nth(0).text_content()
    page.keyboard.press("t")
    assert page.evaluate(GROUND) == DARK
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/2026/11/**")


@pytest.mark.parametrize("press", ["Control+j", "Alt+t", "Meta+k", "Control+Shift+?", "J", "/"])
def test_keys_never_take_a_combination_nor_what_they_do_not_serve(page: Page, press: str):
    page.goto("")
    page.evaluate(
        "addEventListener('keydown', event => { window.taken = event.defaultPrevented; event.preventDefault(); })"
    )
    page.keyboard.press(press)
    assert page.evaluate("window.taken") is False
    assert page.evaluate(GROUND) == LIGHT


def test_keys_leave_fields_alone_and_can_be_switched_off(page: Page):
    page.goto("subscribe/")
    page.locator("input[type=text]").focus()
    page.keyboard.press("t")
    assert page.evaluate(GROUND) == LIGHT
    page.locator("[data-do=keys]").click()
    page.locator("[data-do=keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.goto("")
    page.keyboard.press("t")
    assert page.evaluate(GROUND) == LIGHT


def test_the_slash_leads_to_the_search(page: Page):
    page.goto("")
    page.evaluate("document.querySelector('.bar a[href$=\"archive/\"]').rel = 'search'")
    page.keyboard.press("/")
    page.wait_for_url("**/archive/")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('input'), {type: 'search'}))"
    )
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_unread_marks_come_with_the_second_visit_and_stay_in_this_browser(page: Page):
    page.goto("")
    assert page.locator("[data-unread], [data-read]").count() == 0
    page.locator(".story h2 a").first.click()
    page.wait_for_url("**/2026/11/**")
    page.goto("")
    assert page.locator("[data-read]").count() == 1
    assert page.locator("[data-unread]").count() >= 1
    assert page.locator("[data-unread] [data-when=unread]:not([hidden])").count() >= 1
    page.locator("[data-do=read-all]").click()
    assert page.locator("[data-unread]").count() == 0
    assert page.context.cookies() == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_text_of_twice_the_size_is_respected_and_nothing_leaves_the_screen(page: Page, path: str):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(path)
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(2 * before)
    assert width_of(page) <= 390


def test_nothing_moves_for_those_who_want_no_motion(page: Page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("2026/11/corvane/")
    page.locator(".ev a").first.focus()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    css = page.request.get(page.locator("link[rel=stylesheet]").get_attribute("href") or "").text()
    within = css.partition("@media (prefers-reduced-motion: no-preference)")[2]
    assert "@view-transition { navigation: auto; }" in within
    assert css.count("@view-transition") == 1


def test_forced_colours_leave_evidence_and_focus_to_be_seen(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("2026/11/corvane/#s1")
    paint = "element => getComputedStyle(element).backgroundColor"
    assert page.locator(".s:target").evaluate(paint) != page.locator("body").evaluate(paint)
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_an_edition_fits_one_sheet_of_paper(page: Page):
    page.goto("")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))) <= 2
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator(".bar").is_hidden()
    assert page.locator(".js-only:visible").count() == 0


@pytest.mark.parametrize("path", ["", "2026/11/corvane/"])
def test_the_first_view_weighs_little(page: Page, path: str):
    """HTML, style and script, as a server sends them with gzip."""
    page.goto(path)
    asked = page.eval_on_selector_all(
        "link[rel=stylesheet], script[src]", "all => all.map(one => one.href || one.src)"
    )
    assert len(asked) == 2
    sent = [page.request.get(url).body() for url in (page.url, *asked)]
    assert sum(len(gzip.compress(body, 6)) for body in sent) < FIRST_VIEW


def test_a_page_that_tells_machines_what_it_is_breaks_no_rule_of_its_own(page: Page):
    """The page fixture fails on any message of the console."""
    page.goto(quote("2026/11/über-kühlung/"))
    assert page.locator("script[type='application/ld+json']").count() == 1
    manifest = page.request.get(page.locator("link[rel=manifest]").get_attribute("href") or "")
    assert manifest.json()["name"] == "The Test Sheet"


def test_a_font_of_the_site_s_own_is_loaded_under_the_policy(browser: Browser, tmp_path: Path):
    from fontpkg_source_serif_4 import ROOT

    config = (
        "title: Own\nurl: https://own.example/\n"
        "theme: {fonts: {text: Own Serif, files: [{family: Own Serif, file: own.ttf, weight: 200 900}]}}\n"
    )
    data = (ROOT / "files" / "SourceSerif4[opsz,wght].ttf").read_bytes()
    folder = write_site(tmp_path, {"config.yaml": config, "own.ttf": data, "content/a.md": ARTICLE})
    build_site(folder)
    with served(folder / "site") as at:
        context = browser.new_context(base_url=at)
        made = context.new_page()
        said: list[str] = []
        made.on("console", lambda message: said.append(message.text))
        made.goto("")
        faces = made.evaluate(
            "document.fonts.ready.then(all => [...all].map(one => [one.family, one.status]))"
        )
        assert [(family.strip('"'), status) for family, status in faces] == [("Own Serif", "loaded")]
        assert said == []
        context.close()
