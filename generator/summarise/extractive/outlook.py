"""What an article says of its own weight, and of what is to come: sentences with an explicit cue, or none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from generator.summarise.extractive.ranking import Ranked, pick, stands_alone
from generator.text import Language, any_cue, any_of

LONGEST = 40  # words of a line
MOST = 2
LONG = 12  # sentences of an article that may have two
LAST_THIRD = 0.15  # what stands there, or under a heading that looks ahead, is worth so much more
UNDER_HEADING = 0.3
MARK = re.compile(r"[“„\"«»]")
QUOTED = re.compile(r"[“„\"][^“”\"]*[“”\"]|«[^»]*»|»[^«]*«")


def why_it_matters(items: Sequence[Ranked], told: Collection[str], words: Language) -> Ranked | None:
    """Give the best sentence that says why something matters, and stands alone; `told` are ids in use."""
    cue = any_cue(words.why_cues)
    alone = [item for item in items if _is_free(item, told) and not _points_back(item, words)]
    alone.sort(key=lambda item: -item.score)  # cues are dear to look for
    return next((item for item in alone if cue.search(item.sentence.text)), None)


def whats_next(items: Sequence[Ranked], told: Collection[str], words: Language) -> list[Ranked]:
    """Give up to two sentences on what will be, the article's end preferred, in its order."""
    cue, heading = any_cue(words.future_cues), any_of(words.looking_ahead)
    worth: dict[str, float] = {}
    for place, item in enumerate(items):
        if _is_free(item, told) and cue.search(_told(item.sentence.text)):
            ahead = UNDER_HEADING * bool(heading.match(item.sentence.section.strip()))
            worth[item.sentence.id] = item.score + ahead + LAST_THIRD * (3 * place >= 2 * len(items))
    fit = [item for item in items if item.sentence.id in worth]
    best = sorted(fit, key=lambda item: -worth[item.sentence.id])
    first = best[:1]
    count = MOST if len(items) >= LONG else 1  # of a short article, points say more
    made = first + pick(best[1:], count - len(first), first)
    chosen = {item.sentence.id for item in made}
    return [item for item in fit if item.sentence.id in chosen]


def _is_free(item: Ranked, told: Collection[str]) -> bool:
    return item.sentence.id not in told and item.words <= LONGEST and stands_alone(item)


def _points_back(item: Ranked, words: Language) -> bool:
    """Tell `Das ist wichtig` and `That is why`: what is meant stands in the sentence before."""
    opening = [word.lower() for word in item.told.split()[:2]]
    return len(opening) > 1 and opening[0] in words.subjects and opening[1] in words.auxiliaries


def _told(sentence: str) -> str:
    """Leave out what is quoted: a speaker's will is not the article's outlook."""
    return QUOTED.sub(" ", sentence) if MARK.search(sentence) else sentence
