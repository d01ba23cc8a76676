"""Topics as a model tells them: short names of things that the article speaks of, no statements."""

from __future__ import annotations

import re

from generator import text
from generator.summarise.verify import plain
from generator.summarise.verify.english import ACTING
from generator.summarise.verify.vocabulary import vocabulary

MOST = 4  # words
JOINING = frozenset("of and & von und der des für de du des d l et del y la las los en".split())
# After these a verb comes; before a noun they seldom stand.
VERBAL = frozenset(
    """to will would could may might must should can cannot shall not never did does do i we they he she
    it you who zu nicht ne pas no""".split()
)


def is_topic(written: str, sentences: list[str], lang: str) -> bool:
    """Tell a short name of a thing that stands in one of the sentences, their quotations blanked.

    A verb with what it acts on is none. A word of crime, death or guilt must stand in a sentence that
    nobody says, doubts or denies.
    """
    words = text.words(plain(written))
    known = vocabulary(lang)
    if not 1 <= len(words) <= max(MOST, len(text.DENSE.findall(written))):
        return False
    stop = text.language(lang).stop - JOINING
    if not stop.isdisjoint(words) or words[0] in JOINING or words[-1] in JOINING:
        return False
    if len(words) > 1 and lang.startswith("en") and not ACTING.isdisjoint(words[:-1]):
        return False
    held = [it for it in sentences if any(_is_noun(before, words) for before in _before(written, it))]
    if any(known.is_grave(word) for word in words):
        return any(_is_flat(it, words, lang) for it in held)
    return bool(held)


def _before(written: str, sentence: str) -> list[str]:
    """Give the word before each place where a sentence holds the topic."""
    told = plain(sentence)
    if text.DENSE.search(written):
        return [""] if plain(written) in told else []
    places = re.finditer(rf"(?<![\w-]){re.escape(plain(written))}(?![\w-])", told)
    return [(told[: at.start()].split() or [""])[-1] for at in places]


def _is_noun(before: str, words: list[str]) -> bool:
    return len(words) == 1 or before not in VERBAL


def _is_flat(sentence: str, words: list[str], lang: str) -> bool:
    """Tell a sentence that says what it says itself, and is sure of it."""
    known = vocabulary(lang)
    told = set(text.words(plain(sentence))) - set(words)
    doubts = known.doubts | known.denials | text.language(lang).saying
    return "?" not in sentence and doubts.isdisjoint(told)
