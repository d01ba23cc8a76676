"""What stands to what (English): two numbers, a rate and its period, "and" for "or", a negation, who acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.summarise.verify.english import ACTING, EMPTY
from generator.summarise.verify.names import spelled
from generator.summarise.verify.negation import polarity
from generator.summarise.verify.numbers import numbers
from generator.summarise.verify.support import stem

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
RATE = re.compile(r"\b(?:a|an|per|each|every)\s(second|minute|hour|day|night|week|month|quarter|year)\b")
SPAN = re.compile(r"\b(?:from|between)\s$")
EITHER = re.compile(r"\b(\w+) and (?:\w+ )?(\w+)\b")
BY = re.compile(r"\b(?:by|said|says|of|with|and|or|to|from|for|as)\s(?:[\w’'-]+,?\s){0,5}$")
PLACED = re.compile(r"\b(?:in|at|on|near|from|of)\s(?:the\s)?$")  # "a storm in Bonn killed": not Bonn
DEEDS = frozenset("shot stole beat hit fought bit hid fled shook cut".split())
FEWEST = 4  # letters of a word that "and" joins, or a short word is taken for one


def changed(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find where a line puts the words of its sentences in another relation to each other."""
    there = " ".join(sentences)
    small = there.casefold()
    for rate in RATE.finditer(line.casefold()):
        period = rate[1]
        if not re.search(
            rf"\b(?:a|an|per|each|every)\s(?:\w+\s)?{period}\b|\b(?:{period}ly|annual|annually|daily)\b",
            small,
        ):
            yield rate[0]
    yield from _turned(line, there)
    for pair in EITHER.finditer(line.casefold()):
        one, other = pair.groups()
        if min(len(one), len(other)) < FEWEST:
            continue
        between = rf"\b{re.escape(one)}\b(?:\s\w+){{0,3}},?\sor\s(?:\w+\s){{0,2}}{re.escape(other)}\b"
        if re.search(between, small) and pair[0] not in small:
            yield pair[0]
    for sentence in sentences:
        yield from _swapped(line, sentence)
        yield from _acting(line, sentence, sentences)


def _turned(line: str, there: str) -> Iterator[str]:
    """Find two numbers, from the one to the other, that stand there the other way round."""
    said, held = numbers(line, "en"), numbers(there, "en")
    for first, second in pairwise(said):
        if not SPAN.search(line[: first.start].rstrip("$€£") + ("" if line[first.start - 1] == " " else " ")):
            continue
        forth = back = False
        for one, other in pairwise(held):
            forth |= bool(one.readings & first.readings and other.readings & second.readings)
            back |= bool(one.readings & second.readings and other.readings & first.readings)
        if back and not forth:
            yield f"{first.text} … {second.text}"


def _swapped(line: str, sentence: str) -> Iterator[str]:
    """Find a word that a line negates in the place of another."""
    words, negated = polarity(line)
    others, against = polarity(sentence)
    mine, theirs = (negated - against) & others.keys(), (against - negated) & words.keys()
    if mine and theirs and len(words.keys() & others.keys()) * 2 >= len(words):
        yield min(mine)


def _acting(line: str, sentence: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find a name that a line has act, where every sentence with that verb names it only behind the verb."""
    for start, end in spelled(line):
        following = WORD.match(line, end + 1) if line[end : end + 1] == " " else None
        if following is None or PLACED.search(line[:start]) or not _is_verb(following[0], sentences):
            continue
        last = line[start:end].rsplit(maxsplit=1)[-1]
        verb = stem(following[0].lower())
        with_verb = [(at, told) for told in sentences for at in _places(told, verb)]
        if sentence != sentences[0] or not with_verb:
            continue
        if all(_is_behind(last, told, at) for at, told in with_verb):
            yield f"{last} {following[0]}"


def _is_verb(word: str, sentences: Sequence[str]) -> bool:
    """Tell a verb by its form; one in -s where a sentence has it in another."""
    if not word.islower() or word in EMPTY:
        return False
    if word in ACTING or word in DEEDS or word.endswith("ed"):
        return True
    key = stem(word)
    told = (found[0].lower() for sentence in sentences for found in WORD.finditer(sentence))
    return word.endswith("s") and any(it.endswith(("ed", "ing")) and stem(it) == key for it in told)


def _places(sentence: str, verb: str) -> list[int]:
    return [found.start() for found in WORD.finditer(sentence) if stem(found[0].lower()) == verb]


def _is_behind(name: str, sentence: str, at: int) -> bool:
    """Tell a name that stands behind a place of a sentence alone, and not as who acts there: "by Corvane"."""
    places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)]
    return bool(places) and min(places) > at and not BY.search(sentence[at : min(places)])


__all__ = ["changed"]
