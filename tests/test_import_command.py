"""broadsheet import: what is named is fetched or read, written once, and told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import config
from generator.cli import cli
from generator.commands import import_desk
from generator.commands.import_desk import Desk
from generator.content.writing import create_file
from generator.fetch import Fetcher
from generator.fetch import Options as Asking
from tests.building import build_site, tree, write_site
from tests.prose import BODY, PAGE, SENTENCES, paragraphs
from tests.serving import Outlet, Said, moved, page
from tests.test_importer import NOW
from tests.test_importer_feeds import LETTER, a_letter, rss

FEED_ITEM = "<item><title>{0}</title><link>{1}</link><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description>Short…</description></item>"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    write_site(tmp_path, {"content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    return tmp_path


def run(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["import", *arguments, "--site", str(site)])


def a_desk(site: Path, **changes: Any) -> Desk:
    """A desk whose questions need no pause."""
    project = config.read(site)
    asker = Fetcher(Asking(private=True, pace=0))
    options = replace(import_desk.options(project, NOW), **changes)
    return import_desk.desk(project, lambda url: import_desk.document(asker.get(url), url), options)


def articles(site: Path) -> list[str]:
    return sorted(path.name for path in (site / "content").rglob("*.md") if path.parent.name != "pages")


def saved(site: Path, name: str, data: str | bytes) -> str:
    (site / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return str(site / name)


def test_what_is_imported_builds_and_is_known_the_second_time(site: Path):
    named = [
        saved(site, "page.html", PAGE),
        saved(
            site,
            "letter.eml",
            bytes(a_letter(LETTER.replace(" ".join(SENTENCES), "Nine turbines came by ship. " * 9))),
        ),
    ]
    first = run(site, *named, "--topic", "Grid  news", "--topic", "Grid news", "--json")
    told = json.loads(first.stdout)
    assert (first.exit_code, told["ok"], len(told["imported"]), told["failed"]) == (0, True, 2, [])
    before = tree(site / "content")
    assert build_site(site, NOW).articles == 2
    assert "topics:\n  - Grid news\n" in (site / told["imported"][0]["path"]).read_text(encoding="utf-8")
    again = run(site, *named)
    assert again.exit_code == 0
    assert "0 imported, 2 known, 0 failed." in again.stderr
    assert tree(site / "content") == before


def test_one_that_fails_stops_no_other_and_makes_exit_code_1(site: Path):
    told = run(
        site, str(site / "nowhere.html"), saved(site, "a.pdf", b"%PDF-1.7"), saved(site, "page.html", PAGE)
    )
    assert told.exit_code == 1
    assert "import-unreadable" in told.stderr
    assert "import-kind" in told.stderr
    assert "1 imported, 0 known, 2 failed." in told.stderr
    assert len(articles(site)) == 1


def test_a_folder_is_each_file_in_it(site: Path):
    letters = site / "letters"
    (letters / "cur").mkdir(parents=True)
    (letters / ".hidden").write_bytes(b"x")
    for n, name in enumerate(("b.eml", "cur/1700.host:2,S", "a.eml")):
        words = f"Letter {n} says {n}. " + " ".join(SENTENCES[n * 3 : n * 3 + 3])
        (letters / name).write_bytes(bytes(a_letter(text=words, mark=f"<{n}@a.example>", Subject=f"No. {n}")))
    (letters / "c.pdf").write_bytes(b"%PDF-1.7")
    told = run(site, str(letters), "--json")
    data = json.loads(told.stdout)
    assert (told.exit_code, [it["title"] for it in data["imported"]]) == (0, ["No. 2", "No. 0", "No. 1"])
    assert [it["found"] for it in data["failed"]] == [str(letters / "c.pdf")]
    (site / "empty").mkdir()
    assert "this folder holds no files" in run(site, str(site / "empty")).stderr


def test_who_stops_it_keeps_what_was_imported_and_is_told_so(site: Path, monkeypatch: pytest.MonkeyPatch):
    real = Desk.from_target

    def stopped(desk: Desk, target: str, depth: int = 0) -> Any:
        if target == "slow":
            raise KeyboardInterrupt
        return real(desk, target, depth)

    monkeypatch.setattr(Desk, "from_target", stopped)
    named = saved(site, "page.html", PAGE)
    told = run(site, named, "slow", str(site / "never.html"))
    assert told.exit_code == 130
    assert told.stderr.endswith("Stopped; what was imported is kept: 1 imported, 0 known, 0 failed.\n")
    assert len(articles(site)) == 1
    data = json.loads(run(site, named, "slow", "--json").stdout)
    assert (data["ok"], data["stopped"], len(data["known"])) == (False, True, 1)


def test_a_dry_run_writes_nothing(site: Path):
    before = tree(site / "content")
    told = run(site, saved(site, "page.html", PAGE), "--dry-run")
    assert told.exit_code == 0
    assert "Would be  content/2026/11/23/queue-study-draws-212-objections.md" in told.stderr
    assert tree(site / "content") == before


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ([], "rights: excerpt"),
        (["--rights", "full"], "rights: full"),
        (["--draft"], "draft: true"),
        (["--source", " The  Wire "], "  name: The Wire"),
    ],
)
def test_options_stand_in_the_front_matter(site: Path, options: list[str], line: str):
    run(site, saved(site, "page.html", PAGE), *options)
    (name,) = articles(site)
    text = next((site / "content").rglob(name)).read_text(encoding="utf-8")
    assert f"\n{line}\n" in text


@pytest.mark.parametrize("arguments", [[], ["--limit", "0", "x"], ["--rights", "none", "x"]])
def test_a_wrong_command_line_is_2(site: Path, arguments: list[str]):
    assert run(site, *arguments).exit_code == 2


def test_an_address_of_this_machine_is_refused_unless_it_is_meant(site: Path, outlet: Outlet):
    outlet.pages["/a"] = page(PAGE)
    refused = run(site, f"{outlet.url}/a")
    assert refused.exit_code == 1
    assert "private-address" in refused.stderr
    assert outlet.asked == []
    assert run(site, f"{outlet.url}/a", "--allow-private").exit_code == 0


def test_pages_complete_a_feed_and_what_is_known_is_not_asked_for(site: Path, outlet: Outlet):
    items = FEED_ITEM.format("Whole", f"{outlet.url}/whole?utm_source=rss") + FEED_ITEM.format(
        "Gone", f"{outlet.url}/gone"
    )
    outlet.pages["/feed"] = page(rss(items), "application/rss+xml")
    outlet.pages["/whole?utm_source=rss"] = page(PAGE.replace("/2026/queue?utm_source=x&amp;id=3", "/whole"))
    made = list(a_desk(site).from_target(f"{outlet.url}/feed"))
    assert [one.status for one in made] == ["new", "new"]
    assert SENTENCES[4] in made[0].data.decode()
    assert f"canonical_url: {outlet.url}/whole" in made[0].data.decode()
    assert "404" in made[1].notes[0]
    asked = len(outlet.paths)
    again = list(a_desk(site).from_target(f"{outlet.url}/feed"))
    assert [one.status for one in again] == ["known", "known"]
    assert outlet.paths[asked:] == ["/feed"]


def test_a_page_behind_a_redirect_is_fetched_once(site: Path, outlet: Outlet):
    """Its feed leads to it by a counter; the article is known by its own address, and by that way."""
    outlet.pages["/feed"] = page(rss(FEED_ITEM.format("T", f"{outlet.url}/count?1")), "application/rss+xml")
    outlet.pages |= {
        "/count?1": moved("/whole"),
        "/whole": page(PAGE.replace("/2026/queue?utm_source=x&amp;id=3", "/whole")),
    }
    for paths in (["/feed", "/count?1", "/whole"], ["/feed"]):
        asked = len(outlet.paths)
        (made,) = a_desk(site).from_target(f"{outlet.url}/feed")
        assert outlet.paths[asked:] == paths
    assert made.status == "known"
    (again,) = a_desk(site).from_target(f"{outlet.url}/whole")
    assert (again.status, again.message) == ("known", "its address is known")


def test_a_limit_asks_for_no_more_pages_than_it_takes(site: Path, outlet: Outlet):
    items = "".join(FEED_ITEM.format(f"N{n}", f"{outlet.url}/{n}") for n in range(9))
    outlet.pages["/feed"] = page(rss(items), "application/rss+xml")
    for n in range(9):
        body = "".join(
            f"<p>{n} {word} {n} stands here as number {n} of {n} in {word}s.</p>" for word in "abcdefghij"
        )
        outlet.pages[f"/{n}"] = page(
            PAGE.replace(BODY, body).replace("/2026/queue?utm_source=x&amp;id=3", f"/{n}")
        )
    made = list(a_desk(site, limit=2).from_target(f"{outlet.url}/feed"))
    assert [one.status for one in made] == ["new", "new"]
    assert outlet.paths == ["/feed", "/0", "/1"]


def test_a_list_of_feeds_is_followed_past_one_that_fails(site: Path, outlet: Outlet):
    outlet.pages["/good"] = page(rss(FEED_ITEM.format("Good", f"{outlet.url}/x")), "application/rss+xml")
    opml = "".join(f'<outline xmlUrl="{outlet.url}/{name}"/>' for name in ("gone", "good"))
    named = saved(site, "feeds.opml", f"<opml version='2.0'><body>{opml}</body></opml>")
    made = list(a_desk(site).from_target(named))
    assert [(one.status, one.code) for one in made] == [("unfit", "bad-status"), ("new", "")]


def test_a_front_page_says_where_its_feed_is(site: Path, outlet: Outlet):
    outlet.pages["/"] = page(
        '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>x</body></html>'
    )
    (made,) = a_desk(site).from_target(f"{outlet.url}/")
    assert made.hint == f"it names a feed: broadsheet import {outlet.url}/feed"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (Said(PAGE.encode("cp1252", "replace"), headers={"Content-Type": "text/html; charset=utf-8"}), "new"),
        (Said(PAGE.encode(), headers={"Content-Type": "application/octet-stream"}), "new"),
        (Said(b"", headers={"Content-Type": "text/html"}), "unfit"),
        (Said(b"\0\1\2" * 99, headers={"Content-Type": "text/html"}), "unfit"),
        (Said(PAGE.replace(BODY, paragraphs(10) * 4000).encode()), "unfit"),
    ],
)
def test_whatever_a_server_sends_there_is_an_answer(site: Path, outlet: Outlet, said: Said, status: str):
    outlet.pages["/a"] = said
    (made,) = a_desk(site).from_target(f"{outlet.url}/a")
    assert made.status == status
    assert len(articles(site)) == (status == "new")


def test_a_file_is_never_written_over(tmp_path: Path):
    create_file(tmp_path / "new" / "a.md", b"first")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "new" / "a.md", b"second")
    assert tree(tmp_path) == {"new/a.md": b"first"}


def test_nor_on_a_disk_that_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def unable(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", unable)
    test_a_file_is_never_written_over(tmp_path)


def test_content_that_cannot_be_written_is_told(site: Path):
    (site / "content" / "2026").write_text("in the way", encoding="utf-8")
    told = run(site, saved(site, "page.html", PAGE))
    assert told.exit_code == 1
    assert "import-unwritable" in told.stderr
