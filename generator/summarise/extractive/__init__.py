"""The embedded summariser: every line is a sentence of the article, or part of one. No key, no network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from generator import text
from generator.model import Article, Brief, Coverage, Entity, Line, LineKind, Sentence
from generator.summarise.extractive.boilerplate import boilerplate
from generator.summarise.extractive.dates import dates
from generator.summarise.extractive.entities import find, lexicon, mentions
from generator.summarise.extractive.figures import key_figures
from generator.summarise.extractive.outlook import whats_next, why_it_matters
from generator.summarise.extractive.quotes import quotes
from generator.summarise.extractive.ranking import Ranked, is_told, pick, ranked, reweighed, stands_alone
from generator.summarise.extractive.topics import topics
from generator.summarise.extractive.trimming import trimmed

VERSION = "4"
LONGEST_HEADLINE = 110  # characters
LONGEST_SUMMARY = 60  # words
OPENINGS = 4  # first sentences among which the summary's opening is sought
LONGEST_OPENING = 100  # words: what is longer sums up nothing
LONG_OPENING = 45  # words of a first sentence that needs no second
LONGEST_POINT = 40  # words
SHORTEST = 5  # words of a sentence that says something
FEWEST = 6  # sentences of an article that has key points
POINTS_PLACE = 0.15  # share of a point's score that comes from its place: points cover the whole article
POINTS = (3, 12, 4, 20, 5)  # three; four from 12 sentences on; five from 20


@dataclass(frozen=True, slots=True)
class Extractive:
    """Picks what stands in the article, leaves empty what does not. `known` are the site's own entities."""

    known: tuple[Entity, ...] = ()
    name: str = f"extractive {VERSION}"

    @property
    def key(self) -> str:
        """What its briefs depend on besides the article and the program."""
        return f"{self.name} {self.known}" if self.known else self.name

    def __call__(self, article: Article) -> Brief:
        """Write the brief of an article. Never raises: any text gives a brief, or an honest empty one."""
        left_out = boilerplate(article.sentences, article.lang)
        passed = frozenset(left_out)
        body = [s for s in article.sentences[1:] if s.id not in passed]
        words = text.language(article.lang)
        items = ranked(body, words, [trimmed(sentence.text, article.lang) for sentence in body])
        summary = _summary(items)
        told = {item.sentence.id for item in summary}
        why = why_it_matters(items, told, words)
        told |= {why.sentence.id} if why else set()
        ahead = whats_next(items, told, words)
        told |= {item.sentence.id for item in ahead}
        names = find(body, lexicon(words, self.known)) if words.tag else []
        said = quotes(items, names, told, words)
        told |= {name for quote in said for name in quote.line.evidence}
        brief = Brief(
            headline=_headline(article.sentences[0]),
            byline=self.name,
            coverage=Coverage(article.words, 0, left_out),
            summary=_lines(summary),
            why_it_matters=_line(why) if why else None,
            key_points=_lines(_key_points(reweighed(items, POINTS_PLACE), summary, told)),
            key_figures=key_figures(items, words),
            people=mentions(names, "person", body),
            organisations=mentions(names, "organisation", body),
            places=mentions(names, "place", body),
            names=() if words.capitalises_nouns else mentions(names, None, body),
            quotes=said,
            dates=dates(items, article.published.date(), words),
            whats_next=_lines(ahead),
            topics=topics(article, body),
            machine=self.name,
        )
        return replace(brief, coverage=replace(brief.coverage, words_out=words_read(brief, items)))

    def awaits(self, _article: Article) -> str:
        """No record changes its briefs."""
        return ""


def words_read(brief: Brief, items: Iterable[Ranked] = ()) -> int:
    """Words that a reader of the brief reads; names, dates and topics are an index of the article.

    The words of `items` were counted before.
    """
    counted = {item.told: item.words for item in items}
    lines = [*brief.summary, *filter(None, [brief.why_it_matters]), *brief.key_points, *brief.whats_next]
    lines += [figure.context for figure in brief.key_figures] + [quote.line for quote in brief.quotes]
    told = (line.text for line in lines)
    return sum(counted[some] if some in counted else text.word_count(some) for some in told)


def _lines(items: Iterable[Ranked]) -> tuple[Line, ...]:
    return tuple(map(_line, items))


def _line(item: Ranked) -> Line:
    kind: LineKind = "verbatim" if item.told == item.sentence.text else "trimmed"
    return Line(item.told, (item.sentence.id,), kind)


def _headline(title: Sentence) -> Line:
    if len(title.text) <= LONGEST_HEADLINE:
        return Line(title.text, (title.id,))
    cut = title.text[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return Line(f"{cut}…", (title.id,), "trimmed")


def _summary(items: Sequence[Ranked]) -> list[Ranked]:
    """Take the first sentence that can open, and the best other one if there is room for it."""
    short = [item for item in items if item.words <= LONGEST_OPENING]
    said = [item for item in short if item.sentence.kind == "prose" and item.words >= SHORTEST]
    if not short:
        return []
    opening = next(filter(stands_alone, said[:OPENINGS]), (said or short)[0])
    if opening.words >= LONG_OPENING:
        return [opening]
    room = LONGEST_SUMMARY - opening.words

    def fits(item: Ranked) -> bool:
        return SHORTEST < item.words <= room and not item.leaning and is_told(item.sentence)

    after = 1 + next(place for place, item in enumerate(items) if item is opening)
    return [opening, *pick(items[after:], 1, [opening], fits)]


def _key_points(items: Sequence[Ranked], summary: Sequence[Ranked], told: Collection[str]) -> list[Ranked]:
    """Take the next picks, in the order of the article; none where the article is short."""
    if len(items) < FEWEST:
        return []
    few, some_from, some, many_from, many = POINTS
    count = many if len(items) >= many_from else some if len(items) >= some_from else few
    shown = {item.sentence.id for item in summary}
    known = [item for item in items if item.sentence.id in shown]
    free = [item for item in items if item.sentence.id not in told]
    short = [item for item in free if SHORTEST < item.words <= LONGEST_POINT]
    made = pick(short, count, known, stands_alone)
    if len(made) < few:
        made += pick(short, few - len(made), [*known, *made], lambda item: not item.leaning)
    order = {item.sentence.id: place for place, item in enumerate(items)}
    return sorted(made, key=lambda item: order[item.sentence.id])
