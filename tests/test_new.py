"""broadsheet new: an article with its front matter filled, and nothing overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.content import read
from generator.model import Article
from generator.starter.articles import Draft, begun
from tests.building import CONFIG, NOW, tree, write_site
from tests.running import run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, {"config.yaml": f"{CONFIG}timezone: Asia/Kathmandu\n", "content/.keep": ""})


def articles(site: Path) -> list[Article]:
    found = read(site / "content", "Asia/Kathmandu", "en")
    assert found.problems == ()
    return list(found.articles)


def test_an_article_is_made_where_its_day_is_and_its_path_printed(site: Path):
    done = run("new", "Queue study draws 212 objections", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "content/2026/11/24/queue-study-draws-212-objections.md\n"
    text = (site / done.stdout.strip()).read_text(encoding="utf-8")
    (article,) = articles(site)
    assert text == (
        "---\n"
        "title: Queue study draws 212 objections\n"
        "date: 2026-11-24T17:45+05:45\n"
        f"id: {article.id}\n"
        "slug: queue-study-draws-212-objections\n"
        "---\n"
        "\n"
    ).replace(article.id, article.id if not article.id.isdigit() else f'"{article.id}"')
    assert article.url == "2026/11/queue-study-draws-212-objections/"
    assert article.published.isoformat() == "2026-11-24T17:45:00+05:45"


def test_all_that_can_be_told_is_written(site: Path):
    options = ("--draft", "--source", "Copper & Fibre: news", "--source-url", "https://cf.example/1?a=b#c")
    options += ("--author", "Aino Rask", "--author", "no", "--topic", "Networks", "--slug", "cable")
    done = run("new", "A cable", *options, "--date", "2026-12-01 08:00", "--json", cwd=site)
    told = json.loads(done.stdout)
    (article,) = articles(site)
    assert told == {
        "ok": True,
        "path": "content/2026/12/01/cable.md",
        "id": article.id,
        "slug": "cable",
        "url": "https://news.example/sheet/2026/12/cable/",
    }
    assert (article.draft, article.authors, article.topics) == (True, ("Aino Rask", "no"), ("Networks",))
    assert [(s.name, s.url) for s in article.sources] == [
        ("Copper & Fibre: news", "https://cf.example/1?a=b#c")
    ]
    assert article.published.isoformat() == "2026-12-01T08:00:00+05:45"


@pytest.mark.parametrize(
    "title",
    [
        '- "x": #y',
        "no",
        "2026",
        "2026-11-23",
        "{a: b}",
        "It’s “quoted” — and done?",
        "量子計算機が市場に",
        "مرحبا بالعالم",
        "Ünïcödé ß",
        "???",
        "🙂",
        "con",
        "a" * 300,
    ],
)
def test_a_title_of_any_script_comes_back(title: str, tmp_path: Path):
    made = begun(Draft(title=title, published=NOW), NOW)
    write_site(tmp_path, {f"content/{made.path}": made.text})
    (article,) = articles(tmp_path)
    assert (article.title, article.slug, article.id) == (title, made.slug, made.id)
    assert made.path == f"2026/11/24/{made.slug}.md"


def test_a_day_alone_stays_one(site: Path):
    done = run("new", "Tomorrow", "--date", "2026-11-25", cwd=site)
    assert "date: 2026-11-25\n" in (site / done.stdout.strip()).read_text()


def test_an_id_is_not_given_twice_to_a_path():
    first, again = (begun(Draft("A", NOW), moment).id for moment in (NOW, NOW.replace(minute=1)))
    assert first != again


@pytest.mark.parametrize("other", ["content/2026/11/24/storm.md", "content/2026/11/03/storm.md"])
def test_what_is_there_is_not_overwritten(other: str, site: Path):
    write_site(site, {"config.yaml": (site / "config.yaml").read_text(), other: "years of work"})
    before = tree(site)
    done = run("new", "Storm", cwd=site)
    assert done.returncode == 1
    assert f"{other} has this address already\n    give another title, or --slug" in done.stderr
    assert tree(site) == before
    assert run("new", "Storm", "--slug", "storm-again", cwd=site).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Missing argument 'TITLE'"),
        ((" ",), 2, "a title needs a word"),
        (("Storm", "--date", "soon"), 2, "is no date such as"),
        (("Storm", "--source-url", "https://a.example/"), 2, "Give --source with --source-url"),
        (("Storm", "--slug", "A B"), 2, 'for --slug: "A B" cannot stand in an address as it is: write a-b'),
        (("Storm", "--slug", "../../x"), 2, "cannot stand in an address"),
        (
            ("Storm", "--source", "A", "--source-url", "ftp://a"),
            2,
            'for --source-url: "ftp://a" is not a web address',
        ),
        (("Storm", "--topic", ""), 2, "for --topic: this must not be empty"),
        (("Storm\x01",), 2, "no feed can hold"),
        (("Storm\udcff",), 2, "not UTF-8"),
        (("a" * 2000,), 2, "longer than"),
        (("Storm", "--site", "nowhere"), 1, "there is no folder nowhere"),
        (("Storm", "--site", ""), 2, "the name of the folder is empty"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_made(
    arguments: tuple[str, ...], code: int, said: str, site: Path
):
    before = tree(site)
    done = run("new", *arguments, cwd=site)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(site) == before
    assert not (site / "content" / "2026").exists()


def test_no_file_is_made_outside(site: Path, tmp_path_factory: pytest.TempPathFactory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (site / "content" / "2026").symlink_to(elsewhere)
    done = run("new", "Storm", cwd=site)
    assert done.returncode == 1
    assert "leads out of content/" in done.stderr
    assert list(elsewhere.iterdir()) == []


def test_it_is_opened_in_an_editor_that_may_have_options(site: Path, tmp_path: Path):
    script = tmp_path / "write"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "The editor said $1." >> "$2"\n')
    script.chmod(0o755)
    done = run("new", "Storm", "--edit", cwd=site, VISUAL=f"{script} --wait", EDITOR="false")
    assert done.returncode == 0
    assert done.stdout == "content/2026/11/24/storm.md\n"
    text = (site / done.stdout.strip()).read_text()
    assert text.endswith("---\n\nThe editor said --wait.\n")


def test_an_editor_that_fails_is_told_and_the_article_stays(site: Path):
    for title, json_ in (("Storm", ()), ("Flood", ("--json",))):
        done = run("new", title, "--edit", *json_, cwd=site, VISUAL="", EDITOR="false")
        assert done.returncode == 1
        file = f"content/2026/11/24/{title.lower()}.md"
        message, hint = "the editor false ended with an error", f"the article is there: open {file} yourself"
        if json_:
            assert json.loads(done.stdout) == {"ok": False, "refused": message, "hint": hint}
        else:
            assert (done.stdout, done.stderr) == (f"{file}\n", f"broadsheet: {message}\n    {hint}\n")
        assert (site / file).is_file()


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("no-such-editor -w", "there is no program no-such-editor, which $VISUAL or $EDITOR names"),
        ("'vim", "$VISUAL or $EDITOR cannot be read ('vim): No closing quotation"),
    ],
)
def test_an_editor_that_is_not_there_is_told_before_anything_is_made(editor: str, said: str, site: Path):
    before = tree(site)
    done = run("new", "Storm", "--edit", "--json", cwd=site, VISUAL="", EDITOR=editor)
    data = json.loads(done.stdout)
    assert (done.returncode, data["ok"], data["refused"]) == (1, False, said)
    assert tree(site) == before
