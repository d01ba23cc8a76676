"""Cards: preview pictures that are drawn for articles without one."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator import assets
from generator.assets import FontFile, Options
from generator.model import Image as Picture
from generator.pictures import measure
from generator.pictures.cards import EDGE, HEIGHT, WIDTH, Card, Press, can_set, draw
from tests.building import build_site, tree, write_site
from tests.making import a_site, an_article, days_before

NAMED = Card(
    "The Switchyard", "Corvane will run its campus without the grid", "Wire", "Monday 23 November 2026"
)
NAME_ALONE = draw(Card("The Switchyard", ""), Press())


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def test_a_card_is_a_small_picture_of_the_right_size_in_the_colours_of_the_theme():
    data = draw(NAMED, Press(paper=(255, 241, 224), ink=(43, 31, 20)))
    assert (measure(data).width, measure(data).height, measure(data).type) == (1200, 630, "image/png")
    assert len(data) < 40_000
    colours = Image.open(io.BytesIO(data)).convert("RGB").getcolors()
    assert {(255, 241, 224), (43, 31, 20)} <= {colour for _, colour in colours}
    assert len(colours) <= 16


@pytest.mark.parametrize(
    "headline", ["Größe für Zürich", "Ça va — naïve façade", "Łódź płonie", "Ω Жизнь", "≈ 3 m² “x”…"]
)
def test_headlines_in_latin_greek_and_cyrillic_are_set(headline: str):
    assert can_set(headline)
    assert draw(Card("The Switchyard", headline), Press()) != NAME_ALONE


@pytest.mark.parametrize("headline", ["مدينة ساحلية", "日本のデータ", "हिन्दी", "שלום", "😀 says it"])
def test_a_headline_that_the_font_cannot_set_leaves_the_name_alone(headline: str):
    assert draw(Card("The Switchyard", headline, "Wire", "Monday"), Press()) == NAME_ALONE


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.text(max_size=120))
def test_whatever_it_says_nothing_leaves_the_sheet(headline: str, source: str):
    image = pixels(draw(Card("The Switchyard", headline, source, "Monday"), Press()))
    paper = image.getpixel((0, 0))
    frame = [
        image.crop(box)
        for box in (
            (0, 0, WIDTH, 40),
            (0, HEIGHT - 40, WIDTH, HEIGHT),
            (0, 0, EDGE - 30, HEIGHT),
            (WIDTH - EDGE + 30, 0, WIDTH, HEIGHT),
        )
    ]
    assert all(edge.getextrema() == (paper, paper) for edge in frame)


def test_the_same_card_is_the_same_bytes_in_another_process():
    code = "import sys; from generator.pictures.cards import *; sys.stdout.buffer.write(draw(Card(*sys.argv[1:]), Press()))"
    arguments = [NAMED.name, NAMED.headline, NAMED.source, NAMED.date]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True)
    assert done.stdout == draw(NAMED, Press())


def remembered(kept: dict[str, str], made: list[str]):
    def remember(key, make):
        if key not in kept:
            made.append(key)
            kept[key] = make()
        return kept[key]

    return remember


def test_cards_are_drawn_for_what_is_new_and_has_no_picture_and_only_once():
    photograph = Picture("a/b.jpg", "x", 600, 400, "image/jpeg", 9, "x")
    drawing = Picture("a/b.svg", "x", 600, 400, "image/svg+xml", 9, "x")
    articles = [
        an_article("Bare", slug="bare"),
        an_article("Drawn", slug="drawn", image=drawing),
        an_article("Shown", slug="shown", image=photograph),
        an_article("Old", slug="old", published=days_before(1)),
    ]
    site, kept, made = a_site(articles), {}, []
    files, images = assets.cards.draw(site, Options(), "newest", remembered(kept, made))
    assert set(images) == {articles[0].id, articles[1].id}
    assert {file.path for file in files} == {image.url for image in images.values()}
    assert len(made) == 2
    assert assets.cards.draw(site, Options(), "newest", remembered(kept, made)) == (files, images)
    assert len(made) == 2
    assets.cards.draw(site, Options({"paper": ("#ffffff", None)}), "newest", remembered(kept, made))
    assert len(made) == 4
    everywhere = assets.cards.draw(site, Options(), "all", remembered(kept, made))[1]
    assert set(everywhere) == {*images, articles[3].id}
    assert everywhere[articles[0].id] == images[articles[0].id]
    assert assets.cards.draw(site, Options(), "off", remembered(kept, made)) == ([], {})


def test_a_font_of_the_site_s_own_is_drawn_with():
    from fontpkg_source_serif_4 import ROOT

    italic = (ROOT / "files" / "SourceSerif4-Italic[opsz,wght].ttf").read_bytes()
    site = a_site([an_article()])

    def drawn(*fonts: FontFile):
        options = Options(text=("Own", "serif"), fonts=fonts)
        return assets.cards.draw(site, options, "all", lambda _, make: make())[0]

    assert drawn(FontFile("Own", "own.ttf", italic)) != drawn()
    assert drawn(FontFile("Own", "own.woff2", b"wOF2nonsense")) == drawn()


def test_a_site_gets_them_only_when_it_asks(tmp_path: Path):
    config = "title: The Sheet\nurl: https://x.example/sheet/\n"
    article = "---\ntitle: Über alles\ndate: 2026-11-23\n---\n\nA hall opens.\n"
    site = write_site(tmp_path, {"config.yaml": config, "content/a.md": article})
    build_site(site)
    assert not [name for name in tree(site / "site") if "cards/" in name]
    (site / "config.yaml").write_text(f"{config}social_cards: newest\n", encoding="utf-8")
    build_site(site)
    (card,) = (name for name in tree(site / "site") if "cards/" in name)
    (page,) = (site / "site" / "2026" / "11").glob("*/index.html")
    html = page.read_text(encoding="utf-8")
    assert f'<meta property="og:image" content="https://x.example/sheet/{card}">' in html
    assert '<meta property="og:image:width" content="1200">' in html
    assert f"https://x.example/sheet/{card}" in html.partition("ld+json")[2]
