"""A negation turned: a line says not where its sentences do not, or the reverse (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from generator.summarise.verify.english import EMPTY, TURNING
from generator.summarise.verify.support import stem

TOKEN = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*|[.,;:!?()–—]")
REACH = 2  # content words that a negation holds for
ALIKE = 0.5  # of a line's content words that a sentence must hold to be compared
MOST = 3  # sentences
FEWEST = 2  # content words of a line that can be compared
BREAKS = frozenset(".,;:!?()–—")
PLACING = frozenset("in at on near during since by".split())  # "not hurt in the crash": there was one


def turned(line: str, sentences: Sequence[str], indexed: Sequence[frozenset[str]]) -> tuple[str, int] | None:
    """Find the word, with its offset, that a line negates against all its sentences, or they against it.

    `indexed`: the stems of each sentence. Compared are the sentences that hold at least half of the line's
    words, the nearest first; one that says the word as the line does is enough.
    """
    words, negated = polarity(line)
    if len(words) < FEWEST:
        return None
    shares = [(len(words.keys() & held), at) for at, held in enumerate(indexed)]
    best = sorted(
        (pair for pair in shares if pair[0] >= ALIKE * len(words)), key=lambda pair: (-pair[0], pair[1])
    )
    against: set[str] = set()
    agreed: set[str] = set()
    for _, at in islice(best, MOST):
        others, theirs = polarity(sentences[at])
        # Who is not pardoned is there all the same: a line may name them without a "not".
        named = {word for word in theirs if others[word] and sentences[at][others[word]].isupper()}
        theirs -= named - negated
        shared = words.keys() & others.keys()
        # Where both negate something, what each negation holds for is too fine for this.
        differing = shared & (negated ^ theirs) if not (negated and theirs) else frozenset()
        against |= differing
        agreed |= shared - differing
    if not against - agreed:
        return None
    first = min(against - agreed, key=lambda word: words[word])
    found = TOKEN.match(line, words[first])
    return (found[0] if found else first), words[first]


def polarity(sentence: str) -> tuple[dict[str, int], frozenset[str]]:
    """Give a sentence's stems with their offsets, and which of them stand just after a negation."""
    words: dict[str, int] = {}
    negated: set[str] = set()
    left = 0
    for found in TOKEN.finditer(sentence):
        word = found[0].lower().replace("’", "'")
        if word in BREAKS or (word == "and" and sentence[found.end() + 1 : found.end() + 2].isupper()):
            left = 0  # somebody else begins
        elif word in PLACING and left < REACH:
            left = 0
        elif word in TURNING or word.endswith("n't"):
            left = REACH
        elif word not in EMPTY:
            key = stem(word.removesuffix("'s"))
            words.setdefault(key, found.start())
            if left:
                negated.add(key)
                left -= 1
    return words, frozenset(negated)
