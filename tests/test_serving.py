"""The parts of `broadsheet serve` that compute: pages as they are handed out, answers, marks, what is watched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.content import Early
from generator.problems import Problem
from generator.serving import answers, dressing, marks, mistakes, server
from generator.serving.answers import answer, happens
from generator.serving.board import Board, Standing
from generator.serving.watching import Changes, Places, concerns

ORIGIN = "http://localhost:8000"
PLACE = f"{ORIGIN}/.broadsheet/"
PAGE = b"""\
<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; base-uri 'none'">
<link rel="stylesheet" href="/sheet/assets/theme.1.css">
</head><body class="reading"><img src="one.png" alt="a &gt; b"></body></html>
"""
DUE = datetime(2026, 11, 30, 9, tzinfo=UTC)


def nothing(_: str) -> bytes | None:
    return None


@pytest.mark.parametrize(
    ("policy", "wider"),
    [
        ("", ""),
        ("img-src 'self'", "img-src 'self'"),
        (
            "default-src 'none'",
            f"default-src 'none'; script-src {PLACE}; style-src {PLACE}; connect-src {PLACE}",
        ),
        (
            "Default-Src 'self'; script-src 'self' 'unsafe-inline'",
            f"default-src 'self'; script-src 'self' 'unsafe-inline' {PLACE}; style-src 'self' {PLACE}; connect-src 'self' {PLACE}",
        ),
        ("script-src-elem 'none'; img-src *;;", f"script-src-elem {PLACE}; img-src *"),
        ("connect-src 'none'; connect-src *", f"connect-src {PLACE}"),  # the first one counts
    ],
)
def test_a_policy_is_widened_for_our_files_alone(policy: str, wider: str):
    assert dressing.widened(policy, PLACE) == wider


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_page_is_dressed_and_else_as_it_was():
    look = dressing.look(PAGE, nothing)
    made = dressing.dressed(PAGE, look, ORIGIN, b"a::before{}", "Draft: “not yet” & <b>")
    read = Read()
    read.feed(made.decode())
    assert [tag for tag, _ in read.tags] == [
        "html",
        "head",
        "meta",
        "link",
        "link",
        "script",
        "body",
        "aside",
        "img",
    ]
    policy = read.tags[2][1]["content"] or ""
    assert "base-uri 'none'" in policy
    assert f"connect-src {PLACE}" in policy
    assert read.tags[5][1]["data-look"] == str(look)
    assert b"Draft: &#8220;not yet&#8221; &amp; &lt;b&gt;" in made


@pytest.mark.parametrize(
    "page", [b"", b"<p>half", b"\xff\xfe<html>", b"<!doctype html><title>x</title><p>no head"]
)
def test_what_is_hardly_a_page_is_handed_out_all_the_same(page: bytes):
    made = dressing.dressed(page, dressing.look(page, nothing), ORIGIN, b"", "")
    assert made.startswith(page)
    assert dressing.SCRIPT.encode() in made


@pytest.mark.parametrize(
    ("other", "rest", "styles"),
    [
        (PAGE, True, True),
        (PAGE.replace(b"theme.1", b"theme.2"), True, False),
        (PAGE.replace(b"reading", b"front"), False, True),
        (PAGE.replace(b"</head>", b"<link rel=stylesheet href=more.css></head>"), False, False),
    ],
)
def test_a_look_tells_style_sheets_from_the_rest(other: bytes, rest: bool, styles: bool):
    one, two = dressing.look(PAGE, nothing), dressing.look(other, nothing)
    assert (one.rest == two.rest, one.styles == two.styles) == (rest, styles)


def test_a_picture_is_a_part_of_the_look():
    looks = {dressing.look(PAGE, lambda _, data=data: data).rest for data in (b"one", b"two", None)}  # type: ignore[misc]
    assert len(looks) == 3
    assert dressing.look(PAGE, nothing, "Draft").rest not in looks


# ------------------------------------------------------------------------------------------------ answers


@pytest.fixture
def standing(tmp_path: Path) -> Standing:
    for name, data in {
        "index.html": PAGE,
        "404.html": b"<title>missing</title>",
        "one.png": b"png",
        "assets/theme.1.css": b"a{}",
        "über/index.html": b"<p>over",
        "data.bin": bytes(range(100)),
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return Standing(tmp_path, "/sheet/", built=True)


@pytest.mark.parametrize(
    ("part", "status", "body", "told"),
    [
        ("bytes=0-9", 206, bytes(range(10)), "bytes 0-9/100"),
        ("bytes=90-", 206, bytes(range(90, 100)), "bytes 90-99/100"),
        ("bytes=-5", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=-500", 206, bytes(range(100)), "bytes 0-99/100"),
        ("bytes=95-200", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=-0", 416, b"", "bytes */100"),
        ("bytes=9-3", 200, bytes(range(100)), None),
        ("bytes=0-1,5-6", 200, bytes(range(100)), None),
        ("bytes=-", 200, bytes(range(100)), None),
        ("lines=1-2", 200, bytes(range(100)), None),
        (None, 200, bytes(range(100)), None),
    ],
)
def test_a_part_is_given_as_asked(
    standing: Standing, part: str | None, status: int, body: bytes, told: str | None
):
    made = answer("/sheet/data.bin", part, standing, ORIGIN)
    assert (made.status, made.body, dict(made.headers).get("Content-Range")) == (status, body, told)


@pytest.mark.parametrize(
    ("target", "status", "where"),
    [
        ("/", 302, "/sheet/"),
        ("/sheet", 302, "/sheet/"),
        ("/sheet/?q=1", 200, None),
        ("/sheet/%C3%BCber/", 200, None),
        ("/sheet/%C3%BCber", 302, "/sheet/%C3%BCber/"),
        ("/sheet/assets/theme.1.css", 200, None),
        ("/sheet/assets/", 404, None),
        ("/sheet/one.png/", 404, None),
        ("/sheet//one.png", 404, None),
        ("/sheet/./one.png", 404, None),
        ("/sheet/../sheet/one.png", 404, None),
        ("/sheet/assets/%2e%2e/one.png", 404, None),
        ("/sheet/.GITIGNORE", 404, None),
        ("http://evil.example/", 404, None),
        ("*", 404, None),
        ("/.broadsheet/live.js", 200, None),
        ("/.broadsheet/server.py", 404, None),
        ("/.broadsheet/../answers.py", 404, None),
    ],
)
def test_addresses(standing: Standing, target: str, status: int, where: str | None):
    made = answer(target, None, standing, ORIGIN)
    assert (made.status, dict(made.headers).get("Location")) == (status, where)


def test_a_redirect_stays_on_this_server(standing: Standing):
    former = replace(standing, former=("/old/",))
    assert (
        dict(answer("/old//evil.example/", None, former, ORIGIN).headers)["Location"]
        == "/sheet//evil.example/"
    )
    at_root = replace(standing, base="/", former=("/old/",))
    assert dict(answer("/old//evil.example/", None, at_root, ORIGIN).headers)["Location"] == "/evil.example/"


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("pagefind.en.wasm", "application/wasm"),
        ("A.PNG", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("en.pf_index", "application/octet-stream"),
        ("none", "application/octet-stream"),
    ],
)
def test_media_types_do_not_hang_on_the_machine(name: str, media: str):
    assert answers.media_type(Path(name)) == media


def test_a_page_is_told_what_to_do(standing: Standing):
    now = happens("/sheet/", "", standing).look
    assert happens("/sheet/", now, standing).do == ""
    assert happens("/sheet/", now, replace(standing, told="<p>wrong")).told == "<p>wrong"
    (standing.root / "index.html").write_bytes(PAGE.replace(b"theme.1", b"theme.2"))
    news = happens("/sheet/", now, replace(standing, marks=b"a{}"))
    assert (news.do, news.styles) == ("styles", ("/sheet/assets/theme.2.css",))
    assert news.marks.startswith("/.broadsheet/marks.css?")
    (standing.root / "one.png").write_bytes(b"another")
    assert happens("/sheet/", news.look, standing).do == "reload"
    assert happens("/old/", now, standing).do == "reload"  # as what is not there, it looks otherwise
    assert happens("/sheet/", now, Standing(standing.root, told="<p>wrong")).do == "reload"


def test_the_board_wakes_who_waits():
    board = Board(Standing(Path()))
    number, _ = board.read()
    assert board.wait(number, 0.01)
    board.put(told="x")
    assert board.wait(number, 60)
    board.close()
    assert not board.wait(board.read()[0], 60)


# ------------------------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("line", "column", "framed"),
    [
        ("date: 31", 7, "date: <mark>3</mark>1"),
        ("date:", 6, "date:<mark>&nbsp;</mark>"),
        ("<b>&", 4, "&lt;b&gt;<mark>&amp;</mark>"),
        ("記事: x", 5, "記事: <mark>x</mark>"),
        ("e\u0301x", 1, "<mark>e\u0301</mark>x"),
        ("a\u202eb", 2, "a<mark>\ufffd</mark>b"),
        ("\tx", 2, "    <mark>x</mark>"),
    ],
)
def test_a_line_is_framed_at_its_sign(line: str, column: int, framed: str):
    made = mistakes.told([Problem("content/a.md", 3, column, "bad", "m")], lambda _: line)
    assert f'<pre><span>3</span><code dir="auto">{framed}</code></pre>' in made


def test_a_long_line_is_cut_around_its_column():
    made = mistakes.told(
        [Problem("content/a.md", 1, 5001, "bad", "m")], lambda _: "x" * 5000 + "y" + "z" * 5000
    )
    assert "<mark>y</mark>" in made
    assert len(made) < 1200


def test_what_is_told_holds_nothing_that_runs():
    hostile = "<script>alert(1)</script>\x1b[31m\"'"
    problem = Problem(f"content/{hostile}.md", 1, 1, hostile, hostile, hostile)
    read = Read()
    page = mistakes.page(mistakes.told([problem] * 60, lambda _: hostile)).decode()
    read.feed(page)
    assert [attrs["src"] for tag, attrs in read.tags if tag == "script"] == ["/.broadsheet/live.js"]
    assert not [attrs for _, attrs in read.tags if any(name.startswith("on") for name in attrs)]
    assert "\x1b" not in page
    assert "… and 10 more" in page
    assert "alert" in mistakes.refused(hostile, hostile)
    assert "<script" not in mistakes.refused(hostile, hostile)


# ------------------------------------------------------------------------------------------------ marks


def test_marks_say_why_and_lead_to_nothing_else():
    early = (
        Early("2026/11/ü/", draft=True),
        Early("2026/11/b/", draft=False, due=DUE),
        Early("2026/11/c/", draft=True, due=DUE),
    )
    assert marks.words(early) == {
        "2026/11/ü/index.html": "Draft: broadsheet build leaves it out.",
        "2026/11/b/index.html": "Dated Monday 30 November 2026, 09:00 UTC: broadsheet build leaves it out until then.",
        "2026/11/c/index.html": "Draft: broadsheet build leaves it out. Dated Monday 30 November 2026, 09:00 UTC: broadsheet build leaves it out until then.",
    }
    sheet = marks.sheet(early, f"{ORIGIN}/sheet/").decode()
    assert 'a[href="/sheet/2026/11/%C3%BC/"]::before' in sheet
    assert 'a[href="http://localhost:8000/sheet/2026/11/b/"]::before' in sheet
    assert 'content:"Due 30 Nov"' in sheet
    assert marks.sheet((), ORIGIN) == b""


# ------------------------------------------------------------------------------------------------ watching


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("content/2026/a.md", True),
        ("content/a.brief.yaml", True),
        ("content", True),
        ("templates/assets/theme.css", True),
        ("config.yaml", True),
        ("fonts/a.woff2", True),
        ("fonts/b.woff2", False),
        ("site/index.html", False),
        (".cache/records/x", False),
        (".git/index", False),
        ("content/.a.md.swp", False),
        ("content/.git/x.md", False),
        ("content/a.md~", False),
        ("content/#a.md#", False),
        ("content/4913", False),
        ("content/a.md.tmp", False),
        ("content/a.md.part", False),
        ("content/4913.md", True),
        ("content/party.md", True),
    ],
)
def test_what_concerns_the_site(path: str, does: bool):
    root = Path("/site")
    places = Places(
        (root / "content", root / "templates"),
        (root / "config.yaml", root / "content", root / "fonts/a.woff2"),
    )
    assert concerns(root / path, places) is does


def test_changes_are_gathered():
    changes = Changes()
    assert changes.within(0) is None
    changes.put([Path("a")])
    changes.put([Path("b"), Path("a")])
    assert changes.within(None) == {Path("a"), Path("b")}
    assert changes.within(0.01) is None


# ------------------------------------------------------------------------------------------------ server


@pytest.mark.parametrize(
    ("bound", "named", "is_called"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "192.168.0.7:8000", False),
        ("127.0.0.1", "desk.local", False),
        ("0.0.0.0", "192.168.0.7:8000", True),  # noqa: S104
        ("0.0.0.0", "[fe80::1]:8000", True),  # noqa: S104
        ("0.0.0.0", "evil.example:8000", False),  # noqa: S104
        ("127.0.0.1", "localhost.:8000", True),
    ],
)
def test_who_may_call_the_server(bound: str, named: str, is_called: bool):
    made = server.opened(bound, 0, Board(Standing(Path())))
    assert made.is_called(named) is is_called
    made.server_close()


def test_the_next_free_port_is_taken_where_none_is_named(monkeypatch: pytest.MonkeyPatch):
    board = Board(Standing(Path()))
    with server.opened("127.0.0.1", 0, board) as taken:
        monkeypatch.setattr(server, "PORT", taken.server_port)
        with server.opened("127.0.0.1", None, board) as made:
            assert taken.server_port < made.server_port < taken.server_port + server.TRIED
