"""Of whom a line in German, French or Spanish says a crime or a verdict: its sentences must say it too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator import text
from generator.summarise.models.abroad import NOTS, ROOT, WORD
from generator.summarise.verify.vocabulary import vocabulary

CLAUSE = re.compile(r"[,;:–—]\s|\s(?:und|aber|doch|sondern|et|mais|y|pero|sino)\s")
# Two words with capitals side by side: a German noun has one too.
NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: (?:von|van|de|del|della|du|la) )?(?: [A-ZÀ-Þ][\w’'-]+)+")
PREFIX = re.compile(r"^ge(?=\w{6})")
# Verdicts and crimes that the lists of grave words lack; of whom they are said is looked at all the same.
VERDICTS = {
    "de": frozenset("frei freigesprochen freispruch erschoss erschossen erstach überfiel beraubte".split()),
    "fr": frozenset("acquitté acquittée acquitte acquittés relaxé relaxée relaxe tua abattu abattue".split()),
    "es": frozenset("absolvió absolvieron absuelto absuelta asesinó secuestró condenó condenaron".split()),
}
# A masculine noun by its article: who acts, and whom it meets (German).
ACTING = r"(?:ein|der|kein|sein|ihr|jener|dieser)"
MET = re.compile(r"\b(?:einen|den|keinen|seinen|ihren|jenen|diesen)\s(?P<noun>[A-ZÄÖÜ]\w+)", re.IGNORECASE)


def misplaced(
    line: str, sentences: Sequence[str], before: Sequence[str], lang: str
) -> Iterator[tuple[str, str]]:
    """Find a grave word of a line that its sentences say of another name, or not to be so."""
    base = lang.partition("-")[0].lower()
    known, verdicts = vocabulary(lang), VERDICTS.get(base, frozenset())
    nots = NOTS.get(base, frozenset()) | known.denials
    names = list(dict.fromkeys(_named(line, lang)))
    own = {word.casefold() for word in WORD.findall(line)}
    told = " ".join((*sentences, *before))
    for word in dict.fromkeys(found[0] for found in WORD.finditer(line)):
        if not (known.is_grave(word.casefold()) or word.casefold() in verdicts):
            continue
        root = _root(word)
        held = [at for at, told in enumerate(sentences) if root in _roots(told)]
        clauses = [part for at in held for part in CLAUSE.split(sentences[at]) if root in _roots(part)]
        if clauses and nots.isdisjoint(own) and all(_has(part, nots) for part in clauses):
            yield "negation", word
        for name in names:
            if held and not any(_names(name, sentences[at], before[at], told, lang) for at in held):
                yield "support", f"{_last(name)} {word}"
        if held and base == "de" and (noun := _turned(line, [sentences[at] for at in held])):
            yield "support", f"{noun} {word}"


def _names(name: str, told: str, earlier: str, known: str, lang: str) -> bool:
    """Tell a sentence that has a name, or that names nobody behind one that has it.

    Of two that share a last name, where both are known, only the one that it has.
    """
    last = _last(name)
    if name in told:
        return True
    others = _named(told, lang)
    if last in told:  # "der Direktor Paul Dray" is Paul Dray
        alike = [it for it in others if _last(it) == last]
        same = any(f" {name}".endswith(f" {it}") or f" {it}".endswith(f" {name}") for it in alike)
        return same or not (alike and name in known)
    return last in earlier and not others


def _named(told: str, lang: str) -> list[str]:
    """Give the names of two words or more: "Das Gericht" is none."""
    stop = text.language(lang).stop
    found = (it[0].split() for it in NAME.finditer(told))
    bare = (words[1:] if words[0].casefold() in stop else words for words in found)
    return [" ".join(words) for words in bare if len(words) > 1]


def _last(name: str) -> str:
    return name.rpartition(" ")[2]


def _turned(line: str, sentences: Sequence[str]) -> str:
    """Give a noun that a grave deed meets in a line, and that only acts in the sentences of the deed."""
    for found in MET.finditer(line):
        root = re.escape(found["noun"][:ROOT])
        acts = re.compile(rf"\b{ACTING}\s{root}", re.IGNORECASE)
        met = re.compile(rf"\b(?!{ACTING}\b)\w+\s{root}", re.IGNORECASE)
        there = [it for it in sentences if acts.search(it)]
        if there and not any(met.search(it) for it in sentences):
            return found["noun"]
    return ""


def _has(part: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(word.casefold() for word in WORD.findall(part))


def _roots(told: str) -> set[str]:
    return {_root(word) for word in WORD.findall(told)}


def _root(word: str) -> str:
    return PREFIX.sub("", word.casefold())[:ROOT]
