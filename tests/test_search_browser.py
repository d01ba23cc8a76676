"""Searching as a reader does, in a real browser, on a site that lies under a path."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, expect

from tests.browsing import NARROW, WIDE, cleared, served, watched
from tests.building import build_site, write_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BASE = "broadsheet/"
# What the browser moves inside its own controls has no node.
MOVED = (
    "window.moved = []; new PerformanceObserver((list) => moved.push(...list.getEntries().flatMap((one) =>"
    " one.sources.map(({ node }) => node && (node.outerHTML ?? node.data).slice(0, 80)).filter(Boolean))))"
    ".observe({ type: 'layout-shift', buffered: true })"
)
# Two frames on, what moved is known.
SETTLED = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"
)
CONFIG = """\
title: The Test Sheet
url: https://news.example/broadsheet/
entities:
  - {name: Ada Moreno, kind: person}
  - {name: Corvane, kind: organisation}
"""


def article(title: str, date: str, text: str, **more: str) -> str:
    values = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\ndate: {date}\n{values}---\n\n{text}\n"


POWER = {"topics": "[On-site power]", "source": "Harbour Wire"}
FILES: dict[str, str | bytes] = {
    "config.yaml": CONFIG,
    "content/turbines.md": article(
        "Corvane runs a campus on its own",
        "2026-11-23",
        "Corvane will buy 48 turbines from Ardent Power at a cost of $2.3 billion. Ada Moreno signed for the county.",
        **POWER,
    ),
    "content/engines.md": article(
        "Ship engines find a second life",
        "2026-10-29",
        "A ferry’s turbine comes with eight years of parts. No ship waits for one, said Corvane.",
        **POWER,
    ),
    "content/quiet.md": article(
        '"<b>Quiet</b> & <img src=x onerror=alert(1)>"',
        "2026-06-11",
        "The zebra crossing at Llano Verde is to be painted <em>green</em>, the county says.",
        topics="[Roads]",
        source='"Basin & Courier"',
    ),
    "content/german.md": article(
        "Werrabach heizt mit Abwärme",
        "2025-03-04",
        "Eine Turbine liefert ab Januar Wärme für 2.000 Wohnungen.",
        lang="de",
    ),
    "content/arabic.md": article(
        "مركز بيانات جديد في الصحراء",
        "2024-05-01",
        "تعمل الشركة على بناء مركز بيانات جديد بقدرة 300 ميغاواط.",
        lang="ar",
    ),
    "content/moreno1.md": article(
        "Ada Moreno takes the county chair",
        "2026-09-02",
        "Ada Moreno takes the chair of the county. She was elected on Sunday.",
    ),
    "content/moreno2.md": article(
        "Ada Moreno counts the loads", "2026-09-03", "Ada Moreno counted 3,400 heavy loads on the farm road."
    ),
    "content/draft.md": article(
        "Unready zebra", "2026-11-20", "A zebra that is not ready yet.", draft="true"
    ),
    **{
        f"content/row{n}.md": article(
            f"Road number {n} is mended",
            f"2026-08-{n:02d}",
            f"The road with number {n} is mended by the county at last.",
        )
        for n in range(1, 24)
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_site(tmp_path_factory.mktemp("search") / "site", FILES)
    build_site(folder)
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(folder / "site", root / BASE)
    with served(root) as server:
        yield server + BASE


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, base_url=address)  # type: ignore[arg-type]
    context.add_init_script(
        "window.told = []; addEventListener('securitypolicyviolation', (event) => told.push(event.violatedDirective))"
    )
    context.add_init_script(MOVED)
    yield context.new_page()
    context.close()


@pytest.fixture
def loose(window: Page, address: str) -> Page:
    """A page that may complain, as one does that cannot fetch."""
    cleared(window, address)
    return window


@pytest.fixture
def page(loose: Page, address: str) -> Iterator[Page]:
    """A page that may say nothing, ask for nothing elsewhere and break no rule of its policy."""
    with watched(loose, address):
        yield loose
    assert loose.evaluate("window.told") == []


def search(page: Page, query: str, told: str) -> None:
    page.goto(f"search/{query}")
    expect(page.locator("#found")).to_have_text(told)


def titles(page: Page) -> list[str]:
    return page.locator("#results h3").all_inner_texts()


def test_a_word_is_found_and_marked_and_its_line_leads_to_the_sentence(page: Page):
    page.goto("search/")
    page.get_by_role("searchbox").fill("turbines")
    expect(page.locator("#found")).to_have_text("3 articles for “turbines”")
    first = page.locator("#results li").first
    expect(first.locator("time")).to_have_attribute("datetime", "2026-11-23")
    expect(first.locator("mark")).to_have_text("turbines")
    expect(first).to_contain_text("48 turbines from Ardent Power")
    expect(first.locator(".meta b")).to_have_text("Harbour Wire")
    first.locator(".ev a").first.click()
    page.wait_for_url("**/2026/11/turbines/#s1")
    expect(page.locator(".s:target")).to_contain_text("48 turbines")


def test_the_number_found_is_announced(page: Page):
    search(page, "?q=turbine", "3 articles for “turbine”")
    assert page.get_by_role("status").inner_text().startswith("3 articles")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?q=turb", "3 articles for “turb”"),
        ("?q=zebra", "1 article for “zebra”"),
        ("?q=turbine+ship", "1 article for “turbine ship”"),
        ("?q=%22second+life%22", "1 article for “second life”"),
        ("?q=%E2%80%9Clife+second%E2%80%9D", "No articles for “life second”"),
        ("?q=%242.3+billion", "1 article for “$2.3 billion”"),
        ("?q=turbine%2Fship", "1 article for “turbine/ship”"),
        ("?q=-", "No articles for “-”"),
        ("?q=Harbour", "2 articles for “Harbour”"),
        ("?q=W%C3%A4rme", "1 article for “Wärme”"),
        ("?q=%D8%A8%D9%8A%D8%A7%D9%86%D8%A7%D8%AA", "1 article for “بيانات”"),
        # Not what Pagefind makes of words that it does not know: nothing, or a shorter word.
        ("?q=turbine+tokens", "No articles for “turbine tokens”"),
        ("?q=theatre", "No articles for “theatre”"),
        # What the results show besides is not searched.
        ("?q=s1", "No articles for “s1”"),
        ("?q=2026-11-23", "No articles for “2026-11-23”"),
    ],
)
def test_all_words_must_occur(page: Page, query: str, told: str):
    search(page, query, told)


@pytest.mark.parametrize(
    ("query", "told", "count"),
    [
        ("?topic=on-site-power", "2 articles in On-site power", 2),
        ("?source=basin-courier", "1 article from Basin & Courier", 1),
        ("?q=county&name=person:ada-moreno", "2 articles for “county” naming Ada Moreno", 2),
        (
            "?q=turbine&topic=on-site-power&from=2026-11-01",
            "1 article for “turbine” in On-site power since 1 November 2026",
            1,
        ),
        ("?q=turbine&to=2026-10-29", "2 articles for “turbine” until 29 October 2026", 2),
        ("?from=2026-08-05&to=2026-08-07", "3 articles between 5 August 2026 and 7 August 2026", 3),
        ("?from=2026-07-31&to=2026-09-02", "24 articles between 31 July 2026 and 2 September 2026", 10),
        ("?from=2026-11-23&to=2026-01-01", "No articles between 23 November 2026 and 1 January 2026", 0),
    ],
)
def test_filters(page: Page, query: str, told: str, count: int):
    search(page, query, told)
    expect(page.locator("#results li")).to_have_count(count)


def test_lists_say_how_many_each_choice_would_find(page: Page):
    search(page, "?q=turbine", "3 articles for “turbine”")
    topic = page.get_by_label("Topic")
    assert topic.locator("option:not([hidden])").all_inner_texts() == ["Any", "On-site power (2)"]
    topic.select_option("on-site-power")
    expect(page.locator("#found")).to_have_text("2 articles for “turbine” in On-site power")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#found")).to_have_text("3 articles for “turbine”")


def test_without_words_the_newest_come_first(page: Page):
    search(page, "?topic=on-site-power", "2 articles in On-site power")
    assert titles(page) == ["Corvane runs a campus on its own", "Ship engines find a second life"]


def test_the_keyboard_is_enough(page: Page):
    page.goto("search/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("road")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("articles for “road”")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    for label in ("Topic", "Source", "Name"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
    page.locator("#results h3 a").nth(9).focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "more":
            break
    expect(page.locator("#more")).to_have_text("10 more of 15")
    page.keyboard.press("Enter")
    expect(page.locator("#results li")).to_have_count(20)
    expect(page.locator("#results h3 a").nth(10)).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#results h3 a").nth(11)).to_be_focused()


def test_a_search_can_be_linked_and_gone_back_to(page: Page):
    search(page, "?q=turbine", "3 articles for “turbine”")
    expect(page.locator("#q")).to_have_value("turbine")
    page.get_by_label("Topic").select_option("on-site-power")
    page.wait_for_url("**/search/?q=turbine&topic=on-site-power")
    expect(page.locator("#found")).to_have_text("2 articles for “turbine” in On-site power")
    page.go_back()
    page.wait_for_url("**/search/?q=turbine")
    expect(page.locator("#found")).to_have_text("3 articles for “turbine”")
    page.locator("#results h3 a").first.click()
    page.wait_for_url("**/2026/11/turbines/")
    page.go_back()
    expect(page.locator("#found")).to_have_text("3 articles for “turbine”")
    expect(page.locator("#results li")).to_have_count(3)


def test_whoever_comes_back_finds_as_much_as_there_was(page: Page):
    search(page, "?from=2026-07-31&to=2026-09-02", "24 articles between 31 July 2026 and 2 September 2026")
    page.get_by_role("button", name="10 more of 14").click()
    expect(page.locator("#results li")).to_have_count(20)
    page.locator("#results h3 a").nth(15).click()
    page.wait_for_url("**/2026/08/**")
    page.go_back()
    expect(page.locator("#results li")).to_have_count(20)


def test_what_was_read_is_marked(page: Page):
    page.goto("2026/11/turbines/")
    search(page, "?q=turbine", "3 articles for “turbine”")
    expect(page.locator("#results [data-read]")).to_have_count(1)


def test_markup_in_articles_stays_text(page: Page):
    search(page, "?q=zebra", "1 article for “zebra”")
    assert titles(page) == ["<b>Quiet</b> & <img src=x onerror=alert(1)>"]
    assert page.locator("#results img, #results b b, #results h3 b").count() == 0
    search(page, "?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E", "No articles for “<img src=x onerror=alert(1)>”")
    assert page.locator("main img").count() == 0


def test_results_in_another_language_say_so(page: Page):
    search(page, "?q=ميغاواط", "1 article for “ميغاواط”")
    body = page.locator("#results li > div")
    expect(body).to_have_attribute("lang", "ar")
    expect(body).to_have_attribute("dir", "rtl")
    search(page, "?q=Wohnungen", "1 article for “Wohnungen”")
    expect(page.locator("#results li > div")).to_have_attribute("dir", "ltr")


def test_drafts_are_not_found(page: Page):
    search(page, "?q=unready", "No articles for “unready”")


def test_what_is_not_found_is_told_with_a_way_on(page: Page):
    search(page, "?q=unicorn", "No articles for “unicorn”")
    expect(page.locator("#told")).to_contain_text("beginning of a word")
    expect(page.get_by_role("heading", name="Or browse")).to_be_attached()


def test_an_index_out_of_reach_is_told_and_can_be_tried_again(loose: Page):
    page = loose
    page.route("**/search/volumes.json", lambda route: route.abort())
    search(page, "?q=turbine", "The search index could not be fetched")
    expect(page.locator("#told")).to_contain_text("press Search again")
    page.unroute("**/search/volumes.json")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_have_text("3 articles for “turbine”")


def test_a_connection_lost_on_the_way_is_not_taken_for_no_result(browser: Browser, address: str):
    context = browser.new_context(base_url=address)  # nothing is kept that need not be fetched
    page = context.new_page()
    search(page, "?q=turbine", "3 articles for “turbine”")
    context.set_offline(True)
    page.get_by_role("searchbox").fill("county")
    expect(page.locator("#found")).to_have_text("The search index could not be fetched")
    context.set_offline(False)
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_contain_text("articles for “county”")
    context.close()


def test_older_volumes_add_to_what_is_shown(page: Page):
    """As in an archive of decades: the newest volumes are searched first, the others after them."""

    def one_at_a_time(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("const FIRST = 12;", "const FIRST = 1;"))

    page.route("**/assets/search.*.js", one_at_a_time)
    search(page, "?q=turbine", "3 articles for “turbine”")
    assert titles(page)[0] == "Corvane runs a campus on its own"
    expect(page.locator("#results li")).to_have_count(3)
    search(page, "?q=ميغاواط", "1 article for “ميغاواط”")


def test_without_script_there_are_topics_and_the_archive(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("search/")
    assert page.locator(".js-only:visible").count() == 0
    expect(page.get_by_text("Search needs script, and yours is off.")).to_be_visible()
    page.get_by_role("link", name="On-site power").click()
    page.wait_for_url("**/topics/on-site-power/")
    page.go_back()
    page.get_by_role("link", name="editions by day").click()
    page.wait_for_url("**/archive/")
    context.close()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "What are you looking for?"),
        ("?q=turbine", "3 articles for “turbine”"),
        ("?q=road&from=2026-08-01", "24 articles for “road” since 1 August 2026"),
        ("?q=unicorn", "No articles for “unicorn”"),
    ],
)
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_moves_while_results_come(page: Page, query: str, told: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"search/{query}")
    before = page.locator("#q").bounding_box()
    expect(page.locator("#found")).to_have_text(told)
    page.evaluate(SETTLED)
    assert page.locator("#q").bounding_box() == before
    assert page.evaluate("window.moved") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "What are you looking for?"),
        ("?q=turbine&to=2026-12-31", "3 articles for “turbine” until 31 December 2026"),
        ("?q=unicorn", "No articles for “unicorn”"),
    ],
)
def test_everybody_can_use_it(page: Page, query: str, told: str):
    search(page, query, told)
    page.evaluate(AXE_SCRIPT)
    found: list[tuple[str, int, str]] = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            violations = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
            found += [(scheme, size["width"], one["id"]) for one in violations]
    assert found == []
