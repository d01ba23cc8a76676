"""What is not the site's to publish stays out of it: not a sentence, in no file."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator import config, summarise
from generator.content.quoting import QUOTED_SHARE
from generator.content.rights import EXCERPT_SHARE, EXCERPT_WORDS, excerpt, publishable
from generator.model import Brief, Line
from generator.text import word_count
from tests.building import CONFIG, build_site, tree, write_site
from tests.making import a_brief, an_article, sentences_of

ORIGINAL = "https://harbourwire.example/llano-verde"


def planted(count: int = 36) -> list[str]:
    """Sentences that each hold a word of their own."""
    told = []
    for n in range(count):
        word = "plant" + "".join(chr(97 + int(d)) for d in f"{n:03}")
        match n % 6:
            case 0:
                told.append(
                    f"Corvane will build {n + 20} halls near {word.title()} and pay ${n + 2} million for them."
                )
            case 1:
                told.append(
                    f"The county of {word.title()} will vote on the permit on {n % 28 + 1} December 2026."
                )
            case 2:
                told.append(f"“We will not wait for the {word},” said Dana Holt, who leads the project.")
            case 3:
                told.append(
                    f"Its neighbours, who had objected to the {word}, moved away from the road in the spring."
                )
            case 4:
                told.append(f"Nobody at the {word} answered questions about noise or about water.")
            case _:
                told.append(f"The {word} plans to open its own line by 2031, according to Ardent Power.")
    return told


def an_excerpted(count: int = 36, body: str = "") -> str:
    told = planted(count)
    text = body or "\n\n".join(" ".join(told[n : n + 3]) for n in range(0, count, 3))
    return (
        f"---\ntitle: Corvane plans a campus\ndate: 2026-11-23\nrights: excerpt\nlicense: CC BY 4.0\n"
        f"source: {{name: Harbour Wire, url: {ORIGINAL}}}\ncanonical_url: {ORIGINAL}\n---\n\n{text}\n"
    )


def words_in(site: Path) -> str:
    """All that a site holds, as far as it is text, with its addresses decoded."""
    plain = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in tree(site).values())
    return "\n".join(unquote(data.decode("utf-8", "replace")) for data in plain)


@pytest.mark.parametrize("feed", ["brief", "full", "excerpt"])
def test_no_sentence_that_is_neither_excerpt_nor_brief_is_anywhere_in_the_site(tmp_path: Path, feed: str):
    settings = CONFIG.replace("search: false\n", f"search: true\nfeed: {{content: {feed}}}\n")
    later = (
        an_excerpted(30)
        .replace("plant", "later")
        .replace("Plant", "Later")
        .replace("date: 2026-11-23", "date: 2026-11-24\nstory: corvane")
    )
    first = an_excerpted().replace("date: 2026-11-23", "date: 2026-11-23\nstory: corvane")
    heading = "\n\n## A plantheading of theirs\n\n- An item of plantitem\n\n| a | planttable |\n|---|---|\n| 1 | 2 |\n"
    write_site(tmp_path, {"config.yaml": settings, "content/a.md": first + heading, "content/b.md": later})
    build_site(tmp_path)
    published = words_in(tmp_path / "site").casefold()
    assert "pagefind_dcd" in published  # the index is read, too
    for name, count in (("a", 36), ("b", 30)):
        brief = json.loads((tmp_path / "site/2026/11" / name / "brief.json").read_text(encoding="utf-8"))[
            "brief"
        ]
        printed = printed_of(brief).casefold()
        page = (tmp_path / "site/2026/11" / name / "index.html").read_text(encoding="utf-8")
        shown = re.findall(
            r'<span class="s" id="s\d+">(.*?)</span></?[sp]', page.partition('class="prose')[2]
        )
        kept = lost = 0
        for sentence in planted(count):
            word = re.search(r"[Pp]lant[a-z]+", sentence)[0].lower()
            word = word if name == "a" else word.replace("plant", "later")
            held = word in printed or any(word in one.lower() for one in shown)
            assert (word in published) == held, sentence
            kept, lost = kept + held, lost + (not held)
        assert kept > 4
        assert lost > 12
    for word in ("plantheading", "plantitem", "planttable"):
        assert word not in published


def printed_of(brief: dict) -> str:
    """What a brief says, without the texts of its evidence."""

    def told(value):
        if isinstance(value, dict):
            return " ".join(told(v) for k, v in value.items() if k not in ("evidence", "boilerplate"))
        return " ".join(map(told, value)) if isinstance(value, list) else str(value)

    return told(brief)


def test_a_second_build_publishes_the_same(tmp_path: Path):
    write_site(tmp_path, {"content/a.md": an_excerpted()})
    build_site(tmp_path)
    before = tree(tmp_path / "site")
    build_site(tmp_path)
    assert tree(tmp_path / "site") == before


def test_evidence_that_is_not_published_leads_to_its_words_in_the_original(tmp_path: Path):
    write_site(tmp_path, {"content/a.md": an_excerpted()})
    build_site(tmp_path)
    page = (tmp_path / "site/2026/11/a/index.html").read_text(encoding="utf-8")
    brief = json.loads((tmp_path / "site/2026/11/a/brief.json").read_text(encoding="utf-8"))["brief"]
    told = planted()
    away = here = 0
    for line in [*brief["summary"], *brief["key_points"], *brief["whats_next"], *brief["quotes"]]:
        for evidence in line["evidence"]:
            sentence = told[int(evidence["id"][1:]) - 1]
            assert f'id="{evidence["id"]}"' in page
            if evidence["text"]:
                assert evidence["text"] == sentence
                here += 1
                continue
            away += 1
            assert f'href="{evidence["url"].replace("&", "&amp;")}" aria-label="Evidence: sentence' in page
            start, _, rest = unquote(evidence["url"]).partition("#:~:text=")
            assert start == ORIGINAL
            assert [part for part in rest.split(",") if part not in sentence] == []
    assert away
    assert here
    assert "in the original" in page
    assert "Read on at Harbour Wire" in page
    assert "Full text" not in page


def test_a_page_with_an_excerpt_is_a_copy_of_nothing(tmp_path: Path):
    full = an_excerpted().replace("rights: excerpt", "rights: full")
    write_site(tmp_path, {"content/a.md": an_excerpted(), "content/b.md": full})
    build_site(tmp_path)
    canonical = '<link rel="canonical" href="{}">'
    pages = {
        name: (tmp_path / f"site/2026/11/{name}/index.html").read_text(encoding="utf-8") for name in "ab"
    }
    assert canonical.format("https://news.example/sheet/2026/11/a/") in pages["a"]
    assert canonical.format(ORIGINAL) in pages["b"]
    assert "Licence: CC BY 4.0" in pages["a"]
    assert planted()[30] in pages["b"]


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ((("One two three four.", "Five six seven eight."), *[(" ".join(["word"] * 40) + ".",)]), 2),
        (((" ".join(["word"] * 61) + ".",), *[(" ".join(["word"] * 400) + ".",)]), 0),
        (
            (
                (" ".join(["word"] * 40) + ".", " ".join(["word"] * 30) + "."),
                (" ".join(["word"] * 400) + ".",),
            ),
            1,
        ),
        ((("All that there is.",),), 0),
        ((), 0),
    ],
)
def test_an_excerpt_is_whole_sentences_of_the_first_paragraph_within_bounds(texts, shown: int):
    article = an_article(paragraphs=texts, sentences=sentences_of("T", texts), rights="excerpt")
    chosen = excerpt(article)
    assert [sentence.id for sentence in chosen] == [f"s{n}" for n in range(1, shown + 1)]
    count = sum(len(sentence.text.split()) for sentence in chosen)
    assert count <= min(EXCERPT_WORDS, article.words * EXCERPT_SHARE)
    made, _ = publishable(article, a_brief(article))
    assert [s.id for s in made.sentences if s.text] == ["s0", *(s.id for s in chosen)]


@pytest.mark.parametrize("rights", ["own", "full"])
def test_what_may_be_published_whole_is(rights):
    article = an_article(rights=rights)
    brief = a_brief(article)
    assert publishable(article, brief) == (article, brief)


def test_without_an_address_the_page_still_says_which_sentences_are_missing(tmp_path: Path):
    text = re.sub(r"(source|canonical_url): .*\n", "", an_excerpted())
    write_site(tmp_path, {"content/a.md": text})
    build_site(tmp_path)
    page = (tmp_path / "site/2026/11/a/index.html").read_text(encoding="utf-8")
    assert ">Sentence 4<" in page.replace('">Sentence 4 ', '">Sentence 4<') or re.search(
        r'id="s\d+">Sentence \d+', page
    )
    assert "#:~:text" not in page


def test_hostile_words_stay_words_in_excerpts_and_fragments(tmp_path: Path):
    told = [
        f'Corvane paid ${n} million to "><script>alert({n})</script> & the <b>{n}</b>-county, it said.'
        for n in range(40)
    ]
    body = "\n\n".join(re.sub("<", "&lt;", one) for one in told)
    write_site(tmp_path, {"content/a.md": an_excerpted(body=body)})
    build_site(tmp_path)
    page = (tmp_path / "site/2026/11/a/index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    for url in re.findall(r'href="([^"]*#:~:text=[^"]*)"', page):
        fragment = urlsplit(url).fragment.removeprefix(":~:text=")
        assert re.fullmatch(r"[\w%.~,]+", fragment)


def test_an_editors_own_line_is_checked_against_the_whole_text(tmp_path: Path):
    said = planted()[30]
    write_site(
        tmp_path,
        {"content/a.md": an_excerpted(), "content/a.brief.yaml": f"key_points:\n  - {json.dumps(said)}\n"},
    )
    build_site(tmp_path)
    (point,) = json.loads((tmp_path / "site/2026/11/a/brief.json").read_text(encoding="utf-8"))["brief"][
        "key_points"
    ]
    assert (point["check"], point["evidence"][0]["id"], point["evidence"][0]["text"]) == (
        "verified",
        "s31",
        "",
    )
    assert config.read(tmp_path)
    assert summarise.choose().name


@pytest.mark.parametrize("count", [3, 8, 12, 24, 60])
def test_a_brief_quotes_no_more_than_a_third_of_what_is_anothers(count: int):
    """Summary, excerpt and editors' lines stay, however short the text."""
    told = planted(count)
    article = an_article("T", paragraphs=[told[n : n + 3] for n in range(0, count, 3)], rights="excerpt")
    whole = summarise.choose()(article)
    cut, brief = publishable(article, whole)
    printed = {line.text for line in lines_of(brief)} | {s.text for s in cut.sentences[1:] if s.text}
    distinct = [
        one for one in printed if not any(one != other and one.strip(".") in other for other in printed)
    ]
    least = sum(len(line.text.split()) for line in brief.summary) + sum(
        len(s.text.split()) for s in excerpt(article)
    )
    assert sum(map(word_count, distinct)) <= max(article.words * QUOTED_SHARE, least)
    assert brief.summary == whole.summary
    assert brief.coverage.words_out <= whole.coverage.words_out
    assert set(lines_of(brief)) <= set(lines_of(whole))
    assert brief.key_points or count < 12


def lines_of(brief: Brief) -> list[Line]:
    why = [brief.why_it_matters] if brief.why_it_matters else []
    figures, quotes = [it.context for it in brief.key_figures], [it.line for it in brief.quotes]
    return [
        *brief.summary,
        *why,
        *brief.key_points,
        *brief.whats_next,
        *figures,
        *quotes,
        *(it.line for it in brief.dates),
    ]


def test_an_editors_lines_stay_whatever_they_quote(tmp_path: Path):
    points = planted()[20:25]
    edited = "key_points:\n" + "".join(f"  - {json.dumps(one)}\n" for one in points)
    write_site(tmp_path, {"content/a.md": an_excerpted(30), "content/a.brief.yaml": edited})
    build_site(tmp_path)
    brief = json.loads((tmp_path / "site/2026/11/a/brief.json").read_text(encoding="utf-8"))["brief"]
    assert [point["text"] for point in brief["key_points"]] == points
