"""What can be followed: a list of each kind, a page per subject, and one per older month of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, zip_longest
from typing import Any
from urllib.parse import urlsplit

from generator import urls
from generator.counting import plural
from generator.model import EditionFigure, Entry, Link, Page, Site, Subject, SubjectKind
from generator.pages import dates, mentions
from generator.pages.calendar import Span, days, divided, spans
from generator.pages.frame import Late, meta, page
from generator.pages.listings import LISTINGS, Listing, counted, of_kind
from generator.pages.pace import Pace, pace
from generator.pages.relations import Beside, Relations, linked, most

SHOWN = 60  # entries that a subject's page shows at least, in whole months
SHOWN_MOST = 120
FULL = 120  # entries from which an older month is a list of headlines
TERSE = 100  # subjects from which their list names them alone, without their latest
LETTERED = 24  # subjects from which their list is divided by first letter
BUSIEST = 8


def plan(site: Site, relations: Relations, common: Mapping[str, Any]) -> Iterator[Page]:
    for listing in LISTINGS:
        subjects = of_kind(site, listing.kind)
        if subjects:
            yield _index(site, listing, subjects, common)
        for subject in subjects:
            yield _subject(site, listing, subject, relations, common)
            older = earlier(subject)
            for month, before in zip_longest(older, older[1:]):
                yield _month(site, listing, subject, month, before, common)


def lettered(subjects: Sequence[Subject]) -> list[tuple[str, list[Subject]]]:
    """Subjects under their first letter where they are many; else all under an empty one."""
    if len(subjects) < LETTERED:
        return [("", list(subjects))]
    in_order = sorted(subjects, key=lambda subject: (*_initial(subject.name), _plain(subject.name)))
    groups = groupby(in_order, key=lambda subject: _initial(subject.name))
    return [(letter, list(group)) for (_, letter), group in groups]


def busiest(subjects: Sequence[Subject]) -> Beside:
    """Subjects with most articles and how many those are, where there are enough to choose from."""
    if len(subjects) <= BUSIEST:
        return ()
    chosen = most((subject, len(subject.entries)) for subject in subjects)[:BUSIEST]
    return linked(chosen)


def often_with(beside: Mapping[SubjectKind, Beside]) -> list[tuple[str, Beside]]:
    """What some articles are about, each kind under its name."""
    about = (listing for listing in LISTINGS if listing.kind != "source")
    return [(listing.name, beside[listing.kind]) for listing in about if listing.kind in beside]


def home(subject: Subject) -> Link | None:
    """A source's own site, by the name of its host."""
    host = urlsplit(subject.home).hostname if subject.home else None
    return Link(host.removeprefix("www."), subject.home) if host and subject.home else None


def latest(subject: Subject) -> Entry:
    return subject.entries[0]


def shown(subject: Subject) -> Sequence[Span[Entry]]:
    """Give the months that a subject's own page shows, newest first."""
    return divided(spans(subject.entries, subject.url), SHOWN, SHOWN_MOST)[0]


def earlier(subject: Subject) -> Sequence[Span[Entry]]:
    """Give the months that have pages of their own, newest first."""
    if len(subject.entries) <= SHOWN:
        return ()
    return divided(spans(subject.entries, subject.url), SHOWN, SHOWN_MOST)[1]


def figures(subject: Subject) -> list[EditionFigure]:
    return [] if subject.kind == "source" else mentions.figures(subject)


def pace_of(subject: Subject) -> Pace | None:
    return pace(spans(subject.entries, subject.url))


def _plain(name: str) -> str:
    """Form of a name to sort by: without accents, in one case."""
    signs = unicodedata.normalize("NFD", name.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def _initial(name: str) -> tuple[int, str]:
    """Letter that a name stands under, after its rank: digits first, names without any letter last.

    Han characters are too many to have a heading each.
    """
    sign = next((sign for sign in _plain(name) if sign.isalnum()), "")
    if not sign:
        return 3, "Signs"
    if sign.isdecimal():
        return 0, "0–9"
    if unicodedata.name(sign, "").startswith("CJK"):
        return 2, "Han"
    return 1, sign.upper()[:1]


def _index(site: Site, listing: Listing, subjects: Sequence[Subject], common: Mapping[str, Any]) -> Page:
    count = plural(len(subjects), listing.one.lower(), listing.name.lower())
    told = f"{count} in {plural(len(site.entries), 'article')}"
    about = meta(site, listing.many, listing.url, listing.name, f"{told}.", section=urls.TOPICS)
    return page(
        "subjects.html",
        about,
        common,
        listing=listing,
        groups=lettered(subjects),
        terse=len(subjects) >= TERSE,
        busiest=busiest(subjects),
        told=told,
        also=[(link, count) for link, count in counted(site) if link.url != listing.url],
    )


def _subject(
    site: Site,
    listing: Listing,
    subject: Subject,
    relations: Relations,
    common: Mapping[str, Any],
) -> Page:
    told = _told(subject)
    beside = relations.beside(subject.entries, subject.url)
    about = meta(
        site, subject.kind, subject.url, subject.name, f"{subject.name}: {told}.", section=urls.TOPICS
    )
    return page(
        "subject.html",
        about,
        common,
        listing=listing,
        subject=subject,
        told=told,
        role=Late(mentions.role, subject),
        home=Late(home, subject),
        latest=Late(latest, subject),
        months=Late(shown, subject),
        earlier=Late(earlier, subject),
        figures=Late(figures, subject),
        pace=Late(pace_of, subject),
        often_with=often_with(beside),
        written_by=() if subject.kind == "source" else beside.get("source", ()),
        total=len(of_kind(site, subject.kind)),
    )


def _told(subject: Subject) -> str:
    """`46 articles from 9 sources, since 4 March 2026`."""
    articles = plural(len(subject.entries), "article")
    sources = len({source.name for entry in subject.entries for source in entry.sources})
    several = sources > 1 and subject.kind != "source"
    told = f"{articles} from {plural(sources, 'source')}" if several else articles
    if len(subject.entries) == 1:
        return told
    return f"{told}, since {dates.long(subject.entries[-1].published)}"


def by_day(month: Span[Entry]) -> list[tuple[date, list[Entry]]]:
    """Divide a month by its days where it is too long to be shown in full."""
    return days(month) if len(month.entries) > FULL else []


def _month(
    site: Site,
    listing: Listing,
    subject: Subject,
    month: Span[Entry],
    before: Span[Entry] | None,
    common: Mapping[str, Any],
) -> Page:
    """Plan an older month. Of the subject it holds its own part: so it stays as it is when more comes."""
    title = f"{subject.name}, {month.title}"
    told = plural(len(month.entries), "article")
    about = meta(site, subject.kind, month.url, title, f"{title}: {told}.", section=urls.TOPICS)
    return page(
        "subject_month.html",
        about,
        common,
        listing=listing,
        subject=replace(subject, entries=month.entries),
        span=month,
        days=Late(by_day, month),
        told=told,
        older=before,
    )
