"""What an editor wrote in place of the machine: merged, and held to the article."""

from __future__ import annotations

from dataclasses import replace

from generator import text
from generator.model import Article, Brief, Line
from generator.problems import Problem
from generator.summarise.verify import unsupported

ENOUGH = 0.5  # of a line's words, in one sentence of the article, make it evidence
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
    """Find the sentences that a line shares most of its words with; none if it shares few with each."""
    mine = {word.casefold() for word in text.words(line)}
    if not mine:
        return ()
    shares = [
        (len(mine & {word.casefold() for word in text.words(sentence.text)}) / len(mine), number, sentence.id)
        for number, sentence in enumerate(article.sentences[1:])
    ]
    best = sorted(shares, key=lambda item: (-item[0], item[1]))[:MOST]
    near = [item for item in best if item[0] >= ENOUGH] or [
        item for item in best[:1] if item[0] >= ENOUGH / 2
    ]
    return tuple(name for _, _, name in sorted(near, key=lambda item: item[1]))
