"""What a line in another language than English may not have of its own: names, numbers, days, months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator import text
from generator.summarise.verify.names import fold
from generator.summarise.verify.numbers import held_readings
from generator.summarise.verify.vocabulary import vocabulary

Fault = tuple[str, str]
NOTS = {
    "de": frozenset("nicht kein keine keinen keinem keiner keines nie niemals niemand nichts".split()),
    "fr": frozenset("ne n jamais aucun aucune".split()),
    "es": frozenset("no nunca jamás ningún ninguna ninguno nadie".split()),
}
CLAUSE = re.compile(r"[,;:–—]\s")
WORD = re.compile(r"[^\W\d_]+")
GERMAN = re.compile(
    r"(?:ein|zwei|zwo|drei|vier|fünf|sech|sieb|acht|neun|zehn|elf|zwölf|zwan|dreiß|hundert|tausend|million|milliard"
    r"|s|en|und|zig|ig)+(?:e|en|er|te|ten|ter|ste|sten|ster|mal|fach)?"
)
ONE = frozenset(
    "ein eine einen einem einer eines und eins seine seinen sein achte achten s en e er ig".split()
)
# Signs that stand for numbers, for days, and of which foreign names are made.
DENSE_NUMBER = re.compile(r"[〇零一二三四五六七八九十百千万萬億亿兆両两]+")
DENSE_DAY = re.compile(r"[日月火水木金土]曜|(?:星期|礼拜|周|週)[一二三四五六日天]")
DENSE_NAME = re.compile(r"[ァ-ヺー]{2,}")
ROOT = 5  # letters by which two forms of a word are alike
PART = 4  # letters of a part of a German compound
BENT = 3  # letters that an ending may have
JOINTS = ("", "s", "n", "en", "es", "er", "e")


def unfounded(line: str, rests: Sequence[str], near: Sequence[str], lang: str) -> Iterator[Fault]:
    """Find number words, days, months and words with capitals that the evidence does not hold.

    `near`, the title and what stands before, may hold the capitals. Within a German word each part must be
    held. A word that opens a sentence has its capital for that, but is held to the same unless it is common.
    """
    there, beside = " ".join(rests), " ".join((*rests, *near))
    held = {fold(word) for word in WORD.findall(beside)}
    own = {word.casefold() for word in WORD.findall(there)}
    readings = {value for kind, value in held_readings(there, lang) if not kind}
    common = text.language(lang).stop | vocabulary(lang).hedges
    for found in WORD.finditer(line):
        word, small = found[0], found[0].casefold()
        if _is_exact(small, lang):
            counted = _is_counted(line, found.start())
            if not (small in own or counted or _worth(small, lang) in readings):
                yield "number", word
        elif _is_capital(word) and small not in common and not _is_held(fold(word), held, lang):
            # Where every noun has a capital, it tells no name.
            yield "words" if lang.startswith("de") else "name", word
    for pattern, reason in ((DENSE_NUMBER, "number"), (DENSE_DAY, "number"), (DENSE_NAME, "name")):
        for found in pattern.finditer(line):
            if found[0] not in (there if reason == "number" else beside):
                yield reason, found[0]


def turned(line: str, rests: Sequence[str], lang: str) -> Iterator[Fault]:
    """Find a "not" that a line alone has, or that the nearest clause of its evidence has alone."""
    nots = NOTS.get(lang.partition("-")[0].lower(), frozenset())
    words = [word.casefold() for word in WORD.findall(line)]
    told = {word[:ROOT] for word in words if word not in text.language(lang).stop}
    own = nots.intersection(words)
    held = [[word.casefold() for word in WORD.findall(part)] for it in rests for part in CLAUSE.split(it)]
    if own and not any(nots.intersection(part) for part in held):
        yield "negation", min(own)
    if own or not told or not vocabulary(lang).denials.isdisjoint(words):
        return
    shared = [len(told.intersection(word[:ROOT] for word in part)) for part in held]
    nearest = [part for part, count in zip(held, shared, strict=True) if count == max(shared)]
    if nots and max(shared) >= len(told) / 2 and all(nots.intersection(part) for part in nearest):
        yield "negation", next(word for word in nearest[0] if word in nots)


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word != word.lower()


def _is_exact(small: str, lang: str) -> bool:
    """Tell a word of number, of a day or of a month."""
    if lang.startswith("de") and small not in ONE and GERMAN.fullmatch(small):
        return True
    return small in vocabulary(lang).exact


def _is_counted(line: str, at: int) -> bool:
    """Tell what is read with the figures before it: 12 Millionen."""
    return line[:at].rstrip(" \u00a0\u202f-")[-1:].isdigit() and not re.search(r"\.\s*$", line[:at])


def _worth(small: str, lang: str) -> int | None:
    """Give what a short number word is worth: 2 to 12."""
    words = WORTH.get(lang.partition("-")[0].lower(), ())
    return words.index(small) + 2 if small in words else None


def _is_held(key: str, held: set[str], lang: str) -> bool:
    """Tell a word that stands there: in another form, or in German as a part, or made of parts."""
    if key in held or any(_alike(key, other) for other in held):
        return True
    if not lang.startswith("de"):
        return False
    if len(key) > PART and any(other.startswith(key) or other.endswith(key) for other in held):
        return True
    return any(
        _is_part(key[:at].removesuffix(joint), held) and _is_part(key[at:], held)
        for at in range(PART, len(key) - PART + 1)
        for joint in JOINTS
        if key[:at].endswith(joint)
    )


def _is_part(part: str, held: set[str]) -> bool:
    return len(part) >= PART and any(
        other.startswith(part) or other.endswith(part) or _alike(part, other) for other in held
    )


def _alike(one: str, other: str) -> bool:
    """Tell two forms of a word: one beginning, other endings."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(one), len(other))
    return shared >= min(ROOT, len(one), len(other)) and shared >= PART and longest - shared <= BENT


WORTH = {
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze".split(),
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce".split(),
}
