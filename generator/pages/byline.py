"""Who wrote a brief, what was checked, and what it leaves out: the last row of the brief."""

from __future__ import annotations

from collections import Counter

from generator.counting import plural
from generator.model import Brief, Entry, LineKind
from generator.pages import evidence
from generator.pages.wording import number

KINDS: tuple[LineKind, ...] = ("verbatim", "trimmed", "generated", "edited")


def byline(entry: Entry) -> str:
    """`Brief by extractive 1, each line verified: ten lines, all verbatim. 228 words for 644; …`.

    Of a model's own lines it says no more than was done: that their words and numbers were checked.
    """
    told = (_written(entry.brief), _dropped(entry.brief), _length(entry), _left_out(entry.brief))
    return " ".join(filter(None, told))


def _written(brief: Brief) -> str:
    lines = evidence.lines(brief)
    if not lines:
        return f"Brief by {brief.byline}."
    verified = [line.check for line in lines].count("verified")
    which = "each line" if verified == len(lines) else f"{verified} of {len(lines)} lines"
    kinds = Counter([line.kind for line in lines])
    of_model = kinds["generated"] > 0
    checked = f"words and numbers of {which} checked against the article" if of_model else f"{which} verified"
    added = len([line for line in lines if line.source])
    own = f", {number(added)} added from {'a source' if added == 1 else 'sources'} beside it" if added else ""
    return f"Brief by {brief.byline}, {checked}{own}: {_kinds(kinds, len(lines))}."


def _kinds(kinds: Counter[LineKind], total: int) -> str:
    counted = f"{number(total)} {'line' if total == 1 else 'lines'}"
    if len(kinds) == 1:
        return f"{counted}, {'all ' if total > 1 else ''}{next(iter(kinds))}"
    return f"{counted}, " + ", ".join(f"{number(kinds[kind])} {kind}" for kind in KINDS if kinds[kind])


def _dropped(brief: Brief) -> str:
    """`Two lines of claude-haiku-5-5 were dropped: one for its number, one for its name.`."""
    proof = brief.proof
    count = sum(lines for _, lines in proof.dropped) if proof else 0
    if proof is None or not count:
        return ""
    reasons = ", ".join(f"{number(lines)} for its {reason}" for reason, lines in proof.dropped)
    words = f"{number(count)} {'line' if count == 1 else 'lines'} of {proof.model}"
    return f"{words[0].upper()}{words[1:]} {'was' if count == 1 else 'were'} dropped: {reasons}."


def _length(entry: Entry) -> str:
    coverage, saved = entry.brief.coverage, entry.minutes - entry.brief_minutes
    if not 0 < coverage.words_out < coverage.words_in:
        return ""
    saves = f"; saves {plural(saved, 'minute')}" if saved > 0 else ""
    return f"{plural(coverage.words_out, 'word')} for {coverage.words_in:,}{saves}."


def _left_out(brief: Brief) -> str:
    count = len(brief.coverage.boilerplate)
    words = f"{number(count)} {'sentence' if count == 1 else 'sentences'} left out as boilerplate."
    return words[0].upper() + words[1:] if count else ""
