"""Which of what is found becomes a file: new, known by address, id or text, unfit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import content
from generator.importer import Known, Outcome, known, take
from generator.importer.candidates import Candidate
from generator.importer.known import ALIKE, Record, resemblance, sketched
from tests.building import write_site
from tests.making import Kept
from tests.prose import SENTENCES
from tests.test_importer import NOW, options

TEXT = "\n\n".join(" ".join(SENTENCES[n : n + 2]) for n in range(0, 10, 2))


def a_candidate(**changes: Any) -> Candidate:
    made = Candidate(
        title="Queue study draws 212 objections",
        text=TEXT,
        found="https://gridpost.example/queue?utm_source=x",
        url="https://gridpost.example/queue",
        published=datetime(2026, 11, 23, 8, tzinfo=UTC),
        authors=("Ilse Brandt",),
        lang="en",
        source="The Grid Post",
        license="CC BY 4.0",
    )
    return replace(made, **changes)


def taken(tmp_path: Path, *candidates: Candidate, there: Known | None = None, **more: Any) -> list[Outcome]:
    return list(take(candidates, there or Known(), options(tmp_path, **more)))


def test_a_new_article_is_a_file_that_a_build_reads(tmp_path: Path):
    (made,) = taken(tmp_path, a_candidate(), topics=("Grid", "Queues: all"), draft=True)
    assert (made.status, made.path) == ("new", "2026/11/23/queue-study-draws-212-objections.md")
    write_site(tmp_path, {made.path: made.data})
    read = content.read(tmp_path, "Europe/Berlin", "en")
    assert read.problems == ()
    (article,) = read.articles
    assert (article.title, article.authors, article.topics) == (
        "Queue study draws 212 objections", ("Ilse Brandt",), ("Grid", "Queues: all")
    )  # fmt: skip
    assert (article.sources[0].name, article.sources[0].url) == (
        "The Grid Post",
        "https://gridpost.example/queue",
    )
    assert (article.rights, article.license, article.draft) == ("excerpt", "CC BY 4.0", True)
    assert article.retrieved_at == NOW
    assert article.published.isoformat() == "2026-11-23T09:00:00+01:00"
    assert tuple(sentence.text for sentence in article.sentences[1:]) == SENTENCES


NASTY = (
    'a "quoted" title: {x} #y',
    "— '",
    "null",
    "3.10",
    "\\ back\\slash",
    "~",
    "[a]",
    "a\u2028b",
    "日本語の記事",
    "- x",
    "…",
)


@pytest.mark.parametrize("words", NASTY)
def test_any_words_in_front_matter_come_back_as_they_are(tmp_path: Path, words: str):
    candidate = a_candidate(title=words, source=words, authors=(words,), license=words)
    (made,) = taken(tmp_path, candidate, topics=(words,))
    assert made.status == "new", made.message
    write_site(tmp_path, {made.path: made.data})
    (article,) = content.read(tmp_path, "UTC", "en").articles
    plain = " ".join(words.split())
    assert (article.title, article.sources[0].name, article.authors, article.license, article.topics) == (
        plain, plain, (plain,), plain, (plain,)
    )  # fmt: skip


def test_the_same_comes_out_the_same(tmp_path: Path):
    assert taken(tmp_path, a_candidate()) == taken(tmp_path, a_candidate())


@pytest.mark.parametrize(
    "again",
    [
        a_candidate(),
        a_candidate(
            url="http://www.gridpost.example/queue/?utm_source=y", text="Other words stand here now."
        ),
        a_candidate(url="https://wire.example/copy", title="Grid: 212 objections"),
        a_candidate(url="", text=TEXT.replace("Thursday", "Friday")),
    ],
)
def test_what_is_known_is_passed_over_and_named(tmp_path: Path, again: Candidate):
    first, second = taken(tmp_path, a_candidate(), again)
    assert (first.status, second.status, second.path) == ("new", "known", first.path)
    assert second.message


def test_what_lies_under_content_is_known(tmp_path: Path):
    (made,) = taken(tmp_path, a_candidate())
    write_site(
        tmp_path,
        {
            "old/moved.md": made.data,
            "broken.md": "---\ntitle: [\n---\n",
            "pages/about.md": "---\ntitle: x\n---\n",
        },
    )
    kept = Kept()
    kept.digest = lambda *parts: repr(parts)
    for _ in range(2):
        there = Known.of(known.read(tmp_path, 1_000_000, kept))
        (again,) = taken(tmp_path, a_candidate(), there=there)
        assert (again.status, again.path) == ("known", "old/moved.md")
    assert len(kept.kept) == 3


def test_two_articles_never_have_one_file_or_address(tmp_path: Path):
    others = [a_candidate(url=f"https://gridpost.example/{n}", text=f"{n} is all that this says, and nothing more.",
                          published=datetime(2026, 11, 20 + n, tzinfo=UTC)) for n in range(3)]  # fmt: skip
    paths = [made.path for made in taken(tmp_path, *others)]
    assert len({path.rpartition("/")[2] for path in paths}) == 3
    there = Known.of([Record("x.md", slug="queue-study-draws-212-objections")])
    assert taken(tmp_path, a_candidate(), there=there)[0].path != paths[0]


def test_no_more_are_taken_than_asked_for_and_what_is_known_does_not_count(tmp_path: Path):
    some = [
        a_candidate(),
        *(a_candidate(url=f"https://a.example/{n}", text=f"Text {n} says what {n} says.") for n in range(9)),
    ]
    there = Known()
    taken(tmp_path, some[0], there=there)
    statuses = [made.status for made in taken(tmp_path, *some, there=there, limit=2)]
    assert statuses == ["known", "new", "new"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": ""}, "import-empty"),
        ({"text": "a b c " * 400_000}, "import-unfit"),
        ({"text": "> " * 200 + "x"}, "import-unfit"),
    ],
)
def test_what_would_not_build_is_no_file(tmp_path: Path, changes: dict, code: str):
    (made,) = taken(tmp_path, a_candidate(**changes))
    assert (made.status, made.code, made.data) == ("unfit", code, b"")


def test_a_date_that_is_not_told_or_yet_to_come_is_noted(tmp_path: Path):
    late = a_candidate(url="https://a.example/2", text="Other words.", published=NOW + timedelta(days=2))
    first, second = taken(tmp_path, a_candidate(published=None), late)
    for made in (first, second):
        assert made.path.startswith("2026/11/24/")
        assert "retrieved" in made.notes[-1]


def test_the_language_is_written_where_it_is_not_the_sites(tmp_path: Path):
    tongues = [("en", ""), ("EN", ""), ("de", "lang: de"), ("", "lang: fr")]
    for lang, line in tongues:
        (made,) = taken(tmp_path, a_candidate(lang=lang), language="fr")
        assert ("\nlang:" in made.data.decode()) == bool(line)
        assert line in made.data.decode()


# --------------------------------------------------------------------------------------------- likeness


WORDS = [
    f"{a}{b}"
    for a in ("gar", "mel", "tor", "vin", "sal", "pod", "ken", "bri")
    for b in "a e i o u an er il os".split()
]


def prose(seed: int, words: int = 400) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(WORDS) for _ in range(words)]


def alike(one: list[str], other: list[str]) -> float:
    return resemblance(*(frozenset(sketched(" ".join(words))) for words in (one, other)))


def changed(seed: int, how: str) -> float:
    one, other = prose(seed), prose(seed + 1000)
    forms = {
        "the same": one,
        "another intro of 40 words": other[:40] + one,
        "a tenth cut from its end": one[:360],
        "a quarter cut from its end": one[:300],
        "a paragraph of 60 words more": one[:200] + other[:60] + one[200:],
        "every 40th word corrected": [w if n % 40 else "mended" for n, w in enumerate(one)],
        "half of it old background": other[:200] + one[200:],
        "a third of it old background": other[:267] + one[267:],
        "another story": other,
    }
    return alike(one, forms[how])


@pytest.mark.parametrize(
    "how",
    ["the same", "another intro of 40 words", "a tenth cut from its end", "a quarter cut from its end",
     "a paragraph of 60 words more", "every 40th word corrected"],
)  # fmt: skip
def test_copies_are_alike(how: str):
    assert min(changed(seed, how) for seed in range(30)) >= ALIKE


@pytest.mark.parametrize(
    "how", ["half of it old background", "a third of it old background", "another story"]
)
def test_stories_that_share_a_background_are_not_alike(how: str):
    assert max(changed(seed, how) for seed in range(30)) < ALIKE


def test_texts_of_scripts_without_spaces_are_compared_by_their_signs():
    one = "電力会社は木曜日に調査報告を公表し、来年の計画について市民と話し合うと述べた。反対の声は九つの町から上がっている。"
    assert alike([one], [one.replace("木曜日", "金曜日")]) >= ALIKE
    assert (
        alike(
            [one],
            [
                "別の話題として、港湾の拡張工事は来春に始まる見通しで、費用は二十億円に上ると市の担当者が説明した。"
            ],
        )
        < ALIKE
    )


def test_short_texts_are_never_held_for_the_same():
    there = Known.of([Record("a.md", sketch=sketched("Nothing is new today."))])
    assert there.like(sketched("Nothing is new today.")) == ("", 0.0)


def test_ten_thousand_articles_are_looked_through_at_once():
    records = [Record(f"{n}.md", str(n), sketch=sketched(" ".join(prose(n, 80)))) for n in range(300)]
    there = Known.of(replace(record, path=f"{n}/{record.path}") for n in range(34) for record in records)
    assert there.like(sketched(" ".join(prose(7, 80))))[1] == 1.0
