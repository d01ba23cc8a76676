"""How the theme behaves in a real browser: light and dark, keys, unread marks, fonts, data in the head."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browsing import Visit, opened, served
from tests.building import ARTICLE, build_site, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(247, 247, 243)", "rgb(20, 22, 23)"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
FOCUSED = "document.activeElement.textContent"
# Notes the ground that is painted first: it must be the one that stays.
WATCH = (
    "requestAnimationFrame(function first() {"
    f" if (document.body) window.painted = {GROUND}; else requestAnimationFrame(first); }})"
)


@pytest.fixture
def chosen(browser: Browser, visit: Visit) -> Iterator[Page]:
    """Open pages where the system is light and the reader has chosen dark."""
    with opened(browser, visit.address, color_scheme="light") as page:
        page.add_init_script("localStorage.setItem('broadsheet.theme', '\"dark\"')")
        page.add_init_script(WATCH)
        yield page


@pytest.mark.parametrize("path", ["daily/", "weekly/2026/11/corvane/", "weekly/archive/"])
def test_the_theme_that_was_chosen_is_painted_first(chosen: Page, path: str):
    chosen.goto(path)
    assert chosen.evaluate("window.painted") == DARK
    assert chosen.evaluate(GROUND) == DARK
    assert chosen.locator("[data-do=theme]").get_attribute("aria-pressed") == "true"
    told = "all => all.map(one => [one.media, one.content])"
    assert ["all", "#141617"] in chosen.eval_on_selector_all("meta[name=theme-color]", told)


def test_the_script_that_knows_the_choice_blocks(page: Page):
    page.goto("daily/")
    told = "all => all.map(one => [one.parentNode.nodeName, one.async, one.defer])"
    assert page.eval_on_selector_all("script[src]", told) == [["HEAD", False, False]]


def test_without_a_choice_the_system_decides_also_when_it_changes(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto("daily/")
    assert page.evaluate(GROUND) == DARK
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == LIGHT
    for _ in range(2):
        page.locator("[data-do=theme]").click()
    assert page.evaluate("localStorage.getItem('broadsheet.theme')") == "null"


def test_keys_walk_open_switch_and_explain(page: Page):
    page.goto("daily/")
    links = page.locator(".story :is(h2, h3) a")
    for key, story in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == links.nth(story).text_content()
    page.keyboard.press("t")
    assert page.evaluate(GROUND) == DARK
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/2026/11/**")


def test_keys_leave_fields_alone(page: Page):
    page.goto("daily/subscribe/")
    page.locator("input[type=text]").first.focus()
    page.keyboard.press("t")
    assert page.evaluate(GROUND) == LIGHT


def test_the_slash_leads_to_the_search_and_is_the_browser_s_where_there_is_none(page: Page):
    page.goto("daily/")
    page.evaluate(
        "for (const link of document.querySelectorAll('a[rel=search]')) link.removeAttribute('rel')"
    )
    page.evaluate("addEventListener('keydown', event => { window.taken = event.defaultPrevented; })")
    page.keyboard.press("/")
    assert page.evaluate("window.taken") is False
    page.evaluate("document.querySelector('.bar a[href$=\"archive/\"]').rel = 'search'")
    page.keyboard.press("/")
    page.wait_for_url("**/archive/")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('input'), {type: 'search'}))"
    )
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_unread_marks_come_with_the_second_visit_and_stay_in_this_browser(page: Page):
    page.goto("daily/")
    assert page.locator("[data-unread], [data-read]").count() == 0
    page.locator(".story h2 a").first.click()
    page.wait_for_url("**/2026/11/**")
    page.goto("daily/")
    assert page.locator("[data-read]").count() == 1
    assert page.locator("[data-unread] [data-when=unread]:not([hidden])").count() > 1
    page.locator("[data-do=read-all]").click()
    assert page.locator("[data-unread]").count() == 0
    assert page.context.cookies() == []


def test_a_font_of_the_site_s_own_is_loaded_under_the_policy(browser: Browser, tmp_path: Path):
    from fontpkg_source_serif_4 import ROOT

    config = (
        "title: Own\nurl: https://own.example/\n"
        "theme: {fonts: {text: Own Serif, files: [{family: Own Serif, file: own.ttf, weight: 200 900}]}}\n"
    )
    data = (ROOT / "files" / "SourceSerif4[opsz,wght].ttf").read_bytes()
    folder = write_site(tmp_path, {"config.yaml": config, "own.ttf": data, "content/a.md": ARTICLE})
    build_site(folder)
    with served(folder / "site") as address, opened(browser, address) as page:
        page.goto("")
        told = "document.fonts.ready.then(all => [...all].map(one => [one.family, one.status]))"
        faces = [(family.strip('"'), status) for family, status in page.evaluate(told)]
        assert faces == [("Own Serif", "loaded")]


def test_what_a_page_tells_machines_breaks_no_rule_of_its_own(page: Page):
    """The page fails on any message of the console."""
    page.goto("weekly/2026/11/corvane/")
    assert page.locator("script[type='application/ld+json']").count() == 1
    manifest = page.request.get(page.locator("link[rel=manifest]").get_attribute("href") or "")
    assert manifest.json()["start_url"] == "/weekly/"


def test_an_address_of_the_subscribe_page_is_copied_from_its_field_and_from_a_list(page: Page):
    page.goto("daily/subscribe/")
    page.evaluate(
        "document.addEventListener('copy', () => { window.taken = String(document.activeElement.value) })"
    )
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    for button, address in (
        (page.locator("[data-copy]").first, page.locator(".copy input").first.input_value()),
        (
            page.locator("[data-address]").first,
            page.locator("[data-address]").first.get_attribute("data-address"),
        ),
    ):
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_text("Copied")
        assert page.evaluate("window.taken") == address
        assert page.locator("#copied").inner_text() == "Copied."
        assert button.evaluate("one => document.activeElement === one")
    assert page.locator(".unseen").count() == 0
