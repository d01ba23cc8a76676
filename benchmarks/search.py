"""What the search index costs: time, memory, bytes, files, a change of one article, what a reader fetches.

    PYTHONPATH=. python benchmarks/search.py [--articles 1000 10000] [--a-day 12] [--divided]

Articles are made up: sentences of words that are as unevenly frequent as those of a language, briefs of the
size that the summariser writes of a 600-word article. Where there is a Chromium (and Playwright) a reader
searches them; the server sends files as they are, so what a host compresses is smaller on the wire.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from generator import assets, pages, publish, search
from generator.cache import Cache
from generator.editions import subjects
from generator.model import Brief, Coverage, Entry, File, Line, Link, Mention, Site, Source
from generator.pages import frame
from generator.pages import search as search_page
from generator.search import pagefind
from generator.templating import Templates

TEMPLATES = Path(__file__).parent.parent / "templates"
NEWEST = datetime(2026, 11, 23, 12, tzinfo=UTC)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
WORDS, NAMES, LINES, LENGTH = 40_000, 20_000, 14, 21  # vocabulary; lines of a brief and words of a line


class Author:
    """Makes articles up, the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(4)
        self.words = [
            "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 4))) for _ in range(WORDS)
        ]
        self.names = [f"{self._any().title()} {self._any().title()}" for _ in range(NAMES)]

    def entries(self, count: int, a_day: float) -> tuple[Entry, ...]:
        step = timedelta(days=1 / a_day)
        return tuple(self._entry(number, NEWEST - number * step) for number in range(count))

    def _any(self) -> str:
        return self.chance.choice(self.words)

    def _drawn(self, some: Sequence[str], slope: float) -> str:
        return some[min(len(some), int(self.chance.paretovariate(slope))) - 1]

    def _line(self, number: int, length: int = LENGTH) -> Line:
        said = " ".join(self._drawn(self.words, 0.4) for _ in range(length))
        return Line(f"{said.capitalize()}.", (f"s{number}",))

    def _entry(self, number: int, published: datetime) -> Entry:
        lines = tuple(self._line(n) for n in range(1, LINES + 1))
        named = [Mention(self._drawn(self.names, 0.3), 1, ("s1",)) for _ in range(8)]
        topics = tuple(
            Link(f"Topic {n}", f"topics/topic-{n}/") for n in sorted(self.chance.sample(range(40), 2))
        )
        brief = Brief(
            replace(self._line(0, 9), evidence=("s0",)),
            "extractive 1",
            Coverage(600, 280),
            summary=lines[:2],
            key_points=lines[2:],
            people=tuple(named[:4]),
            organisations=tuple(named[4:]),
        )
        url, source = f"{published:%Y/%m}/article-{number}/", Source(f"Wire {self.chance.randrange(30)}")
        edition = Link("", f"editions/{published:%Y-%m-%d}/")
        headline = brief.headline.text
        return Entry(
            str(number),
            url,
            headline,
            published,
            published,
            "en",
            600,
            3,
            1,
            brief,
            edition,
            (source,),
            (),
            topics,
        )


def site_of(entries: tuple[Entry, ...]) -> Site:
    named = subjects.named((entry.brief for entry in entries), ())
    entries = tuple(replace(entry, mentions=named.links(entry.brief)) for entry in entries)
    values = dict.fromkeys(
        ("editions", "stories", "roll_ups", "corrected", "months", "pages", "menu", "places"), ()
    )
    return Site(
        title="Measured", description="", url="https://measured.example/sheet/", base="/sheet/",
        language="en",
        timezone="UTC", period="day", author=None, entries=entries, topics=subjects.topics(entries),
        people=subjects.entities("person", entries), organisations=subjects.entities("organisation", entries),
        sources=subjects.sources(entries), **values,
    )  # fmt: skip


def timed(make: Callable[[], Any]) -> tuple[Any, str]:
    """Run it; tell seconds by the clock, of this process and of those that it started."""
    started, own, others = (
        time.perf_counter(),
        time.process_time(),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    made = make()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    other = after.ru_utime + after.ru_stime - others.ru_utime - others.ru_stime
    return (
        made,
        f"{time.perf_counter() - started:6.2f} s ({time.process_time() - own:5.2f} + {other:5.2f} CPU)",
    )


def built(site: Site, work: Path) -> list[File]:
    """Print what an index costs to make, to make again, and to change."""
    cache = Cache(work / "records")
    files, took = timed(lambda: search.index(site, cache))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"  all anew          {took}, at most {most} MB")
    print(f"  nothing changed   {timed(lambda: search.index(site, cache))[1]}")
    for which, at in (("newest", 0), ("oldest", len(site.entries) - 1)):
        other = replace(site.entries[at], headline="Something else altogether")
        changed = replace(site, entries=(*site.entries[:at], other, *site.entries[at + 1 :]))
        print(f"  {which} changed    {timed(partial(search.index, changed, cache))[1]}")
    publish.publish(files, work / "published", work / "next")
    print(
        f"  published again   {timed(lambda: publish.publish(files, work / 'published', work / 'next'))[1]}"
    )
    kinds = Counter(file.path.rpartition(".")[2] for file in files)
    sizes = {kind: sum(len(f.data) for f in files if f.path.endswith(f".{kind}")) for kind in kinds}
    told = ", ".join(f"{count} {kind} {sizes[kind] / 1e6:.2f}" for kind, count in kinds.most_common())
    print(f"  {len(files)} files, {sum(sizes.values()) / 1e6:.1f} MB: {told}")
    return files


def divided(entries: tuple[Entry, ...]) -> None:
    """Print what other ways to divide the index would cost."""
    ways: dict[str, Callable[[Entry], str]] = {
        "months": lambda entry: f"{entry.published:%Y-%m}",
        "quarters": search._quarter,  # noqa: SLF001 -- what is measured
        "years": search._year,  # noqa: SLF001 -- the same
        "one": lambda _: "all",
    }
    for way, name in ways.items():
        found = [
            search.Volume(one, tuple(entry for entry in entries if name(entry) == one))
            for one in dict.fromkeys(map(name, entries))
        ]
        made = [{search._name(e): search.document(e, "en") for e in volume.entries} for volume in found]  # noqa: SLF001 -- the same
        indexes, took = timed(lambda made=made: [pagefind.index(documents, "en") for documents in made])  # type: ignore[misc]
        chunks = [
            len(data) for index in indexes for name, data in index.items() if name.endswith(".pf_index")
        ]
        a_word = len(found) * sum(chunks) / len(chunks) / 1000
        print(f"  {way:9} {len(found):3} volumes, {took}, {a_word:4.0f} KB for each word of a search")


class Server(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def read(site: Site, files: list[File], chromium: str, work: Path, words: Sequence[str]) -> None:
    """Print how long a reader waits in a browser, and what is fetched."""
    from playwright.sync_api import Response, sync_playwright

    theme, names = assets.collect((TEMPLATES,), assets.Options())
    (page,) = search_page.plan(site, frame.common(site, names))
    rendered = pages.render(page, Templates((TEMPLATES,), site.url))
    for file in (*files, *theme, rendered):
        path = work / "served" / "sheet" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(work / "served")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fetched: list[int] = []

    def count(answer: Response) -> None:
        fetched.append(int(answer.headers.get("content-length", 0)))

    script = """async (words) => {
      const by = (id) => document.getElementById(id), start = performance.now();
      by("q").value = words; by("found").textContent = ""; by("find").requestSubmit();
      while (!by("found").textContent.includes("article")) await new Promise((done) => setTimeout(done, 5));
      return [performance.now() - start, by("found").textContent];
    }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.context.on("response", count)
        tab.goto(f"http://127.0.0.1:{server.server_port}/sheet/search/")
        for asked in words:
            fetched.clear()
            waited, told = tab.evaluate(script, asked)
            tab.wait_for_timeout(1000)
            print(f"  {told:44} {waited:5.0f} ms, {len(fetched)} files, {sum(fetched) / 1000:.0f} KB")
        browser.close()
    server.shutdown()
    server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--a-day", type=float, default=12)
    parser.add_argument("--divided", action="store_true", help="compare ways to divide the index")
    parser.add_argument("--browser", default=shutil.which("chromium"), help="path of a Chromium")
    asked = parser.parse_args()
    for count in asked.articles:
        author = Author()
        site = site_of(author.entries(count, asked.a_day))
        found = search.volumes(site.entries)
        print(f"{count} articles, {asked.a_day:g} a day, in {len(found)} volumes")
        with tempfile.TemporaryDirectory() as work:
            files = built(site, Path(work))
            if asked.browser:
                rare = author.words[3000]
                read(
                    site,
                    files,
                    asked.browser,
                    Path(work),
                    [author.words[200], f"{author.words[20]} {author.words[45]}", rare[:4]],
                )
        if asked.divided:
            divided(site.entries)


if __name__ == "__main__":
    main()
