"""Feeds, lists of feeds, letters and files of others. All of them are made up."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from generator.importer import Known, harvest, known, merged, take
from generator.importer.candidates import Candidate
from tests.prose import PAGE, SENTENCES
from tests.test_importer import BERLIN, a_document, options, refused, the_one

FEED = "https://gridpost.example/feed.xml"
LONG = " ".join(SENTENCES)


def rss(
    items: str, channel: str = "<title>Grid &amp; Post</title><language>en</language>", head: str = ""
) -> str:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}{items}</channel></rss>'
    )


def item(
    title: str = "One", link: str = "/one", body: str = "", date: str = "Mon, 23 Nov 2026 08:00:00 +0100"
) -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{body}</item>"


def entries(data: str | bytes, **more: str) -> tuple[Candidate, ...]:
    return harvest(a_document(data, FEED, **more), BERLIN).candidates


FULL = f"<content:encoded><![CDATA[<p>{LONG}</p><p>See <a href='more?utm_source=x'>more</a> ]] &gt;</p>]]></content:encoded>"


def test_an_item_with_its_whole_text_needs_no_page():
    (found,) = entries(
        rss(
            item(
                body=f'<dc:creator>Ilse Brandt</dc:creator><guid isPermaLink="false">tag:a.example:1</guid>{FULL}'
            )
        )
    )
    assert (found.title, found.source, found.lang, found.more) == ("One", "Grid & Post", "en", "")
    assert (found.url, found.mark) == ("https://gridpost.example/one", "tag:a.example:1")
    assert found.authors == ("Ilse Brandt",)
    assert found.published.isoformat() == "2026-11-23T08:00:00+01:00"
    assert SENTENCES[5] in found.text
    assert "[more](https://gridpost.example/more)" in found.text
    assert "\\]\\] &gt;" in found.text


@pytest.mark.parametrize(
    "body",
    ["", "<description>Short.</description>",
     f"<description>{LONG} {LONG} Continue reading</description>", f"<description>{LONG} {LONG} […]</description>"],
)  # fmt: skip
def test_an_item_that_is_cut_says_where_the_rest_is(body: str):
    (found,) = entries(rss(item(body=body)))
    assert found.more == "https://gridpost.example/one"


@pytest.mark.parametrize(
    ("title", "told"),
    [("A &amp;amp; B", "A & B"), ("&lt;b&gt;A&lt;/b&gt; B", "A B"), ("<![CDATA[A <i>B</i> &mdash; C]]>", "A B — C"),
     ("A &eacute; B", "A é B"), ("", "Short words stand here."), ("  A\n B ", "A B"), ("x < y", "x < y"),
     ("&lt;script&gt;evil", "<script>evil"), ("Why &lt;script&gt; tags stay", "Why <script> tags stay"),
     ("&lt;script&gt;evil()&lt;/script&gt; News", "News"), ("<![CDATA[<script>evil()</script>News]]>", "News"),
     ("&lt;b&gt;A&lt;/b&gt;&lt;script&gt;evil()&lt;/script&gt;", "A"), ("&amp;lt;b&amp;gt; is bold", "<b> is bold"),
     ("AT&amp;T", "AT&T"), ("AT&amp;amp;T", "AT&T"), ("List&lt;String&gt;", "List<String>")],
)  # fmt: skip
def test_titles_are_words_whatever_they_are_written_in(title: str, told: str):
    """Those of items and of feeds, which name their outlet."""
    body = "<description>Short words stand here.</description>"
    (found,) = entries(rss(item(title, body=body), channel=f"<title>{title}</title>"))
    outlet = "gridpost.example" if not title else told
    assert (found.title, found.source) == (told, outlet)


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [("text", "&lt;b&gt; and &amp;amp;", "<b> and &amp;"), ("html", "&lt;b&gt;A&lt;/b&gt; &amp;amp; B", "A & B"),
     ("html", "&lt;script&gt;evil()&lt;/script&gt;A", "A"), ("html", "<![CDATA[<i>A</i>]]>", "A"),
     ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml">A <b>B</b> &lt;c&gt;</div>', "A B <c>")],
)  # fmt: skip
def test_titles_of_atom_are_what_their_type_says(kind: str, title: str, told: str):
    words = f'<title type="{kind}">{title}</title>'
    (found,) = entries(
        f'<feed xmlns="http://www.w3.org/2005/Atom">{words}<entry>{words}<id>x</id><link href="/one"/></entry></feed>'
    )
    assert (found.title, found.source) == (told, told)


def changes(*anchors: str, text: str = "It is mended.") -> str:
    body = f"<description>{text}</description>"
    return rss("".join(item(f"Version {name}", f"https://a.example/changes{name}", body) for name in anchors))


def test_anchors_tell_the_items_of_one_page_apart(tmp_path):
    """And what comes of them is known the next time, whatever the feed still has."""
    there = Known()
    for anchors, statuses in [
        (("#v1",), ["new"]),
        (("#v2", "#v1"), ["new", "known"]),
        (("#v3",), ["new"]),
        (("#v3", "#v2", "#v1", ""), ["known", "known", "known", "new"]),
    ]:
        made = list(take(entries(changes(*anchors)), there, options(tmp_path)))
        assert [one.status for one in made] == statuses, anchors
    assert "canonical_url: https://a.example/changes\n" in made[-1].data.decode()
    again = Known.of(known._of_file(one.path, one.data, 10_000) for one in made if one.data)
    assert again.holds("https://a.example/changes", "")


@pytest.mark.parametrize(
    ("first", "second"),
    [("", "#v1"), ("#v1", ""), ("", "#comments"), ("#comments", "#xtor=RSS-1"), ("#xtor=RSS-1", ""), ("/", "#top")],
)  # fmt: skip
def test_the_same_page_with_and_without_an_anchor_is_known(tmp_path, first: str, second: str):
    there = Known()
    statuses = [
        one.status
        for anchor in (first, second)
        for one in take(entries(changes(anchor)), there, options(tmp_path))
    ]
    assert statuses == ["new", "known"]


def test_the_page_of_many_items_is_asked_for_none_of_them_and_that_of_one_keeps_its_anchor():
    assert {one.more for one in entries(changes("#v1", "#v2"))} == {""}
    (entry,) = entries(changes("#v1"))
    assert entry.more == "https://a.example/changes#v1"
    page = the_one(PAGE.replace("/2026/queue?utm_source=x&amp;id=3", "/changes"), "https://a.example/changes")
    assert merged(entry, page).url == "https://a.example/changes#v1"


@pytest.mark.parametrize("form", ["rss", "json"])
def test_a_feed_of_another_charset_than_it_says_keeps_every_letter(form: str):
    words = "Größe – “x” für 5 €"
    if form == "rss":
        filler = f"<description>{'plain words ' * 9000}</description>"
        data = rss(
            item("Plain", "/plain", filler) + item(words, "/two", f"<description>{words}</description>")
        )
        data = data.replace('version="1.0"', 'version="1.0" encoding="utf-8"', 1)
    else:
        data = json_feed({"id": "1", "title": "Plain", "content_text": "plain"},
                         {"id": "2", "title": words, "content_text": words}).encode().decode("unicode-escape")  # fmt: skip
    plain, found = entries(data.encode("cp1252"), charset="utf-8")
    assert (found.title, found.text) == (words, words)
    assert (plain.notes, found.notes) == ((), ("its charset was guessed",))


def test_a_slip_in_a_feed_harms_no_other_letter():
    data = rss(item("Größe") + item("X")).encode().replace(b"X", b"f\xfcr")
    assert [(one.title, len(one.notes)) for one in entries(data)] == [("Größe", 1), ("für", 1)]


@pytest.mark.parametrize(
    ("date", "told", "noted"),
    [
        ("Mon, 23 Nov 2026 14:30 IST", "2026-11-23T14:30:00+01:00", True),
        ("2004년 05월 28일 오후 11:23:10", None, True),  # feedparser: 1 November
        ("2026-11-23 at 14:30", "2026-11-23T14:30:00+01:00", False),
        ("05/06/2026 14:30", None, True),
        ("Mon, 23 Nov 2026 half eight", "2026-11-23T00:00:00+01:00", False),
        ("Mon, 23 Nov 2026 25:99", "2026-11-23T00:00:00+01:00", True),
        ("2026-11-23", "2026-11-23T00:00:00+01:00", False),
    ],
)
def test_a_time_of_an_item_is_kept_or_told(date: str, told: str | None, noted: bool):
    (found,) = entries(rss(item(date=date)))
    assert ((found.published.isoformat() if found.published else None), bool(found.notes)) == (told, noted)


def test_atom_and_its_relative_links_and_languages():
    data = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/blog/" xml:lang="de">
    <title>Netz</title><entry><id>tag:a.example,2026:1</id><title type="html">Strom &lt;em&gt;jetzt&lt;/em&gt;</title>
    <link rel="alternate" href="eins"/><updated>2026-11-23T08:00:00Z</updated><author><name>Ilse Brandt</name></author>
    <content type="html">&lt;p&gt;Ein &lt;a href="x"&gt;Satz&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>"""
    (found,) = entries(data)
    assert (found.title, found.url, found.lang) == ("Strom jetzt", "https://a.example/blog/eins", "de")
    assert found.text == "Ein [Satz](https://a.example/blog/x)."
    assert found.mark == "tag:a.example,2026:1"
    assert found.published.isoformat() == "2026-11-23T09:00:00+01:00"


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (rss(item("One") + item("Two") + "<item><title>Three"), {"One", "Two"}),
        (rss(item("One & two") + item("Two")), {"Two"}),
        (
            rss(item("One") + item("Two")).replace('<?xml version="1.0"?>', "\n\n<?xml version='1.0'?>"),
            {"One", "Two"},
        ),
        (rss(item("One"), head='<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'), {"One"}),
        (rss(item("On\x0be") + item("Two")), {"Two"}),
        (rss(item("Öl")).encode("latin-1"), {"Öl"}),
    ],
)
def test_of_a_malformed_feed_what_is_sound_is_taken(data: str | bytes, titles: set[str]):
    assert titles <= {one.title for one in entries(data)}


def test_a_malformed_feed_says_so_beside_what_it_gives():
    found = harvest(a_document(rss(item("One") + "<item><title>Two</ti"), FEED), BERLIN)
    assert found.candidates
    assert [one.code for one in found.unfit] == [
        "import-malformed",
        "import-empty",
    ]  # the item that broke off
    assert "malformed" in found.unfit[0].message


@pytest.mark.parametrize("data", ["<rss", "<feed xmlns='http://www.w3.org/2005/Atom'>", rss("")])
def test_a_feed_of_nothing_gives_nothing(data: str):
    assert entries(data) == ()


def test_an_external_entity_is_not_read(tmp_path):
    (tmp_path / "secret").write_text("hidden words", encoding="utf-8")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    found = harvest(a_document(rss(item("A &x; B"), head=head), FEED), BERLIN)
    assert "hidden" not in str(found)


def test_an_entity_bomb_is_no_work():
    head = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9)
    )
    found = harvest(a_document(rss(item("A &a8; B"), head=f"{head}]>"), FEED), BERLIN)
    assert len(str(found)) < 10_000


def json_feed(*items: object, **more: object) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Grid", "items": items, **more}
    )


def test_a_json_feed_gives_its_sound_items():
    whole = {"id": 7, "url": "/x", "title": "T", "content_html": f"<p>{LONG} &amp; <b>more</b></p>",
             "date_published": "2026-11-23T08:00:00Z", "authors": [{"name": "Ilse Brandt"}], "language": "de"}  # fmt: skip
    digest = {"id": "8", "url": "/y", "external_url": "https://wire.example/z", "content_text": "a *b* <c>"}
    found = harvest(a_document(json_feed(whole, {"id": "9", "title": [1]}, "x", digest), FEED), BERLIN)
    first, second = found.candidates
    assert (first.title, first.lang, first.authors, first.more) == ("T", "de", ("Ilse Brandt",), "")
    assert first.text.endswith("& **more**")
    assert (second.url, second.title) == ("https://wire.example/z", "a *b* <c>")
    assert second.text == "a \\*b\\* &lt;c&gt;"
    assert [one.found for one in found.unfit] == [f"{FEED} item 2", f"{FEED} item 3"]


@pytest.mark.parametrize("data", [json_feed()[:-9], json_feed(items="x")])
def test_a_json_feed_that_is_none_is_told(data: str):
    assert refused(data) == "import-malformed"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"authors": "bad"}, "authors"),
        ({"authors": [{"name": 5}], "url": 7}, "url, authors"),
        ({"content_html": ["<p>x</p>"]}, "content_html"),
        ({"date_published": {}, "language": 1}, "date_published, language"),
    ],
)
def test_an_item_is_taken_without_its_fields_of_another_kind(wrong: dict[str, object], named: str):
    (found,) = entries(json_feed({"id": "1", "title": "One", "content_text": "A sound text.", **wrong}))
    assert (found.title, found.text, found.authors) == ("One", "A sound text.", ())
    assert f"{named}: not as JSON Feed says, left out" in found.notes


def test_a_json_feed_is_taken_without_its_own_fields_of_another_kind():
    told = harvest(a_document(json_feed({"id": "1", "content_text": "A text."}, authors="bad"), FEED), BERLIN)
    assert [one.text for one in told.candidates] == ["A text."]
    assert [one.message for one in told.unfit] == [
        "this feed is malformed (authors: not as JSON Feed says, left out); what could be read was taken"
    ]


def test_a_page_completes_the_item_that_leads_to_it():
    (entry,) = entries(rss(item("As the feed has it", body="<description>Short…</description>")))
    page = the_one(PAGE)
    made = merged(entry, page)
    assert (made.title, made.text, made.url, made.more) == ("As the feed has it", page.text, page.url, "")
    assert (made.license, made.authors, made.source) == (page.license, page.authors, "Grid & Post")


def test_a_list_of_feeds_is_read_at_any_depth_each_once():
    data = """<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
    <outline text="Grid &amp; Post" type="rss" xmlUrl="https://gridpost.example/feed.xml"/>
    <outline TEXT="Wire" xmlurl="http://wire.example/rss"/></outline>
    <outline text="Again" xmlUrl="https://gridpost.example/feed.xml"/><outline text="No" xmlUrl="file:///etc/passwd"/>
    <outline text="cut" </opml>"""
    found = harvest(a_document(data, ""), BERLIN)
    assert [(feed.title, feed.url) for feed in found.feeds] == [
        ("Grid & Post", "https://gridpost.example/feed.xml"), ("Wire", "http://wire.example/rss")
    ]  # fmt: skip
    assert refused("<opml version='2.0'><body/></opml>") == "import-empty"


# --------------------------------------------------------------------------------------------- letters


def a_letter(
    html: str = "", text: str = "", mark: str = "<1@gridpost.example>", **headers: str
) -> EmailMessage:
    made = EmailMessage()
    given = {"From": "The Grid Post <letter@gridpost.example>", "Subject": "Grid weekly",
             "Date": "Mon, 23 Nov 2026 08:00:00 +0100", "Message-ID": mark, **headers}  # fmt: skip
    for name, value in given.items():
        made[name] = value
    made.set_content(text or "No text.")
    if html:
        made.add_alternative(html, subtype="html")
    return made


LETTER = f"""<html><body><div style="display:none">Preview words</div>
<a href="https://mail.example/web?u=https%3A%2F%2Fgridpost.example%2Fletter%2F7%3Futm_source%3Dm">View in browser</a>
<table><tr><td><table><tr><td><h1>Grid weekly</h1></td></tr></table><p>{LONG}</p></td>
<td><p>Read <a href="https://us1.list-manage.com/track/click?u=1&amp;id=2">the study</a> and
<a href="https://gridpost.example/a?mc_eid=9">the rest</a>.</p></td></tr></table>
<img src="https://mail.example/open.gif?u=9" width="1" height="1">
<p><a href="https://mail.example/unsubscribe?u=9">Unsubscribe</a></p></body></html>"""


def test_a_letter_gives_its_text_without_what_spies_on_its_reader():
    found = the_one(bytes(a_letter(LETTER)), "")
    assert (found.title, found.source) == ("Grid weekly", "The Grid Post")
    assert found.published.isoformat() == "2026-11-23T08:00:00+01:00"
    assert (found.url, found.mark) == ("https://gridpost.example/letter/7", "<1@gridpost.example>")
    assert SENTENCES[3] in found.text
    assert "Read the study and [the rest](https://gridpost.example/a)." in found.text
    for spy in ("list-manage", "mail.example", "open.gif", "u=9", "mc\\_eid", "mc_eid", "Preview words"):
        assert spy not in found.text
    assert "|" not in found.text


@pytest.mark.parametrize(
    "inner", [b"From: A <a@b.example>\nSubject: Vote\n\n", b"Content-Type: text/plain\n\n"]
)
@pytest.mark.parametrize(
    "outer", [b"Content-Type: message/rfc822\n\n", b"MIME-Version: 1.0\nContent-Type:\n message/rfc822\n\n"]
)
def test_letters_within_letters_are_letters_whoever_sent_them(outer: bytes, inner: bytes):
    for depth in (1, 5):
        found = harvest(a_document(outer * depth + inner + LONG.encode(), ""), BERLIN)
        assert (found.kind, [one.text for one in found.candidates]) == ("mail", [LONG])
    for depth in (6, 50, 5000):
        found = harvest(a_document(outer * depth + inner + LONG.encode(), ""), BERLIN)
        assert [one.message for one in found.unfit] == [
            "letters are enclosed in it deeper than 5: they were not read"
        ]


@pytest.mark.parametrize(
    ("headers", "title", "source"),
    [
        ({"Subject": "Fwd: FW: Grid"}, "Grid", "The Grid Post"),
        ({"Subject": "Öl & Gas"}, "Öl & Gas", "The Grid Post"),
        ({"Subject": ""}, "A letter without a subject", "The Grid Post"),
        ({"From": "letter@gridpost.example"}, "Grid weekly", "gridpost.example"),
    ],
)
def test_a_letters_headers_name_it(headers: dict[str, str], title: str, source: str):
    found = the_one(bytes(a_letter(text=LONG, **headers)), "")
    assert (found.title, found.source) == (title, source)
    assert found.text.split() == LONG.split()


@pytest.mark.parametrize(
    "head",
    [
        b"From: x\nSubject: =?no-such?q?x?=\nDate: never\nMessage-ID: <<>>\n",
        b"From: \xff <a@b>\nSubject: \xff\xfe\nDate: Mon, 99 Foo 2026\nMIME-Version: 1.0\n",
        b"From: a@b\nSubject: x\nDate: x\nContent-Type: multipart/mixed; boundary=\n",
        b'From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset="no such"\n',
        b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n",
    ],
)
def test_a_letter_of_any_shape_is_taken_or_told(head: bytes):
    found = harvest(a_document(head + b"\n" + LONG.encode(), ""), BERLIN)
    assert len(found.candidates) + len(found.unfit) == 1


def test_a_mailbox_is_parted_into_its_letters():
    told = []
    for n in range(3):
        letter = bytes(a_letter(text=f"Letter {n}.\n\nFrom here on: {LONG}", mark=f"<{n}@a.example>"))
        told.append(
            b"From a@b.example Mon Nov 23 08:00:00 2026\n" + letter.replace(b"\nFrom here", b"\n>From here")
        )
    found = harvest(a_document(b"\n".join(told), ""), BERLIN)
    assert [one.mark for one in found.candidates] == [f"<{n}@a.example>" for n in range(3)]
    assert all("From here on" in one.text and "&gt;" not in one.text for one in found.candidates)
    assert found.candidates[1].found == "a.html letter 2"


def forwarded(*inner: EmailMessage, said: str = "", digest: bool = False) -> bytes:
    outer = a_letter(
        text=said or "See below.", mark="<0@b.example>", From="Ada <ada@b.example>", Subject="Fwd: look"
    )
    for one in inner:
        outer.add_attachment(one)
    data = bytes(outer)
    return data.replace(b"multipart/mixed", b"multipart/digest") if digest else data


def test_a_letter_that_was_forwarded_is_read_as_if_it_had_come_itself():
    said = "Dear all, this is what came this morning, please have a look at it before noon."
    inner = a_letter(LETTER, Date="Sun, 22 Nov 2026 07:00:00 +0100")
    for data in (
        forwarded(inner),
        forwarded(inner, said=said),
        forwarded(message_from_bytes(forwarded(inner), policy=default)),
    ):
        found = the_one(data, "")
        assert (found.title, found.source, found.mark) == (
            "Grid weekly",
            "The Grid Post",
            "<1@gridpost.example>",
        )
        assert found.published.isoformat() == "2026-11-22T07:00:00+01:00"
        assert SENTENCES[3] in found.text
        assert "morning" not in found.text
    assert the_one(forwarded(inner, said=said), "").notes == ("16 words of who forwarded it were left out",)


def test_a_digest_of_letters_is_each_of_them_and_a_report_of_a_lost_one_is_none():
    some = [a_letter(text=f"{n} {LONG}", mark=f"<{n}@a.example>") for n in range(3)]
    found = harvest(a_document(forwarded(*some), ""), BERLIN)
    assert [one.mark for one in found.candidates] == [f"<{n}@a.example>" for n in range(3)]
    report = forwarded(some[0]).replace(b"multipart/mixed", b"multipart/report")
    assert refused(report) == "import-empty"


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_body_is_read_however_it_is_carried(encoding: str, charset: str):
    words = f"Größe für fünf = 5 {LONG if charset != 'iso-8859-1' else 'Nine towns share one. ' * 9}"
    made = a_letter()
    made.set_content(words, charset=charset, cte=encoding)
    assert " ".join(the_one(bytes(made), "").text.split()) == " ".join(words.split())


def test_a_letter_of_html_alone_in_a_charset_that_it_does_not_name():
    head = b"From: The Grid Post <a@b.example>\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n"
    html = f'<meta charset="iso-8859-1"><p>Größe. {"Nine towns share one. " * 9}</p>'.encode("latin-1")
    found = the_one(head + b"Content-Transfer-Encoding: 8bit\n\n" + html, "")
    assert found.text.startswith("Größe.")


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b"\r\n", b""])
def test_what_stands_before_a_letter_hides_no_header(head: bytes):
    data = head + bytes(a_letter(text=LONG)).replace(b"\n", b"\r\n")
    assert (the_one(data, "").title, the_one(data, "").source) == ("Grid weekly", "The Grid Post")


def test_a_mailbox_of_many_letters_keeps_each_and_its_quoted_lines():
    told = [
        b"From a@b.example Mon Nov 23 08:00:00 2026\n"
        + bytes(a_letter(text=f"Letter {n}.\n\n>From here on: {LONG}", mark=f"<{n}@a.example>")).replace(
            b"\n>From", b"\n>>From"
        )
        for n in range(110)
    ]
    found = harvest(a_document(b"\n".join(told), ""), BERLIN)
    assert [one.mark for one in found.candidates] == [f"<{n}@a.example>" for n in range(110)]
    assert all("&gt;From here on" in one.text and "&gt;&gt;" not in one.text for one in found.candidates)


# --------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("name", "data", "title", "text"),
    [
        (
            "a.md",
            "---\ntitle: 'T: x'\ndate: 2026-11-23\n---\n\n# T: x\n\nWords *here*.\n",
            "T: x",
            "Words *here*.",
        ),
        ("a.md", "# T\n\nWords <script>x()</script> <b>bold</b>.\n", "T", "Words **bold**."),
        ("a.md", "T\n===\n\nWords {: #x }\n", "T", "Words \\{: #x \\}"),
        ("my-file.md", "Words.\n", "my file", "Words."),
        ("a.txt", "T\n\nWords *here*\nand there.\n", "T", "Words \\*here\\*  \nand there."),
        ("a.txt", "---\nnot: [yaml\n---\nWords.\n", "a", "\\---  \nnot: \\[yaml  \n\\---  \nWords."),
    ],
)
def test_a_file_of_text_becomes_an_article(name: str, data: str, title: str, text: str):
    from dataclasses import replace

    (found,) = harvest(replace(a_document(data, ""), found=name), BERLIN).candidates
    assert (found.title, found.text) == (title, text)


def test_front_matter_of_another_generator_is_read_as_far_as_it_goes():
    data = (
        "---\ntitle: T\ndate: 2026-11-23 08:00:00 +0100\nauthor: Ilse Brandt\nlayout: post\nlang: de\n"
        "source: {name: Wire, url: 'https://wire.example/x?utm_source=y'}\nlicense: CC0\n---\n\nWords.\n"
    )
    found = the_one(data, "")
    assert (found.url, found.source, found.lang, found.license) == (
        "https://wire.example/x",
        "Wire",
        "de",
        "CC0",
    )
    assert found.authors == ("Ilse Brandt",)
    assert found.published.isoformat() == "2026-11-23T08:00:00+01:00"


def test_paragraphs_of_a_saved_page_are_read_like_those_of_a_fetched_one():
    page = PAGE.replace('href="/2026/queue', 'href="https://gridpost.example/2026/queue')
    assert (the_one(page, "").text, the_one(page, "").url) == (the_one(PAGE).text, the_one(PAGE).url)
