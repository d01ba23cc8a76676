"""Nothing executes: what content and config hold comes out inert, whatever it is and wherever it stands.

The payloads are in `tests/payloads`, what makes HTML inert in `tests/inertness`; `tests/test_inert_browser.py`
asks Chromium.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generator import assets, config
from generator.content import Reading
from generator.content.articles import read_file
from generator.content.tokens import convert
from generator.pages.evidence import rooted
from generator.problems import InvalidSource
from tests import hostile, payloads
from tests.building import build_site, write_site
from tests.inertness import in_feed, in_page, in_text, scheme, structured, texts_of

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
# Lines that only look alive: nothing comes of them in the place where the checker reads them.
DECOYS = 12
ABOUT = "---\ntitle: About\n---\n\nWords.\n"
ENTITIES = "a&#1;b&#2;c&#x1b;d&#xfffe;e&#xffff;f&#xd800;g&#0;h"


def html_of(body: str, tmp_path: Path) -> str | None:
    """HTML of a text as a page shows it; None where it is refused."""
    file = tmp_path / "x.md"
    file.write_text(f"---\ntitle: X\ndate: 2026-11-23\n---\n\n{body}\n", encoding="utf-8", newline="\n")
    made = read_file(("x.md", None), tmp_path, Reading("UTC", "en"))
    return rooted(made.article.html, "/") if made.article and not made.problems else None


def alive(bodies: Iterable[str], tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    for body in bodies:
        made = html_of(body, tmp_path)
        found = in_text(made) if made is not None else []
        if found:
            yield body, found


# ------------------------------------------------------------------------------------------- texts


def test_the_payloads_are_alive_until_they_are_cleaned():
    dead = [one for one in payloads.html() if not in_text(one)]
    assert len(dead) <= DECOYS, dead
    assert len({*payloads.html()}) == len(payloads.html()) > 600


def test_a_text_is_inert(tmp_path: Path):
    handlers = list(payloads.handlers())
    raw = (*payloads.listed("html.txt"), *payloads.listed("mutations.txt"), *handlers[::9])
    bodies = (*payloads.markdown(), *raw, *payloads.texts(), *list(payloads.links())[::17])
    assert list(alive(bodies, tmp_path)) == []


@pytest.mark.deep
@pytest.mark.parametrize("number", range(8))
def test_a_text_is_inert_wherever_the_payload_stands(number: int, tmp_path: Path):
    every = (*payloads.html(), *payloads.texts())[number::8]
    placed = chain.from_iterable(map(payloads.placed, every))
    assert list(alive(chain(placed, list(payloads.links())[number::8]), tmp_path)) == []


@pytest.mark.parametrize(
    "cite", ["javascript:tripwire()", "data:text/html,x", "x/y", "//e.example/", " javascript:x"]
)
@pytest.mark.parametrize("element", ["q", "blockquote"])
def test_a_citation_names_a_whole_address_or_none(element: str, cite: str):
    assert "cite" not in convert(f'<{element} cite="{cite}">x</{element}>')
    assert 'cite="https://e.example/"' in convert(f'<{element} cite="https://e.example/">x</{element}>')


def test_a_sample_of_every_place(tmp_path: Path):
    raw = payloads.html()
    bodies = [one for number in range(0, len(raw), 97) for one in payloads.placed(raw[number])]
    assert list(alive(bodies, tmp_path)) == []


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ('<p id="s1">x</p>', '<p id="t-s1">'),
        ('<p id="a b">x</p>\n\n[y](#a b)', '<p id="t-a-b">'),
        ('<p id="">x</p>', "<p>"),
        ('<p id="main" name="main" class="skip">x</p>', '<p id="t-main">'),
        ("[a ![b](https://e.example/c.png) d](https://e.example/)", '<a href="https://e.example/">a b d</a>'),
        ("![b](https://e.example/c.png)", '<a href="https://e.example/c.png">b</a>'),
        ("[x](/\\\\evil.example)", '<a href="https://evil.example">'),
        ("[x](\\\\\\\\evil.example/)", '<a href="https://evil.example/">'),
        ('<a href="/&#9;/evil.example">x</a>', '<a href="https://evil.example">'),
        ('<abbr title="site:x">y</abbr>', '<abbr title="site:x">'),
        ('<abbr title="content:x.md">y</abbr>', '<abbr title="content:x.md">'),
        ('y ="site:x" ="content:x.md"', '=&quot;site:x" =&quot;content:x.md"'),
        ('<data value="content:x">y</data>', '<data value="content:x">'),
        (ENTITIES, "abcdef\ufffdg\ufffdh"),
    ],
)
def test_what_is_ours_stays_ours(body: str, made: str, tmp_path: Path):
    html = html_of(body, tmp_path)
    assert html is not None
    bare = html.replace('<span class="s" id="s1">', "").replace("</span>", "")
    assert made in bare
    assert in_text(html) == []


def test_no_text_turns_around_what_stands_beside_it(tmp_path: Path):
    """Overrides of direction end with their field, their sentence and their element."""
    title, words = "Sold \u202etxt.exe", "Corvane sold &#x202e;halls. It opens in May \u2067soon"
    matter = hostile.yaml(title)
    (tmp_path / "x.md").write_text(
        f"---\ntitle: {matter}\ndate: 2026-11-23\n---\n\n{words}\n", encoding="utf-8"
    )
    article = read_file(("x.md", None), tmp_path, Reading("UTC", "en")).article
    assert article is not None
    assert [it.text for it in article.sentences] == [
        f"{title}\u202c",
        "Corvane sold \u202ehalls.\u202c",
        "It opens in May \u2067soon\u2069",
    ]
    assert article.html.endswith("soon\u2069\u202c</span></p>")


# ------------------------------------------------------------------------------------------ fields


@pytest.fixture(scope="module")
def texts(request: pytest.FixtureRequest) -> list[str]:
    """What each field is given, many payloads at once; one by one in the long run."""
    every = [hostile.told(text) for text in payloads.texts()]
    return every if request.config.getoption("--deep") else list(hostile.batches(every))


@pytest.fixture(scope="module")
def site(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_site(tmp_path_factory.mktemp("fields"), hostile.files_of_fields(texts))
    build_site(folder)
    return folder / "site"


def test_every_page_is_inert_whatever_the_fields_hold(site: Path):
    pages = list(hostile.sheets(site))
    assert len(pages) > 50
    found = {page.url: in_page(page.html, hostile.BASE) for page in pages}
    assert {url: told for url, told in found.items() if told} == {}


def test_what_a_field_holds_is_printed_as_it_is(site: Path, texts: list[str]):
    for number, text in enumerate(texts):
        html = (site / f"2026/11/{number}/index.html").read_text(encoding="utf-8")
        made = texts_of(html, "h1", "title", "figcaption", "aside", "dt")
        assert made["h1"] == [f"B{number} {text}"]
        assert made["title"][0].startswith(f"B{number} {text} · ")
        assert made["figcaption"] == [text, text]  # of the quote, and of the picture
        assert made["aside"][0].endswith(text)  # the correction
        assert text in made["dt"]  # the date as it is written


def test_json_ld_says_exactly_what_the_fields_hold(site: Path, texts: list[str]):
    for number, text in enumerate(texts):
        html = (site / f"2026/11/{number}/index.html").read_text(encoding="utf-8")
        article, crumbs = structured(html)["@graph"]
        assert article["headline"] == f"B{number} {text}"
        assert [it["name"] for it in article["author"]] == [text, "Ada Moreno"]
        assert article["abstract"] == f"{text} Again {text}"
        assert [it["text"] for it in article["correction"]] == [text]
        assert article["articleSection"] == f"T{number} {text}"
        assert article["image"][0]["caption"] == text
        assert article["publisher"]["name"] == texts[0]
        assert crumbs["itemListElement"][0]["name"] == f"T {texts[0]}"[:200]


def test_data_says_exactly_what_the_fields_hold(site: Path, texts: list[str]):
    for number, text in enumerate(texts):
        brief = json.loads((site / f"2026/11/{number}/brief.json").read_bytes())
        assert text in json.dumps(brief, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")
    manifest = json.loads((site / "manifest.webmanifest").read_bytes())
    assert (manifest["name"], manifest["description"]) == (f"T {texts[0]}"[:200], texts[0])
    for name in ("feeds.opml", "sitemap.xml"):
        etree.fromstring((site / name).read_bytes())


def contents(site: Path) -> Iterator[tuple[str, str, str]]:
    """Format, title and content of each item of the site's own feeds."""
    rss = etree.fromstring((site / "feed.xml").read_bytes())
    for item in rss.iter("item"):
        yield "rss", item.findtext("title"), item.findtext(ENCODED) or item.findtext("description")
    atom = etree.fromstring((site / "atom.xml").read_bytes())
    for entry in atom.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}content").get("type") == "html"
        yield "atom", entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content")
    for item in json.loads((site / "feed.json").read_bytes())["items"]:
        yield "json", item["title"], item["content_html"]


def test_feeds_say_exactly_what_the_fields_hold_and_are_inert(site: Path, texts: list[str]):
    told = list(contents(site))
    for form in ("rss", "atom", "json"):
        titles = {title for one, title, _ in told if one == form}
        newest = {f"B{number} {text}" for number, text in enumerate(texts)}
        assert newest <= titles
    assert [(title, found) for _, title, made in told if (found := in_feed(made))] == []


def test_no_feed_holds_an_element_that_a_field_wrote(site: Path):
    """A browser shows a feed as XML, where elements of XHTML would live."""
    ours = {"div", "meta", "p", "strong", "code", "a"}
    for file in (*site.rglob("feed.xml"), *site.rglob("atom.xml")):
        for element in etree.fromstring(file.read_bytes()).iter("{http://www.w3.org/1999/xhtml}*"):
            assert etree.QName(element).localname in ours
            assert not [name for name in element.attrib if name.startswith("on")]


# ------------------------------------------------------------------------------------------ bodies


@pytest.fixture(scope="module")
def bodies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of articles and pages with payloads as their texts: a sample, in the long run all."""
    every = hostile.bodies()
    some = every if request.config.getoption("--deep") else [*payloads.markdown()[::5], *every[::40]]
    folder = tmp_path_factory.mktemp("bodies")
    files = hostile.files_of_bodies(some, folder / "tried")
    assert len(files) > 0.8 * len(some)
    build_site(write_site(folder / "built", files))
    return folder / "built" / "site"


def test_pages_of_hostile_texts_are_inert(bodies: Path):
    found = {page.url: in_page(page.html, hostile.BASE) for page in hostile.sheets(bodies)}
    assert {url: told for url, told in found.items() if told} == {}


def test_full_texts_in_feeds_are_inert(bodies: Path):
    told = list(contents(bodies))
    assert any("tripwire" in made for _, _, made in told)
    assert [(title, found) for _, title, made in told if (found := in_feed(made))] == []


# ---------------------------------------------------------------------- what must have a certain form


FORMED = ("slug", "id", "date", "lang", "canonical_url", "story", "aliases", "draft", "pinned", "updated")


def build_what_is_taken(folder: Path) -> set[str]:
    """Build a site without the files that are refused; gives their paths."""
    refused: set[str] = set()
    while True:
        try:
            build_site(folder)
        except InvalidSource as error:
            told = {problem.path for problem in error.problems}
            assert told.isdisjoint(refused)
            refused |= told
            for path in told:
                (folder / path).unlink()
        else:
            return refused


def test_a_value_that_has_a_form_is_refused_or_inert(tmp_path: Path, request: pytest.FixtureRequest):
    values = [*payloads.listed("urls.txt"), *payloads.texts()]
    files: dict[str, str | bytes] = {"config.yaml": hostile.config("x"), "content/pages/about.md": ABOUT}
    step = 1 if request.config.getoption("--deep") else 5
    for number, key in enumerate(FORMED):
        some = values if key == "canonical_url" else values[number % step :: step]
        for value in some:
            matter = {
                "title": "X",
                "date": "2026-11-23",
                "id": f"a{len(files)}",
                key: [value] if key == "aliases" else value,
            }
            lines = "\n".join(f"{name}: {hostile.yaml(one)}" for name, one in matter.items())
            files[f"content/{key}/{len(files)}.md"] = f"---\n{lines}\n---\n\nWords.\n"
    refused = build_what_is_taken(write_site(tmp_path, files))
    assert 0.8 * len(files) < len(refused) < len(files) - 3
    found = {page.url: in_page(page.html, hostile.BASE) for page in hostile.sheets(tmp_path / "site")}
    assert {url: told for url, told in found.items() if told} == {}


def accepted(values: dict[str, Any], folder: Path) -> config.Config | None:
    (folder / "config.yaml").write_text(hostile.config("x", **values), encoding="utf-8")
    try:
        return config.read(folder).config
    except InvalidSource:
        return None


def test_an_address_in_the_config_is_refused_or_inert(tmp_path: Path):
    write_site(tmp_path, {"content/one.md": hostile.article("x"), "content/picture.png": hostile.PICTURE})
    every = payloads.listed("urls.txt")
    links = [it for it in every if accepted({"menu": [{"title": "x", "url": it}]}, tmp_path)]
    whole = [it for it in links if accepted({"social": [{"name": "x", "url": it}]}, tmp_path)]
    assert 0 < len(whole) < len(links) < len(every) // 2
    assert {scheme(it) for it in links} <= {"", "http", "https", "mailto"}
    for number in range(0, len(links), 12):
        given = [{"title": "x", "url": it} for it in links[number : number + 12]]
        values: dict[str, Any] = {"menu": given, "footer": {"links": given}}
        values["author"] = {"name": "y", "url": links[number]}
        values["social"] = [{"name": "x", "url": it} for it in whole[number : number + 12]]
        assert accepted(values, tmp_path)
        build_site(tmp_path)
        assert in_page((tmp_path / "site/index.html").read_text(encoding="utf-8"), hostile.BASE) == []


STYLES = (
    "red;}body{display:none",
    "#fff;background:url(https://tripwire.example/)",
    "expression(tripwire())",
    "url(https://tripwire.example/a.png)",
    'x"; } @import "https://tripwire.example/a.css"; {',
    "x'; } </style><script>tripwire()</script>",
    "\\65 xpression(tripwire())",
    "var(--x, url(https://tripwire.example/))",
    "x\n}*{color:red",
    "/**/x",
    "x{}",
    "@import",
    "a, b; c",
    "serif !important",
    "env(x)",
)


def test_a_style_in_the_config_is_refused_or_a_name(tmp_path: Path):
    """What is taken as the name of a family can only ever stand between quotation marks."""
    for value in (*STYLES, *payloads.texts(), *payloads.listed("urls.txt")[::4]):
        assert accepted({"theme": {"colours": {"accent": value}}}, tmp_path) is None, value
        made = accepted({"theme": {"fonts": {"text": value}}}, tmp_path)
        if made:
            css = assets.look.rules(assets.Options(text=made.theme.text))
            stack = ", ".join(json.dumps(family, ensure_ascii=False) for family in made.theme.text)
            assert css == f"\n@layer tokens {{\n  :root {{ --serif: {stack}, serif; }}\n}}\n"


FILE_NAMES = (
    "<script>tripwire()<∕script>",
    '"onclick="tripwire()',
    "'onclick='tripwire()",
    "{{ 7*7 }}",
    "{% raw %}",
    "javascript:tripwire()",
    "&lt;img src=x onerror=tripwire()&gt;",
    "a;url=javascript:tripwire()",
    "x`onclick=`tripwire()",
    "a\\b",
    "#s1?x=1&y",
    "%3Cscript%3Etripwire()",
    "0; url=https:∕∕tripwire.example∕",
    "s1",
    "https:",
)


def test_a_name_of_a_file_or_folder_is_refused_or_inert(tmp_path: Path):
    files: dict[str, str | bytes] = {
        "content/picture.png": hostile.PICTURE,
        "config.yaml": hostile.config("x"),
    }
    files["content/pages/about.md"] = ABOUT
    for number, name in enumerate(FILE_NAMES):
        files[f"content/{name}.md"] = hostile.article(
            "x", brief={"editor": "x"}, number=number, image={"src": f"{name}.png", "alt": ""}
        )
        files[f"content/{name}.png"] = hostile.PICTURE
        files[f"content/{number}/{name}/index.md"] = ABOUT.replace("---\n", "---\ndate: 2026-11-23\n", 1)
        files[f"content/pages/{name}/x.md"] = (
            f"---\ntitle: P{number}\naliases: [old/p{number}/]\n---\n\nWords.\n"
        )
        files[f"content/pages/{name}.md"] = f"---\ntitle: Q{number}\n---\n\nWords.\n"
    build_what_is_taken(write_site(tmp_path, files))
    found = {page.url: in_page(page.html, hostile.BASE) for page in hostile.sheets(tmp_path / "site")}
    assert len(found) > len(FILE_NAMES)
    assert {url: told for url, told in found.items() if told} == {}


# ------------------------------------------------------------------------- pictures on other sites

HOSTS = ("pictures.example", "b.pictures.example")


@pytest.mark.parametrize(
    ("written", "is_shown"),
    [
        ("![A hall](https://pictures.example/a.png)", True),
        ("![A hall](https://Pictures.Example/a.png 'Title')", True),
        ("![A hall](//b.pictures.example/a.png)", True),
        (
            '<img src="https://pictures.example/a.png" alt="A hall" width="640" height="480" onerror="x()">',
            True,
        ),
        ("![A hall](http://pictures.example/a.png)", False),
        ("![A hall](https://pictures.example:8443/a.png)", False),
        ("![A hall](https://pictures.example@tripwire.example/a.png)", False),
        ("![A hall](https://user@pictures.example/a.png)", False),
        ("![A hall](https://pictures.example.tripwire.example/a.png)", False),
        ("![A hall](https://c.pictures.example/a.png)", False),
        ("![A hall](https://tripwire.example/https://pictures.example/a.png)", False),
        ("![A hall](https://tripwire.example\\@pictures.example/a.png)", False),
    ],
)
def test_pictures_of_hosts_that_are_named_are_shown(written: str, tmp_path: Path, *, is_shown: bool):
    (tmp_path / "x.md").write_text(f"---\ntitle: X\ndate: 2026-11-23\n---\n\n{written}\n", encoding="utf-8")
    made = read_file(("x.md", None), tmp_path, Reading("UTC", "en", hosts=HOSTS)).article
    assert made is not None
    assert ("<img " in made.html) is is_shown
    if is_shown:
        assert 'alt="A hall"' in made.html
        assert 'referrerpolicy="no-referrer"' in made.html
        assert "onerror" not in made.html


def test_the_policy_names_the_hosts_of_pictures(tmp_path: Path):
    files: dict[str, str | bytes] = {"content/pages/about.md": ABOUT}
    files["config.yaml"] = hostile.config("x", security={"allow": list(HOSTS)})
    build_site(write_site(tmp_path, files))
    for page in hostile.sheets(tmp_path / "site"):
        if "This page has moved" not in page.html:
            assert "img-src 'self' https://pictures.example https://b.pictures.example;" in page.html


@pytest.mark.parametrize(
    "host",
    [
        "*",
        "*.example",
        "https://a.example",
        "a.example; script-src *",
        "a.example/x",
        "'self'",
        "data:",
        "a b",
        "localhost",
        "",
    ],
)
def test_what_is_no_host_is_told(host: str, tmp_path: Path):
    write_site(tmp_path, {"config.yaml": hostile.config("x", security={"allow": [host]})})
    with pytest.raises(InvalidSource, match="bad-host"):
        config.read(tmp_path)
