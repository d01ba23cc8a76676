"""What no reader should be given is told with the article's path, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import feeds
from generator.feeds import check
from generator.feeds.items import Item
from generator.model import Article, Correction, File, Image
from generator.problems import InvalidSource, Problem
from tests.building import ARTICLE, NOW, build_site, tree, write_site
from tests.making import NOON, a_site, an_article

ITEM = Item(
    id="tag:a.example,2026:one",
    url="https://a.example/one/",
    title="One",
    content='<p>See <a href="https://b.example/">b</a>, <a href="mailto:x@b.example">x</a></p>',
    published=NOON,
    updated=NOON,
    path="content/one.md",
)
PICTURE = Image("https://a.example/p.png", "", 1, 1, "image/png", 9, "p.png")


def rendered(
    articles: list[Article], options: feeds.Options | None = None, **more: Any
) -> tuple[list[File], list[Problem]]:
    site, chosen = a_site(articles), options or feeds.Options("a.example,2026")
    by_id = {article.id: article for article in articles}
    return feeds.render(feeds.listed(site, chosen), site, by_id, chosen, **more)


def told(**overrides: Any) -> list[tuple[str, str]]:
    return [(it.path, it.code) for it in check.faults(replace(ITEM, **overrides))]


def test_a_sound_item_is_passed():
    assert told(pictures=(PICTURE,), via="https://b.example/") == []


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"id": "one"}, "feed-id"),
        ({"id": "tag:a.example:one"}, "feed-id"),
        ({"title": "a\x07b"}, "feed-character"),
        ({"content": "a\ud800b"}, "feed-character"),
        ({"url": "/one/"}, "feed-link"),
        ({"via": "b.example/one"}, "feed-link"),
        ({"via": "https://b.example/a b"}, "feed-link"),
        ({"pictures": (replace(PICTURE, bytes=0),)}, "feed-picture"),
        ({"pictures": (replace(PICTURE, type="png"),)}, "feed-picture"),
        ({"content": '<a href="/about/">x</a>'}, "feed-link"),
        ({"content": '<a href="site:about/">x</a>'}, "feed-link"),
        ({"content": '<a href="#s1">x</a>'}, "feed-link"),
        ({"content": '<img src="p.png">'}, "feed-link"),
        ({"content": '<img src="data:image/png;base64,xx">'}, "feed-link"),
        ({"content": '<a href="javascript:alert(1)">x</a>'}, "feed-link"),
        ({"content": '<img srcset="https://a.example/p.png 1x, q.png 2x">'}, "feed-link"),
        ({"content": '<blockquote cite="x">y</blockquote>'}, "feed-link"),
        ({"content": "<p><script>x</script></p>"}, "feed-markup"),
        ({"content": "<STYLE>x</STYLE>"}, "feed-markup"),
        ({"content": '<iframe src="https://b.example/"></iframe>'}, "feed-markup"),
        ({"content": '<p onclick="x()">y</p>'}, "feed-markup"),
        ({"content": '<p style="color: red">y</p>'}, "feed-markup"),
    ],
)
def test_what_readers_refuse_is_told(overrides: dict[str, Any], code: str):
    assert told(**overrides) == [("content/one.md", code)]


@pytest.mark.parametrize(
    "content",
    [
        'what an =" onclick="x" in a text says',
        '<p>&lt;script&gt; is a tag, and so is &lt;a href="/x"&gt;</p>',
        '<span lang="fr" dir="ltr" title="a &quot;b&quot;">x</span>',
        '<p title="src=x">y</p>',
        '<img srcset="https://a.example/p.png 1x, https://a.example/q.png 2x">',
    ],
)
def test_what_only_looks_like_it_is_passed(content: str):
    assert told(content=content) == []


def test_a_date_to_come_is_told_with_a_day_of_leeway():
    def codes(updated: timedelta, now: Any = NOON) -> list[str]:
        article = an_article("One", id="one", updated=NOON + updated)
        made = rendered([article], now=now)
        assert bool(made[0]) is not bool(made[1])
        return [problem.code for problem in made[1]]

    assert codes(timedelta(hours=20)) == []
    assert codes(timedelta(hours=25)) == ["feed-date"]
    assert codes(timedelta(hours=25), now=None) == []


def test_two_articles_of_one_id_are_told():
    one, other = an_article("One", id="x"), an_article("Other", id="x")
    _, problems = rendered([one, other])
    assert "feed-id" in [problem.code for problem in problems]


def test_there_are_no_files_of_what_is_refused():
    bad = an_article("One", id="one", html='<p><a href="x">y</a></p>')
    options = feeds.Options("a.example,2026", content="full")
    files, problems = rendered([bad], options)
    assert (files, [it.path for it in problems]) == ([], ["content/2026/11/one.md"])


def test_a_fault_fails_the_build_and_the_site_stays(tmp_path: Path):
    write_site(tmp_path, {"content/one.md": ARTICLE})
    build_site(tmp_path)
    before = tree(tmp_path / "site")
    late = f"{NOW + timedelta(days=9):%Y-%m-%d}"
    write_site(tmp_path, {"content/one.md": ARTICLE.replace("---\n\n", f"updated: {late}\n---\n\n")})
    with pytest.raises(InvalidSource) as raised:
        build_site(tmp_path)
    assert {(it.path, it.code) for it in raised.value.problems} == {("content/one.md", "feed-date")}
    assert tree(tmp_path / "site") == before


def test_what_content_lets_through_feeds_take(tmp_path: Path):
    """Markup, relative links and pictures, as authors write them."""
    written = ARTICLE + (
        "\n<script>alert(1)</script> <b onclick=x>bold</b> [here](#s1) [there](/about/)\n\n"
        "![Halls](p.svg)\n\n> ]]> and <!-- a comment --> & more\n"
    )
    files: dict[str, str | bytes] = {
        "content/one.md": written,
        "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
        "content/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
        "config.yaml": "title: T\nurl: https://a.example/x/\nsearch: false\nfeed: {content: full}\n",
    }
    write_site(tmp_path, files)
    build_site(tmp_path)
    made = (tmp_path / "site" / "feed.json").read_text(encoding="utf-8")
    assert "https://a.example/x/2026/11/one/p.svg" in made
    assert "<script" not in made


def test_a_correction_of_tomorrow_is_taken():
    when = NOON + timedelta(hours=20)
    article = an_article("One", id="one", updated=when, corrections=(Correction(when, "It was 3."),))
    made = rendered([article], now=NOON)
    assert made[1] == []
