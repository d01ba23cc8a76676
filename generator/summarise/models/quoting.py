"""Where a quotation may be cut: what is left out must not be what takes it back."""

from __future__ import annotations

import re

from generator import text
from generator.summarise.verify import plain
from generator.summarise.verify.vocabulary import vocabulary

STOPS = " .,;:!?…'"
PARTED = re.compile(r"(?:[.!?,;:…)]|\s-)['\s]*$|^\W*$")
PARTS = re.compile(r"['\s]*(?:[.!?,;:…(]|-\s|$)")
SENTENCE = re.compile(r"[.!?…]['\s]+")
# What takes back or binds a sentence from behind.
BINDS = frozenset(
    """if unless provided except but only not never no false lie untrue wrong nonsense wenn falls sofern nicht
    falsch gelogen si sauf pas faux salvo falso mentira""".split()
)


def is_whole(said: str, held: str, lang: str) -> bool:
    """Tell words that a quotation has between two stops, and of whose sentence nothing denied is left out.

    A quotation of which a part is left out begins and ends where a clause does.
    """
    known = vocabulary(lang)
    for before, after in _around(said, held):
        lead, rest = SENTENCE.split(before)[-1], SENTENCE.split(after)[0]
        if not (PARTED.search(before) and PARTS.match(after)):
            continue
        if known.denials.isdisjoint(_words(lead)) and BINDS.isdisjoint(_words(rest)):
            return True
    return False


def is_fair(said: str, held: str, line: str, lang: str) -> bool:
    """Tell a part of a quotation that a line may tell: it leaves out no denial before it."""
    denials = vocabulary(lang).denials
    own = denials.intersection(_words(plain(line)))
    return any(
        denials.isdisjoint(_words(SENTENCE.split(before)[-1])) or own for before, _ in _around(said, held)
    )


def _around(said: str, held: str) -> list[tuple[str, str]]:
    """Give what stands before and behind some words at each of their places."""
    wanted = plain(said).strip(STOPS)
    places = re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", held)
    return [(held[: at.start()], held[at.end() :]) for at in places]


def _words(told: str) -> set[str]:
    return {*text.words(told), *re.findall(r"[\w'-]+", told)}
