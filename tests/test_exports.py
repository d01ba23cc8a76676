from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator import exports
from generator.model import Line
from generator.schema.records import indented
from tests.making import a_brief, a_figure, a_site, an_article


def test_a_brief_is_published_with_the_sentences_it_rests_on():
    article = an_article("One", id="one")
    site = a_site(
        [article], briefs={"one": a_brief(article, key_figures=(a_figure("$2.3", "billion", "cost"),))}
    )
    (file,) = exports.briefs(site, {"one": article})
    assert file.path == "2026/11/one/brief.json"
    data = json.loads(file.data)
    assert data["article"]["url"] == "https://switchyard.example/2026/11/one/"
    line = data["brief"]["summary"][0]
    assert line["evidence"] == [{"id": "s1", "text": line["text"]}]
    assert data["brief"]["key_figures"][0]["context"]["kind"] == "trimmed"
    assert data["brief"]["why_it_matters"] is None
    assert data["brief"]["quotes"] == []


def test_every_field_of_a_brief_is_in_the_data():
    article = an_article("One", id="one")
    (file,) = exports.briefs(a_site([article]), {"one": article})
    brief = json.loads(file.data)["brief"]
    fields = set(a_brief(article).__dataclass_fields__)
    assert set(brief) == fields - {"machine", "proof"} | {"model"}


def test_keys_stand_in_one_order():
    article = an_article("One", id="one")
    (file,) = exports.briefs(a_site([article]), {"one": article})
    data = json.loads(file.data)
    assert list(data) == ["$schema", "version", "article", "brief"]
    assert list(data["article"]) == (
        "id url headline language date_published date_modified authors sources words".split()
    )
    assert list(data["brief"]["summary"][0]) == ["text", "evidence", "kind", "check", "writer"]
    assert data["article"]["date_published"] == "2026-11-23T12:00:00+00:00"


def test_an_edited_line_may_rest_on_nothing_and_any_text_is_json():
    article = an_article("One", id="one")
    edited = Line("An editor's \ud800 \u2028 \" line", (), "edited", "no number")
    site = a_site([article], briefs={"one": a_brief(article, summary=(edited,))})
    (file,) = exports.briefs(site, {"one": article})
    (line,) = json.loads(file.data.decode())["brief"]["summary"]
    told = {"text": edited.text, "evidence": [], "kind": "edited", "check": "no number", "writer": ""}
    assert line == {**told, "editor": "", "source": None}


def test_text_is_readable_and_ends_in_a_line_end():
    article = an_article("Über uns", id="one")
    (file,) = exports.briefs(a_site([article]), {"one": article})
    assert "Über uns" in file.data.decode()
    assert file.data.endswith(b"}\n")


def test_the_documented_example_has_the_keys_of_the_data():
    page = (Path(__file__).parent.parent / "docs" / "feeds.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    article = an_article()
    (file,) = exports.briefs(a_site([article]), {article.id: article})
    made = json.loads(file.data)
    assert list(shown) == list(made)
    for part in ("article", "brief"):
        assert list(shown[part]) == list(made[part])
    for part in ("headline", "coverage"):
        assert list(shown["brief"][part]) == list(made["brief"][part])


SIGNS = st.text(st.one_of(st.characters(codec=None), st.sampled_from('\x00\x1f\x7f"\\/\u2028\ud800')))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | SIGNS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SIGNS, inner, max_size=3),
)


@given(DATA)
def test_data_is_written_as_the_standard_library_writes_it(data: object):
    written = json.dumps(data, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
    assert indented(data) == written
