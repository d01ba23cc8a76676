"""Words that somebody said: paired marks around a statement, and who says it if they are named there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator import text
from generator.model import Line, LineKind, Quote
from generator.summarise.extractive.entities import Name
from generator.summarise.extractive.ranking import Ranked

MOST = 2
FEWEST, LONGEST = 5, 45  # words
LONG = 8  # words of a part of a sentence that says enough
NAMED = 0.2  # a quotation with a speaker is worth so much more
QUOTED = re.compile(
    r"“([^“”]+)”|(?<![\w”])\"([^\"]+)\"(?!\w)|«\s?([^«»]+?)\s?»|„([^„“”]+)[“”]|»([^«»]+)«"
    # Single marks are apostrophes too: they close only behind a stop.
    r"|(?<![\w’'])[‘']((?:[^‘’'“”\"]|(?<=\w)[’'](?=\w))+[,.!?…])[’'](?!\w)"
)
MARK = re.compile("[“\"«„»‘']")  # that a quotation begins with
ASIDE = r"(?:,[^,]{1,80},)?"  # a role between two commas
BEFORE_VERB = re.compile(rf"{ASIDE}\s(?:also\s|later\s|then\s|has\s|had\s|\w+ly\s)?(\w+)")
# Between the quotation and a name behind a verb: `said`, `said the mayor,`, `, said spokesman`.
AFTER_VERB = re.compile(r"\W{0,4}(\w+)(?:\s[\w\s’'-]{1,40})?,?\s")


# Said the minister of the Interior, Elena Roe: the first name is what she is minister of.
WHOSE = re.compile(
    r"\b(?:of|for|at|in|from|de|du|des|del|della|von|der|für|bei)(?:\s(?:the|la|el|los|las))?\s$"
)


@dataclass(frozen=True, slots=True)
class _Said:
    worth: float
    place: int
    quote: Quote


def quotes(
    items: Sequence[Ranked], names: Sequence[Name], told: Collection[str], words: text.Language
) -> tuple[Quote, ...]:
    """Give up to two quotations of five words or more that say something, in the article's order.

    A speaker is named only if it stands beside a verb of saying in the same sentence or the next. `items`
    are the sentences that `names` were found in; `told` are ids in use.
    """
    stands = _by_sentence(names)
    made: list[_Said] = []
    for place, item in enumerate(items):
        if item.sentence.id in told or not MARK.search(item.sentence.text):
            continue
        for found in QUOTED.finditer(item.sentence.text):
            said = next(part for part in found.groups() if part).strip()
            count = text.word_count(said)
            if not (FEWEST <= count <= LONGEST and _states(said, words)):
                continue
            speaker = _speaker(items, place, found, stands, words)
            if not (said[0].isupper() and not said.istitle()) and not (speaker and count >= LONG):
                continue  # a part of somebody's sentence, or a title
            if not speaker and not words.auxiliaries:
                continue
            kind: LineKind = "verbatim" if said == item.sentence.text else "trimmed"
            quote = Quote(Line(said.rstrip(" ,"), (item.sentence.id,), kind), speaker)
            made.append(_Said(item.score + NAMED * bool(speaker), place, quote))
    once = {said.quote.line.text: said for said in sorted(made, key=lambda said: said.worth)}
    best = sorted(once.values(), key=lambda said: (-said.worth, said.place))[:MOST]
    return tuple(said.quote for said in sorted(best, key=lambda said: said.place))


def _by_sentence(names: Sequence[Name]) -> Mapping[int, list[tuple[int, int, str]]]:
    """Persons, then organisations and plain names of each sentence: where they stand, their fullest form."""
    made: dict[int, list[tuple[int, int, str]]] = {}
    for name in sorted(names, key=lambda name: name.kind != "person"):
        if name.kind != "place":
            for spotted, _ in name.places:
                made.setdefault(spotted.sentence, []).append((spotted.start, spotted.end, name.text))
    return made


def _states(said: str, words: text.Language) -> bool:
    """Tell a statement from a title or a phrase: a verb that is one in any place, or a pronoun and a word."""
    spoken = [word.replace("’", "'").lower() for word in text.words(said)]
    if not words.auxiliaries:
        return said[0].isupper()
    held = words.auxiliaries.intersection(spoken)
    return bool(held) or any(word in words.subjects for word in spoken[:-1])


def _speaker(
    items: Sequence[Ranked],
    place: int,
    found: re.Match[str],
    stands: Mapping[int, list[tuple[int, int, str]]],
    words: text.Language,
) -> str:
    """Find who says a quotation; the empty string where nobody is named beside a verb of saying."""
    sentence = items[place].sentence.text
    here = sorted(stands.get(place, []), key=lambda it: it[0] < found.end())  # who is named behind goes first
    for start, end, name in here:
        if speaks(sentence, found.span(), (start, end), words):
            return name
    alone = not sentence[: found.start()].strip() and not sentence[found.end() :].strip(" .")
    if alone and place + 1 < len(items) and items[place + 1].sentence.block == items[place].sentence.block:
        following = items[place + 1].sentence.text
        for start, end, name in stands.get(place + 1, [])[:1]:
            if _is_behind(following, 0, start, end, words):
                return name
    return ""


def speaks(sentence: str, said: tuple[int, int], named: tuple[int, int], words: text.Language) -> bool:
    """Tell whether who is named in one place of a sentence says what stands in marks in another."""
    if named[0] >= said[1]:
        return _is_behind(sentence, said[1], *named, words)
    verb = BEFORE_VERB.match(sentence, named[1])
    return verb is not None and named[1] <= said[0] and verb.end() <= said[0] and verb[1] in words.saying


def _is_behind(sentence: str, at: int, start: int, end: int, words: text.Language) -> bool:
    """Tell `…”, said Reyna` and `…” Reyna, the mayor, said` from a name further on."""
    verb = AFTER_VERB.fullmatch(sentence, at, start)
    if verb and verb[1] in words.saying and not WHOSE.search(sentence, at, start):
        return True
    after = BEFORE_VERB.match(sentence, end)
    return after is not None and after[1] in words.saying and not any(map(str.isalnum, sentence[at:start]))
