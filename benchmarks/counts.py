"""How often functions are called in builds of a small corpus: work, measured as no busy machine disturbs it.

    python -m benchmarks.counts [--update]

Builds are cold, with nothing changed, with one text changed and with a template changed, each in a process of
its own. What is called, and how often, is held against benchmarks/counts.json: functions of ours one by one,
those of a library by its rooms. `--update` writes what is counted now: the git diff is the review.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parent.parent
KEPT = Path(__file__).with_suffix(".json")
ARTICLES = 20
SEED = "counts"
SETTLED = 2.1  # seconds after which a build knows for sure that no file was saved again
CASES = ("cold", "nothing", "text", "template")
LIBRARIES = "libraries:"
# Comprehensions are functions to some Pythons, and parts of one to others.
INLINED = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>"})
# How much more is let pass: of all calls of ours in a case, of one function; and what are few in any case.
# A build with nothing changed looks at each file of the program: a new one is no fault.
IN_ALL, SOME = 1.03, 200
OF_ONE, FEW = 1.25, 40
PYTHON = ".".join(platform.python_version_tuple()[:2])
TOLD = 12  # functions that a message names

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Growth:
    """A function of a case that is called more often than before."""

    name: str
    before: int
    now: int


def grown(before: Counts, now: Counts) -> dict[str, list[Growth]]:
    """Give, by case, what is called too often; first all of ours, where that has grown.

    A case fails by all calls of ours together, or by one function that was called before. What is new counts
    in the whole alone: it may have been parted from another.
    """
    made = {}
    for case, counts in now.items():
        known = before.get(case, {})
        every = [Growth(name, known.get(name, 0), count) for name, count in counts.items()]
        every.sort(key=lambda one: (one.before - one.now, one.name))
        whole = Growth("all calls of ours", _ours(known), _ours(counts))
        if whole.now > whole.before * IN_ALL + SOME:
            made[case] = [whole, *(one for one in every if one.now > one.before)]
        elif more := [one for one in every if one.before and one.now > one.before * OF_ONE + FEW]:
            made[case] = more
    return made


def _ours(counts: Mapping[str, int]) -> int:
    return sum(count for name, count in counts.items() if not name.startswith(LIBRARIES))


def told(found: Mapping[str, list[Growth]]) -> str:
    """Say what has grown, the largest first, and what to do."""
    lines = []
    for case, growth in found.items():
        lines.append(f"A build ({case}) calls more than benchmarks/counts.json allows:")
        lines += [
            f"  {one.now - one.before:+8,}  {one.before:,} -> {one.now:,}  {one.name}"
            for one in growth[:TOLD]
        ]
        if len(growth) > TOLD:
            lines.append(f"  and {len(growth) - TOLD} more")
    return "\n".join([*lines, "If that is meant:  python -m benchmarks.counts --update"])


def kept() -> Counts:
    """Read what was counted before; of libraries nothing if that was on another Python: they differ by it."""
    data = json.loads(KEPT.read_text(encoding="utf-8"))
    same = data["python"] == PYTHON
    counts = {name: it for name, it in data["calls"].items() if same or not name.startswith(LIBRARIES)}
    return {case: {name: it[case] for name, it in counts.items() if case in it} for case in CASES}


def keep(counts: Counts) -> None:
    """Write what was counted, a function a line."""
    calls = [
        f"  {json.dumps(name)}: {json.dumps({case: it[name] for case, it in counts.items() if name in it})}"
        for name in sorted({name for it in counts.values() for name in it})
    ]
    lines = ["{", f' "python": "{PYTHON}",', ' "calls": {', ",\n".join(calls), " }", "}", ""]
    KEPT.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def counted() -> Counts:
    """Count in a fresh process, with nothing in it that changes from run to run."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "benchmarks.counts", "--raw"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    counts: Counts = json.loads(done.stdout)
    return counts


def _count_all() -> Iterator[tuple[str, dict[str, int]]]:
    from benchmarks.corpus import articles
    from benchmarks.peers import PEERS, Site

    ours = PEERS["broadsheet"]
    os.environ.update(ours.environment)
    with tempfile.TemporaryDirectory() as work:
        site = Site(Path(work) / "site", ours)
        corpus = list(articles(ARTICLES, SEED))
        site.write(corpus)
        written = time.monotonic()
        _read_code()
        time.sleep(max(0, SETTLED - (time.monotonic() - written)))
        for case in CASES:
            if case == "text":
                site.put(corpus[-3], "More was said about it on Monday.")
            elif case == "template":
                site.fit_in(ours.template, "<p>A line more.</p>", "</footer>")
            yield case, _in_a_child(site.folder)


def _read_code() -> None:
    import generator.build
    import generator.commands.build  # noqa: F401 -- what is forked has read both


def _in_a_child(folder: Path) -> dict[str, int]:
    """Build in a fork: it has the code read, and nothing that a build before it has found out."""
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(out)
        code = 1
        try:
            with os.fdopen(into, "w") as told_here:
                json.dump(_profiled(folder), told_here)
            code = 0
        except BaseException:  # noqa: BLE001 -- a fork must not go on with what its parent was about
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(into)
    with os.fdopen(out) as heard:
        said = heard.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit("a build that was counted has failed")
    counts: dict[str, int] = json.loads(said)
    return counts


def _profiled(folder: Path) -> dict[str, int]:
    from generator.commands.build import build

    profile = cProfile.Profile(builtins=False)
    profile.enable()
    try:
        build.main(["--quiet", "--jobs", "1", str(folder)], standalone_mode=False)
    finally:
        profile.disable()
    counts: Counter[str] = Counter()
    for entry in profile.getstats():
        if isinstance(entry.code, CodeType) and (name := _name(entry.code)):
            counts[name] += entry.callcount
    return dict(sorted(counts.items()))


def _name(code: CodeType) -> str:
    """Name a function of ours, or all of a library; nothing of Python's own, which differs by its version."""
    path = Path(code.co_filename)
    if code.co_name in INLINED:
        return ""
    if path.is_relative_to(ROOT / "generator"):
        room = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        return f"{room.removesuffix('.__init__')}:{code.co_qualname}"
    if "site-packages" in path.parts:
        parts = path.with_suffix("").parts[path.parts.index("site-packages") + 1 :]
        return f"{LIBRARIES}{'.'.join(parts[:2]).removesuffix('.__init__')}"
    return f"{LIBRARIES}templates" if path.suffix == ".html" else ""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write what is counted now")
    parser.add_argument("--raw", action="store_true", help="print it as data")
    asked = parser.parse_args()
    if asked.raw:
        print(json.dumps(dict(_count_all())))
        return
    counts = counted()
    for case, now in counts.items():
        print(f"{case:9} {_ours(now):9,} calls of ours, {sum(now.values()) - _ours(now):9,} of libraries")
    if asked.update:
        keep(counts)
    elif found := grown(kept(), counts):
        sys.exit(told(found))


if __name__ == "__main__":
    main()
