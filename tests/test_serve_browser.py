"""`broadsheet serve` in a real browser: what it changes on the page at hand, and what it leaves alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import PHONE, WIDE, cleared, watched
from tests.building import ARTICLE, copied, tree, write_site
from tests.previewing import SOON, Preview, preview

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = "\n\n".join(
    f"The council heard report {n} on the hall, and put it off until the spring of 2027." for n in range(80)
)
CONFIG = "title: The Test Sheet\nurl: https://news.example/sheet/\nsearch: false\n"
FILES: dict[str, str | bytes] = {
    "config.yaml": CONFIG,
    "content/one.md": ARTICLE,
    "content/long.md": f"---\ntitle: Council puts off eighty reports\ndate: 2026-11-22\n---\n\n{LONG}\n",
    "content/draft.md": ARTICLE.replace("Corvane borrows", "Ardent lends").replace(
        "date:", "draft: true\ndate:"
    ),
    "content/later.md": ARTICLE.replace("Corvane borrows", "Tolland returns").replace(
        "2026-11-23", "2026-11-30"
    ),
    "content/pages/about.md": "---\ntitle: About us\n---\n\nWe print what can be checked.\n",
}
SHOWN = "() => document.querySelector('broadsheet-told')?.shadowRoot.querySelector('dialog').innerText ?? ''"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with preview(write_site(tmp_path_factory.mktemp("serve"), FILES)) as made:
        yield made


@pytest.fixture(scope="module")
def tab(browser: Browser, served: Preview) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, base_url=served.url, reduced_motion="reduce")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, served: Preview) -> Iterator[Page]:
    """A page that must say nothing and ask nobody else; afterwards the site is as it was."""
    cleared(tab, served.url)
    with watched(tab, served.url.replace("/sheet/", "/")):
        yield tab
    tab.goto("about:blank")
    for name, data in FILES.items():
        if (served.folder / name).read_bytes() != (data if isinstance(data, bytes) else data.encode()):
            served.save(name, data)
            served.heard("built")


def until(page: Page, asked: str) -> None:
    """Wait until something holds: the pages' policy forbids what Playwright has for that."""
    end = time.monotonic() + SOON
    while not page.evaluate(asked):
        assert time.monotonic() < end, asked
        page.wait_for_timeout(20)


def kept(page: Page) -> None:
    """Leave a mark on the page that goes where it is loaded again."""
    page.evaluate("() => { window.kept = true; }")


def is_kept(page: Page) -> bool:
    return bool(page.evaluate("() => window.kept === true"))


def test_the_page_is_loaded_again_where_it_was(page: Page, served: Preview):
    page.goto("2026/11/long/")
    page.evaluate("() => scrollTo({ top: 2500, behavior: 'instant' })")
    until(page, "() => scrollY === 2500")
    kept(page)
    served.save("content/long.md", str(FILES["content/long.md"]).replace("report 70 on", "report 70 about"))
    page.get_by_text("report 70 about").first.wait_for()
    assert not is_kept(page)
    until(page, "() => scrollY === 2500")


def test_a_page_that_did_not_change_stays(page: Page, served: Preview):
    page.goto("about/")
    kept(page)
    served.save("content/one.md", ARTICLE.replace("in May", "in June"))
    served.heard("built")
    served.save("content/pages/about.md", str(FILES["content/pages/about.md"]).replace("print", "publish"))
    page.get_by_text(
        "We publish what"
    ).wait_for()  # the next one is shown, so that the first has been by then
    assert not is_kept(page)
    kept(page)
    served.save("content/one.md", ARTICLE)
    served.heard("built")
    page.wait_for_timeout(150)
    assert is_kept(page)


def test_a_style_sheet_is_changed_in_place(page: Page, served: Preview):
    theme = (Path(__file__).parent.parent / "templates" / "assets" / "theme.css").read_text(encoding="utf-8")
    page.goto("2026/11/long/")
    page.evaluate("() => scrollTo({ top: 900, behavior: 'instant' })")
    kept(page)
    colour = "() => getComputedStyle(document.querySelector('h1')).color"
    before = page.evaluate(colour)
    for wanted in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        served.save("templates/assets/theme.css", f"{theme}\nh1 {{ color: {wanted}; }}\n")
        until(page, f"() => ({colour})() === '{wanted}'")
    (served.folder / "templates" / "assets" / "theme.css").unlink()
    until(page, f"() => ({colour})() === '{before}'")
    assert is_kept(page)
    assert page.evaluate("() => scrollY") == 900
    assert page.locator("link[rel=stylesheet]").count() == 2  # the theme's, and the marks


def test_a_mistake_is_shown_over_the_page_and_goes_by_itself(page: Page, served: Preview):
    page.goto("2026/11/one/")
    kept(page)
    served.save(
        "content/one.md",
        ARTICLE.replace("title:", "titel:").replace("Corvane borrows", "<img src=x onerror=alert(1)>"),
    )
    until(page, f"() => ({SHOWN})().includes('did you mean')")
    said = page.evaluate(SHOWN)
    for words in (
        "content/one.md:2:1",
        'unknown key "titel"',
        'did you mean "title"?',
        "titel: <img src=x",
        "broadsheet explain unknown-key",
    ):
        assert words in said
    inside = "document.querySelector('broadsheet-told').shadowRoot"
    assert page.evaluate(f"() => {inside}.querySelector('mark').textContent") == "t"
    assert page.evaluate(f"() => {inside}.querySelectorAll('img').length") == 0
    assert is_kept(page)
    page.keyboard.press("Escape")  # the site as it was is still there, and to be read
    assert page.evaluate(f"() => {inside}.querySelector('dialog').open") is False
    page.get_by_role("button", name="problem").click()
    assert page.evaluate(f"() => {inside}.querySelector('dialog').open") is True
    assert "$2.3 billion" in served.get("2026/11/one/")[2].decode()
    served.save("content/one.md", ARTICLE)
    until(page, "() => !document.querySelector('broadsheet-told')")
    assert is_kept(page)  # as it was mended to what it was before, there is nothing to load


def test_a_page_that_is_opened_while_something_is_wrong_says_so(page: Page, served: Preview):
    served.save("content/one.md", ARTICLE.encode() + b"\xff half a save")
    served.heard("failed")
    page.goto("2026/11/long/")
    until(page, f"() => ({SHOWN})().includes('UTF-8')")
    served.save("content/one.md", ARTICLE.replace("in May", "in June"))
    until(page, "() => !document.querySelector('broadsheet-told')")
    page.goto("2026/11/one/")
    page.get_by_text("in June").first.wait_for()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_drafts_and_what_is_dated_ahead_bear_a_mark(page: Page, size: dict[str, int]):
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto("2026/11/draft/")
    assert "Draft: broadsheet build leaves it out" in page.get_by_label("Preview", exact=True).inner_text()
    page.goto("2026/11/later/")
    assert "Monday 30 November 2026" in page.get_by_label("Preview", exact=True).inner_text()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.goto("2026/11/one/")
    assert page.get_by_label("Preview", exact=True).count() == 0
    label = "a => getComputedStyle(a, '::before').content"
    page.goto("archive/2026/11/")
    found = {
        a.get_attribute("href"): a.evaluate(label) for a in page.locator("main a[href*='/2026/11/']").all()
    }
    assert found["/sheet/2026/11/draft/"].startswith('"Draft"')
    assert found["/sheet/2026/11/later/"].startswith('"Due 30 Nov"')
    assert {mark for href, mark in found.items() if "draft" not in href and "later" not in href} == {"none"}


def test_a_mark_comes_and_goes_with_the_draft(page: Page, served: Preview):
    page.goto("2026/11/draft/")
    page.get_by_label("Preview", exact=True).wait_for()
    served.save("content/draft.md", str(FILES["content/draft.md"]).replace("draft: true\n", ""))
    page.get_by_label("Preview", exact=True).wait_for(state="detached")


def test_a_page_that_is_not_there_appears_when_it_is_written(tab: Page, served: Preview):
    page = tab  # not watched: a browser complains of every 404
    assert page.goto("2026/11/new/").status == 404  # type: ignore[union-attr]
    page.get_by_text("A link promised a page").wait_for()
    served.save("content/new.md", ARTICLE.replace("Corvane borrows", "Ostrava sells"))
    page.get_by_role("heading", name="Ostrava sells").wait_for()
    (served.folder / "content" / "new.md").unlink()
    page.get_by_text("A link promised a page").wait_for()
    page.goto("about:blank")


def test_what_is_built_for_readers_knows_nothing_of_it(served: Preview, tmp_path: Path):
    from tests.building import build_site

    site = copied(served.folder, tmp_path / "site")
    build_site(site, drafts=True, future=True)
    for path, data in tree(site / "site").items():
        assert b".broadsheet/" not in data, path
        assert b"broadsheet-early" not in data, path
