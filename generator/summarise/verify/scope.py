"""How far a line goes: all, never, only, nearly, hundreds, at least, and what was only likely."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from generator import text
from generator.summarise.verify.numbers import Number, numbers
from generator.summarise.verify.support import stem
from generator.summarise.verify.vocabulary import vocabulary

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
ROOT = 5  # letters by which words of one root are alike
MOST = {"most", "majority", "mostly", "largely", "mainly", "mehrheit", "plupart", "majorité", "mayoría"}
MODALS = ("may", "might", "could")  # of which a "will" makes too much
HALF = 50  # percent
# Bounds of a number, above and below it; English.
BOUNDS = (
    (
        re.compile(r"\b(?:more than|over|above|at least|upwards of|no fewer than|in excess of)\s"),
        re.compile(
            r"\b(?:more|over|above|at least|upwards|no fewer|no less|minimum|beyond|exceed\w*|excess|greater"
            r"|top(?:s|ped)|larger|longer|older|higher)\b|\+"
        ),
    ),
    (
        re.compile(
            r"\b(?:less than|fewer than|under|below|at most|no more than"
            r"|(?<!went )(?<!gone )(?<!going )(?<!goes )(?<!go )up to"
            r"|as (?:much|many|few|little) as)\s"
        ),
        re.compile(
            r"\b(?:less|fewer|under|below|at most|up to|no more|as (?:much|many|few|little) as|maximum|nearly"
            r"|almost|short|limits?|ceiling|caps?|shorter|younger|smaller|lower|within|cheaper)\b"
        ),
    ),
)
BENT = re.compile(
    r"(?P<down>\b(?:fell|falls?|fallen|down|dropp?\w*|declin\w+|decreas\w+|los(?:t|es?|ing)|lower\w*"
    r"|shrink\w*|shrank"
    r"|cut(?:s|ting)?|slipp?\w*|slump\w*|tumbl\w+|plung\w+|reduc\w+|minus)\b)"
    r"|(?P<up>\b(?:rose|rises?|risen|rising|up(?! to)|climb\w*|gain\w*|grow\w*|grew|increas\w+|jump\w*"
    r"|soar\w*|surg\w+|add(?:s|ed)?|rais\w+)\b)"
)
LINK = r"(?:\s(?:by|of|about|some|another|nearly|almost|around|roughly|only|just|an?|more|than))*\s[$€£]?$"
MINUS = re.compile(r"(?:(?<![\w.)])[-−–]|\bminus\s)[$€£]?$", re.IGNORECASE)


def beyond(line: str, there: str, lang: str) -> Iterator[str]:
    """Find the words by which a line goes further than what it rests on.

    A word of scope must stand there too, or a close equivalent.
    """
    small, held = _small(line), _small(there)
    for row, licences in _rows(lang):
        for found in row.finditer(small):
            if not licences.search(held) and not _counted(found[0], there, lang):
                yield found[0]
                break
    if lang.startswith("en"):
        for bound, licence in BOUNDS:
            for found in bound.finditer(small):
                after = numbers(line[found.end() : found.end() + 24])
                if after and after[0].start <= 1 and not licence.search(held):
                    yield found[0].strip()


def surer(line: str, sentences: tuple[str, ...], lang: str) -> str:
    """Give the word of doubt that all the sentences have about what a line says flatly, or nothing."""
    words, stop = vocabulary(lang), text.language(lang).stop
    said = _tokens(line)
    there = [_tokens(sentence) for sentence in sentences]
    promised = _after({"will"}, said, lang)
    for doubt in MODALS:
        if promised & {
            root
            for tokens in there
            for root in _after({doubt}, tokens, lang) - _after({"will"}, tokens, lang)
        }:
            return doubt
    if not words.doubts or not (words.hedges).isdisjoint(said) or "?" in line:
        return ""
    told = {_root(word, lang) for word in said if word not in stop}
    first = ""
    for tokens in there:
        if len(told.intersection(_root(word, lang) for word in tokens)) * 2 < len(told):
            continue
        doubt = next(
            (
                it
                for at, it in enumerate(tokens)
                if it in words.doubts and _governs(tokens[at + 1 :], told, lang)
            ),
            "",
        )
        if not doubt:
            return ""
        first = first or doubt
    return first


def signless(line: str, there: str, lang: str) -> Iterator[str]:
    """Find numbers that a line gives without the minus, or without the direction, that they have there."""
    held = [(number, _sign(there, number)) for number in numbers(there, lang)]
    for number in numbers(line, lang):
        signs = {sign for other, sign in held if other.readings & number.readings}
        if signs == {"-"} and not _sign(line, number):
            yield number.text
        elif signs == {""} and MINUS.search(line, 0, number.start):
            yield f"-{number.text}"
        elif lang.startswith("en") and signs in ({"down"}, {"up"}):
            ways = {found.lastgroup for found in BENT.finditer(_small(line))}
            if not ways & (signs | {"-"}):
                yield number.text


def _sign(told: str, number: Number) -> str:
    """Tell what a number has before it: a minus, a fall, a rise, or nothing of these."""
    before = told[max(0, number.start - 60) : number.start]
    if MINUS.search(before):
        return "-"
    for found in reversed(list(BENT.finditer(before.casefold()))):
        if re.fullmatch(LINK, before[found.end() :]):
            return found.lastgroup or ""
    return ""


def _governs(after: list[str], told: set[str], lang: str) -> bool:
    """Tell whether the first word of sense behind a doubt is told."""
    stop = text.language(lang).stop
    word = next((word for word in after if word not in stop), "")
    return bool(word) and _root(word, lang) in told


def _after(verbs: set[str], tokens: list[str], lang: str) -> set[str]:
    """Give the first word of sense behind each of some verbs."""
    stop = text.language(lang).stop
    places = [at for at, word in enumerate(tokens) if word in verbs]
    found = (next((word for word in tokens[at + 1 :] if word not in stop), "") for at in places)
    return {_root(word, lang) for word in found if word}


def _tokens(told: str) -> list[str]:
    """Give the words of a text; a month is no doubt."""
    return [_key(found[0]) for found in WORD.finditer(told) if not (found[0] == "May" and found.start())]


def _root(word: str, lang: str) -> str:
    return stem(word) if lang.startswith("en") else word[:ROOT]


def _counted(word: str, there: str, lang: str) -> bool:
    """Tell a share that is called most, and is."""
    readings = {reading for number in numbers(there, lang) for reading in number.readings}
    return word in MOST and any(kind == "%" and value > HALF for kind, value in readings)


@functools.cache
def _rows(lang: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    made = []
    for row in vocabulary(lang).scope:
        bound, _, more = row.partition("|")
        made.append((_any(bound.split()), _any([*bound.split(), *more.split()])))
    return tuple(made)


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(word.replace('_', ' ')) for word in words)})(?![\w-])"
    )


def _small(told: str) -> str:
    return told.casefold().replace("’", "'")


def _key(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")
