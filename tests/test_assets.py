"""Theme files, the accent colour, sitemap and robots."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import assets, pages
from generator.assets import Options
from generator.problems import InvalidSource
from tests.making import NOON, a_site, an_article, days_before

THEME = Path(__file__).parent.parent / "templates"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    (folder / "assets").mkdir(parents=True)
    return folder


def test_the_theme_s_files_get_names_that_hold_their_digest():
    files, names = assets.collect((THEME,), Options())
    assert set(names) == {"theme.css", "site.js", "icon.svg"}
    assert re.fullmatch(r"assets/theme\.[0-9a-f]{8,12}\.css", names["theme.css"])
    by_path = {file.path: file for file in files}
    assert by_path[names["site.js"]].data == (THEME / "assets" / "site.js").read_bytes()
    assert by_path[names["site.js"]].origin == "templates/assets/site.js"


def test_the_site_s_own_file_hides_the_theme_s_and_new_ones_are_added(own):
    (own / "assets" / "theme.css").write_text("body{}")
    (own / "assets" / "img").mkdir()
    (own / "assets" / "img" / "a.b.png").write_bytes(b"png")
    files, names = assets.collect((own, THEME), Options())
    data = {file.path: file.data for file in files}
    assert data[names["theme.css"]] == b"body{}"
    assert re.fullmatch(r"assets/img/a\.b\.[0-9a-f]+\.png", names["img/a.b.png"])
    assert "site.js" in names


def test_the_name_follows_the_content(own):
    def name(text):
        (own / "assets" / "x.css").write_text(text)
        return assets.collect((own,), Options())[1]["x.css"]

    assert name("a") != name("b")
    assert name("a") == name("a")


def test_hidden_files_and_missing_folders_are_left_alone(own, tmp_path):
    (own / "assets" / ".DS_Store").write_bytes(b"x")
    assert assets.collect((own, tmp_path / "none"), Options()) == ([], {})


def test_a_link_that_leads_out_is_an_error_and_one_that_stays_is_not(own, tmp_path):
    (own / "assets" / "a.css").write_text("a{}")
    (own / "assets" / "b.css").symlink_to("a.css")
    assert set(assets.collect((own,), Options())[1]) == {"a.css", "b.css"}
    (tmp_path / "secret").write_text("s")
    (own / "assets" / "c.css").symlink_to(tmp_path / "secret")
    with pytest.raises(InvalidSource) as caught:
        assets.collect((own,), Options())
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("templates/assets/c.css", "asset-outside")


def test_a_folder_that_is_a_link_is_not_walked(own, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.css").write_text("x{}")
    (own / "assets" / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InvalidSource, match="asset-outside"):
        assets.collect((own,), Options())


def test_the_logo_is_published_under_a_name_of_its_own():
    files, names = assets.collect((THEME,), Options(logo=("content/Mark.SVG", b"<svg/>")))
    assert re.fullmatch(r"assets/logo\.[0-9a-f]+\.svg", names["logo"])
    assert next(file for file in files if file.path == names["logo"]).data == b"<svg/>"


# ------------------------------------------------------------------------------------ the accent


def test_the_constants_are_those_of_the_theme():
    css = (THEME / "assets" / "theme.css").read_text()
    assert f"--paper: light-dark({assets.PAPER_LIGHT}, {assets.PAPER_DARK})" in css
    assert f"--pencil: light-dark({assets.PENCIL_LIGHT}, {assets.PENCIL_DARK})" in css


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Black on white and the smallest grey that passes AA are WebAIM's and the standard's own examples.
    [("#000", "#ffffff", 21), ("#fff", "#fff", 1), ("#767676", "#fff", 4.54), ("#1a4d94", "#f7f7f3", 7.7)],
)
def test_contrast(one, other, ratio):
    assert assets.contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert assets.contrast(other, one) == assets.contrast(one, other)


@pytest.mark.parametrize("colour", ["red", "#12", "#12345", "#gggggg", "123456", "", "#١٢٣"])
def test_what_is_no_colour(colour):
    with pytest.raises(ValueError, match=r"colour|hex"):
        assets.contrast(colour, "#fff")


@given(COLOURS)
def test_any_accent_can_be_read_in_the_dark(colour):
    assert assets.contrast(assets.brightened(colour), assets.PAPER_DARK) >= 4.5


@given(COLOURS)
def test_a_faint_accent_gets_the_nearest_that_can_be_read(colour):
    better = assets.faint(colour)
    assert (better is None) == (assets.contrast(colour, assets.PAPER_LIGHT) >= 4.5)
    if better:
        assert 4.5 <= assets.contrast(better, assets.PAPER_LIGHT) < 5


@pytest.mark.parametrize(
    ("light", "dark", "both"),
    [
        ("#b3261e", "#ffb4ab", "#b3261e, #ffb4ab"),
        ("#b3261e", None, f"#b3261e, {assets.brightened('#b3261e')}"),
        (None, "#ffb4ab", f"{assets.PENCIL_LIGHT}, #ffb4ab"),
    ],
)
def test_the_accent_goes_into_the_layer_of_the_tokens(light, dark, both):
    rule = assets.accent_rule(light, dark)
    assert f"--pencil: light-dark({both})" in rule
    assert rule.strip().startswith("@layer tokens {")
    assert rule.count("{") == rule.count("}")
    files, names = assets.collect((THEME,), Options(light, dark))
    css = next(file.data for file in files if file.path == names["theme.css"]).decode()
    assert css.endswith(rule)


# ------------------------------------------------------------------------------ sitemap and robots


def a_sitemap(url):
    articles = [
        an_article("Käse & <Brot>", slug="käse", updated=NOON, published=days_before(1), aliases=("old/",)),
        an_article("Two", published=days_before(2), topics=()),
    ]
    site = a_site(articles, url=url)
    names = assets.collect((THEME,), Options())[1]
    planned = pages.plan(site, {article.id: article for article in articles}, names)
    root = ET.fromstring(assets.sitemap(site, planned).data)  # noqa: S314 -- our own
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return {
        url.findtext("s:loc", namespaces=space): url.findtext("s:lastmod", namespaces=space)
        for url in root.findall("s:url", space)
    }


def test_the_sitemap_names_every_page_but_404_and_redirects():
    located = a_sitemap("https://example.org/repo/")
    assert list(located) == sorted(located)
    assert located["https://example.org/repo/2026/11/k%C3%A4se/"] == "2026-11-23T12:00:00+00:00"
    assert located["https://example.org/repo/editions/2026-11-21/"] == "2026-11-21T12:00:00+00:00"
    assert "https://example.org/repo/" in located
    assert "https://example.org/repo/topics/on-site-power/" in located
    assert not [url for url in located if "404" in url or "old" in url or "index.html" in url]


def test_robots_know_the_sitemap():
    file = assets.robots(a_site(url="https://example.org/repo/"))
    assert file.path == "robots.txt"
    assert file.data.decode().splitlines()[-1] == "Sitemap: https://example.org/repo/sitemap.xml"
