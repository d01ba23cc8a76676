"""Not to look for marks that are not there changes nothing of what a text becomes."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content import bounds
from generator.content.sought import NEEDED, Sought, _Pattern
from generator.model import Limits

MARKS = "`\\[]()!<>&;#:/@*_^~|-+=\"' \n\tax1."
PIECES = [
    "[^a]",
    "[^a]: b\n",
    "![a](b)",
    "[a][b]",
    "[b]: c\n",
    "<a@b.c>",
    "<https://a.b>",
    "&amp;",
    "  \n",
    "`a`",
]


def converter(*, sought: bool) -> markdown.Markdown:
    extensions = [it for it in bounds.extensions(Limits()) if sought or not isinstance(it, Sought)]
    return markdown.Markdown(extensions=extensions, output_format="html")


QUICK, PLAIN = converter(sought=True), converter(sought=False)


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(MARKS, max_size=8)), max_size=12).map("".join))
def test_a_text_becomes_the_same(text: str):
    assert QUICK.reset().convert(text) == PLAIN.reset().convert(text)


def test_each_pattern_of_a_line_is_there_and_asked():
    names = {item.name for item in PLAIN.inlinePatterns._priority}
    assert names - set(NEEDED) == {"em_strong"}  # which looks for two marks, and nearly always finds one
    assert all(isinstance(QUICK.inlinePatterns[name].compiled_re, _Pattern) for name in NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_a_pattern_needs_its_literal(name: str):
    """Whatever it finds holds the literal."""
    compiled: re.Pattern[str] = PLAIN.inlinePatterns[name].compiled_re
    text = "".join(PIECES) + "\\* <b> [a] ![a] a  \nb"
    found = [text[match.start() : match.end() + 2] for match in compiled.finditer(text)]
    assert found
    assert all(NEEDED[name] in it for it in found)
