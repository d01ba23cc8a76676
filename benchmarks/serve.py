"""How long a save takes to be seen: `broadsheet serve` on sites of growing size.

    python -m benchmarks.serve 10 1000 [--browser]

For each number of articles it makes a corpus, serves it, and changes one recent article's text again and
again. Printed are medians in milliseconds: from the save until the page at hand is told to load itself
again, the build within that (as the server says), and what is left: watching, waiting for the save to
end, looking at the page. With `--browser` a Chromium has the page open, and the time ends when the new
text stands in it.
"""

from __future__ import annotations

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.cases import OURS, Chosen, written
from benchmarks.corpus import SEED
from benchmarks.peers import Site

ROUNDS = 12
CHROMIUM = "/usr/bin/chromium"
# The page says itself what it shows, in the frame after the first: to ask it again and again takes longer.
SAYS = """addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(() =>
    console.log("seen " + document.body.innerText.match(/edit (\\d+) of it/)?.[1]))))"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Medians in milliseconds: from a save until it is seen, and of the build within; and who saw it."""

    milliseconds: float
    build: float
    browser: bool


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    command = [sys.executable, "-m", "generator", "serve", str(folder), "--json", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)
    stream = process.stdout
    assert stream  # noqa: S101 -- it was asked for

    def heard() -> dict[str, Any]:
        return dict(json.loads(stream.readline()))

    try:
        first = heard()
        print(f"  first build {first['seconds']:.2f} s", file=sys.stderr)
        yield heard()["url"], heard
    finally:
        process.terminate()
        process.wait()


@contextmanager
def subscriber(url: str, path: str) -> Iterator[Callable[[int], None]]:
    """Wait as a page does, by a plain connection."""
    parts = urlsplit(url)

    @contextmanager
    def stream() -> Iterator[Any]:
        with socket.create_connection(("127.0.0.1", parts.port or 80)) as wire:
            query = f"page={parts.path}{path}&look="
            wire.sendall(f"GET /.broadsheet/live?{query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
            with wire.makefile("r", encoding="utf-8") as lines:
                yield lines

    with stream() as lines:

        def told() -> dict[str, Any]:
            while True:
                line = lines.readline()
                if line.startswith("data: "):
                    return dict(json.loads(line[6:]))

        told()

        def seen(_: int) -> None:
            while told()["do"] != "reload":
                pass

        yield seen


@contextmanager
def browser(url: str, path: str) -> Iterator[Callable[[int], None]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = made.new_page()
        page.add_init_script(SAYS)
        page.goto(url + path)

        def seen(edit: int) -> None:
            page.wait_for_event("console", lambda said: said.text == f"seen {edit}")

        yield seen
        made.close()


def measured(site: Site, chosen: Chosen, *, in_browser: bool) -> Seen:
    """Serve a corpus, and change an article of its last days again and again."""
    article, watch = chosen.recent, browser if in_browser else subscriber
    taken, built = [], []
    with served(site.folder) as (url, heard), watch(url, article.address) as seen:
        for edit in range(1000, 1000 + ROUNDS):
            time.sleep(0.3)
            started = time.perf_counter()
            site.put(article, f"This is edit {edit} of it, as it was saved.")
            seen(edit)
            taken.append(time.perf_counter() - started)
            built.append(heard()["seconds"])
    return Seen(statistics.median(taken) * 1000, statistics.median(built) * 1000, in_browser)


def can_browse() -> bool:
    """Tell whether there is a Chromium, and what drives it."""
    return Path(CHROMIUM).exists() and find_spec("playwright") is not None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", nargs="*", type=int, default=[100, 1000])
    parser.add_argument("--browser", action="store_true", help="measure in a real Chromium")
    asked = parser.parse_args()
    print(f"{'articles':>9} {'save to seen':>13} {'build':>8} {'the rest':>9}   ms, medians of {ROUNDS}")
    for count in asked.counts:
        with tempfile.TemporaryDirectory() as folder:
            sites, chosen = written(count, SEED, Path(folder), [OURS])
            one = measured(sites[OURS], chosen, in_browser=asked.browser)
        rest = one.milliseconds - one.build
        print(f"{count:>9,} {one.milliseconds:>13.0f} {one.build:>8.0f} {rest:>9.0f}")


if __name__ == "__main__":
    main()
