"""broadsheet check --external: other sites, asked politely and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import config
from generator.checks import external
from generator.checks.external import Answer
from generator.commands import elsewhere
from generator.fetch import Fetcher, Options
from tests.building import ARTICLE, write_site
from tests.serving import Outlet, Said, moved, page

NOW = 1_796_000_000.0


@pytest.fixture
def project(tmp_path: Path) -> config.Project:
    return config.read(write_site(tmp_path, {"content/a.md": ARTICLE}))


def asked(outlet: Outlet, project: config.Project, *paths: str) -> list[tuple[str, str]]:
    fetcher = Fetcher(Options(private=True, pace=0.0))
    found = elsewhere.answers([outlet.url + path for path in paths], project, fetcher)
    return [(one.state, one.place.removeprefix(outlet.url)) for one in found.values()]


def test_each_address_has_an_answer(outlet: Outlet, project: config.Project):
    outlet.pages |= {
        "/good": page("Here."),
        "/old": moved("/good", 301),
        "/older": moved("/old", 308),
        "/half": moved("/login", 301),
        "/login": moved("/good", 303),
        "/today": moved("/old", 302),
        "/now": moved("/good", 307),
        "/round": moved("/round"),
        "/torn": Said(status=500),
        "/barred": Said(status=403),
        "/left": Said(status=410),
    }
    told = asked(outlet, project, "/good", "/old", "/round", "/torn", "/barred", "/left", "/never")
    assert asked(outlet, project, "/older", "/half", "/today", "/now") == [
        ("moved", "/good"),
        ("moved", "/login"),
        ("there", ""),
        ("there", ""),
    ]
    assert told == [
        ("there", ""),
        ("moved", "/good"),
        ("gone", ""),
        ("silent", ""),
        ("unseen", ""),
        ("gone", ""),
        ("gone", ""),
    ]


def test_a_host_that_knows_no_head_is_asked_again(outlet: Outlet, project: config.Project):
    outlet.pages["/x"] = lambda it: Said(status=405) if it.method == "HEAD" else page("Here.")
    assert asked(outlet, project, "/x") == [("there", "")]
    assert [it.method for it in outlet.asked if it.path == "/x"] == ["HEAD", "GET"]


def test_what_was_said_is_believed_for_a_while(outlet: Outlet, project: config.Project):
    outlet.pages["/x"] = page("Here.")
    asked(outlet, project, "/x")
    asked(outlet, project, "/x")
    assert outlet.paths == ["/x"]
    (project.cache / elsewhere.STATE).write_text("torn", encoding="utf-8")
    asked(outlet, project, "/x")
    assert outlet.paths == ["/x", "/x"]


def test_robots_that_forbid_are_heeded(outlet: Outlet, project: config.Project):
    outlet.pages |= {"/robots.txt": page("User-agent: *\nDisallow: /\n", "text/plain"), "/x": page("Here.")}
    assert asked(outlet, project, "/x") == [("unseen", "")]
    assert outlet.paths == []


@pytest.mark.parametrize(
    ("state", "hours", "again"),
    [
        ("there", 160, False),
        ("there", 170, True),
        ("gone", 23, False),
        ("gone", 25, True),
        ("silent", 2, True),
    ],
)
def test_ages(state: external.State, hours: float, again: bool):
    known = {"https://a.example/": Answer(state, NOW - hours * 3600)}
    new = Answer("there", NOW)
    found = external.asked(known, lambda _: new, known, NOW)
    assert (found["https://a.example/"] is new) == again


def test_an_answer_from_the_future_is_not_believed():
    known = {"https://a.example/": Answer("there", NOW + 10)}
    new = Answer("gone", NOW)
    assert external.asked(known, lambda _: new, known, NOW) == {"https://a.example/": new}


def test_each_host_is_asked_one_thing_after_the_other():
    order: list[list[str]] = []

    def spread(work, hosts):
        order.extend(hosts)
        return map(work, hosts)

    some = ["https://a.example/1", "https://b.example/1", "https://A.example/2"]
    external.asked(some, lambda _: Answer("there", NOW), {}, NOW, spread)
    assert order == [[some[0], some[2]], [some[1]]]


def test_it_is_told_where_the_link_is_written(tmp_path: Path, outlet: Outlet):
    from generator.commands import check

    text = ARTICLE.replace("It opens", f"It [opens]({outlet.url}/gone#x) and")
    wire = f"source: {{name: Wire, url: {outlet.url}/said}}\ndate:"
    files: dict[str, str | bytes] = {"content/a.md": text.replace("date:", wire)}
    project = config.read(write_site(tmp_path, files))
    external_ = {f"{outlet.url}/{page}": Answer("gone", NOW, "404") for page in ("gone", "said", "")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elsewhere, "answers", lambda addresses, _: {it: external_[it] for it in addresses})
        patch.setenv("SOURCE_DATE_EPOCH", "1795521600")
        from generator.checks import Budget

        found = check._checked(project, Budget(), external=True, fix=False, drafts=False, future=False)
    assert sorted((it.path, it.line, it.column, it.code) for it in found.problems) == [
        ("content/a.md", 3, 27, "external-gone"),
        ("content/a.md", 3, 27, "external-gone"),
        ("content/a.md", 7, 72, "external-gone"),
    ]
