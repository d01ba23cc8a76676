"""Models asked under bad conditions: what they cost, what they must not be told, servers of every habit."""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model import ModelChoice, Prices
from generator.problems import Refusal
from generator.summarise import Extractive
from generator.summarise.models import asking, doors, writing
from generator.summarise.models.kept import begun
from generator.summarise.models.secrets import secrets
from tests.standin import Act, StandIn, line, told
from tests.test_models import GOOD, KEY, Memory, Pauses, article, asked, choice, many

pytestmark = pytest.mark.usefixtures("no_loop")
BOTH = ["anthropic", "openai"]
BROKEN = Act('{"summary": [')
UNSOUND = Act(told(summary=[line("Corvane will buy 53 turbines from Ardent Power.", "s4")]))
PARTLY = Act(
    told(
        summary=[
            line("The county approved the plan by three votes to two.", "s3"),
            line("Corvane will buy 53 turbines from Ardent Power.", "s4"),
        ]
    )
)


# ------------------------------------------------------------------------------------------ what it costs

UNTOLD = {
    "null": {"usage": None},
    "empty": {"usage": {}},
    "zero": {"usage": {"prompt_tokens": 0, "completion_tokens": 0, "input_tokens": 0, "output_tokens": 0}},
    "negative": {
        "usage": {"prompt_tokens": -9, "completion_tokens": -9, "input_tokens": -9, "output_tokens": -9}
    },
}


@pytest.mark.parametrize(
    ("provider", "usage"),
    [*(("openai", usage) for usage in UNTOLD), ("anthropic", "null"), ("anthropic", "zero")],
)
def test_where_no_usage_is_told_the_worst_case_counts(provider: str, usage: str):
    some = many(6)
    one = asking.asked(some[0], ModelChoice("openai", "any")).tokens + 1000
    with StandIn(lambda _sentences, _number: Act(GOOD, told=UNTOLD[usage])) as stand_in:
        run = asked(stand_in, provider, *some, prices=Prices(1, 1), max_cost=3.5 * one / 1e6, max_tokens=1000)
    assert (run.why, len(run.outcomes), run.budget.calls) == ("spent", 3, 3)
    assert run.budget.cost == pytest.approx(3 * one / 1e6, rel=0.01)
    assert run.budget.estimated == 3
    assert run.budget.cost <= 3.5 * one / 1e6


@pytest.mark.parametrize(
    ("provider", "act", "counts"),
    [
        ("anthropic", Act(hangs=True), True),
        ("openai", Act(hangs=True), True),
        ("anthropic", Act(GOOD, breaks=True), True),
        ("openai", Act(GOOD, breaks=True), True),
        ("openai", Act(raw="<html>", headers={"content-type": "text/html"}), True),
        ("openai", Act(flood=5000), True),
        ("anthropic", Act(status=500), False),
        ("openai", Act(status=429), False),
        ("anthropic", Act(status=400, said="too long"), False),
    ],
)
def test_a_call_that_was_lost_counts_and_one_that_was_refused_does_not(
    provider: str, act: Act, counts: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(writing, "PAUSES", (0.0,))
    with StandIn(lambda _sentences, _number: act) as stand_in:
        run = asked(stand_in, provider, timeout=0.3, prices=Prices(1, 1), max_tokens=1000)
    lost = run.budget.calls if counts else 0
    assert (run.budget.estimated, run.budget.tokens_out) == (lost, lost * 1000)
    assert (run.budget.cost > 0) == counts
    assert not run.outcomes[0].brief


def test_a_server_that_cannot_be_reached_costs_nothing():
    with StandIn(lambda _sentences, _number: Act(GOOD)) as gone:
        pass
    run = asked(gone, "local", prices=Prices(1, 1))
    assert (run.budget.calls, run.budget.cost, run.budget.estimated) == (4, 0, 0)


def test_a_server_that_cannot_be_reached_is_told_where_the_calls_are_spent():
    with StandIn(lambda _sentences, _number: Act(GOOD)) as gone:
        pass
    run = asked(gone, "local", article(), *many(1), max_calls=1, concurrency=1)
    assert [outcome.fault for outcome in run.outcomes] == ["it cannot be reached"]
    assert (run.stopped, len(run.left)) == ("max_calls: 1 call is made", 1)


def test_an_article_that_is_dearer_than_a_run_may_be_keeps_no_other_from_its_turn():
    long = article(slug="long", id="long", path="long.md", paragraphs=(("Corvane will wait. " * 3000,),))
    with StandIn(lambda _sentences, _number: Act(GOOD)) as stand_in:
        run = asked(stand_in, "openai", long, *many(2), prices=Prices(1, 1), max_cost=0.015, concurrency=1)
    assert [bool(outcome.brief) for outcome in run.outcomes] == [False, True, True]
    assert "one call could cost" in run.outcomes[0].fault


# --------------------------------------------------------------------- what is tried, remembered, resumed


@pytest.mark.parametrize(
    ("act", "fault", "more", "why"),
    [
        (BROKEN, "broken", {"max_calls": 1}, "spent"),
        (UNSOUND, "", {"max_calls": 1}, "spent"),
        (PARTLY, "", {"max_calls": 1}, "spent"),
        (UNSOUND, "", {}, "denied"),
    ],
    ids=["broken", "unsound", "partly", "denied"],
)
def test_a_second_question_goes_on_where_the_first_run_stopped(
    act: Act, fault: str, more: dict[str, int], why: str
):
    memory, later = Memory(), Act(status=429, headers={"retry-after": "500"})
    acts = [act, Act(GOOD)] if more else [act, later, Act(GOOD)]
    with StandIn(lambda _sentences, number: acts[number]) as stand_in:
        first = asked(stand_in, "openai", memory=memory, **more)
        assert (len(first.left), first.outcomes, first.why) == (1, [], why)
        tried = begun(article(), choice("openai", stand_in.url), memory)
        assert (tried.runs, tried.heard, tried.fault) == (1, 1, fault)
        second = asked(stand_in, "openai", memory=memory, max_calls=1)
    assert bool(second.outcomes[0].brief) is True
    assert not second.outcomes[0].fault
    assert stand_in.seen[-1].turns[1] == act.text
    assert begun(article(), choice("openai", stand_in.url), memory).runs == 0


@pytest.mark.parametrize("concurrency", [1, 2, 4])
def test_who_asks_to_be_left_alone_is_told_and_no_article_is_asked_in_vain(concurrency: int):
    """Also where several calls hear it at once: none of them hides it, none counts as a try."""
    memory, some = Memory(), many(6)
    with StandIn(lambda _sentences, _number: Act(status=429, headers={"retry-after": "500"})) as stand_in:
        run = asked(stand_in, "openai", *some, memory=memory, concurrency=concurrency)
        runs = [begun(it, choice("openai", stand_in.url), memory).runs for it in some]
    assert run.stopped.endswith("it asks to be left alone for 500 s")
    assert (run.outcomes, len(run.left), runs) == ([], 6, [0] * 6)
    assert len(stand_in.seen) <= concurrency


def test_what_fails_for_every_article_stops_after_three():
    with StandIn(lambda _sentences, _number: Act(status=400, said="no such thing")) as stand_in:
        run = asked(stand_in, "anthropic", *many(9), concurrency=1)
    assert (len(run.outcomes), run.why) == (3, "denied")
    assert "3 articles in a row got no answer; the last: 400" in run.stopped


# -------------------------------------------------------------------------------------------------- keys


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(sign):04X}" for sign in text)


@pytest.mark.parametrize("provider", BOTH)
def test_a_key_that_an_answer_repeats_is_kept_and_told_nowhere(provider: str):
    spelt = (KEY, escaped(KEY), KEY.replace("-", "\\u002d"))
    said = ", ".join(f'{{"text": "Corvane’s key is {one}.", "evidence": ["s1"]}}' for one in spelt)
    answers = told(summary=[]).replace("[]", f"[{said}]", 1), f"Here is {' '.join(spelt)} and no JSON"
    memory = Memory()
    with StandIn(lambda _sentences, number: Act(answers[number % 2])) as stand_in:
        run = asked(stand_in, provider, article(), *many(1), memory=memory, concurrency=1)
    kept = json.dumps([data.decode() for data in memory.kept.values()]) + str(run)
    assert "key is █" in str(run.outcomes[0].drops)
    for one in spelt:
        for form in (one, json.dumps(one)[1:-1]):
            assert form not in kept
    assert KEY not in str([seen.body for seen in stand_in.seen])  # nor is it sent back


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"invalid key {KEY[:17]}", "invalid key …"),
        (f"invalid key {KEY[:6]}****{KEY[-9:]}.", "invalid key …****…."),
        (f"invalid key ({KEY[3:20]}, {KEY[5:]})", "invalid key (…, …)"),
        (f"invalid keys {KEY}{KEY[8:]}x", "invalid keys ……x"),
        ("no such plant", "no such plant"),
    ],
)
def test_no_piece_of_a_key_is_told(said: str, told: str):
    with StandIn(lambda _sentences, _number: Act(status=401, said=said)) as stand_in:
        run = asked(stand_in, "openai")
    assert run.stopped == f"401: {told}"


@pytest.mark.parametrize("value", ["the county", "own turbines", "three votes to two"])
def test_a_line_of_which_something_is_hidden_is_dropped(value: str):
    with StandIn(lambda _sentences, _number: Act(GOOD)) as stand_in:
        chosen = choice("openai", stand_in.url, retry=0)
        door = doors.opened(chosen, {"PLANTED": KEY, "FOO_TOKEN": value}, Path())
        desk = writing.Desk(chosen, door, Memory(), Extractive(), sleep=Pauses())
        (outcome,) = writing.write([article()], desk).outcomes
    assert outcome.drops
    assert {(drop.reason, "█" in drop.line) for drop in outcome.drops} == {("words", True)}
    assert "█" not in str(outcome.brief)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ('{"summary": []}', "its answer did not fit the schema: why_it_matters is missing"),
        ("{}", "its answer did not fit the schema: summary is missing"),
        (told(summary=[]), "its answer held no line"),
        (json.dumps({"summary": [line("The county approved the plan by three votes to two.", "s3")]}), ""),
    ],
)
def test_an_answer_that_says_nothing_is_told_as_what_it_is(answer: str, fault: str):
    with StandIn(lambda _sentences, _number: Act(answer)) as stand_in:
        (outcome,) = asked(stand_in, "openai").outcomes
    assert (outcome.fault, len(stand_in.seen)) == (fault, 2 if fault else 1)


@pytest.mark.parametrize(
    ("environment", "hidden"),
    [
        ({"MY_KEY": "abcd-1234"}, ["abcd-1234"]),
        ({"my_token": "a" * 20, "X_SECRET": "hunter2-hunter2"}, ["a" * 20, "hunter2-hunter2"]),
        ({"DEPLOY_KEY": "production", "SHORT_KEY": "x1", "HOME": "/home/ada-1234"}, []),
    ],
)
def test_what_the_environment_keeps_secret_is_told_by_its_names(
    environment: dict[str, str], hidden: list[str]
):
    assert sorted(secrets(environment, "")) == sorted(hidden)


@pytest.mark.parametrize("key", [" \n", "sk-ä-123456789", "sk-1234 56789", "sk-1234\n56789"])
def test_a_key_that_can_be_none_is_refused_and_not_told(key: str):
    with pytest.raises(Refusal) as raised:
        doors.opened(ModelChoice("openai", "any"), {"OPENAI_API_KEY": key}, Path())
    assert "OPENAI_API_KEY" in str(raised.value)
    assert "1234" not in f"{raised.value} {raised.value.hint}"


def test_a_key_with_its_line_end_is_taken():
    with StandIn(lambda _sentences, _number: Act(GOOD)) as stand_in:
        door = doors.opened(choice("openai", stand_in.url), {"PLANTED": f"{KEY}\n"}, Path())
        desk = writing.Desk(choice("openai", stand_in.url), door, Memory(), Extractive(), sleep=Pauses())
        assert writing.write([article()], desk).outcomes[0].brief
    assert stand_in.seen[0].headers["authorization"] == f"Bearer {KEY}"


# -------------------------------------------------------------------------------------- the environment


@pytest.mark.parametrize("provider", [*BOTH, "local"])
def test_config_alone_decides_who_is_asked_and_as_whom(provider: str, monkeypatch: pytest.MonkeyPatch):
    with (
        StandIn(lambda _sentences, _number: Act(GOOD)) as elsewhere,
        StandIn(lambda _sentences, _number: Act(GOOD)) as stand_in,
    ):
        planted = {
            f"{name}_{what}": value
            for name in ("OPENAI", "ANTHROPIC")
            for what, value in {
                "BASE_URL": elsewhere.url,
                "CUSTOM_HEADERS": "x-planted: 1\nAuthorization: Bearer planted\nx-api-key: planted",
                "ORG_ID": "org-planted",
                "PROJECT_ID": "proj-planted",
                "AUTH_TOKEN": "planted-token",
                "API_KEY": "planted-key",
                "ADMIN_KEY": "planted-admin",
                "PROFILE": "planted",
            }.items()
        }
        for name, value in {**planted, "HTTP_PROXY": elsewhere.url, "ALL_PROXY": elsewhere.url}.items():
            monkeypatch.setenv(name, value)
        run = asked(stand_in, provider)
        own = doors.opened(ModelChoice("openai", "any", key_from="K"), {"K": KEY}, Path())
        theirs = doors.opened(ModelChoice("anthropic", "any", key_from="K"), {"K": KEY}, Path())
        assert str(own.door.client.base_url) == "https://api.openai.com/v1/"
        assert str(theirs.door.client.base_url) == "https://api.anthropic.com"
    assert run.outcomes[0].brief
    assert (elsewhere.seen, len(stand_in.seen)) == ([], 1)
    assert "planted" not in str(stand_in.seen[0].headers).lower().replace(KEY, "")
    assert os.environ["OPENAI_BASE_URL"] == elsewhere.url  # others may go by it


@pytest.mark.parametrize("provider", BOTH)
def test_the_proxy_of_the_environment_is_kept(provider: str, monkeypatch: pytest.MonkeyPatch):
    with StandIn(lambda _sentences, _number: Act(GOOD)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        chosen = choice(provider, "http://provider.example")
        door = doors.opened(chosen, {"PLANTED": KEY}, Path())
        run = writing.write([article()], writing.Desk(chosen, door, Memory(), Extractive(), sleep=Pauses()))
    assert run.outcomes[0].brief
    assert proxy.seen[0].path.startswith("http://provider.example/v1/")


@pytest.mark.parametrize("proxy", ["socks9://host", "host:port:more"])
def test_a_proxy_that_cannot_be_is_refused(proxy: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    for provider in BOTH:
        with pytest.raises(Refusal, match="proxy"):
            doors.opened(ModelChoice(provider, "any", key_from="K"), {"K": KEY}, Path())


# --------------------------------------------------------------------------------- answers without bounds


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Act(flood=1_000_000), "its answer is larger than 4,194,304 bytes"),
        (Act(flood=1_000_000, status=500), "its answer is larger than 4,194,304 bytes"),
        (
            Act(raw=gzip.compress(b" " * 10_000_000).decode("latin-1"), headers={"content-encoding": "gzip"}),
            "its answer is compressed, which it was not asked to be",
        ),
        (Act(raw="[" * 200_000), "its answer is none of its API"),
    ],
    ids=["flood", "flood-500", "gzip", "deep"],
)
def test_an_answer_without_bounds_is_not_read_to_its_end(
    provider: str, act: Act, said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(writing, "PAUSES", ())
    with StandIn(lambda _sentences, _number: act) as stand_in:
        (outcome,) = asked(stand_in, provider).outcomes
    assert outcome.fault == said
    assert all(seen.headers["accept-encoding"] == "identity" for seen in stand_in.seen)


def test_a_program_is_not_waited_for_by_what_it_left_or_did_not_read():
    """Its child is out of reach, in a session of its own, and holds its pipes; the input is larger than a pipe."""
    child = (
        "subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(6)'], start_new_session=True)"
    )
    code = f"import subprocess, sys; {child}; print('{{')"
    chosen = ModelChoice("command", "mine", command=(sys.executable, "-S", "-c", code), timeout=20, retry=0)
    long = article(paragraphs=(("Corvane will wait. " * 9000,),))
    door = doors.opened(chosen, {}, Path())
    began = time.monotonic()
    run = writing.write([long], writing.Desk(chosen, door, Memory(), Extractive(), sleep=Pauses()))
    assert (run.outcomes[0].fault, time.monotonic() - began < 5) == ("its answer was no JSON", True)


# ------------------------------------------------------------------------------- habits of local servers

THOUGHT = "<think>\nFirst {a draft}. Then s1.\n</think>\n\n"
HABITS: dict[str, Act] = {
    "pieces": Act(
        message={"content": [{"type": "text", "text": GOOD[:50]}, {"type": "text", "text": GOOD[50:]}]}
    ),
    "reasoning beside": Act(GOOD, message={"reasoning_content": "I think {so}.", "reasoning": "…"}),
    "thoughts before": Act(THOUGHT + GOOD),
    "thoughts that begin nowhere": Act(THOUGHT.removeprefix("<think>") + GOOD),
    "fence and courtesy": Act(f"Sure! Here is the {{brief}}:\n\n```json\n{GOOD}\n```\nAnything else?"),
    "no usage": Act(GOOD, told={"usage": None}),
    "no finish": Act(GOOD, told={"usage": None, "id": None, "object": None}),
}


def test_a_server_of_any_habit_is_understood():
    some = [
        replace(it, path=f"{place:02} {habit}")
        for place, (it, habit) in enumerate(zip(many(7), HABITS, strict=True))
    ]
    with StandIn(lambda _sentences, number: list(HABITS.values())[number]) as stand_in:
        run = asked(stand_in, "local", *some, concurrency=1)
    assert [outcome.article.path for outcome in run.outcomes if outcome.fault or outcome.drops] == []
    assert (len(run.outcomes), len(stand_in.seen)) == (len(HABITS), len(HABITS))


UNKNOWN = {
    "form": ("response_format", "`response_format` is not supported", 400),
    "schema": ("response_format", "response_format.type json_schema is unavailable", 422),
    "grammar": ("response_format", "failed to parse grammar", 500),
    "unexplained": ("response_format", "Bad Request", 400),
    "temperature": ("temperature", "temperature: only the default (1) is supported", 400),
    "bound": ("max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", 400),
}


@pytest.mark.parametrize(
    ("unknown", "concurrency"),
    [*((unknown, 1) for unknown in UNKNOWN if unknown != "temperature"), ("temperature", 4), ("form", 4)],
)
def test_what_a_server_does_not_take_is_left_out_for_every_article(unknown: str, concurrency: int):
    parameter, said, status = UNKNOWN[unknown]

    def play(_sentences: dict[str, str], number: int) -> Act:
        return Act(status=status, said=said) if parameter in stand_in.seen[number].body else Act(GOOD)

    with StandIn(play) as stand_in:
        run = asked(stand_in, "local", *many(4), concurrency=concurrency)
    assert [outcome.fault for outcome in run.outcomes] == [""] * 4
    last = stand_in.seen[-1].body
    assert parameter not in last
    assert len(stand_in.seen) <= 4 + 2 * concurrency
    if parameter == "response_format":
        assert '"whats_next"' in last["messages"][0]["content"]  # the schema is put into words


def test_a_server_of_anthropics_format_without_structured_output_is_asked_in_words():
    def play(_sentences: dict[str, str], number: int) -> Act:
        if "output_config" in stand_in.seen[number].body:
            return Act(status=400, said="output_config: Extra inputs are not permitted")
        return Act(GOOD)

    with StandIn(play) as stand_in:
        run = asked(stand_in, "anthropic", *many(5), concurrency=2)
    assert [outcome.fault for outcome in run.outcomes] == [""] * 5
    assert '"whats_next"' in stand_in.seen[-1].body["system"]


@pytest.mark.parametrize(
    ("act", "why", "said"),
    [
        (Act(status=429, said="You exceeded your current quota"), "denied", "429: You exceeded"),
        (Act(status=400, said="Your credit balance is too low"), "denied", "400: Your credit"),
        (Act(status=400, said="API key not valid"), "denied", "400: API key not valid"),
        (Act(status=404, said="model 'x' not found"), "denied", "404: model 'x' not found"),
        (Act(status=402, said="pay"), "denied", "402: pay"),
        (Act(raw='{"error": {"message": "no such model", "code": 404}}'), "denied", "404: no such model"),
        (Act(status=429, headers={"retry-after": "Fri, 01 Jan 2049 00:00:00 GMT"}), "denied", "429: "),
    ],
)
def test_what_no_waiting_mends_ends_the_run_at_once(act: Act, why: str, said: str):
    with StandIn(lambda _sentences, _number: act) as stand_in:
        run = asked(stand_in, "openai", *many(3), concurrency=1)
    assert (run.why, len(stand_in.seen), len(run.left)) == (why, 1, 3)
    assert run.stopped.startswith(said)
