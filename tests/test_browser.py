"""A visit in a real browser: what evidence leads to, what is asked for, what it weighs, what is printed.

The `page` of these tests fails by itself if a page writes to the console (a policy that was broken, a
script that failed) or asks anyone but its own site for anything.
"""

from __future__ import annotations

import gzip
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, get_args
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

import pytest

from generator.pages.frame import Kind
from tests.browsing import PHONE, WIDE, Visit, go, opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


pytestmark = pytest.mark.browser

KINDS = get_args(Kind)
ARTICLE = "weekly/2026/11/corvane/"
FIRST_VIEW = 50_000  # bytes on the wire
TEXTS = {".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml"}


# ------------------------------------------------------------------------------------- evidence


def test_a_line_leads_to_its_sentence_and_back(page: Page):
    page.goto("weekly/")
    page.get_by_role("link", name="Corvane borrows $2.3 billion for a hall").first.click()
    page.wait_for_url(f"**/{ARTICLE}")
    page.locator("#b-summary .ev a").first.click()
    sentence = page.locator(".s:target")
    assert sentence.get_attribute("id") == "s1"
    assert "Corvane will borrow $2.3 billion" in sentence.inner_text()
    paint = sentence.evaluate("element => getComputedStyle(element).backgroundImage")
    assert paint != "none"
    sentence.locator("a.back").first.click()
    assert page.locator(".line:target").get_attribute("id") == "b-summary"


def test_boilerplate_is_in_the_text_and_not_in_the_brief(page: Page):
    page.goto(ARTICLE)
    assert "Sign up for our weekly letter." in page.locator(".text").inner_text()
    assert "Sign up" not in page.locator(".brief").inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_there_without_script(scriptless: Page, visit: Visit, kind: str):
    for one in visit.of(kind):
        go(scriptless, one)
        assert scriptless.locator("h1").is_visible(), one
        assert scriptless.locator(".js-only:visible").count() == 0, one


def test_evidence_needs_no_script(scriptless: Page):
    scriptless.set_viewport_size(PHONE)  # type: ignore[arg-type]
    scriptless.goto(ARTICLE)
    scriptless.locator("#b-summary .ev a").first.click()
    scriptless.locator(".s:target a.back").first.click()
    assert scriptless.locator(".line:target").get_attribute("id") == "b-summary"


def test_the_theme_switch_is_remembered(page: Page):
    page.goto("weekly/")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("[data-do=theme]").click()
    after = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert before != after
    page.goto("weekly/archive/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == after


def test_an_old_address_leads_to_the_new_one(page: Page):
    page.goto("weekly/old/corvane/")
    page.wait_for_url(f"**/{ARTICLE}")


# ------------------------------------------------------------------------------------ what moves

# All shifts so far, those just after a key or click too.
SHIFTS = """() => new Promise((done) => {
  const told = [];
  new PerformanceObserver((list) => told.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(told.map((one) =>
    [one.value, ...one.sources.map((source) => source.node?.outerHTML?.slice(0, 80) ?? source.node?.data)])), 60));
})"""
TO_THE_END = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 10)));
  }
  scrollTo(0, 0);
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_a_page_loads_or_changes_its_theme(page: Page, visit: Visit, kind: str):
    for one in visit.of(kind):
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            go(page, one)
            page.evaluate(TO_THE_END)
            page.evaluate("document.activeElement.blur()")  # in a field, t is a letter
            for _ in ("dark", "light"):
                page.keyboard.press("t")
            assert page.evaluate(SHIFTS) == [], (one, size)


def test_a_shift_would_be_seen(page: Page):
    page.goto("weekly/")
    page.evaluate(
        "() => { const bar = document.createElement('p'); bar.textContent = 'Late'; document.body.prepend(bar); }"
    )
    assert page.evaluate(SHIFTS) != []


# ---------------------------------------------------------------------------- what a page weighs


def test_the_first_view_is_light(browser: Browser, visit: Visit):
    """The front pages and the articles of the sample: all that a browser asks for before anyone scrolls."""
    asked: set[str] = set()
    shown = [one for kind in ("home", "article") for one in visit.of(kind, all_of_them=True)]
    weights: dict[str, int] = {}
    with opened(browser, visit.address) as page:
        page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        for one in shown:
            if "peat" not in one.path:
                asked.clear()
                go(page, one)
                assert {file.rpartition(".")[2] for file in asked} >= {"css", "js"}, one
                weights[one.path] = sum(_on_the_wire(_file(visit.root, path)) for path in asked)
    assert len(weights) > 20
    assert {path: size for path, size in weights.items() if size > FIRST_VIEW} == {}


def _on_the_wire(file: Path) -> int:
    """Bytes of a file, as a server that compresses text sends it."""
    data = file.read_bytes()
    return len(gzip.compress(data, 6)) if file.suffix in TEXTS else len(data)


# --------------------------------------------------------------------------------------- on paper


def printed(page: Page) -> list[str]:
    """The words of each side, on A4; ligatures as letters."""
    from pypdf import PdfReader

    sides = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return [" ".join(normalize("NFKC", side.extract_text()).split()) for side in sides]


def test_an_edition_is_one_sheet_of_paper(page: Page, visit: Visit):
    editions = [one for one in visit.of("edition", all_of_them=True) if "2026-11" in one.path]
    assert len(editions) > 5
    for one in editions:
        go(page, one)
        sides = printed(page)
        assert len(sides) <= 2, one
        assert "That was" in sides[-1], one
        assert "Archive" not in "".join(sides), one


def test_an_article_is_printed_with_its_text_and_without_the_menu(page: Page):
    page.goto("daily/2026/11/corvane-llano-verde/")
    menu = page.locator(".bar a").all_inner_texts()
    sentences = [page.locator(".prose .s").nth(n).inner_text() for n in (0, -1)]
    told = " ".join(printed(page))
    assert [said for said in sentences if said[-40:] not in told] == []
    assert menu
    assert [word for word in menu if word in told.split()] == []


# ------------------------------------------------------------------------------------------ links


class Links(HTMLParser):
    """What a page links to or shows, and the ids that may be linked to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(
        self,
        tag: str,  # noqa: ARG002 -- the base class's
        attrs: list[tuple[str, str | None]],
    ) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        for name in ("href", "src"):
            if given.get(name) is not None and given.get("rel") != "canonical":
                self.links.add(given[name] or "")


def test_every_link_within_the_site_leads_somewhere(visit: Visit):
    """On every page of every site: the file is there, and so is what a fragment names in it."""
    read = {visit.file(one): Links(visit.file(one).read_text(encoding="utf-8")) for one in visit.pages}
    here = "https://news.example/"
    dead: set[str] = set()
    count = 0
    for one in visit.pages:
        for link in read[visit.file(one)].links:
            url = urlsplit(link.removeprefix(here.rstrip("/")) if link.startswith(here) else link)
            if url.scheme or url.netloc:
                continue
            count += 1
            file = _file(visit.root, url.path) if url.path else visit.file(one)
            name = unquote(url.fragment)
            if not file.is_file() or (name and name not in read[file].ids):
                dead.add(f"{one.path}: {link}")
    assert count > 5_000
    assert sorted(dead) == []


def _file(root: Path, path: str) -> Path:
    file = root / unquote(path).lstrip("/")
    return file / "index.html" if path.endswith("/") else file
