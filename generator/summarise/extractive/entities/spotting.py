"""Where names stand: runs of words with a capital, known names of any form, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.summarise.extractive.entities.lexicon import Lexicon
from generator.summarise.extractive.entities.tokens import Word

OPENERS = frozenset(":“\"«„‘'()–—.!?…”»•*-")  # what stands before a word that has its capital from there
CLOSERS = frozenset("”’»\"')")
LONGEST = 7  # words of a name
SHORT_FOR = frozenset("st mt ft ste".split())  # Saint, Mount, Fort
SHOUTED = 0.6  # share of words with a capital from which a line is a heading, and capitals say nothing
FEW = 4  # words below which a line is not judged so
SEVERAL = 2  # words
SMALL = 2  # small words in a row: of the
EARLIER = frozenset("former ex then now fellow".split())
ENDS = (".", "!", "?", ".”", ".’", '."', ":")  # no heading
LAST_PARTS = frozenset("jr sr ii iii iv".split())
ABBREVIATED = LAST_PARTS | SHORT_FOR
BRIDGES = frozenset("of for and the".split())
KEY = str.maketrans("’", "'")  # one name, whatever its apostrophe


class Spotted(NamedTuple):
    """One place of a name: which sentence, where in it, its words, the role written right before it."""

    sentence: int
    start: int
    end: int
    words: tuple[str, ...]
    form: str
    opens: bool = False  # a sentence: its capital says nothing
    titled: bool = False  # a title or role stands before it
    role: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence while its names are looked for: its text, its place in the list, its words.

    `low` holds the words that the article writes without a capital.
    """

    text: str
    number: int
    said: Sequence[Word]
    starts: Sequence[int]
    lexicon: Lexicon
    low: frozenset[str]

    def names(self) -> Iterator[Spotted]:
        """Find names, in reading order."""
        if not self.said or self._is_heading():
            return
        at = 0
        while at < len(self.said):
            if not self.said[at].capital:
                at += 1
                continue
            stop = self._run(at)
            yield from self._taken(at, stop)
            at = stop

    def _is_heading(self) -> bool:
        if self.text.endswith(ENDS) and not self.text.isupper():
            return False
        capitals = sum(token.capital for token in self.said)
        if capitals <= 1 or len(self.said) <= FEW:
            return False
        telling = sum(token.capital or len(token.bare) >= FEW for token in self.said)
        return capitals > SHOUTED * telling + 1

    def _run(self, at: int) -> int:
        """Find where a run of words with a capital ends; small words within known names are passed."""
        stop = self._known(at) or at + 1
        while stop < len(self.said) and not self.said[stop - 1].owns:
            gap = self._gap(stop - 1)
            following = self.said[stop]
            if (
                gap not in (" ", " & ", "\u00a0")
                and not (gap == ". " and self._abbreviates(stop - 1))
                and not (gap in ("’ ", "' ") and self._is_body(stop))  # the Seafarers’ Union
            ):
                break
            if following.capital and following.low in self.lexicon.openers and not self._known(stop):
                break  # two sentences run into one
            if following.capital:
                stop = max(stop + 1, self._known(stop))
            elif further := self._bridged(at, stop):
                stop = further
            else:
                break
        return stop

    def _is_body(self, at: int) -> bool:
        return self.said[at].capital and self.said[at].low in self.lexicon.words.organisation_words

    def _abbreviates(self, at: int) -> bool:
        low = self.said[at].low
        return len(low) == 1 or low in ABBREVIATED or low in self.lexicon.words.person_titles

    def _gap(self, at: int) -> str:
        """Give what stands between a word and the next."""
        return self.text[self._end(at) : self.starts[at + 1]]

    def _end(self, at: int) -> int:
        """Find where a word ends, without a possessive ending."""
        return self.starts[at] + len(self.said[at].bare)

    def _written(self, first: int, stop: int) -> str:
        return self.text[self.starts[first] : self._end(stop - 1)]

    def _is_whole(self, first: int, stop: int) -> bool:
        return first < stop and self._written(first, stop) in self.lexicon.kinds

    def _known(self, at: int) -> int:
        """End of the longest known name of several words that begins here, or 0."""
        longest = min(self.lexicon.lengths.get(self.said[at].bare, 0), len(self.said) - at)
        if longest < SEVERAL:
            return 0
        fit = (at + count for count in range(longest, 1, -1) if self._is_whole(at, at + count))
        return next(fit, 0)

    def _bridged(self, at: int, stop: int) -> int:
        """Pass small words inside a name: `University of Leeds`, `van der Berg`; 0 where they end it."""
        further = stop
        while further < len(self.said) and further - stop < SMALL and self._is_small(further):
            further += 1
        if further in (stop, len(self.said)):
            return 0
        following = self.said[further]
        if not following.capital or following.low in self.lexicon.not_names:
            return 0
        if any(self._gap(n) != " " for n in range(stop - 1, further)):
            return 0
        small = {token.low for token in self.said[stop:further]}
        if not small & BRIDGES:
            # Angaben der Stadtwerke is no name, Anna von der Heide is.
            return further + 1 if not self.lexicon.words.capitalises_nouns or self._is_given(at) else 0
        held = {token.low for token in self.said[at:stop]}
        if "and" in small:
            of_body = "of" in held and held & self.lexicon.words.organisation_words
            return further + 1 if of_body or self._joins(at, stop, further) else 0
        words = self.lexicon.words
        headed = not (held.isdisjoint(words.organisation_words) and held.isdisjoint(words.place_words))
        return further + 1 if headed and small & {"of", "for"} else 0

    def _joins(self, at: int, stop: int, further: int) -> bool:
        """Tell the `and` within a name from one of two: `the Markets and Energy Authority`."""
        if at == 0 or stop - at != 1 or further + 1 >= len(self.said) or self.said[at - 1].low != "the":
            return False
        word = self.said[at]
        alone = word.bare.isupper() or word.bare in self.lexicon.kinds or self._is_body(at)
        return not alone and self._gap(further) == " " and self._is_body(further + 1)

    def _is_small(self, at: int) -> bool:
        token = self.said[at]
        return token.low in BRIDGES or (token.low in self.lexicon.words.particles and token.bare == token.low)

    def _is_given(self, at: int) -> bool:
        bare = self.said[at].bare
        return bare in self.lexicon.given or bare in self.lexicon.doubtful_given

    def _opens(self, at: int) -> bool:
        """Whether a word has its capital from where it stands."""
        start = self.starts[at]
        before = self.text[max(0, start - 4) : start].rstrip()
        if len(before) > 1 and before[-1] in CLOSERS and not before[-2].isspace():
            return before[-2] in ".!?…"  # not so after a comma: “…,” Duarte said
        return start == 0 or not before or before[-1] in OPENERS

    def _taken(self, at: int, stop: int) -> Iterator[Spotted]:
        """Part a run into the names that it holds: `Apple Chief Executive Tim Cook` has two, and a role."""
        opens, first = self._opens(at), at
        while opens and first < stop and self._is_ordinary(first) and not self._is_whole(first, stop):
            first += 1
        opens = opens and first == at
        while stop - first > 1 and self.said[first].low in ("the", "a", "an"):
            first += 1
        if first == stop:
            return
        if part := self._known_before(first, stop):
            yield from self._one(first, part, opens=opens)
            first, opens = part, False
        title = None if self._is_whole(first, stop) else self._title(first, stop)
        if title is None:
            role = self._role_before(first)
            yield from self._one(first, stop, opens=opens, titled=role is not None, role=role or "")
            return
        begin, name = title
        if begin > first:
            yield from self._one(first, begin, opens=opens)
        is_role = any(token.low in self.lexicon.words.person_roles for token in self.said[begin:name])
        while first > 0 and self._is_role_word(first - 1) and self._gap(first - 1) == " ":
            first -= 1  # a former head is none
        yield from self._one(name, stop, titled=True, role=self._written(first, name) if is_role else "")

    def _known_before(self, first: int, stop: int) -> int:
        """End of a known name before a given name: `Washington, D.C. Anna Roe`; 0 where there is none."""
        part = self._known(first) or first + 1
        fits = part < stop and self.said[part].bare in self.lexicon.given
        return part if fits and self._is_whole(first, part) else 0

    def _is_ordinary(self, at: int) -> bool:
        """Tell a word that has its capital from the sentence alone."""
        token = self.said[at]
        if token.bare in self.lexicon.given:
            return False
        known = token.low in self.lexicon.common or token.low in self.low
        return known or token.low in EARLIER or token.low.endswith("ly")

    def _title(self, first: int, stop: int) -> tuple[int, int] | None:
        """Find a title or role within a run: where it begins, and where the name after it does."""
        last = stop - 1 - (self.said[stop - 1].low in LAST_PARTS)
        at = last - 1
        while at >= first and not self._is_title(at):
            at -= 1
        if at < first or (at == first and self.said[at].bare in self.lexicon.given):
            return None
        if self.said[at + 1].low in self.lexicon.no_surnames:
            return None
        alone = at == first and at + 1 == last and self.said[last].bare not in self.lexicon.given
        if alone and self.said[at].low in self.lexicon.words.role_words:
            return None  # General Election
        name, begin = at + 1, at
        while begin > first and (self._is_title(begin - 1) or self._is_role_word(begin - 1)):
            begin -= 1
        return begin, name

    def _is_title(self, at: int) -> bool:
        low, words = self.said[at].low, self.lexicon.words
        if low in words.person_titles or low in words.person_roles:
            return True
        return low.rpartition("-")[2] in words.person_roles  # CDU-Politikerin

    def _is_role_word(self, at: int) -> bool:
        return self.said[at].low in self.lexicon.words.role_words

    def _role_before(self, first: int) -> str | None:
        """Give the role in small letters right before a name, with what belongs to it: `Leeds striker`.

        Empty for a title that is no role; None where neither is there.
        """
        at = first - 1
        if at < 0 or self._gap(at) != " " or not self._is_title(at):
            return None
        if self.said[at].low in self.lexicon.words.person_titles:
            return ""
        if self._is_role_word(at) and self.said[first].bare not in self.lexicon.given:
            return None  # the major General Motors plant
        while at > 0 and first - at < LONGEST and self._belongs(at - 1):
            at -= 1
        return self.text[self.starts[at] : self.starts[first]].strip()

    def _belongs(self, at: int) -> bool:
        """Tell what stands before a role and is part of it: `vice`, `Leeds`, `Ardent’s`."""
        if self._gap(at) not in (" ", "’s ", "'s "):
            return False
        proper = self.said[at].capital and not (self._opens(at) and self.said[at].low in self.lexicon.common)
        return proper or self._is_role_word(at) or self._is_title(at)

    def _one(
        self, first: int, stop: int, *, opens: bool = False, titled: bool = False, role: str = ""
    ) -> Iterator[Spotted]:
        if not self._is_whole(first, stop):
            while stop - first > 1 and self._trails(first, stop):
                stop -= 1
            while stop - first > 1 and self._is_before(first, opens=opens):
                first, opens = first + 1, False
        said = self.said[first:stop]
        if all(word.low in self.lexicon.not_names or len(word.bare) == 1 for word in said):
            return
        words, start, end = tuple([word.bare for word in said]), self.starts[first], self._end(stop - 1)
        yield Spotted(self.number, start, end, words, self.text[start:end], opens, titled, role)

    def _trails(self, first: int, stop: int) -> bool:
        """Tell what ends a run and is no part of a name: `Lake County Sheriff`, not `Ministry of Justice`."""
        return self.said[stop - 1].low in self.lexicon.common or (
            self.said[stop - 1].low in self.lexicon.words.person_roles
            and self.said[stop - 2].low not in BRIDGES
            and self.said[first].bare not in self.lexicon.given
        )

    def _is_before(self, at: int, *, opens: bool) -> bool:
        """Tell a word that only stands before a name: a day, `German Anna Roe`, `Passenger Anna Roe`."""
        token, following = self.said[at], self.said[at + 1]
        if token.low in self.lexicon.calendar:
            return True
        given = self.lexicon.given
        if following.bare not in given or token.bare in given or token.low in SHORT_FOR:
            return False
        return token.low in self.lexicon.not_names or opens
