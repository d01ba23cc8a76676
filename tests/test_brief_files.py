"""Brief files: written, mended by a person, rewritten around what was mended, merged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import content, summarise
from generator.exports import brief_schema
from generator.model import (
    Article,
    Brief,
    DateMention,
    Edit,
    EditedItem,
    Figure,
    Line,
    Mention,
    Position,
    Quote,
)
from generator.problems import InvalidSource, Problem
from generator.schema import parse
from generator.schema.briefs import FIELDS, field_digest, is_edited, sentence_digest, text_digest
from generator.schema.splices import spans
from generator.summarise import brief_file
from tests.building import ARTICLE, NOW, build_site, tree, write_site
from tests.making import PARAGRAPHS, a_brief, a_figure, an_article, sentences_of

AT = Position("content/a.brief.yaml", 3, 5)
SITES = Path(__file__).parent / "sites"


def full(article: Article) -> Brief:
    """Write a brief with something in each field."""
    return a_brief(
        article,
        key_figures=(a_figure("$2.3", "billion", "48 turbines at a cost of $2.3 billion"),),
        why_it_matters=Line("Between them they want 650 megawatts.", ("s6",)),
        people=(Mention("Ada Moreno", 1, ("s1",), "a clerk"),),
        organisations=(Mention("Corvane", 2, ("s1", "s4")),),
        places=(Mention("Llano Verde", 1, ("s1",)),),
        names=(Mention("Ardent: Power", 1, ("s4",)),),
        quotes=(Quote(Line("“No house, farm or shop”", ("s3",)), "Ada Moreno"),),
        dates=(DateMention("October 2027", "2027-10", Line("The first 300 are due.", ("s2",), "trimmed")),),
        whats_next=(Line("The first 300 megawatts are due to start in October 2027.", ("s2",)),),
    )


def value_of(text: str) -> dict[str, Any]:
    document = parse(text, "a")
    assert not document.problems
    return document.value


# --------------------------------------------------------------------------------------------- digests


@pytest.mark.parametrize(
    "same",
    [
        "a: [{text: One two, evidence: [s1 12345678]}]",
        "a:\n- evidence:\n  - 's1 12345678'\n  text: >-\n    One\n    two\n  speaker: ''\n",
        'a: # mine\n  - {"text": "One  two", evidence: ["s1 12345678"], role: null}',
    ],
)
def test_the_way_a_value_is_written_does_not_change_its_digest(same: str):
    assert field_digest(value_of(same)["a"]) == field_digest(
        [{"text": "One two", "evidence": ["s1 12345678"]}]
    )


@pytest.mark.parametrize("empty", [None, [], "", {}, " "])
def test_what_is_empty_has_one_digest(empty: Any):
    assert field_digest(empty) == field_digest(None)


@pytest.mark.parametrize("other", [["a"], "a", [["a"]], {"a": "a"}, ["a", "a"], [None, "a"]])
def test_what_differs_has_another_digest(other: Any):
    known = [["b"], None, ["ab"], {"b": "a"}]
    assert field_digest(other) not in {field_digest(value) for value in known}


def test_a_texts_digest_does_not_know_how_it_is_parted():
    one, two = sentences_of("T", (("One. Two.",),)), sentences_of("T", (("One.",), ("Two.",)))
    assert text_digest(one) == text_digest(two) != text_digest(sentences_of("T", (("One. Three.",),)))


# --------------------------------------------------------------------------------------------- writing


def test_a_file_holds_the_whole_brief_and_nothing_of_it_is_edited():
    article = an_article()
    made = full(article)
    text = brief_file.written(article, made)
    data = value_of(text)
    assert list(data) == ["article", *FIELDS, "machine"]
    assert data["summary"][0] == {
        "text": PARAGRAPHS[0][0],
        "evidence": [f"s1 {sentence_digest(PARAGRAPHS[0][0])}"],
    }
    assert data["key_figures"][0]["value"] == "$2.3"
    assert data["dates"][0]["iso"] == "2027-10"
    assert [name for name in FIELDS if is_edited(data, name)] == []
    assert all(text.count(f"\n{name}:") == 1 for name in FIELDS)


def test_each_field_has_a_remark_that_says_what_it_is():
    article = an_article()
    lines = brief_file.written(article, full(article)).split("\n")
    for name in (*FIELDS, "article", "machine"):
        at = next(n for n, line in enumerate(lines) if line.startswith(f"{name}:"))
        assert lines[at - 1].startswith("# ")


# What an article may hold: after `content`, one line each, NFC, nothing that a feed cannot hold.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
ODD = st.sampled_from(
    ["null", "~", "- a", "a: b", "a #b", "#a", "'", '"', "\\", "{a}", "[a]", "yes", "3.10", "a:", "&a", "*a", "!a",
     "%a", "@a", "`a", "|", ">", "? a", ": a", "---", "...", "<<", "=", "a\u2028b", "\ufeffa", "\x85", "عربي", "😀", "$4"]
)  # fmt: skip
TEXTS = (
    (WORDS | ODD | st.text(max_size=20))
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(sign.isprintable() and not sign.isspace() for sign in text))
)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_any_text_comes_back_from_the_file(told: list[str], name: str):
    article = an_article(sentences=sentences_of("Title", (told,)))
    lines = tuple(Line(text, ("s1",)) for text in told)
    made = a_brief(
        article,
        summary=lines,
        quotes=(Quote(lines[0], name),),
        key_figures=(Figure(name, told[-1], lines[0]),),
        topics=(name,),
    )
    text = brief_file.written(article, made)
    data = value_of(text)
    assert {key: field_digest(data[key]) for key in FIELDS} == {
        key: field_digest(value) for key, value in brief_file.values(article, made).items()
    }
    assert brief_file.rewritten(text, "a", article, made) == text


# ------------------------------------------------------------------------------------------- rewriting

LONGER = (("A sentence of our own came first.", *PARAGRAPHS[0]), *PARAGRAPHS[1:])


def pieces(text: str) -> dict[str, str]:
    """Each field as text."""
    return {span.key: text[span.start : span.end] for span in spans(text, parse(text, "a"))}


def mended(text: str, name: str, field: str) -> str:
    """Put a field as an editor writes it in place of the machine's."""
    span = next(span for span in spans(text, parse(text, "a")) if span.key == name)
    return text[: span.start] + field + text[span.end :]


def test_only_what_nobody_changed_is_made_anew():
    article = an_article()
    mine = "summary:   # I know better\n- 'My own  words.'   # so\n"
    text = mended(brief_file.written(article, full(article)), "summary", mine)
    longer = an_article(paragraphs=LONGER)
    made = full(longer)
    new = brief_file.rewritten(text, "a", longer, made)
    assert mine in new
    data = value_of(new)
    assert data["article"] == text_digest(longer.sentences) != value_of(text)["article"]
    assert is_edited(data, "summary")
    assert [name for name in FIELDS if is_edited(data, name)] == ["summary"]
    assert data["key_points"] == brief_file.values(longer, made)["key_points"]
    assert data["machine"]["summary"] == value_of(text)["machine"]["summary"]
    assert brief_file.rewritten(new, "a", longer, made) == new


def test_a_field_that_was_taken_out_comes_back_in_its_place():
    article = an_article()
    made = full(article)
    text = brief_file.written(article, made)
    without = mended(mended(text, "quotes", ""), "headline", "")
    new = brief_file.rewritten(without, "a", article, made)
    assert list(value_of(new)) == list(value_of(text))
    assert value_of(new) == value_of(text)


@pytest.mark.parametrize("empty", ["quotes: []", "quotes:", "quotes: null", "quotes: ''", "quotes: ~ # none"])
def test_an_emptied_field_stays_empty(empty: str):
    article = an_article()
    made = full(article)
    text = mended(brief_file.written(article, made), "quotes", empty)
    longer = an_article(paragraphs=LONGER)
    assert empty in brief_file.rewritten(text, "a", longer, full(longer))


def test_a_comment_within_a_field_that_is_replaced_moves_above_it():
    article = an_article()
    made = full(article)
    text = brief_file.written(article, made).replace("summary:\n", "summary: # ask Ada\n  # twice: #2\n")
    longer = an_article(paragraphs=LONGER)
    new = brief_file.rewritten(text, "a", longer, full(longer))
    assert "45 to 60 words.\n# ask Ada\n# twice: #2\nsummary:\n  - text: A sentence" in new


def test_the_order_of_fields_is_the_editors():
    article = an_article()
    text = "topics: [Mine]\n\n# of mine\nsummary: Mine.\n"
    new = brief_file.rewritten(text, "a", article, full(article))
    assert new.index("topics: [Mine]") < new.index("# of mine\nsummary: Mine.\n")
    assert set(value_of(new)) == {"article", *FIELDS, "machine"}
    assert brief_file.rewritten(new, "a", article, full(article)) == new


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine",
        "---\n",
        "---\nsummary: Mine.\n",
        "---\nsummary: Mine.\n...\n",
        "  summary: Mine.\n  topics: []",
        "summary: Mine.",
        "# a\n\n# b\nsummary: |\n  Mine.\n\n  # no comment\n\n\n# c\n",
        "editor: Ada\n",
        '"summary": Mine.\r\ntopics: []\r\n',
        "machine: {}\nsummary: Mine.\narticle: 1234567812345678 # old\n",
    ],
)
def test_files_of_an_editors_own_form_are_filled(text: str):
    article = an_article()
    made = full(article)
    new = brief_file.rewritten(text, "a", article, made)
    data = value_of(new)
    old = value_of(text) if text.strip("#- \nmine") else {}
    assert {key: data[key] for key in (old or {}) if key not in ("article", "machine")} == {
        key: value for key, value in (old or {}).items() if key not in ("article", "machine")
    }
    assert {"article", *FIELDS, "machine"} <= set(data)
    assert brief_file.rewritten(new, "a", article, made) == new
    assert ("\r\n" in new) == ("\r\n" in text)
    assert new.count("\r\n") in (0, new.count("\n"))


def test_a_form_that_cannot_be_mended_piece_by_piece_is_refused():
    article = an_article()
    with pytest.raises(InvalidSource) as raised:
        brief_file.rewritten("{summary: Mine.}", "content/a.brief.yaml", article, full(article))
    assert [problem.code for problem in raised.value.problems] == ["brief-form"]


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2", "a: &x 1\nb: *x"])
def test_a_broken_file_is_told_not_rewritten(text: str):
    article = an_article()
    with pytest.raises(InvalidSource):
        brief_file.rewritten(text, "a", article, full(article))


# An editor's hand: a field in some form, a remark somewhere, other line ends, another order.
FORMS = st.sampled_from(
    ["{}: []", "{}: null", "{}: 'It''s mine.'", "{}:\n- one: two # a", '{}: "a: \\u2028 b"', "{}:", "{}: >\n  folded\n  words\n",
     "{}: {{text: mine, evidence: [s1]}}", "{}:\n\n  # why\n\n  - mine\n  # why not\n", "{}:\n  text: mine\n  source: https://a.example/#b",
     "{}: # nothing\n  - |2+\n      kept\n\n", "{}: [a, # one\n  b]"]
)  # fmt: skip
REMARKS = st.sampled_from(["# a remark: with # and ' and \"\n", "\n\n", "#\n", "# ünder 😀\n"])


@st.composite
def hands(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    """Give what an editor made of a file, its line end, and the fields of their own."""
    text = brief_file.written(ARTICLE_MADE, full(ARTICLE_MADE))
    names = draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=5))
    for name in names:
        text = mended(text, name, draw(FORMS).format(name))
    for name in draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=3)):
        if name not in names:
            text = mended(text, name, "")
    for name in draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=3)):
        text = text.replace(f"\n{name}:", f"\n{draw(REMARKS)}{name}:", 1)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = text.replace("\n", end)
    data = value_of(text)
    return text, end, {name: pieces(text)[name] for name in names if is_edited(data, name)}


ARTICLE_MADE = an_article()


@given(hands(), st.sampled_from([PARAGRAPHS, LONGER, PARAGRAPHS[:1], (("Only one.",),)]))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_person_changed_stays_byte_for_byte(
    hand: tuple[str, str, dict[str, str]], paragraphs: tuple[tuple[str, ...], ...]
):
    text, end, mine = hand
    article = an_article(paragraphs=paragraphs)
    made = a_brief(article)
    new = brief_file.rewritten(text, "a", article, made)
    now = pieces(new)
    assert {name: now[name] for name in mine} == mine
    data, wanted = value_of(new), brief_file.values(article, made)
    for name in FIELDS:
        assert is_edited(data, name) == (name in mine)
        assert name in mine or field_digest(data[name]) == field_digest(wanted[name])
    remarks = [line for line in text.split(end) if line.strip().startswith("#")]
    assert [line for line in remarks if line.strip() not in new] == []
    assert new.count(end) == new.count("\n")
    assert brief_file.rewritten(new, "a", article, made) == new
    assert brief_file.stale(new, "a", article, made) == []


# --------------------------------------------------------------------------------------------- merging


def edit(field: str, *items: EditedItem | str, editor: str = "") -> Edit:
    made = tuple(EditedItem(item, AT) if isinstance(item, str) else item for item in items)
    return Edit(field, made, AT, editor)


def merged(*edits: Edit, editor: str = "the editor") -> tuple[Brief, list[Problem]]:
    article = an_article(edits=edits)
    return summarise.merged(article, full(article), editor)


def test_a_line_left_as_it_was_stays_the_machines():
    machine = full(an_article())
    made, problems = merged(
        edit("summary", PARAGRAPHS[0][1], "The county approved it by three votes to two.")
    )
    assert problems == []
    assert made.summary[0] == machine.summary[1]
    assert made.summary[1] == Line(
        "The county approved it by three votes to two.", ("s3",), "edited", editor="the editor"
    )


def test_a_figure_with_another_value_is_the_editors():
    item = EditedItem(
        "48 turbines at a cost of $2.3 billion", AT, ("s4",), values={"value": "48", "unit": "turbines"}
    )
    made, _ = merged(edit("key_figures", item))
    assert made.key_figures == (
        Figure("48", "turbines", Line(item.text, ("s4",), "edited", editor="the editor")),
    )


def test_a_line_with_a_source_is_added_and_not_held_to_the_article():
    item = EditedItem('It cost $9 billion, "they said".', AT, source="https://a.example/")
    made, problems = merged(edit("why_it_matters", item, editor="Ada"))
    assert problems == []
    assert made.why_it_matters == Line(item.text, (), "edited", "added", "Ada", "https://a.example/")


@pytest.mark.parametrize("field", ["summary", "key_points", "whats_next", "why_it_matters", "headline"])
@pytest.mark.parametrize("text", ["It costs $9 billion.", "“Nobody has asked”, they said."])
def test_what_the_article_does_not_hold_is_told_in_every_field_of_lines(field: str, text: str):
    _, problems = merged(edit(field, text))
    assert [(p.path, p.line, p.column, p.severity) for p in problems] == [(AT.path, 3, 5, "error")]


def test_other_doubts_are_flags_and_stop_nothing(monkeypatch: pytest.MonkeyPatch):
    class Doubt:
        kind, text, offset = "negation", "not", 3

    monkeypatch.setattr("generator.summarise.grounding.unsupported", lambda *_: (Doubt,))
    article = an_article(edits=(edit("summary", "Corvane will not power its campus."),))
    made, problems = summarise.merged(article, full(article))
    assert made.summary[0].check == "unsupported: negation"
    assert [(p.code, p.severity) for p in problems] == [("unsupported-negation", "warning")]
    assert summarise.briefed(article, full)[1] == ()


def test_a_name_that_the_article_lacks_is_an_error(monkeypatch: pytest.MonkeyPatch):
    class Unknown:
        kind, text, offset = "name", "Karl", 0

    monkeypatch.setattr("generator.summarise.grounding.unsupported", lambda *_: (Unknown,))
    _, problems = merged(edit("summary", "Karl builds."))
    assert [(p.code, p.severity) for p in problems] == [("unsupported-name", "error")]


def test_a_line_that_rests_on_nothing_says_so():
    made, problems = merged(edit("summary", "Whales sing beautifully."))
    assert made.summary[0].evidence == ()
    assert made.summary[0].check == "no evidence"
    assert [(p.code, p.severity) for p in problems] == [("no-evidence", "warning")]


def test_a_name_is_counted_and_found():
    made, problems = merged(
        edit(
            "organisations",
            "Ardent Power",
            "Corvane",
            EditedItem("Llano Verde", AT, values={"role": "a campus"}),
        )
    )
    assert problems == []
    assert made.organisations == (
        Mention("Ardent Power", 1, ("s4",)),
        Mention("Corvane", 2, ("s1", "s4")),
        Mention("Llano Verde", 1, ("s1",), "a campus"),
    )
    _, problems = merged(edit("people", "Corvan"))
    assert [p.code for p in problems] == ["unsupported-name"]


@pytest.mark.parametrize(
    ("said", "speaker", "codes"),
    [
        ("“approved the plan on Sunday evening”", "", []),
        ("approved the plan on Sunday evening,", "Corvane", []),
        ("approved a plan", "", ["unsupported-quotation"]),
        ("approved the plan", "Karl", ["unsupported-name"]),
    ],
)
def test_a_quote_stands_word_for_word_and_its_speaker_too(said: str, speaker: str, codes: list[str]):
    _, problems = merged(edit("quotes", EditedItem(said, AT, values={"speaker": speaker})))
    assert [p.code for p in problems] == codes


def test_the_byline_names_fields_and_editors():
    made, _ = merged(
        edit("summary", "Two."), edit("quotes"), edit("topics", "A", editor="Ada"), editor="The desk"
    )
    assert made.byline == "extractive 1, summary and quotes edited by The desk, topics edited by Ada"
    assert (made.quotes, made.topics) == ((), ("A",))
    many, _ = merged(*(edit(name) for name in ("summary", "quotes", "dates", "places")))
    assert many.byline == "extractive 1, edited by the editor"


def test_what_an_editor_says_is_not_said_again():
    said = full(an_article()).key_points[0].text
    made, _ = merged(edit("summary", said))
    assert said not in [line.text for line in made.key_points]


# --------------------------------------------------------------------------------------------- reading

BODY = "Corvane will borrow $2.3 billion for a hall at Llano Verde. It opens in May. No bank had lent before."


def read(folder: Path, brief: str | bytes, body: str = BODY, matter: str = "") -> content.Content:
    article = f"---\ntitle: Corvane borrows\ndate: 2026-11-23\n{matter}---\n\n{body}\n"
    write_site(folder, {"content/a.md": article, "content/a.brief.yaml": brief})
    return content.read(folder / "content", "UTC", "en")


def one(folder: Path, brief: str, body: str = BODY, matter: str = "") -> Article:
    made = read(folder, brief, body, matter)
    assert made.problems == ()
    return made.articles[0]


def test_only_what_a_person_changed_is_an_edit(tmp_path: Path):
    article = one(tmp_path, "")
    assert article.edits == ()
    text = brief_file.written(article, summarise.choose()(article))
    assert one(tmp_path, text).edits == ()
    mine = mended(text, "summary", "summary: [Mine., {text: 'Yours.', evidence: s2}]")
    (made,) = one(tmp_path, mine).edits
    assert made.field == "summary"
    assert [(item.text, item.evidence) for item in made.items] == [("Mine.", ()), ("Yours.", ("s2",))]
    line = mine[: mine.index("[Mine.")].count("\n") + 1
    assert (made.items[0].at.path, made.items[0].at.line) == ("content/a.brief.yaml", line)


def test_front_matter_wins_field_by_field(tmp_path: Path):
    matter = "brief: {editor: Ada, summary: Front., quotes: []}\n"
    article = one(tmp_path, "editor: Ben\nsummary: File.\ntopics: [File]\n", matter=matter)
    assert [(e.field, [i.text for i in e.items], e.editor) for e in article.edits] == [
        ("summary", ["Front."], "Ada"),
        ("quotes", [], "Ada"),
        ("topics", ["File"], "Ben"),
    ]


def test_evidence_finds_its_sentence_again(tmp_path: Path):
    brief = f"summary: {{text: It opens., evidence: [s2 {sentence_digest('It opens in May.')}]}}\n"
    for body, found in [
        (BODY, ("s2",)),
        (f"One more. And another. {BODY}", ("s4",)),
        (f"It opens in May. {BODY}", ("s3",)),  # said twice: the nearest, or the first of two as near
    ]:
        (made,) = one(tmp_path, brief, body).edits
        assert made.items[0].gone == ()
        assert made.items[0].evidence in (found, ("s1",))


def test_evidence_that_is_gone_is_named_and_looked_for(tmp_path: Path):
    reference = f"s2 {sentence_digest('It opens in May.')}"
    brief = f"summary:\n  - text: The hall opens in June.\n    evidence: [{reference}]\n"
    article = one(tmp_path, brief, BODY.replace("May", "June"))
    assert article.edits[0].items[0].gone == (reference,)
    made, problems = summarise.briefed(article, summarise.choose())
    assert problems == ()
    assert made.summary[0].evidence == ("s1", "s2")
    (told,) = summarise.adrift(article)
    assert (told.code, told.line, told.column) == ("evidence-gone", 2, 11)
    assert f"s2 {sentence_digest('It opens in June.')}" in told.hint


def test_a_number_alone_is_believed_while_the_text_stays(tmp_path: Path):
    digest = text_digest(one(tmp_path, "").sentences)
    brief = f"article: {digest}\nsummary: {{text: It opens in May., evidence: s2}}\n"
    assert one(tmp_path, brief).edits[0].items[0].evidence == ("s2",)
    changed = one(tmp_path, brief, f"New. {BODY}")
    assert changed.edits[0].items[0].gone == ("s2",)
    assert [problem.code for problem in summarise.adrift(changed)] == ["evidence-unsure"]


def test_the_day_of_an_edit_moves_updated(tmp_path: Path):
    assert one(tmp_path, "edited: 2026-11-25\n").updated.isoformat() == "2026-11-25T00:00:00+00:00"
    assert one(tmp_path, "edited: 2026-11-20\n").updated.isoformat() == "2026-11-23T00:00:00+00:00"
    later = one(tmp_path, "edited: 2026-11-25\n", matter="updated: 2026-11-26\n")
    assert later.updated.isoformat() == "2026-11-26T00:00:00+00:00"


def test_a_large_file_and_a_link_outside_are_told(tmp_path: Path):
    (problem,) = read(tmp_path, "# " + "x" * 1_000_000).problems
    assert (problem.code, problem.path) == ("too-large", "content/a.brief.yaml")
    file = tmp_path / "content" / "a.brief.yaml"
    file.unlink()
    (tmp_path / "outside.yaml").write_text("summary: Mine.\n")
    file.symlink_to(tmp_path / "outside.yaml")
    assert [p.code for p in content.read(tmp_path / "content", "UTC", "en").problems] == ["outside"]


def test_names_are_compared_whatever_the_form_of_their_letters(tmp_path: Path):
    nfd = "content/Ko\u0308ln.md"
    write_site(tmp_path, {nfd: ARTICLE, "content/K\u00f6ln.brief.yaml": "topics: [Mine]\n"})
    made = content.read(tmp_path / "content", "UTC", "en")
    assert made.problems == ()
    assert made.articles[0].edits[0].field == "topics"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_answered(tmp_path: Path, data: bytes):
    made = read(tmp_path, data)
    assert len(made.articles) == 1
    assert all(p.path == "content/a.brief.yaml" and p.line >= 1 and p.column >= 1 for p in made.problems)


# ------------------------------------------------------------------------------------------ whole sites


def test_an_edit_makes_no_other_brief_anew_and_a_warm_build_is_a_clean_one(tmp_path: Path):
    site = write_site(
        tmp_path / "a", {"content/a.md": ARTICLE, "content/b.md": ARTICLE.replace("Corvane", "Sable")}
    )
    build_site(site)

    def records() -> set[str]:
        """Those of articles and briefs: items of feeds bear ids."""
        kept = tree(site / ".cache" / "records")
        return {name for name, data in kept.items() if b"tag:news.example" not in data}

    before = records()
    assert before
    write_site(site, {"content/a.brief.yaml": "editor: Ada\nsummary: It opens in May.\n"})
    build_site(site)
    pieces = [
        name for name in records() - before if b"Ada" in (site / ".cache" / "records" / name).read_bytes()
    ]
    assert len(pieces) == 1, "that of the article that was edited"
    warm = tree(site / "site")
    assert b"summary edited by Ada" in warm["2026/11/a/index.html"]
    assert not [name for name in warm if name.endswith(".yaml")]
    shutil.rmtree(site / ".cache")
    shutil.rmtree(site / "site")
    build_site(site)
    assert tree(site / "site") == warm
    (site / "content" / "a.brief.yaml").unlink()
    build_site(site, now=NOW)
    assert b"Ada" not in tree(site / "site")["2026/11/a/index.html"]


def test_an_unchanged_brief_file_changes_nothing_of_the_site(tmp_path: Path):
    site = write_site(tmp_path, {"content/a.md": ARTICLE})
    build_site(site)
    before = tree(site / "site")
    article = content.read(site / "content", "UTC", "en").articles[0]
    text = brief_file.written(article, summarise.choose()(article))
    write_site(site, {"content/a.brief.yaml": text})
    build_site(site)
    assert tree(site / "site") == before


@pytest.mark.parametrize("file", sorted(SITES.rglob("brief.json")), ids=lambda path: path.parent.name)
def test_what_is_published_fits_its_schema(file: Path):
    schema = brief_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(file.read_text(encoding="utf-8")), schema)


def test_the_schema_refuses_what_is_no_brief():
    data = json.loads(next(SITES.rglob("brief.json")).read_text(encoding="utf-8"))
    data["brief"]["headline"]["kind"] = "dreamt"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, brief_schema())
