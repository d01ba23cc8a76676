"""Completion in the shell: the scripts, and what they answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import cli
from generator.commands.completion import SHELLS, script
from generator.commands.explain import entries
from tests.building import write_site
from tests.running import run

BIN = str(Path(sys.executable).parent)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(
        tmp_path,
        {
            "content/editions/2026-11-23.yaml": "",
            "content/one.md": "---\ntitle: One\ndate: 2026-11-24T08:00+01:00\n---\ndate: 2026-11-20\n",
            "content/2026/two.md": "---\r\ndate: '2026-11-25'\r\n---\r\n",
            "content/2026/draft.md": "---\ndate: 2026-11-26\ndraft: true\n---\n",
            "content/a b.md": "",
        },
    )


def completed(words: str, cwd: Path, shell: str = "bash") -> list[str]:
    """What a shell's script gets for a line whose last word is being typed."""
    count = len(words.split())
    env = {
        "_BROADSHEET_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(count - 1) if shell != "fish" else words.rsplit(maxsplit=1)[-1],
    }
    done = run(*words.split()[1:], cwd=cwd, **env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_commands_options_codes_and_days_are_completed(site: Path):
    assert completed("broadsheet ed", site) == ["plain,edition"]
    assert completed("broadsheet new --so", site) == ["plain,--source", "plain,--source-url"]
    codes = [line.removeprefix("plain,") for line in completed("broadsheet explain bad-", site)]
    assert codes == [code for code in entries() if code.startswith("bad-")]
    assert len(codes) > 5
    days = [line.removeprefix("plain,") for line in completed("broadsheet edition 2026-", site)]
    assert days == ["2026-11-25", "2026-11-24", "2026-11-23"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("build con", "dir"),
        ("init con", "dir"),
        ("new --site con", "dir"),
        ("brief con", "file"),
        ("ping con", "dir"),
    ],
)
def test_paths_are_left_to_the_shell(words: str, kind: str, site: Path):
    assert completed(f"broadsheet {words}", site) == [f"{kind},con"]


def test_zsh_and_fish_get_help_beside_each_word(site: Path):
    assert "schema" in completed("broadsheet sch", site, "zsh")
    (line,) = completed("broadsheet sch", site, "fish")
    assert line.startswith("plain,schema")
    assert "JSON Schemas" in line


def test_bash_completes_in_a_real_shell(site: Path):
    """Two of what a reader types, with the script that the command prints."""
    told = f"""
        PATH={BIN}:$PATH
        source <(broadsheet completion bash)
        complete -p broadsheet
        COMP_WORDS=(broadsheet explain bad-da) COMP_CWORD=2
        _broadsheet_completion broadsheet bad-da explain
        echo "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", told], cwd=site, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "complete -o nosort -F _broadsheet_completion broadsheet",
        "bad-date",
    ]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_script_is_sound(shell: str):
    text = script(cli, shell)
    assert f"_BROADSHEET_COMPLETE={shell}_complete" in text
    if program := shutil.which(shell):
        done = subprocess.run([program, "-n"], input=text, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_shell_is_that_of_the_session_unless_named(tmp_path: Path):
    assert run("completion", cwd=tmp_path, SHELL="/usr/bin/fish").stdout == script(cli, "fish") + "\n"
    unknown = run("completion", cwd=tmp_path, SHELL="/bin/tcsh")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "tcsh is no shell that is known\n    name one: bash, zsh, fish" in unknown.stderr
    assert run("completion", "tcsh", cwd=tmp_path).returncode == 2
    assert os.environ.get("_BROADSHEET_COMPLETE") is None
