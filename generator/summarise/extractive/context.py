"""The clause around a figure: words left out of a sentence, none added, and none that turn its meaning.

Every stretch of at most 16 words between two borders is a candidate. A border has a cost, the lower
the more it is one of clauses; so has an opening that leans on what was cut away. The cheapest wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import text
from generator.summarise.extractive.apart import LONGEST, Word, is_safe, taken_apart
from generator.summarise.extractive.language import (
    COORDINATE,
    DAYS,
    DETERMINERS,
    HANGING,
    HEDGES,
    LEANING,
    MODALS,
    MONTHS,
    PREPOSITIONS,
    PROMISING,
    PRONOUNS,
    RELATIVE,
    SUBORDINATE,
    TELLING,
    VERBS,
)
from generator.summarise.extractive.trimming import dateline

A_SENTENCE = 2000  # characters: in what is longer no clause can be found, and looking for one takes too long
SHORTEST = 4
DEAREST = 2.1  # what costs more does not read well enough to be printed
TORN = 2  # words after a comma that are likely the half of something
PREDICATES = VERBS | MODALS
JOINED = PRONOUNS | {"of", "to", "than", "per"}  # to the word before them
THAT_OR_COORDINATE = COORDINATE | {"that"}
LEANING_OR_PREPOSITIONS = LEANING | PREPOSITIONS
PREPOSITIONS_AND_VERBS = PREPOSITIONS | VERBS
PLACING = PREPOSITIONS - {"to", "than", "per"}  # a noun phrase follows them
PARTING = PREPOSITIONS - {"of", "than", "per", "to", "or"}  # what stands before them from what follows
DETERMINED = DETERMINERS - LEANING
A_WORD = 0.06  # is worth so much: of two good cuts the fuller says more


def clause(sentence: str, start: int, end: int) -> str | None:
    """Give what to print beside the figure at `start` to `end`: at most 16 words; None if no cut is safe.

    English: other languages' sentences are given whole or not at all.
    """
    if len(sentence) > A_SENTENCE:
        return None
    if begin := dateline(sentence):
        return clause(sentence[begin:], start - begin, end - begin) if start >= begin else None
    if text.word_count(sentence) <= LONGEST:
        return sentence
    said = taken_apart(sentence)
    for _, first, last in sorted(_cuts(said.words, start, end, said.room)):
        cut = sentence[first:last].strip(" ,;:–—")
        if text.word_count(cut + said.tail) <= LONGEST and is_safe(said, first, last):
            return cut + said.tail if said.tail else cut.rstrip(".") if first else cut
    return None


def _cuts(words: Sequence[Word], start: int, end: int, room: int) -> Iterator[tuple[float, int, int]]:
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
            if not SHORTEST <= count <= room or opening + closing - A_WORD * count > DEAREST:
                continue
            cost = opening + closing + _torn(words, begin, last, stop) - A_WORD * count + (count == SHORTEST)
            if (
                cost <= DEAREST
                and not _is_half(words, begin, first, last, stop)
                and not _is_frayed(words, last, stop)
            ):
                yield cost, words[begin].start, words[stop - 1].end


def _begin(words: Sequence[Word], at: int, figure: int) -> float | None:
    """Cost of beginning at a word; None where a cut would part a phrase."""
    word = words[at]
    if at == 0:
        return 0.7 if word.bare in LEANING else 0.0
    before = words[at - 1]
    if (before.bare in HEDGES and at == figure) or word.bare in JOINED:
        return None
    if at != figure and _is_moment(words, at):
        return None
    if word.bare in COORDINATE or word.bare in SUBORDINATE or word.sways:
        return None
    if word.bare in PREDICATES or before.bare in RELATIVE:
        return None  # found that …: whose word it is, is said before
    if before.written[-1] in ";:–—-" or before.written[-1] == ",":
        return 0.6 + _opening(word, is_figure=at == figure)
    if before.bare in THAT_OR_COORDINATE and (
        any(other.bare in RELATIVE for other in words[at:figure])  # the half of what the clause is about
        or not (at == figure or _is_noun_phrase(word) or word.bare in LEANING_OR_PREPOSITIONS)  # a verb alone
        or (at > 1 and words[at - 2].written[0].isupper() and word.written[0].isupper())  # one of two names
    ):
        return None
    if before.bare in SUBORDINATE or before.bare in COORDINATE:
        return 0.8 + _opening(word, is_figure=at == figure)
    return _inside(words, at, figure)


def _inside(words: Sequence[Word], at: int, figure: int) -> float | None:
    """Cost of beginning inside a clause: at a noun phrase alone, and with no verb of another."""
    before, phrase = words[at - 1], words[at:figure]
    if not phrase or not _is_noun_phrase(words[at]) or any(word.bare in TELLING for word in phrase):
        return None
    if before.bare == "as" and words[at - 2].bare == "such":
        return 1.2 if _hangs_together(words, at, figure) else None
    after_to = at > 1 and words[at - 2].bare == "to"
    if not (before.bare in PLACING or after_to or before.bare in VERBS):
        return None
    if any(word.written[-1] in ",;:" or word.bare in COORDINATE for word in phrase):
        return None
    return None if words[at - 2].bare == "than" else 2.0


def _hangs_together(words: Sequence[Word], at: int, figure: int) -> bool:
    """Tell whether what follows a comma goes on about the names before it: ", each pledging $600 billion"."""
    following = [words[n + 1].bare for n in range(at, figure) if words[n].written[-1] in ",;:"]
    return all(word in ("each", "both", "all") or word.endswith(("ing", "ed")) for word in following)


def _opening(word: Word, *, is_figure: bool) -> float:
    """Cost of a word that opens a cut: how much it leans on what went before."""
    if word.bare in LEANING:
        return 1.6
    if is_figure or _is_noun_phrase(word):
        return 0.0
    if word.bare in PREPOSITIONS:
        return 1.4
    return 1.8


def _is_moment(words: Sequence[Word], at: int) -> bool:
    """Tell a day, a year or another figure: it ends the phrase before it, and opens no clause."""
    word = words[at]
    if word.bare in DAYS or (word.bare in MONTHS and word.written[0].isupper()):
        return True
    return word.written.lstrip("$€£¥")[:1].isdigit()


def _is_noun_phrase(word: Word) -> bool:
    return word.bare in DETERMINED or word.written[0].isupper()


def _end(words: Sequence[Word], at: int) -> float | None:
    """Cost of ending before a word; None where a cut would part a phrase."""
    last = words[at - 1]
    if at == len(words):
        return 0.0
    if last.bare in HANGING or last.sways:
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
    if following in PARTING:
        return 1.3
    if any(word.bare in SUBORDINATE for word in words[max(0, at - TORN - 1) : at]):
        return None  # a clause that has only begun
    return 1.9 if following == "to" else None


def _is_half(words: Sequence[Word], begin: int, figure: int, last: int, stop: int) -> bool:
    """Tell a clause without its subject or its verb: ", a maker of engines, has sold 48"."""
    if begin == 0:
        return _is_open(words, begin, figure, stop) or (words[0].bare in PROMISING and stop < len(words))
    before = words[begin - 1]
    if begin == 1 and before.bare in PROMISING:
        return True
    if figure - begin <= 1 and words[last].written[-1] == ",":
        return True  # an aside: ", about $1,100, but"
    commas = [n for n in range(begin, figure) if words[n].written[-1] == ","]
    if any(_is_predicate(words[n]) or _is_predicate(words[n + 1]) for n in commas):
        return True
    return _is_open(words, begin, figure, stop) or _has_another_verb(words, before, last, stop)


def _is_open(words: Sequence[Word], begin: int, figure: int, stop: int) -> bool:
    """Tell a relative clause that holds the figure and ends before what it is about does something."""
    commas = [n for n in range(begin, figure) if words[n].written[-1] in ",–—-"]
    return bool(commas) and words[commas[-1] + 1].bare in RELATIVE and stop < len(words)


def _has_another_verb(words: Sequence[Word], before: Word, last: int, stop: int) -> bool:
    """Tell a cut from inside a phrase that runs into the verb of the whole: in "China … could be"."""
    if before.bare not in PREPOSITIONS_AND_VERBS or before.written[-1] in ",;:":
        return False
    for word in words[last + 1 : stop]:
        if word.bare in SUBORDINATE:
            return False
        if word.bare in PREDICATES:
            return True
    return False


def _is_predicate(word: Word) -> bool:
    return word.bare in PREDICATES or word.sways


def _is_frayed(words: Sequence[Word], figure: int, stop: int) -> bool:
    """Tell an end that breaks off: in the second of two things, in a list, or before what it leads to."""
    if stop == len(words):
        return False
    last, following = words[stop - 1], words[stop]
    if last.written[-1] in ";:–—":
        return False
    if last.written[-1] == ",":
        return stop - 1 > figure and last.written[0].isupper() and following.written[0].isupper()
    if any(words[n].bare in COORDINATE or words[n - 1].written[-1] == "," for n in range(figure + 1, stop)):
        return True
    near = range(max(0, stop - 1 - TORN), stop - 1)
    return any(words[n].written[-1] == "," for n in near) or (
        following.bare == "to" and stop - 1 > figure + 1
    )


def _torn(words: Sequence[Word], begin: int, figure: int, stop: int) -> float:
    """Cost of commas that set off what the cut holds only a half of."""
    commas = [n for n in range(begin, stop - 1) if words[n].written[-1] == ","]
    near_end = any(stop - 1 - n <= TORN for n in commas)
    after_figure = stop < len(words) and any(n >= figure for n in commas)
    return 1.5 * near_end + 0.8 * after_figure + 0.4 * (len(commas) > 1)
