"""Sentences of news in four languages: marked texts of our own, and texts that are no news."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import text
from generator.content.anchors import anchor
from generator.content.tokens import convert, tokens

CASES = Path(__file__).parent / "sentences"
LANGUAGES = ("en", "de", "fr", "es")
# Only their meaning tells where these end.
FAULTS = {
    "It lacks vitamin D.| Doctors prescribe it daily.",
    "The firm left the U.K.| Prices rose at once.",
    "Most of it goes to the U.S.| China takes the rest.",
    "Nació el 3 de oct. de 1931 en EE. UU.| Murió ayer.",
    "“I just ... I can't,” she said.| Her voice broke.",
}


def marked(lang: str) -> Iterator[str]:
    lines = (CASES / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and line[0] != "#")


def split(written: str, lang: str) -> list[str]:
    return [written[start:end] for start, end in text.sentences(written, lang)]


@pytest.mark.parametrize(("lang", "case"), [(lang, case) for lang in LANGUAGES for case in marked(lang)])
def test_marked_texts(lang: str, case: str):
    written = case.replace("⏎", "\n")
    wanted = [part.strip() for part in written.split("|")]
    assert (split(written.replace("|", ""), lang) == wanted) is (case not in FAULTS)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("A heading\u2029And prose.", ["A heading", "And prose."]),
        ("Gone. . . . Nobody knew.", ["Gone. . . .", "Nobody knew."]),
        (
            "“Why?” Jamie wrote, the court heard. He left.",
            ["“Why?” Jamie wrote, the court heard.", "He left."],
        ),
        ("Prices fell -- with a smile! -- for a week.", ["Prices fell -- with a smile! -- for a week."]),
        ("Use strings.Builder, or math.Sqrt(2).", ["Use strings.Builder, or math.Sqrt(2)."]),
        ("Amazon.Com was sold.", ["Amazon.Com was sold."]),
    ],
)
def test_odd_texts(written: str, wanted: list[str]):
    assert split(written, "en") == wanted


def test_an_unknown_language_is_split_as_english():
    written = "Mr. Reyna left. It rained."
    assert split(written, "xx") == split(written, "en") == ["Mr. Reyna left.", "It rained."]


HARD = [
    "word " * 200_000,
    "." * 1_000_000,
    ". " * 500_000,
    "a. " * 333_000,
    "A. " * 333_000,
    "(a. " * 250_000,
    "WORD " * 200_000,
    "\n " * 500_000,
    "\n" + " " * 1_000_000,
    "!”" * 500_000,
    "ab.A" * 250_000,
    "ab." + "A" + "b" * 1_000_000,
    "“Ab!” " + "Ab " * 300_000,
    "🙂 " * 500_000,
    "! 🙂" * 250_000,
    "[1]" * 300_000,
    "م؟ " * 300_000,
    "。」" * 500_000,
    "- a\n" * 250_000,
    "1. " * 333_000,
    "x" * 1_000_000,
]


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("written", HARD, ids=[ascii(written[:6]) for written in HARD])
def test_time_grows_with_the_text_alone(written: str, lang: str, request: pytest.FixtureRequest):
    """A megabyte takes a second or two; what is quadratic would take hours, and minutes for a quarter of it."""
    taken = written if request.config.getoption("--deep") else written[: len(written) // 4]
    started = time.process_time()
    text.sentences(taken, lang)
    assert time.process_time() - started < 10


SIGNS = st.text(st.sampled_from("abIA1 .?!…。؟।\"'”“’)([»«\n\u2029\u00a0-–•🙂é,"), max_size=80)


@given(SIGNS | st.text(max_size=80), st.sampled_from([*LANGUAGES, "ja", "", "x-y"]))
def test_spans_are_trimmed_ordered_and_leave_only_white_space(written: str, lang: str):
    at = 0
    for start, end in text.sentences(written, lang):
        assert written[at:start].strip() == ""
        assert start >= at
        assert written[start:end].strip() == written[start:end] != ""
        at = end
    assert written[at:].strip() == ""


@given(SIGNS, st.sampled_from(LANGUAGES))
def test_a_blank_line_ends_a_sentence(written: str, lang: str):
    parts = [part for part in (written, "Then") if part.strip()]
    assert split("\n\n".join(parts), lang)[-1] == "Then"


# ------------------------------------------------------------------------------- in an article's blocks


def anchored(markdown: str) -> list[tuple[str, str]]:
    made = anchor(list(tokens(convert(markdown))), "en")
    return [(sentence.text, sentence.kind) for sentence in made.sentences]


@pytest.mark.parametrize(
    "markdown",
    [
        "The plan\n\n- a plant\n- a line",
        "The plan\n\n* a plant\n\n* a line",
        "The plan:\n- a plant\n- a line",
        "## Not this\n\nThe plan\n\n> a plant\n\na line",
        "**The plan**\na plant<br>a line",
        "The plan  \na plant  \na line",
    ],
)
def test_items_headings_and_prose_are_never_glued(markdown: str):
    told = [said.strip(":- ") for said, _ in anchored(markdown)]
    assert told == ["The plan", "a plant", "a line"]


def test_bold_words_of_a_sentence_are_no_heading():
    assert len(anchored("**Corvane** will build a plant\nat Llano Verde.")) == 1


@pytest.mark.parametrize(
    "markdown",
    ["- [The county votes](a.md)", "[Read on](https://news.example) »", "- [One](a.md) | [Two](b.md)"],
)
def test_a_block_that_is_nothing_but_links(markdown: str):
    assert [kind for _, kind in anchored(markdown)] == ["link"]


@pytest.mark.parametrize(
    "markdown", ["- [The county](a.md) votes", "It [said](a.md).", "See: [one](a.md)", "a", "> [One](a.md)"]
)
def test_a_link_among_words_is_prose(markdown: str):
    assert "link" not in [kind for _, kind in anchored(markdown)]
