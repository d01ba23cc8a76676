"""Nothing executes, asked of Chromium: a tripwire that no page of a hostile site may touch.

Once with the pages' policy switched off, so that it is the cleaning that is tested; once with it; and once the
policy alone, over payloads that nobody cleaned.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import pictures
from generator.content.tokens import convert
from generator.pages.frame import policy
from tests import hostile, payloads
from tests.browsing import served
from tests.building import build_site, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

NOWHERE = "http://raw.invalid/"
# What a reader's click, key or mouse would set off, by the browser's own reading of each address.
LURKING = """() => {
  const told = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes) if (/^on/i.test(name)) told.push(`${element.localName} ${name}`);
    for (const name of ["href", "src", "action", "formAction", "data", "cite"]) {
      const address = element[name]?.baseVal ?? element[name];
      if (typeof address !== "string" || !address || !/^[a-z]/i.test(address)) continue;
      if (element.localName === "button" || element.localName === "input") continue;
      const { protocol } = new URL(address, document.baseURI);
      if (!["http:", "https:", "mailto:"].includes(protocol)) told.push(`${element.localName} ${address}`);
    }
  }
  const frames = document.querySelectorAll("iframe, frame, object, embed, portal, fencedframe").length;
  return frames ? [...told, `${frames} frames`] : told;
}"""
CLOBBERED = """() => [
  document.getElementById("main").localName, document.getElementById("keys").localName,
  typeof document.querySelector, typeof document.getElementById, document.body.localName, document.baseURI === location.href,
].join()"""
WHOLE = "main,dialog,function,function,body,true"


@dataclass(slots=True)
class Wire:
    """A page, and all that it did which nobody asked it to."""

    page: Page
    home: str
    touched: list[str] = field(default_factory=list)

    def open(self, address: str) -> list[str]:
        """Open a page and give what it has touched; the page before it may still be about to lead elsewhere."""
        if not self._opened(address) and not self._opened(address):
            self.touched.append("led elsewhere")
        self.page.wait_for_timeout(2)
        return list(self.touched)

    def _opened(self, address: str) -> bool:
        from playwright.sync_api import Error

        self.touched.clear()
        try:
            self.page.goto(address, wait_until="load")
        except Error as error:
            if "interrupted by another navigation" not in error.message:
                raise
            return False
        return True


@contextmanager
def wired(browser: Browser, home: str, *, policed: bool) -> Iterator[Wire]:
    """A page with a tripwire; nothing that it asks of other hosts leaves the machine."""
    context = browser.new_context(bypass_csp=not policed)
    page = context.new_page()
    wire = Wire(page, home)

    def heard(what: str) -> None:
        wire.touched.append(what)

    def asked(route: Route) -> None:
        if route.request.url.startswith((home, NOWHERE)):
            route.fallback()
        else:
            heard(f"asked {route.request.url}")
            route.abort()

    context.expose_binding("tripwire", lambda source, *_: heard(f"ran in {source['frame'].url}"))
    context.route("**/*", asked)
    page.on("dialog", lambda dialog: (heard(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda popup: heard(f"popup {popup.url}"))
    page.on("download", lambda download: heard(f"download {download.url}"))
    page.on("frameattached", lambda frame: heard(f"frame {frame.url}"))
    try:
        yield wire
    finally:
        context.close()


# ------------------------------------------------------------------------------------- whole sites


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A hostile site and its address: payloads in every field, and as the texts of articles."""
    deep = request.config.getoption("--deep")
    texts = [hostile.told(text) for text in payloads.texts()]
    bodies = hostile.bodies() if deep else [*payloads.markdown()[::15], *hostile.bodies()[::130]]
    folder = tmp_path_factory.mktemp("wired")
    files = hostile.files_of_fields(texts if deep else list(hostile.batches(texts))[::6])
    for name, text in hostile.files_of_bodies(bodies, folder / "tried").items():
        if name.endswith(".md"):
            files[f"content/{'pages/' if 'pages/' in name else ''}b{name.rpartition('/')[2]}"] = _renamed(
                text
            )
    build_site(write_site(folder / "built", files))
    shutil.move(folder / "built/site", folder / f"served{hostile.BASE}")
    with served(folder / "served") as address:
        yield address + hostile.BASE.strip("/") + "/", folder / f"served{hostile.BASE}"


def _renamed(text: str | bytes) -> str:
    """Give an article of one site an id and an old address that no article of the other has."""
    assert isinstance(text, str)
    return (
        text.replace('\nid: "a', '\nid: "b')
        .replace('"old/', '"older/')
        .replace("\nstory: ", '\nstory: "none" # ')
    )


def _pages(root: Path, *, all_of_them: bool) -> list[str]:
    """Pages that stay where they are; unless all, those of the texts and one in each folder."""
    files = (
        file for file in root.rglob("*.html") if "This page has moved" not in file.read_text(encoding="utf-8")
    )
    every = sorted(file.relative_to(root).as_posix() for file in files)
    kinds = {path.split("/")[0]: path for path in every}
    return every if all_of_them else sorted({*kinds.values(), *(p for p in every if p.startswith("2026/"))})


@pytest.mark.parametrize("policed", [False, True], ids=["cleaning alone", "with the policy"])
def test_no_page_of_a_hostile_site_touches_the_wire(
    browser: Browser, site: tuple[str, Path], request: pytest.FixtureRequest, *, policed: bool
):
    home, root = site
    deep = request.config.getoption("--deep")
    pages = _pages(root, all_of_them=deep)
    assert len(pages) > 20
    found: dict[str, Any] = {}
    with wired(browser, home, policed=policed) as wire:
        for path in pages if deep or not policed else pages[::4]:
            touched = wire.open(home + path)
            touched += wire.page.evaluate(LURKING)
            whole = wire.page.evaluate(CLOBBERED)
            if touched or whole != WHOLE:
                found[path] = touched, whole
    assert found == {}


def test_an_old_address_leads_to_its_article_and_nowhere_else(browser: Browser, site: tuple[str, Path]):
    home, _ = site
    with wired(browser, home, policed=False) as wire:
        wire.page.goto(f"{home}old/0/")
        wire.page.wait_for_url(f"{home}2026/11/0/")
        assert wire.touched == []


def test_a_feed_that_a_browser_shows_touches_no_wire(browser: Browser, site: tuple[str, Path]):
    home, _ = site
    with wired(browser, home, policed=False) as wire:
        for name in ("feed.xml", "atom.xml"):
            assert wire.open(home + name) == []
            assert wire.page.evaluate(LURKING) == []


# ------------------------------------------------------------------------------- texts by themselves


@contextmanager
def raw(wire: Wire, head: str = "") -> Iterator[Any]:
    """A function that shows HTML as it is in a page of its own, and gives what that touched."""
    shown = ""

    def answer(route: Route) -> None:
        page = f"<!doctype html><meta charset=utf-8>{head}<title>x</title><main><div>{shown}</div></main>"
        route.fulfill(body=page, content_type="text/html")

    def show(html: str) -> list[str]:
        nonlocal shown
        shown = html
        return wire.open(NOWHERE)

    wire.page.route(f"{NOWHERE}**", answer)
    yield show


def _some(every: Sequence[Any], step: int, request: pytest.FixtureRequest) -> Sequence[Any]:
    return every if request.config.getoption("--deep") else every[::step]


def test_the_wire_tells_what_is_alive(browser: Browser, request: pytest.FixtureRequest):
    some = _some([*payloads.listed("html.txt"), *payloads.listed("mutations.txt")], 23, request)
    with wired(browser, NOWHERE, policed=True) as wire, raw(wire) as show:
        alive = [one for one in some if show(one)]
    assert len(alive) > len(some) // 3


@pytest.mark.deep
def test_no_cleaned_text_touches_the_wire(browser: Browser):
    """The same payloads at all places of a text, as Chromium reads what came of them."""
    every = [place for one in (*payloads.html(), *payloads.texts()) for place in payloads.placed(one)][::29]
    with wired(browser, NOWHERE, policed=True) as wire, raw(wire) as show:
        found = {one: told for one in every if (told := [*show(convert(one)), *wire.page.evaluate(LURKING)])}
    # `content` makes links of pictures on other sites afterwards.
    alive = {one: [it for it in told if not it.startswith("asked")] for one, told in found.items()}
    assert [it for it in alive.items() if it[1]] == []


def _drawings() -> Iterator[bytes]:
    """Each payload as a picture; only those that may be published."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="3"'
    for one in payloads.html():
        drawing = (head + (one[4:] if one.startswith("<svg") else f">{one}</svg>")).encode()
        with suppress(ValueError):
            pictures.measure(drawing)
            yield drawing


def test_a_picture_that_may_be_published_touches_no_wire(browser: Browser, request: pytest.FixtureRequest):
    """Opened by itself, at the address that it has on the site: as a picture it could do even less."""
    drawings = list(_drawings())
    assert 10 < len(drawings) < len(payloads.html()) // 20
    shown = b""
    with wired(browser, NOWHERE, policed=False) as wire:
        wire.page.route(f"{NOWHERE}**", lambda route: route.fulfill(body=shown, content_type="image/svg+xml"))
        for shown in _some(drawings, 4, request):
            assert wire.open(NOWHERE) == [], shown
            assert wire.page.evaluate(LURKING) == [], shown


# ----------------------------------------------------------------------------------------- the policy


def test_the_policy_alone_stops_what_nobody_cleaned(browser: Browser, request: pytest.FixtureRequest):
    """All but an address that a `meta` leads on to, which no policy can forbid, and empty frames."""
    some = _some(payloads.html(), 29, request)
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy({})}">'
    found: dict[str, list[str]] = {}
    with wired(browser, NOWHERE, policed=True) as wire, raw(wire, head) as show:
        for one in some:
            # What leads on may do so while the next one is shown.
            if "refresh" not in one.lower() and (
                told := [it for it in show(one) if not it.startswith("frame")]
            ):
                found[one] = told
    assert found == {}


EMBED = """\
Corvane will borrow $2.3 billion for a hall. It opens in May.

<script>tripwire()</script>

<div style="height: 7px" onclick="tripwire()">x</div>

<iframe srcdoc="<script>parent.tripwire()</script>"></iframe>
"""


@pytest.mark.parametrize("trusted", [False, True])
def test_what_a_site_trusts_runs_under_the_policy_of_its_page(
    browser: Browser, tmp_path: Path, *, trusted: bool
):
    files: dict[str, str | bytes] = {
        "config.yaml": hostile.config("x", content={"trusted_html": trusted}),
        "content/pages/about.md": "---\ntitle: About\n---\n",
        "content/x.md": f"---\ntitle: X\ndate: 2026-11-23\n---\n\n{EMBED}",
    }
    build_site(write_site(tmp_path, files))
    shutil.move(tmp_path / "site", tmp_path / f"served{hostile.BASE}")
    with served(tmp_path / "served") as address, wired(browser, address, policed=True) as wire:
        touched = wire.open(f"{address}sheet/2026/11/x/")
        assert len([it for it in touched if it.startswith("ran")]) == (2 if trusted else 0)
        if trusted:
            wire.page.locator(".prose div").click()
            wire.page.evaluate("0")
            assert len([it for it in wire.touched if it.startswith("ran")]) == 3
            height = wire.page.locator(".prose div").evaluate("element => getComputedStyle(element).height")
            assert height == "7px"
        assert wire.open(f"{address}sheet/") == []
