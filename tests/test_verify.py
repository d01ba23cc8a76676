"""What an article does not hold of a text: numbers by value, quotations word for word, names; and what is flagged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.summarise.verify import FATAL, held, supported, unsupported
from generator.summarise.verify.numbers import numbers
from tests.making import an_article, html_of, sentences_of


def found(
    written: str, *said: str, html: str = "", title: str = "A title", lang: str = "en"
) -> list[tuple[str, str]]:
    sentences = sentences_of(title, [said])
    article = an_article(title, sentences=sentences, html=html or html_of(sentences), lang=lang)
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
        ("It has 25 halls.", "It has twenty-five halls."),
        ("It has ninety-nine halls.", "It has 99 halls."),
        ("It has 150 halls.", "It has one hundred and fifty halls."),
        ("It has two dozen halls.", "It has 24 halls."),
        ("It took half a million.", "It took 500,000."),
        ("Some 50% of it.", "Half of it."),
        ("It came twenty-first.", "It came 21st."),
        ("Between 10% and 15% of it.", "It took 10-15 percent of it."),
        ("It took 10 to 15 percent of it.", "From 10% to 15% of it."),
        ("It costs $2 million or $3 million.", "It costs $2-3 million."),
        ("It costs 5 dollars.", "It costs US$5."),
        ("It costs 5 euros.", "It costs €5."),
        ("It weighs 10 pounds.", "It weighs ten pounds."),
        ("It opens at 7pm.", "It opens at 19:00."),
        ("It opens at 7.30 p.m.", "It opens at 19:30."),
        ("It opened in the 90s.", "It opened in the 1990s."),
        ("It opened on 2026-11-24.", "It opened on Nov. 24, 2026."),
        ("It opened on 24/11/2026.", "It opened on 24 November 2026."),
        ("It is 100m long.", "It is 100 metres long."),
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
        ("It costs $5.", "It costs €5.", "5"),
        ("It costs 5 pounds.", "It costs $6 and takes 7.", "5 pounds"),
        ("It has twenty-six halls.", "It has twenty halls and 6 doors.", "twenty-six"),
        ("It opens at 8pm.", "It opens at 19:00.", "8pm"),
        ("It opened on 2026-11-24.", "It opened on Dec. 24, 2026.", "2026-11-24"),
        ("It has a dozen halls.", "It has ten halls.", "a dozen"),
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


@pytest.mark.parametrize(
    ("lang", "written", "said"),
    [
        ("de", "Es kostet 1200,5 Euro.", "Es kostet 1.200,50 €."),
        ("de", "Es sind 2 Milliarden.", "Es sind 2.000.000.000."),
        ("de", "Es sind 3,5 Prozent.", "Es sind 3,5 %."),
        ("fr", "Il y a 600000 habitants.", "Il y a 600 000 habitants."),
        ("fr", "C’est 3,5 %.", "C’est 3,5 pour cent."),
        ("es", "Cuesta 5000 millones.", "Cuesta 5 mil millones."),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(lang: str, written: str, said: str):
    assert found(written, said, lang=lang) == []


def test_addresses_in_a_row_are_read_as_some_number():
    said = "Gesperrt sind 127.255.255.254 169.254.169.254 172.16.0.1 seit Mai."
    assert found(said, said, lang="de") == []


def test_a_decimal_comma_is_no_thousand():
    assert found("Es kostet 3,500 Euro.", "Es kostet 3500 Euro.", lang="de") == [("number", "3,500 Euro")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("They met Patil.", "They met Rahul Patil."),
        ("They met Patil's team.", "They met Rahul Patil."),
        ("They joined the WHO.", "They joined the World Health Organization."),
        ("They joined the World Health Organization.", "They joined the WHO."),
        ("They left the U.S. at once.", "They left the United States at once."),
        ("The American firm paid.", "A firm in America paid."),
        ("The Russian firm paid.", "A firm in Russia paid."),
        ("They met José Muñoz.", "They met Jose Munoz."),
        ("They met John O’Hara.", "They met John O'Hara."),
        ("They met Ardent.", "THEY MET ARDENT."),
        ("The US-based firm paid.", "A firm based in the US paid."),
        ("On Nov. 24 they met.", "On November 24 they met."),
        ("They met John Smith.", "They met John William Smith."),
        ("Officials and Engineers Met Patil.", "Some officials and engineers met Patil."),
        ("Officials met.", "They met."),
        ('They said: "Nobody met."', "Nobody met."),
        ("They met Dr Patil.", "They met Rahul Patil."),
    ],
)
def test_names_agree_by_what_they_name(written: str, said: str):
    assert [item for item in found(written, said) if item[0] == "name"] == []


@pytest.mark.parametrize(
    ("written", "said", "name"),
    [
        ("They met Okerby.", "They met Patil.", "Okerby"),
        ("Okerby met them.", "Patil met them.", "Okerby"),
        ("They met Rahul Okerby.", "They met Rahul Patil.", "Okerby"),
        ("They joined the WTO.", "They joined the World Health Organization.", "WTO"),
        ("They met on Monday.", "They met on Tuesday.", "Monday"),
        ("They met Rahul Moreno.", "They met Rahul Patil and Ada Moreno.", "Rahul Moreno"),
        ("They sold an iPhone.", "They sold a telephone.", "iPhone"),
        ("They met the Dutch.", "They met the French.", "Dutch"),
    ],
)
def test_other_names_are_named(written: str, said: str, name: str):
    assert found(written, said) == [("name", name)]


def test_where_each_noun_has_a_capital_only_whole_unknown_names_are_told():
    said = "Der Rat hat den Plan von Rahul Patil gebilligt."
    assert found("Der Beschluss gilt, sagt Rahul Patil.", said, lang="de") == []
    assert found("Das sagt der Minister Oswin Tharbeck.", said, lang="de") == [
        ("name", "Minister"),
        ("name", "Oswin"),
        ("name", "Tharbeck"),
    ]


@pytest.mark.parametrize(
    ("written", "said", "word"),
    [
        ("The county did not approve the plan.", "The county approved the plan on Sunday.", "approve"),
        ("The county approved the plan.", "The county didn’t approve the plan on Sunday.", "approved"),
        ("The county refused to approve the plan.", "The county approved the plan on Sunday.", "approve"),
    ],
)
def test_a_negation_turned_is_flagged(written: str, said: str, word: str):
    assert found(written, said) == [("negation", word)]


def test_a_negation_that_its_sentence_shares_is_none():
    assert found("The county has not approved the plan.", "The county never approved the plan.") == []


FIVE = "Two companies asked the county for turbines. The harbour closed after a storm flooded three streets."


def test_words_that_the_article_does_not_put_together_are_flagged():
    written = "Angry farmers blame careless ministers for ruined harvests."
    assert found(written, FIVE) == [("support", written)]


def test_a_number_that_stands_beside_other_words_is_flagged():
    said = "Corvane ordered 48 large turbines from Ardent. The county, meanwhile, approved a new harbour wall and heard 212 sharp objections last spring."
    assert found("Corvane then ordered 212 large turbines from Ardent.", said) == [("support", "212")]


def test_what_is_wrong_is_not_flagged_too():
    assert {kind for kind, _ in found("Angry farmers blame 17 careless ministers for ruin.", FIVE)} == {
        "number"
    }


def test_only_english_words_are_weighed():
    said = "Die Stadt hat den Plan gebilligt."
    assert found("Der Hafen hat nie einen anderen Weg gefunden als diesen.", said, lang="de") == []


def test_errors_are_told_from_flags():
    items = unsupported("Okerby paid 17.", an_article())
    assert [(item.kind, item.fatal) for item in items] == [("name", True), ("number", True)]
    assert frozenset({"number", "quotation", "name"}) == FATAL


def test_an_article_made_ready_gives_the_same():
    article = an_article()
    written = "Okerby did not approve the plan for 17 turbines."
    assert unsupported(written, held(article)) == unsupported(written, article)
    assert supported(written, held(article)) == supported(written, article)


def test_support_is_whole_for_what_is_verbatim_and_falls_with_what_is_not():
    article = an_article()
    said = article.sentences[1].text
    assert supported(said, article) == 1
    assert (
        0 < supported("Corvane will power its campus at Llano Verde with borrowed gas engines.", article) < 1
    )
    assert supported("Angry farmers blame careless ministers for ruined harvests.", article) == 0


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


WORDS = st.one_of(
    st.sampled_from(
        """county plan did not never approved refused Patil Rahul WHO U.S. $5 600bn dollars 48% twenty-five
        one hundred and fifty 1,200 “nobody asked” ‘so it goes’ said: It's 7pm The Mr. O’Hara — (left) 10-15
        million € 3,5 Straße ΣΊΣΥΦΟΣ İstanbul नमस्ते दुनिया 東京の夏 你好 مرحبا ١٢ 😀 don’t n't "It" ﬁne""".split()
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=6),
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_what_stands_there_word_for_word_is_never_found_fault_with(
    told: list[list[str]], data: st.DataObject
):
    lang = data.draw(st.sampled_from(["en", "de", "fr", "es", "ar", "ja", "tr"]))
    said = [" ".join(words) for words in told]
    chosen = data.draw(st.sampled_from(said))
    # A number with its unit is one word: a cut through it is not word for word.
    within = {at for number in numbers(chosen, lang) for at in range(number.start - 2, number.end + 1)}
    cuts = [0, *(at for at, sign in enumerate(chosen) if sign == " " and at not in within), len(chosen)]
    start, end = sorted((data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))))
    sentences = sentences_of("A title", [said])
    article = an_article(sentences=sentences, html=html_of(sentences), lang=lang)
    assert unsupported(chosen, article) == ()
    assert unsupported(chosen[start:end], article) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_checked(written: str, said: str):
    made = found(written, said)
    assert all(text in written for _, text in made)
