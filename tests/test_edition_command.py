"""broadsheet edition, as it is called."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.commands import edition_report
from tests.building import CONFIG, tree, write_site
from tests.making import a_story, an_article, an_edition, an_entry
from tests.running import run

FILE = "content/editions/2026-11-23.yaml"


# Each tells something else: none is grouped with another.
TOLD = {
    "anna": "A bank lends for turbines beside a quiet river.",
    "bert": "Cables from the north arrive late because of storms.",
    "carl": "Teachers learn how schedulers pack small jobs at night.",
    "dora": "Prices of used cards fall while shops close early.",
    "emil": "Nobody knows who pays for a road across farms.",
    "fred": "Warm water heats greenhouses where tomatoes ripen.",
    "gina": "Inspectors count batteries inside every basement.",
}


def article(name: str, day: str = "2026-11-23", **matter: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in matter.items())
    text = f"{TOLD[name]} So said the {name} report."
    return f"---\nid: {name}\ntitle: Hall {name.title()} opens\ndate: {day}\n{more}---\n\n{text}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "content/a.md": article("anna", "2026-11-23 08:00", source="Harbour Wire"),
        "content/b.md": article("bert", "2026-11-23 09:00", source="[Grid Post, Ledger]"),
        "content/c.md": article("carl", "2026-11-22"),
        "content/d.md": article("dora", "2026-11-24 08:00"),
        "content/draft.md": article("emil", draft="true"),
        "content/later.md": article("fred", "2026-11-25"),
    }
    return write_site(tmp_path, files)


def written(site: Path) -> list[str]:
    return [name for name in tree(site / "content") if name.endswith(".yaml")]


def test_it_shows_the_newest_edition_on_standard_output(site: Path):
    done = run("edition", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Edition 3: Tuesday 24 November 2026\n"
        "1 story, 1 minute, from 1 article\n"
        "\n"
        " 1. Hall Dora opens\n"
        "    no source named\n"
    )
    assert written(site) == []


def test_it_shows_the_edition_of_a_day_and_says_why(site: Path):
    done = run("edition", "2026-11-23", "--explain", "--site", site, cwd="/")
    assert done.stdout == (
        "Edition 2: Monday 23 November 2026\n"
        "2 stories, 1 minute, from 2 articles and 3 sources\n"
        "\n"
        " 1. Hall Bert opens\n"
        "    Grid Post, Ledger\n"
        "    why here: reported by 2 sources; its brief has a summary; published on 23 November 2026 at\n"
        "      09:00; ahead of the next by the number of its sources\n"
        "\n"
        " 2. Hall Anna opens\n"
        "    Harbour Wire\n"
        "    why here: reported by one source; its brief has a summary; published on 23 November 2026 at\n"
        "      08:00\n"
    )


def test_reasons_of_a_story_stand_with_the_article_that_they_are_of():
    one, two = an_entry(an_article("One", id="one")), an_entry(an_article("Two", id="two"))
    edition = an_edition([replace(a_story(one, two), reasons=("pinned",))])
    why = {"two": ("the same event as “One”",)}
    said = list(edition_report.lines(edition, "", together=why))
    assert said[-4:] == [
        "    Harbour Wire",
        "    why here: pinned",
        "    also: Two (Harbour Wire)",
        "    why together: the same event as “One”",
    ]
    (story,) = edition_report.data(edition, "", "https://n.example/", why)["stories"]
    assert (story["together"], story["others"][0]["together"]) == ([], ["the same event as “One”"])


def test_json_holds_all_of_it(site: Path):
    done = run("edition", "2026-11-23", "--json", cwd=site)
    edition = json.loads(done.stdout)["edition"]
    assert (edition["number"], edition["start"], edition["file"]) == (2, "2026-11-23", None)
    assert edition["url"] == "https://news.example/sheet/editions/2026-11-23/"
    assert [(story["place"], story["id"]) for story in edition["stories"]] == [(1, "bert"), (2, "anna")]
    assert edition["stories"][0]["reasons"][0] == "reported by 2 sources"


def test_what_a_build_holds_back_is_held_back(site: Path):
    future = run("edition", "--future", "--json", cwd=site)
    assert json.loads(future.stdout)["edition"]["start"] == "2026-11-25"
    drafts = json.loads(run("edition", "2026-11-23", "--drafts", "--json", cwd=site).stdout)
    assert [story["id"] for story in drafts["edition"]["stories"]] == ["bert", "anna", "emil"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("2026-11-31",), 2, "is not a day such as 2026-11-23"),
        (("2026-11-20",), 1, "the nearest is that of 2026-11-22"),
        (("--closed",), 2, "with --write or --check"),
        (("2026-11-23", "--write", "--closed"), 2, "DATE or --closed"),
        (("--write", "--check"), 2, "--write or --check"),
        (("--site", "nowhere"), 1, "no folder"),
    ],
)
def test_what_cannot_be_is_refused(site: Path, arguments: tuple[str, ...], code: int, words: str):
    done = run("edition", *arguments, cwd=site)
    assert (done.returncode, written(site)) == (code, [])
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_without_articles_has_no_edition(tmp_path: Path):
    site = write_site(tmp_path, {"content/.keep": ""})
    assert "there is no edition" in run("edition", cwd=site).stderr
    assert run("edition", "--write", "--closed", cwd=site).returncode == 0


def test_faults_of_the_content_are_told_as_a_build_does(site: Path):
    (site / "content" / "a.md").write_text("---\ntitle: A\n---\n")
    done = run("edition", "--write", cwd=site)
    assert (done.returncode, written(site)) == (1, [])
    assert 'content/a.md:2:1: missing-key: "date" is missing' in done.stderr


def test_write_makes_the_file_once(site: Path):
    done = run("edition", "2026-11-23", "--write", cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Wrote {FILE}\n")
    text = (site / FILE).read_text()
    assert text.endswith("stories:\n  - bert  # Hall Bert opens\n  - anna  # Hall Anna opens\n")
    again = run("edition", "2026-11-23", "--write", "--json", cwd=site)
    assert json.loads(again.stdout) == {"ok": True, "written": []}
    assert (site / FILE).read_text() == text


def test_what_was_published_first_stays_first_whatever_comes(site: Path):
    """The whole use of it: the day closes, its file is written, and a heavier report of that day comes late."""
    run("edition", "--write", "--closed", cwd=site)
    (site / "content" / "late.md").write_text(article("gina", "2026-11-23 10:00", pinned="true"))

    def order() -> list[str]:
        told = json.loads(run("edition", "2026-11-23", "--json", cwd=site).stdout)
        return [story["id"] for story in told["edition"]["stories"]]

    assert order() == ["bert", "anna", "gina"]
    before = (site / FILE).read_bytes()
    assert run("edition", "--write", "--closed", cwd=site).stderr == f"Wrote {FILE}\n"
    assert (site / FILE).read_bytes() == before + b"  - gina  # Hall Gina opens\n"
    assert order() == ["bert", "anna", "gina"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_editors_words_stay_byte_for_byte(site: Path, mark: bytes):
    mine = mark + b"# Mine\r\nnote: 'Two  words'   # short\r\nstories:\r\n- anna\r\n"
    write_site(site, {FILE: mine})
    assert run("edition", "2026-11-23", "--write", cwd=site).returncode == 0
    assert (site / FILE).read_bytes() == mine + b"- bert  # Hall Bert opens\r\n"
    shown = run("edition", "2026-11-23", cwd=site).stdout
    assert (
        f"Two words\n2 stories, 1 minute, from 2 articles and 3 sources\nIts order is kept in {FILE}\n"
        in shown
    )


def test_closed_editions_are_those_whose_time_is_over(site: Path):
    run("edition", "--write", "--closed", cwd=site)
    assert written(site) == ["editions/2026-11-22.yaml", "editions/2026-11-23.yaml"]


def test_all_editions_are_those_that_are_over_and_the_current_one(site: Path):
    run("edition", "--write", "--all", cwd=site)
    assert written(site)[-1] == "editions/2026-11-24.yaml"
    (site / "content/late.md").write_text(article("gina", "2026-11-24 09:00", pinned="true"))
    run("edition", "--write", "--all", cwd=site)
    told = json.loads(run("edition", "--json", cwd=site).stdout)
    assert [story["id"] for story in told["edition"]["stories"]] == ["dora", "gina"]
    assert run("edition", "--check", "--all", cwd=site).returncode == 0


@pytest.mark.parametrize("given", [("--all", "--closed"), ("2026-11-23", "--all"), ("--write", "--check")])
def test_what_cannot_go_together_is_told(site: Path, given: tuple[str, ...]):
    done = run("edition", "--write", *given, cwd=site)
    assert (done.returncode, " or " in done.stderr) == (2, True)


def test_time_is_over_where_the_site_is(site: Path):
    """Noon of the 24th in UTC is the 25th in Kiritimati."""
    (site / "config.yaml").write_text(f"{CONFIG}timezone: Pacific/Kiritimati\n")
    run("edition", "--write", "--closed", cwd=site)
    assert written(site)[-1] == "editions/2026-11-24.yaml"


def test_weeks_are_written_by_their_first_day(site: Path):
    (site / "config.yaml").write_text(f"{CONFIG}edition: {{period: week}}\n")
    assert (
        run("edition", "2026-11-22", "--write", cwd=site).stderr == "Wrote content/editions/2026-11-16.yaml\n"
    )
    assert "Week of 23 November 2026" in run("edition", "2026-11-29", cwd=site).stdout


def codes(site: Path, *arguments: str) -> tuple[int, list[str]]:
    done = run("edition", "--check", "--json", *arguments, cwd=site)
    told = json.loads(done.stdout)
    return done.returncode, [f"{Path(p['path']).stem} {p['code']}" for p in told.get("problems", [])]


def test_check_tells_what_write_would_write_and_writes_nothing(site: Path):
    assert codes(site) == (0, [])
    assert codes(site, "--closed") == (1, ["2026-11-22 missing-edition", "2026-11-23 missing-edition"])
    assert codes(site, "2026-11-23") == (1, ["2026-11-23 missing-edition"])
    write_site(site, {FILE: "stories: [anna]", "content/editions/2026-11-24.yaml": "title: Today"})
    before = tree(site / "content")
    assert codes(site) == (1, ["2026-11-23 unlisted-stories"])  # the 24th is not over: its editor is at it
    assert tree(site / "content") == before
    run("edition", "--write", "--closed", cwd=site)
    assert codes(site, "--closed") == (0, [])


def test_check_tells_of_a_file_for_a_day_without_articles(site: Path):
    write_site(
        site, {"content/editions/2026-11-21.yaml": "title: T", "content/editions/2026-11-26.yaml": "title: T"}
    )
    assert codes(site) == (1, ["2026-11-21 empty-edition"])


def test_a_folder_that_leads_elsewhere_is_not_written_into(site: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site / "content" / "editions").symlink_to(elsewhere)
    assert run("edition", "--write", cwd=site).returncode == 1
    assert list(elsewhere.iterdir()) == []


def test_a_build_reads_the_file_and_writes_nothing_into_content(site: Path):
    write_site(site, {FILE: "title: Two halls\nstories: [anna]\n"})
    before = tree(site / "content")
    assert run("build", cwd=site).returncode == 0
    assert tree(site / "content") == before
    page = (site / "site" / "editions" / "2026-11-23" / "index.html").read_text()
    assert page.index("Hall Anna opens") < page.index("Hall Bert opens")
