"""WCAG 2.2 AA on every kind of page, as far as a machine can tell: docs/accessibility.md says what is held.

Kinds come from the planner. One that no site of the visit has fails here.
"""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from generator import text
from generator.pages.frame import Kind
from tests.browsing import NARROW, PHONE, WIDE, Visit, go, opened, styled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


pytestmark = pytest.mark.browser

TEMPLATES = Path(__file__).parent.parent / "templates"
KINDS = get_args(Kind)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# WCAG 1.4.12: what a reader may set without losing anything.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
ARABIC = "مدينة ساحلية"
LARGE = ":root { font-size: 200% !important }"
# Every page is seen in light, in dark, wide and at 320 px; every other page has the other scheme at 320 px.
PAIRS = ((("light", WIDE), ("dark", NARROW)), (("light", NARROW), ("dark", WIDE)))
SEEN = [seen for pair in PAIRS for seen in pair]


def test_each_template_of_a_page_is_walked(visit: Visit):
    whole = {path.name for path in TEMPLATES.glob("*.html") if not path.name.startswith("_")} - {"base.html"}
    assert {page.template for page in visit.pages} == whole


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, visit: Visit, kind: str, request: pytest.FixtureRequest):
    from axe_playwright_python.base import AXE_SCRIPT

    deep = request.config.getoption("--deep")
    found: list[str] = []
    for n, one in enumerate(visit.of(kind, all_of_them=deep), KINDS.index(kind)):
        go(page, one)
        page.evaluate(AXE_SCRIPT)
        for scheme, size in SEEN if deep else PAIRS[n % len(PAIRS)]:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size(size)  # type: ignore[arg-type]
            said = page.evaluate(
                "options => axe.run(options)", {"runOnly": STANDARDS, "resultTypes": ["violations"]}
            )
            found += [f"{one.path} {scheme} {size['width']}: {x}" for x in _told(said["violations"])]
    assert not found, "\n".join(found)


def test_axe_sees_a_fault(page: Page):
    from axe_playwright_python.base import AXE_SCRIPT

    page.goto("daily/")
    page.evaluate("document.querySelector('.plate').innerHTML = '<img src=\"\">'")
    page.evaluate(AXE_SCRIPT)
    assert [rule["id"] for rule in page.evaluate("axe.run({ runOnly: ['image-alt'] })")["violations"]] == [
        "image-alt"
    ]


def _told(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']} at {' '.join(map(str, node['target']))}: {node['html'][:160]} ({node['failureSummary']})"
        for rule in violations
        for node in rule["nodes"]
    ]


OUTLINE = """() => {
  const all = (query, of = document) => [...of.querySelectorAll(query)];
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const name = (one) => one.getAttribute("aria-label")
    ?? document.getElementById(one.getAttribute("aria-labelledby") ?? "")?.textContent.trim() ?? "";
  return {
    lang: document.documentElement.lang,
    headings: all("h1, h2, h3, h4, h5, h6").filter(shown).map((one) => Number(one.tagName[1])),
    mains: all("main").length,
    navs: all("nav").filter(shown).map(name),
    tongues: all("main [lang]").map((one) => [one.lang, one.dir]),
    article: document.querySelector("main > article")?.lang || document.documentElement.lang,
    ids: all("[id]").map((one) => one.id),
  };
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_headings_landmarks_and_languages(page: Page, visit: Visit, kind: str):
    for one in visit.of(kind):
        go(page, one)
        found = page.evaluate(OUTLINE)
        levels = found["headings"]
        assert levels.count(1) == 1, one
        assert levels[0] == 1, one
        assert all(low <= high + 1 for high, low in pairwise(levels)), (one, levels)
        assert found["mains"] == 1, one
        assert all(found["navs"]), (one, found["navs"])
        assert len(set(found["navs"])) == len(found["navs"]), (one, found["navs"])
        assert len(set(found["ids"])) == len(found["ids"]), one
        assert found["article"] == one.lang, one
        assert all(side == text.direction(lang) for lang, side in found["tongues"] if side), (one, found)


NAMES = ["بريد المرفأ", "ليلى حداد"]
# Arabic that is not marked as such. A name of an outlet or an author need not say its language (WCAG 3.1.2 leaves
# names out), but must be kept from turning the words beside it around.
UNMARKED = """(names) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const { data, parentElement: around } = walk.currentNode, { lang, dir } = around.closest("[lang]");
    if (!/\\p{Script=Arabic}{2}/u.test(data) || (lang === "ar" && dir === "rtl")) continue;
    const name = names.includes(data.trim().replace(/^By /, "")) && getComputedStyle(around).unicodeBidi === "isolate";
    if (!name) found.push(data.trim());
  }
  return found;
}"""


def test_what_is_in_another_language_says_so_wherever_it_stands(page: Page, visit: Visit):
    shown = [
        p for p in visit.pages if ARABIC in visit.file(p).read_text(encoding="utf-8").partition("<body")[2]
    ]
    assert {"home", "edition", "article", "month", "topic"} <= {one.kind for one in shown}
    for one in shown:
        go(page, one)
        assert page.evaluate(UNMARKED, NAMES) == [], one


# Text that is cut off, or lies upon other text. A line may touch the next; half of it may not.
LOST = """() => {
  const lost = [], boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const edge = document.documentElement.clientWidth;
  while (walk.nextNode()) {
    const node = walk.currentNode, around = node.parentElement;
    if (!node.data.trim() || !around.checkVisibility({ visibilityProperty: true })) continue;
    if (around.closest(".vh, .skip, dialog, svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const said = node.data.trim().slice(0, 40);
    let block = around;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      if (box.right > edge + 1 || box.left < -1) lost.push(`outside: ${said}`);
      for (let cut = around; cut !== document.body; cut = cut.parentElement) {
        if (!/hidden|clip/.test(getComputedStyle(cut).overflow)) continue;
        const frame = cut.getBoundingClientRect();
        if (box.right > frame.right + 1 || box.bottom > frame.bottom + 4) lost.push(`cut off: ${said}`);
      }
      boxes.push({ block, said, top: box.top, bottom: box.bottom, left: box.left, right: box.right });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((one, n) => {
    for (let m = n + 1; m < boxes.length && boxes[m].top < one.bottom; m++) {
      const other = boxes[m];
      if (other.block === one.block) continue;
      const high = Math.min(one.bottom, other.bottom) - other.top;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const least = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (wide > 2 && high > least / 2) lost.push(`upon each other: ${one.said} | ${other.said}`);
    }
  });
  return [...new Set(lost)];
}"""
SETTINGS = {"as it is": "", "200 %": LARGE, "spaced": SPACED, "200 % and spaced": LARGE + SPACED}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_at_twice_the_size_and_with_more_space(
    page: Page, visit: Visit, kind: str, request: pytest.FixtureRequest
):
    deep = request.config.getoption("--deep")
    found: list[str] = []
    for one in visit.of(kind, all_of_them=deep):
        go(page, one)
        for size in (WIDE, PHONE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for name, css in SETTINGS.items():
                if css == LARGE and not deep:
                    continue  # with more space it is harder
                if size is NARROW and LARGE in css:
                    continue  # 320 px is what 400 % of 1280 px leaves: WCAG asks for no more on top
                styled(page, css)
                where = f"{one.path} at {size['width']} px, {name}"
                wide = page.evaluate("document.documentElement.scrollWidth")
                found += [f"{where}: {wide} px wide"] if wide > size["width"] else []
                found += [f"{where}: {lost}" for lost in page.evaluate(LOST)]
    assert not found, "\n".join(found)


FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll("*")].indexOf(one),
    tag: one.localName,
    name: one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent.trim(),
    outlined: style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    seen: box.width > 0 && (box.height > innerHeight || (box.top >= -1 && box.bottom <= innerHeight + 1))
      && box.left >= 0 && box.right <= innerWidth + 1,
  };
}"""
STOPS = 600  # more than any page has


def _focused(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(FOCUSED))


def _stops(page: Page) -> list[dict[str, Any]]:
    """What Tab comes to, from the top of the page to its end."""
    # Where a field has the focus from the start, Tab would begin behind it.
    begun = page.evaluate(
        "document.activeElement !== document.body && (document.querySelector('.skip').focus(), true)"
    )
    found: list[dict[str, Any]] = [_focused(page)] if begun else []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        at = _focused(page)
        # After the last stop the browser goes to its own bar, or begins again where it has none.
        if found and at["place"] == found[-1]["place"]:
            continue  # a field for a date has stops within it
        if at["tag"] == "body" or (found and at["place"] == found[0]["place"]):
            return found
        # A field for a day has a stop for each of its parts.
        if not found or at["place"] != found[-1]["place"]:
            found.append(at)
    raise AssertionError("Tab never left the page")


def _tab_to(page: Page, tag: str, name: str) -> None:
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        at = _focused(page)
        if at["tag"] == tag and at["name"].startswith(name):
            return
    raise AssertionError(f"Tab never came to {tag} {name}")


@pytest.mark.parametrize("size", [WIDE, pytest.param(NARROW, marks=pytest.mark.deep)], ids=["wide", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
def test_tab_comes_to_everything_in_order_and_is_seen(
    page: Page, visit: Visit, kind: str, size: dict[str, int]
):
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for one in visit.of(kind):
        go(page, one)
        stops = _stops(page)
        places = [stop["place"] for stop in stops]
        assert places == sorted(set(places)), one
        assert [stop for stop in stops if not (stop["outlined"] and stop["seen"])] == [], one
        reachable = "[...document.querySelectorAll('a[href], button, input, select, summary')].filter(one => one.checkVisibility() && one.tabIndex >= 0).length"
        assert len(stops) == page.evaluate(reachable), one


def test_a_whole_visit_by_keyboard(page: Page):
    press = page.keyboard.press
    page.goto("daily/")
    press("Tab")
    assert _focused(page)["name"].startswith("Skip")
    press("Enter")
    press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

    # By the menu to the archive and home again.
    page.goto("daily/")
    _tab_to(page, "a", "Archive")
    press("Enter")
    page.wait_for_url("**/archive/")
    assert page.evaluate("document.querySelector('.bar [aria-current]').textContent") == "Archive"
    _tab_to(page, "a", "Today")
    press("Enter")
    page.wait_for_url("**/daily/")

    # From story to story, and into one.
    heads = page.locator(".story :is(h2, h3) a").all_inner_texts()
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        press(key)
        assert _focused(page)["name"] == heads[place]
        assert _focused(page)["outlined"]
    press("o")
    page.wait_for_url("**/2026/11/*/")
    assert page.locator("h1").inner_text() == heads[1]

    # From a line of the brief to its sentence, and back.
    page.goto("daily/2026/11/corvane-llano-verde/")
    _tab_to(page, "a", "Evidence: sentence")
    mark = page.evaluate("document.activeElement.hash")
    line = page.evaluate("document.activeElement.closest('.line').id")
    press("Enter")
    assert page.locator(".s:target").get_attribute("id") == mark[1:]
    press("Tab")
    assert page.evaluate("document.activeElement.matches('.s:target .back, .s:target .back *')")
    press("Enter")
    assert page.locator(".line:target").get_attribute("id") == line
    press("Tab")
    assert page.evaluate("document.activeElement.closest('.line')?.id") == line

    # Light and dark, by key and by the switch.
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    press("t")
    assert page.evaluate(ground) != light
    page.goto("daily/")
    assert page.evaluate(ground) != light
    _tab_to(page, "button", "Dark theme")
    assert page.evaluate("document.activeElement.ariaPressed") == "true"
    press("Space")
    assert page.evaluate(ground) == light
    assert page.evaluate("document.activeElement.ariaPressed") == "false"


def test_the_list_of_keys_holds_the_focus_gives_it_back_and_switches_them_off(page: Page):
    press = page.keyboard.press
    page.goto("daily/")
    press("j")
    before = _focused(page)["place"]
    press("?")
    box = page.locator("#keys")
    assert box.is_visible()
    for _ in range(5):
        press("Tab")
        # Between the last and the first stop lies the browser's own bar, which is no part of the page.
        assert page.evaluate("document.activeElement.closest('dialog, body').localName") in ("dialog", "body")
        assert page.evaluate("document.activeElement.matches('dialog *, body')")
    press("Escape")
    assert not box.is_visible()
    assert _focused(page)["place"] == before

    press("?")
    page.get_by_label("Use these keys").focus()
    press("Space")
    press("Escape")
    for key in ("j", "t", "?"):
        press(key)
    assert _focused(page)["place"] == before
    assert not box.is_visible()
    page.reload()
    press("j")
    assert _focused(page)["tag"] == "body"

    _tab_to(page, "button", "Keyboard shortcuts")
    press("Enter")
    page.get_by_label("Use these keys").focus()
    press("Space")
    press("Escape")
    press("j")
    assert page.evaluate("document.activeElement.matches('.story :is(h2, h3) a')")


TAKEN = """() => {
  const keys = [..."abcdefghijklmnopqrstuvwxyz0123456789?/.,'", "Enter", "Escape", "ArrowDown", "PageDown", "Home", "End", " "];
  const taken = [];
  for (const held of ["", "ctrlKey", "altKey", "metaKey"])
    for (const key of keys) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...(held && { [held]: true }) });
      if (!document.body.dispatchEvent(event)) taken.push(held + key);
      document.activeElement.blur();
      document.getElementById("keys")?.close();
    }
  return taken;
}"""


def test_no_combination_of_the_browser_is_taken(page: Page, visit: Visit):
    """Single letters alone, and each of them is in the list."""
    for kind in ("home", "article", "topic", "archive"):
        go(page, visit.of(kind)[0])
        listed = page.locator("#keys kbd").all_text_contents()
        assert sorted(page.evaluate(TAKEN)) == sorted(listed)
        page.wait_for_url("**/search/")  # where one of them leads


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_for_who_asks_for_less_motion(page: Page, visit: Visit, kind: str):
    moves = """() => ({
      running: document.getAnimations().length,
      smooth: [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).scrollBehavior !== "auto").length,
      long: [...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationDuration } = getComputedStyle(one);
        return /[1-9]/.test(transitionDuration + animationDuration);
      }).length,
      crossing: [...document.styleSheets].some((sheet) => (function rules(list) {
        return [...list].some((rule) => rule.constructor.name === "CSSViewTransitionRule"
          || (rule.cssRules && (!rule.media || matchMedia(rule.media.mediaText).matches) && rules(rule.cssRules)));
      })(sheet.cssRules)),
    })"""
    for one in visit.of(kind):
        page.emulate_media(reduced_motion="reduce")
        go(page, one)
        page.keyboard.press("Tab")
        assert page.evaluate(moves) == {"running": 0, "smooth": 0, "long": 0, "crossing": False}, one
    if kind == "home":  # and for everyone else something does: what is asked here can be seen
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate(moves)["crossing"]


def _colours(page: Page, selector: str) -> int:
    """How many colours a part of the page is painted in."""
    from PIL import Image

    with Image.open(BytesIO(page.locator(selector).first.screenshot())) as picture:
        return len(picture.convert("RGB").getcolors(1 << 20))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_everything_to_be_seen(browser: Browser, visit: Visit, scheme: str):
    with opened(browser, visit.address, forced_colors="active", color_scheme=scheme) as page:
        page.goto("daily/2026/11/corvane-llano-verde/")
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert _colours(page, ".switch") > 1
        page.locator(".brief .ev a").first.click()
        paint = page.locator(".s:target").evaluate(
            """(one) => {
              const probe = document.body.appendChild(document.createElement("i"));
              probe.style.cssText = "forced-color-adjust: none; background: Mark; color: MarkText";
              const want = getComputedStyle(probe), got = getComputedStyle(one);
              return [got.backgroundColor === want.backgroundColor, got.color === want.color];
            }"""
        )
        assert paint == [True, True]
        for tag, name in (("a", "Evidence"), ("button", "Dark theme")):
            page.goto("daily/2026/11/corvane-llano-verde/")
            _tab_to(page, tag, name)
            drawn, ground = page.evaluate(
                "[getComputedStyle(document.activeElement).outlineColor, getComputedStyle(document.body).backgroundColor]"
            )
            assert _focused(page)["outlined"]
            assert drawn != ground
        page.goto("daily/")  # one article is read by now, so the others are marked as unread
        assert page.locator("[data-unread]").count() > 1
        assert _colours(page, "[data-unread] .n") > 1
