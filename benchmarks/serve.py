"""How long a save takes to be seen: `broadsheet serve` on sites of growing size.

    python benchmarks/serve.py 10 1000 [--browser]

For each number of articles it makes a site, serves it, and changes one article's text again and again.
Printed are medians in milliseconds: from the save until the page at hand is told to load itself again, the
build within that (as the server says), and what is left: watching, waiting for the save to end, looking at
the page. With `--browser` a Chromium has the page open, and the time ends when the new text stands in it.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROUNDS = 12
WORDS = (
    "council grid operator report turbine county megawatt study queue developer project hall lease capacity "
    "engineer contract utility region price auction signal delay winter permit river substation review"
).split()
# The page says itself what it shows, in the frame after the first: to ask it again and again takes longer.
SAYS = """addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(() =>
    console.log("seen " + document.body.innerText.match(/edit (\\d+) of it/)?.[1]))))"""
PATH = "2026/11/article-0/"


def site(folder: Path, count: int) -> Path:
    """Write a site of so many articles of about 600 words, over as many days as they need."""
    chance = random.Random(8)
    (folder / "config.yaml").write_text("title: T\nurl: https://n.example/sheet/\n", encoding="utf-8")
    for number in range(count):
        file = folder / "content" / f"{number // 500:03d}" / f"article-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article(chance, number, number), encoding="utf-8")
    return folder


def article(chance: random.Random, number: int, edit: int) -> str:
    day = 1 + (number % 28 if number else 23)
    month = 1 + (number // 28) % 10 if number else 11
    sentences = [
        f"{' '.join(chance.choices(WORDS, k=12)).capitalize()} by {chance.randint(2, 900)} percent."
        for _ in range(45)
    ]
    paragraphs = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, 45, 5))
    title = " ".join(chance.choices(WORDS, k=7)).capitalize()
    head = f"title: {title}\ndate: 2026-{month:02d}-{day:02d}\ntopics: [{chance.choice(WORDS)}]"
    return f"---\n{head}\n---\n\nThis is edit {edit} of it, as it was saved.\n\n{paragraphs}\n"


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
def subscriber(url: str) -> Iterator[Callable[[int], None]]:
    """Wait as a page does, by a plain connection."""
    parts = urlsplit(url)

    @contextmanager
    def stream() -> Iterator[Any]:
        with socket.create_connection(("127.0.0.1", parts.port or 80)) as wire:
            query = f"page={parts.path}{PATH}&look="
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
def browser(url: str) -> Iterator[Callable[[int], None]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = made.new_page()
        page.add_init_script(SAYS)
        page.goto(url + PATH)

        def seen(edit: int) -> None:
            page.wait_for_event("console", lambda said: said.text == f"seen {edit}")

        yield seen
        made.close()


def measured(folder: Path, *, in_browser: bool) -> tuple[float, float]:
    file = folder / "content" / "000" / "article-0.md"
    taken, built = [], []
    with served(folder) as (url, heard), (browser if in_browser else subscriber)(url) as seen:
        for edit in range(1000, 1000 + ROUNDS):
            text = article(random.Random(8), 0, edit)
            time.sleep(0.3)
            started = time.perf_counter()
            file.write_text(text, encoding="utf-8")
            seen(edit)
            taken.append(time.perf_counter() - started)
            built.append(heard()["seconds"])
    return statistics.median(taken) * 1000, statistics.median(built) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", nargs="*", type=int, default=[10, 1000])
    parser.add_argument("--browser", action="store_true", help="measure in a real Chromium")
    asked = parser.parse_args()
    print(f"{'articles':>9} {'save to seen':>13} {'build':>8} {'the rest':>9}   ms, medians of {ROUNDS}")
    for count in asked.counts:
        with tempfile.TemporaryDirectory() as folder:
            whole, build = measured(site(Path(folder), count), in_browser=asked.browser)
        print(f"{count:>9,} {whole:>13.0f} {build:>8.0f} {whole - build:>9.0f}")


if __name__ == "__main__":
    main()
