"""The embedded summariser: every line is a sentence of the article, or part of one. No key, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator import text
from generator.model import Article, Brief, Coverage, Line, LineKind, Sentence
from generator.summarise.extractive.boilerplate import boilerplate
from generator.summarise.extractive.figures import key_figures
from generator.summarise.extractive.ranking import Ranked, pick, ranked, reweighed
from generator.summarise.extractive.topics import topics
from generator.summarise.extractive.trimming import trimmed

VERSION = "1"
LONGEST_HEADLINE = 110  # characters
LONGEST_SUMMARY = 60  # words
OPENINGS = 4  # first sentences among which the summary's opening is sought
LONG_OPENING = 45  # words of a first sentence that needs no second
LONGEST_POINT = 40  # words
SHORTEST = 5  # words of a sentence that says something
FEWEST = 6  # sentences of an article that has key points
POINTS_PLACE = 0.15  # share of a point's score that comes from its place: points cover the whole article
STOPS = (".", "!", "…", "。", "।", "؟")
CLOSERS = "\"'”’»)]"
OPENERS = tuple("\"'“‘«‹„")
SHORTEST_POINT = 8  # words
POINTS = (3, 12, 4, 20, 5)  # three; four from 12 sentences on; five from 20


@dataclass(frozen=True, slots=True)
class Extractive:
    """Picks what stands in the article; leaves empty what does not."""

    name: str = f"extractive {VERSION}"

    def __call__(self, article: Article) -> Brief:
        """Write the brief of an article. Never raises: any text gives a brief, or an honest empty one."""
        left_out = boilerplate(article.sentences, article.lang)
        body = [s for s in article.sentences[1:] if s.id not in left_out]
        words = text.language(article.lang)
        items = ranked(body, words, [trimmed(s.text, article.lang) for s in body])
        summary = _summary(items)
        points = _key_points(reweighed(items, POINTS_PLACE), summary)
        figures = key_figures(items, whole=words.tag != "en")
        lines = [*(_line(item) for item in summary), *(_line(item) for item in points)]
        told = [*(line.text for line in lines), *(figure.context.text for figure in figures)]
        return Brief(
            headline=_headline(article.sentences[0]),
            byline=self.name,
            coverage=Coverage(article.words, sum(map(text.word_count, told)), left_out),
            summary=tuple(lines[: len(summary)]),
            key_points=tuple(lines[len(summary) :]),
            key_figures=figures,
            topics=topics(article, body),
        )


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
    said = [item for item in items if item.sentence.kind == "prose" and item.words >= SHORTEST]
    if not items:
        return []
    opening = next(filter(_opens, said[:OPENINGS]), (said or items)[0])
    if opening.words >= LONG_OPENING:
        return [opening]
    room = LONGEST_SUMMARY - opening.words

    def fits(item: Ranked) -> bool:
        return SHORTEST < item.words <= room and not item.leaning and _is_told(item.sentence)

    return [opening, *pick(items, 1, [opening], fits)]


def _opens(item: Ranked) -> bool:
    """Tell the statement that news begins with from a teaser."""
    return _stands_alone(item) and not item.personal


def _stands_alone(item: Ranked) -> bool:
    """Tell a statement from a scrap, a quotation, and what needs the sentence before it."""
    begins_quoted = item.told.startswith(OPENERS)
    return item.words >= SHORTEST_POINT and not item.leaning and not begins_quoted and _is_told(item.sentence)


def _is_told(sentence: Sentence) -> bool:
    """Tell a whole statement from a heading-like line, a question or an item of a list."""
    return sentence.kind in ("prose", "quotation") and sentence.text.rstrip(CLOSERS).endswith(STOPS)


def _key_points(items: Sequence[Ranked], summary: Sequence[Ranked]) -> list[Ranked]:
    """Take the next picks, in the order of the article; none where the article is short."""
    if len(items) < FEWEST:
        return []
    few, some_from, some, many_from, many = POINTS
    count = many if len(items) >= many_from else some if len(items) >= some_from else few
    told = {item.sentence.id for item in summary}
    known = [item for item in items if item.sentence.id in told]

    short = [item for item in items if SHORTEST < item.words <= LONGEST_POINT]
    made = pick(short, count, known, _stands_alone)
    if len(made) < few:
        made += pick(short, few - len(made), [*known, *made])
    order = {item.sentence.id: place for place, item in enumerate(items)}
    return sorted(made, key=lambda item: order[item.sentence.id])
