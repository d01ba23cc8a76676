"""Runs that go wrong: what they exit with, what they say, what they leave behind, and how the next goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.commands import mends
from generator.commands.asking import Asking, told
from generator.commands.notes import apart
from generator.config import read as read_config
from generator.model import ModelChoice
from generator.problems import Refusal
from generator.summarise.models import doors
from generator.summarise.models.budget import Budget
from generator.summarise.models.outcomes import Outcome
from generator.summarise.models.rounds import Round
from generator.summarise.models.writing import Run
from tests.building import tree
from tests.making import an_article
from tests.running import run
from tests.standin import Act, StandIn, line
from tests.standin import told as reply
from tests.test_model_commands import (
    CONFIG,
    KEY,
    PROGRAM,
    a_site,
    answer,
    config,
    files,
    with_program,
)
from tests.test_models import Memory, article, many

pytestmark = pytest.mark.usefixtures("no_loop")
HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def awaited(there: Callable[[], bool]) -> bool:
    for _ in range(1000):
        if there():
            return True
        time.sleep(0.02)
    return False


# ------------------------------------------------------------------------------------ exit codes, totals

BAD_KEY = Act(status=401, said="Incorrect API key provided")
NO_MODEL = Act(status=404, said="The model does not exist")
TOO_LONG = Act(status=413, said="too long")
ENDS: dict[str, tuple[list[Act | None], dict[str, Any], int, int, str]] = {
    # answers (None is a good one), more config, exit code, calls, words
    "a wrong key": ([BAD_KEY], {}, 1, 1, "look at the key in PLANTED"),
    "an unknown model": ([NO_MODEL], {}, 1, 1, "look at summariser.model and base_url"),
    "a redirect": ([Act(status=308, headers={"location": "http://x.example/"})], {}, 1, 1, "if you trust it"),
    "all too long": ([TOO_LONG], {}, 1, 3, "3 articles in a row got no answer; the last: 413: too long"),
    "all refused": ([Act(ended="refused")], {}, 1, 3, "broadsheet brief content/c.md --again --answers FILE"),
    "one too long": ([TOO_LONG, None], {}, 0, 3, "413: too long"),
    "one refused": ([Act(ended="refused"), None], {}, 0, 3, "the model refused"),
    "one too long, which is an error": (
        [TOO_LONG, None],
        {"on_failure": "error"},
        1,
        3,
        "no brief by model-test for 1 article; the first: content/c.md: 413: too long",
    ),
    "too dear": (
        [None],
        {"prices": {"input": 1, "output": 1}, "max_cost": 0.001},
        1,
        0,
        "one call could cost 0.00",
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_run_says_how_it_ended(tmp_path: Path, end: str):
    acts, more, code, calls, words = ENDS[end]

    def play(sentences: dict[str, str], number: int) -> Act:
        return acts[min(number % 3, len(acts) - 1)] or answer(sentences)

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url, concurrency=1, retry=0, **more))
        done = run("brief", "--all", "--json", cwd=site, PLANTED=KEY)
    assert (done.returncode, len(stand_in.seen)) == (code, calls), done.stdout + done.stderr
    data = json.loads(done.stdout)  # one document, and its totals, whatever happened
    assert (data["ok"], data["model"]["calls"], "refused" in data) == (code == 0, calls, code == 1)
    told = [data.get("refused", ""), data.get("hint", ""), *(it["why"] for it in data["model"]["failed"])]
    assert words in " ".join(told)


def test_a_build_that_asked_in_vain_is_made_and_fails(tmp_path: Path):
    with StandIn(lambda _sentences, _number: BAD_KEY) as stand_in:
        site = a_site(tmp_path, config(stand_in.url))
        done = run("build", "--write-briefs", "--json", cwd=site, PLANTED=KEY)
    data = json.loads(done.stdout)
    assert (done.returncode, data["ok"], data["articles"], data["asked"]["briefs"]) == (1, False, 3, 0)
    assert "401" in data["refused"]
    assert (site / "site" / "index.html").exists()


HOSTED = ModelChoice("openai", "m\u202e1")
LOCAL = replace(HOSTED, base_url="http://localhost:11434/hidden/v1")
MINE = ModelChoice("command", "mine", command=("python3", "mine.py"))
ELSEWHERE = "broadsheet brief 'content/a b.md' --again --answers FILE"
HINTS: dict[str, tuple[ModelChoice, dict[str, Any], Path | None, str]] = {
    "refused": (HOSTED, {}, None, ELSEWHERE),
    "refused, and noted": (HOSTED, {}, Path("said.jsonl"), "what it answered stands in said.jsonl"),
    "too dear": (HOSTED, {"settled": False, "dear": True}, None, "allow more, or shorten the article"),
    "silent": (LOCAL, {"settled": False}, None, "http://localhost:11434 is up and answers within"),
    "silent, far away": (HOSTED, {"settled": False}, None, "https://api.openai.com is up"),
    "too large": (LOCAL, {"settled": False, "status": 413}, None, "that is what http://localhost:11434 says"),
    "a program": (MINE, {"settled": False}, None, "look at summariser.command: what python3 does"),
}


@pytest.mark.parametrize("case", HINTS)
def test_a_hint_names_what_to_look_at(case: str):
    choice, more, noted, words = HINTS[case]
    outcome = Outcome(an_article(path="a b.md"), fault="\x1b[31mno\u202e", **more)
    asked = Asking(choice, Run(Budget(choice), [outcome]), noted=noted)
    refusal = mends.failure(asked)
    assert refusal
    assert words in refusal.hint
    assert "hidden" not in refusal.hint
    assert {"\x1b", "\u202e"}.isdisjoint(told(asked))  # which a terminal would obey


def test_each_answer_is_added_to_a_file_as_it_came(tmp_path: Path):
    def play(sentences: dict[str, str], number: int) -> Act:
        return (Act(f"No. {KEY}"), answer(sentences), Act(ended="refused"))[number]

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url))
        arguments = ("brief", "content/a.md", "--again", "--answers")
        for _ in range(2):
            run(*arguments, "said.jsonl", cwd=site, PLANTED=KEY)
        done = run(*arguments, "no/said.jsonl", cwd=site, PLANTED=KEY)
        (site / "mine.txt").write_text("A letter.\n")
        before = tree(site)
        theirs = run(*arguments, "content/z.md", cwd=site, PLANTED=KEY)
        assert (theirs.returncode, tree(site)) == (1, before)
        assert "content/z.md belongs to the site; nobody was asked" in theirs.stderr
    said = [json.loads(line) for line in (site / "said.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(it["article"], it["answer"][:5], it["ended"]) for it in said] == [
        ("content/a.md", "No. █", "whole"),
        ("content/a.md", '{"sum', "whole"),
        ("content/a.md", "I wil", "refused"),
    ]
    assert [bool(it["again"]) for it in said] == [False, True, False]
    assert (done.returncode, len(stand_in.seen)) == (1, 3)
    assert "no/said.jsonl cannot be written: No such file or directory; nobody was asked" in done.stderr
    project = read_config(site)
    apart(site / "said.jsonl", project)
    for name in ("content/a.md", "content/z/y.md", "config.yaml", "templates/a", "site/a", "mine.txt"):
        said = "is there and holds no answers" if name == "mine.txt" else "belongs to the site"
        with pytest.raises(Refusal, match=said):
            apart(site / name, project)


# -------------------------------------------------------------------------------------- the next run


def test_what_was_asked_in_vain_lets_the_others_go_first(tmp_path: Path):
    """The newest is never readable: by its one call a day the run still comes to the other two."""

    def play(sentences: dict[str, str], _number: int) -> Act:
        return Act('{"brok') if sentences["s0"] == "Halden" else answer(sentences)

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url, max_calls=1))
        seen = []
        for _ in range(6):
            done = run("brief", "--all", cwd=site, PLANTED=KEY)
            assert done.returncode in (0, 1)
            seen.append(files(site))
        asked = [it.sentences["s0"] for it in stand_in.seen]
    assert asked == ["Halden", "Brightwater", "Corvane"] * 2  # first questions, then second ones
    assert [len(there) for there in seen] == [0, 0, 0, 1, 2, 3]
    assert [turn[:6] for turn in stand_in.seen[3].turns[1:]] == ['{"brok', "Your a"]  # not begun anew


def test_what_asks_anew_goes_on_where_it_was_stopped(tmp_path: Path):
    """Also by --dry-run; other articles are a round of their own."""

    def play(sentences: dict[str, str], _number: int) -> Act:
        return Act(reply(summary=[line(f"{sentences['s0']} will borrow $2.3 billion for a hall.", "s1")]))

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url, concurrency=1))
        came = []
        for arguments in (["--all"], ["content/c.md"], ["--all"], ["--all", "--dry-run"], ["--all"]):
            before = len(stand_in.seen)
            done = run("brief", *arguments, "--again", "--max-calls", "1", cwd=site, PLANTED=KEY)
            came.append(("".join(it.sentences["s0"][0] for it in stand_in.seen[before:]), done.stderr))
            assert ("would be asked for 1 brief: 1 call" in done.stdout) == ("--dry-run" in arguments)
    assert [it for it, _ in came] == ["H", "H", "B", "", "C"]
    assert "Left for the next run with --again: 2 articles; what is done is kept" in came[0][1]
    assert "Going on with --again: 1 article was asked anew before it was stopped, 2 are left." in came[2][1]
    assert "2 articles were asked anew before it was stopped, 1 is left." in came[3][1]
    assert "Stopped" not in came[4][1]


def test_a_round_is_over_where_nothing_is_left():
    mine, memory = ModelChoice("openai", "m"), Memory()
    some = many(3)
    of = Round(("content",), mine, memory)
    of.take(some[0])
    assert of.rest(some) == some[1:]
    assert Round((), mine, memory).rest(some) == some  # of another selection
    assert Round(("content",), replace(mine, model="n"), memory).rest(some) == some
    other = [article("Another text", slug=some[0].slug, path=some[0].path), *some[1:]]
    assert of.rest(other) == other
    of.end()
    assert of.rest(some) == some
    for it in some:
        of.take(it)
    assert of.rest(some) == some  # all were asked, so all are asked anew


# ------------------------------------------------------------------------------------------------- keys


def test_no_secret_that_a_model_or_a_program_repeats_is_written_anywhere(tmp_path: Path):
    secret = {"PLANTED": KEY, "DESK_TOKEN": "desk-7f3a9c1e5b", "PRESS_SECRET": "press/5Zq+8d/aa=="}
    everything = b""

    def play(sentences: dict[str, str], number: int) -> Act:
        told = " ".join(secret.values())
        if sentences["s0"] == "Halden":
            return Act(status=422, said=f"no: {told}")
        if sentences["s0"] == "Brightwater":
            return Act(f"no JSON: {told}")
        sound = json.loads(answer(sentences).text)
        sound["key_points"].append({"text": f"The key is {told}.", "evidence": ["s1"]})
        return Act(json.dumps(sound).replace("-", "\\u002d") if number % 2 else json.dumps(sound))

    with StandIn(play) as stand_in:
        site = a_site(tmp_path / "http", config(stand_in.url))
        for arguments in (("brief", "--all"), ("brief", "--all", "--again", "--json"), ("build",)):
            done = run(*arguments, cwd=site, ANTHROPIC_LOG="info", **secret)
            everything += (done.stdout + done.stderr).encode()
        sent = json.dumps([seen.body for seen in stand_in.seen])
    does = (
        "import os; told['sentences'][3]['text'] += ' ' + os.environ['DESK_TOKEN']"
        "; sys.stderr.write('x' * 119 + os.environ['PRESS_SECRET'] * 3000); sys.exit(3)"
    )
    mine = with_program(tmp_path / "own", "Halden", does, retry=0)
    text = (mine / "mine.py").read_text(encoding="utf-8")
    text = text.replace('"May 2027"', '"May 2027 " + __import__("os").environ["DESK_TOKEN"]')
    (mine / "mine.py").write_text(text, encoding="utf-8")
    for arguments in (("brief", "--all", "--json"), ("brief", "--all"), ("build", "--write-briefs")):
        done = run(*arguments, cwd=mine, **secret)
        everything += (done.stdout + done.stderr).encode()
    assert b"it ended with 3: xxx" in everything
    everything += b"".join(tree(tmp_path).values()) + sent.encode()
    for value in secret.values():
        for form in (value, value[:9], json.dumps(value)[1:-1]):
            assert form.encode() not in everything
    assert "…".encode() in everything


# -------------------------------------------------------------------- programs that outlive their welcome

CHILD = "import subprocess; subprocess.Popen([sys.executable, '-S', '-c', {code!r}])"
LIVES = "import time; time.sleep(1); open('outlived', 'w'); time.sleep(30)"


def test_what_a_program_starts_ends_with_it(tmp_path: Path):
    """One answers while its child holds its pipes, one fails, one hangs: no child outlives its call."""
    ends = "; {'Corvane': lambda: 0, 'Brightwater': lambda: sys.exit(3), 'Halden': lambda: time.sleep(30)}"
    site = with_program(
        tmp_path, "Halden", CHILD.format(code=LIVES) + f"{ends}[told['title']]()", retry=0, timeout=1
    )
    text = (site / "mine.py").read_text(encoding="utf-8").replace('if told["title"] == MARK:', "if True:")
    (site / "mine.py").write_text(text, encoding="utf-8")
    code = (
        "import sys; from generator.summarise.models import writing; writing.PAUSES = ();"
        "from generator.__main__ import main; sys.argv = ['broadsheet', 'brief', '--all']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, check=False, env=HERE
    )
    assert "content/b.md: it ended with 3 (not written)" in done.stderr
    assert "content/c.md: no answer within 1 s (not written)" in done.stderr
    time.sleep(1.2)
    assert (files(site), (site / "outlived").exists()) == (["a.brief.yaml"], False)


@pytest.mark.parametrize(
    ("number", "arguments", "then"),
    [
        (signal.SIGINT, ("--all", "--again"), "The next run with --again goes on with the rest."),
        (signal.SIGTERM, ("--all",), "The next run goes on with the rest."),
    ],
)
def test_what_is_interrupted_is_kept_and_goes_on(
    tmp_path: Path, number: signal.Signals, arguments: tuple[str, ...], then: str
):
    marked = (
        "open('here', 'w').close(); " + CHILD.format(code=LIVES.replace("(1)", "(2)")) + "; time.sleep(60)"
    )
    site = with_program(tmp_path, "Story 5", marked, concurrency=2)
    for count in range(20):
        text = (site / "content" / "a.md").read_text(encoding="utf-8").replace("Corvane", f"Story {count}")
        text = text.replace("2026-11-21", f"2026-10-{count + 1:02}")
        (site / "content" / f"s{count:02}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "brief", *arguments]
    running = subprocess.Popen(command, cwd=site, env=HERE, stderr=subprocess.PIPE, text=True)
    assert awaited((site / "here").exists)
    before = len(files(site))
    running.send_signal(number)
    _, err = running.communicate(timeout=20)
    assert running.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number], err
    assert "Traceback" not in err
    assert "loop is closed" not in err
    done = len(files(site))
    assert 15 <= before <= done < 23
    assert f"{done} of 23 briefs written: " in err
    assert then in err
    (site / "mine.py").write_text(PROGRAM.format(mark="", does="pass"), encoding="utf-8")
    rest = 23 - done
    assert f"mine 2 wrote {rest} briefs: {rest} calls\n" in run("brief", *arguments, cwd=site).stderr
    assert len(files(site)) == 23
    assert not (site / "outlived").exists()


def test_a_first_answer_is_not_paid_for_twice_where_the_second_question_is_interrupted(tmp_path: Path):
    def play(sentences: dict[str, str], number: int) -> Act:
        return Act(hangs=True) if number == 1 else answer(sentences)

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url))
        command = [sys.executable, "-m", "generator", "brief", "content/a.md"]
        running = subprocess.Popen(
            command, cwd=site, env={**HERE, "PLANTED": KEY}, stderr=subprocess.PIPE, text=True
        )
        assert awaited(lambda: len(stand_in.seen) == 2)
        running.send_signal(signal.SIGTERM)
        _, err = running.communicate(timeout=20)
        assert (running.returncode, "0 of 1 brief written: 2 calls, " in err) == (143, True), err
        assert "(the most that 1 call can have taken is counted: nobody said)" in err
        done = run("brief", "content/a.md", cwd=site, PLANTED=KEY)
    assert (done.returncode, files(site)) == (0, ["a.brief.yaml"])
    assert "wrote 1 brief: 1 call" in done.stderr
    assert len(stand_in.seen[2].turns) == 3  # the second question, not the first


def test_a_library_that_is_missing_or_broken_is_named_with_how_to_install_it(tmp_path: Path):
    (tmp_path / "openai.py").write_text("raise ImportError('half of it is missing')")
    missing = (
        "is not installed\n    pip install",
        "cannot be used: half of it is missing\n    install it anew",
    )
    for provider, said, first in (
        ("anthropic", missing[0], "import sys; sys.modules['anthropic'] = None; "),
        ("openai", missing[1], f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "),
    ):
        site = a_site(tmp_path / provider, f"{CONFIG}  use: {provider}\n  key_from: PLANTED\n")
        code = (
            f"{first}from generator.__main__ import main; sys.argv = ['broadsheet', 'brief', '--all']; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=site,
            capture_output=True,
            text=True,
            check=False,
            env={**HERE, "PLANTED": KEY},
        )
        assert done.returncode == 1
        assert f"the library {provider} {said}" in done.stderr
        assert f'"broadsheet[{provider}]"' in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
def test_another_file_of_a_librarys_name_is_told_as_one(provider: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(f"generator.summarise.models.{provider}.sdk", ModuleType(provider))
    with pytest.raises(Refusal, match=f"the library {provider} cannot be used") as raised:
        doors.opened(ModelChoice(provider, "any", key_from="K"), {"K": KEY}, Path())
    assert f"{provider}.py of your own" in raised.value.hint
