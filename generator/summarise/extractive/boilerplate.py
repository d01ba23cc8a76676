"""Lines that are no news: calls to action, prompts, bylines, captions. Left out of briefs, kept in texts."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from generator import text
from generator.model import Sentence

# In any language: signs without words, a notice of rights, an address, a handle.
ANYWHERE = re.compile(r"\W*$|\W*©|(?:https?://|www\.)\S+$|\S[^\s@]*@\S+\.\w+$|@\w+$")
OPENING = r"[^\w“”\"„«»‘’'@#]*"  # what is said in quotation marks was said by somebody
SHORTEST = 3  # letters of a verb of saying; the French "a" is elsewhere
QUOTED = r"[,”\"»“’]\s(?:\w+\s){{0,3}}(?:{})\b"


def boilerplate(sentences: Sequence[Sentence], lang: str = "en") -> tuple[str, ...]:
    """Give the ids of an article's sentences that are no news, in order."""
    return tuple(sentence.id for sentence in sentences if is_boilerplate(sentence, lang))


def is_boilerplate(sentence: Sentence, lang: str = "en") -> bool:
    """Tell by kind, by the heading above, or by the words themselves."""
    if sentence.kind == "title":
        return False
    if sentence.kind in ("caption", "link") or ANYWHERE.match(sentence.text):
        return True
    lines, headings, said = _patterns(lang)
    return bool(
        (sentence.section and headings.match(sentence.section.strip()))
        or (lines.match(sentence.text) and not said.search(sentence.text))
    )


@functools.cache
def _patterns(lang: str) -> tuple[text.Cues, text.Cues, re.Pattern[str]]:
    """Compile a language's lines, its headings, and what shows that a line is somebody's words."""
    known = text.language(lang)
    verbs = sorted(verb for verb in known.saying if len(verb) >= SHORTEST)
    return (
        text.any_line(known.boilerplate_lines, OPENING),
        text.any_line(known.boilerplate_headings, OPENING),
        re.compile(QUOTED.format("|".join(map(re.escape, verbs)) or "(?!)"), re.IGNORECASE),
    )
