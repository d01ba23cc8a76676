"""No word of a text is lost because it looks like a tag, and no open element takes the rest in silence."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import content
from generator.content.strays import KNOWN, spoken, strays
from generator.content.tokens import clean, to_html

NAMES = "path text set list max min sum and or not in int view filter switch desc log real limit EOF your-name".split()


def plain(made: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", made)).split())


def all_spoken(made: str) -> str:
    return spoken(made, strays(made))


def read(tmp_path: Path, body: str) -> content.Content:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.md").write_text(f"---\ntitle: A\ndate: 2026-11-23\n---\n\n{body}\n")
    return content.read(folder, "UTC", "en")


@pytest.mark.parametrize("name", NAMES)
def test_a_word_in_angles_is_a_word(name: str, tmp_path: Path):
    made = read(tmp_path, f"Run restore <{name}> on the server. The bank lost.\n\nIt pays.")
    assert made.problems == ()
    said = [sentence.text for sentence in made.articles[0].sentences[1:]]
    assert said == [f"Run restore <{name}> on the server.", "The bank lost.", "It pays."]


@pytest.mark.parametrize(
    "text",
    [
        "Map<String,Int> and List<int> of all",
        "if a<b and c>d then go",
        "Acme <Acme & Co> said",
        "I </3 you, <3 and > too",
        "x <?php foo ?> y <!word z> w",
        "if x <y then all",
        "see <https://a.example/> now",
    ],
)
def test_no_sign_of_prose_is_lost(text: str):
    want = re.sub(r"[<>]", "", text) if "https" in text else text
    assert plain(clean(all_spoken(to_html(text)))) == want


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> <del>old</del>",
        "<details open><summary>S</summary>x</details>",
        "<!-- c --> ok",
        "`<path>` code",
    ],
)
def test_html_stays_html(text: str):
    made = to_html(text)
    assert clean(all_spoken(made)) == clean(made)


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("Attackers put a <script> tag into the page.\n\nThe bank lost.", 6, 17),
        ("One.\n\n<style/>\n\nRest.", 8, 1),
        ("One.\n\nTwo <svg><title>x and so on.\n\nRest.", 8, 5),
        ("<template>\n\nRest.", 6, 1),
        ("<script>a</script> and <script>b", 6, 1),
    ],
)
def test_what_nothing_closes_is_told(body: str, line: int, column: int, tmp_path: Path):
    found = [(it.line, it.column, it.code) for it in read(tmp_path, body).problems]
    assert found == [(line, column, "unclosed-html")]


def test_what_is_closed_goes_in_silence(tmp_path: Path):
    made = read(
        tmp_path, "<script>let a = 1 < 2</script>\n\n<svg><title>x</title><path d='1'/></svg>\n\nRest."
    )
    assert made.problems == ()
    assert [sentence.text for sentence in made.articles[0].sentences[1:]] == ["Rest."]


@given(
    st.lists(
        st.sampled_from(["<", ">", "</", "a", "b ", "path", "xy", " ", '"', "'", "!", "?", "=", "/", "3"]),
        max_size=12,
    )
)
def test_words_outlive_whatever_stands_between_them(parts: list[str]):
    text = f"Begin {''.join(parts)} end"
    made = all_spoken(to_html(text))
    inside = re.findall(r"<(/?)([a-zA-Z][^\s/<>]*)", made)
    assert all(name.lower() in KNOWN for _, name in inside if name)
