"""What is wrong, told well: framed on a terminal, plain elsewhere, marked on GitHub; and never a fault of its own."""

from __future__ import annotations

import itertools
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import reports
from generator.problems import Problem
from generator.reports import github, sources
from generator.reports.frames import frame, window
from generator.reports.signs import cells, harmless, prose
from generator.reports.sources import excerpts
from tests import test_cli
from tests.building import ARTICLE, write_site
from tests.running import run

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FAULT = Problem("content/a.md", 3, 7, "bad-date", 'date: "yesterday" is not a date', "write 2026-11-23")
WARNING = replace(FAULT, code="no-evidence", severity="warning")
ESCAPE = "\x1b]0;pwned\x07"


def bare(text: str) -> str:
    return COLOUR.sub("", text)


def test_a_frame_shows_the_line_and_a_caret_under_its_column():
    assert bare(frame(FAULT, "date: yesterday", 80)) == (
        'error[bad-date]: date: "yesterday" is not a date\n'
        " --> content/a.md:3:7\n"
        "  |\n"
        "3 | date: yesterday\n"
        "  |       ^\n"
        "  = write 2026-11-23"
    )


def test_a_frame_without_its_line_still_tells_all_else():
    assert bare(frame(replace(FAULT, line=120, hint=""), None, 80)) == (
        'error[bad-date]: date: "yesterday" is not a date\n   --> content/a.md:120:7'
    )


@pytest.mark.parametrize(
    ("line", "column", "indent", "wide"),
    [
        ("title: x", 8, 7, 1),
        ("\ttitle: x", 2, 4, 1),
        ("a\tb", 2, 1, 4),
        ("日本: x", 5, 6, 1),
        ("日本: x", 2, 2, 2),
        ("cafe\u0301: x", 8, 6, 1),
        ("cafe\u0301: x", 5, 3, 1),  # the mark itself: the caret stands under its letter
        ("title: \x1b[31mx", 8, 7, 1),
        ("title: \x1b[31mx", 13, 12, 1),
        ("\u202etitle", 2, 1, 1),
        ("🗞 x", 3, cells("🗞 "), 1),
        ("short", 6, 5, 1),
        ("short", 99, 5, 1),
        ("short", 0, 0, 1),
        ("", 1, 0, 1),
    ],
)
def test_the_caret_stands_right_whatever_stands_before_it(line: str, column: int, indent: int, wide: int):
    assert window(line, column, 76) == (harmless(line).rstrip(), indent, wide)


@pytest.mark.parametrize("sign", ["x", "日", "e\u0301", "\t", "\x1b", "👩\u200d👩\u200d👧"])
def test_a_long_line_is_cut_to_a_window_around_the_column(sign: str):
    lengths = (0, 1, 5, 30, 70, 200, 100_000)
    for before, after, room in itertools.product(lengths, lengths, (20, 41, 76)):
        line = f"{sign * before}!{sign * after}"
        shown, indent, wide = window(line, before * len(sign) + 1, room)
        left, _, right = shown.partition("!")
        assert (cells(left), wide) == (indent, 1)
        assert cells(shown) <= room
        assert left.startswith("…") or left == harmless(sign * before)
        assert right.endswith("…") or right == harmless(sign * after).rstrip()
        if len(line) <= room:
            assert ("…" in shown) == (cells(harmless(line).rstrip()) > room)


def test_a_window_is_filled_as_far_as_it_can_be():
    line = "0123456789" * 30
    assert window(line, 151, 40) == ("…" + line[131:169] + "…", 20, 1)
    assert window(line, 1, 40) == (line[:38] + "…", 0, 1)
    assert window(line, 300, 40) == ("…" + line[262:], 38, 1)
    assert window(line, 151, 3) == window(line, 151, 20)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Zażółć 日本 שלום नमस्ते 👩\u200d🚀", "Zażółć 日本 שלום नमस्ते 👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
        ("\x1b[31m", "␛[31m"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202eevil\u2066", "\ufffdevil\ufffd"),
        ("half \ud800", "half \ufffd"),
        ("\u2028", "\ufffd"),
        ("\ufeff\u200b", "\ufffd\ufffd"),
        ("\t|", "    |"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown(text: str, shown: str):
    assert harmless(text) == shown


def test_nothing_of_a_strangers_commands_the_terminal_or_begins_a_line():
    evil = Problem(
        f"content/{ESCAPE}\n::x", 1, 1, f"c{ESCAPE}", f"a{ESCAPE}\n::error::b", f"c\r\n::d{ESCAPE}"
    )
    for told in (
        frame(evil, f"{ESCAPE}\n::e", 80),
        reports.plain(evil),
        github.annotation(evil),
        github.refusal(evil.message, evil.hint),
    ):
        assert "\x07" not in told
        assert "\x1b" not in bare(told)
        assert not re.search(r"\n\s*::", told)
    assert bare(reports.plain(evil)).count("\n") == 1


@given(
    st.text(st.characters(codec=None), max_size=300),
    st.integers(-5, 400),
    st.integers(0, 200),
    st.text(max_size=40),
)
def test_any_line_can_be_framed(line: str, column: int, width: int, message: str):
    problem = replace(FAULT, column=column, message=message, path=f"content/{message}")
    told = bare(frame(problem, line, width))
    assert all(sign == "\n" or harmless(sign) == sign for sign in told)
    assert told.count("\n") == 5
    told.encode()
    shown = told.split("\n")[3].removeprefix("3 |").removeprefix(" ")
    assert cells(shown) <= max(width - 4, 20)


def test_plainly_a_problem_is_what_it_always_was():
    assert bare(reports.plain(FAULT)) == str(FAULT)
    assert prose("one\ntwo\tthree") == "one two three"


@pytest.mark.parametrize(
    ("problem", "folder", "written"),
    [
        (
            FAULT,
            "",
            '::error file=content/a.md,line=3,col=7,title=bad-date::date: "yesterday" is not a date%0Awrite 2026-11-23',
        ),
        (
            replace(WARNING, path="content/50%, a:b.md", message="100%", hint=""),
            "news/paper",
            "::warning file=news/paper/content/50%25%2C a%3Ab.md,line=3,col=7,title=no-evidence::100%25",
        ),
    ],
)
def test_github_is_told_in_its_own_form(problem: Problem, folder: str, written: str):
    assert github.annotation(problem, folder) == written


def test_github_names_a_file_from_the_repositorys_root(tmp_path: Path):
    assert github.seen_from(str(tmp_path), tmp_path) == ""
    assert github.seen_from(str(tmp_path), tmp_path / "a" / "b") == "a/b"
    assert github.seen_from(str(tmp_path / "a"), tmp_path) == ".."


@pytest.mark.parametrize("count", [1, 50, 51, 73])
@pytest.mark.parametrize("width", [0, 80])
def test_at_most_fifty_are_told_and_the_rest_counted(count: int, width: int):
    problems = [replace(FAULT, line=number) for number in range(1, count + 1)]
    said = bare(reports.told(problems, lambda _: "date: yesterday", width))
    assert said.count("is not a date") == min(count, 50)
    assert (f"… and {count - 50} more" in said) == (count > 50)
    assert ("To read more: broadsheet explain bad-date" in said) == bool(width)


@pytest.mark.parametrize(
    ("errors", "warnings", "said"),
    [(1, 0, "1 problem"), (1200, 1, "1,200 problems and 1 warning"), (0, 2, "2 warnings")],
)
def test_they_are_counted(errors: int, warnings: int, said: str):
    assert reports.counted([FAULT] * errors + [WARNING] * warnings) == said


def test_errors_come_before_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    warnings = [replace(WARNING, path="content/0.md", line=n) for n in range(1, 80)]
    reports.tell([*warnings, FAULT], tmp_path)
    assert capsys.readouterr().err.startswith("content/a.md:3:7: bad-date")


def asked(path: str, line: int = 1) -> Problem:
    return replace(FAULT, path=path, line=line)


def test_lines_are_those_that_the_place_was_counted_in(tmp_path: Path):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n\xe9four\nfive\x00\xe2\x80\xa8six")
    found = excerpts(tmp_path)
    assert [found(asked("a.md", line)) for line in range(7)] == [
        None,
        "one",
        "two",
        "three",
        "\ufffdfour",
        "five\x00\u2028six",
        None,
    ]


def test_a_file_that_cannot_be_shown_is_no_fault_of_its_own(tmp_path: Path):
    site = tmp_path / "site"
    (site / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("hunter2")
    (site / "link").symlink_to(tmp_path / "secret")
    (site / "gone").symlink_to("nowhere")
    (site / "loop").symlink_to("loop")
    (site / "empty").touch()
    os.mkfifo(site / "pipe")
    paths = [
        "folder",
        "link",
        "gone",
        "loop",
        "empty",
        "pipe",
        "../secret",
        str(tmp_path / "secret"),
        "missing",
        "a\0b",
        "half\ud800",
        "x" * 5000,
        "empty/below",
        "/dev/zero",
    ]
    found = excerpts(site)
    assert [path for path in paths if found(asked(path)) is not None] == []


def test_of_a_huge_file_only_the_beginning_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sources, "MOST", 8)
    (tmp_path / "a.md").write_text("one\ntwo\nthree\n")
    found = excerpts(tmp_path)
    assert [found(asked("a.md", line)) for line in (1, 2, 3, 4)] == ["one", "two", "", None]


@pytest.mark.parametrize(
    ("environment", "colour", "workspace"),
    [
        ({}, None, None),
        ({"NO_COLOR": ""}, None, None),
        ({"NO_COLOR": "1"}, False, None),
        ({"FORCE_COLOR": "1"}, True, None),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, None),
        ({"TERM": "dumb"}, False, None),
        ({"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/w"}, None, "/w"),
        ({"GITHUB_ACTIONS": "true"}, None, "."),
        ({"GITHUB_ACTIONS": "false"}, None, None),
    ],
)
def test_the_environment_says_how(environment: dict[str, str], colour: bool | None, workspace: str | None):
    how = reports.look(environment)
    assert (how.colour, how.workspace) == (colour, workspace)


# ------------------------------------------------------------------------------ the command itself


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write_site(tmp_path, {"content/a.md": ARTICLE.replace("2026-11-23", "yesterday")})


def on_a_terminal(*arguments: str | Path, **env: str) -> str:
    """What a person sees whose standard error is a terminal of 60 columns; a bar would show on a slow machine."""
    ours, theirs = pty.openpty()
    command = ["sh", "-c", 'stty columns 60 <&2; exec "$@"', "sh", sys.executable, "-m", "generator"]
    root = str(Path(__file__).parent.parent)
    full = {**os.environ, "PYTHONPATH": root, "TERM": "xterm", **env}
    process = subprocess.Popen(
        [*command, *map(str, arguments)], env=full, stderr=theirs, stdout=subprocess.PIPE
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:  # Linux: the other end is closed
            break
        if not read:
            break
        said += read
    os.close(ours)
    process.communicate()
    assert process.returncode == 1
    return said.decode().replace("\r\n", "\n")


def test_a_terminal_gets_frames_in_colour(broken: Path):
    said = on_a_terminal("build", "--quiet", broken)
    assert "\x1b[31m" in said
    assert "3 | date: yesterday\n  |       ^\n" in bare(said)
    assert "To read more: broadsheet explain bad-date\n" in bare(said)
    assert bare(said).endswith("\n1 problem; nothing was written.\n")


def test_a_frame_is_as_wide_as_its_terminal_and_without_colour_where_none_is_wanted(broken: Path):
    write_site(broken, {"content/a.md": ARTICLE + f"\n{'word ' * 30}[far](away/) {'word ' * 30}\n"})
    said = on_a_terminal("build", "--quiet", broken, NO_COLOR="1")
    assert "\x1b" not in said
    (line,) = (line for line in said.splitlines() if line.startswith("8 | "))
    assert 50 < len(line) <= 60
    assert "[far](away/)" in line


def test_elsewhere_it_is_plain_and_coloured_only_where_asked_for(broken: Path):
    told = 'content/a.md:3:7: bad-date: date: "yesterday" is not a date\n    write'
    assert run("build", broken).stderr.startswith(told)
    forced = run("build", broken, FORCE_COLOR="1").stderr
    assert "\x1b[31m" in forced
    assert bare(forced).startswith(told)


def test_github_gets_marks_besides_and_no_command_of_a_strangers(broken: Path):
    write_site(broken, {"content/b.md": ARTICLE.replace("date:", "draft: '##[add-mask]Corvane'\ndate:")})
    done = run("build", broken, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(broken.parent))
    said = done.stderr.splitlines()
    token = said[0].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{32}", token)
    end = said.index(f"::{token}::")
    assert sum("##[add-mask]" in line for line in said[:end]) == 1
    marks = said[end + 1 : end + 3]
    assert marks[0].startswith(f"::error file={broken.name}/content/a.md,line=3,col=7,title=bad-date::date")
    assert marks[1].startswith(f"::error file={broken.name}/content/b.md,line=3,col=8,title=wrong-type::")
    assert said[end + 3 :] == ["", "2 problems; nothing was written."]
    assert run("build", broken, GITHUB_ACTIONS="true").stderr.partition("\n")[0] != said[0]


def test_github_is_told_of_a_refusal_too(tmp_path: Path):
    done = run("build", tmp_path / "nowhere", GITHUB_ACTIONS="true")
    assert f"::error title=broadsheet::there is no folder {tmp_path}/nowhere%0Aname the folder" in done.stderr


def test_json_holds_them_all_and_whole(broken: Path):
    files = {f"content/{n}.md": ARTICLE.replace("2026-11-23", "never") for n in range(60)}
    write_site(broken, files)
    for arguments in (["build", broken, "--json"], ["build", "--json", broken]):
        done = run(*arguments, GITHUB_ACTIONS="true")
        data = json.loads(done.stdout)
        assert done.stderr == ""
        assert len(data["problems"]) == 61
        assert set(data["problems"][0]) == set(Problem.__dataclass_fields__)


def test_json_is_asked_for_by_the_option_alone(tmp_path: Path):
    write_site(tmp_path / "--json", {"content/a.md": "nothing"})
    done = run("build", "--", "--json", cwd=tmp_path)
    assert done.stdout == ""
    assert "content/a.md:1:1: no-front-matter" in done.stderr


def test_a_name_that_is_not_utf_8_can_be_told_in_json(tmp_path: Path):
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    done = test_cli.run("build", folder, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["refused"] == f"there is no folder {folder}"


def test_warnings_are_told_as_errors_are(tmp_path: Path):
    write_site(
        tmp_path, {"content/a.md": ARTICLE, "content/a.brief.yaml": "why_it_matters: Everybody wants one.\n"}
    )
    done = run("brief", "--check", "--site", tmp_path, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(tmp_path))
    assert done.returncode == 0
    assert "::warning file=content/a.brief.yaml,line=1,col=17,title=no-evidence::" in done.stderr
    assert "content/a.brief.yaml:1:17: no-evidence: " in done.stderr
    assert done.stderr.endswith("Checked 1 brief file: current and supported; 1 warning.\n")


# ------------------------------------------------------------------------------ broadsheet explain


def test_explain_says_what_the_page_says():
    done = run("explain", "bad-date", "dead-link")
    page = (Path(__file__).parent.parent / "docs" / "errors.md").read_text(encoding="utf-8")
    assert [part.strip() in page for part in done.stdout.split("### ")] == [True] * 3
    assert done.stdout.startswith("### bad-date\n\n")


def test_explain_alone_lists_every_code():
    listed = [line.split()[0] for line in run("explain").stdout.splitlines()]
    assert listed == sorted(listed)
    assert {"bad-date", "unsupported-number", "yaml-tag"} <= set(listed)


def test_explain_asks_what_was_meant():
    done = run("explain", "bad-dat")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean bad-date?" in done.stderr


def test_explain_reads_the_page_that_a_wheel_carries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from generator.commands import explain

    (tmp_path / "commands").mkdir()
    (tmp_path / "errors.md").write_text("# Errors\n\n## Files\n\n### only-here\n\nMeaning.\n")
    monkeypatch.setattr(explain, "__file__", str(tmp_path / "commands" / "explain.py"))
    assert explain.entries() == {"only-here": "Meaning."}


def test_codes_are_completed_in_a_shell():
    done = run(_BROADSHEET_COMPLETE="bash_complete", COMP_WORDS="broadsheet explain bad-d", COMP_CWORD="2")
    assert done.stdout.split() == ["plain,bad-date", "plain,bad-digest"]
