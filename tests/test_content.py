from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import content
from generator.content.anchors import Anchored, anchor
from generator.content.front_matter import moment
from generator.content.tokens import ATTRIBUTES, SCHEMES, TAGS, convert, tokens
from generator.model import Article
from tests.building import write_site

HEAD = "---\ntitle: A title\ndate: 2026-11-23\n---\n"


def read(tmp_path: Path, files: dict[str, str | bytes], timezone: str = "UTC") -> content.Content:
    write_site(tmp_path, {f"content/{name}": data for name, data in files.items()})
    return content.read(tmp_path / "content", timezone, "en")


def article(tmp_path: Path, body: str, head: str = HEAD) -> Article:
    made = read(tmp_path, {"a.md": head + body})
    assert made.problems == ()
    return made.articles[0]


def anchored(markdown: str) -> Anchored:
    return anchor(list(tokens(convert(markdown))), "en")


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One. Two.", '<p><span class="s" id="s1">One.</span> <span class="s" id="s2">Two.</span></p>'),
        (
            "A **bold one.** Two.",
            '<p><span class="s" id="s1">A <strong>bold one.</strong></span> <span class="s" id="s2">Two.</span></p>',
        ),
        (
            "**One. Two.** Three.",
            '<p><strong><span class="s" id="s1">One.</span> <span class="s" id="s2">Two.</span></strong> '
            '<span class="s" id="s3">Three.</span></p>',
        ),
        (
            "One *two. Three* four.",
            '<p><span class="s" id="s1">One </span><em><span class="s">two.</span> <span class="s" id="s2">Three'
            '</span></em><span class="s"> four.</span></p>',
        ),
        (
            "- One\n- Two",
            '<ul>\n<li><span class="s" id="s1">One</span></li>\n<li><span class="s" id="s2">Two</span></li>\n</ul>',
        ),
        ("`a. B` is code.", '<p><span class="s" id="s1"><code>a. B</code> is code.</span></p>'),
        ("Five &lt; six &amp; more.", '<p><span class="s" id="s1">Five &lt; six &amp; more.</span></p>'),
    ],
)
def test_sentences_become_places(markdown: str, html: str):
    assert "".join(anchored(markdown).html) == html


def test_a_heading_and_a_list_item_are_not_glued_to_prose():
    made = anchored("Intro without a stop\n\n## A heading\n\n- item one\n- item two\n\n> Quoted words.\n")
    assert [(s.text, s.kind, s.section) for s in made.sentences] == [
        ("Intro without a stop", "prose", ""),
        ("item one", "item", "A heading"),
        ("item two", "item", "A heading"),
        ("Quoted words.", "quotation", "A heading"),
    ]


def test_tables_code_and_notes_hold_no_sentences():
    made = anchored(
        "Text.[^1]\n\n| a | b |\n|---|--:|\n| 1. | 2. |\n\n```python\nx = 1. \n```\n\n[^1]: A note. Another.\n"
    )
    assert [s.text for s in made.sentences] == ["Text."]


def test_the_empty_corner_of_a_table_heads_nothing(tmp_path: Path):
    html = article(tmp_path, "| | 2026 | |\n|---|--:|:-:|\n| Price | 2 | 3 |\n").html
    assert re.findall(r"<t[hd](?: [^>]*)?>[^<]*", html) == [
        "<td>",
        '<th class="right">2026',
        '<td class="center">',
        "<td>Price",
        '<td class="right">2',
        '<td class="center">3',
    ]


def test_headings_start_at_three_and_take_no_id_of_ours(tmp_path: Path):
    html = article(
        tmp_path, "# S1\n\nText.\n\n## b-summary\n\nText.\n\n## b-summary\n\nMore [there](#s1).\n"
    ).html
    assert re.findall(r"<h\d[^>]*>", html) == [
        '<h3 id="t-s1">',
        '<h4 id="t-b-summary">',
        '<h4 id="t-b-summary-2">',
    ]
    assert 'href="#t-s1"' not in html
    assert 'href="#s1"' in html


def test_no_heading_skips_a_level(tmp_path: Path):
    html = article(tmp_path, "#### a\n\n## b\n\n##### c\n\n### d\n\n#### e\n\n## f\n\nText.\n").html
    assert re.findall(r"<(h\d)[^>]*>(\w)</\1>", html) == [
        ("h3", "a"),
        ("h3", "b"),
        ("h4", "c"),
        ("h4", "d"),
        ("h5", "e"),
        ("h3", "f"),
    ]


def test_ids_of_raw_html_are_kept_apart(tmp_path: Path):
    html = article(tmp_path, '<p id="s1" class="s lead" onclick="x()" style="color:red">Hi.</p>').html
    assert html == '<p id="t-s1"><span class="s" id="s1">Hi.</span></p>'


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<a href='data:text/html,x'>x</a>",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://x.example'></iframe>",
        "<style>*{}</style>",
        "<form action=/x><input></form>",
    ],
)
def test_nothing_comes_alive(payload: str):
    html = "".join(anchored(f"Before.\n\n{payload}\n\nAfter.").html)
    assert not re.search(r"<(script|svg|iframe|style|form|input)|\son\w+=|javascript:|data:", html)
    assert [s for s in ("Before.", "After.") if s in html] == ["Before.", "After."]


OURS = {**ATTRIBUTES, "*": ATTRIBUTES["*"] | {"class", "id"}}


@given(st.text(alphabet=st.sampled_from("ab. *_`[]()<>!\"'&;#-\n|=\\1sA:/"), max_size=120))
def test_anchors_add_nothing_that_cleaning_would_take_away(markdown: str):
    made = anchored(markdown)
    html = "".join(made.html)
    again = nh3.clean(html, tags=set(TAGS), attributes=OURS, url_schemes=SCHEMES, link_rel=None)
    assert nh3.clean(again, tags=set(TAGS), attributes=OURS, url_schemes=SCHEMES, link_rel=None) == again
    assert html.replace("&nbsp;", "\xa0").replace("=&quot;", '="').replace("&#x27;", "'") == again.replace(
        "&nbsp;", "\xa0"
    ).replace("&#x27;", "'")


@given(st.text(alphabet=st.sampled_from('ab. *_\n-?!"A1'), max_size=200))
def test_anchors_keep_every_word_and_number_from_one(markdown: str):
    bare = convert(markdown)
    made = anchored(markdown)
    html = "".join(made.html)
    assert text_of(html).replace(" ", "") == text_of(bare).replace(" ", "")
    ids = re.findall(r'id="s(\d+)"', html)
    assert ids == [str(n) for n in range(1, len(made.sentences) + 1)]


@pytest.mark.parametrize(
    ("zone", "value", "utc"),
    [
        ("Europe/Berlin", date(2026, 11, 23), "2026-11-22T23:00:00+00:00"),
        ("Africa/Cairo", date(2023, 4, 28), "2023-04-27T22:00:00+00:00"),  # its midnight did not exist
        ("UTC", datetime(2026, 11, 23, 8), "2026-11-23T08:00:00+00:00"),
        ("America/New_York", datetime(2026, 11, 23, 8, tzinfo=UTC), "2026-11-23T08:00:00+00:00"),
    ],
)
def test_a_day_is_its_first_instant_in_the_sites_zone(zone: str, value: date, utc: str):
    made = moment(value, ZoneInfo(zone))
    assert made.astimezone(UTC).isoformat() == utc
    assert str(made.tzinfo) == zone


def test_front_matter_in_full(tmp_path: Path):
    head = (
        "---\ntitle: 2026\ndate: 2026-11-23 08:00\nupdated: 2026-11-24T08:00:00+01:00\nslug: other\nid: x-1\n"
        "source:\n  - Harbour Wire\n  - {name: Post, url: https://post.example/a}\nauthors: Ada\ntags: [Power, Grid]\n"
        "lang: de\nsummary: Kurz.\naliases: [/old/one/, old.html]\ncanonical_url: https://post.example/a\n"
        "pinned: yes\nextra: {colour: red}\n---\n"
    )
    made = article(tmp_path, "Text.", head)
    assert (made.title, made.slug, made.id, made.url) == ("2026", "other", "x-1", "2026/11/other/")
    assert [s.name for s in made.sources] == ["Harbour Wire", "Post"]
    assert (made.authors, made.topics, made.lang) == (("Ada",), ("Power", "Grid"), "de")
    assert (made.aliases, made.pinned, made.extra) == (("old/one/", "old.html"), True, {"colour": "red"})
    (edit,) = made.edits
    assert (edit.field, edit.items[0].text, edit.at.line) == ("summary", "Kurz.", 13)
    assert made.updated.isoformat() == "2026-11-24T07:00:00+00:00"


def test_an_id_comes_from_the_path_and_outlives_the_rest(tmp_path: Path):
    first = article(tmp_path / "one", "Text.")
    second = article(tmp_path / "two", "Other text.", HEAD.replace("A title", "Another"))
    assert first.id == second.id == "97e61a490c0b3ad5"


def test_names_of_files_give_slug_and_day(tmp_path: Path):
    head = "---\ntitle: A\n---\n"
    made = read(tmp_path, {"2026-11-20-Über uns.md": head, "x/2026-11-21 two/index.md": head})
    assert [a.url for a in made.articles] == ["2026/11/two/", "2026/11/über-uns/"]


def test_links_to_files_lead_to_pages(tmp_path: Path):
    made = read(
        tmp_path,
        {
            "a/one.md": HEAD
            + "See [two](../two.md#costs), [about](/pages/about.md), [root](/topics/) and [x](#y).\n",
            "two.md": HEAD + "## Costs\n\nText.\n",
            "pages/about.md": "---\ntitle: About\n---\nText.\n",
        },
    )
    assert made.problems == ()
    one = next(a for a in made.articles if a.path == "a/one.md")
    assert re.findall(r'href="([^"]*)"', one.html) == [
        "site:2026/11/two/#t-costs",
        "site:about/",
        "site:topics/",
        "#t-y",
    ]


def test_an_address_of_ours_cannot_be_written_in_text(tmp_path: Path):
    html = article(tmp_path, 'He wrote `href="site:x"` and [x](site:about/).').html
    assert '="site:' not in html


def test_pictures_are_measured_and_remote_ones_become_links(tmp_path: Path):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><path d="M0 0h9"/></svg>'
    made = read(
        tmp_path,
        {"n/a.md": HEAD + "![Pic](My%20pic.svg) and ![Far](https://x.example/p.png).", "n/My pic.svg": svg},
    )
    assert made.problems == ()
    html = made.articles[0].html
    assert '<img src="site:2026/11/a/my-pic.svg" alt="Pic" width="60" height="40" loading="lazy">' in html
    assert '<a href="https://x.example/p.png">Far</a>' in html
    files = list(content.picture_files(tmp_path / "content", made.articles, made.pages))
    assert [(f.path, f.data) for f in files] == [("2026/11/a/my-pic.svg", svg)]


def test_order_and_line_ends_do_not_matter(tmp_path: Path):
    one = read(tmp_path / "a", {"b.md": HEAD + "One.\n\nTwo.\n", "a.md": HEAD + "Three.\n"})
    two = read(
        tmp_path / "b",
        {
            "a.md": ("\ufeff" + HEAD + "Three.\n").replace("\n", "\r\n"),
            "b.md": (HEAD + "One.\n\nTwo.\n").replace("\n", "\r"),
        },
    )
    assert one == two


def test_links_out_of_content_are_not_followed(tmp_path: Path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.md").write_text(HEAD)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "out").symlink_to(tmp_path / "secret")
    (tmp_path / "content" / "loop").symlink_to(tmp_path / "content")
    made = content.read(tmp_path / "content", "UTC", "en")
    assert [(p.path, p.code) for p in made.problems] == [
        ("content/loop", "linked-folder"),
        ("content/out", "outside"),
    ]
    assert made.articles == ()


def test_addresses_differing_in_form_alone_collide(tmp_path: Path):
    made = read(tmp_path, {"caf\u00e9.md": HEAD, "x/cafe\u0301.md": HEAD, "CAF\u00c9.md": HEAD})
    said = content.collisions(made.articles, made.pages)
    assert [p.code for p in said] == ["duplicate-address"] * 2


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("[" * 10_000, 5),
        ("Fine.\n\n" + "![" * 5_000, 7),
        ("```\n" + "[" * 10_000 + "\n```\n", 0),
        ("[a](https://x.example) " * 900, 0),
        ("```\n" + "[" * 10_000, 6),
        ("  ```\n" + "[" * 10_000 + "\n  ```\n", 6),
    ],
    ids=["links", "pictures", "code", "many links", "open fence", "no fence"],
)
def test_what_would_take_for_ever_is_told_instead(tmp_path: Path, body: str, line: int):
    made = read(tmp_path, {"a.md": HEAD + body})
    assert [(p.code, p.line) for p in made.problems] == ([("too-dense", line)] if line else [])


def test_links_to_what_is_held_back_are_told(tmp_path: Path):
    made = read(
        tmp_path,
        {
            "a.md": HEAD + "See [b](b.md).",
            "b.md": HEAD.replace("date:", "draft: true\ndate:") + "See [a](a.md).",
        },
    )
    shown = [article for article in made.articles if not article.draft]
    said = content.links_to_held_back(made, shown)
    assert [(p.path, p.line, p.column, p.code) for p in said] == [("content/a.md", 5, 9, "held-back-link")]
    assert content.links_to_held_back(made, made.articles) == []


def test_pictures_are_found_whatever_form_their_names_have(tmp_path: Path):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>'
    made = read(
        tmp_path, {"e\u0301/b.md": HEAD + "![x](u\u0308.svg) ![x](\u00fc.svg)", "e\u0301/u\u0308.svg": svg}
    )
    assert made.problems == ()
    assert [f.data for f in content.picture_files(tmp_path / "content", made.articles, ())] == [svg]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path):
    made = read(tmp_path, {"a.md": HEAD + "![x](pipe.svg)"})
    os.mkfifo(tmp_path / "content" / "pipe.md")
    os.mkfifo(tmp_path / "content" / "pipe.svg")
    made = content.read(tmp_path / "content", "UTC", "en")
    assert sorted((p.path, p.code) for p in made.problems) == [
        ("content/a.md", "bad-image"),
        ("content/pipe.md", "unreadable"),
    ]


@pytest.mark.parametrize(
    "date_line",
    [
        "date: 2024-01-02-10:00",
        "date: 1000-01-01T00:00+23:59",
        "date: 9999-01-01",
        "date: '2024-01-02T10'",
        "date: 2024-W05-1",
    ],
)
def test_what_only_looks_like_a_date_is_none(tmp_path: Path, date_line: str):
    made = read(tmp_path, {"a.md": f"---\ntitle: A\n{date_line}\n---\n"})
    assert [p.code for p in made.problems] == ["bad-date"]


def test_a_link_is_told_where_it_is_written_not_where_its_words_are(tmp_path: Path):
    made = read(tmp_path, {"a.md": HEAD + "The word nope.md is here.\n\n[x](nope.md)\n"})
    assert [(p.line, p.column) for p in made.problems] == [(7, 5)]


def test_twenty_thousand_headings_are_soon_done(tmp_path: Path):
    """Each heading reads a bounded stretch for its id."""
    made = article(tmp_path, "# a\n" * 3000)
    assert made.html.count("<h3") == 3000
    assert 'id="t-a-3000"' in made.html
