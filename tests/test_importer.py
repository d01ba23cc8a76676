"""From the bytes of others to articles of ours. All pages, feeds and letters here are made up."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from generator import content
from generator.content.tokens import clean, to_html
from generator.importer import Document, Options, harvest, kind_of
from generator.importer.addresses import canonical, claimed, key, of_letter, web_address
from generator.importer.candidates import Candidate
from generator.importer.dates import first, read, settled
from generator.importer.decoding import decoded
from generator.importer.fields import licence, licensed
from generator.importer.markup import markdown, of_text
from tests import payloads
from tests.inertness import in_text
from tests.prose import BODY, PAGE, SENTENCES, paragraphs

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://gridpost.example/2026/queue"


def a_document(data: str | bytes, url: str = URL, **more: str) -> Document:
    return Document(data.encode() if isinstance(data, str) else data, url or "a.html", NOW, url, **more)


def the_one(data: str | bytes, url: str = URL, **more: str) -> Candidate:
    found = harvest(a_document(data, url, **more), BERLIN)
    assert found.unfit == ()
    (candidate,) = found.candidates
    return candidate


def refused(data: str | bytes, **more: str) -> str:
    found = harvest(a_document(data, **more), BERLIN)
    assert found.candidates == ()
    return found.unfit[0].code


def options(tmp_path: Path, **more: Any) -> Options:
    return Options(tmp_path, content.Reading("Europe/Berlin", "en"), NOW, **more)


# --------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?id=3&fbclid=Iw&gclid=1", "https://a.example/x?id=3"),
        ("https://a.example/x?ref=front&source=x", "https://a.example/x?ref=front&source=x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("HTTPS://A.Example:443/X", "https://a.example/X"),
        ("https://a.example", "https://a.example/"),
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://a.example/a b?q=c d", "https://a.example/a%20b?q=c%20d"),
        ("https://a.example/%C3%9F?x=%26", "https://a.example/%C3%9F?x=%26"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/x", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://a.example:99999/", ""),
        ("/x", ""),
    ],
)
def test_an_address_is_kept_without_tracking(url: str, kept: str):
    assert canonical(url) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    ("page", "claim", "taken", "refused"),
    [
        (URL, "/2026/queue?utm_source=x", URL, ""),
        (URL, "https://gridpost.example/", URL, ""),
        (URL, "javascript:x", URL, ""),
        (URL, "", URL, ""),
        ("", "https://gridpost.example/a", "https://gridpost.example/a", ""),
        ("", "https://gridpost.example/", "", ""),
        (URL, "https://www.gridpost.example/a", "https://www.gridpost.example/a", ""),
        (URL, "http://gridpost.example:8080/a", "http://gridpost.example:8080/a", ""),
        ("https://amp.gridpost.example/a", "https://www.gridpost.example/a", "https://www.gridpost.example/a", ""),
        ("https://gridpost.example/a", "https://news.gridpost.example/a", "https://news.gridpost.example/a", ""),
        (URL, "https://wire.example/a", URL, "https://wire.example/a"),
        (URL, "https://notgridpost.example/a", URL, "https://notgridpost.example/a"),
        (URL, "//wire.example/a", URL, "https://wire.example/a"),
        (URL, "https://example/a", URL, "https://example/a"),
        ("https://a.github.example/x", "https://b.github.example/x", "https://a.github.example/x",
         "https://b.github.example/x"),
        ("http://127.0.0.1/a", "http://0.1/a", "http://127.0.0.1/a", "http://0.1/a"),
    ],
)  # fmt: skip
def test_a_page_may_say_where_it_stands_within_its_own_site(page: str, claim: str, taken: str, refused: str):
    assert claimed(page, claim) == (taken, refused)


def test_two_spellings_of_an_address_have_one_key():
    spellings = (
        "http://www.a.example/x/",
        "https://a.example/x",
        "https://A.example/x/index.html?utm_id=1#y",
    )
    assert {key(spelled) for spelled in spellings} == {"a.example/x"}
    assert key("https://a.example/x?id=1") != key("https://a.example/x?id=2")


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        (
            "https://click.mail.example/c?u=https%3A%2F%2Fa.example%2Fx%3Futm_source%3Dm",
            "https://a.example/x",
        ),
        ("https://us1.list-manage.com/track/click?e=1", ""),
        ("https://click.news.example/abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmn", ""),
        ("https://a.example/x?mc_cid=1&mc_eid=2#y", "https://a.example/x#y"),
    ],
)
def test_a_link_of_a_letter_leads_past_its_sender_or_nowhere(url: str, leads: str):
    assert of_letter(url) == leads


def test_an_address_with_marks_of_markup_stays_one():
    assert "(" in web_address("https://a.example/x_(y)")


# --------------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (b"<?xml version='1.0'?><!-- x --><rss version='2.0'/>", "text/html", "feed"),
        (b"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'/>", "", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "", "json-feed"),
        (b'{"a": 1}', "application/json", "nothing"),
        (b"<opml version='2.0'/>", "", "opml"),
        (b"<!DOCTYPE html><p>x", "", "page"),
        (b"<article>x", "", "page"),
        ("<html><p>x".encode("utf-16"), "", "page"),
        (b"words", "text/html; charset=x", "page"),
        (b"From: a@b.example\r\nSubject: x\r\n\r\ny", "", "mail"),
        (b"Received: x\n\ty\nMIME-Version: 1.0\nDate: z\n\nw", "", "mail"),
        (b"From a@b.example Mon Nov 23 08:00:00 2026\nFrom: a@b.example\n\nx", "", "mbox"),
        (b"From here on: nothing\n\nx", "", "text"),
        (b"Note: this is text\n\nand more", "", "text"),
        (b"---\ntitle: x\n---\n\ny", "", "text"),
        (b"%PDF-1.7", "application/pdf", "nothing"),
        (b"\x89PNG\0\0", "", "nothing"),
        (b"", "", "nothing"),
    ],
)
def test_a_document_is_what_it_holds(data: bytes, media_type: str, kind: str):
    assert kind_of(data, media_type) == kind


@pytest.mark.parametrize(
    ("data", "charset", "text", "guessed"),
    [
        ("naïve — ü".encode(), "iso-8859-1", "naïve — ü", False),
        ("naïve".encode("cp1252"), "", "naïve", True),
        ("naïve “x”".encode("cp1252"), "iso-8859-1", "naïve “x”", False),
        ("<meta charset=shift_jis>電力".encode("cp932"), "", "<meta charset=shift_jis>電力", False),
        ("電力".encode("euc-jp"), "euc-jp", "電力", False),
        ("電力".encode(), "shift_jis", "電力", True),
        ("x ü".encode("utf-16"), "utf-8", "x ü", False),
        (b"\xef\xbb\xbfx", "utf-16", "x", False),
        (b"x", "no-such-charset", "x", False),
        (b"x", "base64", "x", False),
        (b"a\xffb", "utf-8", "aÿb", True),
        ("Größe – “x” für 5 €".encode("cp1252"), "utf-8", "Größe – “x” für 5 €", True),
        ("Größe – für".encode() + b"\xfc", "utf-8", "Größe – fürü", True),
        ("Größe – für".encode()[:-2], "utf-8", "Größe – fÃ", True),
        (b"\xef\xbb\xbfGr\xf6", "", "Grö", True),
        (b"a\x81\x9d\xfc", "iso-8859-1", "a\x81\x9dü", False),
    ],
)
def test_a_charset_is_believed_as_far_as_it_fits(data: bytes, charset: str, text: str, guessed: bool):
    assert decoded(data, charset) == (text, guessed)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-11-23T08:00:00+01:00", "2026-11-23T08:00:00+01:00"),
        ("2026-11-23T07:00:00.1234567Z", "2026-11-23T08:00:00+01:00"),
        ("Mon, 23 Nov 2026 07:00:00 GMT", "2026-11-23T08:00:00+01:00"),
        ("2026-11-23", "2026-11-23T00:00:00+01:00"),
        ("23 Nov 2026", "2026-11-23T00:00:00+01:00"),
        ("2026-11-23 is a Monday", "2026-11-23T00:00:00+01:00"),
        ("2026-11-23 at 14:30", "2026-11-23T14:30:00+01:00"),
        ("2026-11-23T14:30:00 +0200", "2026-11-23T13:30:00+01:00"),
        ("2026-11-23T8:05Z", "2026-11-23T09:05:00+01:00"),
        ("2026-11-23 2:30 PM EST", "2026-11-23T20:30:00+01:00"),
        ("2026-11-23T24:00:00Z", "2026-11-24T01:00:00+01:00"),
        ("2026-11-23T14:30:60Z", "2026-11-23T15:30:59+01:00"),
        ("2026/11/23 14:30", "2026-11-23T14:30:00+01:00"),
        ("20261123T143000Z", "2026-11-23T15:30:00+01:00"),
        ("23.11.2026, 14.30 Uhr", "2026-11-23T14:30:00+01:00"),
        ("November 23, 2026 12:05 a.m. UTC", "2026-11-23T01:05:00+01:00"),
        ("Monday, 23rd November 2026 | 14:30", "2026-11-23T14:30:00+01:00"),
        ("23/11/2026 14:30", "2026-11-23T14:30:00+01:00"),
        ("11/23/2026 2:30 pm", "2026-11-23T14:30:00+01:00"),
        ("11/11/2026", "2026-11-11T00:00:00+01:00"),
        ("14:30, 23 Nov 2026", "2026-11-23T14:30:00+01:00"),
        ("Mon Nov 23 14:30:00 CEST 2026", "2026-11-23T13:30:00+01:00"),
        ("Mon, 23 Nov 2026 14:30:00 CEST", "2026-11-23T13:30:00+01:00"),
        ("Mon, 23 Nov 2026 14:30:00 -0000", "2026-11-23T15:30:00+01:00"),
        ("Mon, 23 Nov 2026 14:30:00 GMT+0200 (EET)", "2026-11-23T13:30:00+01:00"),
        ("", None),
    ],
)
def test_a_date_is_read_as_others_write_it(written: str, told: str | None):
    made, unsure = read(written, BERLIN)
    assert (made.isoformat() if made else None, unsure) == (told, ())


@pytest.mark.parametrize(
    ("written", "told", "said"),
    [
        ("2026-11-23 25:61", "2026-11-23T00:00:00+01:00", "its time cannot be read"),
        ("Mon, 23 Nov 2026 25:00:00 GMT", "2026-11-23T00:00:00+01:00", "its time cannot be read"),
        ("2026-11-23 half past 8", "2026-11-23T00:00:00+01:00", "its time cannot be read"),
        ("Mon, 23 Nov 2026 14:30 IST", "2026-11-23T14:30:00+01:00", "the zone of its time is not known"),
        ("0001-01-01T00:00:00+14:00", None, "its date cannot be read"),
        ("yesterday", None, "its date cannot be read"),
        ("2026-13-45", None, "its date cannot be read"),
        ("05/06/2026 14:30", None, "its date cannot be read"),
    ],
)
def test_what_cannot_be_read_of_a_date_is_told(written: str, told: str | None, said: str):
    made, (unsure,) = read(written, BERLIN)
    assert ((made.isoformat() if made else None), unsure.startswith(f'{said} ("{written}")')) == (told, True)


def test_the_first_date_that_can_be_read_is_taken():
    assert first(["", "soon", "2026-11-23"], BERLIN)[0] == datetime(2026, 11, 23, tzinfo=BERLIN)
    assert first(["soon", "later"], BERLIN) == (None, ('its date cannot be read ("soon")',))
    assert first([], BERLIN) == (None, ())


@pytest.mark.parametrize(
    ("published", "kept"),
    [(datetime(2026, 11, 23, tzinfo=UTC), True), (datetime(2026, 11, 26, tzinfo=UTC), False),
     (datetime(1970, 1, 1, tzinfo=UTC), False), (None, False)],
)  # fmt: skip
def test_a_date_that_cannot_be_gives_way_to_the_day_of_retrieval_and_is_told(published, kept: bool):
    made, said = settled(published, NOW, BERLIN)
    assert (made == published, said == "") == (kept, kept)
    assert made <= NOW


# --------------------------------------------------------------------------------------------- pages


def test_a_page_gives_its_article_and_what_it_says_of_it():
    found = the_one(PAGE)
    assert (found.title, found.source, found.lang) == (
        "Queue study draws 212 objections",
        "The Grid Post",
        "en-GB",
    )
    assert found.url == "https://gridpost.example/2026/queue?id=3"
    assert found.authors == ("Ilse Brandt", "Ada Moreno")
    assert (found.published.isoformat(), found.license) == ("2026-11-23T08:00:00+01:00", "CC BY 4.0")
    assert "[queue study](https://gridpost.example/study?page=2)" in found.text
    assert "Home" not in found.text
    assert "Subscribe" not in found.text
    assert "Queue study draws 212 objections" not in found.text
    assert found.notes == ()


OUTLET = '<meta property="og:site_name" content="The Grid Post">'
BY = '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
PEOPLE = (
    """"author": [{"@type": "Person", "name": "Ilse Brandt"}, {"@type": "Person", "name": "Ada Moreno"}],"""
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "CC BY-SA 4.0"),
        ("https://a.example/terms", "https://a.example/terms"),
        ("/terms", "https://gridpost.example/terms"),
        ("CC-BY-4.0 OR MIT", "CC-BY-4.0 OR MIT"),
        ("© 2026 The Post (all rights reserved)", "© 2026 The Post (all rights reserved)"),
        ("License: CC BY 4.0", "CC BY 4.0"),
        *((live, "") for live in ("javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:text/html,x", "<b>x</b>")),
        ("http://[", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_licence_is_an_address_or_a_name(written: str, kept: str):
    assert licence(written, URL) == kept
    unclear = bool(written) and not kept
    assert licensed(["", written], URL) == (kept, licensed(["x:"])[1] if unclear else ())
    assert licensed([written, "CC0"], URL) == (kept or "CC0", ())


@pytest.mark.parametrize(
    ("was", "now", "field", "value"),
    [
        ('<link rel="canonical" href="/2026/queue?utm_source=x&amp;id=3">', "", "url", URL),
        ('"datePublished": "2026-11-23T08:00:00+01:00"', '"x": 1', "published", None),
        ('"datePublished": "2026-11-23T08:00:00+01:00"', '"datePublished": "soon"', "published", None),
        ('lang="en-GB"', 'lang="und"', "lang", ""),
        ('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">', "", "license",
         "https://gridpost.example/terms"),
        ('{"@context"', '{broken "@context"', "lang", "en-GB"),
        ('<meta property="og:site_name" content="The Grid Post">', "", "source", "gridpost.example"),
        (OUTLET, '<meta property="og:site_name" content="taz.de – die zeitung">', "source", "taz.de – die zeitung"),
        (OUTLET, '<meta property="og:site_name" content="nrc">', "source", "nrc"),
        (OUTLET, '<script type="application/ld+json">{"@type": "WebPage", "publisher": {"name": "iNews"}}</script>',
         "source", "iNews"),
        (OUTLET, '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "@id": "#o", "name": "de Volk"},'
         '{"@type": "NewsArticle", "publisher": {"@id": "#o"}}]}</script>', "source", "de Volk"),
        *((BY, f'<link rel="license" href="{said}">', "license", told) for said, told in {
            "javascript:alert(1)": "https://gridpost.example/terms",
            "/our-terms": "https://gridpost.example/our-terms",
            "CC0-1.0": "CC0-1.0",
        }.items()),
    ],
)  # fmt: skip
def test_what_a_page_says_is_taken_as_it_says_it_and_nothing_is_made_up(
    was: str, now: str, field: str, value: object
):
    assert was in PAGE
    assert getattr(the_one(PAGE.replace(was, now)), field) == value


HEADLINE = "Queue study draws 212 objections"


@pytest.mark.parametrize(
    ("window", "heading", "told", "title"),
    [
        ("Berlin – a city: what it costs", "", "", "Berlin – a city: what it costs"),
        ("Berlin – a city | The Grid Post", "", "", "Berlin – a city"),
        ("The Grid Post: Berlin", "", "", "The Grid Post: Berlin"),
        ("the grid post » Berlin - a city", "", "", "Berlin - a city"),
        ("The Grid Post - Berlin", "Berlin", "", "Berlin"),
        ("Berlin | The Grid Post", "The Grid Post", "", "Berlin"),
        ("Berlin", "", "Berlin – the city | The Grid Post", "Berlin – the city"),
        ("Berlin", "Other words", "", "Other words"),
    ],
)
def test_a_title_is_whole_and_without_its_outlet(window: str, heading: str, told: str, title: str):
    h1 = f"<h1>{HEADLINE}</h1>"
    page = PAGE.replace(h1, f"<h1>{heading}</h1>" if heading else "").replace("headline", "x")
    page = page.replace(f"<title>{HEADLINE} | The Grid Post</title>", f"<title>{window}</title>")
    if told:
        page = page.replace("<title>", f'<meta property="og:title" content="{told}"><title>')
    assert the_one(page).title == title


@pytest.mark.parametrize(
    ("said", "authors"),
    [("bell hooks", ("bell hooks",)), ("danah boyd and Ada Moreno", ("danah boyd", "Ada Moreno")), ("by ada de vries", ("ada de vries",))],
)  # fmt: skip
def test_authors_are_spelled_as_the_page_spells_them(said: str, authors: tuple[str, ...]):
    assert PEOPLE in PAGE
    page = PAGE.replace(PEOPLE, "").replace("<title>", f'<meta name="author" content="{said}"><title>')
    assert the_one(page).authors == authors


@pytest.mark.parametrize(
    "data",
    [
        "<html><body></body></html>",
        "<html><body><p>Please enable JavaScript to read this.</p></body></html>",
        "<html><head><title>x</title></head><body><script>render()</script></body></html>",
        PAGE.replace(BODY, "<p>This story is for subscribers. Log in to read it.</p>"),
    ],
)
def test_a_page_without_an_article_is_told(data: str):
    assert refused(data) == "import-empty"


def test_a_page_that_is_not_free_is_taken_and_noted():
    stub = paragraphs(3)
    page = PAGE.replace(BODY, stub).replace(
        '"@type": "NewsArticle"', '"@type": "NewsArticle", "isAccessibleForFree": false'
    )
    (note,) = the_one(page).notes
    assert "it may be cut" in note


def test_a_page_of_another_charset_than_it_says_keeps_every_letter():
    page = PAGE.replace("<title>", '<meta charset="utf-8"><title>').replace("Thursday", "Donnerstag für 5 €")
    found = the_one(page.encode("cp1252"), charset="utf-8")
    assert found.notes == ("its charset was guessed",)
    assert "Donnerstag für 5 €" in found.text
    assert "“A queue is not a forecast,”" in found.text
    assert "\ufffd" not in found.title + found.text


def test_a_page_that_says_it_is_of_another_site_is_of_its_own_and_that_is_told():
    found = the_one(PAGE.replace('href="/2026/queue?utm', 'href="https://wire.example/2026/queue?utm'))
    assert (found.url, found.source) == (URL, "The Grid Post")
    assert "https://wire.example/2026/queue?id=3: that is another site, and not believed" in found.notes[0]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", "電力会社は木曜日に調査報告を公表した。"),
        ("ar", "نشرت شركة الكهرباء تقريرها يوم الخميس في المدينة. "),
    ],
)
def test_other_scripts_come_whole(lang: str, words: str):
    body = "".join(f"<p>{words * 4}第{n}回 {n} {words}</p>" for n in range(5))
    found = the_one(PAGE.replace(BODY, body).replace("en-GB", lang))
    assert found.lang == lang
    assert found.text.count(words.strip()) == 25


def test_a_front_page_names_its_feed():
    page = '<html><head><link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml"></head><body>x</body></html>'
    found = harvest(a_document(page), BERLIN)
    assert found.candidates == ()
    assert [feed.url for feed in found.feeds] == ["https://gridpost.example/feed.xml"]


def test_nesting_without_end_costs_no_stack():
    deep = "<div>" * 4000 + paragraphs(6) + "</div>" * 4000
    found = harvest(a_document(PAGE.replace(BODY, deep)), BERLIN)
    assert found.candidates or found.unfit


# --------------------------------------------------------------------------------------------- markup


def read_back(written: str, tmp: Path) -> content.Outcome:
    from generator.content.articles import read_bytes

    data = f"---\ntitle: x\ndate: 2026-11-23\n---\n\n{written}\n".encode()
    return read_bytes(data, "a.md", tmp, content.Reading("UTC", "en"))


MARKS = st.text(alphabet="\\`*_{}[]()#+-.!|<>&~=:^\"'$@/ \n\tabAB019é字ـ;", min_size=1, max_size=60)
PIECES = st.sampled_from(
    ["{: #x .y}", "[^1]", "[^1]: note", "*[HTML]: x", "---", "===", "~~~", "```", "    code", "<script>x</script>",
     "&lt;b&gt;", "&#60;", "![a](b)", "[a]: http://b.example", "1. x", "- x", "> x", "# x", "| a | b |", "---|---",
     ": def", "<!-- x", "http://a.example", "<http://a.example>", "x@y.example", "\u2028", "site:", '="site:x"',
     "!!! note", "[TOC]", "$x$", "{% raw %}", "{{ x }}", "\\\\", "a  \nb", "\x0b", "+ x", "***", "__a__"]
)  # fmt: skip
TEXTS = st.lists(MARKS | PIECES, min_size=1, max_size=6).map(" ".join)


def words_of(html: str) -> str:
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    return "".join("".join(tree.itertext()).split())


@given(TEXTS)
def test_any_text_comes_back_word_for_word_and_as_nothing_else(text: str):
    element = lxml_html.Element("p")
    element.text = text = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    made = to_html(markdown(element, lambda url: url))
    assert words_of(made) == "".join(text.split())
    assert set(re.findall(r"<[^>]*>", made)) <= {"<p>", "</p>"}


@given(TEXTS)
def test_plain_text_comes_back_word_for_word(text: str):
    text = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    made = to_html(of_text(text))
    assert words_of(made) == "".join(text.split())
    assert in_text(clean(made)) == []


@given(st.recursive(
    TEXTS.map(lambda t: ("", t)),
    lambda inner: st.tuples(
        st.sampled_from("p div ul ol li blockquote b em a code h1 h3 pre table tr td section span br strong".split()),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
))  # fmt: skip
def test_any_tree_becomes_markdown_that_a_build_takes(tree):
    root = lxml_html.Element("div")
    _grown(root, ("div", [tree]))
    written = markdown(root, lambda url: url)
    outcome = read_back(written, Path("/nowhere"))
    assert outcome.problems == ()
    assert outcome.article
    assert in_text(outcome.article.html) == []
    said = "".join(sign for sign in "".join(root.itertext()) if sign.isprintable() or sign in "\n\t")
    assert letters_of(words_of(outcome.article.html)) == letters_of(said)


def letters_of(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _grown(parent, tree):
    inner = tree[1]
    for child in inner if isinstance(inner, list) else []:
        if child[0] == "":
            text = "".join(sign for sign in child[1] if sign.isprintable() or sign in "\n\t")
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + text
            else:
                parent.text = (parent.text or "") + text
        else:
            made = lxml_html.Element(
                child[0], {"href": "https://a.example/x(y)_z"} if child[0] == "a" else {}
            )
            parent.append(made)
            if child[0] != "br":
                _grown(made, child)


def test_no_attack_in_a_page_survives_as_more_than_words():
    """All in one text each time: what one leaves open, the next may not close."""
    told = payloads.html()
    for start in range(0, len(told), 40):
        some = [lxml_html.Element("p") for _ in told[start : start + 40]]
        body = lxml_html.Element("div")
        for element, payload in zip(some, told[start : start + 40], strict=True):
            element.text = "".join(sign for sign in payload if sign.isprintable())
            body.append(element)
        written = markdown(body, lambda url: url)
        assert words_of(to_html(written)) == "".join("".join(body.itertext()).split())
        assert not re.search(r"<(?!/?p>)", to_html(written))


@pytest.mark.parametrize("payload", payloads.markdown())
def test_no_attack_in_markdown_survives_as_more_than_words(payload: str):
    payload = "".join(sign for sign in payload if sign.isprintable() or sign == "\n")
    made = to_html(of_text(payload))
    assert not re.search(r"<(?!/?p>|br>)", made)


def test_live_html_of_a_page_is_gone_before_it_is_markdown():
    for start in range(0, len(payloads.html()), 40):
        body = "".join(f"<div>{payload}</div>" for payload in payloads.html()[start : start + 40])
        for candidate in harvest(a_document(PAGE.replace(BODY, paragraphs(10) + body)), BERLIN).candidates:
            outcome = read_back(candidate.text, Path("/nowhere"))
            assert outcome.article
            assert in_text(outcome.article.html) == []
            assert "<" not in re.sub(
                r"</?(?:p|a|em|strong|br|ul|ol|li|code|pre|blockquote|h\d|table|thead|tbody|tr|t[hd])\b[^<>]*>",
                "",
                to_html(candidate.text),
            )


@pytest.mark.parametrize(("tag", "depth"), [("div", 30_000), ("b", 400), ("section", 1000)])
def test_a_page_that_is_nested_too_deeply_is_said_to_be(tag: str, depth: int):
    text = " ".join(SENTENCES)
    whole = (
        f"<html><title>T</title><body>{f'<{tag}>' * depth}<p>{text}</p>{f'</{tag}>' * depth}</body></html>"
    )
    (found,) = harvest(a_document(whole), BERLIN).unfit
    assert (found.code, found.message) == (
        "import-malformed",
        "this page cannot be read: its elements are nested deeper than 256",
    )


def test_an_article_before_what_is_nested_too_deeply_is_taken_and_told():
    deep = f"{'<div>' * 400}x{'</div>' * 400}"
    found = the_one(PAGE.replace("</body>", f"{deep}</body>"))
    assert "it is nested deeper than 256 elements: what lies deeper was not read" in found.notes
