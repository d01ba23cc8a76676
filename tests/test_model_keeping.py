"""What is paid for is kept, asked for once, and told as what it is: runs that meet, disks that do not take it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.commands.estimate import estimate, told_estimate
from generator.model import ModelChoice, Prices
from generator.publish.exchange import locked
from generator.summarise import Extractive
from generator.summarise.models import writing
from generator.summarise.models.answers import (
    Answer,
    Misfit,
    Said,
    SaidDate,
    SaidFigure,
    SaidName,
    parsed,
    published,
)
from generator.summarise.models.kept import recalled
from generator.summarise.models.proof import Proven, proven
from tests.running import run
from tests.standin import Act, StandIn, line, told
from tests.test_model_commands import KEY, a_site, answer, config, files
from tests.test_models import GOOD, Memory, article, asked, choice, many

pytestmark = pytest.mark.usefixtures("no_loop")
LIE = "Corvane will buy 53 turbines from Ardent Power."
UNSOUND = Act(told(summary=[line(LIE, "s4")]))
NONE_PASSED = Act(told(summary=[line("The mayor was jailed for 12 years.", "s1")]))


# -------------------------------------------------------------------------- two answers, nothing lost


def said(**fields: object) -> Answer:
    return Answer(**{"summary": (), **fields})


def both(first: Answer, second: Answer) -> Proven:
    return proven(article(), [first, second], Extractive()(article()), "a model")


POWER = Said("Corvane will power its campus at Llano Verde from its own turbines.", ("s1",))
VOTE = Said("The county approved the plan by three votes to two.", ("s3",))
BUYS = Said("Corvane will buy 48 turbines from Ardent Power for $2.3 billion.", ("s4",))
SAME = Said("Corvane will buy 48 turbines from Ardent Power.", ("s4",))
TERMS = Said("Two other companies asked the county for the same terms.", ("s6",))
WANT = Said("Between them they want 650 megawatts.", ("s7",))
GRANT = Said("The county is not going to grant them before 2028.", ("s8",))
FIRST = Said("The first 300 megawatts are due to start in October 2027.", ("s2",))
WRONG = Said(LIE, ("s4",))
MONEY = SaidFigure("$2.3", "billion", "48 turbines at a cost of $2.3 billion", ("s4",))
MEGAWATTS = SaidFigure("650", "megawatts", "they want 650 megawatts", ("s7",))
CHIEF = SaidName("Jonas Ekdahl", "the chief executive of Corvane")


@pytest.mark.parametrize(
    ("field", "first", "second", "stay"),
    [
        ("key_points", (VOTE, TERMS, GRANT), (VOTE,), (VOTE, TERMS, GRANT)),
        ("key_points", (VOTE, TERMS), (GRANT, BUYS), (GRANT, BUYS, VOTE, TERMS)),
        ("key_points", (BUYS, VOTE), (SAME,), (SAME, VOTE)),  # in other words it is the same
        ("key_points", (POWER, VOTE, BUYS), (TERMS, WANT, GRANT, FIRST), (TERMS, WANT, GRANT, FIRST, POWER)),
        ("summary", (POWER, VOTE), (TERMS,), (TERMS, POWER)),
        ("key_figures", (MONEY, MEGAWATTS), (MEGAWATTS,), (MEGAWATTS, MONEY)),
        ("people", (CHIEF,), (SaidName("Jonas Ekdahl"),), (CHIEF,)),
        ("topics", ("turbines", "county"), ("County",), ("On-site power", "County", "turbines")),
    ],
)
def test_what_passed_of_both_answers_stays(
    field: str, first: tuple[object, ...], second: tuple[object, ...], stay: tuple[object, ...]
):
    made = both(said(**{field: first}), said(**{field: second}))
    shown = {"key_figures": lambda it: (it.value, it.unit), "people": lambda it: (it.name, it.role)}
    read = shown.get(field, lambda it: getattr(it, "text", it))
    assert [*map(read, getattr(made.brief, field))] == [*map(read, stay)]
    assert made.drops == ()


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((VOTE, WRONG), (VOTE,), 1),  # mended by leaving it out: it was said all the same
        ((VOTE, WRONG), (VOTE, WRONG), 1),
        ((VOTE, WRONG), (VOTE, Said("Corvane will buy 54 turbines from Ardent Power.", ("s4",))), 2),
        ((VOTE, replace(BUYS, evidence=("s99",))), (VOTE, BUYS), 0),  # it is printed now
    ],
)
def test_a_line_that_was_dropped_of_either_counts_once(
    first: tuple[Said, ...], second: tuple[Said, ...], count: int
):
    made = both(said(key_points=first), said(key_points=second))
    assert (len(made.drops), sum(dict(made.brief.proof.dropped).values())) == (count, count)


def test_the_dates_that_the_rules_found_pass_when_they_are_told_back():
    of = article(paragraphs=(("The port handled 1.3 million containers in 2025, which was a record.",),))
    base = Extractive()(of)
    again = tuple(SaidDate(it.text, it.line.text, it.line.evidence) for it in base.dates)
    assert [it.as_written for it in again] == ["2025"]
    made = proven(of, [said(dates=again)], base, "a model")
    assert (made.drops, [it.iso for it in made.brief.dates]) == ((), ["2025"])


@pytest.mark.parametrize("mark", ["", "\ufeff", " \ufeff\n"])
def test_the_mark_of_an_encoding_is_no_part_of_an_answer(mark: str):
    assert isinstance(parsed(mark + GOOD), Answer)
    assert isinstance(published(mark + json.dumps({"brief": {"summary": []}})), Answer)


@pytest.mark.parametrize(
    ("brief", "where"),
    [
        ({}, "summary is missing"),
        ({"summary": [{"evidence": []}]}, "summary.0.text is missing"),
        ({"summary": [{"text": "x", "evidence": [{"text": "y"}]}]}, "summary.0.evidence.0 is no text"),
        ({"summary": "x"}, "summary is no list"),
        ({"summary": [], "dates": [{"as_written": "May", "line": {}}]}, "dates.0.line is no text"),
        ({"summary": [], "dates": [{"as_written": "May"}]}, "dates.0.line is missing"),
        ({"summary": [], "key_figures": [{"context": "x"}]}, "key_figures.0.value is missing"),
        ({"summary": [], "quotes": ["x"]}, "quotes.0 is no object"),
        ([], "brief is no object"),
    ],
)
def test_what_of_a_programs_brief_does_not_fit_is_named(brief: object, where: str):
    assert published(json.dumps({"brief": brief})) == Misfit("schema", where)
    assert published(json.dumps(brief)) == Misfit("schema", "brief is missing")


# ------------------------------------------------------------------------------------ what was paid for


@pytest.mark.parametrize("worse", [Act(ended="refused"), Act('{"broken'), NONE_PASSED])
def test_a_good_answer_is_not_lost_to_a_worse_one(worse: Act):
    memory = Memory()
    with StandIn(lambda _sentences, number: worse if number else Act(GOOD)) as stand_in:
        asked(stand_in, "openai", memory=memory)
        (outcome,) = asked(stand_in, "openai", memory=memory).outcomes
    assert outcome.fault
    kept = recalled(article(), choice("openai", stand_in.url), memory)
    assert kept
    assert (kept.fault, len(kept.answers)) == ("", 1)
    assert proven(article(), kept.answers, Extractive()(article()), kept.model).passed


@pytest.mark.parametrize(
    ("bounds", "calls", "at_most"),
    [
        ({}, 2, 16),
        ({"max_calls": 3}, 2, 3),
        ({"max_calls": 1}, 1, 1),
        ({"max_calls": 0}, 0, 0),
        ({"max_cost": 0.02}, 1, 16),  # a second one could pass it
        ({"max_cost": 0.001}, 0, 0),  # each could alone
        ({"max_calls": 3, "max_cost": 0.02}, 1, 3),
    ],
    ids=str,
)
def test_at_most_is_a_most(bounds: dict[str, float], calls: int, at_most: int):
    """Each question fails three times and is lost, each answer holds a lie: nothing could take more."""
    lost = Act(raw="<html>", headers={"content-type": "text/html"})
    of = [article(), article(slug="b", id="b", path="b.md")]
    keys = {"prices": Prices(1, 5), "concurrency": 1, "max_tokens": 2500, **bounds}
    with StandIn(lambda _sentences, number: UNSOUND if number % 4 == 3 else lost) as stand_in:
        taken = asked(stand_in, "openai", *of, **keys).budget
        data = estimate(of, choice("openai", stand_in.url, **keys))
    assert (data["calls"], data["calls_at_most"], data["left"]) == (calls, at_most, 2 - calls)
    assert taken.calls <= at_most
    assert bounds or taken.calls == at_most
    assert taken.tokens_in <= data["tokens_in_at_most"]
    assert taken.tokens_out <= data["tokens_out_at_most"]
    assert taken.cost <= data["cost_at_most"] <= bounds.get("max_cost", 1)
    for name in ("calls", "tokens_in", "tokens_out", "cost"):
        assert data[name] <= data[f"{name}_at_most"]
    words = told_estimate(data)
    assert (
        ("1 of 2 briefs: 1 call, " in words) == ("max_calls or max_cost: 1 article" in words) == (calls == 1)
    )


def test_where_nothing_may_be_spent_nothing_is_asked_and_nothing_fails():
    with StandIn(lambda _sentences, _number: Act(GOOD)) as stand_in:
        ended = asked(stand_in, "openai", *many(2), prices=Prices(1, 1), max_cost=0.0)
    assert (ended.why, ended.outcomes, len(ended.left), stand_in.seen) == ("spent", [], 2, [])


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
def test_what_a_library_would_log_is_not_told(provider: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    for name in (provider, "httpx2", "httpcore2"):
        caplog.set_level(logging.DEBUG, logger=name)  # as OPENAI_LOG=debug has it
    with StandIn(lambda _sentences, _number: Act(GOOD)) as stand_in:
        assert asked(stand_in, provider).outcomes[0].brief
    assert [it.name for it in caplog.records if not it.name.startswith("asyncio")] == []


# ---------------------------------------------------------------------------------- as a command tells it


def refused(site: Path, _at: StandIn) -> None:
    run("brief", "content/a.md", cwd=site, PLANTED=KEY)


def answered(site: Path, at: StandIn) -> None:
    """Ask in vain, and lose the file, if there is one."""
    refused(site, at)
    for name in files(site):
        (site / "content" / name).unlink()


def plain_file(site: Path, _at: StandIn) -> None:
    (site / ".cache").write_text("")


def no_records(site: Path, _at: StandIn) -> None:
    (site / ".cache").mkdir()
    (site / ".cache" / "records").write_text("")


def bare(site: Path, _at: StandIn) -> None:
    text = (site / "content" / "a.md").read_text(encoding="utf-8")
    (site / "content" / "a.md").write_text(text.rpartition("---")[0] + "---\n", encoding="utf-8")


def nothing(_site: Path, _at: StandIn) -> None:
    pass


CALLS: dict[str, tuple[Callable[[Path, StandIn], None], list[Act | None], list[str], int, int, bool, str]] = {
    # before, answers (None is a good one), more arguments, exit code, calls, a file is there, words
    "a plain file for a cache": (plain_file, [None], [], 1, 0, False, "nobody was asked"),
    "records that cannot be": (no_records, [None], [], 0, 1, True, "model-test wrote 1 brief: 1 call"),
    "nothing passed": (nothing, [NONE_PASSED], [], 1, 2, True, "no line of its answer passed (extractive)"),
    "refused again": (
        refused,
        [None, Act(ended="refused")],
        ["--again"],
        1,
        2,
        True,
        "the model refused (its earlier brief stays)",
    ),
    "refused before, which is an error": (
        refused,
        [Act(ended="refused")],
        [],
        1,
        1,
        False,
        "content/a.md: the model refused, when it was last asked (not written)",
    ),
    "unproved before, which is an error": (
        refused,
        [NONE_PASSED],
        [],
        1,
        2,
        False,
        "content/a.md: no line of its answer passed, when it was last asked (not written)",
    ),
    "refused before, and asked anew, which is an error": (
        refused,
        [Act(ended="refused"), None],
        ["--again"],
        0,
        2,
        True,
        "model-test wrote 1 brief: 1 call",
    ),
    "answered before, which is an error": (answered, [None], [], 0, 1, True, "Wrote content/a.brief.yaml"),
    "no money": (
        nothing,
        [None],
        ["--max-cost", "0"],
        0,
        0,
        False,
        "Stopped: max_cost: nothing may be spent",
    ),
    "a title alone": (bare, [None], [], 0, 0, True, "Wrote content/a.brief.yaml"),
    "a key that is wanted": (
        nothing,
        [Act(status=401, said="no")],
        [],
        1,
        1,
        False,
        "name the variable that holds one as summariser.key_from",
    ),
}


@pytest.mark.parametrize("call", CALLS)
def test_what_came_of_it_is_told_as_it_is(tmp_path: Path, call: str):
    before, acts, more, code, calls, there, words = CALLS[call]

    def play(sentences: dict[str, str], number: int) -> Act:
        # A sound line alone: no second question.
        good = told(summary=[line(f"{sentences['s0']} will borrow $2.3 billion for a hall.", "s1")])
        return acts[min(number, len(acts) - 1)] or Act(good)

    with StandIn(play) as stand_in:
        keys: dict[str, object] = {"prices": {"input": 1, "output": 1}}
        keys["key_from"] = None if "key" in call else "PLANTED"
        keys["on_failure"] = "error" if "error" in call else None
        site = a_site(tmp_path, config(stand_in.url, **{k: v for k, v in keys.items() if v}))
        if not keys["key_from"]:
            text = (site / "config.yaml").read_text(encoding="utf-8").replace('  key_from: "PLANTED"\n', "")
            (site / "config.yaml").write_text(text, encoding="utf-8")
        before(site, stand_in)
        done = run("brief", "content/a.md", *more, cwd=site, PLANTED=KEY)
    assert (done.returncode, len(stand_in.seen)) == (code, calls), done.stderr
    assert words in done.stderr
    assert files(site) == (["a.brief.yaml"] if there else [])
    if call in ("refused again", "records that cannot be"):
        assert "the embedded" not in done.stderr
        assert "will borrow $2.3 billion for a hall." in (site / "content" / "a.brief.yaml").read_text(
            "utf-8"
        )
    if call == "refused before, which is an error":
        for name in "bc":
            (site / "content" / f"{name}.md").unlink()
        built = run("build", "--write-briefs", "--json", cwd=site, PLANTED=KEY)
        data = json.loads(built.stdout)
        assert (built.returncode, data["ok"], data["asked"]["calls"]) == (1, False, 0)
        assert "broadsheet brief content/a.md --again" in data["hint"]
    if call == "nothing passed":
        built = run("build", cwd=site)
        assert "Briefs: 3 extractive; lines of models dropped: number 1" in built.stdout + built.stderr


def test_an_article_that_goes_while_it_is_asked_for_leaves_no_file_behind(tmp_path: Path):
    def play(sentences: dict[str, str], number: int) -> Act:
        (site / "content" / "a.md").rename(site / "content" / "z.md")
        (site / "content" / "b.md").unlink()
        return answer(sentences, number)

    with StandIn(play) as stand_in:
        site = a_site(tmp_path, config(stand_in.url, retry=0))
        text = (site / "content" / "b.md").read_text(encoding="utf-8")
        (site / "content" / "b.md").write_text(
            text.rpartition("---")[0] + "---\n", encoding="utf-8"
        )  # not asked for
        done = run("brief", "content/a.md", "content/b.md", cwd=site, PLANTED=KEY)
        assert (done.returncode, files(site)) == (0, []), done.stderr
        assert "content/a.md is gone: its answer is kept, no file was written" in done.stderr
        assert "as they should be" not in done.stderr
        assert run("brief", "content/z.md", cwd=site, PLANTED=KEY).returncode == 0
    assert (files(site), len(stand_in.seen)) == (["z.brief.yaml"], 1)


def test_two_runs_do_not_pay_for_the_same(tmp_path: Path):
    with StandIn(answer) as stand_in:
        site = a_site(tmp_path, config(stand_in.url))
        (site / ".cache").mkdir()
        with locked(site / ".cache" / "brief.lock"):
            for arguments in (("brief", "--all"), ("build", "--write-briefs")):
                done = run(*arguments, cwd=site, PLANTED=KEY)
                assert done.returncode == 1
                assert "another run that asks for briefs of this site is running" in done.stderr
            for arguments in (("brief", "--all", "--dry-run"), ("brief", "--check"), ("build",)):
                assert run(*arguments, cwd=site, PLANTED=KEY).returncode == 0
        assert (files(site), stand_in.seen) == ([], [])


@pytest.mark.parametrize("amount", ["nan", "inf", "-1", "much"])
def test_what_bounds_nothing_is_no_bound(tmp_path: Path, amount: str):
    done = run("brief", "--all", f"--max-cost={amount}", cwd=tmp_path)
    assert done.returncode == 2
    assert "--max-cost" in done.stderr


def test_a_choice_without_bounds_takes_all_its_tries():
    assert estimate([], ModelChoice("openai", "any"))["calls_at_most"] == 0
    assert estimate([article()], ModelChoice("openai", "any", retry=0))["calls_at_most"] == 1 + len(
        writing.PAUSES
    )
