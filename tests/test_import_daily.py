"""broadsheet import --all: sources on this machine that are good, broken, slow and gone, all in one run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from _thread import interrupt_main
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import config, importer, sources
from generator.cli import cli
from generator.commands import import_all, import_daily, import_desk
from generator.commands.import_asking import Asker, Question, Stop
from generator.commands.import_daily import Turn
from generator.fetch import Fetcher, FetchError, Options
from generator.problems import Refusal
from generator.sources import Feed, State
from tests.building import CONFIG, build_site, tree, write_site
from tests.serving import NOTHING, Answer, Asked, Outlet, Said, marked, moved, packed, page, serving

NOW = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)
TOPICS = "transformers queues tariffs cables turbines meters reservoirs substations permits auctions".split()


def text_of(topic: str) -> str:
    """Enough of a text that no two of them are taken for one."""
    said = (
        f"The operator counted {len(topic)}0 {topic} in the valley on Thursday, and published where the {topic} stand.",
        f"Towns had asked for the list of {topic} since spring, when two of the {topic} failed within one week.",
        f"Who pays for new {topic} will be settled in January, said the office that looks after {topic}.",
    )
    return "".join(f"<p>{one}</p>" for one in said)


def item(topic: str, url: str, *, whole: bool = True, day: int = 27) -> str:
    words = text_of(topic)
    body = f"<content:encoded>{escape(words)}</content:encoded>" if whole else ""
    return f"""<item><title>What became of the {topic}</title><link>{url}/{topic}</link>
<guid>{url}/{topic}</guid><pubDate>Fri, {day} Nov 2026 08:00:00 GMT</pubDate>
<description>{escape(words[:90])}</description>{body}</item>"""


def rss(url: str, *topics: str, whole: bool = True) -> str:
    items = "".join(item(topic, url, whole=whole) for topic in topics)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>A feed of its own title</title><link>{url}/</link><description>x</description>{items}</channel></rss>"""


def feed(url: str, *topics: str, **more: Any) -> Said:
    return page(rss(url, *topics, **more), "application/rss+xml")


def html(topic: str) -> Said:
    return page(
        f"<html lang=en><head><title>What became of the {topic}</title></head><body><article>"
        f"<h1>What became of the {topic}</h1>{text_of(topic) * 2}<p>The whole page says more.</p></article></body></html>"
    )


class Desk:
    """A site and its sources, asked without waiting."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slept: list[float] = []
        self.options = Options(private=True, pace=0.0, timeout=0.3, total=1.0)
        self.stop = Stop()

    def site(self, named: list[dict[str, Any]]) -> None:
        text = yaml.safe_dump({"sources": named}, allow_unicode=True)
        write_site(self.folder, {"config.yaml": CONFIG + text, "content/.keep": ""})

    def run(self, now: datetime = NOW, *, follow: bool = False) -> list[Turn]:
        """Run as the command does, and keep what is known."""
        project = config.read(self.folder)
        known = sources.read(project.content)
        options = import_desk.options(project, now)
        desk = import_desk.desk(project, import_all._nobody, options, follow=follow)
        fetcher = Fetcher(self.options, now=lambda: now, sleep=self.slept.append)
        asker = Asker(fetcher, self.stop)
        turns = list(import_daily.run(project.config.sources, known, desk, asker, now))
        after = import_all.after(project, known, turns)
        (project.content / sources.NAME).write_bytes(sources.written(after))
        return turns

    @property
    def articles(self) -> dict[str, dict[str, Any]]:
        """Front matter of what was imported, by the last word of its title."""
        found = {}
        for file in sorted(self.folder.glob("content/**/*.md")):
            matter = yaml.safe_load(file.read_text(encoding="utf-8").split("---")[1])
            found[matter["title"].split()[-1]] = matter
        return found

    @property
    def known(self) -> dict[str, State]:
        return sources.read(self.folder / "content")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def statuses(turns: list[Turn]) -> dict[str, str]:
    return {turn.supplier.name: turn.status for turn in turns}


def became(turn: Turn) -> list[str]:
    return [it.status for it in turn.outcomes]


# ---------------------------------------------------------------------------------------------- what is good


def test_what_is_new_is_taken_once_under_the_sources_terms(desk: Desk, outlet: Outlet):
    outlet.pages["/feed"] = marked(rss(outlet.url, *TOPICS[:3]), '"v1"')
    source = {
        "name": "The Grid Post",
        "url": f"{outlet.url}/feed",
        "rights": "full",
        "topics": ["Grid", "Power"],
    }
    desk.site([{**source, "language": "de"}])
    (turn,) = desk.run()
    assert (turn.status, became(turn)) == ("worked", ["new"] * 3)
    assert set(desk.articles) == set(TOPICS[:3])
    for topic, matter in desk.articles.items():
        assert matter["source"] == {"name": "The Grid Post", "url": f"{outlet.url}/{topic}"}
        assert (matter["rights"], matter["topics"], matter["lang"]) == ("full", ["Grid", "Power"], "de")
    assert desk.known == {f"{outlet.url}/feed": State('"v1"', asked=NOW, worked=NOW, taken=3)}

    later = NOW + timedelta(days=1)
    (again,) = desk.run(later)
    assert (again.status, became(again)) == ("unchanged", [])
    assert outlet.asked[-1].headers["if-none-match"] == '"v1"'
    assert desk.known[f"{outlet.url}/feed"] == State('"v1"', asked=later, worked=later, taken=3)

    outlet.pages["/feed"] = marked(rss(outlet.url, *TOPICS[:4]), '"v2"')
    (third,) = desk.run(later)
    assert became(third) == ["known", "known", "known", "new"]
    assert desk.known[f"{outlet.url}/feed"].etag == '"v2"'
    assert desk.known[f"{outlet.url}/feed"].taken == 4


def test_what_was_imported_builds_and_its_source_is_well(desk: Desk, outlet: Outlet):
    outlet.pages["/feed"] = feed(outlet.url, *TOPICS[:2])
    desk.site([{"name": "The Grid Post", "url": f"{outlet.url}/feed"}])
    desk.run()
    assert build_site(desk.folder, now=NOW + timedelta(hours=1)).articles == 2
    (told,) = json.loads((desk.folder / "site/health.json").read_text(encoding="utf-8"))["sources"]
    assert (told["condition"], told["articles"]) == ("well", 2)
    assert told["url"] == "https://news.example/sheet/sources/the-grid-post/"


def test_more_than_the_limit_comes_in_the_next_runs(desk: Desk, outlet: Outlet):
    """Its mark is not kept until all was taken: else the rest would never come."""
    outlet.pages["/feed"] = marked(rss(outlet.url, *TOPICS[:5]), '"v1"')
    desk.site([{"name": "A", "url": f"{outlet.url}/feed", "limit": 2}])
    assert [became(turn) for turn in desk.run()] == [["new"] * 2]
    assert desk.known[f"{outlet.url}/feed"].etag == ""
    assert [became(turn) for turn in desk.run()] == [["known"] * 2 + ["new"] * 2]
    assert [became(turn) for turn in desk.run()] == [["known"] * 4 + ["new"]]
    assert desk.known[f"{outlet.url}/feed"].etag == '"v1"'
    assert statuses(desk.run()) == {"A": "unchanged"}


def test_the_same_story_from_two_sources_is_taken_from_the_first(desk: Desk, outlet: Outlet):
    with serving() as other:
        outlet.pages["/feed"] = feed(outlet.url, "cables", "meters")
        other.pages["/feed"] = feed(other.url, "cables", "permits")
        desk.site([{"name": "B", "url": f"{other.url}/feed"}, {"name": "A", "url": f"{outlet.url}/feed"}])
        first, second = desk.run()
    assert (became(first), became(second)) == (["new", "new"], ["known", "new"])
    assert desk.articles["cables"]["source"]["name"] == "B"


def test_a_paused_source_is_not_asked(desk: Desk, outlet: Outlet):
    desk.site([{"name": "A", "url": f"{outlet.url}/feed", "enabled": False}])
    assert desk.run() == []
    assert outlet.asked == []


def test_pages_of_items_are_fetched_within_the_limit_and_only_once(desk: Desk, outlet: Outlet):
    outlet.pages["/feed"] = feed(outlet.url, *TOPICS[:4], whole=False)
    outlet.pages |= {f"/{topic}": html(topic) for topic in TOPICS}
    desk.site([{"name": "A", "url": f"{outlet.url}/feed", "limit": 2}])
    (turn,) = desk.run(follow=True)
    assert became(turn) == ["new", "new"]
    assert sorted(outlet.paths) == sorted(["/feed", f"/{TOPICS[0]}", f"/{TOPICS[1]}"])
    texts = [file.read_text(encoding="utf-8") for file in desk.folder.glob("content/**/*.md")]
    assert all("The whole page says more." in text for text in texts)
    desk.run(follow=True)
    assert sorted(outlet.paths[3:]) == sorted(["/feed", f"/{TOPICS[2]}", f"/{TOPICS[3]}"])


# -------------------------------------------------------------------------------------- feeds behind sources


def opml(*urls: str) -> Said:
    lines = "".join(f'<outline type="rss" text="Feed {n}" xmlUrl="{url}"/>' for n, url in enumerate(urls))
    text = f'<?xml version="1.0"?><opml version="2.0"><head/><body>{lines}</body></opml>'
    return page(text, "text/x-opml", ETag='"list"')


def test_a_list_of_feeds_is_followed_and_outlets_keep_their_names(desk: Desk, outlet: Outlet):
    outlet.pages["/a"] = feed(outlet.url, *TOPICS[:2])
    outlet.pages["/b"] = feed(outlet.url, *TOPICS[2:4])
    outlet.pages["/list"] = opml(f"{outlet.url}/a", f"{outlet.url}/gone", f"{outlet.url}/b")
    desk.site([{"name": "All", "url": f"{outlet.url}/list", "topics": "Grid", "limit": 3}])
    (turn,) = desk.run()
    assert (turn.status, sorted(became(turn))) == ("worked", ["new"] * 3 + ["unfit"])
    assert {it["source"]["name"] for it in desk.articles.values()} == {"A feed of its own title"}
    assert {tuple(it["topics"]) for it in desk.articles.values()} == {("Grid",)}
    state = desk.known[f"{outlet.url}/list"]
    assert (state.etag, state.failing, state.fault) == ("", None, "127.0.0.1 answers 404 (Not Found)")


def test_feeds_of_a_list_are_not_sent_again_while_they_are_the_same(desk: Desk, outlet: Outlet):
    """Each has marks of its own, and a wish to be left alone."""
    outlet.pages |= {
        "/a": marked(rss(outlet.url, *TOPICS[:3]), '"a1"'),
        "/b": marked(rss(outlet.url, *TOPICS[3:5]), '"b1"'),
        "/busy": Said(b"", 429, {"Retry-After": "7200"}),
    }
    busy_url = outlet.url.replace("127.0.0.1", "localhost") + "/busy"
    outlet.pages["/list"] = opml(f"{outlet.url}/a", f"{outlet.url}/b", busy_url)
    url = f"{outlet.url}/list"
    desk.site([{"name": "All", "url": url, "limit": 4}])
    assert sorted(became(desk.run()[0])) == ["new"] * 4 + ["unfit"]
    busy = Feed(busy_url, wait=NOW + timedelta(hours=2))
    assert desk.known[url].feeds == (Feed(f"{outlet.url}/a", '"a1"'), busy)  # of b one is left

    (turn,) = desk.run(NOW + timedelta(hours=1))
    assert (turn.status, became(turn)) == ("worked", ["known", "new"])
    assert [it.headers.get("if-none-match") for it in outlet.asked if it.path in ("/a", "/b")][2:] == [
        '"a1"',
        None,
    ]
    assert outlet.paths.count("/busy") == 1
    assert desk.known[url].feeds == (Feed(f"{outlet.url}/a", '"a1"'), Feed(f"{outlet.url}/b", '"b1"'), busy)

    outlet.pages["/busy"] = Said(b"", 410)
    (turn,) = desk.run(NOW + timedelta(hours=3))
    assert (turn.status, became(turn)) == ("worked", ["unfit"])  # two are well, and have nothing new
    outlet.pages["/list"] = opml(f"{outlet.url}/a", f"{outlet.url}/b")
    (turn,) = desk.run(NOW + timedelta(hours=4))
    assert (turn.status, became(turn)) == ("unchanged", [])
    assert desk.known[url].feeds == (Feed(f"{outlet.url}/a", '"a1"'), Feed(f"{outlet.url}/b", '"b1"'))


def test_a_version_that_is_known_is_asked_for_again_where_no_article_of_it_is_left(
    desk: Desk, outlet: Outlet
):
    outlet.pages |= {
        "/feed": marked(rss(outlet.url, "cables"), '"v1"'),
        "/a": marked(rss(outlet.url, "meters"), '"a"'),
    }
    outlet.pages["/list"] = opml(f"{outlet.url}/a")
    desk.site([{"name": "A", "url": f"{outlet.url}/feed"}, {"name": "L", "url": f"{outlet.url}/list"}])
    desk.run()
    assert statuses(desk.run()) == {"A": "unchanged", "L": "unchanged"}
    shutil.rmtree(desk.folder / "content" / "2026")
    assert [became(turn) for turn in desk.run()] == [["new"], ["new"]]


def test_a_feed_of_two_thousand_items_gives_no_more_than_its_limit(desk: Desk, outlet: Outlet):
    lines = "".join(
        f"<item><title>No. {n}</title><link>https://a.example/{n}</link><description>It is {n}.</description></item>"
        for n in range(2000)
    )
    outlet.pages["/feed"] = marked(rss("x").replace("</channel>", f"{lines}</channel>"), '"v1"')
    desk.site([{"name": "A", "url": f"{outlet.url}/feed", "limit": 3}])
    assert became(desk.run()[0]) == ["new"] * 3
    assert desk.known[f"{outlet.url}/feed"].etag == ""


@pytest.mark.parametrize(
    ("page_of_it", "code", "again"),
    [
        (NOTHING, "bad-status", True),
        (Said(b"x", headers={"Content-Length": "99999999"}, hangs=True), "answer-too-large", False),
        (moved("http://u:p@a.example/"), "no-web-address", False),
        (page("<html><body>Log in.</body></html>"), "import-empty", False),
        (page(b"%PDF-1.7", "application/pdf"), "import-kind", False),
    ],
)
def test_why_the_page_of_an_item_could_not_be_had_is_told(
    desk: Desk, outlet: Outlet, page_of_it: Answer, code: str, again: bool
):
    """Of an item with a text as a note, of one without as its fault; what may be had later is asked for then."""
    short = item("cables", outlet.url, whole=False)
    bare = f"<item><title>On meters</title><link>{outlet.url}/meters</link></item>"
    outlet.pages |= {"/cables": page_of_it, "/meters": page_of_it}
    outlet.pages["/feed"] = marked(rss("x").replace("</channel>", f"{short}{bare}</channel>"), '"v1"')
    desk.site([{"name": "A", "url": f"{outlet.url}/feed"}])
    (turn,) = desk.run(follow=True)
    assert became(turn) == ["new", "unfit"]
    first, second = import_all.told(turn)["imported"] + import_all.told(turn)["failed"]
    assert first["notes"][0].startswith(f"its page could not be had ({code}: ")
    assert (
        second["code"],
        second["message"].startswith("it holds no text, and its page could not be had: "),
    ) == (code, True)
    assert desk.known[f"{outlet.url}/feed"].etag == ("" if again else '"v1"')


def test_a_list_whose_feeds_all_fail_has_failed(desk: Desk, outlet: Outlet):
    outlet.pages["/list"] = opml(f"{outlet.url}/gone", f"{outlet.url}/lost")
    desk.site([{"name": "All", "url": f"{outlet.url}/list"}])
    assert statuses(desk.run()) == {"All": "failed"}


def test_a_page_that_names_its_feed_is_as_good_as_the_feed(desk: Desk, outlet: Outlet):
    """And that the page is still the same says nothing of the feed."""
    front = '<html><head><title>The Post</title><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><p>x</body></html>'
    outlet.pages |= {"/": marked(front, '"front"', "text/html"), "/feed": feed(outlet.url, "cables")}
    desk.site([{"name": "The Post", "url": f"{outlet.url}/"}])
    assert [became(turn) for turn in desk.run()] == [["new"]]
    outlet.pages["/feed"] = feed(outlet.url, "cables", "meters")
    assert [became(turn) for turn in desk.run()] == [["known", "new"]]
    assert desk.articles["meters"]["source"]["name"] == "The Post"


# ------------------------------------------------------------------------------------------------- what fails

BOMB = packed(b"<rss>" + b" " * 30_000_000)
BAD: dict[str, tuple[Answer, str]] = {
    "gone": (Said(b"", 410), "bad-status"),
    "broken": (Said(b"", 500), "bad-status"),
    "hanging": (Said(b"<rss", headers={"Content-Length": "99"}, hangs=True), "too-slow"),
    "trickling": (Said(b"x" * 2000, pause=0.2), "too-slow"),
    "huge": (
        Said(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", hangs=True),
        "answer-too-large",
    ),
    "bomb": (BOMB, "answer-too-large"),
    "cut": (Said(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<rss"), "broken-answer"),
    "circle": (moved("/circle"), "redirect-loop"),
    "file": (moved("file:///etc/passwd"), "no-web-address"),
    "empty": (page("", "application/rss+xml"), "import-kind"),
    "picture": (page(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"), "import-kind"),
}


def test_one_bad_source_never_stops_the_rest(desk: Desk, outlet: Outlet):
    outlet.pages |= {f"/{name}": answer for name, (answer, _) in BAD.items()}
    outlet.pages |= {"/first": feed(outlet.url, "cables"), "/last": feed(outlet.url, "meters")}
    names = ["first", *BAD, "last"]
    desk.site([{"name": name, "url": f"{outlet.url}/{name}"} for name in names])
    turns = desk.run()
    assert [turn.supplier.name for turn in turns] == names
    assert {turn.supplier.name: turn.fault.code for turn in turns if turn.fault} == {
        name: code for name, (_, code) in BAD.items()
    }
    assert statuses(turns) == {"first": "worked", **dict.fromkeys(BAD, "failed"), "last": "worked"}
    assert set(desk.articles) == {"cables", "meters"}
    state = desk.known[f"{outlet.url}/gone"]
    assert state == State(asked=NOW, failing=NOW, faulted=NOW, fault="127.0.0.1 answers 410 (Gone)")


WRONG = rss("https://wire.example", "cables").replace("What became", "Größe: what became")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (WRONG.encode("latin-1").replace(b"UTF-8", b"ISO-8859-1"), "application/rss+xml; charset=utf-8"),
        (WRONG.encode("latin-1"), "application/rss+xml; charset=iso-8859-1"),
        (WRONG.replace("UTF-8", "UTF-16").encode("utf-16"), "application/rss+xml"),
        (WRONG.encode(), "text/plain; charset=klingon"),
        (WRONG.replace("</channel></rss>", "").encode(), "application/rss+xml"),
        (
            WRONG.replace("<description>x</description>", "<description>a & b <br></description>").encode(),
            "text/xml",
        ),
    ],
    ids=["latin-1 as utf-8", "latin-1 by header", "utf-16", "no charset", "no end", "no XML"],
)
def test_feeds_of_a_wrong_charset_and_malformed_ones_are_read_as_far_as_they_can_be(
    desk: Desk, outlet: Outlet, data: bytes, media_type: str
):
    outlet.pages["/feed"] = page(data, media_type)
    desk.site([{"name": "A", "url": f"{outlet.url}/feed"}])
    (turn,) = desk.run()
    assert (turn.status, became(turn).count("new")) == ("worked", 1), turn
    assert desk.articles["cables"]["title"].startswith("Gr")


def test_how_long_a_source_has_failed_is_known_until_it_works_again(desk: Desk, outlet: Outlet):
    url = f"{outlet.url}/feed"
    desk.site([{"name": "A", "url": url}])
    desk.run(NOW)
    desk.run(NOW + timedelta(days=1))
    state = desk.known[url]
    assert (state.failing, state.asked, state.worked) == (NOW, NOW + timedelta(days=1), None)
    outlet.pages["/feed"] = feed(outlet.url, "cables")
    desk.run(NOW + timedelta(days=2))
    state = desk.known[url]
    assert (state.failing, state.worked) == (None, NOW + timedelta(days=2))
    assert (state.fault, state.faulted) == ("127.0.0.1 answers 404 (Not Found)", NOW + timedelta(days=1))


def test_a_source_that_wants_to_be_left_alone_is_not_asked_before(desk: Desk, outlet: Outlet):
    outlet.pages["/feed"] = Said(b"", 429, {"Retry-After": "7200"})
    desk.site([{"name": "A", "url": f"{outlet.url}/feed"}])
    assert statuses(desk.run()) == {"A": "failed"}
    asked = len(outlet.asked)
    assert statuses(desk.run(NOW + timedelta(hours=1))) == {"A": "waiting"}
    assert len(outlet.asked) == asked
    outlet.pages["/feed"] = feed(outlet.url, "cables")
    assert statuses(desk.run(NOW + timedelta(hours=2))) == {"A": "worked"}


def test_robots_txt_is_heeded_unless_its_owner_agreed(desk: Desk, outlet: Outlet):
    outlet.pages |= {
        "/robots.txt": page("User-agent: *\nDisallow: /", "text/plain"),
        "/feed": feed(outlet.url, "cables"),
    }
    source = {"name": "A", "url": f"{outlet.url}/feed"}
    desk.site([source])
    (turn,) = desk.run()
    assert turn.fault
    assert (turn.fault.code, outlet.paths) == ("robots-disallow", [])
    outlet.pages |= {"/feed": feed(outlet.url, "cables", whole=False), "/cables": html("cables")}
    desk.site([{**source, "robots": False}])
    assert statuses(desk.run(follow=True)) == {"A": "worked"}
    assert [it.path for it in outlet.asked if it.path != "/robots.txt"] == ["/feed", "/cables"]


def test_a_source_that_is_named_no_more_is_forgotten(desk: Desk, outlet: Outlet):
    desk.site([{"name": "A", "url": f"{outlet.url}/a"}, {"name": "B", "url": f"{outlet.url}/b"}])
    desk.run()
    desk.site([{"name": "B", "url": f"{outlet.url}/b"}])
    desk.run()
    assert list(desk.known) == [f"{outlet.url}/b"]


def asked_for(asker: Asker, urls: list[str]) -> dict[str, Any]:
    """Ask for all of them at once."""

    def chain() -> Any:
        return (yield [Question(url) for url in urls])

    return asker.ends({0: chain()})[0]


def test_hosts_are_asked_at_the_same_time_and_one_host_in_turn():
    """Two hosts that each wait for the other to be asked; and one that never has two questions at once."""
    met = threading.Barrier(2, timeout=5)
    busy = threading.Lock()

    class Hosts(Fetcher):
        def get(self, url: str, **_: Any) -> Any:
            if "alone" in url:
                assert busy.acquire(blocking=False)
                threading.Event().wait(0.01)
                busy.release()
            else:
                met.wait()
            raise FetchError("bad-status", url)

    urls = ["http://a.example/", "http://b.example/", *(f"http://alone.example/{n}" for n in range(4))]
    answers = asked_for(Asker(Hosts()), urls)
    assert {url: str(answer) for url, answer in answers.items()} == {url: url for url in urls}


# ---------------------------------------------------------------------------------------------- the command


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second between two questions to this machine."""
    monkeypatch.setattr(Stop, "pause", lambda *_: None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))


def command(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["import", "--all", "--allow-private", "--site", str(folder), *more])


@pytest.mark.usefixtures("unhurried")
def test_the_command_tells_of_each_source_and_fails_only_if_all_do(tmp_path: Path, outlet: Outlet):
    outlet.pages["/feed"] = feed(outlet.url, *TOPICS[:2])
    desk = Desk(tmp_path)
    desk.site([{"name": "Post", "url": f"{outlet.url}/feed"}, {"name": "Wire", "url": f"{outlet.url}/gone"}])
    done = command(tmp_path)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "Post: 2 imported\n  content/2026/11/27/what-became-of-the-" in done.stderr
    assert (
        f"Wire: failed\n{outlet.url}/gone:1:1: bad-status: 127.0.0.1 answers 404 (Not Found)" in done.stderr
    )
    assert done.stderr.endswith("2 new articles. 2 sources asked, 1 failed.\n")
    assert "Post: 2 known\n" in command(tmp_path).stderr
    outlet.pages.clear()
    done = command(tmp_path)
    assert done.exit_code == 1
    assert done.stderr.endswith("0 new articles. 2 sources asked, 2 failed.\n")


@pytest.mark.usefixtures("unhurried")
def test_the_command_as_data_and_without_writing(tmp_path: Path, outlet: Outlet):
    outlet.pages["/feed"] = feed(outlet.url, "cables")
    desk = Desk(tmp_path)
    desk.site([{"name": "Post", "url": f"{outlet.url}/feed"}, {"name": "Wire", "url": f"{outlet.url}/gone"}])
    before = tree(tmp_path / "content")
    done = command(tmp_path, "--dry-run", "--json")
    assert done.exit_code == 0
    assert tree(tmp_path / "content") == before
    data = json.loads(done.stdout)
    assert (data["ok"], data["dry_run"]) == (True, True)
    post, wire = data["sources"]
    assert (post["status"], post["fault"], post["not_before"]) == ("worked", None, None)
    assert [it["path"] for it in post["imported"]] == ["content/2026/11/27/what-became-of-the-cables.md"]
    assert (wire["status"], wire["fault"]["code"], wire["imported"]) == ("failed", "bad-status", [])
    assert "would be imported" in command(tmp_path, "--dry-run").stderr


@pytest.mark.usefixtures("unhurried")
def test_without_leave_this_machine_is_not_asked(tmp_path: Path, outlet: Outlet):
    outlet.pages["/feed"] = feed(outlet.url, "cables")
    Desk(tmp_path).site([{"name": "Post", "url": f"{outlet.url}/feed"}])
    done = CliRunner().invoke(cli, ["import", "--all", "--site", str(tmp_path)])
    assert (done.exit_code, outlet.asked) == (1, [])
    assert "private-address" in done.stderr


@pytest.mark.parametrize(
    "text", ["", "sources: []\n", "sources: [{name: A, url: 'https://a.example/', enabled: no}]\n"]
)
def test_nobody_to_ask_is_no_failure(tmp_path: Path, text: str):
    write_site(tmp_path, {"config.yaml": CONFIG + text, "content/.keep": ""})
    done = command(tmp_path)
    assert done.exit_code == 0
    assert done.stderr == "config.yaml names no sources that are asked: nothing to import.\n"
    assert not (tmp_path / "content" / sources.NAME).exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--all", "https://a.example/"],
        ["--all", "--rights", "full"],
        ["--all", "--topic", "A"],
        ["--all", "--limit", "1"],
        [],
    ],
)
def test_what_does_not_go_together_is_a_slip_of_the_command_line(arguments: list[str]):
    done = CliRunner().invoke(cli, ["import", *arguments])
    assert done.exit_code == 2
    assert "--all" in done.output


@pytest.mark.usefixtures("unhurried")
def test_a_damaged_state_is_told_and_nobody_is_asked(tmp_path: Path, outlet: Outlet):
    Desk(tmp_path).site([{"name": "Post", "url": f"{outlet.url}/feed"}])
    write_site(tmp_path, {"content/sources.state.yaml": "<<<<<<< HEAD\n"})
    text = (tmp_path / "config.yaml").read_text(encoding="utf-8")
    write_site(tmp_path, {"config.yaml": f"{text}sources:\n- {{name: A, url: '{outlet.url}/feed'}}\n"})
    done = command(tmp_path)
    assert done.exit_code != 0
    assert outlet.asked == []


def test_who_stops_the_command_keeps_what_came_and_waits_for_nobody(tmp_path: Path, outlet: Outlet):
    """A host that says nothing for a minute holds nobody up, nor does its thread."""
    words = escape(text_of("cables"))
    whole = rss("https://wire.example", "cables").replace(words, words * 2)  # no page of it is asked for
    outlet.pages |= {
        "/feed": page(whole, "application/rss+xml"),
        "/slow": Said(raw=b"HTTP/1.1 200 OK\r\n", hangs=True),
    }
    other = outlet.url.replace("127.0.0.1", "localhost")
    named = [{"name": "Slow", "url": f"{other}/slow"}, {"name": "Post", "url": f"{outlet.url}/feed"}]
    Desk(tmp_path).site(named)
    run = [sys.executable, "-m", "generator", "import", "--all", "--allow-private", "--site", str(tmp_path)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    with subprocess.Popen([*run, "--json"], text=True, env=environment, stdout=PIPE, stderr=PIPE) as process:
        patience = time.monotonic() + 30
        while {"/slow", "/feed"} - set(outlet.paths) and time.monotonic() < patience:
            time.sleep(0.02)
        time.sleep(0.3)
        stopped = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        took = time.monotonic() - stopped
    assert (process.returncode, err) == (130, "")
    assert took < 5  # the slow one would have taken ten
    data = json.loads(out)
    assert (data["ok"], data["stopped"]) == (False, True)
    assert [(one["name"], len(one["imported"])) for one in data["sources"]] == [("Post", 1)]
    assert set(Desk(tmp_path).articles) == {"cables"}
    assert [it.taken for it in sources.read(tmp_path / "content").values()] == [1]
    assert not [path for path in (tmp_path / "content").rglob(".*") if path.name != ".keep"]


def test_who_is_slow_holds_up_neither_the_feeds_nor_the_pages_of_others(desk: Desk, outlet: Outlet):
    with serving() as other:
        here = other.url.replace("127.0.0.1", "localhost")
        done = threading.Event()

        def slow(_: Asked) -> Said:
            """Answers once the pages of another source, behind two other questions, have been asked for."""
            return feed(here, "meters") if done.wait(5) else NOTHING

        def last(_: Asked) -> Said:
            done.set()
            return html("cables")

        other.pages["/feed"] = slow
        outlet.pages |= {"/feed": feed(outlet.url, "cables", whole=False), "/cables": last}
        outlet.pages["/list"] = opml(f"{outlet.url}/feed")
        desk.options = replace(desk.options, timeout=10, total=10)
        desk.site([{"name": "Slow", "url": f"{here}/feed"}, {"name": "List", "url": f"{outlet.url}/list"}])
        assert statuses(desk.run(follow=True)) == {"Slow": "worked", "List": "worked"}
        assert set(desk.articles) == {"cables", "meters"}


def test_of_a_source_that_was_stopped_what_is_whole_is_kept_and_the_rest_comes_later(
    desk: Desk, outlet: Outlet
):
    with serving() as other:
        here = other.url.replace("127.0.0.1", "localhost")
        items = item("cables", outlet.url, whole=False) + item("meters", here, whole=False)
        outlet.pages |= {"/feed": marked(rss("x").replace("</channel>", f"{items}</channel>"), '"v1"')}
        outlet.pages |= {"/cables": html("cables")}
        desk.site([{"name": "B", "url": f"{here}/feed"}, {"name": "A", "url": f"{outlet.url}/feed"}])

        def stopping(_: Asked) -> Said:
            """The page of another host has come by then; then somebody stops the run."""
            time.sleep(0.3)
            interrupt_main()
            return Said(b"", hangs=True)

        other.pages["/meters"] = stopping
        desk.options = replace(desk.options, timeout=10, total=10)
        turns = desk.run(follow=True)
        assert statuses(turns) == {"B": "failed", "A": "stopped"}
        assert (became(turns[1]), set(desk.articles)) == (["new"], {"cables"})
        assert desk.known[f"{outlet.url}/feed"] == State(taken=1)
        desk.stop, other.pages["/meters"] = Stop(), html("meters")
        assert became(desk.run(follow=True)[1]) == ["known", "new"]
        assert desk.known[f"{outlet.url}/feed"].etag == '"v1"'


@pytest.mark.usefixtures("unhurried")
def test_a_stop_is_told_truly(tmp_path: Path, outlet: Outlet, monkeypatch: pytest.MonkeyPatch):
    outlet.pages["/feed"] = feed(outlet.url, "cables")
    Desk(tmp_path).site([{"name": n, "url": f"{outlet.url}/{p}"} for n, p in (("A", "feed"), ("B", "b"))])
    real = import_daily._turn

    def stopped(opened: Any, *rest: Any) -> Any:
        if opened.supplier.name == "B":
            raise KeyboardInterrupt
        return real(opened, *rest)

    monkeypatch.setattr(import_daily, "_turn", stopped)
    done = command(tmp_path)
    assert done.exit_code == 130
    assert done.stderr.endswith(
        "Stopped: 1 new article kept. 1 of 2 sources done; the next run asks the others again.\n"
    )
    assert [it.taken for it in sources.read(tmp_path / "content").values()] == [1]


def test_threads_ask_each_host_once_and_what_breaks_in_one_is_its_own_fault():
    class Hosts(Fetcher):
        def get(self, url: str, **_: Any) -> Any:
            raise RuntimeError(url) if "odd" in url else FetchError("bad-status", url)

    urls = [f"http://{name}{n}.example/" for n in range(50) for name in ("odd", "even")]
    answers = asked_for(Asker(Hosts()), urls)
    codes = {url: answer.code for url, answer in answers.items() if isinstance(answer, FetchError)}
    assert codes == {url: "broken-answer" if "odd" in url else "bad-status" for url in urls}


@pytest.mark.usefixtures("unhurried")
def test_two_imports_at_once_are_one_too_many(tmp_path: Path, outlet: Outlet):
    outlet.pages["/feed"] = feed(outlet.url, "cables")
    Desk(tmp_path).site([{"name": "A", "url": f"{outlet.url}/feed"}])
    with import_desk.alone(config.read(tmp_path)):
        refused = command(tmp_path)
        assert isinstance(refused.exception, Refusal)
        assert str(refused.exception) == "another import of this site is running"
        assert command(tmp_path, "--dry-run").exit_code == 0
    assert command(tmp_path).exit_code == 0


def test_a_question_tells_nothing_of_the_site_but_its_address(desk: Desk, outlet: Outlet):
    asked: list[Asked] = []
    outlet.pages["/feed"] = lambda it: asked.append(it) or feed(outlet.url, "cables")
    desk.options = replace(desk.options, agent="Broadsheet/1 (+https://news.example/sheet/)")
    desk.site([{"name": "A", "url": f"{outlet.url}/feed"}])
    desk.run()
    assert "news.example" in asked[0].headers["user-agent"]
    assert not {"authorization", "cookie", "referer"} & set(asked[0].headers)


def test_what_breaks_our_own_code_is_a_fault_of_that_source_alone(
    desk: Desk, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
):
    """Readers of strangers' formats stumble over what nobody thought of: in one, the others go on."""
    real = importer.harvest

    def stumbles(document: importer.Document, zone: Any) -> importer.Harvest:
        if document.url.endswith("/odd"):
            raise RecursionError("maximum recursion depth exceeded")
        return real(document, zone)

    monkeypatch.setattr(importer, "harvest", stumbles)
    outlet.pages |= {"/odd": feed(outlet.url, "cables"), "/feed": feed(outlet.url, "meters")}
    desk.site([{"name": "Odd", "url": f"{outlet.url}/odd"}, {"name": "Post", "url": f"{outlet.url}/feed"}])
    odd, post = desk.run()
    assert (odd.status, post.status) == ("failed", "worked")
    assert odd.fault
    assert "RecursionError: maximum recursion depth" in odd.fault.message
