"""What a brief says of a person, an organisation or a place: its lines, its figures, their role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from generator import text, urls
from generator.model import Brief, EditionFigure, EntityKind, Entry, Figure, Line, Mention, Subject

FIGURES = 4
FIGURES_FROM = 24  # newest entries that the figures come from
_LETTER = re.compile(r"\w")


class Passage(NamedTuple):
    """What a brief says of a subject: a line, and where the article names it if that line does not.

    A quotation has a `speaker`, empty if the article does not name one.
    """

    line: Line | None
    speaker: str | None = None
    elsewhere: tuple[str, ...] = ()


class Role(NamedTuple):
    """Who somebody is, as an article says it: the mention with its evidence, and that article."""

    mention: Mention
    entry: Entry


def mention(entry: Entry, subject: Subject) -> Mention | None:
    """Find how a brief names a person, organisation or place; topics and sources are not named."""
    mentions = [one for kind, one in entry.brief.entities if kind == subject.kind]
    as_written = (one for one in mentions if one.name == subject.name)
    otherwise = (one for one in mentions if text.slug(one.name) == subject.slug)
    return next(as_written, None) or next(otherwise, None)


def addresses(entry: Entry) -> Callable[[EntityKind, Mention], str]:
    """Give what finds the page of a person, organisation or place that an article names, or nothing."""
    with_page = {link.url for link in entry.mentions}

    def address(kind: EntityKind, named: Mention) -> str:
        url = urls.subject(kind, text.slug(named.name))
        return url if url in with_page else ""

    return address


def passage(entry: Entry, subject: Subject) -> Passage:
    """Find the line of a brief that says most of a subject.

    Of a person, organisation or place that is the first that names them, else what a person said, else the
    first line that rests on a sentence that names them; otherwise, and of anything else, the first line of
    the summary.
    """
    named = mention(entry, subject)
    first = Passage(next(iter(entry.brief.summary), None))
    if not named:
        return first
    return next(_passages_on(entry.brief, named), first._replace(elsewhere=named.evidence))


def role(subject: Subject) -> Role | None:
    """Who a person is, as the newest article says it that says it."""
    if subject.kind != "person":
        return None
    found = ((mention(entry, subject), entry) for entry in subject.entries)
    return next((Role(named, entry) for named, entry in found if named and named.role), None)


def figures(subject: Subject) -> list[EditionFigure]:
    """Take a figure of each of the newest entries that has one, none twice; of a name, one that is on it."""

    def fit(entry: Entry) -> list[Figure]:
        named = mention(entry, subject)
        return [it for it in entry.brief.key_figures if not named or _is_on(it.context, named)]

    return first_figures((entry, fit(entry)) for entry in subject.entries[:FIGURES_FROM])


def first_figures(of: Iterable[tuple[Entry, Sequence[Figure]]]) -> list[EditionFigure]:
    """Take the first figure of each article that has one, none twice."""
    found: dict[tuple[str, str], EditionFigure] = {}
    for entry, figures in of:
        for figure in figures[:1]:
            found.setdefault((figure.value, figure.unit), EditionFigure(figure, entry))
    return list(found.values())[:FIGURES]


def _passages_on(brief: Brief, named: Mention) -> Iterator[Passage]:
    said = [
        *(Passage(line) for line in (*brief.summary, brief.why_it_matters, *brief.key_points) if line),
        *(Passage(quote.line, quote.speaker) for quote in brief.quotes),
        *(Passage(line) for line in brief.whats_next),
    ]
    yield from (one for one in said if one.line and _holds(one.line.text, named.name))
    yield from (one for one in said if one.speaker == named.name)
    yield from (one for one in said if one.line and not set(named.evidence).isdisjoint(one.line.evidence))


def _is_on(line: Line, named: Mention) -> bool:
    return _holds(line.text, named.name) or not set(named.evidence).isdisjoint(line.evidence)


def _holds(words: str, name: str) -> bool:
    """Tell whether a name stands in words as words of its own."""
    at = words.find(name)
    while at >= 0:
        end = at + len(name)
        if not (_LETTER.match(words[max(at - 1, 0) : at]) or _LETTER.match(words[end : end + 1])):
            return True
        at = words.find(name, at + 1)
    return False
