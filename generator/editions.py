"""Stories -> Site: dated editions, topics and archive, composed but not yet rendered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from generator import text, urls
from generator.model import (
    Article,
    Author,
    Brief,
    Edition,
    EditionFigure,
    Entry,
    Figure,
    Link,
    Month,
    Site,
    StandingPage,
    Story,
    Topic,
)

Period = Literal["day", "week", "month"]
FIGURES = 5  # of an edition
SHORT_CONTEXT = 12  # words that fit beside a figure
# Of our own, since strftime's follow the locale.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a site is called and how its editions are cut; `limit` is the most stories of an edition."""

    title: str
    url: str
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    author: Author | None = None
    menu: tuple[Link, ...] = ()
    period: Period = "day"
    limit: int = 12
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


def edition_start(published: datetime, period: Period) -> date:
    """First day of the edition that a moment belongs to, in its own zone; weeks begin on Monday."""
    day = published.date()
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def edition_title(start: date, period: Period) -> str:
    month = f"{MONTHS[start.month - 1]} {start.year}"
    if period == "month":
        return month
    return (
        f"Week of {start.day} {month}" if period == "week" else f"{DAYS[start.weekday()]} {start.day} {month}"
    )


def compose(
    articles: Sequence[Article],
    briefs: Sequence[Brief],
    groups: Sequence[Sequence[str]],
    pages: Sequence[StandingPage],
    options: Options,
) -> Site:
    """Compose a site of public articles. `briefs` go with `articles`; `groups` holds ids, leads first."""
    spelled = _spellings(articles)
    entries = sorted(
        (
            entry_of(article, brief, spelled, options.period)
            for article, brief in zip(articles, briefs, strict=True)
        ),
        key=newest_first,
    )
    by_id = {entry.id: entry for entry in entries}
    stories = [Story(group[0], by_id[group[0]], tuple(by_id[name] for name in group[1:])) for group in groups]
    editions = _editions(stories, options)
    return Site(
        title=options.title,
        description=options.description,
        url=options.url,
        base=urls.base(options.url),
        language=options.language,
        timezone=options.timezone,
        period=options.period,
        author=options.author,
        menu=options.menu,
        entries=tuple(entries),
        editions=editions,
        topics=_topics(entries),
        months=_months(entries, editions),
        pages=tuple(sorted(pages, key=lambda page: (page.title.casefold(), page.url))),
        extra=options.extra,
    )


def newest_first(entry: Entry) -> tuple[float, str]:
    """Key of the one order everywhere: published descending, then id."""
    return -entry.published.timestamp(), entry.id


def _spellings(articles: Sequence[Article]) -> dict[str, str]:
    """Decide how each topic is written: as most articles do; if undecided, as the first of them did."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article in sorted(articles, key=lambda a: (a.published.timestamp(), a.id)):
        for name in article.topics:
            counts[text.slug(name)][name] += 1
    return {slug: names.most_common(1)[0][0] for slug, names in counts.items()}


def entry_of(article: Article, brief: Brief, spelled: Mapping[str, str], period: Period) -> Entry:
    """Show an article as listings do."""
    start = edition_start(article.published, period)
    slugs = dict.fromkeys(text.slug(name) for name in article.topics)
    return Entry(
        id=article.id,
        url=article.url,
        headline=brief.headline.text,
        published=article.published,
        updated=article.updated,
        lang=article.lang,
        words=article.words,
        minutes=text.minutes(article.words),
        brief_minutes=text.minutes(brief.coverage.words_out),
        brief=brief,
        edition=Link(edition_title(start, period), urls.edition(start)),
        sources=article.sources,
        authors=article.authors,
        topics=tuple(Link(spelled[slug], urls.topic(slug)) for slug in slugs),
        image=article.image,
        canonical_url=article.canonical_url,
        pinned=article.pinned,
    )


def weight(story: Story) -> tuple[bool, int, int, float, str]:
    """Key of the order within an edition, heaviest first.

    Pinned by the editor; then the number of outlets that report it; then how much its brief has to say
    (figures, key points, a summary); then the newest; then the id.
    """
    entries = (story.lead, *story.others)
    outlets = {source.name for entry in entries for source in entry.sources}
    brief = story.lead.brief
    substance = bool(brief.key_figures) + bool(brief.key_points) + bool(brief.summary)
    pinned = any(entry.pinned for entry in entries)
    return not pinned, -max(1, len(outlets)), -substance, -story.lead.published.timestamp(), story.id


def _editions(stories: Sequence[Story], options: Options) -> tuple[Edition, ...]:
    issues: dict[date, list[Story]] = defaultdict(list)
    for story in stories:
        issues[edition_start(story.lead.published, options.period)].append(story)
    starts = sorted(issues)
    made = [
        _edition(start, number, sorted(issues[start], key=weight), options)
        for number, start in enumerate(starts, 1)
    ]
    links = [Link(edition.title, edition.url) for edition in made]
    joined = (
        replace(
            edition,
            previous=links[n - 1] if n else None,
            next=links[n + 1] if n + 1 < len(links) else None,
        )
        for n, edition in enumerate(made)
    )
    return tuple(joined)[::-1]


def _edition(start: date, number: int, stories: Sequence[Story], options: Options) -> Edition:
    shown = tuple(stories[: options.limit])
    entries = [entry for story in stories for entry in (story.lead, *story.others)]
    more = [entry for story in stories[options.limit :] for entry in (story.lead, *story.others)]
    return Edition(
        start=start,
        url=urls.edition(start),
        title=edition_title(start, options.period),
        number=number,
        minutes=text.minutes(sum(_words(story) for story in shown)),
        stories=shown,
        more=tuple(sorted(more, key=newest_first)),
        figures=_figures(shown),
        articles=len(entries),
        sources=len({source.name for entry in entries for source in entry.sources}),
        updated=max(entry.updated for entry in entries),
    )


def _words(story: Story) -> int:
    """Count what is read of a story in its edition: headline and summary."""
    lines = [story.lead.headline, *(line.text for line in story.lead.brief.summary)]
    return sum(text.word_count(line) for line in lines)


def _figures(stories: Sequence[Story]) -> tuple[EditionFigure, ...]:
    """Pick one figure an article, of the stories in their order, none twice.

    Money, percent and quantities go before bare numbers, then short contexts before long ones.
    """
    picked: dict[tuple[str, str], EditionFigure] = {}
    for story in stories:
        for entry in (story.lead, *story.others):
            known = picked.keys()
            fresh = [f for f in entry.brief.key_figures if (f.value, f.unit) not in known]
            fresh.sort(key=lambda f: (_is_bare(f), text.word_count(f.context.text) > SHORT_CONTEXT))
            if fresh and len(picked) < FIGURES:
                picked[fresh[0].value, fresh[0].unit] = EditionFigure(fresh[0], entry)
    return tuple(picked.values())


def _is_bare(figure: Figure) -> bool:
    return not figure.unit and figure.value.replace(",", "").replace(".", "").isdigit()


def _topics(entries: Sequence[Entry]) -> tuple[Topic, ...]:
    on: dict[str, list[Entry]] = defaultdict(list)
    names: dict[str, str] = {}
    for entry in entries:
        for topic in entry.topics:
            on[topic.url].append(entry)
            names[topic.url] = topic.title
    made = (
        Topic(names[url], url.removeprefix(urls.TOPICS).strip("/"), url, tuple(some))
        for url, some in on.items()
    )
    return tuple(sorted(made, key=lambda topic: (topic.name.casefold(), topic.slug)))


def _months(entries: Sequence[Entry], editions: Sequence[Edition]) -> tuple[Month, ...]:
    """Divide by calendar month; an edition stands in the month of its first day."""
    told: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    issued: dict[tuple[int, int], list[Edition]] = defaultdict(list)
    for entry in entries:
        told[entry.published.year, entry.published.month].append(entry)
    for edition in editions:
        issued[edition.start.year, edition.start.month].append(edition)
    return tuple(
        Month(year, month, urls.archive(year, month), tuple(issued[year, month]), tuple(told[year, month]))
        for year, month in sorted({*told, *issued}, reverse=True)
    )
