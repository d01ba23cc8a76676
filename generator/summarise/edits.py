"""What an editor wrote in place of the machine: merged, and held to the article."""

from __future__ import annotations

from dataclasses import replace

from generator import text
from generator.model import Article, Brief, Line
from generator.problems import Problem
from generator.summarise.verify import unsupported

AT_LEAST = 0.25  # of a line's words that a sentence must hold to be evidence
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
    """Find the sentences that hold a line's words, each a good part of those still missing; or none."""
    wanted = _told(line) - text.language(article.lang).stop
    least = AT_LEAST * len(wanted)
    held = {sentence.id: _told(sentence.text) for sentence in article.sentences if sentence.kind != "title"}
    found: list[str] = []
    while held and wanted and len(found) < MOST:
        best = max(held, key=lambda name: len(wanted & held[name]))
        if len(wanted & held[best]) < least:
            break
        found.append(best)
        wanted -= held.pop(best)
    return tuple(sentence.id for sentence in article.sentences if sentence.id in found)


def _told(line: str) -> set[str]:
    return {word.casefold() for word in text.words(line)}
