"""Theme files, the accent colour, sitemap and robots."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import assets, pages, pictures, urls
from generator.assets import FontFile, Options, colours
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
    assert set(names) == {path.name for path in (THEME / "assets").iterdir()}
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


# -------------------------------------------------------------------------------------- the look


def style(options: Options) -> str:
    files, names = assets.collect((THEME,), options)
    return next(file.data for file in files if file.path == names["theme.css"]).decode()


def test_the_constants_are_those_of_the_theme():
    css = (THEME / "assets" / "theme.css").read_text()
    for role, name in colours.PROPERTIES.items():
        light, dark = colours.DEFAULT[role]
        assert f"  {name}: {light};" in css
        assert f"{name}: light-dark({light}, {dark})" in css
    assert pages.Theme().paper == pages.Tone(*colours.DEFAULT["paper"])


def test_a_site_that_changes_nothing_has_the_theme_s_own_style():
    assert style(Options()) == (THEME / "assets" / "theme.css").read_text()
    assert colours.palette({}) == dict(colours.DEFAULT)


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


@given(COLOURS, COLOURS)
def test_any_colour_has_a_near_one_that_can_be_read(colour, ground):
    better = assets.readable(colour, ground)
    assert assets.contrast(better, ground) >= 4.5
    if better != colour:
        assert assets.contrast(colour, ground) < 4.5


@given(st.dictionaries(st.sampled_from(list(colours.DEFAULT)), st.tuples(COLOURS, st.none() | COLOURS)))
def test_what_a_site_does_not_give_can_be_read_on_what_it_gives(given):
    made = assets.palette(given)
    wrong = {(it.role, it.scheme) for it in assets.faint(given)}
    for n, scheme in enumerate(colours.SCHEMES):
        for role, ground in (
            ("ink", "paper"),
            ("small_print", "paper"),
            ("accent", "paper"),
            ("marker", "ink"),
        ):
            if (role, scheme) not in wrong:
                assert assets.contrast(made[role][n], made[ground][n]) >= 4.5
    assert all(pair[0] == made[role][0] for role, pair in given.items())


@pytest.mark.parametrize(
    ("pair", "both"),
    [
        (("#b3261e", "#ffb4ab"), "#b3261e, #ffb4ab"),
        (("#b3261e", None), f"#b3261e, {assets.readable('#b3261e', '#141617')}"),
    ],
)
def test_colours_go_into_the_layer_of_the_tokens(pair, both):
    css = style(Options({"accent": pair}))
    rule = css.removeprefix((THEME / "assets" / "theme.css").read_text())
    assert f"--pencil: light-dark({both})" in rule
    assert "--ink" not in rule
    assert rule.strip().startswith("@layer tokens {")
    assert rule.count("{") == rule.count("}")


def test_ink_in_the_dark_keeps_its_hue_and_stands_out_from_small_print():
    made = assets.palette({"ink": ("#2b1f14", None), "small_print": ("#6b5b4b", None)})
    ink, small_print = made["ink"][1], made["small_print"][1]
    assert assets.contrast(ink, "#141617") >= 14
    assert 7 < assets.contrast(small_print, "#141617") < 9
    red, green, blue = colours.channels(ink)
    assert red > green > blue


def test_paper_alone_brings_hairlines_that_suit_it():
    light, dark = assets.palette({"paper": ("#fff1e0", None)})["rule"]
    assert light != colours.DEFAULT["rule"][0]
    assert dark == colours.DEFAULT["rule"][1]


def test_fonts_are_published_and_named_in_the_style():
    font = FontFile("Own Serif", 'fonts/Own "S".WOFF2', b"wOF2...", "200 900", "italic")
    options = Options(text=("Own Serif", "Georgia", "serif"), labels=("Optima",), fonts=(font,))
    files, names = assets.collect((THEME,), options)
    (address,) = (address for address in names.values() if address.endswith(".woff2"))
    assert next(file.data for file in files if file.path == address) == b"wOF2..."
    css = style(options)
    assert '--serif: "Own Serif", "Georgia", serif; --sans: "Optima", sans-serif;' in css
    assert f'src: url("{urls.encode(address.removeprefix("assets/"))}") format("woff2")' in css
    assert "font-weight: 200 900; font-style: italic; font-display: swap" in css
    site = a_site()
    for fonts, allowed in ((names, True), ({}, False)):
        home = next(pages.plan(site, {}, {**names, **fonts} if allowed else fonts))
        assert ("font-src 'self'" in home.context["policy"]) is allowed


# ------------------------------------------------------------------------------ sitemap and robots


def a_sitemap(url):
    articles = [
        an_article("Käse & <Brot>", slug="käse", updated=NOON, published=days_before(1), aliases=("old/",)),
        an_article("Two", published=days_before(2), topics=()),
    ]
    site = a_site(articles, url=url)
    names = assets.collect((THEME,), Options())[1]
    planned = pages.plan(site, {article.id: article for article in articles}, names)
    listed = [page.path for page in planned if page.context["page"].listed]
    root = ET.fromstring(assets.sitemap(site, listed).data)  # noqa: S314 -- our own
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


def test_the_manifest_names_icons_that_are_published():
    files, names = assets.collect((THEME,), Options())
    file = assets.manifest(a_site(url="https://example.org/repo/"), names, "#f7f7f3")
    made = json.loads(file.data)
    assert file.path == "manifest.webmanifest"
    assert (made["start_url"], made["scope"], made["theme_color"]) == ("/repo/", "/repo/", "#f7f7f3")
    data = {f"/repo/{file.path}": file.data for file in files}
    for icon in made["icons"]:
        picture = pictures.measure(data[icon["src"]])
        assert icon["type"] == picture.type
        assert icon["sizes"] in ("any", f"{picture.width}x{picture.height}")
