"""What lies in files: content/editions/DATE.yaml, `story:` and `corrections:` in front matter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import content
from generator.commands.schema import schemas
from generator.editions import edition_start
from generator.editions.edition_file import extended, written
from generator.model import Correction, EditionFile
from generator.problems import InvalidSource
from generator.schema import parse
from tests.building import build_site, write_site
from tests.making import NOON, a_story, an_article, an_edition, an_entry


def article(title: str, day: str = "2026-11-23", **matter: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in matter.items())
    return f"---\ntitle: {title}\ndate: {day}\n{more}---\n\nA text of one sentence.\n"


SITE = {
    "content/2026/a.md": article("A", id="a"),
    "content/2026/b.md": article("B", id="b"),
    "content/2026/c.md": article("C", "2026-11-22", id="c"),
}


def files(folder: Path, period: str = "day") -> tuple[tuple[EditionFile, ...], list[str]]:
    read = content.read(folder / "content", "UTC", "en")
    found, problems = content.edition_files(read, lambda moment: edition_start(moment, period))  # type: ignore[arg-type]
    return found, [
        f"{p.path[8:]}:{p.line}:{p.column} {p.code} | {p.hint}" for p in (*read.problems, *problems)
    ]


def told(folder: Path, text: str, name: str = "2026-11-23.yaml", period: str = "day") -> EditionFile:
    (file,), problems = files(write_site(folder, {**SITE, f"content/editions/{name}": text}), period)
    assert problems == []
    return file


def test_a_file_gives_title_note_and_order(tmp_path: Path):
    file = told(tmp_path, "title: The  vote\nnote: Short.\nstories: [b, 2026/a.md]\n")
    path = "content/editions/2026-11-23.yaml"
    assert file == EditionFile(date(2026, 11, 23), path, ("b", "a"), "The vote", "Short.")


@pytest.mark.parametrize("name", ["a", "2026/a.md", "content/2026/a.md", '"a"'])
def test_a_story_is_named_by_id_or_path(tmp_path: Path, name: str):
    assert told(tmp_path, f"stories:\n  - {name}\n").stories == ("a",)


@pytest.mark.parametrize("text", ["", "# later\n", "title:\nnote:\nstories:\n", "stories: []\n", "---\n"])
def test_nothing_said_is_nothing_changed(tmp_path: Path, text: str):
    assert told(tmp_path, text) == EditionFile(date(2026, 11, 23), "content/editions/2026-11-23.yaml")


@pytest.mark.parametrize(
    "note",
    [
        "|\n  One line\n  and its end.\n\n  Two.\n",
        ">\n  One line\n  and its end.\n\n  Two.\n",
        "One line\n  and its end.\n\n  Two.\n",
        '"One line\n  and its end.\n\n  Two."\n',
        '"One line and its end.\\nTwo."\n',
    ],
)
def test_a_notes_paragraphs_are_those_of_its_yaml(tmp_path: Path, note: str):
    assert told(tmp_path, f"note: {note}title: T\n").note == "One line and its end.\n\nTwo."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stories: [b, bb]", ':1:14 unknown-story | did you mean "b"?'),
        ("stories:\n  - 2026/aa.md", ':2:5 unknown-story | did you mean "2026/a.md"?'),
        (
            "stories:\n  - zebra",
            ":2:5 unknown-story | take it out, or name an article of this edition by its id or its path under content/",
        ),
        ("stories: [b, a, 2026/b.md]", ":1:17 duplicate-story | keep one of them"),
        (
            "stories: [c]",
            ":1:11 other-edition | take it out, or list it in content/editions/2026-11-22.yaml",
        ),
        ("storys: [c]", ':1:1 unknown-key | did you mean "stories"?'),
        ("stories: b", ":1:10 wrong-type | "),
        ("stories: [[b]]", ":1:11 wrong-type | "),
        ("note: [b]", ":1:7 wrong-type | "),
        ("title: ' '", ":1:8 empty-value | "),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_mend(tmp_path: Path, text: str, said: str):
    _, problems = files(write_site(tmp_path, {**SITE, "content/editions/2026-11-23.yaml": text}))
    assert problems == [f"editions/2026-11-23.yaml{said}"]


@pytest.mark.parametrize(
    ("name", "period", "hint"),
    [
        ("2026-11-23.yml", "day", "name it 2026-11-23.yaml"),
        ("2026/2026-11-23.yaml", "day", "put it in content/editions/"),
        (
            "monday.yaml",
            "day",
            "name it after the first day of its edition: content/editions/2026-11-23.yaml",
        ),
        (
            "20261123.yaml",
            "day",
            "name it after the first day of its edition: content/editions/2026-11-23.yaml",
        ),
        (
            "2026-11-31.yaml",
            "day",
            "name it after the first day of its edition: content/editions/2026-11-23.yaml",
        ),
        ("2026-11-24.yaml", "week", "name it 2026-11-23.yaml"),
        ("2026-11-23.yaml", "month", "name it 2026-11-01.yaml"),
    ],
)
def test_a_file_is_named_after_the_day_that_its_edition_begins(
    tmp_path: Path, name: str, period: str, hint: str
):
    found, problems = files(write_site(tmp_path, {**SITE, f"content/editions/{name}": ""}), period)
    code = "edition-date" if period != "day" else "stray-edition"
    assert (found, problems) == ((), [f"editions/{name}:1:1 {code} | {hint}"])


def test_a_file_whose_articles_are_all_gone_is_to_be_deleted(tmp_path: Path):
    _, problems = files(write_site(tmp_path, {**SITE, "content/editions/2026-11-20.yaml": "stories: [x]"}))
    assert problems == [
        "editions/2026-11-20.yaml:1:11 unknown-story | this edition has no article: delete this file"
    ]


def test_what_is_markdown_or_a_picture_there_is_none_of_its_business(tmp_path: Path):
    beside = {
        "content/editions/a.md": article("In a folder"),
        "content/editions/a.jpg": b"",
        "content/a.yaml": "",
    }
    assert files(write_site(tmp_path, {**SITE, **beside})) == ((), [])


def test_what_is_held_back_may_be_listed_already(tmp_path: Path):
    draft = {"content/2026/d.md": article("D", id="d", draft="true")}
    write_site(tmp_path, {**SITE, **draft, "content/editions/2026-11-23.yaml": "stories: [d, b]"})
    assert build_site(tmp_path).articles == 3


def test_an_article_that_cannot_be_read_is_not_called_unknown_too(tmp_path: Path):
    broken = {"content/2026/a.md": "---\nid: a\n---\n", "content/editions/2026-11-23.yaml": "stories: [a]"}
    _, problems = files(write_site(tmp_path, {**SITE, **broken}))
    assert [problem.split()[1] for problem in problems] == ["missing-key"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    (tmp_path / "secret.yaml").write_text("title: Secret")
    write_site(tmp_path, {**SITE, "content/editions/.keep": ""})
    (tmp_path / "content" / "editions" / "2026-11-23.yaml").symlink_to(tmp_path / "secret.yaml")
    assert files(tmp_path)[1] == [
        "editions/2026-11-23.yaml:1:1 outside | put the file itself here",
    ]


# ------------------------------------------------------------------------------------ written and extended

SAMPLE = Path(__file__).parent.parent / "content" / "editions" / "2026-11-23.yaml"
STORIES = [an_entry(an_article(f"Story {name}", id=name)) for name in ("a", "b", "null", "12e3")]
EDITION = an_edition([a_story(entry) for entry in STORIES])
PATH = "content/editions/2026-11-23.yaml"


def test_a_new_file_lists_every_story_with_its_headline():
    text = written(EDITION)
    assert parse(text, PATH).value == {"stories": ["a", "b", "null", "12e3"]}
    assert text.startswith("# Monday 23 November 2026.")
    assert text.endswith(
        '\nstories:\n  - a  # Story a\n  - b  # Story b\n  - "null"  # Story null\n  - "12e3"  # Story 12e3\n'
    )


@pytest.mark.parametrize(
    "headline", ["C# and *YAML*: a & b", "A\x85\u2028B", "\x86\ufeffOdd", "x" * 300, "\u202eعنوان"]
)
def test_no_headline_breaks_the_file(headline: str):
    edition = an_edition([a_story(an_entry(an_article("A", id="a"), headline=headline))])
    assert parse(written(edition), PATH).value == {"stories": ["a"]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "stories:\n  - a  # Story a\n"),
        ("title: T", "title: T\nstories:\n  - a  # Story a\n"),
        ("title: T  # mine\n# end\n", "title: T  # mine\nstories:\n  - a  # Story a\n# end\n"),
        ("note: |\n  One.\n\n\n", "note: |\n  One.\nstories:\n  - a  # Story a\n\n\n"),
        ("stories:\n", "stories:\n  - a  # Story a\n"),
        ("stories: ~ # none\ntitle: T\n", "stories:  # none\n  - a  # Story a\ntitle: T\n"),
        ("stories: []\n", "stories: [a]\n"),
        ("stories:\n- b # first\n\ntitle: T\n", "stories:\n- b # first\n- a  # Story a\n\ntitle: T\n"),
        ("stories:\r\n    -  b\r\n", "stories:\r\n    -  b\r\n    - a  # Story a\r\n"),
        ("stories: [b]  # mine\n", "stories: [b, a]  # mine\n"),
        ("stories: [\n  b, # one\n]\n", "stories: [\n  b, a, # one\n]\n"),
        ("{title: T}\n", "{title: T, stories: [a]}\n"),
        ("{stories: [], title: T}\n", "{stories: [a], title: T}\n"),
        ("{}\n", "{stories: [a]}\n"),
        ("--- # x\ntitle: T\n...\n", "--- # x\ntitle: T\nstories:\n  - a  # Story a\n...\n"),
        ("  title: T\n", "  title: T\n  stories:\n    - a  # Story a\n"),
    ],
)
def test_a_file_is_made_longer_and_nothing_in_it_changes(old: str, new: str):
    edition = an_edition([a_story(STORIES[0])])
    assert extended(old, PATH, edition, ("b",)) == new
    assert extended(new, PATH, edition, ("b", "a")) == new


@pytest.mark.parametrize("text", [written(EDITION), SAMPLE.read_text(encoding="utf-8")])
def test_an_editors_program_finds_no_fault_in_what_is_written(text: str):
    jsonschema.validate(yaml.safe_load(text), schemas()["edition-file"])


def test_a_story_is_listed_by_any_of_its_articles():
    edition = an_edition([a_story(STORIES[0], STORIES[1])])
    assert extended("stories: [b]", PATH, edition, ("b",)) == "stories: [b]"


def test_a_form_that_cannot_be_made_longer_is_refused():
    with pytest.raises(InvalidSource) as raised:
        extended("---\n...\n", PATH, EDITION, ())
    assert raised.value.problems[0].code == "edition-form"


LINES = st.lists(
    st.sampled_from(["# remark", "", "title: T", "note: |\n  One\n  two.", "extra-lines: [x]"]), unique=True
)
LISTS = st.sampled_from(
    ["", "stories:", "stories:\n- b", "stories:\n\n  - b\n  # remark\n  - 'c' # x", "stories: [b,\n  c]"]
)


@given(above=LINES, stories=LISTS, below=LINES, end=st.sampled_from(["\n", "\r\n"]))
def test_a_file_made_longer_is_the_old_one_and_one_piece(
    above: list[str], stories: str, below: list[str], end: str
):
    rest = [line for line in below if line not in above]
    old = end.join([*above, stories, *rest]).replace("\n", end).replace("\r\r", "\r")
    document = parse(old, PATH)
    listed = tuple((document.value or {}).get("stories") or ())
    new = extended(old, PATH, EDITION, listed)
    assert any(new.startswith(old[:n]) and new.endswith(old[n:]) for n in range(len(old) + 1))
    assert parse(new, PATH).value["stories"] == [
        *listed,
        *(name for name in ("a", "b", "null", "12e3") if name not in listed),
    ]


# ------------------------------------------------------------------------------------------ front matter


def read(folder: Path, text: str, **matter: str) -> tuple[object, list[str]]:
    write_site(
        folder,
        {
            "content/a.md": article("A", **({"day": "2026-11-23 08:00"} | matter)).replace(
                "---\n\n", f"{text}\n---\n\n"
            )
        },
    )
    made = content.read(folder / "content", "Europe/Berlin", "en")
    problems = [f"{p.line}:{p.column} {p.code} | {p.hint}" for p in made.problems]
    return (made.articles[0] if made.articles else None), problems


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("llano-verde", "llano-verde"),
        ("'2026'", "2026"),
        ("none", "none"),
        ("None", "none"),
        ("false", "none"),
        ("no", "none"),
        ("", ""),
    ],
)
def test_a_story_key(tmp_path: Path, written: str, key: str):
    made, problems = read(tmp_path, f"story: {written}")
    assert problems == []
    assert made.story == key  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Llano Verde", "write llano-verde"),
        (
            "true",
            "give all articles of the story the same key, such as llano-verde; none groups it with no other",
        ),
        (
            "[a]",
            "give all articles of the story the same key, such as llano-verde; none groups it with no other",
        ),
        (
            "''",
            "give all articles of the story the same key, such as llano-verde; none groups it with no other",
        ),
    ],
)
def test_a_bad_story_key(tmp_path: Path, written: str, hint: str):
    assert read(tmp_path, f"story: {written}") == (None, [f"4:8 bad-story | {hint}"])


def test_corrections_come_newest_first_and_move_updated(tmp_path: Path):
    text = """corrections:
  - {date: 2026-11-24, text: "The  bank is in Halden."}
  - {date: 2026-11-26 09:00, text: It lends 3 million.}
  - {date: 2026-11-24, text: Its name has a hyphen.}"""
    made, problems = read(tmp_path, text)
    assert problems == []
    assert [(f"{c.date:%d %H:%M %z}", c.text) for c in made.corrections] == [  # type: ignore[attr-defined]
        ("26 09:00 +0100", "It lends 3 million."),
        ("24 00:00 +0100", "Its name has a hyphen."),
        ("24 00:00 +0100", "The bank is in Halden."),
    ]
    assert made.updated == datetime(2026, 11, 26, 8, tzinfo=UTC)  # type: ignore[attr-defined]


def test_one_correction_needs_no_list_and_its_day_may_be_that_of_publication(tmp_path: Path):
    made, problems = read(tmp_path, "corrections: {date: 2026-11-23, text: It is 3.}\nupdated: 2026-11-25")
    assert problems == []
    assert made.corrections == (Correction(made.published, "It is 3."),)  # type: ignore[attr-defined]
    assert made.updated == datetime(2026, 11, 24, 23, tzinfo=UTC)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("corrections: [{date: 2026-11-22, text: A}]", "4:22 early-correction | mend the date"),
        ("corrections: [{date: 2026-11-23 07:59, text: A}]", "4:22 early-correction | mend the date"),
        ("corrections: [{date: 2026-11-24}]", "4:15 missing-key | "),
        (
            "corrections: [{date: soon, text: A}]",
            '4:22 bad-date | write 2026-11-23, or with a time: "2026-11-23 08:00" or 2026-11-23T08:00:00+01:00',
        ),
        ("corrections: [{date: 2026-11-24, text: ''}]", "4:40 empty-value | "),
        ("corrections: [{date: 2026-11-24, txt: A, text: A}]", '4:34 unknown-key | did you mean "text"?'),
    ],
)
def test_a_bad_correction(tmp_path: Path, text: str, said: str):
    assert read(tmp_path, text)[1] == [said]


def test_a_correction_of_the_day_after_tomorrow_is_a_slip(tmp_path: Path):
    fixed = article("A", corrections="[{date: 2026-11-25, text: A}, {date: 2027-11-24, text: B}]")
    write_site(tmp_path, {"content/a.md": fixed})
    with pytest.raises(InvalidSource) as raised:
        build_site(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line, problem.column, problem.code) == (
        "content/a.md",
        4,
        51,
        "late-correction",
    )
    assert build_site(tmp_path, future=True).articles == 1


def test_neither_key_asks_for_another_brief():
    from dataclasses import replace

    from generator import summarise

    asked: list[str] = []

    class Memory:
        def remember(self, key: str, make: object) -> str:
            asked.append(key)
            return make()  # type: ignore[operator]

    plain = an_article("A")
    summariser = summarise.Remembering(summarise.choose(), Memory())  # type: ignore[arg-type]
    summariser(plain)
    summariser(replace(plain, story="x", corrections=(Correction(NOON, "B"),), updated=NOON))
    assert len(set(asked)) == 1
