"""What benchmarks measure is what was spent, and what they tell hides nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import build, steps, summariser, tables
from benchmarks.cases import CASES, NAMES, Measured, Run
from benchmarks.measuring import MIB, Cost
from benchmarks.serve import Seen

ROOT = Path(__file__).parent.parent
# A command whose child outlives it, and works and holds memory as it does.
ORPHANED = """
import os, time
def work():
    held = bytearray(60_000_000)
    while time.process_time() < 0.25: pass
if os.fork() == 0:
    time.sleep(0.05)
work()
"""
MEASURE = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from benchmarks.measuring import FailedError, measured
try:
    print(json.dumps(asdict(measured(sys.argv[2:], Path(sys.argv[1]), {"TZ": "UTC"}))))
except FailedError as error:
    sys.exit(str(error))
"""


def cost(cpu: float, wall: float | None = None, largest: int = 90) -> Cost:
    return Cost(wall or cpu, cpu, largest * MIB, 2 * largest * MIB)


def measure(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Measure in a process of its own: it waits for whatever children there are."""
    called = [sys.executable, "-c", MEASURE, str(folder), *command]
    return subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="orphans come to who asks for them on Linux alone")
def test_what_outlives_a_command_is_counted_too(tmp_path: Path):
    done = measure(tmp_path, sys.executable, "-c", ORPHANED)
    spent = json.loads(done.stdout)
    assert 0.48 < spent["cpu"] < 1.5
    assert 60 * MIB < spent["largest"] < 120 * MIB
    assert spent["together"] > 1.5 * 60_000_000
    assert spent["wall"] > 0.1


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path: Path):
    done = measure(tmp_path, sys.executable, "-c", "print('no such article'); raise SystemExit(3)")
    assert done.returncode == 1
    assert "ended with 3" in done.stderr
    assert "no such article" in done.stderr


@pytest.mark.parametrize(
    ("value", "must", "aim", "word"),
    [
        (0.09, 0.1, 0.05, "must reached"),
        (0.05, 0.1, 0.05, "aim reached"),
        (0.11, 0.1, 0.05, "**MUST MISSED**"),
        (0.11, 0.1, None, "**MUST MISSED**"),
        (0.1, 0.1, None, "must reached"),
        (2.1, None, 2.0, "aim missed"),
        (2.0, None, 2.0, "aim reached"),
    ],
)
def test_a_verdict_says_what_was_reached(value: float, must: float | None, aim: float | None, word: str):
    assert tables.Verdict("x", value, must, aim).word == word


RUNS = (
    Run("broadsheet", "cold", 1, cost(40, 22, 300)),
    Run("broadsheet", "cold", 2, cost(44, 20, 290)),
    Run("hugo", "cold", 1, cost(10, 8)),
    Run("hugo", "cold", 2, cost(11, 6)),
    Run("pelican", "cold", 1, cost(60, 50)),
    Run("broadsheet", "text", 1, cost(0.9, 0.7)),
    Run("broadsheet", "template", 1, cost(4.0, 2.0)),
    Run("hugo", "deleted", 1, cost(10), seen=False),
    Run("eleventy", "text", 1, failed="node cmd.cjs\nended with 1:\nTypeError: no such page"),
)


def test_ours_is_held_against_the_least_of_the_others():
    small = Measured(1000, (Run("broadsheet", "cold", 1, cost(3.0, 2.5, 80)),), {})
    found = tables.verdicts(Measured(10_000, RUNS, {}), [small], {10_000: Seen(280, 200, browser=True)})
    told = {one.what: (round(one.value, 3), one.word) for one in found}
    assert told == {
        "text: CPU in full builds of Hugo": (0.09, "must reached"),
        "text: wall in full builds of Hugo": (0.117, "**MUST MISSED**"),
        "template: CPU in full builds of Hugo": (0.4, "aim reached"),
        "template: wall in full builds of Hugo": (0.333, "aim reached"),
        "cold: wall in full builds of Pelican": (0.4, "must reached"),
        "cold: wall in full builds of Hugo": (3.333, "aim missed"),
        "memory of the largest process, MiB": (300, "must reached"),
        "growth of cold: CPU, 1,000 to 10,000 articles, times linear": (1.333, "**MUST MISSED**"),
        "growth of cold: wall, 1,000 to 10,000 articles, times linear": (0.8, "aim reached"),
        "growth of memory, 1,000 to 10,000 articles, times linear": (0.375, "aim reached"),
        "serve: a save seen in a browser at 10,000 articles, ms": (280, "must reached"),
    }


def test_the_table_of_costs_hides_nothing():
    said = "\n".join(tables.costs(Measured(10_000, RUNS, {}), ["broadsheet", "hugo", "pelican", "eleventy"]))
    assert "| Broadsheet | 40.00 | 20.00 | 300 | 600 | 10%, 10% |" in said
    assert "one run, one run; its page stays |" in said
    assert "| Eleventy | fails: TypeError: no such page |" in said


def test_what_the_issue_asks_of_a_case_has_a_limit():
    assert {case.name for case in CASES if case.asked} <= {limit.case for limit in tables.LIMITS}
    assert {limit.case for limit in tables.LIMITS} <= set(NAMES)


def test_tables_are_put_into_the_marked_place_alone(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n\n{build.BEGIN}\nold\n{build.END}\n\nAfter.\n")
    for text in ("| new |", "| newer |"):
        build.put(page, text)
        assert page.read_text() == f"# Before\n\n{build.BEGIN}\n\n{text}\n\n{build.END}\n\nAfter.\n"
    page.write_text("# Nothing marked\n")
    with pytest.raises(SystemExit, match="has no place"):
        build.put(page, "| new |")
    assert build.BEGIN in (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")


def test_each_step_names_rooms_that_are_there():
    rooms = {room for _, names in steps.ROOMS for room in names if room.startswith("generator.")}
    places = [ROOT.joinpath(*room.split(".")) for room in sorted(rooms)]
    assert [place for place in places if not (place.is_dir() or place.with_suffix(".py").is_file())] == []
    assert set(steps.BUDGET) - {"whole brief"} <= {step for step, _ in steps.ROOMS}


# What rouge-score gives, by shares of words alone: it is no dependency of ours.
ROUGE = """
from collections import namedtuple
Score = namedtuple("Score", "precision recall fmeasure")
class RougeScorer:
    def __init__(self, rouge_types, use_stemmer=False):
        self.types = rouge_types
    def score(self, target, prediction):
        told, said = set(target.split()), set(prediction.split())
        both = len(told & said)
        exact, whole = both / max(1, len(said)), both / max(1, len(told))
        return {name: Score(exact, whole, 2 * both / max(1, len(told) + len(said))) for name in self.types}
"""
TOLD = """
import json, sys
told = json.load(sys.stdin)["article"]["sentences"]
line = lambda text: {"text": text, "evidence": [{"id": told[2]["id"], "text": ""}]}
said = line(told[2]["text"]), line("The mayor was jailed for 12 years.")
print(json.dumps({"brief": {"summary": said}}))
"""


@pytest.mark.usefixtures("no_loop")
def test_summaries_of_a_sites_model_are_measured_beside_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    second = "The plan passed by three votes to two."
    rows = [
        {
            "id": name,
            "title": f"{name} builds",
            "article": f"{name} builds a hall.\n{second}",
            "reference": second,
        }
        for name in ("Corvane", "Halden")
    ]
    (tmp_path / "rouge_score").mkdir()
    (tmp_path / "rouge_score" / "__init__.py").write_text("")
    (tmp_path / "rouge_score" / "rouge_scorer.py").write_text(ROUGE)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "mine.py").write_text(TOLD)
    mine = json.dumps({"command": [sys.executable, "-I", "-S", "mine.py"], "model": "mine", "retry": 0})
    (tmp_path / "config.yaml").write_text(f"title: T\nurl: https://t.example/\nsummariser: {mine}\n")
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    read = summariser.rows_of(tmp_path / "rows.jsonl")
    found = summariser.report(read, 60, cross_validate=False, site=tmp_path)
    assert found["scores"]["mine, summary"]["all"] == [100.0, 100.0, 100.0]
    assert 0 < found["scores"]["lead-3, raw"]["all"][0] < 100
    assert found["dropped"] == {"number": 2}
    (tmp_path / "mine.py").unlink()  # what it answered is kept
    assert summariser.report(read, 60, cross_validate=False, site=tmp_path)["dropped"] == {"number": 2}
    assert "mine, summary" in summariser.table(found)


def test_no_model_is_asked_for_what_cannot_be_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "rows.jsonl").write_text('{"article": "Corvane builds.", "reference": "Corvane builds."}')
    monkeypatch.setattr(
        sys, "argv", ["summariser.py", str(tmp_path / "rows.jsonl"), "--summariser", "nowhere"]
    )
    monkeypatch.setitem(sys.modules, "rouge_score", None)
    with pytest.raises(SystemExit, match="rouge-score"):
        summariser.main()


@pytest.mark.deep
def test_a_whole_run_of_ours_sees_every_change(tmp_path: Path):
    """Each case, its change looked for in the output; the steps; a save that is served."""
    out = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.build", "--n", "100", "--rounds", "2", "--growth"]
    command += ["--peers", "broadsheet", "--workdir", str(tmp_path / "work"), "--json", str(out)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text())
    runs = found["measured"]["runs"]
    assert {(run["case"], run["round"]) for run in runs} == {(name, n) for name in NAMES for n in (1, 2)}
    assert [run for run in runs if run["failed"] or not run["seen"]] == []
    assert found["measured"]["made"]["broadsheet"]["pages"] > 100
    assert sum(step["milliseconds"] for step in found["steps"] if not step["inner"]) > 1
    assert found["served"]["100"]["milliseconds"] > 0
