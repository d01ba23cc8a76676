"""Nothing hangs or blows up: what is dear to read is read in time, or refused at its line.

Times are of the processor, and each bound is several times what the dearest case takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import config, content, stories, summarise
from generator.content import articles
from generator.content.bounds import Toll, TooMuchError
from generator.content.effort import A_MILLION
from generator.content.tokens import convert
from generator.model import Limits
from generator.problems import InvalidSource, Problem
from generator.schema import parse
from generator.schema.validation import MANY, suggestion
from tests.building import CONFIG, build_site, write_site
from tests.forms import FORMS

HEAD = "---\ntitle: Queue study draws 212 objections\ndate: 2026-11-23\n---\n"
FIRST = 5  # line of a body below HEAD
REFUSED = {"too-dense", "too-deep", "too-many-cells"}
# What took longest before it was bounded, and what holds the rest of the code up.
DEAR = (
    "brackets imgs lt_a lt_http links_open link_lt br_nest br_nest_l refdef_titlel foot_same foot_self dl_many "
    "table_amp table_bt html_fmt3 html_fmt html_tags_in_p html_nest html_p_close hash_a hash_in setext hr_in lists "
    "lists_num quotes quotes_paras quote_list lists_deep dl_nest fence_open fence_hl fence_sp fence_inc btick_inc em_pairs "
    "em_nest spaces tabs monday email quotstop dots_sp parens_s Names NamesU nums_c digits combining files_bad links_space"
).split()


def told(tmp_path: Path, body: str, limits: Limits | None = None) -> content.Content:
    folder = tmp_path / "content"
    folder.mkdir(exist_ok=True)
    (folder / "a.md").write_text(HEAD + body, encoding="utf-8")
    return content.read(folder, "UTC", "en", limits=limits or Limits())


def spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def all_of_it(tmp_path: Path, body: str) -> content.Content:
    """Read an article, brief it, and group it with another that tells the same."""
    made = told(tmp_path, body)
    briefs = [summarise.briefed(article, summarise.choose())[0] for article in made.articles]
    stories.group([*made.articles, *made.articles], [*briefs, *briefs])
    return made


def check_answer(made: content.Content, body: str) -> None:
    codes = {problem.code for problem in made.problems}
    assert len(made.articles) + bool(codes & REFUSED) >= 1
    last = FIRST + body.count("\n")
    assert all(FIRST <= problem.line <= last for problem in made.problems if problem.code in REFUSED)


@pytest.mark.parametrize("form", DEAR)
def test_ten_kilobytes_are_answered_within_a_second(form: str, tmp_path: Path):
    body = FORMS[form](10_000)
    made: list[content.Content] = []
    assert spent(lambda: made.append(all_of_it(tmp_path, body))) < 3
    check_answer(made[0], body)


@pytest.mark.deep
@pytest.mark.parametrize("form", FORMS)
def test_a_hundred_kilobytes_take_no_hundred_times_as_long(form: str, tmp_path: Path):
    body = FORMS[form](100_000)
    made: list[content.Content] = []
    assert spent(lambda: made.append(all_of_it(tmp_path, body))) < 12
    check_answer(made[0], body)


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("Fine.\n\n" + "[" * 10_000, "too-dense", 7),
        ("Fine.\n\nNot [fine.\n" + "![" * 5_000, "too-dense", 8),
        ("Fine.\n\nNot fine: " + "[b](" * 5_000, "too-dense", 7),
        ("Fine.\n\n" + "<a " * 8_000, "too-dense", 7),
        ("Fine.\n\n" + "`" + " ``".join("`" * n for n in range(1, 900)), "too-dense", 7),
        ("Fine.\n\n" + "# A\n" * 8_000, "too-dense", 7),
        ("Fine.\n\n" + "```a\n\n" * 4_000, "too-dense", 7),
        ("Fine.\n\n" + "A\n:   b\n" + ":   c\n" * 5_000, "too-dense", 9),
        ("Fine[^1].\n\n[^1]: Note.\n\n" + "".join(f"[^n{n}]: b\n" for n in range(9_000)) + "c[^1] " * 9_000, "too-dense", 5),
        ("Fine.\n\n> " + "> " * 60 + "a", "too-deep", 7),
        ("Fine.\n\n" + "- " * 60 + "a", "too-deep", 7),
        ("Fine.\n\n" + "1. " * 5_000 + "a", "too-deep", 7),
        ("Fine.\n\n" + "<div>\n" * 60, "too-deep", 57),
        ("Fine.\n\n" + "a <b>" * 60, "too-deep", 7),
        ("Fine.\n\n" + "".join(f"<i id=a{n}>" for n in range(40)) + "<p>a" * 9_000, "too-dense", 7),
        ("Fine.\n\n|a|b|\n|-|-|\n" + "|c|d|\n" * 13_000, "too-many-cells", 7),
        ("Fine.\n\n" + "a|" * 2_000 + "b\n" + "-|" * 2_000 + "-\n" + "c|\n" * 20, "too-many-cells", 7),
    ],
    ids=lambda value: value[7:27].strip() if isinstance(value, str) and len(value) > 20 else None,
)  # fmt: skip
def test_what_is_refused_is_told_at_its_line(tmp_path: Path, body: str, code: str, line: int):
    made = told(tmp_path, body)
    assert made.articles[0].html == "" if made.articles else True
    (problem,) = made.problems
    assert (problem.path, problem.code, problem.line) == ("content/a.md", code, line)
    assert problem.hint


# ---------------------------------------------------------------------------- what is ordinary is read

SENTENCE = (
    "The county approved the [plan](https://a.example/plan) for *Llano Verde* on Sunday, by `3` votes to 2. "
)
ORDINARY = {
    "20,000 words": "\n\n".join([SENTENCE * 4] * 360),
    "20,000 words without a blank line": "\n".join([SENTENCE.replace("*", "").replace("`", "") * 4] * 200),
    "a table of 2,000 rows": "| a | b | c | d |\n|---|--:|---|---|\n" + "| [Llano](https://a.example/) | 3.10 | *x* | y |\n" * 2_000,
    "a list of 3,000 links": "- [Llano Verde](https://a.example/)\n" * 3_000,
    "a paragraph of 700 links": '[Llano Verde](https://a.example/ "x"), ' * 700,
    "a paragraph of intervals": "It was in [0, 1) or in [2, 3) at the time. " * 60,
    "500 notes": "".join(f"A claim.[^{n}] " for n in range(500)) + "\n\n" + "".join(f"[^{n}]: Its note.\n" for n in range(500)),
    "one note 300 times": "A claim.[^1] " * 300 + "\n\n[^1]: Its note.\n",
    "300 headings": "## Heading\n\nText.\n\n" * 300,
    "300 headings without blank lines": "## Heading\nText.\n" * 300,
    "200 fences": "```python\nprint([[1]])\n```\n\n" * 200,
    "code that looks bad": "```\n" + "[" * 20_000 + "\n```\n",
    "lists ten deep": "\n".join("    " * n + "- a" for n in range(10)),
    "quotations twenty deep": "> " * 20 + "a",
    "HTML of twenty divs": "<div>\n" * 20 + "a\n" + "</div>\n" * 20,
    "200 raw paragraphs": "<p>Raw <b>text</b> here.</p>\n\n" * 200,
    "paragraphs that end nowhere": "<p>Raw text here.\n\n" * 300,
    "a poem": "A line of it  \n" * 500,
    "smaller than": "If a <b and c <d, then e. " * 60,
}  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_long_article_is_read_with_a_third_of_the_bounds(text: str, tmp_path: Path):
    limits = Limits(effort=7, cells=8_500, nesting=25, article=340_000)
    made = told(tmp_path, ORDINARY[text], limits)
    assert made.problems == ()
    assert made.articles[0].words > 0 or text.startswith("code")


def test_a_long_articles_conversion_is_not_changed_by_the_bounds():
    import markdown

    from generator.content.tokens import clean

    code, others = ORDINARY["code that looks bad"], {**ORDINARY, "code that looks bad": ""}
    text = "\n\n".join([code, *(written[:5_000] for written in others.values())])
    plain = markdown.Markdown(
        extensions=["tables", "fenced_code", "footnotes", "def_list", "sane_lists"],
        extension_configs={"tables": {"use_align_attribute": True}, "footnotes": {"BACKLINK_TITLE": ""}},
        output_format="html",
    )
    assert convert(text, Limits(effort=100, cells=10**6)) == clean(plain.convert(text))


def test_the_answer_does_not_depend_on_who_calls():
    """Python-Markdown gives up nesting where the stack is nearly full: it must be refused long before."""

    def deeper(count: int) -> str:
        return convert("> " * 45 + "a") if count == 0 else deeper(count - 1)

    assert deeper(0) == deeper(300)
    with pytest.raises(TooMuchError):
        convert("> " * 60 + "a")


def test_an_effort_is_paid_anew_for_each_text():
    limits = Limits(effort=1)
    dear = "[" * 300
    for _ in range(5):
        convert(dear, limits)
    toll = Toll(limits)
    toll.pay(A_MILLION, "")
    with pytest.raises(TooMuchError):
        toll.pay(1, "near")


def test_an_endless_recursion_is_a_problem_of_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def endless(*_: object) -> str:
        raise RecursionError

    monkeypatch.setattr(articles, "to_html", endless)
    made = told(tmp_path, "Text.")
    assert [(p.path, p.line, p.code) for p in made.problems] == [("content/a.md", FIRST, "too-deep")]


# ---------------------------------------------------------------------------- sizes


def test_fifty_megabytes_are_refused_unread(tmp_path: Path):
    file = tmp_path / "content" / "a.md"
    write_site(tmp_path, {"content/a.md": HEAD})
    with file.open("r+b") as opened:
        opened.truncate(50_000_000)
    made: list[content.Content] = []
    assert spent(lambda: made.append(content.read(tmp_path / "content", "UTC", "en"))) < 1
    assert [str(p) for p in made[0].problems] == [
        "content/a.md:1:1: too-large: this is larger than 1 MB\n"
        "    split it, or raise limits.article in config.yaml"
    ]


def problems_of(tmp_path: Path, files: dict[str, str | bytes]) -> list[Problem]:
    site = write_site(tmp_path, files)
    try:
        project = config.read(site)
    except InvalidSource as error:
        return list(error.problems)
    return list(content.read(project.content, "UTC", "en", limits=project.config.limits).problems)


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        ("title: " + "a" * 5_000_000, "1:1: too-large"),
        ("title: " + "a" * 200_000, "2:1: too-large"),
        ("title: " + "a" * 50_000, "2:8: wrong-type"),
        ("title: A\ntags: [" + "a, " * 30_000 + "]", "3:7: wrong-type"),
        ("title: A\ntags:\n" + "".join(f"- tag {n}\n" for n in range(100_000)), "1:1: too-large"),
        ("title: A\nextra: " + "[" * 50_000, "3:28: yaml-depth"),
        ("title: A\nextra: " + "{a: " * 20_000, "3:88: yaml-depth"),
        ("title: A\nextra:\n" + " - " + "- " * 40_000 + "a", "4:42: yaml-depth"),
        ("title: A\nextra: {a: &a [1], b: *a}", "3:12: yaml-alias"),
    ],
    ids=["5 MB title", "200 kB title", "50 kB title", "tags", "100,000 tags", "[", "{", "-", "alias"],
)
def test_front_matter_is_bounded(tmp_path: Path, matter: str, said: str):
    found: list[Problem] = []
    work = lambda: found.extend(  # noqa: E731
        problems_of(tmp_path, {"content/a.md": f"---\n{matter}\n---\nText.\n"})
    )
    assert spent(work) < 3
    assert [str(problem).startswith(f"content/a.md:{said}: ") for problem in found] == [True]


@pytest.mark.parametrize("name", ["config.yaml", "content/a.brief.yaml", "content/editions/2026-11-23.yaml"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 200_000, "1:22: yaml-depth"),
        ("- " * 100_000, "1:43: yaml-depth"),
        ("a: &a [x]\nb: *a\n", "1:4: yaml-alias"),
        ("a:\n" + "\tb: 1\n", "2:1: yaml-syntax"),
        ("a: 1\n" * 40_000, "2:1: duplicate-key"),
        ("".join(f"a{n}: 1\n" for n in range(20_000)), "1:1: unknown-key"),
        ("a: " + "b" * 2_000_000, "1:1: too-large"),
    ],
    ids=["[", "-", "alias", "tab", "one key", "many keys", "2 MB"],
)
def test_data_files_are_bounded(tmp_path: Path, name: str, text: str, said: str):
    files: dict[str, str | bytes] = {"content/a.md": HEAD + "Text.\n", "config.yaml": CONFIG, name: text}
    found: list[Problem] = []
    assert spent(lambda: found.extend(problems_of(tmp_path, files))) < 4
    assert f"{name}:{said}" in [f"{p.path}:{p.line}:{p.column}: {p.code}" for p in found]
    assert len(found) <= 102


def test_many_mistakes_of_one_file_are_told_in_part(tmp_path: Path):
    text = CONFIG + "".join(f"a{n}: 1\n" for n in range(150))
    found = problems_of(tmp_path, {"config.yaml": text, "content/a.md": HEAD})
    assert len(found) == 101
    assert [(p.line, p.message) for p in found if p.code == "more-problems"] == [
        (104, "and more like these, from here on")
    ]


def test_an_edited_line_of_a_brief_is_bounded(tmp_path: Path):
    brief = f"summary:\n  - text: {'1. ' * 5_000}\n    evidence: s1\n"
    found = problems_of(tmp_path, {"content/a.md": HEAD + "Text.\n", "content/a.brief.yaml": brief})
    assert [str(p) for p in found] == [
        "content/a.brief.yaml:2:11: too-long: a line of a brief has at most 10,000 characters\n    part it"
    ]


def test_evidence_is_found_in_time(tmp_path: Path):
    body = "\n\n".join(["Text."] * 3_000)
    text = "summary:\n  - {text: Text., evidence: [" + "s9 01234567, " * 1_000 + "]}\n"
    write_site(tmp_path, {"content/a.md": HEAD + body, "content/a.brief.yaml": text * 1})
    made: list[content.Content] = []
    assert spent(lambda: made.append(content.read(tmp_path / "content", "UTC", "en"))) < 3
    assert made[0].problems == ()


def test_a_word_among_many_is_looked_for_in_time():
    known = [f"2026/11/{n:05}-story-of-llano.md" for n in range(10_000)]
    assert spent(lambda: [suggestion(f"2026/11/{n:05}-storys-of-llano.md", known) for n in range(50)]) < 3
    assert suggestion("2026/11/00417-storys-of-llano.md", known) == (
        'did you mean "2026/11/00417-story-of-llano.md"?'
    )
    said = suggestion("elsewhere", known)
    assert said.endswith(" and 9,950 more")
    assert len(known) > MANY
    assert suggestion("x" * 100_000, ["title"]) == "known here: title"


# ---------------------------------------------------------------------------- limits in config.yaml


@pytest.mark.parametrize(
    ("limit", "body", "code"),
    [
        ("article: 1000", "Text. " * 200, "too-large"),
        ("nesting: 5", "> " * 6 + "a", "too-deep"),
        ("cells: 100", "a|b\n-|-\n" + "c|d\n" * 50, "too-many-cells"),
        ("effort: 1", "[" * 600, "too-dense"),
        ("effort: 1", "# A\n" * 800, "too-dense"),
    ],
)
def test_each_bound_can_be_set(tmp_path: Path, limit: str, body: str, code: str):
    files: dict[str, str | bytes] = {
        "content/a.md": HEAD + body,
        "config.yaml": CONFIG + f"limits: {{{limit}}}\n",
    }
    (problem,) = problems_of(tmp_path, files)
    assert problem.code == code
    assert f"limits.{limit.partition(':')[0]} in config.yaml" in problem.hint
    assert problems_of(tmp_path, {**files, "config.yaml": CONFIG}) == []


@pytest.mark.parametrize(
    ("written", "value"),
    [("1_500", 1500), ("0x1F", None), ("1:30", None), ("3.0", 3), ("no", None), ("~", None), ("1e3", None)],
)
def test_a_number_is_what_its_field_says(tmp_path: Path, written: str, value: int | None):
    site = write_site(tmp_path, {"config.yaml": CONFIG + f"limits: {{effort: {written}}}\n"})
    if value is None:
        with pytest.raises(InvalidSource) as raised:
            config.read(site)
        assert [(p.line, p.column, p.code) for p in raised.value.problems] == [(4, 18, "wrong-type")]
    else:
        assert config.read(site).config.limits.effort == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: a\x00b", "1:9 control-character: a character that YAML cannot hold (U+0000)"),
        ("title: x\nslug: a\x9fb", "2:8 control-character: a character that YAML cannot hold (U+009F)"),
        ("title: x\nslug: a\ufffeb", "2:8 control-character: a character that YAML cannot hold (U+FFFE)"),
        ('title: "a\\0b"', "1:8 control-character: a character that no feed can hold (U+0000)"),
        ('title: "\\ud83d"', "1:11 yaml-syntax: a backslash stands for more"),
        ('title: "\\U00110000"', "1:11 yaml-syntax: a backslash stands for more"),
        ("title: a\n\tslug: b", "2:1 yaml-syntax: indent with spaces"),
        ("\ttitle: a", "1:1 yaml-syntax: indent with spaces"),
        ("title: @a", "1:8 yaml-syntax: indent with spaces, and put a text that begins with a mark"),
        ("title: **a**", "1:9 yaml-syntax: put the text between quotes if it begins with *"),
        ("title: &", "1:9 yaml-syntax: put the text between quotes if it begins with &"),
        ("title: - a", "1:8 yaml-syntax: begin the list on the next line"),
        ('title: "a" b', "1:12 yaml-syntax: a value ends with its quotation mark"),
        ("title: a\n---\nslug: b", "2:1 yaml-syntax: take out the lines ---"),
        ("title: a\n...\nslug: b", "3:1 yaml-syntax: take out the lines ---"),
        ("<<: {title: a}", "1:1 yaml-merge: merge keys (<<) are not allowed"),
        ("extra: {<<: {title: a}}", "1:9 yaml-merge: merge keys (<<) are not allowed"),
        ("? [a, b]\n: c", "1:3 yaml-key: a key must be text"),
        ("a: !" + "b" * 50_000 + " c", "1:4 yaml-tag: the tag !bbb"),
    ],
)
def test_each_fault_of_yaml_has_its_place_and_its_mend(text: str, said: str):
    (problem,) = parse(text, "a.md").problems
    place, _, words = said.partition(": ")
    assert f"{problem.line}:{problem.column} {problem.code}" == place
    assert words in f"{problem.message} {problem.hint}"
    assert problem.hint
    assert len(problem.message) < 300


def test_a_bound_holds_for_what_was_read_before_it_was_set(tmp_path: Path):
    site = write_site(tmp_path, {"content/a.md": HEAD + "[" * 600})
    build_site(site)
    (site / "config.yaml").write_text(CONFIG + "limits: {effort: 1}\n", encoding="utf-8")
    with pytest.raises(InvalidSource, match="too-dense"):
        build_site(site)
