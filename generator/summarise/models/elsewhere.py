"""Of whom a line in German, French or Spanish says a crime or a verdict: its sentences must say it too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.summarise.models.abroad import NOTS, ROOT, WORD
from generator.summarise.verify.vocabulary import vocabulary

CLAUSE = re.compile(r"[,;:–—]\s|\s(?:und|aber|doch|sondern|et|mais|y|pero|sino)\s")
# Two words with capitals side by side: a German noun has one too.
NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: (?:von|van|de|del|della|du|la) )?(?: [A-ZÀ-Þ][\w’'-]+)+")
PREFIX = re.compile(r"^ge(?=\w{6})")


def misplaced(
    line: str, sentences: Sequence[str], before: Sequence[str], lang: str
) -> Iterator[tuple[str, str]]:
    """Find a grave word of a line that its sentences say of another name, or not to be so."""
    known = vocabulary(lang)
    nots = NOTS.get(lang.partition("-")[0].lower(), frozenset()) | known.denials
    names = [found[0].split()[-1] for found in NAME.finditer(line)]
    own = {word.casefold() for word in WORD.findall(line)}
    for word in (found[0] for found in WORD.finditer(line)):
        if not known.is_grave(word.casefold()):
            continue
        root = _root(word)
        held = [at for at, told in enumerate(sentences) if root in _roots(told)]
        clauses = [part for at in held for part in CLAUSE.split(sentences[at]) if root in _roots(part)]
        if clauses and nots.isdisjoint(own) and all(_has(part, nots) for part in clauses):
            yield "negation", word
        for name in names:
            if held and not any(_names(name, sentences[at], before[at]) for at in held):
                yield "support", f"{name} {word}"


def _names(name: str, told: str, earlier: str) -> bool:
    """Tell a sentence that has a name, or that names nobody behind one that has it."""
    return name in told or (name in earlier and not NAME.search(told))


def _has(part: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(word.casefold() for word in WORD.findall(part))


def _roots(told: str) -> set[str]:
    return {_root(word) for word in WORD.findall(told)}


def _root(word: str) -> str:
    return PREFIX.sub("", word.casefold())[:ROOT]
