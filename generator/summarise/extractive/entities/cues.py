"""What stands around a name and tells what it is: a role, an age, a verb of saying, a preposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.model import EntityKind
from generator.summarise.extractive.entities.lexicon import Lexicon
from generator.summarise.extractive.entities.spotting import Spotted
from generator.summarise.extractive.entities.tokens import TOKEN

APPOSED = re.compile(
    r",\s(?:(?:an?|the|its|their|his|her|our|now|formerly)\s)?(?P<role>[^,;:.()“”\"—–]{3,90}?)"
    r"(?=[,;.)]|\s(?:who|which|that|whose)\b|\s[—–]|$)"
)
AGE = re.compile(r",\s(?:aged\s)?(?:1[0-1]\d|[1-9]\d)(?:,|\.|\s(?:who|from|of)\b)|,\s\d\d?-year-old\b")
WHO = re.compile(r",\s(?:who|whose)\b")
INITIALS = re.compile(r"\s\(([A-Z][A-Za-z.&]{1,7})\)")
BESIDE = re.compile(r",\s([A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2})")
AFTERWARDS = re.compile(r"(?:,[^,]{1,80},)?(?:\s(?:also|later|then|has|had|himself|herself))?\s(\w+)")
OWNED = re.compile(r"[’']s?\s(\w+)")
FOLLOWING = re.compile(r"\s(\w+)")
WHICH = re.compile(r",\swhich\s(\w+)\s(?!on|over|in|into|from|through|at|for|to|until|along|between|past)\w")
INTRODUCED = re.compile(r"(?P<noun>[\w-]+)(?:\sof\s[^,]{2,40})?,\s$")
CLOSED = re.compile(r"[,.](?!\s(?:and|or|as\swell)\b)|\s(?:who|and\s(?:his|her))\b")
NEAR = 60  # characters that are looked at before a name
LONGEST_ROLE = 9  # words
NO_ROLE = frozenset("as including like but such both about after before under over via per".split())
ENDS_HEAD = frozenset("of at for in with from on to and who by whose".split())


class Cues(NamedTuple):
    """What the words around one place of a name tell. `says`: it says something, or is a who: no place."""

    kind: EntityKind | None = None
    role: str = ""
    says: bool = False
    within: bool = False  # a preposition of place stands before it
    place_after: bool = False  # a known place stands after it, behind a comma
    initials: str = ""
    hint: EntityKind | None = None  # told by words that are sure only where the name itself tells nothing


def cues(spotted: Spotted, sentence: str, lexicon: Lexicon) -> Cues:
    """Read what stands before and after a name."""
    before, after = sentence[max(0, spotted.start - NEAR) : spotted.start], sentence[spotted.end :]
    comma = after.startswith(",")
    role, kind = apposition(after, lexicon) if comma else ("", None)
    words = before.split()[-2:] if before[-1:].isspace() else []
    word = words[-1].lower() if words else ""
    who = comma and WHO.match(after) is not None
    if spotted.titled or (comma and AGE.match(after)) or (who and word in lexicon.words.saying):
        kind, role = "person", spotted.role or (role if kind == "person" else "")
    elif kind is None:
        owned = OWNED.match(after)
        has = owned is not None and owned[1] in lexicon.words.organisation_has
        kind = "organisation" if has else _before(words, lexicon)
    if kind is None and len(spotted.words) > 1 and (led := _introduced(before, after, lexicon)):
        kind, role = "person", led
    beside = BESIDE.match(after) if comma else None
    found = INITIALS.match(after) if after[1:2] == "(" else None
    return Cues(
        kind,
        role,
        _says(word, after, lexicon) or who,
        word in lexicon.words.place_prepositions,
        beside is not None and "place" in map(lexicon.kinds.get, (beside[1], beside[1].rstrip("."))),
        found[1] if found and _are_initials(found[1], spotted) else "",
        _hint(words, after, lexicon) if kind is None else None,
    )


def apposition(after: str, lexicon: Lexicon) -> tuple[str, EntityKind | None]:
    """Find a role behind a comma, `Roe, a professor of law at Leeds,`, and what kind of name has such."""
    found = APPOSED.match(after)
    if not found:
        return "", None
    said = [word[0] for word in TOKEN.finditer(found["role"])]
    head: list[str] = []
    for word in said:
        if word.lower() in ENDS_HEAD:
            break
        head.append(word.lower())
    if (
        not head
        or head[0] in NO_ROLE
        or len(said) > LONGEST_ROLE
        or any(word in lexicon.words.saying for word in said)
    ):
        return "", None
    if head[0].endswith("ing") and head[0] not in lexicon.words.role_words:
        return "", None  # valuing the company at a million: what was done, not who somebody is
    if len(said) > len(head) and said[len(head)] == "and" and not said[len(head) - 1].islower():
        return "", None  # the next name of a list
    noun = head[-1]
    nouns: dict[EntityKind, frozenset[str]] = {
        "person": lexicon.words.person_roles,
        "organisation": lexicon.words.organisation_nouns,
        "place": lexicon.words.place_nouns,
    }
    kinds = [kind for kind, known in nouns.items() if noun in known or noun.rpartition("-")[2] in known]
    return (found["role"].strip(), kinds[0] if len(kinds) == 1 else None) if kinds else ("", None)


def _before(words: Sequence[str], lexicon: Lexicon) -> EntityKind | None:
    """Tell by the noun right before a name: `the startup Corvane`, `the village of Arden`."""
    *noun, word = [word.lower() for word in words] or [""]
    if word in lexicon.words.organisation_nouns and word not in lexicon.words.person_roles:
        return "organisation"
    if not noun or word not in ("of", "de"):
        return None
    if noun[0] in lexicon.words.place_nouns:
        return "place"
    return "organisation" if noun[0] in lexicon.words.organisation_has else None


def _introduced(before: str, after: str, lexicon: Lexicon) -> str:
    """Give the role that a name between commas stands for: `Its chief economist, Anna Roe, …`; or nothing."""
    found = INTRODUCED.search(before) if CLOSED.match(after) else None
    if not found or found["noun"].lower() not in lexicon.words.person_roles:
        return ""
    earlier = before[: found.start()].split()
    role = [found["noun"]]
    while earlier and earlier[-1].lower() in lexicon.words.role_words:
        role.insert(0, earlier.pop())
    return " ".join(role)


def _hint(words: Sequence[str], after: str, lexicon: Lexicon) -> EntityKind | None:
    """Tell by what an organisation or a place alone has: `shares in Corvane`, `born in Arden`."""
    said = lexicon.words
    which, following = WHICH.match(after), FOLLOWING.match(after)
    if (which and which[1] in said.organisation_does) or (
        following and following[1].lower() in said.organisation_after
    ):
        return "organisation"
    pair = "_".join(words).lower()
    if pair in said.organisation_before:
        return "organisation"
    ends = not following or following[1].lower() in said.stop or words[-1:] != ["in"]  # in Hospice care: none
    return "place" if pair in said.place_before and ends else None


def _says(word: str, after: str, lexicon: Lexicon) -> bool:
    following = AFTERWARDS.match(after)
    if following and following[1] in lexicon.words.saying:
        return (
            word not in ENDS_HEAD and word not in lexicon.words.place_prepositions
        )  # a doctor at Leeds said
    return word in lexicon.words.saying and (
        not after or after[0] in ",.;:" or after.startswith((" in ", " on "))
    )


def _are_initials(letters: str, spotted: Spotted) -> bool:
    bare = letters.replace(".", "").replace("&", "")
    return "".join(word[0] for word in spotted.words if word[0].isupper()) == bare
