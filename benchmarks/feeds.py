"""What feeds cost: CPU of all of them, cold, warm and after one change, beside feedgen alone.

PYTHONPATH=. python benchmarks/feeds.py [--articles 1000 10000] [--archives none site all]
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from generator import feeds
from generator.cli import COLLECTED
from generator.feeds import content
from generator.keys import Keys, Known
from generator.model import Article, Figure, File, Kept, Line, Link, Mention, Site, Source
from tests.making import NOON, a_brief, a_site, an_article

A_DAY = 12
TOPICS = 40
SOURCES = 25
NAMES = 60
WORDS = (
    "county grid turbine campus power memory price delay court chip water permit loan supplier audit hall "
    "line vote plan cost lease queue study rule batch bond fibre month share order of the a to in for on by"
).split()


def sentence(pick: random.Random, words: int) -> str:
    return f"{' '.join(pick.choices(WORDS, k=words)).capitalize()}."


def composed(count: int) -> tuple[Site, dict[str, Article]]:
    """A site of different articles, twelve a day, on three of forty topics; the seed is fixed."""
    pick = random.Random(5)
    articles, briefs = [], {}
    for n in range(count):
        paragraphs = [[sentence(pick, 22) for _ in range(3)] for _ in range(8)]
        title = sentence(pick, 9).rstrip(".")
        article = an_article(
            title,
            id=f"{n:016x}",
            slug=f"report-{n}",
            published=NOON - timedelta(hours=24 * n / A_DAY),
            paragraphs=paragraphs,
            topics=tuple(f"Topic {it}" for it in pick.sample(range(TOPICS), 3)),
            sources=(Source(f"Wire {n % SOURCES}", f"https://wire.example/{n}"),),
            authors=(f"Writer {n % 90}",),
        )
        body = article.sentences[1:]
        lines = [Line(it.text, (it.id,)) for it in body]
        figures = tuple(Figure(str(n), "million", line) for line in lines[10:13])
        people = tuple(Mention(f"Name {it}", 2, ("s1",)) for it in pick.sample(range(NAMES), 2))
        briefs[article.id] = a_brief(
            article,
            summary=tuple(lines[:2]),
            why_it_matters=lines[3],
            key_points=tuple(lines[4:9]),
            key_figures=figures,
            whats_next=(lines[-1],),
            people=people,
        )
        articles.append(article)
    site = a_site(articles, briefs=briefs)
    links = {
        name: Link(name, f"people/{name.lower().replace(' ', '-')}/")
        for name in map("Name {}".format, range(NAMES))
    }
    entries = tuple(
        replace(it, mentions=tuple(links[p.name] for p in it.brief.people)) for it in site.entries
    )
    site = a_site(articles, briefs=briefs, people=feeds_of(entries))
    return site, {article.id: article for article in articles}


def feeds_of(entries: Sequence[object]) -> object:
    from generator.editions import subjects

    return subjects.entities("person", entries)  # type: ignore[arg-type]


def naive(site: Site, articles: dict[str, Article], items: int = 30) -> int:
    """Make RSS and Atom of each listing by feedgen, each entry anew in each feed: no JSON, no archives."""
    from feedgen.feed import FeedGenerator

    made = 0
    for entries in [site.entries, *(it.entries for it in (*site.topics, *site.people, *site.sources))]:
        feed = FeedGenerator()
        feed.id(site.url)
        feed.title(site.title)
        feed.description(site.title)
        feed.link(href=site.url)
        for entry in islice(entries, items):
            item = feed.add_entry(order="append")
            item.id(entry.id)
            item.title(entry.headline)
            item.link(href=site.url + entry.url)
            item.published(entry.published)
            item.updated(entry.updated)
            item.content(content.of_article(site, entry, articles[entry.id], "brief"), type="html")
        made += len(feed.rss_str()) + len(feed.atom_str())
    return made


def cpu(work: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def changed(site: Site, place: int) -> Site:
    """The site after the title of one article was mended."""
    old = site.entries[place]
    new = replace(old, headline=f"{old.headline}, mended", updated=old.updated + timedelta(hours=1))

    def mended(subjects: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(
            replace(it, entries=tuple(new if e is old else e for e in it.entries)) for it in subjects
        )

    entries = tuple(new if e is old else e for e in site.entries)
    return replace(
        site,
        entries=entries,
        topics=mended(site.topics),
        people=mended(site.people),
        sources=mended(site.sources),
    )


def run(count: int, archives: str) -> None:
    site, articles = composed(count)
    options = feeds.Options("switchyard.example,2026", archives=archives)  # type: ignore[arg-type]
    known: dict[str, str] = {}

    def make(of: Site = site) -> list[File | Kept]:
        every = feeds.listed(of, options)
        told = Known(Keys((it.brief, f"{it.id} {it.headline}") for it in of.entries), "", holds)
        files, problems = feeds.render(every, of, articles, options, known=told)
        assert not problems  # noqa: S101
        return files

    def holds(path: str, key: str) -> bool:
        return known.get(path) == key

    cold, files = cpu(make)
    known.update({file.path: file.key for file in files})  # type: ignore[attr-defined]
    warm, again = cpu(make)
    assert all(isinstance(file, Kept) for file in again)  # type: ignore[attr-defined] # noqa: S101
    newest, _ = cpu(lambda: make(changed(site, 0)))
    oldest, _ = cpu(lambda: make(changed(site, count - 1)))
    size = sum(len(file.data) for file in files) / 1e6  # type: ignore[attr-defined]
    print(
        f"{count:6} articles, archives {archives:4}: {len(files):5} files {size:6.1f} MB"  # type: ignore[arg-type]
        f" | cold {cold:.2f} s, warm {warm:.2f}, newest changed {newest:.2f}, oldest changed {oldest:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--archives", nargs="*", default=["none", "site", "all"])
    given = parser.parse_args()
    gc.set_threshold(*COLLECTED)  # as the command does
    naive(*composed(20))  # imports
    for count in given.articles:
        site, articles = composed(count)
        spent, _ = cpu(lambda: naive(site, articles))  # noqa: B023
        listings = len(feeds.listed(site, feeds.Options("a.example,2026"))) - 2
        print(f"{count:6} articles, feedgen alone, RSS and Atom of {listings} listings: {spent:.2f} s")
        for archives in given.archives:
            run(count, archives)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
