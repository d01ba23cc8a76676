"""broadsheet brief and build where a site chose a model: files, caches, money, keys."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import reports
from generator.cache import digest
from generator.config import read as read_config
from generator.model import ModelChoice
from generator.problems import InvalidSource
from generator.reports.sources import excerpts
from generator.summarise.models.asking import REASONS, key
from tests.building import build_site, tree, write_site
from tests.making import an_article
from tests.running import run
from tests.standin import Act, StandIn, line, told

pytestmark = pytest.mark.usefixtures("no_loop")

KEY = "sk-planted-0123456789abcdef-42"
CONFIG = """\
title: The Test Sheet
url: https://news.example/sheet/
search: false
author: Ada Moreno
summariser:
"""
TEXT = """\
---
title: {title}
date: 2026-11-{day}
---

{title} will borrow $2.3 billion for a hall at Llano Verde. It opens in May 2027, said Jonas Ekdahl, its chief
executive. The county approved the plan on Sunday evening, by three votes to two. Two other companies have asked
the county for the same terms. Between them they want 650 megawatts. The county is not going to grant them before 2028.
"""
NAMES = {"a": "Corvane", "b": "Brightwater", "c": "Halden"}


def answer(sentences: dict[str, str], _number: int = 0) -> Act:
    """A sound brief with one line that is not: 900 megawatts."""
    name = sentences["s0"]
    return Act(
        told(
            summary=[line(f"{name} will borrow $2.3 billion for a hall.", "s1")],
            key_points=[
                line("The county approved the plan by three votes to two.", "s3"),
                line("Two other companies want 900 megawatts.", "s5"),
            ],
            people=[{"name": "Jonas Ekdahl", "role": "its chief executive"}],
        )
    )


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    with StandIn(answer) as made:
        yield made


def config(url: str, **more: Any) -> str:
    keys = {"use": "openai", "model": "model-test", "base_url": f"{url}/v1", "key_from": "PLANTED", **more}
    return CONFIG + "".join(f"  {name}: {json.dumps(value)}\n" for name, value in keys.items())


def a_site(folder: Path, settings: str) -> Path:
    days = zip(NAMES.items(), (21, 22, 23), strict=True)
    articles = {f"content/{path}.md": TEXT.format(title=name, day=day) for (path, name), day in days}
    return write_site(folder, {"config.yaml": settings, **articles})


def published(site: Path, name: str = "a") -> Any:
    return json.loads((site / "site" / "2026" / "11" / name / "brief.json").read_text(encoding="utf-8"))[
        "brief"
    ]


def files(site: Path) -> list[str]:
    return [name for name in tree(site / "content") if name.endswith(".brief.yaml")]


# ------------------------------------------------------------------------------- from asking to the page


def test_briefs_are_written_built_edited_and_checked_and_the_key_is_nowhere(
    tmp_path: Path, stand_in: StandIn
):
    site = a_site(tmp_path, config(stand_in.url, prices={"input": 1, "output": 5}))
    done = run("brief", "--all", cwd=site, PLANTED=KEY)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "model-test wrote 3 briefs: 6 calls, 7,200 tokens sent, 1,800 answered, cost 0.02" in done.stderr
    assert 'content/a.md: key_points: number: "Two other companies want 900 megawatts."' in done.stderr
    assert files(site) == ["a.brief.yaml", "b.brief.yaml", "c.brief.yaml"]
    assert [seen.headers["authorization"] for seen in stand_in.seen] == [f"Bearer {KEY}"] * 6

    stand_in.__exit__()  # from here on nobody could be asked
    again = run("brief", "--all", cwd=site)
    assert "Nothing to write" in again.stderr
    assert run("brief", "--check", "--all", cwd=site).returncode == 0
    report = build_site(site)
    assert (dict(report.models), dict(report.dropped)) == ({"model-test": 3}, {"number": 3})
    brief = published(site)
    assert (brief["summary"][0]["text"], brief["summary"][0]["kind"], brief["summary"][0]["writer"]) == (
        "Corvane will borrow $2.3 billion for a hall.",
        "generated",
        "model-test",
    )
    assert {it["context"]["writer"] for it in brief["key_figures"]} == {"extractive 4"}
    assert brief["model"] == {"name": "model-test", "dropped": {"number": 1}}
    page = (site / "site" / "2026" / "11" / "a" / "index.html").read_text(encoding="utf-8")
    byline = "Brief by model-test, figures and dates by extractive 4, words and numbers of each line checked "
    assert f"{byline}against the article: six lines, four verbatim, two generated." in page
    assert page.count(">by a model<") == 2
    assert "One line of model-test was dropped: one for its number." in page
    assert "900 megawatts" not in page

    # A person's words win over the model's, line by line, and so they do without a cache.
    file = site / "content" / "a.brief.yaml"
    text = file.read_text(encoding="utf-8")
    mine = text.replace(
        "  - text: The county approved the plan by three votes to two.",
        "  - The plan has the county’s approval.\n  - text: The county approved the plan by three votes to two.",
    )
    assert mine != text
    file.write_text(mine, encoding="utf-8")
    build_site(site)
    points = published(site)["key_points"]
    assert [(it["kind"], it["writer"]) for it in points] == [
        ("edited", "Ada Moreno"),
        ("generated", "model-test"),
    ]
    assert published(site)["summary"][0]["writer"] == "model-test"
    assert "key points edited by Ada Moreno" in published(site)["byline"]
    first = tree(site / "site")
    for path in sorted((site / ".cache").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    build_site(site)
    assert tree(site / "site") == first

    everything = (
        b"".join(tree(site).values()) + "".join(it.stdout + it.stderr for it in (done, again)).encode()
    )
    assert KEY.encode() not in everything
    assert b"sk-planted" not in everything


def test_a_key_that_is_told_back_is_told_nobody(tmp_path: Path):
    def play(_sentences: dict[str, str], _number: int) -> Act:
        return Act(status=401, said=f"Incorrect API key provided: {KEY[:10]}***cdef-42, or {KEY}")

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url))
        for arguments in (("brief", "--all"), ("brief", "--all", "--json")):
            done = run(*arguments, cwd=site, PLANTED=KEY)
            assert done.returncode == 1
            assert "401" in done.stdout + done.stderr
            assert "sk-planted" not in done.stdout + done.stderr
    assert b"sk-planted" not in b"".join(tree(site).values())
    assert files(site) == []


# ------------------------------------------------------------------------------ a program of one's own

PROGRAM = """\
import json, sys, time
told = json.load(sys.stdin)["article"]
MARK = {mark!r}
if told["title"] == MARK:
    {does}
line = lambda text, *ids: {{"text": text, "evidence": [{{"id": name, "text": ""}} for name in ids], "kind": "generated", "check": "verified"}}
name = told["title"]
brief = {{
    "headline": line(name + " will borrow $2.3 billion", "s1"),
    "summary": [line(told["sentences"][3]["text"], "s3")],
    "why_it_matters": None,
    "key_points": [line("Two other companies have asked the county for the same terms.", "s4")],
    "key_figures": [{{"value": "650", "unit": "megawatts", "context": line("they want 650 megawatts", "s5")}}],
    "people": [{{"name": "Jonas Ekdahl", "count": 1, "role": "", "evidence": []}}],
    "organisations": [], "places": [], "names": [],
    "quotes": [], "dates": [{{"as_written": "May 2027", "iso": "1999-01", "line": line("It opens in May 2027", "s2")}}],
    "whats_next": [line("The county is not going to grant them before 2028.", "s6")],
    "topics": [], "byline": "mine", "coverage": {{"words_in": 1, "words_out": 1, "boilerplate": []}},
}}
print(json.dumps({{"$schema": "", "version": 1, "article": {{}}, "brief": brief}}))
"""


def with_program(folder: Path, mark: str = "", does: str = "pass", **more: Any) -> Path:
    keys = {"command": [sys.executable, "-I", "-S", "mine.py"], "model": "mine 2", **more}
    settings = CONFIG + "".join(f"  {name}: {json.dumps(value)}\n" for name, value in keys.items())
    site = a_site(folder, settings)
    (site / "mine.py").write_text(PROGRAM.format(mark=mark, does=does), encoding="utf-8")
    return site


def test_a_program_writes_briefs_of_the_published_schema(tmp_path: Path):
    site = with_program(tmp_path)
    done = run("brief", "--all", "--json", cwd=site)
    data = json.loads(done.stdout)
    assert (done.returncode, data["ok"], data["model"]["briefs"], data["model"]["dropped"]) == (
        0,
        True,
        3,
        [],
    )
    build_site(site)
    brief = published(site)
    assert brief["headline"]["text"] == "Corvane will borrow $2.3 billion"
    assert (brief["summary"][0]["kind"], brief["summary"][0]["writer"]) == ("verbatim", "mine 2")
    assert brief["dates"][0]["iso"] == "2027-05"  # by rule: a program's word is not asked for
    assert brief["key_figures"][0]["value"] == "650"


@pytest.mark.parametrize(
    ("does", "more", "said"),
    [
        ("sys.exit('no more paper')", {}, "it ended with 1: no more paper"),
        ("time.sleep(30)", {"timeout": 1}, "no answer within 1 s"),
        ("print('{'); sys.exit()", {}, "its answer was no JSON"),
        ("print('{}'); sys.exit()", {}, "its answer did not fit the schema: brief is missing"),
        ("[print('x' * 1_000_000) for _ in range(2_000)]", {}, "it printed more than 4,194,304 bytes"),
    ],
    ids=["error", "hangs", "broken", "schema", "large"],
)
def test_a_program_that_fails_for_one_article_is_told_and_the_others_are_written(
    tmp_path: Path, does: str, more: dict[str, Any], said: str
):
    site = with_program(tmp_path, "Halden", does, retry=0, **more)
    done = run("brief", "content/b.md", "content/c.md", cwd=site) if "timeout" not in more else hurried(site)
    assert done.returncode == 0
    assert f"content/c.md: {said}" in done.stderr
    settled = (
        "its answer" in said
    )  # asking again would bring the same: the embedded summariser's brief stands
    assert files(site) == (["b.brief.yaml", "c.brief.yaml"] if settled else ["b.brief.yaml"])


def hurried(site: Path) -> subprocess.CompletedProcess[str]:
    """Call the command without its pauses between tries."""
    code = (
        "import sys; from generator.summarise.models import writing; writing.PAUSES = ();"
        "from generator.__main__ import main; sys.argv = ['broadsheet', 'brief', 'content/b.md', 'content/c.md']; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )


@pytest.mark.parametrize(
    "wrong", [f"key_from: {KEY}", f"api_key: {KEY}", f"base_url: http://me:{KEY}@localhost/v1"]
)
def test_a_key_that_stands_in_a_config_is_refused_and_not_shown(tmp_path: Path, wrong: str):
    site = write_site(tmp_path, {"config.yaml": f"{CONFIG}  use: openai\n  {wrong}\n"})
    with pytest.raises(InvalidSource) as raised:
        read_config(site)
    (problem,) = raised.value.problems
    told = reports.told([problem], excerpts(site), 100)
    assert "sk-planted" not in f"{problem}{''.join(told)}"
    assert problem.line == 7


def test_a_site_is_built_with_its_briefs_written_first(tmp_path: Path):
    site = with_program(
        tmp_path, "Corvane", "told['sentences'][3]['text'] = 'It opens in May 2031.'", retry=0
    )
    build_site(site)
    assert (published(site)["byline"], files(site)) == ("extractive 4", [])  # a build asks nobody
    done = run("build", "--write-briefs", cwd=site)
    assert done.returncode == 0, done.stderr
    assert "mine 2 wrote 3 briefs: 3 calls" in done.stderr
    assert "Briefs: 3 by mine 2; lines of models dropped: number 1" in done.stderr
    assert published(site, "b")["summary"][0]["writer"] == "mine 2"
    assert published(site)["summary"][0]["writer"] == "extractive 4"
    (site / "mine.py").unlink()
    assert (
        "mine 2 was not asked: no article waits for its brief"
        in run("build", "--write-briefs", cwd=site).stderr
    )


@pytest.mark.parametrize(("on_failure", "built"), [("extractive", True), ("error", False)])
def test_who_cannot_be_asked_stops_a_build_only_if_the_site_says_so(
    tmp_path: Path, on_failure: str, built: bool
):
    site = with_program(tmp_path, command=["no-such-program"], on_failure=on_failure)
    done = run("build", "--write-briefs", cwd=site)
    assert done.returncode == 1
    assert (site / "site").exists() == built
    assert "no-such-program cannot be run" in done.stderr


def test_a_program_that_is_not_there_is_told_at_once(tmp_path: Path):
    site = with_program(tmp_path, command=["no-such-program"])
    done = run("brief", "--all", cwd=site)
    assert done.returncode == 1
    assert "no-such-program cannot be run: No such file or directory" in done.stderr
    assert files(site) == []


@pytest.mark.parametrize("on_failure", ["extractive", "error"])
def test_one_failure_of_many_fails_the_command_only_if_the_site_says_so(tmp_path: Path, on_failure: str):
    site = with_program(tmp_path, "Halden", "sys.exit(3)", on_failure=on_failure)
    done = run("brief", "--all", cwd=site)
    assert done.returncode == (1 if on_failure == "error" else 0)
    assert files(site) == ["a.brief.yaml", "b.brief.yaml"]  # what is done is kept


# ------------------------------------------------------------------------------------- money, resumption


def test_a_dry_run_says_what_it_would_take_and_needs_no_key(tmp_path: Path, stand_in: StandIn):
    site = a_site(tmp_path, config(stand_in.url, prices={"input": 1000, "output": 5000}))
    done = run("brief", "--all", "--dry-run", "--json", cwd=site)
    data = json.loads(done.stdout)
    assert (done.returncode, data["calls"], data["calls_at_most"]) == (0, 3, 24)
    assert data["cost"] == pytest.approx(data["tokens_in"] / 1000 + 5 * data["tokens_out"] / 1000)
    assert 3 * 800 < data["tokens_in"] < 3 * 3000
    words = run("brief", "--all", "--dry-run", cwd=site).stdout
    assert words.startswith("model-test would be asked for 3 briefs: 3 calls, 24 at most, ")
    assert (len(stand_in.seen), files(site)) == (0, [])


def test_a_bound_stops_a_run_and_the_next_goes_on_with_the_rest(tmp_path: Path):
    site = with_program(tmp_path, concurrency=1)
    first = run("brief", "--all", "--max-calls", "2", cwd=site)
    assert first.returncode == 0
    assert "Stopped: max_calls: 2 calls are made. Left for the next run: 1 article" in first.stderr
    assert files(site) == ["b.brief.yaml", "c.brief.yaml"]  # the newest come first
    second = run("brief", "--all", cwd=site)
    assert "mine 2 wrote 1 brief: 1 call" in second.stderr
    assert len(files(site)) == 3


# --------------------------------------------------------------------------------------- the cache, a file


def test_a_kept_answer_is_built_without_its_file_and_one_that_came_later_too(tmp_path: Path):
    site = with_program(tmp_path)
    build_site(site)
    assert published(site)["byline"] == "extractive 4"
    run("brief", "--all", cwd=site)
    for name in files(site):
        (site / "content" / name).unlink()
    build_site(site)  # the pieces of the first build wait for an answer, and one is there now
    assert published(site)["summary"][0]["writer"] == "mine 2"
    feed = (site / "site" / "feed.xml").read_text(encoding="utf-8")
    assert "<title>Corvane will borrow $2.3 billion</title>" in feed  # what the feed remembered, too
    (site / "mine.py").unlink()  # and nobody need be asked to have the files back
    done = run("brief", "--all", cwd=site)
    assert (done.returncode, len(files(site))) == (0, 3), done.stderr


def test_a_text_that_changed_keeps_what_still_stands_and_is_asked_for_again(tmp_path: Path):
    site = with_program(tmp_path)
    run("brief", "content/a.md", cwd=site)
    text = (site / "content" / "a.md").read_text(encoding="utf-8")
    (site / "content" / "a.md").write_text(
        text.replace("three votes to two", "four votes to one"), encoding="utf-8"
    )
    build_site(site)
    brief = published(site)
    assert brief["summary"][0]["writer"] == "extractive 4"  # its sentence is gone
    assert brief["key_points"][0]["writer"] == "mine 2"
    stale = json.loads(run("brief", "--check", "--json", cwd=site).stdout)
    assert [problem["code"] for problem in stale["problems"]] == ["stale-brief"]
    done = run("brief", "--changed", cwd=site)
    assert "mine 2 wrote 1 brief: 1 call" in done.stderr
    build_site(site)
    assert "four votes to one" in published(site)["summary"][0]["text"]


def test_a_current_brief_is_asked_for_anew_only_with_again(tmp_path: Path):
    site = with_program(tmp_path)
    run("brief", "content/a.md", cwd=site)
    (site / "mine.py").write_text(
        PROGRAM.format(mark="", does="pass").replace("for the same terms.", "for the same."), encoding="utf-8"
    )
    assert "Nothing to write" in run("brief", "content/a.md", cwd=site).stderr
    done = run("brief", "content/a.md", "--again", cwd=site)
    assert "mine 2 wrote 1 brief" in done.stderr
    assert "asked the county for the same.\n" in (site / "content" / "a.brief.yaml").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--check", "--again"), 2), (("--dry-run",), 2), (("--all", "--max-cost", "3"), 1)],
)
def test_what_cannot_be_is_refused(tmp_path: Path, arguments: tuple[str, ...], code: int):
    assert run("brief", *arguments, cwd=with_program(tmp_path)).returncode == code


def test_a_site_without_a_model_has_nobody_to_ask(tmp_path: Path):
    site = a_site(tmp_path, CONFIG.replace("summariser:", "summariser: extractive"))
    for arguments in (("brief", "--all", "--dry-run"), ("build", "--write-briefs")):
        done = run(*arguments, cwd=site)
        assert done.returncode == 1
        assert "chooses no model" in done.stderr


# ------------------------------------------------------------------------------------ what is documented

PAGE = (Path(__file__).parent.parent / "docs" / "models.md").read_text(encoding="utf-8")
FENCED = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_settings_that_are_documented_are_valid(tmp_path: Path):
    examples = [text for text in FENCED if text.startswith("summariser:")]
    assert len(examples) == 6
    head = CONFIG.replace("summariser:\n", "")
    for number, text in enumerate(examples):
        files = {"config.yaml": f"{head}{text}", "prompts/brief.txt": "version: 3\nWrite."}
        assert read_config(write_site(tmp_path / str(number), files)).config.model is not None


@pytest.mark.parametrize(
    ("wrong", "prompt", "code", "hint"),
    [
        ("command: python3 mine.py", "Write.", "wrong-type", "[python3, summarise.py]"),
        ("command: []", "Write.", "empty-value", "command: [my-summariser]"),
        ('use: openai\n  model: "gpt\\u202e-5"', "Write.", "wrong-value", "by hand"),
        ("use: openai\n  prompt: p.txt", " \n", "empty-value", ""),
        ("use: openai\n  prompt: p.txt", "version: 3\n\n", "empty-value", ""),
        ("use: openai\n  prompt: q.txt", "Write.", "missing-prompt", ""),
    ],
)
def test_settings_that_ask_nobody_anything_are_told(
    tmp_path: Path, wrong: str, prompt: str, code: str, hint: str
):
    site = write_site(tmp_path, {"config.yaml": f"{CONFIG}  {wrong}\n", "p.txt": prompt})
    with pytest.raises(InvalidSource) as raised:
        read_config(site)
    (problem,) = raised.value.problems
    assert (problem.code, hint in problem.hint) == (code, True)


def test_the_workflow_that_is_documented_has_the_rights_it_needs_and_no_more():
    (text,) = (text for text in FENCED if text.startswith("name:"))
    workflow = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- texts alone
    assert workflow["permissions"] == {"contents": "read"}
    job = workflow["jobs"]["write"]
    assert job["permissions"] == {"contents": "write"}
    scripts = [step.get("run", "") for step in job["steps"]]
    assert not [script for script in scripts if "${{" in script]
    assert [step["name"] for step in job["steps"] if "secrets." in str(step)] == ["Write briefs"]
    said = next(script for script in scripts if "broadsheet brief" in script).split()
    assert run(*said[1:], "--dry-run", cwd=Path(__file__).parent / "sites" / "newsroom").returncode == 1


def test_the_reasons_that_are_documented_are_those_that_there_are():
    shown = re.findall(r"^\| `([a-z]+)` \|", PAGE.partition("## The proof")[2], re.MULTILINE)
    assert sorted(shown) == sorted(REASONS)


def test_the_key_of_an_answer_holds_all_that_it_depends_on():
    one = ModelChoice("openai", "model-test")
    others = [
        replace(one, model="other"),
        replace(one, provider="anthropic"),
        replace(one, base_url="http://localhost/v1"),
        replace(one, temperature=1.0),
        replace(one, max_tokens=500),
        replace(one, prompt="version: 2\nWrite."),
        replace(one, prompt="version: 3\nWrite."),
    ]
    it = an_article()
    keys = [key(it, of, digest) for of in (one, *others)]
    keys += [key(an_article("Another title"), one, digest), key(replace(it, lang="de"), one, digest)]
    assert len(set(keys)) == len(keys)
    assert key(it, replace(one, timeout=1, concurrency=9, max_calls=1, key_from="OTHER"), digest) == keys[0]
