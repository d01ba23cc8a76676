"""The embedded summariser: every line is the article's own, and nothing is better than filler."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import summarise, text
from generator.model import Article, Brief, Figure, Line, Sentence
from generator.summarise.extractive.boilerplate import is_boilerplate
from generator.summarise.extractive.context import clause
from generator.summarise.verify import unsupported
from tests.making import an_article, sentences_of

REPORT = (
    (
        "Corvane will power its campus at Llano Verde from its own turbines until at least 2031.",
        "The first 300 megawatts of the plant are due to start in October 2027, the company said.",
    ),
    (
        "The county approved the plan on Sunday evening, by three votes to two, after a hearing of six hours.",
        "Corvane will buy 48 turbines from Ardent Power, a maker of ship engines, at a cost of $2.3 billion.",
        "Ardent Power builds them in a yard on the Gulf coast and delivers the first in March.",
    ),
    (
        "Two other companies have asked the county for the same terms.",
        "Between them they want 650 megawatts, more than the whole county draws on the hottest day of summer.",
        "The grid operator told Corvane that a connection at Llano Verde would take five years to build.",
        "It has asked the state for leave to charge such plants for the reserve that they rely on.",
        "Sign up for our weekly letter.",
    ),
)


def brief(*paragraphs: tuple[str, ...], **overrides: Any) -> Brief:
    return summarise.choose()(an_article(paragraphs=paragraphs or REPORT, **overrides))


def lines_of(made: Brief) -> list[Line]:
    lines = [made.headline, *made.summary, *filter(None, [made.why_it_matters]), *made.key_points]
    lines += [*made.whats_next, *(figure.context for figure in made.key_figures)]
    return lines + [it.line for it in (*made.quotes, *made.dates)]


def in_order(part: str, whole: str) -> bool:
    """Tell whether all words of one text stand in the other, in their order."""
    rest = iter(text.words(whole))
    return all(word in rest for word in text.words(part))


# ----------------------------------------------------------------------------------- the whole brief


def test_a_report_gets_a_whole_brief():
    article = an_article(paragraphs=REPORT)
    made = summarise.choose()(article)
    assert made.headline == Line(article.title, ("s0",))
    assert made.byline == "extractive 4"
    assert made.summary[0] == Line(REPORT[0][0], ("s1",))
    assert 3 <= len(made.key_points) <= 5
    assert made.coverage.boilerplate == ("s10",)
    assert made.coverage.words_in == article.words
    assert made.topics[0] == "On-site power"
    assert ("$2.3", "billion") in [(figure.value, figure.unit) for figure in made.key_figures]


def test_what_the_article_does_not_hold_stays_empty():
    made = brief(("The road is long.", "Trees stand along it."))
    assert made.why_it_matters is None
    others = (
        made.key_points,
        made.key_figures,
        made.people,
        made.organisations,
        made.places,
        made.names,
        made.quotes,
        made.dates,
        made.whats_next,
        made.topics[1:],
    )
    assert others == ((),) * 10


def test_key_points_come_in_the_order_of_the_article_and_repeat_nothing():
    made = brief()
    places = [int(line.evidence[0][1:]) for line in made.key_points]
    assert places == sorted(places)
    told = [line.text for line in (*made.summary, *made.key_points)]
    assert len(set(told)) == len(told)
    assert all(text.word_count(line.text) <= 40 for line in made.key_points)


def test_a_short_article_has_no_key_points():
    assert brief(REPORT[0], REPORT[1][:1]).key_points == ()


def test_a_long_first_sentence_is_a_summary_by_itself():
    long = "Corvane " + "and the county and the state " * 8 + "agreed."
    assert [line.text for line in brief((long,), *REPORT).summary] == [long]


def test_the_second_line_of_a_summary_stands_alone():
    others = (
        "It will be built by the sea near the town of Llano Verde.",
        "They asked for more of it in May.",
    )
    assert len(brief(("Corvane will build a plant at Llano Verde.", *others)).summary) == 1


def test_a_summary_does_not_begin_with_boilerplate():
    assert brief(("By Ada Moreno",), ("Photo: Ada Moreno",), *REPORT).summary[0].text == REPORT[0][0]


@pytest.mark.parametrize("length", [109, 110])
def test_a_headline_that_fits_is_whole(length: int):
    title = ("word " * 40)[:length].strip().ljust(length, "x")
    assert brief(title=title).headline == Line(title, ("s0",))


def test_a_long_headline_is_cut_at_a_word():
    title = "Corvane and the county of Llano Verde agree " * 4
    made = brief(title=title.strip()).headline
    assert len(made.text) <= 110
    assert made.text.endswith("…")
    assert title.startswith(made.text[:-1] + " ")
    assert (made.kind, made.evidence) == ("trimmed", ("s0",))


def test_topics_of_the_editor_come_first_and_are_kept_as_written():
    topics = ("A", "b", "C", "d", "E", "f")
    assert brief(topics=topics).topics == topics[:5]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            ["In May the Grid Board met.", "So the Grid Board voted.", "Now the Grid Board waits."],
            ("Grid Board",),
        ),
        (["In May the Grid Board met.", "So the Grid Board voted."], ()),
        (["In May the grid board met."] * 3, ()),
        (["Grid Board met."] * 3, ()),
        (["In May Mr Reyna met."] * 3, ()),
        (["In May The Board met."] * 3, ()),
    ],
)
def test_a_name_that_the_article_repeats_is_a_topic(said: list[str], found: tuple[str, ...]):
    assert brief(tuple(said), topics=("Power",)).topics == ("Power", *found)


def test_a_topic_that_the_editor_gave_does_not_come_twice():
    said = ("In May the Grid Board met.", "So the Grid Board voted.", "Now the Grid Board waits.")
    assert brief(said, topics=("grid-board",)).topics == ("grid-board",)


# -------------------------------------------------------------------------------------- boilerplate


@pytest.mark.parametrize(
    "said",
    [
        "Write A Comment",
        "Leave a comment below.",
        "Sign up for our weekly letter.",
        "Subscribe to our newsletter today!",
        "Share this article",
        "Share on Facebook",
        "Follow us on Mastodon for more.",
        "Read more: The county votes",
        "Read more",
        "By Ada Moreno",
        "By Ada Moreno and Tomas Reyna",
        "Photo: Ada Moreno",
        "Advertisement",
        "Click here to see the plans.",
        "Related: The county votes",
        "© 2026 The Switchyard. All rights reserved.",
        "This article was originally published on Harbour Wire.",
        "Join the conversation.",
        "***",
    ],
)
def test_boilerplate(said: str):
    assert is_boilerplate(Sentence("s1", said, 1))


@pytest.mark.parametrize(
    "said",
    [
        "Read more than half of the report and the numbers change.",
        "Shares of Corvane fell.",
        "Share prices rose on Monday.",
        "By Monday the county had voted.",
        "By 2031 the plant will be closed.",
        "By Llano Verde runs a line of pylons.",
        "Photographs of the site show six stacks.",
        "Subscribers left in May.",
        "Follow the money, the prosecutor said.",
        "Comments from the county are due in May.",
        "The company signed up 300 customers.",
        "Join Corvane and Ardent, and half of the market is in one hand.",
        "Contact with the ship was lost at noon.",
        "Advertisements brought in $3 million.",
    ],
)
def test_news_is_no_boilerplate(said: str):
    assert not is_boilerplate(Sentence("s1", said, 1))


@pytest.mark.parametrize(
    ("section", "left_out"),
    [
        ("Call to Action: Join the Evolution", True),
        ("Write a comment", True),
        ("Related articles", True),
        ("Looking ahead", False),
        ("Share prices fall", False),
        ("Related companies", False),
        ("Comments of the county", False),
        ("Joining the grid", False),
        ("", False),
    ],
)
def test_sections_that_call_to_action_are_left_out(section: str, left_out: bool):
    assert is_boilerplate(Sentence("s1", "The plant opens in May.", 1, section)) is left_out


def test_captions_are_left_out():
    assert is_boilerplate(Sentence("s1", "The plant at dawn.", 1, kind="caption"))


# ------------------------------------------------------------------------------------------ figures


def figures(*said: str, **overrides: Any) -> list[tuple[str, str]]:
    return [(figure.value, figure.unit) for figure in brief(said, **overrides).key_figures]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("Each pledged about $600 billion in computing power.", ("$600", "billion")),
        ("The limits reach from 240 to 480 hours for some of them.", ("240 to 480", "hours")),
        ("Some 48 percent of the halls stand dark.", ("48", "percent")),
        ("Some 12.5% of the halls stand dark.", ("12.5", "%")),
        ("The campus draws 1.2 gigawatts on a hot day.", ("1.2", "gigawatts")),
        ("The line is 500 miles (800 km) long, the longest yet.", ("500", "miles")),
        ("The bank lent 5 million euros to the county.", ("5", "million euros")),
        ("The work takes 1,200 people from the county.", ("1,200", "people")),
        ("The firm will buy 48 turbines from Ardent Power.", ("48", "turbines")),
        ("Prices rose by 0.5 percentage points in May.", ("0.5", "percentage points")),
        ("The firm paid $5M for the land at the coast.", ("$5", "M")),
        ("THE FIRM PAID $600 BILLION FOR THE LAND.", ("$600", "BILLION")),
        ("The firm pays 5 Million dollars for the land.", ("5", "Million dollars")),
        ("The firm pays $5 to $6 billion for the land.", ("$5 to $6", "billion")),
        ("The firm pays $5–6 billion for the land.", ("$5–6", "billion")),
        ("The firm pays between $5 and $6 billion for the land.", ("$6", "billion")),
        ("On 4 May 2027 $40 million are due in all.", ("$40", "million")),
    ],
)
def test_figures(said: str, figure: tuple[str, str]):
    assert figures(said) == [figure]


@pytest.mark.parametrize(
    "said",
    [
        "The plant opened in 2019 and closed in 2024.",
        "Tomas Reyna, 54, is a commissioner.",
        "The 28-year-old came 3rd.",
        "The meeting began at 10:30 a.m. and ended at 5 p.m.",
        "They won 3-2 on Sunday.",
        "Section 12 rules of it, and No. 5 seeds.",
        "The 2026 elections were on 4 July.",
        "It flew a Boeing 747 jets into the ground.",
        "That was 10 years ago.",
        "It rained in the past 24 hours.",
        "He sailed a 35-foot boat.",
        "One out of 40 users was asked.",
        "It was minus 15 degrees outside.",
        "The firm pays $5 hundred million for the land.",
        "The firm pays $1½ million for the land.",
        "Das Werk zahlt 5 000 000 euros an den Kreis.",
    ],
)
def test_what_is_no_figure(said: str):
    assert figures(said) == []


def test_no_figure_comes_twice_and_there_are_five_at_most():
    said = [
        f"The county of Llano Verde paid ${n} million for hall {name}."
        for n, name in enumerate("ABCDEFGH", 2)
    ]
    made = figures(*said, *said)
    assert len(made) == len(set(made)) == 5


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "The move comes amid heavy spending reported by rivals such as Halden Compute and Sable Systems, each "
            "pledging approximately $600 billion in computing power.",
            "Halden Compute and Sable Systems, each pledging approximately $600 billion in computing power",
        ),
        (
            "Corvane will buy 48 turbines at a cost of $2.3 billion, which its chief executive, a former banker, "
            "raised in the spring from funds in the Gulf.",
            "Corvane will buy 48 turbines at a cost of $2.3 billion",
        ),
        (
            "Prices on the county's exchange fell by 48 percent in the three months that followed the fire, the grid "
            "operator said.",
            "Prices on the county's exchange fell by 48 percent, the grid operator said",
        ),
    ],
)
def test_a_context_is_cut_between_clauses(said: str, wanted: str):
    (figure,) = [f for f in brief((said,)).key_figures if f.unit != "turbines"]
    assert figure.context == Line(wanted, ("s1",), "trimmed")


@pytest.mark.parametrize(
    "said",
    [
        "Nobody at the company, the county or the bank that holds the debt has denied that it did not pay "
        "$5 million.",
        "The court found that the company, which runs eleven plants on the coast of the Gulf, could not be fined "
        "$5 million.",
        "If the county and the state and the grid operator all agree before the end of May, Corvane pays "
        "$5 million.",
        "A man who was asked for $5 million on a cold morning in the spring of that year hadn't been heard from in "
        "weeks at the county's bank.",
        "Critics of the plan and two former commissioners claim, in a letter to the paper last week, that the plant "
        "costs $5 million.",
    ],
)
def test_a_context_never_loses_what_turns_its_meaning(said: str):
    at = said.index("$5 million")
    assert clause(said, at, at + len("$5 million")) is None


@pytest.mark.parametrize(
    ("said", "figure", "wanted"),
    [
        (
            "Tessary’s decision to sell its T4 accelerator for $9,600 instead of $18,400 took some $790 million off "
            "the value of cards that resellers had in their warehouses on Sunday morning.",
            "$18,400",
            None,
        ),
        (
            "Cards bought since 1 September will be made good, up to $210 million; the rest will not.",
            "$210 million",
            None,
        ),
        (
            "Break them up for their memory, which the makers have sold out until 2029 and which now fetches $62 a "
            "gigabyte.",
            "$62",
            None,
        ),
        (
            "The study therefore proposes a standby fee for all of the sites that mean to come back, of $1.80 a month "
            "for each kilowatt.",
            "$1.80",
            None,
        ),
        (
            "Ardent Power of Port Ellery, a maker of engines for fast ferries, has sold Corvane some 48 turbines for "
            "$2.3 billion.",
            "$2.3 billion",
            None,
        ),
        (
            "The plant at Llano Verde, which will have 20 turbines and a battery as large as a barn, is to be "
            "built in two years.",
            "20 turbines",
            None,
        ),
        (
            "Reyna was then kept from all council meetings for six months, fined $110 and ordered to pay the costs "
            "of the county.",
            "$110",
            "fined $110 and ordered to pay the costs of the county",
        ),
        (
            "The inspectors whom the state will send to nine towns on Tuesday carry a list of 22 questions, and the "
            "first is whether the door opens outwards.",
            "22 questions",
            None,
        ),
        (
            "The line at Vega Crossing burned down on Monday, the company said, and lost 640 servers that were worth "
            "as much as the hall.",
            "640 servers",
            "The line at Vega Crossing burned down on Monday, the company said, and lost 640 servers",
        ),
        (
            "Corvane said that its battery at Llano Verde will stand in the open, 60 metres from any hall.",
            "60 metres",
            None,
        ),
        (
            "The pay of crew leaders at the sites was raised by 22 percent in May, faster than for any other job in a "
            "survey of 180 employers that was published on Friday.",
            "180 employers",
            "a survey of 180 employers that was published on Friday",
        ),
    ],
)
def test_a_context_is_never_the_torn_half_of_a_clause(said: str, figure: str, wanted: str | None):
    at = said.index(figure)
    assert clause(said, at, at + len(figure)) == wanted


def test_a_range_written_as_one_counts_as_two_words():
    said = "Corvane " * 14 + "$600 240–480"
    assert brief((said,)).key_figures == ()


def test_a_point_does_not_lean_by_a_contraction():
    leaning = "They’ve got to get to the next stage of the plan of Corvane at Llano Verde."
    made = brief((*REPORT[0], leaning), *REPORT[1:])
    assert leaning not in [line.text for line in (*made.summary, *made.key_points)]


def test_a_figure_keeps_who_found_it():
    said = (
        "The commission found in 2024 that about 90 percent of the investment in the halls of the state would not "
        "have come to the county without it."
    )
    assert [it for it in brief((said,)).key_figures if "90" in it.value] == []


def test_a_text_without_stops_is_no_sentence_and_costs_no_time():
    said = "the plant cost $5 million on 9 December 2026 and 40 percent of it is paid " * 4000
    started = time.process_time()
    made = brief((said,))
    assert time.process_time() - started < 10  # a bound against quadratic time, not a measurement
    assert (made.summary, made.key_figures, made.dates) == ((), (), ())


def test_sentences_of_other_languages_are_not_cut():
    said = (
        "Das Werk kostet 5 Millionen Euro.",
        "Niemand in der Firma, im Kreis oder in der Bank, die das Geld gab, hat gesagt, dass das Werk, wie es "
        "heute steht, nicht 7 Millionen Euro kostet.",
    )
    assert figures(*said, lang="de") == [("5", "Millionen Euro")]


# --------------------------------------------------------------------------- any text gives a brief

WORDS = st.sampled_from(
    "Corvane the will pay $600 billion 48 percent to of and, not 12 turbines. It said “yes” (or no) by 5% 2031? "
    "Ardent Power — while 240–480 hours; if ... 🙂 公司 وقال it's 1.2-gigawatt".split()
)
PROSE = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


def check(article: Article) -> None:
    made = summarise.choose()(article)
    told = {sentence.id: sentence.text for sentence in article.sentences}
    for line in lines_of(made):
        assert line.evidence
        source = " ".join(told[name] for name in line.evidence)
        if line.kind == "verbatim":
            assert line.text == source
        else:
            assert in_order(line.text.rstrip("…"), source)
    for figure in made.key_figures:
        check_figure(figure)
    assert len(made.summary) <= 2
    assert len(made.key_points) in (0, 1, 2, 3, 4, 5)
    assert len(made.headline.text) <= 110
    assert set(made.coverage.boilerplate) <= set(told)


def check_figure(figure: Figure) -> None:
    context = figure.context.text
    assert text.word_count(context) <= 16
    assert re.sub(r"\W", "", figure.value) in re.sub(r"\W", "", context)
    assert figure.unit in context


@given(st.lists(PROSE, max_size=12), st.sampled_from(["en", "de", "ja", "ar"]))
def test_lines_are_what_the_article_says(said: list[str], lang: str):
    check(an_article(paragraphs=[said], lang=lang))


@given(st.lists(st.text(min_size=1, max_size=80), max_size=10), st.text(min_size=1))
def test_any_text_gives_a_brief(said: list[str], title: str):
    check(an_article(paragraphs=[said], title=title, slug="a"))


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["word"],
        ["NO POINT AT ALL IN CAPITALS " * 20],
        ["🙂" * 50, "🙂 🙂 🙂"],
        ["أعلنت الشركة استثمار 5 ملايين دولار في مشروع جديد."] * 8,
        ["公司宣布投资五百万美元。"] * 8,
        ["x" * 5000, "(" * 500, "“" * 500, "$" * 500, "1,2,3," * 300],
    ],
    ids=["nothing", "word", "capitals", "emoji", "arabic", "chinese", "runs"],
)
def test_odd_texts(said: list[str]):
    check(an_article(paragraphs=[said]))


def test_an_empty_article_has_an_honest_brief():
    made = brief(())
    assert (made.summary, made.key_points, made.key_figures) == ((), (), ())
    assert made.headline.text


def test_a_list_alone_has_a_summary():
    items = tuple(
        Sentence(f"s{n}", f"Item {n} of the county's long list", n, kind="item") for n in range(1, 9)
    )
    made = brief(sentences=(*sentences_of("A list", ()), *items))
    assert made.summary
    assert made.summary[0].evidence == ("s1",)


def test_a_context_has_sixteen_words_however_they_are_joined():
    said = f"{'Corvane ' * 14}$600 240–480"
    start = said.index("$600")
    made = clause(said, start, start + 4)
    assert made is None or text.word_count(made) <= 16


@pytest.mark.parametrize(
    "said",
    [
        "word",
        "word " * 5000,
        "THE COUNTY APPROVED THE PLAN ON SUNDAY EVENING. " * 8,
        "وافقت المقاطعة على الخطة مساء الأحد. " * 8,
        "“We will wait for it,” said Elena Duarte. " * 8,
        "🙂 🙂 🎉. " * 8,
        "x = 1; y = [2, 3] -> z(){} " * 30,
        "a. " * 2000,
        "县里周日晚上批准了这个计划。" * 8,
    ],
)
def test_odd_texts_get_a_brief_or_an_honest_empty_one(said: str):
    article = an_article(paragraphs=[(said[a:b],) for a, b in text.sentences(said)])
    made = summarise.choose()(article)
    assert all(text.word_count(line.text) <= 100 for line in (*made.summary, *made.key_points))
    check(article)


def test_no_field_of_names_is_filled_from_capitals_alone():
    made = brief(*(("THE COUNTY APPROVED THE PLAN ON SUNDAY EVENING.",) for _ in range(8)))
    assert (made.people, made.organisations, made.places, made.names) == ((), (), (), ())


@given(st.lists(PROSE, min_size=1, max_size=12))
def test_a_trimmed_line_passes_the_check_that_editors_lines_pass(said: list[str]):
    article = an_article(paragraphs=[(one,) for one in said])
    made = summarise.choose()(article)
    for line in lines_of(made):
        if line.kind == "trimmed" and not line.text.endswith("…"):
            assert [it for it in unsupported(line.text, article) if it.fatal] == []
