from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.building import ARTICLE, tree, write_site
from tests.running import NOW, run, started

DRAFT = ARTICLE.replace("date:", "draft: true\ndate:")
LATER = ARTICLE.replace("2026-11-23", "2026-11-30")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {"content/a.md": ARTICLE, "content/d.md": DRAFT, "content/l.md": LATER}
    return write_site(tmp_path, files)


def test_build_says_what_it_made_and_what_it_held_back(site: Path):
    done = started("build", site)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "Built 1 article in 1 edition" in done.stderr
    assert (
        "Held back: 1 draft and 1 article dated in the future; the next is due on 2026-11-30 at 00:00 UTC"
        in done.stderr
    )
    assert (site / "site" / "2026" / "11" / "a" / "index.html").is_file()


def test_drafts_and_future_are_shown_when_asked_for(site: Path):
    assert "Built 3 articles" in run("build", site, "--drafts", "--future").stderr


def test_quiet_says_nothing(site: Path):
    done = run("build", site, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_json_is_for_machines(site: Path):
    done = run("build", site, "--json")
    data = json.loads(done.stdout)
    assert done.stderr == ""
    assert (data["ok"], data["articles"], data["held"]["due"]) == (True, 1, "2026-11-30T00:00:00+00:00")


def test_problems_come_all_together_and_leave_the_old_site(site: Path):
    run("build", site)
    before = tree(site / "site")
    write_site(
        site,
        {
            "content/b.md": "---\ntitel: x\n---\n",
            "content/c.md": "nothing",
            "config.yaml": "title: T\nurl: https://n.example/\n",
        },
    )
    done = started("build", site)
    assert done.returncode == 1
    assert done.stdout == ""
    assert 'content/b.md:2:1: unknown-key: unknown key "titel"\n    did you mean "title"?' in done.stderr
    assert "content/c.md:1:1: no-front-matter" in done.stderr
    assert done.stderr.endswith("3 problems; nothing was written.\n")
    assert "Traceback" not in done.stderr
    assert tree(site / "site") == before


def test_problems_as_json(site: Path):
    write_site(site, {"content/b.md": "nothing"})
    done = run("build", site, "--json")
    assert done.returncode == 1
    assert [p["code"] for p in json.loads(done.stdout)["problems"]] == ["no-front-matter"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build", "--nonsense"], 2),
        (["nonsense"], 2),
        (["build", "nowhere"], 1),
        (["--version"], 0),
        (["--help"], 0),
    ],
)
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path):
    assert run(*arguments, cwd=tmp_path).returncode == code
    if arguments[-1] in ("nonsense", "nowhere", "--version"):
        assert started(*arguments, cwd=tmp_path).returncode == code


def test_a_foreign_folder_is_not_overwritten(site: Path):
    write_site(site, {"site/thesis.doc": "years of work"})
    done = run("build", site)
    assert done.returncode == 1
    assert (site / "site" / "thesis.doc").read_text() == "years of work"


def test_base_url_moves_the_site_but_not_its_feed_ids(site: Path):
    run("build", site)
    before = (site / "site" / "feed.xml").read_text()
    assert run("build", site, "--base-url", "https://other.example/x").returncode == 0
    after = (site / "site" / "feed.xml").read_text()
    assert "https://other.example/x/2026/11/a/" in after
    assert "tag:news.example,2026:" in before
    assert (
        before.partition("<guid")[2].partition("</guid>")[0]
        == after.partition("<guid")[2].partition("</guid>")[0]
    )


def test_schema_prints_what_an_editor_needs(tmp_path: Path):
    data = json.loads(run("schema").stdout)
    assert set(data) == {"config", "article", "page", "brief-file", "edition-file", "brief"}
    assert run("schema", tmp_path / "s").returncode == 0
    assert json.loads((tmp_path / "s" / "article.schema.json").read_text()) == data["article"]


def test_no_colour_where_nobody_sees_it(site: Path):
    write_site(site, {"content/b.md": "nothing"})
    assert "\x1b" not in run("build", site).stderr
    assert "\x1b" not in run("build", site, FORCE_COLOR="", NO_COLOR="1").stderr


def test_a_long_build_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    from generator.commands import progress as progress_bar

    monkeypatch.setenv("FORCE_COLOR", "1")  # rich then takes the captured stream for a terminal
    monkeypatch.setattr(progress_bar, "PATIENCE", -1.0)
    monkeypatch.setattr(progress_bar, "PAUSE", -1.0)

    def make_lean(number: int) -> int:
        return number * number

    with progress_bar.Progress(shown=True) as progress:
        assert list(progress.around(map)(make_lean, range(5))) == [0, 1, 4, 9, 16]
    assert "Reading" in capsys.readouterr().err
    with progress_bar.Progress(shown=False) as progress:
        assert list(progress.around(map)(make_lean, range(5))) == [0, 1, 4, 9, 16]
    assert capsys.readouterr().err == ""


def test_a_build_that_shows_how_far_it_is_still_forks(monkeypatch: pytest.MonkeyPatch):
    from generator import forks
    from generator.commands import progress as progress_bar

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(progress_bar, "PATIENCE", -1.0)
    before = forks.can_fork()
    with progress_bar.Progress(shown=True) as progress:
        for _ in progress.around(map)(str, range(5)):
            assert forks.can_fork() == before


def test_the_bar_names_work_that_there_is():
    from generator import exports, pages, pieces
    from generator.commands import progress as progress_bar

    mapped = {pieces.make_lean.__name__, pages.drawn.__name__, exports.brief_file.__name__}
    assert set(progress_bar.SAID) == mapped


def test_config_and_content_are_told_together(site: Path):
    write_site(site, {"config.yaml": "titel: T\n", "content/b.md": "nothing"})
    done = run("build", site)
    assert "config.yaml:1:1: unknown-key" in done.stderr
    assert "content/b.md:1:1: no-front-matter" in done.stderr


def test_content_and_every_template_are_told_together(site: Path):
    write_site(
        site, {"templates/a.html": "{% if %}", "templates/404.html": "{{ x }", "content/b.md": "nothing"}
    )
    done = run("build", site)
    assert [line.partition(":")[0] for line in done.stderr.splitlines() if line[:1].isalpha()] == [
        "content/b.md",
        "templates/404.html",
        "templates/a.html",
    ]


def test_each_template_that_fails_is_told(site: Path):
    write_site(site, {"templates/404.html": "{{ site.nothing }}", "templates/briefs.html": "\n{{ 1 / 0 }}"})
    done = run("build", site)
    assert "templates/404.html:1:1: template-undefined" in done.stderr
    assert "templates/briefs.html:2:1: template-failed" in done.stderr


def test_an_old_address_gives_way_to_what_the_program_makes(site: Path):
    write_site(site, {"content/b.md": ARTICLE.replace("date:", "aliases: [/subscribe/]\ndate:")})
    done = run("build", site)
    assert 'content/b.md:3:11: duplicate-address: the address "/subscribe/" is taken by' in done.stderr
    assert "take it out of aliases" in done.stderr


@pytest.mark.parametrize(
    ("command", "streams", "said"),
    [
        (("build", "nowhere", "--json"), "stdout", ["broadsheet: standard output: No space left on device"]),
        (("completion", "bash"), "stdout", ["broadsheet: standard output: No space left on device"]),
        (("completion", "bash"), "stdout stderr", []),
    ],
)
def test_where_nothing_can_be_printed_it_says_so_and_ends(
    command: tuple[str, ...], streams: str, said: list[str], site: Path
):
    unbuffered = "1" if "--json" in command else ""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        led: dict[str, Any] = {"stderr": subprocess.PIPE, **dict.fromkeys(streams.split(), full)}
        called = [sys.executable, "-m", "generator", *command]
        done = subprocess.run(called, cwd=site, env=env, text=True, check=False, **led)
    assert done.returncode == 1
    assert (done.stderr or "").splitlines() == [*said, *(["    make room on that disk"] if said else [])]


def test_streams_that_were_closed_are_not_missed(site: Path):
    env = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = ["sh", "-c", f'"{sys.executable}" -m generator build . <&- >&- 2>&-']
    assert subprocess.run(command, cwd=site, env=env, check=False).returncode == 0
    assert (site / "site" / "index.html").is_file()


def test_names_that_the_locale_cannot_print_are_escaped(site: Path):
    narrow = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "generator", "new", "日本 ö", "--site", str(site)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": str(Path(__file__).parent.parent), **narrow}
    told = subprocess.run(command, env=env, capture_output=True, check=True)
    assert told.stdout.decode("latin-1").endswith("\\u65e5\\u672c-ö.md\n")
    data = subprocess.run(
        [*command[:4], "日本 ü", *command[5:], "--json"], env=env, capture_output=True, check=True
    )
    assert json.loads(data.stdout.decode())["slug"] == "日本-ü"


def test_a_template_that_leads_outside_is_not_read(site: Path):
    (site / "templates").mkdir()
    (site / "templates" / "_footer.html").symlink_to("/etc/hostname")
    done = run("build", site)
    assert "templates/_footer.html:1:1: outside" in done.stderr


def test_a_base_url_with_a_control_character_is_refused(site: Path):
    assert run("build", site, "--base-url", "https://a.example/\x01/").returncode == 2
