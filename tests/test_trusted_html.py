"""`content.trusted_html`: editors' own HTML stays on the pages that hold it, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from generator.content import Reading
from generator.content.articles import read_file
from generator.content.embeds import balanced, own_tokens
from generator.content.tokens import to_html
from generator.model import Article
from tests import hostile, payloads
from tests.building import build_site, write_site
from tests.inertness import in_feed, in_page, in_text, texts_of
from tests.running import run

CONFIG = """\
title: The Test Sheet
url: https://news.example/sheet/
search: false
feed: {content: full}
content: {trusted_html: true}
"""
FRAME = (
    '<iframe src="https://player.example/7" width="560" height="315" allowfullscreen title="A film"></iframe>'
)
SCRIPT = '<script async src="https://widgets.example/a.js"></script>'
INLINE = "<script>\nif (1 < 2 && '<span>') document.title = \"</b>\";\n</script>"
BODY = f"""\
Corvane will borrow $2.3 billion for a hall. It opens in May.

{FRAME}

<div id="chart" class="wide" style="height: 20em" data-series="[1, 2]" onclick="grow(this)">The chart, in words.</div>
{INLINE}

{SCRIPT}

The county will decide [below](#chart), see [the end](#the-end).

## The end

![A pixel](https://pictures.example/a.png) <a href="tel:+4930123456">Call us</a>.
"""


def read(body: str, tmp_path: Path, *, trusted: bool = True) -> Article:
    file = tmp_path / "x.md"
    file.write_text(f"---\ntitle: X\ndate: 2026-11-23\n---\n\n{body}\n", encoding="utf-8", newline="\n")
    made = read_file(("x.md", None), tmp_path, Reading("UTC", "en", trusted_html=trusted))
    assert made.problems == ()
    assert made.article
    return made.article


def built(folder: Path, files: dict[str, str | bytes], config: str = CONFIG) -> Path:
    build_site(write_site(folder, {"config.yaml": config, **files}))
    return folder / "site"


def an_article(body: str, title: str = "X") -> str:
    return f"---\ntitle: {json.dumps(title)}\ndate: 2026-11-23\n---\n\n{body}\n"


def policy_of(html: str) -> str:
    return html.partition('Security-Policy" content="')[2].partition('"')[0]


def test_by_default_nobody_is_trusted(tmp_path: Path):
    site = built(
        tmp_path, {"content/x.md": an_article(BODY)}, CONFIG.replace("content: {trusted_html: true}\n", "")
    )
    html = (site / "2026/11/x/index.html").read_text(encoding="utf-8")
    assert in_page(html, "/sheet/") == []
    assert not [word for word in ("<iframe", "onclick", "widgets.example", "style=") if word in html]
    assert "script-src 'self';" in policy_of(html)


def test_an_editor_s_own_html_stays_as_it_is(tmp_path: Path):
    site = built(
        tmp_path,
        {
            "content/x.md": an_article(BODY),
            "content/pages/p.md": an_article(BODY).replace("date: 2026-11-23\n", ""),
        },
    )
    for page in ("2026/11/x/index.html", "p/index.html"):
        html = (site / page).read_text(encoding="utf-8")
        for own in (
            FRAME,
            SCRIPT,
            INLINE,
            'id="chart"',
            'class="wide"',
            'style="height: 20em"',
            'onclick="grow(this)"',
        ):
            assert own in html
        assert '<a href="#chart">below</a>' in html
        assert '<a href="#t-the-end">the end</a>' in html
        assert 'id="t-the-end"' in html
        assert 'src="https://pictures.example/a.png"' in html
        assert '<a href="tel:+4930123456">' in html
        assert policy_of(html).split("; ")[:2] == [
            "default-src 'self' https: data: blob:",
            "script-src 'self' 'unsafe-inline' https:",
        ]


def test_sentences_and_their_ways_back_are_as_ever(tmp_path: Path):
    body = (
        "Corvane <b>will borrow</b> $2.3 billion <script>'<span><a>'</script> for a hall. It opens in May.\n\n"
        + INLINE
    )
    made, plain = read(body, tmp_path), read(body, tmp_path, trusted=False)
    assert [it.text for it in made.sentences] == [it.text for it in plain.sentences]
    site = built(tmp_path / "site", {"content/x.md": an_article(body)})
    html = (site / "2026/11/x/index.html").read_text(encoding="utf-8")
    assert html.count('class="ways"') == 2
    assert html.index("'<span><a>'") < html.index('class="back"') < html.index('id="s2"')


def test_what_needs_no_trust_is_made_as_ever(tmp_path: Path):
    every = (
        *payloads.listed("texts.txt"),
        "a <!-- b --> c",
        "x[^1]\n\n[^1]: y",
        "```js\nx\n```",
        "| a | b |\n|--:|---|\n| c | d |",
        "<table><tr><td>x</table>",
    )
    plain = [it for it in every if own_tokens(to_html(it)) is None]
    assert len(plain) > len(every) // 3
    for body in plain:
        made = read(body, tmp_path)
        assert (made.trusted, made) == ("", read(body, tmp_path, trusted=False))


def test_only_the_page_itself_has_it(tmp_path: Path):
    files = {"content/x.md": an_article(BODY), "content/y.md": an_article("Words. More words.", "Y")}
    site = built(tmp_path, files)
    for page in hostile.sheets(site):
        if not page.url.startswith("2026/11/x/"):
            assert in_page(page.html, "/sheet/") == [], page.url
            assert "unsafe-inline" not in page.html, page.url
    rss = etree.fromstring((site / "feed.xml").read_bytes())
    told = [it.text for it in rss.iter("description", "{http://purl.org/rss/1.0/modules/content/}encoded")]
    told += [it["content_html"] for it in json.loads((site / "feed.json").read_bytes())["items"]]
    assert sum("Corvane will borrow" in it for it in told) >= 2
    assert [found for it in told if (found := in_feed(it))] == []


def test_briefs_and_fields_stay_words_even_then(tmp_path: Path):
    text = " ".join(payloads.texts()[:7])
    config = hostile.config(text, content={"trusted_html": True})
    site = built(
        tmp_path,
        {
            "content/picture.png": hostile.PICTURE,
            "content/0.md": hostile.article(text),
            "content/pages/about.md": "---\ntitle: About\n---\n",
        },
        config,
    )
    for page in hostile.sheets(site):
        assert in_page(page.html, hostile.BASE) == [], page.url
    html = (site / "2026/11/0/index.html").read_text(encoding="utf-8")
    assert texts_of(html, "h1")["h1"] == [f"B0 {hostile.told(text)}"]


def test_an_article_that_is_an_embed_alone_is_shown_and_its_feed_leads_to_it(tmp_path: Path):
    site = built(tmp_path, {"content/x.md": an_article(FRAME)})
    assert FRAME in (site / "2026/11/x/index.html").read_text(encoding="utf-8")
    item = json.loads((site / "feed.json").read_bytes())["items"][0]
    assert "iframe" not in item["content_html"]


def test_the_clean_text_is_clean_whatever_is_trusted(tmp_path: Path):
    for body in (*payloads.markdown(), *payloads.html()[::3]):
        file = tmp_path / "x.md"
        file.write_text(an_article(body), encoding="utf-8", newline="\n")
        made = read_file(("x.md", None), tmp_path, Reading("UTC", "en", trusted_html=True))
        if made.article:
            assert in_text(made.article.html.replace('="site:', '="/')) == []


@pytest.mark.parametrize(
    ("body", "line", "column", "name"),
    [
        ("Words.\n\n<script>\nx", 8, 1, "script"),
        ("Words <iframe src=x> more.", 6, 7, "iframe"),
        ("<form>\n\nWords.", 6, 1, "form"),
    ],
)
def test_an_element_that_nothing_closes_is_told(body: str, line: int, column: int, name: str, tmp_path: Path):
    (tmp_path / "x.md").write_text(an_article(body), encoding="utf-8", newline="\n")
    (problem,) = read_file(("x.md", None), tmp_path, Reading("UTC", "en", trusted_html=True)).problems
    assert (problem.code, problem.line, problem.column) == ("unclosed-html", line, column)
    assert problem.hint == f"add </{name}>"


@pytest.mark.parametrize(
    "body",
    [
        "</div></div></section></main><p style='x'>y</p>",
        "<div style='x'><ul><li>a<li>b",
        "<b style='x'>a",
        "</p></article><i style='x'>y</i></table>",
    ],
)
def test_a_text_ends_where_it_stands(body: str):
    own = own_tokens(to_html(body))
    assert own
    made = "".join(it if isinstance(it, str) else it.html() for it in balanced(own))
    assert not [it for it in in_text(made) if it.startswith("broken out")]


def test_trust_that_is_withdrawn_is_gone_from_a_built_site(tmp_path: Path):
    """What was remembered under one setting is not taken for the other."""
    article: dict[str, str | bytes] = {"content/x.md": an_article(f"{BODY}\n\n![x](https://e.example/a.png)")}
    strict = CONFIG.replace("content: {trusted_html: true}\n", "")
    showing = f"{strict}security: {{allow: [e.example]}}\n"
    pages = [
        (built(tmp_path, article, one) / "2026/11/x/index.html").read_text(encoding="utf-8")
        for one in (strict, CONFIG, strict, showing, strict)
    ]
    assert [FRAME in page for page in pages] == [False, True, False, False, False]
    assert ['src="https://e.example/a.png"' in page for page in pages] == [False, True, False, True, False]
    assert pages[0] == pages[2] == pages[4]


def test_the_brief_command_sees_the_sentences_of_the_page(tmp_path: Path):
    """A brief file names sentences by number: of a text whose form is trusted, those that its page shows."""
    body = "<form><p>Corvane sold its first hall.</p></form>\n\nThe county approved the plan. It costs $2.3 billion."
    write_site(tmp_path, {"config.yaml": CONFIG, "content/x.md": an_article(body)})
    assert run("brief", "content/x.md", cwd=tmp_path).returncode == 0
    assert "first hall" not in (tmp_path / "content/x.brief.yaml").read_text(encoding="utf-8")
    build_site(tmp_path)
    brief = json.loads((tmp_path / "site/2026/11/x/brief.json").read_bytes())["brief"]
    assert run("brief", "--check", "--all", cwd=tmp_path).returncode == 0
    assert brief["summary"][0]["text"] == "The county approved the plan."
