"""docs/errors.md: each code of the program is explained, and each example makes the error it stands under."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import cli
from generator.problems import InvalidSource, Problem
from generator.summarise.verify import KINDS
from tests.building import ARTICLE, CONFIG, read_theme, write_site
from tests.codes import codes
from tests.running import NOW

PAGE = Path(__file__).parent.parent / "docs" / "errors.md"
ENTRY = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^In ([^\n]+):\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENTRIES = dict(ENTRY.findall(PAGE.read_text(encoding="utf-8")))
RUN = [code for code, text in ENTRIES.items() if EXAMPLE.search(text)]
# What no article can bring about while all else is sound, or only beside others, or only with rights that a test may
# not lack: root reads all.
FEEDS = ("character", "form", "id", "link", "markup", "picture")
# What the network does: tests/test_fetch.py makes each of them.
NETWORK = """
    answer-too-large asked-to-wait bad-certificate bad-status broken-answer no-connection no-web-address
    private-address redirect-loop robots-disallow robots-unreachable too-many-redirects too-slow unknown-host
""".split()
ELSEWHERE = ("gone", "moved", "silent")
SAID = sorted(
    [
        "asset-unreadable",
        *(f"external-{name}" for name in ELSEWHERE),
        *(f"feed-{name}" for name in FEEDS),
        "more-problems",
        *NETWORK,
    ]
)


def known() -> set[str]:
    found = codes()
    assert found.unseen == []
    filled = {f"unsupported-{kind}" for kind in KINDS}
    assert {code for code in found.places if "*" in code} == {"unsupported-*"}
    return {code for code in found.places if "*" not in code} | filled


def test_each_code_is_explained_once_and_exists():
    headings = re.findall(r"^### (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(known())


def test_each_code_is_a_few_plain_words():
    assert [
        code for code in known() if not re.fullmatch(r"[a-z]+(-[a-z0-9]+){1,2}|outside|unreadable", code)
    ] == []


@pytest.mark.parametrize("code", ENTRIES)
def test_each_entry_has_its_meaning_an_example_and_the_mend(code: str):
    text = ENTRIES[code]
    assert re.match(r"\n[A-Z`].+\.\n\n(In|```text)", text, re.DOTALL)
    assert re.search(r"^```$\n\n\*\*Mend:\*\* \S.*[.]\n\s*\Z", text, re.MULTILINE | re.DOTALL)


def test_what_is_only_said_is_said_as_it_is_told():
    assert sorted(ENTRIES.keys() - set(RUN)) == sorted(SAID)
    for code in SAID:
        assert re.search(rf"^```text\n\S+:\d+:\d+: {code}: ", ENTRIES[code], re.MULTILINE)


@pytest.mark.parametrize("code", RUN)
def test_each_example_makes_its_error_and_no_other(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    write_site(tmp_path, {"content/a.md": ARTICLE})
    shutil.copytree(read_theme(), tmp_path / ".cache")
    assert {problem.code for problem in told(EXAMPLE.findall(ENTRIES[code]), tmp_path)} == {code}


def told(examples: list[tuple[str, str]], site: Path) -> Iterator[Problem]:
    """Write what is written, run what is run; a build where nothing else is."""
    commands = [line for where, text in examples if where == "a shell" for line in text.splitlines()]
    for where, text in examples:
        if where != "a shell":
            path, written = placed(where, text)
            write_site(
                site, {"config.yaml": (site / "config.yaml").read_text(encoding="utf-8"), path: written}
            )
    for line in (
        commands
        if any(line.startswith("broadsheet ") for line in commands)
        else [*commands, "broadsheet build"]
    ):
        if line.startswith("broadsheet "):
            yield from problems_of(shlex.split(line)[1:])
        else:
            subprocess.run(["sh", "-c", line], cwd=site, check=True)


def problems_of(arguments: list[str]) -> tuple[Problem, ...]:
    """What a command raises; the warnings that it tells of where it does not."""
    found: list[Problem] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.reports.tell", lambda problems, _root: found.extend(problems))
        try:
            cli.main(arguments, standalone_mode=False)
        except InvalidSource as error:
            return error.problems
    return tuple(found)


def placed(where: str, text: str) -> tuple[str, str]:
    """Put a part of a file into a whole one."""
    if where == "the text of an article":
        return "content/a.md", f"{ARTICLE}\n{text}"
    if where == "the front matter of an article":
        _, matter, body = ARTICLE.split("---\n")
        return "content/a.md", f"---\n{merged(matter, text)}---\n{body}"
    path = where.strip("`")
    return path, merged(CONFIG, text) if path == "config.yaml" else text


def merged(standing: str, text: str) -> str:
    """Let lines of an example take the place of those that have the same key."""
    keys = {line.partition(":")[0] for line in text.splitlines()}
    return (
        "".join(line for line in standing.splitlines(keepends=True) if line.partition(":")[0] not in keys)
        + text
    )
