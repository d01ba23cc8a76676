"""What is done to a site before it is built, and what the build may cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.corpus import LINK, Article, articles
from benchmarks.measuring import Cost, FailedError, measured
from benchmarks.peers import PEERS, Site

OURS = "broadsheet"
SETTLED = 2.2  # seconds after which a file's time tells for sure whether it was saved again


@dataclass(frozen=True, slots=True)
class Chosen:
    """Articles that are changed, to which nobody links: one of the last days, one from the middle."""

    recent: Article
    old: Article


Change = Callable[[Site, Chosen, int], None]
Seen = Callable[[Site, Chosen, int], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """A change and the build after it.

    `seen` tells from the output that the change has reached it; `unseen` is what is said if it has not.
    """

    name: str
    told: str
    change: Change
    seen: Seen = lambda *_: True
    peers: Collection[str] | None = None  # whom it can be asked of; all where it is None
    asked: bool = True  # whether a cost is asked of it, not only told
    settled: bool = False  # whether files must have lain a while before it
    unseen: str = "the change is not seen"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a measure of a case of ours may be: so many times that of another generator's full build."""

    case: str
    measure: str
    peer: str
    must: float | None
    aim: float | None


def _mark(number: int) -> str:
    return f"This is what was added in round {number}."


def _cold(site: Site, chosen: Chosen, _: int) -> None:
    site.take_away(*site.peer.made)
    site.put(chosen.recent)
    site.put(chosen.old)


def _dated(site: Site, chosen: Chosen, _: int) -> None:
    site.put(replace(chosen.recent, published=chosen.recent.published - timedelta(days=1)))


def _gone(site: Site, chosen: Chosen, _: int) -> bool:
    return not site.page(chosen.recent)


def _in_template(site: Site, chosen: Chosen, number: int) -> bool:
    return _mark(number) in site.page(chosen.recent)


def _in_style(site: Site, _: Chosen, number: int) -> bool:
    sheets = (site.folder / site.peer.output).rglob("*.css")
    return any(f".round-{number}" in sheet.read_text(encoding="utf-8") for sheet in sheets)


CASES = (
    Case("cold", "cold, everything from nothing", _cold, settled=True),
    Case("nothing", "nothing changed", lambda *_: None),
    Case(
        "text",
        "one article changed: its text",
        lambda site, chosen, number: site.put(chosen.recent, _mark(number)),
        lambda site, chosen, number: _mark(number) in site.page(chosen.recent),
    ),
    Case("date", "one article changed: its date, by a day", _dated),
    Case(
        "deleted",
        "one article deleted",
        lambda site, chosen, _: site.remove(chosen.recent),
        _gone,
        unseen="its page stays",
    ),
    Case(
        "added",
        "one article added",
        lambda site, chosen, _: site.put(chosen.recent),
        lambda site, chosen, _: bool(site.page(chosen.recent)),
        asked=False,
    ),
    Case(
        "old",
        "one article from the middle of the archive changed: its text",
        lambda site, chosen, number: site.put(chosen.old, _mark(number)),
        lambda site, chosen, number: _mark(number) in site.page(chosen.old),
        asked=False,
    ),
    Case(
        "lost",
        "the site gone, caches kept",
        lambda site, *_: site.take_away(site.peer.output),
        lambda site, chosen, _: bool(site.page(chosen.recent)),
    ),
    Case(
        "restored",
        "the site gone, caches copied back to a new checkout, as on a CI machine",
        lambda site, *_: site.check_out(),
        lambda site, chosen, _: bool(site.page(chosen.recent)),
        peers=(OURS,),
    ),
    Case(
        "records",
        "the site and its copy in the cache gone: every page rendered again, nothing read again",
        lambda site, *_: site.take_away(site.peer.output, *site.peer.published),
        lambda site, chosen, _: bool(site.page(chosen.recent)),
        peers=(OURS,),
        asked=False,
    ),
    Case(
        "template",
        "template changed, on every page",
        lambda site, _, number: site.fit_in(site.peer.template, f"<p>{_mark(number)}</p>", "</footer>"),
        _in_template,
    ),
    Case(
        "theme",
        "theme changed: the style sheet",
        lambda site, _, number: site.fit_in(site.peer.style, f".round-{number} {{ order: {number} }}"),
        _in_style,
    ),
)
NAMES = tuple(case.name for case in CASES)
COSTS = {
    **dict.fromkeys(("nothing",), (1 / 10, 1 / 30)),
    **dict.fromkeys(("text", "date", "deleted", "added", "old"), (1 / 10, 1 / 20)),
    **dict.fromkeys(("template", "theme", "lost", "restored", "records"), (1.0, 1 / 2)),
}
LIMITS = (
    *(
        Limit(case, measure, "hugo", must, aim)
        for case, (must, aim) in COSTS.items()
        for measure in ("cpu", "wall")
    ),
    Limit("cold", "wall", "pelican", 1 / 2, None),
    Limit("cold", "wall", "eleventy", 1.0, None),
    Limit("cold", "wall", "hugo", None, 2.0),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One build of a case: what it cost, or what went wrong; `seen` tells whether the change has come out."""

    peer: str
    case: str
    round: int
    cost: Cost | None = None
    failed: str = ""
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """All builds of a corpus of `count` articles, and what cold ones have made."""

    count: int
    runs: Sequence[Run]
    made: Mapping[str, Mapping[str, int]]


def written(count: int, seed: str, folder: Path, peers: Iterable[str]) -> tuple[dict[str, Site], Chosen]:
    """Write a corpus in the form of each generator, and choose what is to be changed."""
    sites = {name: Site(folder / name, PEERS[name]) for name in peers}
    for site in sites.values():
        site.begin()
    linked: set[int] = set()
    recent: list[Article] = []
    middle: list[Article] = []
    for article in articles(count, seed):
        linked.update(map(int, LINK.findall(article.body)))
        recent = [*recent[-40:], article]
        if count // 2 <= article.number < count // 2 + 40:
            middle.append(article)
        for site in sites.values():
            site.add(article)
    yesterday = recent[-1].published.date()
    before = [it for it in recent if it.published.date() < yesterday and it.lang == "en"]
    return sites, Chosen(_free(reversed(before), linked), _free(middle, linked))


def _free(some: Iterable[Article], linked: Collection[int]) -> Article:
    return next(article for article in some if article.number not in linked and not article.correction)


def run(
    sites: Mapping[str, Site],
    chosen: Chosen,
    names: Collection[str],
    rounds: int,
    tools: Path,
    jobs: int | None,
) -> Iterator[Run]:
    """Build each case with each generator in turn, so many times over.

    A case that was not asked for is done where a later one needs it, and not measured.
    """
    for number in range(1, rounds + 1):
        for case in CASES:
            needed = case.name in names or case.name in ("cold", "added" if "deleted" in names else "cold")
            for name, site in sites.items():
                if not needed or (case.peers is not None and name not in case.peers):
                    continue
                one = _built(case, site, chosen, number, tools, jobs)
                if case.name in names:
                    yield one


def _built(case: Case, site: Site, chosen: Chosen, number: int, tools: Path, jobs: int | None) -> Run:
    case.change(site, chosen, number)
    if case.settled:
        time.sleep(SETTLED)
    command = site.peer.command(tools, jobs)
    try:
        cost = measured(command, site.folder, site.peer.environment)
    except FailedError as error:
        return Run(site.peer.name, case.name, number, failed=str(error))
    return Run(site.peer.name, case.name, number, cost, seen=case.seen(site, chosen, number))
