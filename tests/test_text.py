"""Sentences of news, words, slugs and reading times."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import text

# Each case is a text whose sentences are parted by "|".
ENGLISH = [
    "It opens in May.| It costs $2.3 billion.",
    "Mr. Reyna met Dr. Velden and Sen. Ortega.| They agreed.",
    "J. K. Lowe and T.S. Marsh signed it.| Nobody else did.",
    "The U.S. Senate voted.| It was close in the U.S.| The House waits.",
    "Corvane Inc. and Ardent Corp. Holdings merged.| Shares of Ardent Co. fell.",
    "He works for Corvane Inc.| The firm grew.",
    "The meeting began at 9 a.m. Monday.| It ended at 5 p.m.| The rest went home.",
    "The law of Sept. 3 is No. 5 on the list.| See p. 12.",
    "It rose 3.5 percent, to 1,200.75 points.| Then it fell.",
    "“It works,” she said.| “We tried.”| He nodded.",
    '"Is it safe?" she asked.| "Yes!" he said.| It was.',
    "What?!| Really...| Yes.",
    "They waited … and left.| Nobody came…| The end.",
    "The plan (see p. 4. It is long.) was dropped.| Another came.",
    "(It was late.)| They left.",
    "1. The first item.",
    "He ran to node.js. It is at news.example/a.html now.".replace(". It", ".| It"),
    "It is over.[1]| The rest is known.",
    "A line\nthat wraps.| Another.",
]
OTHERS = [
    ("de", "Am 3. September kam Dr. Müller.| Der 1. FC siegte.| Das war 2019.| Nun ist Ruhe."),
    ("de", "»Gut.«| „Wir gehen.“| Ende."),
    ("de", "Das gilt z.B. für Bonn bzw. Köln.| Mehr nicht."),
    ("fr", "M. Dupont a vu Mme Roy.| Elle part."),
    ("fr", "Voir p. ex. l’art. 5 du code.| C’est clair."),
    ("es", "El Sr. López vino.| ¿Qué pasó?| ¡Nada!"),
    ("ja", "今日は晴れ。|元気？|「はい。」|終わり"),
    ("zh-Hans", "公司宣布投资！|项目明年开始。"),
    ("ar", "ما هذا؟| هذا كتاب.| شكرا."),
    ("hi", "यह है।| वह था।"),
]


def split(written: str, lang: str) -> list[str]:
    return [written[start:end] for start, end in text.sentences(written, lang)]


@pytest.mark.parametrize(("lang", "marked"), [*(("en", case) for case in ENGLISH), *OTHERS])
def test_sentences(lang: str, marked: str):
    wanted = [piece.strip() for piece in marked.split("|")]
    assert split(marked.replace("|", ""), lang) == wanted


@pytest.mark.parametrize("written", ["", " ", "\n\n\t"])
def test_nothing_has_no_sentence(written: str):
    assert text.sentences(written) == []


@pytest.mark.parametrize("written", ["word", "...", "?", "no stop at all", "🙂 🙂", "ALL CAPITALS"])
def test_what_is_no_sentence_is_one(written: str):
    assert split(written, "en") == [written]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("It doesn't cost 1,200.5 dollars.", ["It", "doesn't", "cost", "1,200.5", "dollars"]),
        ("long-term — well", ["long-term", "well"]),
        ("Ça va, Señor?", ["Ça", "va", "Señor"]),
        ("", []),
    ],
)
def test_words(written: str, wanted: list[str]):
    assert text.words(written) == wanted
    assert text.word_count(written) == len(wanted)


def test_a_script_without_spaces_has_words_too():
    assert 4 <= text.word_count("公司宣布投资项目") <= 8


@pytest.mark.parametrize(("words", "wanted"), [(0, 1), (1, 1), (344, 1), (460, 2), (2300, 10)])
def test_minutes(words: int, wanted: int):
    assert text.minutes(words) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("On-site power", "on-site-power"),
        ("  What's new, “really”?  ", "whats-new-really"),
        ("The city’s plan", "the-citys-plan"),
        ("Straße & Ölpreis", "strasse-ölpreis"),
        ("A\u0301gua", "água"),
        ("Энергия 2026", "энергия-2026"),
        ("データ センター", "データ-センター"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_slug(written: str, wanted: str):
    assert text.slug(written) == wanted


def test_a_text_without_letters_has_a_short_digest():
    made = [text.slug(written) for written in ("???", "🙂", "!", "\u0301", "\ufe0f")]
    assert len(set(made)) == len(made)
    assert all(slug.isalnum() and slug.isascii() for slug in made)


@given(st.text(max_size=40))
def test_a_slug_is_its_own_slug(written: str):
    made = text.slug(written)
    assert text.slug(made) == made
    assert unicodedata.is_normalized("NFC", made)
    assert bool(made) == bool(written.strip())
    assert not {"/", ".", "?", "#", "%", "\\", " "} & set(made)


def test_a_blank_line_after_a_space_ends_a_sentence_before_the_space():
    assert text.sentences("1 \n\nTwo") == [(0, 1), (4, 7)]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("C", "c"),
        ("C++", "cplusplus"),
        ("C#", "csharp"),
        ("# 1", "1"),
        ("CON", "con-DIGEST"),
        ("lpt1", "lpt1-DIGEST"),
    ],
)
def test_slugs_tell_names_apart_and_stand_on_every_disk(written: str, wanted: str):
    made = text.slug(written)
    assert re.sub("[0-9a-f]{8}$", "DIGEST", made) == wanted
    assert text.slug(made) == made


def test_a_slug_fits_a_name_on_disk():
    long = text.slug("é" * 400)
    assert len(long.encode()) <= 220
    assert long != text.slug("é" * 401)


@pytest.mark.parametrize(
    ("zone", "moment", "offset"),
    [
        ("Africa/Monrovia", "1971-05-05T08:00", "-00:44"),
        ("Europe/Berlin", "1880-01-01T08:00", "+00:53"),
        ("Asia/Kolkata", "2026-01-01T08:00", "+05:30"),
    ],
)
def test_offsets_are_whole_minutes_and_the_time_of_day_stays(zone: str, moment: str, offset: str):
    made = text.whole_minutes(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)))
    assert made.isoformat() == f"{moment}:00{offset}"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("plain", "plain"),
        ("שלום\u200f", "שלום\u200f"),
        ("\u202babc\u202c d", "\u202babc\u202c d"),
        ("\u2067a \u202eb\u202c\u2069", "\u2067a \u202eb\u202c\u2069"),
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u2066b\u202ec", "a\u2066b\u202ec\u202c\u2069"),
        ("a\u2066b\u202ec\u2069d", "a\u2066b\u202ec\u2069d"),
        ("a\u202eb\u2069c", "a\u202ebc\u202c"),
        ("a\u2066b\u202cc", "a\u2066bc\u2069"),
        ("\u202ca\u2069", "a"),
    ],
)
def test_direction_ends_with_the_text(written: str, made: str):
    assert text.closed(written) == made
    assert text.closed(made) == made
