"""What an article quotes, and whom it lets say it: the only words that a model may put in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator import text
from generator.model import Sentence
from generator.summarise.extractive.quotes import QUOTED, speaks
from generator.summarise.verify import plain
from generator.summarise.verify.names import fold, spelled
from generator.summarise.verify.vocabulary import vocabulary

FEWEST = 5  # words of a quotation that stands alone
OPEN = re.compile(r"[“„«][^“”„«»]+$")  # a paragraph that leaves its quotation open for the next
ACCORDING = re.compile(
    r"\b(?:according to|in the words of|laut|nach angaben von|selon|d['’]après|según)\s(?:[\w’'-]+\s){0,4}$",
    re.IGNORECASE,
)
COLON = re.compile(r"(?:,[^,:]{1,80},)?\s?:\s*$")
MARK = re.compile(r"[\"“”„«»]")
FEW = 2  # names of a sentence that leads in a quotation
FEWEST_LIFTED = 3  # words of sense of a line
LIFTED = 0.6  # share of them that stand in a quotation alone
STOPS = " .,;:!?…"


@dataclass(frozen=True, slots=True)
class Span:
    """Words between marks: the sentences that they stand in, and where in each."""

    words: str  # folded
    places: tuple[tuple[int, int, int], ...]  # the sentence's index, from, to


@dataclass(slots=True)
class Quotations:
    """What stands in quotation marks or a block quotation in an article."""

    sentences: Sequence[Sentence]
    lang: str
    spans: list[Span] = field(init=False)

    def __post_init__(self) -> None:
        self.spans = list(_spans(self.sentences))

    def holding(self, said: str, evidence: Sequence[str] | None = None) -> list[Span]:
        """Give the quotations that hold these words whole, word for word; of some sentences, or of all."""
        wanted = plain(said).strip(STOPS + "'")
        ids = None if evidence is None else set(evidence)
        return [
            span
            for span in self.spans
            if _stands(wanted, span.words)
            and (ids is None or any(self.sentences[at].id in ids for at, _, _ in span.places))
        ]

    def may_say(self, speaker: str, span: Span) -> bool:
        """Tell whether the article lets somebody say a quotation: by a verb of saying, there or next to it.

        Of a longer name the last word will do, where no other name ends in it.
        """
        first, last = span.places[0][0], span.places[-1][0]
        if any(self._says(speaker, at) for at in range(first, last + 1)):
            return True
        if any(self._is_attributed(at) for at in range(first, last + 1)):
            return False
        after, before = last + 1, first - 1
        if self._joins(last, after) and not self._marks(after) and self._opens_with(speaker, after):
            return True
        return self._joins(before, first) and (self._says(speaker, before) or self._leads_in(speaker, before))

    def lifted(self, line: str, evidence: Sequence[str]) -> str:
        """Give the quotation whose words a line says as if they were the article's own; or nothing."""
        words = text.language(self.lang)
        if (
            MARK.search(line)
            or not words.tag
            or not words.saying.union(vocabulary(self.lang).hedges).isdisjoint(told := _folded(line))
        ):
            return ""
        wanted = [word for word in told if word not in words.stop]
        places = [at for at, sentence in enumerate(self.sentences) if sentence.id in evidence]
        outside = {word for at in places for word in _folded(self.outside(at))}
        for span in self.spans:
            if {at for at, _, _ in span.places}.isdisjoint(places):
                continue
            inside = set(_folded(span.words)) - outside
            if len(wanted) >= FEWEST_LIFTED and sum(word in inside for word in wanted) > LIFTED * len(wanted):
                return span.words
        return ""

    def outside(self, at: int) -> str:
        """Give a sentence with blanks for its quotations."""
        return _outside(self.sentences[at].text, self._marks(at))

    def _says(self, speaker: str, at: int) -> bool:
        """Tell whether a sentence gives any of its quotations to a speaker."""
        sentence, marks = self.sentences[at].text, self._marks(at)
        words = text.language(self.lang)
        for named in self._named(speaker, at):
            if any(start <= named[0] < end for start, end in marks):
                continue
            for mark in marks:
                between = sentence[named[1] : mark[0]] if named[1] <= mark[0] else ""
                if (
                    not words.saying
                    or speaks(sentence, mark, named, words)
                    or (between and COLON.fullmatch(between))
                ):
                    return True
                if ACCORDING.search(sentence, 0, named[0]) and named[1] <= mark[0]:
                    return True
        return False

    def _opens_with(self, speaker: str, at: int) -> bool:
        """Tell a sentence that begins by saying who spoke before it: `Reyna, the mayor, said`."""
        words, sentence = text.language(self.lang), self.sentences[at].text
        return any(
            named[0] < len(sentence) // 2 and speaks(sentence, (0, 0), named, words)
            for named in self._named(speaker, at)
        )

    def _leads_in(self, speaker: str, at: int) -> bool:
        """Tell a sentence that ends in a colon and says who is to speak."""
        sentence = self.sentences[at].text.rstrip()
        return (
            sentence.endswith(":")
            and not self._marks(at)
            and bool(self._named(speaker, at))
            and len(spelled(sentence)) <= FEW
        )

    def _is_attributed(self, at: int) -> bool:
        """Tell whether words beside the quotation say who spoke, by a verb of saying outside of it."""
        marks, said = self._marks(at), text.language(self.lang).saying
        outside = _outside(self.sentences[at].text, marks)
        return bool(said.intersection(word.casefold() for word in text.words(outside)))

    def _joins(self, one: int, other: int) -> bool:
        if not (0 <= one < len(self.sentences) and 0 <= other < len(self.sentences)):
            return False
        a, b = self.sentences[one], self.sentences[other]
        return a.kind != "title" and (
            a.block == b.block or b.kind == "quotation" or a.text.rstrip().endswith(":")
        )

    def _marks(self, at: int) -> list[tuple[int, int]]:
        return [(start, end) for span in self.spans for place, start, end in span.places if place == at]

    def _named(self, speaker: str, at: int) -> list[tuple[int, int]]:
        """Find a speaker in a sentence: the whole name, or its last word where only one name ends so."""
        sentence = self.sentences[at].text
        whole = [found.span() for found in _pattern(speaker).finditer(sentence)]
        last = speaker.rsplit(maxsplit=1)[-1]
        if whole or last == speaker or not self._is_only(speaker, last):
            return whole
        titles = text.language(self.lang).person_titles
        found = [it.span() for it in _pattern(last).finditer(sentence)]
        return [(_with_title(sentence, start, titles), end) for start, end in found]

    def _is_only(self, speaker: str, last: str) -> bool:
        """Tell whether the article has this name, and no other that ends in the same word."""
        full: set[str] = set()
        titles = text.language(self.lang).person_titles
        for sentence in self.sentences:
            for start, end in spelled(sentence.text):
                run = sentence.text[start:end].split()
                for place, word in enumerate(run):
                    if fold(word) == fold(last) and place and fold(run[place - 1]) not in titles:
                        full.add(fold(run[place - 1]))
        return full <= {fold(speaker.split()[-2])} and bool(full)


def attributed(line: str, lang: str) -> Iterator[tuple[str, str]]:
    """Give the quotations of a line, each with every name that the line lets say it, or with nothing."""
    words = text.language(lang)
    names = spelled(line)
    for found in QUOTED.finditer(line):
        said = next(part for part in found.groups() if part)
        speakers = [
            line[start:end]
            for start, end in names
            if not found.start() <= start < found.end() and speaks(line, found.span(), (start, end), words)
        ]
        for speaker in speakers or [""]:
            yield said, speaker


def _spans(sentences: Sequence[Sentence]) -> Iterator[Span]:
    blocks = [
        list(group)
        for _, group in groupby(
            range(len(sentences)), key=lambda at: (sentences[at].block, sentences[at].kind)
        )
    ]
    for number, block in enumerate(blocks):
        starts, whole = [], ""
        for at in block:
            starts.append(len(whole))
            whole += sentences[at].text + " "
        ends = [
            (found.start(), found.end(), next(p for p in found.groups() if p))
            for found in QUOTED.finditer(whole)
        ]
        following = sentences[blocks[number + 1][0]].text if number + 1 < len(blocks) else ""
        if (left := OPEN.search(whole.rstrip())) and following[:1] in ("“", "„", "«"):
            ends.append((left.start(), len(whole.rstrip()), left[0][1:]))
        if sentences[block[0]].kind == "quotation":
            ends.append((0, len(whole) - 1, whole.strip()))
        for start, end, said in ends:
            places = tuple(
                (at, max(0, start - begun), min(len(sentences[at].text), end - begun))
                for at, begun in zip(block, starts, strict=True)
                if start < begun + len(sentences[at].text) and end > begun
            )
            if places:
                yield Span(plain(said), places)


def _stands(wanted: str, held: str) -> bool:
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", held) is not None


def _folded(told: str) -> list[str]:
    return [word.casefold().replace("’", "'").removesuffix("'s") for word in text.words(told)]


def _with_title(sentence: str, start: int, titles: Collection[str]) -> int:
    """Give where a name begins with the title before it: Mr Reyna."""
    before = sentence[:start].split()
    if before and before[-1].strip(".").casefold() in titles:
        return sentence.rindex(before[-1], 0, start)
    return start


def _outside(sentence: str, marks: Sequence[tuple[int, int]]) -> str:
    kept = list(sentence)
    for start, end in marks:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
