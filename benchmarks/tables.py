"""What was measured, as tables: each case beside what it may cost, and never without what it missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.cases import CASES, LIMITS, OURS, Limit, Measured, Run
from benchmarks.measuring import MIB
from benchmarks.serve import Seen
from benchmarks.steps import Step

LARGEST = 400  # MiB that our largest process may take, of
OF = 10_000  # articles
LINEAR = 1.2  # times that a build of more articles may take of what it would at an even price for each
HUNDREDS = 100  # from which on nobody reads decimals
SAVED = (300, 150)  # milliseconds from a save until it is seen: what it must be, and should be


@dataclass(frozen=True, slots=True)
class Verdict:
    """What something came to, and what it must and should come to; None where nothing is asked of it."""

    what: str
    value: float
    must: float | None
    aim: float | None
    note: str = ""

    @property
    def word(self) -> str:
        if self.aim is not None and self.value <= self.aim:
            return "aim reached"
        if self.must is None:
            return "aim missed"
        if self.value <= self.must:
            return "must reached"
        return "**MUST MISSED**"


def of(measured: Measured, peer: str, case: str) -> list[Run]:
    return [run for run in measured.runs if run.peer == peer and run.case == case]


def least(measured: Measured, peer: str, case: str, measure: str) -> float | None:
    costs = [run.cost for run in of(measured, peer, case) if run.cost]
    return min(float(getattr(cost, measure)) for cost in costs) if costs else None


def verdicts(measured: Measured, grown: Sequence[Measured], seen: Mapping[int, Seen]) -> list[Verdict]:
    """Hold what was measured against what is asked. What was not measured has no verdict."""
    made = [found for limit in LIMITS if (found := _ratio(measured, limit))]
    sizes = sorted([*grown, measured], key=lambda one: one.count)
    if peak := _peak(measured):
        note = "" if measured.count == OF else f"asked of {OF:,} articles, measured at {measured.count:,}"
        made.append(Verdict("memory of the largest process, MiB", peak / MIB, LARGEST, None, note))
    for small, large in pairwise(sizes):
        made += _growth(small, large)
    for count, one in seen.items():
        where = "in a browser" if one.browser else "by a plain connection"
        made.append(
            Verdict(f"serve: a save seen {where} at {count:,} articles, ms", one.milliseconds, *SAVED)
        )
    return made


def _ratio(measured: Measured, limit: Limit) -> Verdict | None:
    ours = least(measured, OURS, limit.case, limit.measure)
    theirs = least(measured, limit.peer, "cold", limit.measure)
    if ours is None or not theirs:
        return None
    what = f"{limit.case}: {limit.measure.replace('cpu', 'CPU')} in full builds of {limit.peer.capitalize()}"
    note = "" if next(case for case in CASES if case.name == limit.case).asked else "beyond what was asked"
    return Verdict(what, ours / theirs, limit.must, limit.aim, note)


def _peak(measured: Measured) -> float:
    return max((run.cost.largest for run in measured.runs if run.peer == OURS and run.cost), default=0)


def _growth(small: Measured, large: Measured) -> Iterator[Verdict]:
    """Compare each case's time for an article, and the memory, of two sizes."""
    times = large.count / small.count
    span = f"{small.count:,} to {large.count:,} articles"
    for case in CASES:
        for measure in ("cpu", "wall"):
            before, after = (least(one, OURS, case.name, measure) for one in (small, large))
            if before and after:
                what = f"growth of {case.name}: {measure.replace('cpu', 'CPU')}, {span}, times linear"
                yield Verdict(what, after / before / times, LINEAR, 1.0)
    if _peak(small) and _peak(large):
        yield Verdict(
            f"growth of memory, {span}, times linear", _peak(large) / _peak(small) / times, None, 1.0
        )


def costs(measured: Measured, peers: Sequence[str]) -> Iterator[str]:
    """Give what each case cost each generator: the least of all rounds, and how far they spread."""
    yield "| case | generator | CPU s | wall s | largest process MiB | all MiB | spread CPU, wall |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for case in CASES:
        for peer in peers:
            if runs := of(measured, peer, case.name):
                yield f"| {case.told} | {peer.capitalize()} | {_cells(runs)} |"


def _cells(runs: Sequence[Run]) -> str:
    costs = [run.cost for run in runs if run.cost]
    if not costs:
        return f"fails: {runs[0].failed.splitlines()[-1][:80]} | | | |"
    cpu, wall = [cost.cpu for cost in costs], [cost.wall for cost in costs]
    largest = max(cost.largest for cost in costs) / MIB
    together = max(cost.together for cost in costs) / MIB
    unseen = next(case.unseen for case in CASES if case.name == runs[0].case)
    told = "" if all(run.seen for run in runs) else f"; {unseen}"
    failed = sum(not run.cost for run in runs)
    told += f"; {failed} of {len(runs)} failed" if failed else ""
    spread = f"{_spread(cpu)}, {_spread(wall)}{told}"
    return f"{min(cpu):.2f} | {min(wall):.2f} | {largest:.0f} | {together:.0f} | {spread}"


def _spread(values: Sequence[float]) -> str:
    return f"{100 * (max(values) / min(values) - 1):.0f}%" if len(values) > 1 else "one run"


def judged(found: Sequence[Verdict]) -> Iterator[str]:
    yield "| ours | is | must | aim | |"
    yield "|---|---:|---:|---:|---|"
    for one in found:
        note = f", {one.note}" if one.note else ""
        value, must, aim = map(_shown, (one.value, one.must, one.aim))
        yield f"| {one.what} | {value} | {must} | {aim} | {one.word}{note} |"


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= HUNDREDS else f"{value:.3g}"


def outputs(measured: Measured) -> Iterator[str]:
    yield "| generator | pages | files | MB |"
    yield "|---|---:|---:|---:|"
    for peer, made in measured.made.items():
        yield f"| {peer.capitalize()} | {made['pages']:,} | {made['files']:,} | {made['bytes'] / 1e6:.1f} |"


def budget(steps: Sequence[Step]) -> Iterator[str]:
    """Give what a cold build does, in milliseconds an article."""
    yield "| step | ms an article | budget | |"
    yield "|---|---:|---:|---|"
    for step in steps:
        asked = "" if step.budget is None else f"{step.budget:g}"
        over = step.budget is not None and step.milliseconds > step.budget
        yield f"| {step.told} | {step.milliseconds:.2f} | {asked} | {'**over**' if over else ''} |"
    parts = [step for step in steps if not step.inner]
    yield f"| all | {sum(step.milliseconds for step in parts):.2f} | | |"
