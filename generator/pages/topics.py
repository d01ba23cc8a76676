"""The list of topics, and a page per topic: latest, timeline by month, data beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator import urls
from generator.model import EditionFigure, Entry, Link, Page, Site, Subject
from generator.pages import dates, wording
from generator.pages.calendar import Span, divided, spans
from generator.pages.frame import meta, page

SHOWN = 60  # entries that a topic's page shows at least, in whole months
FIGURES = 4
FIGURES_FROM = 12  # newest entries that the figures come from
OFTEN_WITH = 8
LETTERED = 24  # topics from which the list is divided by first letter
BUSIEST = 8
PACE = 9  # months in the chart
PACE_LEAST = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """Articles a month as a chart 180 by 48: a path of bars, and the same in words."""

    path: str
    words: str
    caption: str


def plan(site: Site, common: Mapping[str, Any]) -> Iterator[Page]:
    if site.topics:
        yield _index(site, common)
    for topic in site.topics:
        months = spans(topic.entries, topic.url)
        shown, earlier = divided(months, SHOWN)
        yield _topic(site, topic, shown, earlier, common)
        for n, month in enumerate(earlier):
            newer = months[len(shown) + n - 1] if n else None
            older = earlier[n + 1] if n + 1 < len(earlier) else None
            yield _month(site, topic, month, (newer, older), common)


def lettered(topics: Sequence[Subject]) -> list[tuple[str, list[Subject]]]:
    """Topics under their first letter where they are many; else all under an empty one."""
    if len(topics) < LETTERED:
        return [("", list(topics))]
    in_order = sorted(topics, key=lambda topic: (topic.name[:1].upper(), topic.name.casefold()))
    return [(letter, list(group)) for letter, group in groupby(in_order, key=lambda t: t.name[:1].upper())]


def busiest(topics: Sequence[Subject]) -> list[Subject]:
    """Topics with most articles, where there are enough topics to choose from."""
    if len(topics) <= BUSIEST:
        return []
    return sorted(topics, key=lambda topic: (-len(topic.entries), topic.name))[:BUSIEST]


def figures(entries: Sequence[Entry]) -> list[EditionFigure]:
    """Take the first figure of each of the newest entries that has one, none twice."""
    newest = entries[:FIGURES_FROM]
    found: dict[tuple[str, str], EditionFigure] = {}
    for entry in newest:
        for figure in entry.brief.key_figures[:1]:
            found.setdefault((figure.value, figure.unit), EditionFigure(figure, entry))
    return list(found.values())[:FIGURES]


def often_with(topic: Subject) -> list[tuple[Link, int]]:
    """Other topics that its articles have, most frequent first."""
    counts = Counter(other for entry in topic.entries for other in entry.topics if other.url != topic.url)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].title))[:OFTEN_WITH]


def pace(months: Sequence[Span]) -> Pace | None:
    """Articles in each of the nine calendar months up to the newest; none where few months have any."""
    if len(months) < PACE_LEAST:
        return None
    count = {(span.year, span.month): len(span.entries) for span in months}
    newest = months[0].year * 12 + months[0].month - 1
    shown = [divmod(n, 12) for n in range(newest - PACE + 1, newest + 1)]
    counts = [(dates.month(month + 1), count.get((year, month + 1), 0)) for year, month in shown]
    since = counts[next(n for n, (_, articles) in enumerate(counts) if articles) :]
    (start, few), (end, many) = since[0], since[-1]
    words = ", ".join(f"{name} {articles}" for name, articles in since)
    return Pace(_bars([n for _, n in counts]), words, f"{few:,} in {start}, {many:,} in {end}")


def _bars(counts: Sequence[int]) -> str:
    most = max(counts)
    return "".join(f"M{5 + 20 * n} 48v-{round(45 * c / most)}" for n, c in enumerate(counts) if c)


def _index(site: Site, common: Mapping[str, Any]) -> Page:
    told = f"{wording.plural(len(site.topics), 'topic')} in {wording.plural(len(site.entries), 'article')}"
    about = meta(site, "topics", urls.TOPICS, "Topics", f"{told}.", section=urls.TOPICS)
    return page(
        "topics.html", about, common, groups=lettered(site.topics), busiest=busiest(site.topics), told=told
    )


def _topic(
    site: Site, topic: Subject, shown: Sequence[Span], earlier: Sequence[Span], common: Mapping[str, Any]
) -> Page:
    told = _told(topic)
    about = meta(
        site,
        "topic",
        topic.url,
        topic.name,
        f"{topic.name}: {told}.",
        section=urls.TOPICS,
        feeds=(Link(f"{site.title}: {topic.name}", urls.feed(topic.url)),),
    )
    return page(
        "topic.html",
        about,
        common,
        topic=topic,
        told=told,
        latest=topic.entries[0] if topic.entries else None,
        months=shown,
        earlier=earlier,
        figures=figures(topic.entries),
        often_with=often_with(topic),
        pace=pace([*shown, *earlier]),
    )


def _told(topic: Subject) -> str:
    """`46 articles from 9 sources, since 4 March 2026`."""
    articles = wording.plural(len(topic.entries), "article")
    sources = len({source.name for entry in topic.entries for source in entry.sources})
    told = f"{articles} from {wording.plural(sources, 'source')}" if sources > 1 else articles
    return f"{told}, since {dates.long(topic.entries[-1].published)}" if len(topic.entries) > 1 else told


def _month(
    site: Site,
    topic: Subject,
    month: Span,
    beside: tuple[Span | None, Span | None],
    common: Mapping[str, Any],
) -> Page:
    newer, older = beside
    title = f"{topic.name}, {month.title}"
    told = wording.plural(len(month.entries), "article")
    about = meta(site, "topic", month.url, title, f"{title}: {told}.", section=urls.TOPICS)
    return page(
        "topic_month.html", about, common, topic=topic, span=month, told=told, newer=newer, older=older
    )
