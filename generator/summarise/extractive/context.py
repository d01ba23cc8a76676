"""The clause around a figure: words left out of a sentence, none added, and none that turn its meaning.

Every stretch of at most 16 words between two borders is a candidate. A border has a cost, the lower
the more it is one of clauses; so has an opening that leans on what was cut away. The cheapest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import text

LONGEST = 16  # words
SHORTEST = 4
DEAREST = 2.1  # what costs more does not read well enough to be printed
TORN = 2  # words after a comma that are likely the half of something
A_WORD = 0.06  # is worth so much: of two good cuts the fuller says more

SUBORDINATE = frozenset(
    "which who whom whose that while whereas because after before when where until since as".split()
)
COORDINATE = frozenset("and but or nor yet so".split())
PREPOSITIONS = frozenset(
    """of in on at by for from with into over under through across among amid against between during within
    without about around above below near toward towards including like despite following per than to via upon
    behind""".split()
)
DETERMINERS = frozenset("a an the some more most many all every any another no these those this that".split())
LEANING = frozenset(
    "it he she they we you i this these those that its his her their each both such one them".split()
)
PRONOUNS = frozenset("it he she they we you i them".split())
MODALS = frozenset("will would can could may might must shall should cannot".split())
VERBS = frozenset("is are was were be been being has have had do does did".split())
RELATIVE = frozenset("which who whom whose that".split())
TELLING = VERBS | MODALS | SUBORDINATE - {"as", "since"}
HANGING = (
    PREPOSITIONS
    | SUBORDINATE
    | COORDINATE
    | VERBS
    | frozenset("a an the its his her their our my not will".split())
)
HEDGES = frozenset(
    """about around approximately roughly nearly almost over under some up to between from than least most
    only just another additional estimated or and a an the worth of""".split()
)
# A source or a condition holds for a whole sentence; a negation or a modal for its clause.
SWAYS = re.compile(
    r"\b(?:if|unless|except|whether|allegedly|alleged|alleg(?:es|ing)|reportedly|supposedly|apparently|perhaps|possibly|probably|"
    r"sa(?:id|ys|y|ying)|according|claim(?:s|ed|ing)?|told|argu(?:e|es|ed|ing)|believ(?:e|es|ed|ing)|expect(?:s|ed|ing)?|"
    r"estimat(?:e|es|ed|ing)|forecasts?|predict(?:s|ed|ing)?|suggest(?:s|ed|ing)?|thinks?|thought|den(?:y|ies|ied|ying)|"
    r"reject(?:s|ed|ing)?|fears?|feared|hopes?|hoped|report(?:s|ed)? that|rumou?red|accus(?:es|ed|ing))\b",
    re.IGNORECASE,
)
TURNS = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n[’']t|refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|stop(?:s|ped)?|"
    r"could|may|might|would|should|will|can|must|unlikely|likely)\b",
    re.IGNORECASE,
)
NEGATES = re.compile(
    r"\b(?:not|no|nobody|no-one|nothing|never|none|neither|cannot|\w+n[’']t)\b", re.IGNORECASE
)
SOURCE_AT_END = re.compile(
    r",[”\"’']? (?:[\w.’'-]+ ){0,4}(?:said|says)(?: (?:on )?[A-Z][a-z]+day| in a statement)?\.$"
)
CLAUSE = re.compile(
    r"[,;:]\s|\s[–—-]\s|—|\s(?=(?:and|but|while|whereas|because|although|which|who|after|before)\s)"
)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    bare: str  # lower case, without punctuation
    written: str


def clause(sentence: str, start: int, end: int) -> str | None:
    """Give what to print beside the figure at `start` to `end`: at most 16 words; None if no cut is safe.

    English: other languages' sentences are given whole or not at all.
    """
    if text.word_count(sentence) <= LONGEST:
        return sentence
    source = SOURCE_AT_END.search(sentence)
    upto = source.start() if source else len(sentence)
    tail = sentence[upto:].rstrip(".") if source else ""
    words = [
        _Word(found.start(), found.end(), re.sub(r"^\W+|\W+$", "", found[0]).lower(), found[0])
        for found in re.finditer(r"\S+", sentence[:upto])
    ]
    cuts = sorted(_cuts(words, start, end, LONGEST - text.word_count(tail)))
    for _, first, last in cuts:
        cut = sentence[first:last].strip(" ,;:–—")
        if text.word_count(cut + tail) <= LONGEST and _is_safe(sentence[:upto], first, last):
            return cut + tail if source else cut.rstrip(".") if first else cut
    return None


def _cuts(words: Sequence[_Word], start: int, end: int, room: int) -> Iterator[tuple[float, int, int]]:
    """Give cost, start and end of what can be cut out around a figure."""
    first = next((n for n, word in enumerate(words) if word.end > start), None)
    last = next((n for n, word in enumerate(words) if word.end >= end), None)
    if first is None or last is None:
        return
    begins = [
        (n, cost)
        for n in range(max(0, last - room), first + 1)
        if (cost := _begin(words, n, first)) is not None
    ]
    ends = [
        (n, cost)
        for n in range(last + 1, min(len(words), first + room) + 1)
        if (cost := _end(words, n)) is not None
    ]
    for begin, opening in begins:
        for stop, closing in ends:
            count = stop - begin
            cost = opening + closing + _torn(words, begin, last, stop) - A_WORD * count + (count == SHORTEST)
            if SHORTEST <= count <= room and cost <= DEAREST:
                yield cost, words[begin].start, words[stop - 1].end


def _begin(words: Sequence[_Word], at: int, figure: int) -> float | None:
    """Cost of beginning at a word; None where a cut would part a phrase."""
    word = words[at]
    if at == 0:
        return 0.7 if word.bare in LEANING else 0.0
    before = words[at - 1]
    if (before.bare in HEDGES and at == figure) or word.bare in PRONOUNS:
        return None
    if word.written.lstrip("$€£")[:1].isdigit() and at != figure:
        return None  # the day of a date, or another figure
    if word.bare in COORDINATE or word.bare in SUBORDINATE or SWAYS.fullmatch(word.bare):
        return None
    if word.bare in VERBS | MODALS or before.bare in RELATIVE - {"that"}:
        return None
    if before.written[-1] in ";:–—-" or before.written[-1] == ",":
        return 0.6 + _opening(word, is_figure=at == figure)
    if before.bare in COORDINATE and any(other.bare in RELATIVE for other in words[at:figure]):
        return None  # the half of what the relative clause is about
    if before.bare in SUBORDINATE or before.bare in COORDINATE:
        return 0.8 + _opening(word, is_figure=at == figure)
    return _inside(words, at, figure)


def _inside(words: Sequence[_Word], at: int, figure: int) -> float | None:
    """Cost of beginning inside a clause: at a noun phrase alone, and with no verb of another."""
    before, phrase = words[at - 1], words[at:figure]
    if not phrase or not _is_noun_phrase(words[at]) or any(word.bare in TELLING for word in phrase):
        return None
    if before.bare == "as" and words[at - 2].bare == "such":
        return 1.2 if _hangs_together(words, at, figure) else None
    after_to = at > 1 and words[at - 2].bare == "to"
    if not (before.bare in PREPOSITIONS - {"to", "than", "per"} or after_to or before.bare in VERBS):
        return None
    if any(word.written[-1] in ",;:" for word in phrase):
        return None
    return 2.0 + 1.2 * any(word.bare in COORDINATE for word in phrase)


def _hangs_together(words: Sequence[_Word], at: int, figure: int) -> bool:
    """Tell whether what follows a comma goes on about the names before it: ", each pledging $600 billion"."""
    following = [words[n + 1].bare for n in range(at, figure) if words[n].written[-1] in ",;:"]
    return all(word in ("each", "both", "all") or word.endswith(("ing", "ed")) for word in following)


def _opening(word: _Word, *, is_figure: bool) -> float:
    """Cost of a word that opens a cut: how much it leans on what went before."""
    if word.bare in LEANING:
        return 1.6
    if is_figure or _is_noun_phrase(word):
        return 0.0
    if word.bare in PREPOSITIONS:
        return 1.4
    return 1.8


def _is_noun_phrase(word: _Word) -> bool:
    return word.bare in DETERMINERS - LEANING or word.written[0].isupper()


def _end(words: Sequence[_Word], at: int) -> float | None:
    """Cost of ending before a word; None where a cut would part a phrase."""
    last = words[at - 1]
    if at == len(words):
        return 0.0
    if last.bare in HANGING or SWAYS.fullmatch(last.bare):
        return None
    if last.written[-1] in ";:–—" or words[at].written[0] in "–—-(":
        return 0.3
    if last.written[-1] == ",":
        return 0.4
    following = words[at].bare
    if following in SUBORDINATE:
        return 0.8
    if following in COORDINATE:
        return 1.6
    if following in PREPOSITIONS - {"of", "than", "per", "to", "or"}:
        return 1.3
    if any(word.bare in SUBORDINATE for word in words[max(0, at - TORN - 1) : at]):
        return None  # a clause that has only begun
    return 1.9 if following in VERBS or following == "to" else None


def _torn(words: Sequence[_Word], begin: int, figure: int, stop: int) -> float:
    """Cost of commas that set off what the cut holds only a half of."""
    commas = [n for n in range(begin, stop - 1) if words[n].written[-1] == ","]
    near_end = any(stop - 1 - n <= TORN for n in commas)
    after_figure = stop < len(words) and any(n >= figure for n in commas)
    return 1.5 * near_end + 0.8 * after_figure + 0.4 * (len(commas) > 1)


def _is_safe(sentence: str, first: int, last: int) -> bool:
    """Tell whether nothing that was cut away turns what stays, and no quotation or bracket is torn."""
    before, cut, after = sentence[:first], sentence[first:last], sentence[last:]
    if SWAYS.search(before) or SWAYS.search(after):
        return False
    if NEGATES.search(before[max(map(before.rfind, ";:—")) + 1 :]):
        return False
    if NEGATES.search(cut) and after and cut[-1] not in ",;:" and not CLAUSE.match(after):
        return False  # a negation keeps all that it negates
    borders = [found.end() for found in CLAUSE.finditer(before)]
    near = before[
        borders[-1] if borders and borders[-1] < len(before) else (borders[-2] if len(borders) > 1 else 0) :
    ]
    border = CLAUSE.search(after)
    if TURNS.search(near) or TURNS.search(after[: border.start() if border else len(after)]):
        return False
    if (
        before.count('"') % 2
        or before.count("“") > before.count("”")
        or before.count("(") > before.count(")")
    ):
        return False
    return _is_balanced(cut)


def _is_balanced(cut: str) -> bool:
    opened = len(re.findall(r"(?:^|[\s(])[‘'](?=\w)", cut))
    closed = len(re.findall(r"(?<=[^\Ws])[’'](?=\W|$)|(?<=[.,!?])[’']", cut))
    return (
        opened == closed
        and cut.count("“") == cut.count("”")
        and cut.count('"') % 2 == 0
        and cut.count("(") == cut.count(")")
    )
