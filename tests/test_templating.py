"""Templates: which one is found, what they may say, and where their faults are reported."""

import pickle
from pathlib import Path

import pytest

from generator.problems import InvalidSource
from generator.templating import Templates

SITE = "https://example.org/repo/"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    own, theme = tmp_path / "site" / "templates", tmp_path / "theme" / "templates"
    own.mkdir(parents=True)
    theme.mkdir(parents=True)
    return own, theme


def rendered(folders, source, context=None, site=SITE):
    (folders[1] / "a.html").write_text(source)
    return Templates(folders, site).render("a.html", context or {})


def problem(folders, source, context=None):
    with pytest.raises(InvalidSource) as caught:
        rendered(folders, source, context)
    (only,) = caught.value.problems
    return only


def test_a_site_s_own_template_hides_the_theme_s_and_may_extend_its_parts(folders):
    own, theme = folders
    (theme / "base.html").write_text("<{% block main %}theme{% endblock %}>")
    (theme / "page.html").write_text('{% extends "base.html" %}{% block main %}theme{% endblock %}')
    (own / "page.html").write_text('{% extends "base.html" %}{% block main %}own{% endblock %}')
    assert Templates(folders, SITE).render("page.html", {}) == "<own>"


def test_a_site_s_own_template_may_extend_the_one_that_it_hides(folders):
    own, theme = folders
    (theme / "base.html").write_text("<{% block main %}{% endblock %}|{% include '_foot.html' %}>")
    (theme / "page.html").write_text(
        '{% extends "base.html" %}{% set x = 1 %}{% block main %}{% block a %}a{% endblock %}b{% endblock %}'
    )
    (theme / "_foot.html").write_text("{% block made %}made{% endblock %}.")
    (own / "page.html").write_text(
        '{% extends "theme/page.html" %}{% block a %}{{ super() }}{{ x }}{% endblock %}'
    )
    (own / "_foot.html").write_text('{% extends "theme/_foot.html" %}{% block made %}mine{% endblock %}')
    templates = Templates(folders, SITE)
    assert templates.faults() == []
    assert templates.render("page.html", {}) == "<a1b|mine.>"


def test_a_fault_in_a_hidden_template_is_reported_at_its_own_place(folders):
    own, theme = folders
    (theme / "page.html").write_text("fine\n{{ nope }}{% block a %}{% endblock %}")
    (own / "page.html").write_text('{% extends "theme/page.html" %}{% block a %}{% endblock %}')
    with pytest.raises(InvalidSource) as caught:
        Templates(folders, SITE).render("page.html", {})
    (only,) = caught.value.problems
    assert (only.path, only.line, only.code) == ("theme/page.html", 2, "template-undefined")


def test_a_template_that_extends_itself_is_told_how_the_theme_s_is_named(folders):
    (folders[0] / "page.html").write_text('{% extends "page.html" %}')
    (folders[1] / "page.html").write_text("theme")
    with pytest.raises(InvalidSource) as caught:
        Templates(folders, SITE).render("page.html", {})
    (only,) = caught.value.problems
    assert (only.path, only.line, only.code) == ("templates/page.html", 1, "template-failed")
    assert "theme/page.html" in only.hint


def test_a_theme_s_template_that_does_not_exist_is_looked_for_in_the_theme(folders):
    (folders[0] / "page.html").write_text('{% extends "theme/nope.html" %}')
    with pytest.raises(InvalidSource) as caught:
        Templates(folders, SITE).render("page.html", {})
    (only,) = caught.value.problems
    assert (only.path, only.code) == ("templates/page.html", "template-missing")
    assert "theme/nope.html" in only.message


def test_a_template_that_nothing_can_reach_is_told(folders):
    (folders[0] / "theme").mkdir()
    (folders[0] / "theme" / "page.html").write_text("hidden")
    (only,) = Templates(folders, SITE).faults()
    assert (only.path, only.code) == ("templates/theme/page.html", "template-hidden")


@pytest.mark.parametrize(
    ("url", "link", "absolute"),
    [
        ("", "/repo/", "https://example.org/repo/"),
        ("2026/11/a/", "/repo/2026/11/a/", "https://example.org/repo/2026/11/a/"),
        ("topics/käse/", "/repo/topics/k%C3%A4se/", "https://example.org/repo/topics/k%C3%A4se/"),
        ("https://other.example/x", "https://other.example/x", "https://other.example/x"),
        ("#s1", "#s1", "https://example.org/repo/#s1"),
    ],
)
def test_addresses(folders, url, link, absolute):
    got = rendered(folders, "{{ url | link }} {{ url | absolute }}", {"url": url})
    assert got == f"{link} {absolute}"


def test_values_are_escaped(folders):
    got = rendered(folders, '<a title="{{ x }}">{{ x }}</a>', {"x": "<script>\"'&"})
    assert got == '<a title="&lt;script&gt;&#34;&#39;&amp;">&lt;script&gt;&#34;&#39;&amp;</a>'


@pytest.mark.parametrize(
    ("source", "line", "code", "said"),
    [
        ("fine\n{% if %}\n", 2, "template-syntax", "Expected an expression"),
        ("fine\n\n{{ nope }}", 3, "template-undefined", "'nope' is undefined"),
        ("{{ site.nope }}", 1, "template-undefined", "no attribute 'nope'"),
        ('fine\n{% include "nope.html" %}', 2, "template-missing", "nope.html"),
        ("fine\n{{ 1 / 0 }}", 2, "template-failed", "ZeroDivisionError: division by zero"),
        ("fine\n{{ 'x' | nope }}", 2, "template-syntax", "No filter named 'nope'"),
    ],
)
def test_faults_stand_at_the_template_s_own_line(folders, source, line, code, said):
    found = problem(folders, source, {"site": {}})
    assert (found.path, found.line, found.column, found.code) == ("templates/a.html", line, 1, code)
    assert said in found.message


def test_a_fault_in_a_part_is_reported_there_and_not_where_it_is_used(folders):
    (folders[0] / "_part.html").write_text("fine\nfine\n{{ nope }}")
    found = problem(folders, 'fine\n{% include "_part.html" %}')
    assert (found.path, found.line) == ("templates/_part.html", 3)


def test_a_syntax_error_in_a_macro_file_is_reported_there(folders):
    (folders[1] / "_m.html").write_text("\n{% macro x() %}{% endif %}")
    found = problem(folders, '{% import "_m.html" as m %}')
    assert (found.path, found.line, found.code) == ("templates/_m.html", 2, "template-syntax")


def test_a_missing_template_is_named(folders):
    with pytest.raises(InvalidSource) as caught:
        Templates(folders, SITE).render("nope.html", {})
    (only,) = caught.value.problems
    assert (only.path, only.code) == ("templates/nope.html", "template-missing")


def test_compiled_templates_are_kept_and_follow_their_source(folders, tmp_path):
    cache = tmp_path / "cache" / "templates"
    for text in ("one", "two"):
        (folders[1] / "a.html").write_text(text)
        assert Templates(folders, SITE, cache).render("a.html", {}) == text
    assert list(cache.iterdir())


def test_a_damaged_compiled_template_counts_as_missing(folders, tmp_path):
    (folders[1] / "a.html").write_text("{{ 1 + 1 }}")
    Templates(folders, SITE, tmp_path / "cache").render("a.html", {})
    (record,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    whole = record.read_bytes()
    for at in range(0, len(whole), 41):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            record.write_bytes(damaged)
            assert Templates(folders, SITE, tmp_path / "cache").render("a.html", {}) == "2"
            assert record.read_bytes() == whole, "and is made again"


def test_where_compiled_templates_cannot_be_kept_nothing_is_said(folders, tmp_path):
    (folders[1] / "a.html").write_text("{{ 1 + 1 }}")
    (tmp_path / "cache").write_text("in the way")
    assert Templates(folders, SITE, tmp_path / "cache").render("a.html", {}) == "2"


def test_it_can_be_sent_to_another_process_after_use(folders):
    (folders[1] / "a.html").write_text("{{ '' | link }}")
    templates = Templates(folders, SITE)
    templates.render("a.html", {})
    assert pickle.loads(pickle.dumps(templates)).render("a.html", {}) == "/repo/"  # noqa: S301


def in_vain(folders, **own: str):
    (folders[1] / "base.html").write_text("{% block main %}{% block lead %}{% endblock %}{% endblock %}")
    (folders[1] / "page.html").write_text('{% extends "base.html" %}{% include "_part.html" %}')
    (folders[1] / "_part.html").write_text("part")
    for name, source in own.items():
        (folders[0] / f"{name}.html").write_text(source)
    return [
        (problem.path, problem.line, problem.code, problem.hint)
        for problem in Templates(folders, SITE).faults()
    ]


@pytest.mark.parametrize(
    "own",
    [
        {"page": '{% extends "theme/page.html" %}{% block lead %}{% block mine %}{% endblock %}{% endblock %}'},
        {"page": '{% include "_mine.html" %}', "_mine": "m"},
        {"page": "{% include which %}", "_mine": "m"},
        {"page": "{% extends which %}{% block any %}{% endblock %}"},
        {"page": "{% block own %}{% endblock %}", "_part": "mine"},
        {"base": "{% block other %}{% endblock %}", "page": '{% extends "base.html" %}{% block other %}{% endblock %}'},
    ],
)  # fmt: skip
def test_what_a_page_shows_is_not_in_vain(folders, own: dict[str, str]):
    assert in_vain(folders, **own) == []


def test_a_template_that_nothing_reads_is_told_with_the_name_meant(folders):
    assert in_vain(folders, pgae="x", something="y") == [
        ("templates/pgae.html", 1, "template-unused", "did you mean “page.html”?"),
        (
            "templates/something.html",
            1,
            "template-unused",
            "the theme's templates are listed in the documentation, under Templates",
        ),
    ]


def test_a_block_that_nothing_above_has_is_told_with_the_name_meant(folders):
    source = '{% extends "theme/page.html" %}\n{% block lede %}x{% endblock %}'
    assert in_vain(folders, page=source) == [
        ("templates/page.html", 2, "template-unused", "did you mean “lead”?")
    ]


def test_what_stands_outside_of_the_blocks_of_an_extending_template_is_told(folders):
    source = '{% extends "theme/page.html" %}\n{% set x = 1 %}\n\n<p>Hello</p>\n{% block lead %}{{ x }}{% endblock %}\n'
    assert in_vain(folders, page=source) == [
        ("templates/page.html", 4, "template-unused", "put it into a block")
    ]


def test_a_link_to_another_folder_is_another_version(folders: tuple[Path, Path]):
    own, _ = folders
    for number in (1, 2):
        (own / f"v{number}").mkdir()
        (own / f"v{number}" / "x.txt").write_text(str(number))
    (own / "parts").symlink_to("v1")
    before = Templates(folders, SITE).digest()
    assert Templates(folders, SITE).digest() == before
    (own / "parts").unlink()
    (own / "parts").symlink_to("v2")
    assert Templates(folders, SITE).digest() != before
