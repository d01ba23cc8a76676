"""Signs of strangers that turn or hide words: what is left out, what scripts need, and what is told."""

from __future__ import annotations

import json

import pytest

from generator.importer import harvest
from generator.text.disguise import undisguised
from tests.prose import SENTENCES
from tests.test_importer import BERLIN, a_document

LONG = " ".join(SENTENCES)
EVIL = "Grid\u202egnp\u202c vote\u200b\ufeff"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\u202ebc\u202c", "abc"),
        ("a\u202ab\u202c\u202bc\u202c\u202dd", "abcd"),
        ("a\u2067b", "ab"),
        ("a\u2069b\u2066", "ab"),
        ("a \u2067\u05d0\u2069 b\u2068", "a \u2067\u05d0\u2069 b"),
        ("pay\u200bpal\ufeff \u200cx\u200dy\u200e\u200f", "paypal xy"),
        ("\u200b\u200b", ""),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),  # Persian
        ("\u0915\u094d\u200d\u0937", None),  # Hindi
        ("\u1785\u17b6\u200b\u1785\u17b6", None),  # Khmer
        ("\u05e9\u05dc\u05d5\u05dd\u200f! C++\u200e", None),  # Hebrew
        ("\U0001f469\U0001f3fd\u200d\U0001f692 \u2764\ufe0f\u200d\U0001f525", None),
        ("Zürich", None),
    ],
)
def test_what_turns_or_hides_words_goes_and_what_scripts_need_stays(written: str, kept: str | None):
    assert undisguised(written) == (written if kept is None else kept)


PAGE = f"<html><head><title>{EVIL}</title><meta name=author content='Ada{EVIL[4:]}'></head><body><article><h1>{EVIL}</h1>"
DOCUMENTS = {
    "page": f"{PAGE}<p>{LONG}</p><p>\u200b# Not a heading &#x202e;{LONG}</p></article></body></html>",
    "rss": f"<?xml version='1.0'?><rss version='2.0'><channel><title>F{EVIL[4:]}</title><item><title>{EVIL}</title>"
    f"<author>Ada{EVIL[4:]}</author><link>https://a.example/1</link><description>&lt;p&gt;&amp;#8238;&amp;#8203;# {LONG}"
    "&lt;/p&gt;</description></item></channel></rss>",
    "json": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"F{EVIL[4:]}",
            "items": [
                {
                    "id": "1",
                    "title": EVIL,
                    "authors": [{"name": f"Ada{EVIL[4:]}"}],
                    "content_text": f"\u200b# \u202e{LONG}",
                }
            ],
        }
    ),
    "letter": f"From: Ada{EVIL[4:]} <a@b.example>\nSubject: {EVIL}\nDate: Mon, 23 Nov 2026 08:00:00 +0100\n"
    f"Content-Type: text/plain; charset=utf-8\n\n\u200b# \u202e{LONG}",
    "text": f"{EVIL}\n\n\u200b# \u202e{LONG}",
    "markdown": f"---\ntitle: {EVIL}\nauthor: Ada{EVIL[4:]}\n---\n\n\u200b\\# \u202e{LONG} `a\u202eb`",
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_stranger_turns_or_hides_words(kind: str):
    (found,) = harvest(a_document(DOCUMENTS[kind], ""), BERLIN).candidates
    assert found.title == "Gridgnp vote"
    assert set(found.authors) <= {"Adagnp vote"}
    assert not {"\u202e", "\u202c", "\u200b", "\ufeff"} & set(
        f"{found.title}{found.text}{found.authors}{found.source}"
    )
    assert not found.text.startswith("# ")
    assert "\n# " not in found.text
    (told,) = (note for note in found.notes if note.startswith("signs that turn"))
    assert "U+202E" in told
