"""Roles as a model tells them: the whole of what an article says somebody is, and not what is denied."""

from __future__ import annotations

import re

from generator import text
from generator.summarise.verify import plain
from generator.summarise.verify.vocabulary import vocabulary

ARTICLE = r"(?:(?:a|an|the|its|their|his|her|der|die|das|ein|eine|le|la|un|une|el|una|los|les)\s|l')"
BEHIND = (
    r"(?:\s?,\s(?:(?:who is|who are|currently)\s)?|\s?[(–—]\s?|\s-\s)" rf"{ARTICLE}?"
)  # a comma or the like parts a name from what somebody is
COPULA = rf"\s(?:is|are|remains|becomes|became|ist|bleibt|est|es)\s{ARTICLE}?"
# What may follow a role: with anything else it is a part of a longer one, or held for a time alone.
ENDS = re.compile(
    r"\s?(?:$|[,.;:()–—?!]|-\s)|\s(?:of|at|for|who|and|von|der|des|du|de|del|qui|que|und|et|y)\b"
)
# And what may follow a name behind a role and a comma: "said the mayor, Ada Moreno."
CLOSED = re.compile(r"\s?(?:$|[,.;:()–—])")
LAST = re.compile(r"(?:^|\s)(\S+)\s?$")
OPENS = re.compile(r"(?:^|[,;:.(–—!?'])\s?$")
EQUALS = frozenset("is are was were be being as like not no never nor than without".split())
SET_OFF = frozenset("and but while when as".split())


def is_beside(role: str, name: str, sentence: str, lang: str) -> bool:
    """Tell whether a sentence says of a name that it is this: all that stands beside it, and nothing less.

    The words in quotation marks are to be blanked. "Mayor" is no role of the mayor's sister, of a former
    mayor, or of whom somebody calls the mayor.
    """
    told, who, what = plain(sentence), re.escape(plain(name)), re.escape(plain(role))
    flat = _is_flat(told, lang)
    return (
        any(
            ENDS.match(told, at.end())
            for at in re.finditer(rf"(?<![\w-]){who}{BEHIND}{what}(?![\w'-])", told)
        )
        or any(
            flat and ENDS.match(told, at.end())
            for at in re.finditer(rf"(?<![\w-]){who}{COPULA}{what}(?![\w'-])", told)
        )
        or any(
            _is_whole(told[: at.start()], plain(role), lang)
            for at in re.finditer(rf"(?<![\w-]){what}\s{who}(?!\w)", told)
        )
        or any(
            _is_set_off(told[: at.start()], lang) and CLOSED.match(told, at.end())
            for at in re.finditer(rf"(?<![\w-]){ARTICLE}?{what},\s{who}(?![\w'-])", told)
        )
    )


def _is_whole(before: str, role: str, lang: str) -> bool:
    """Tell a role that begins where its noun phrase does."""
    if OPENS.search(before):
        return True
    last = _last(before)
    if last in EQUALS - {"as"}:
        return False
    words = text.language(lang)
    return bool(re.match(ARTICLE, role)) or last in words.stop or last in words.saying


def _is_set_off(before: str, lang: str) -> bool:
    """Tell a clause or a saying that begins: "of the victim, Anna Holt" may be of either."""
    last = _last(before)
    return bool(OPENS.search(before)) or last in SET_OFF or last in text.language(lang).saying


def _is_flat(told: str, lang: str) -> bool:
    """Tell a sentence that says flatly what it says: nobody says, asks, doubts or denies it."""
    known, words = vocabulary(lang), text.language(lang)
    doubtful = words.saying | known.hedges | known.doubts | known.denials
    return "?" not in told and doubtful.isdisjoint(word.casefold() for word in text.words(told))


def _last(before: str) -> str:
    found = LAST.search(before)
    return found[1] if found else ""
