"""What an editor wrote in place of the machine: merged, and held to the article."""

from __future__ import annotations

from dataclasses import replace

from generator import text
from generator.model import Article, Brief, Line
from generator.problems import Problem
from generator.summarise.extractive.language import language
from generator.summarise.verify import unsupported

ENOUGH = 0.25  # of a line's words that a sentence must add, to be evidence for it
MOST = 3  # sentences


def merged(article: Article, brief: Brief) -> tuple[Brief, list[Problem]]:
    """Let the editor's summary take the place of the machine's; tell what the article does not hold of it."""
    if article.summary is None:
        return brief, []
    edit = article.summary
    problems = [
        Problem(
            edit.at.path,
            edit.at.line,
            edit.at.column,
            f"unsupported-{item.kind}",
            f'the article does not hold the {item.kind} "{item.text}"',
            "mend the summary, or the text",
        )
        for item in unsupported(edit.text, article)
    ]
    line = Line(edit.text, evidence(edit.text, article), "edited", "unsupported" if problems else "verified")
    before = sum(text.word_count(line.text) for line in brief.summary)
    told = brief.coverage.words_out - before + text.word_count(edit.text)
    made = replace(
        brief,
        summary=(line,),
        key_points=tuple(point for point in brief.key_points if point.text != edit.text),
        byline=f"{brief.byline}, summary by the editor",
        coverage=replace(brief.coverage, words_out=told),
    )
    return made, problems


def evidence(line: str, article: Article) -> tuple[str, ...]:
    """Find the sentences that hold a line's words: the best, then what adds most; none that adds little."""
    mine = _told(line) - language(article.lang).stop
    left = set(mine)
    held = {s.id: mine & _told(s.text) for s in article.sentences if s.kind != "title"}
    picked: list[str] = []
    while held and len(picked) < MOST:
        best = max(held, key=lambda name: len(held[name] & left))
        new = held.pop(best) & left
        if not mine or len(new) < ENOUGH * len(mine):
            break
        picked.append(best)
        left -= new
    order = [sentence.id for sentence in article.sentences]
    return tuple(sorted(picked, key=order.index))


def _told(line: str) -> set[str]:
    return {word.casefold() for word in text.words(line)}
