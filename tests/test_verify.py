"""What an article does not hold of a text: numbers by value, quotations word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.summarise.verify import unsupported
from tests.making import an_article, html_of, sentences_of


def found(written: str, *said: str, html: str = "", title: str = "A title") -> list[tuple[str, str]]:
    sentences = sentences_of(title, [said])
    article = an_article(title, sentences=sentences, html=html or html_of(sentences))
    return [(item.kind, item.text) for item in unsupported(written, article)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It costs 600bn dollars.", "It costs $600 billion."),
        ("It costs $600 billion.", "It costs $600,000 million."),
        ("Some 48% of it.", "About 48 percent of it."),
        ("Some 48 per cent of it.", "About 48% of it."),
        ("Three of them.", "There were 3 of them."),
        ("It has 12 halls.", "It has twelve halls."),
        ("It holds 1200 people.", "It holds 1,200 people."),
        ("Two million people.", "About 2 million people."),
        ("It is 1.50 metres.", "It is 1.5 metres."),
        ("It came 3rd.", "It came third."),
        ("It opens in 2027, on 4 May.", "On 4 May 2027 it opens."),
        ("No number at all.", "Nor here."),
        ("Between 240 and 480 hours.", "It took 240 to 480 hours."),
    ],
)
def test_numbers_agree_by_value(written: str, said: str):
    assert found(written, said) == []


@pytest.mark.parametrize(
    ("written", "said", "number"),
    [
        ("It costs $9 billion.", "It costs $2 billion.", "9 billion"),
        ("It costs $2 million.", "It costs $2 billion.", "2 million"),
        ("It costs $2.", "It costs $2 billion.", "2"),
        ("Some 49 percent.", "Some 48 percent.", "49 percent"),
        ("Some 48 percent.", "Some 48 halls.", "48 percent"),
        ("Five halls.", "Six halls.", "Five"),
        ("In 2028.", "In 2027.", "2028"),
        ("It is 1.5 metres.", "It is 15 metres.", "1.5"),
    ],
)
def test_other_numbers_are_named(written: str, said: str, number: str):
    assert found(written, said) == [("number", number)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"It won\'t wait," she said.', "She said: “It won’t wait.”"),
        ("“It won’t  wait”", '"It won\'t wait, ever"'),
        ("«Nous  partons»", "« Nous partons », dit-elle."),
        ("„Wir gehen“", "Sie sagte: »Wir gehen.«"),
    ],
)
def test_quotations_agree_up_to_their_marks(written: str, said: str):
    assert found(written, said) == []


def test_words_that_nobody_said_are_named_in_the_order_of_the_text():
    made = found('It costs $9 billion, and "nobody asked us" for 7.', "Nobody has asked us.")
    assert made == [("number", "9 billion"), ("quotation", "nobody asked us"), ("number", "7")]


def test_title_headings_and_tables_belong_to_the_article():
    table = "<table><tbody><tr><th>Own plant</th><td>8.1</td></tr><tr><td>5.6</td></tr></tbody></table>"
    written = "From 5.6 to 8.1 cents in 40 &amp; 60 days, five years on."
    assert found(written, "A.", html=f"<h3>40 &amp; 60 days</h3>{table}", title="Five years") == []


def test_a_number_split_by_inline_tags_is_one():
    assert found("It costs $600 billion.", "A.", html="<p>It costs $<b>600</b> billion.</p>") == []


def test_numbers_do_not_run_together_across_cells():
    html = "<table><tbody><tr><td>4</td><td>8</td></tr></tbody></table>"
    assert found("It has 48 halls.", "A.", html=html) == [("number", "48")]


NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**6).map("{:,}".format),
    st.builds("{}.{}".format, st.integers(0, 999), st.integers(0, 99)),
)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_what_the_article_says_is_supported(numbers: list[str]):
    said = " halls, ".join(numbers) + " halls."
    assert found(said, said) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_checked(written: str, said: str):
    made = found(written, said)
    assert all(kind in ("number", "quotation") and text in written for kind, text in made)
