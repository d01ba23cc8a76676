"""Sources in config.yaml, what is kept of them, and how their health is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import config, sources
from generator.model import Subject, Supplier
from generator.problems import InvalidSource
from generator.sources import Feed, State
from tests.building import ARTICLE, CONFIG, build_site, tree, write_site

NOW = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)
POST = "https://gridpost.example/feed.xml"


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


# ---------------------------------------------------------------------------------------------------- config


def configured(folder: Path, text: str) -> tuple[Supplier, ...]:
    return config.read(write_site(folder, {"config.yaml": f"{CONFIG}sources:\n{text}"})).config.sources


def test_a_source_needs_a_name_and_an_address_and_has_cautious_defaults(tmp_path: Path):
    assert configured(tmp_path, f"  - {{name: The Grid Post, url: '{POST}'}}") == (
        Supplier("The Grid Post", POST, "excerpt", (), None, 20, enabled=True, robots=True),
    )


def test_all_that_can_be_said_of_a_source(tmp_path: Path):
    text = f"""\
  - name: The Grid Post
    url: {POST}
    rights: full
    topics: [Grid, Grid, Storage]
    language: de
    limit: 5
    enabled: no
    robots: no
"""
    assert configured(tmp_path, text) == (
        Supplier("The Grid Post", POST, "full", ("Grid", "Storage"), "de", 5, enabled=False, robots=False),
    )


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("  - {name: A}", "missing-key", (5, 5)),
        ("  - {url: https://a.example/}", "missing-key", (5, 5)),
        ("  - {name: A, url: a.example}", "bad-url", (5, 20)),
        ("  - {name: A, url: 'file:///etc/passwd'}", "bad-url", (5, 20)),
        ("  - {name: A, url: 'https://u:secret@a.example/'}", "bad-url", (5, 20)),
        ("  - {name: A, url: 'https://:secret@a.example/'}", "bad-url", (5, 20)),
        ("  - {name: A, url: https://a.example/, rights: all}", "wrong-value", None),
        ("  - {name: A, url: https://a.example/, limit: 0}", "wrong-type", None),
        ("  - {name: A, url: https://a.example/, interval: 1}", "unknown-key", None),
        (
            "  - {name: A, url: https://a.example/}\n  - {name: B, url: https://a.example/}",
            "duplicate-source",
            (6, 20),
        ),
    ],
)
def test_what_is_wrong_with_a_source_is_told_at_its_place(
    tmp_path: Path, text: str, code: str, place: tuple[int, int] | None
):
    with pytest.raises(InvalidSource) as raised:
        configured(tmp_path, text)
    (problem,) = raised.value.problems
    assert problem.code == code
    assert place in (None, (problem.line, problem.column))


# ----------------------------------------------------------------------------------------------------- state

MOMENTS = st.none() | st.datetimes(
    datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])
).map(lambda it: it.replace(microsecond=0))
# What a host may send as a mark, and anything that its words may hold.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
STATES = st.builds(
    State,
    etag=TEXTS,
    modified=TEXTS,
    asked=MOMENTS,
    worked=MOMENTS,
    failing=MOMENTS,
    faulted=MOMENTS,
    fault=TEXTS,
    wait=MOMENTS,
    taken=st.integers(0, 10**6),
    feeds=st.lists(
        st.builds(Feed, st.sampled_from([POST, "https://a.example/"]), TEXTS, TEXTS, MOMENTS), max_size=3
    ).map(tuple),
)
ADDRESSES = st.sampled_from([POST, f"{POST}?a=b&c=%20#x", f"https://gridpost.example/{'a' * 3000}"])


def printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def plainly(state: State) -> State:
    """As it is read again: what has no mark and no wish is not kept."""
    marks = [replace(it, etag=printable(it.etag), modified=printable(it.modified)) for it in state.feeds]
    feeds = tuple(mark for it, mark in zip(state.feeds, marks, strict=True) if it != Feed(it.url))
    etag, modified, fault = map(printable, (state.etag, state.modified, state.fault))
    return replace(state, etag=etag, modified=modified, fault=fault, feeds=feeds)


@given(st.dictionaries(ADDRESSES, STATES))
def test_what_is_written_is_read_again_and_is_the_same_in_any_order(states: dict[str, State]):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        data = sources.written(states)
        (Path(folder) / sources.NAME).write_bytes(data)
        read = sources.read(Path(folder))
    told = {url: plainly(it) for url, it in states.items()}
    assert read == told
    assert sources.written(read) == data
    assert sources.written(dict(reversed(states.items()))) == data


def test_a_file_that_a_person_can_read(tmp_path: Path):
    state = State('"v1"', asked=NOW, worked=NOW, taken=12)
    text = sources.written({POST: state}).decode()
    assert text.endswith(f"""\
sources:
  - url: "{POST}"
    etag: "\\"v1\\""
    asked: 2026-11-28T06:30:00Z
    worked: 2026-11-28T06:30:00Z
    taken: 12
""")
    (tmp_path / sources.NAME).write_bytes(sources.written({}))
    assert sources.read(tmp_path) == {}


def test_what_would_be_too_much_to_read_is_left_out(tmp_path: Path):
    """Else the next run would refuse the file that the last one wrote."""
    feeds = tuple(Feed(f"https://a.example/{n}", "e" * 400, "m" * 400) for n in range(200))
    many = {f"https://a.example/{n}.opml": State('"v"', asked=NOW, feeds=feeds) for n in range(15)}
    (tmp_path / sources.NAME).write_bytes(sources.written(many))
    assert sources.read(tmp_path) == {url: replace(it, feeds=()) for url, it in many.items()}


def test_no_file_is_nothing_known(tmp_path: Path):
    assert sources.read(tmp_path) == {}


def test_a_link_is_not_written_through(tmp_path: Path):
    """Somebody's change could have put it there, to have a run overwrite what it leads to."""
    (tmp_path / "elsewhere").write_bytes(sources.written({}))
    (tmp_path / sources.NAME).symlink_to("elsewhere")
    with pytest.raises(InvalidSource) as raised:
        sources.read(tmp_path)
    assert [it.code for it in raised.value.problems] == ["outside"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sources:\n<<<<<<< HEAD\n  - url: a\n=======\n", "yaml-syntax"),
        ("sources: [{url: a, asked: yesterday}]", "bad-date"),
        ("sources: [{url: a, taken: -1}]", "wrong-type"),
        ("sources: [{url: a, mood: 1}]", "unknown-key"),
        ("sources: [{}]", "missing-key"),
        ("- a", "wrong-type"),
        (b"\xff", "not-utf-8"),
        (b"#" * 2_000_001, "too-large"),
    ],
)
def test_a_damaged_file_is_told_by_a_build_that_needs_it(tmp_path: Path, text: str | bytes, code: str):
    site = {"content/a.md": ARTICLE, f"content/{sources.NAME}": text}
    write_site(tmp_path, site)
    build_site(tmp_path)  # nobody is asked: nobody looks
    write_site(tmp_path, {**site, "config.yaml": f"{CONFIG}sources: [{{name: A, url: '{POST}'}}]\n"})
    before = tree(tmp_path / "site")
    with pytest.raises(InvalidSource) as raised:
        build_site(tmp_path)
    assert {(it.path, it.code) for it in raised.value.problems} == {(f"content/{sources.NAME}", code)}
    assert all(it.hint for it in raised.value.problems)
    assert tree(tmp_path / "site") == before


# ---------------------------------------------------------------------------------------------------- health


@pytest.mark.parametrize(
    ("state", "enabled", "condition", "days"),
    [
        (State(), True, "unasked", 0),
        (State(), False, "paused", 0),
        (State(asked=ago(0), worked=ago(0)), True, "well", 0),
        (State(asked=ago(0), worked=ago(0), faulted=ago(1), fault="x"), True, "well", 0),
        (State(asked=ago(2.9), worked=ago(2.9)), True, "well", 0),
        (State(asked=ago(3), worked=ago(3)), True, "silent", 3),
        (State(asked=ago(0), failing=ago(0), faulted=ago(0), fault="x"), True, "shaky", 0),
        (State(asked=ago(0), failing=ago(2.9), faulted=ago(0), fault="x"), True, "shaky", 2),
        (State(asked=ago(0), failing=ago(3), faulted=ago(0), fault="x"), True, "failing", 3),
        (State(asked=ago(0), failing=ago(3), faulted=ago(0), fault="x"), False, "paused", 0),
        (State(asked=ago(-1), worked=ago(-1), failing=ago(-1)), True, "shaky", 0),
    ],
)
def test_the_condition_of_a_source(state: State, enabled: bool, condition: str, days: int):
    supplier = Supplier("The Grid Post", POST, enabled=enabled)
    (told,) = sources.health([supplier], {POST: state}, [], now=NOW, zone=UTC)
    assert (told.condition, told.days) == (condition, days)


def test_those_in_trouble_stand_first():
    names = ["b", "a", "C", "long", "short", "gone", "new"]
    suppliers = [Supplier(name, f"https://{name}.example/", enabled=name != "gone") for name in names]
    states = {
        "https://b.example/": State(asked=NOW, worked=NOW),
        "https://a.example/": State(asked=NOW, worked=NOW),
        "https://c.example/": State(),
        "https://C.example/": State(asked=NOW, worked=NOW),
        "https://long.example/": State(asked=NOW, failing=ago(9)),
        "https://short.example/": State(asked=NOW, failing=ago(4)),
    }
    told = sources.health(suppliers, states, [], now=NOW, zone=UTC)
    assert [it.name for it in told] == ["long", "short", "new", "a", "b", "C", "gone"]


def test_moments_are_told_in_the_sites_zone_and_articles_are_counted():
    subject = Subject("source", "The Grid Post", "the-grid-post", "sources/the-grid-post/", ())
    state = State(asked=NOW, worked=NOW)
    zone = ZoneInfo("Europe/Berlin")
    (told,) = sources.health([Supplier("The Grid Post", POST)], {POST: state}, [subject], now=NOW, zone=zone)
    assert told.worked is not None
    assert told.worked.isoformat() == "2026-11-28T07:30:00+01:00"
    assert (told.articles, told.listing) == (0, "sources/the-grid-post/")


SITE = f"""{CONFIG}timezone: Europe/Berlin
sources:
  - {{name: The Grid Post, url: "{POST}?token=secret"}}
  - {{name: Harbour Wire, url: "https://wire.example/feed.xml"}}
"""
STATE = sources.written(
    {
        f"{POST}?token=secret": State(
            asked=NOW, failing=ago(5), faulted=NOW, fault="it answers 503", taken=3
        ),
        "https://wire.example/feed.xml": State(asked=NOW, worked=NOW, taken=9),
    }
)
OF_WIRE = ARTICLE.replace("date:", "source: {name: Harbour Wire}\ndate:")


def built(folder: Path, **more: str | bytes) -> Path:
    files = {"config.yaml": SITE, "content/a.md": OF_WIRE, f"content/{sources.NAME}": STATE, **more}
    build_site(write_site(folder, files), now=NOW)
    return folder / "site"


def test_the_page_and_the_data_tell_how_each_source_does(tmp_path: Path):
    site = built(tmp_path)
    told = json.loads((site / "health.json").read_text(encoding="utf-8"))
    assert told["version"] == 1
    assert told["sources"] == [
        {
            "name": "The Grid Post",
            "host": "gridpost.example",
            "condition": "failing",
            "days": 5,
            "asked": "2026-11-28T07:30:00+01:00",
            "worked": None,
            "fault": {"at": "2026-11-28T07:30:00+01:00", "said": "it answers 503"},
            "articles": 0,
            "url": None,
        },
        {
            "name": "Harbour Wire",
            "host": "wire.example",
            "condition": "well",
            "days": 0,
            "asked": "2026-11-28T07:30:00+01:00",
            "worked": "2026-11-28T07:30:00+01:00",
            "fault": None,
            "articles": 1,
            "url": "https://news.example/sheet/sources/harbour-wire/",
        },
    ]
    page = (site / "health" / "index.html").read_text(encoding="utf-8")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "2 sources, one of them working" in text
    assert (
        "The Grid Post Failing for 5 days it answers 503 gridpost.example Has never worked 0 articles" in text
    )
    assert "Harbour Wire wire.example Last worked Saturday 28 November 2026, 07:30 CET 1 article here" in text
    assert '<a href="/sheet/sources/harbour-wire/">' in page
    for file in site.rglob("*"):
        assert not file.is_file() or b"secret" not in file.read_bytes()


def test_who_was_not_asked_for_days_is_told_to_readers_and_machines(tmp_path: Path):
    state = sources.written({f"{POST}?token=secret": State(asked=ago(3), worked=ago(3))})
    site = built(tmp_path, **{f"content/{sources.NAME}": state})
    told = json.loads((site / "health.json").read_text(encoding="utf-8"))["sources"]
    assert [(one["name"], one["condition"], one["days"]) for one in told] == [
        ("The Grid Post", "silent", 3), ("Harbour Wire", "unasked", 0)
    ]  # fmt: skip
    page = (site / "health" / "index.html").read_text(encoding="utf-8")
    assert "The Grid Post Not asked for 3 days" in " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_page_leads_to_it_and_the_sitemap_too(tmp_path: Path):
    site = built(tmp_path)
    assert '<a href="/sheet/health/">' in (site / "index.html").read_text(encoding="utf-8")
    assert "https://news.example/sheet/health/" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_without_sources_there_is_neither(tmp_path: Path):
    site = built(tmp_path, **{"config.yaml": CONFIG})
    assert not (site / "health.json").exists()
    assert not (site / "health").exists()
    assert "health/" not in (site / "index.html").read_text(encoding="utf-8")


def test_the_same_state_and_moment_are_the_same_bytes(tmp_path: Path):
    assert tree(built(tmp_path / "a")) == tree(built(tmp_path / "b"))
