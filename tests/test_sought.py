"""Not to look for marks that are not there changes nothing of what a text becomes."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor

from generator.content import bounds
from generator.content.sought import NEEDED, Sought, _Inlines
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
    "\n\na b",
    "\n\n",
    "ä: |b|\n",
    "    ",
    "- a\n\n    b\n\n",
    ":   a",
]


def converter(*, sought: bool) -> markdown.Markdown:
    extensions = [it for it in bounds.extensions(Limits()) if sought or not isinstance(it, Sought)]
    return markdown.Markdown(extensions=extensions, output_format="html")


QUICK, PLAIN = converter(sought=True), converter(sought=False)


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(MARKS, max_size=8)), max_size=12).map("".join))
def test_a_text_becomes_the_same(text: str):
    assert QUICK.reset().convert(text) == PLAIN.reset().convert(text)


def test_each_pattern_of_a_line_is_known_and_the_library_asks_ours():
    assert {item.name for item in PLAIN.inlinePatterns._priority} == set(NEEDED)
    assert isinstance(QUICK.treeprocessors["inline"], _Inlines)
    assert "_InlineProcessor__handleInline" in vars(InlineProcessor)  # or ours would never be called


def test_a_pattern_that_is_not_known_is_always_asked():
    class Shout(Extension):
        def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
            md.inlinePatterns.register(SimpleTagInlineProcessor("()(QUIET)", "strong"), "shout", 65)

    made = markdown.Markdown(extensions=[Sought(), Shout()]).convert("a QUIET word, a *QUIET* one")
    assert "<strong>QUIET</strong> word" in made
    assert made == markdown.Markdown(extensions=[Shout()]).convert("a QUIET word, a *QUIET* one")


@pytest.mark.parametrize("name", NEEDED)
def test_a_pattern_needs_its_literal(name: str):
    """Whatever it finds holds one of the literals."""
    compiled: re.Pattern[str] = PLAIN.inlinePatterns[name].compiled_re
    text = "".join(PIECES) + "\\* <b> [a] ![a] a  \nb _c_"
    found = [text[match.start() : match.end() + 2] for match in compiled.finditer(text)]
    assert found
    assert all(any(literal in it for literal in NEEDED[name]) for it in found)
