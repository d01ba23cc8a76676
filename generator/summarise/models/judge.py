"""Which of a model's lines pass: each field of an answer, held against the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator import text
from generator.model import Article, Brief, DateMention, Figure, Line, Mention, Quote, Sentence
from generator.schema.briefs import plain
from generator.summarise.edits import lines_of
from generator.summarise.extractive import LONGEST_HEADLINE, LONGEST_POINT, LONGEST_SUMMARY
from generator.summarise.extractive.dates import is_date
from generator.summarise.grounding import found_in, times
from generator.summarise.models.amounts import measures
from generator.summarise.models.answers import Answer, Said, SaidDate, SaidFigure, SaidName, SaidQuote
from generator.summarise.models.asking import withheld
from generator.summarise.models.bench import Bench, Fault
from generator.summarise.models.orders import commands
from generator.summarise.models.roles import is_beside
from generator.summarise.models.topics import is_topic
from generator.summarise.verify.names import is_name

MOST = {
    "summary": 2,
    "key_points": 5,
    "key_figures": 5,
    "people": 6,
    "organisations": 8,
    "places": 5,
    "quotes": 2,
    "dates": 6,
    "whats_next": 2,
    "topics": 5,
}
LONGEST = 60  # words of a line whose field says nothing else
LONGEST_CONTEXT = 16  # words around a figure
KINDS = {"people": "person", "organisations": "organisation", "places": "place"}


@dataclass(frozen=True, slots=True)
class Drop:
    """A line that did not pass: of which field, for what reason, and the words at fault."""

    field: str
    reason: str
    line: str
    words: str = ""


@dataclass(slots=True)
class Judge:
    """Takes an answer's lines that pass, field by field, and notes those that do not."""

    article: Article
    base: Brief
    kinds: dict[str, str]  # of the site's own entities, by each form of their names
    drops: list[Drop] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    bench: Bench = field(init=False)
    sentences: dict[str, Sentence] = field(init=False)

    def __post_init__(self) -> None:
        out = withheld(self.article)
        # A title is sent, for an article is known by it; where it gives orders, no line may rest on it.
        heard = tuple(
            s for s in self.article.sentences if s.id not in out and not (s.id == "s0" and commands(s.text))
        )
        self.bench = Bench.of(self.article, heard)
        self.sentences = {sentence.id: sentence for sentence in heard}

    def fields(self, answer: Answer) -> dict[str, Any]:
        """Give each field as far as it passes."""
        return {
            "headline": self._headline(answer.headline),
            "summary": self._summary(answer.summary),
            "why_it_matters": self._line("why_it_matters", answer.why_it_matters, LONGEST),
            "key_points": self._lines("key_points", answer.key_points, LONGEST_POINT),
            "key_figures": self._some("key_figures", answer.key_figures, self._figure),
            **self._names(answer),
            "quotes": self._some("quotes", answer.quotes, self._quote),
            "dates": self._some("dates", answer.dates, self._date),
            "whats_next": self._lines("whats_next", answer.whats_next, LONGEST),
            "topics": tuple(self._topics(answer.topics)),
        }

    def _headline(self, said: Said | None) -> Line | None:
        if said and len(said.text) > LONGEST_HEADLINE:
            self._drop("headline", said.text, [("length", f"{len(said.text)} characters")])
            return None
        return self._line("headline", said, LONGEST)

    def _summary(self, said: Iterable[Said]) -> tuple[Line, ...]:
        made: list[Line] = []
        for line in self._lines("summary", said, LONGEST_SUMMARY):
            words = sum(text.word_count(it.text) for it in (*made, line))
            if words > LONGEST_SUMMARY:
                self._drop("summary", line.text, [("length", f"{words} words together")])
            else:
                made.append(line)
        return tuple(made)

    def _lines(self, name: str, said: Iterable[Said], longest: int) -> tuple[Line, ...]:
        return self._some(name, said, lambda of, it: self._line(of, it, longest))

    def _some(self, name: str, said: Iterable[Any], take: Any) -> tuple[Any, ...]:
        made: list[Any] = []
        for item in said:
            taken = take(name, item)
            if taken is not None and len(made) == MOST[name]:
                line = next(lines_of(taken)).text
                self._drop(name, line, [("length", f"more than {MOST[name]}")])
            elif taken is not None:
                made.append(taken)
        return tuple(made)

    def _line(self, name: str, said: Said | None, longest: int) -> Line | None:
        if said is None or not (written := _clean(said.text)):
            return None
        faults = [
            *self.bench.faults(written, said.evidence),
            *_length(written, longest),
            *self._repeat(written),
        ]
        return self._passed(name, written, said.evidence, faults)

    def _figure(self, name: str, said: SaidFigure) -> Figure | None:
        value, unit, context = _clean(said.value), _clean(said.unit), _clean(said.context)
        if not (value and context):
            return None
        amount = f"{value} {unit}".strip()
        faults = self.bench.drawn(amount, said.evidence) or self.bench.errors(amount, said.evidence)
        rests = tuple(
            it
            for it in said.evidence
            if not faults and measures(self.sentences[it].text, value, unit, self.article.lang)
        )
        if not faults and not rests:
            faults = [("number", amount)]
        # What it counts is said where it stands, in no other sentence.
        faults = faults or self.bench.faults(context, rests) or self.bench.moved(f"{context} {amount}", rests)
        line = self._passed(name, context, said.evidence, [*faults, *_length(context, LONGEST_CONTEXT)])
        return Figure(value, unit, line) if line else None

    def _quote(self, name: str, said: SaidQuote) -> Quote | None:
        written, speaker = _clean(said.text).strip("\"“”„«»「」‘’' "), _clean(said.speaker)
        if not written:
            return None
        faults = [
            *self.bench.drawn(written + speaker, said.evidence),
            *self.bench.quoted(written, said.evidence, speaker),
            *_length(written, LONGEST),
            *self._repeat(written),
        ]
        line = self._passed(name, written, said.evidence, faults)
        return Quote(line, speaker) if line else None

    def _date(self, name: str, said: SaidDate) -> DateMention | None:
        written, told = _clean(said.as_written), _clean(said.line)
        if not (written and told):
            return None
        rests = self.bench.holding(written, said.evidence)
        # A bare year is one only where the rules found it to be: "2,025 tonnes" holds none.
        ours = {it.text.casefold(): it.iso for it in self.base.dates}
        is_day = written.casefold() in ours or is_date(written, self.article.lang)
        if not (rests and is_day) or self.bench.drawn(written, rests):
            faults: list[Fault] = [("number", written)]
        else:
            faults = self.bench.faults(told, rests)
        line = self._passed(name, told, said.evidence, [*faults, *_length(told, LONGEST)])
        # What a date comes to is worked out by rule, from the article's own: a model's word is not asked for.
        return DateMention(written, ours.get(written.casefold()), line) if line else None

    def _names(self, answer: Answer) -> dict[str, tuple[Mention, ...]]:
        made: dict[str, dict[str, Mention]] = {name: {} for name in KINDS}
        fields = {kind: name for name, kind in KINDS.items()}
        typed = {
            it.name: kind for name, kind in KINDS.items() for it in getattr(self.base, name)
        } | self.kinds
        for name in KINDS:
            for said in getattr(answer, name):
                place = fields[typed.get(said.name, KINDS[name])]
                if (mention := self._mention(name, said)) and len(made[place]) < MOST[place]:
                    made[place].setdefault(mention.name, mention)
        return {name: tuple(mentions.values()) for name, mentions in made.items()}

    def _mention(self, name: str, said: SaidName) -> Mention | None:
        written, role = _clean(said.name), _clean(said.role)
        found = tuple(it for it in found_in(written, self.article) if it in self.sentences) if written else ()
        if not (found and self._is_name(written)) or self.bench.drawn(written, found):
            if written:
                self._drop(name, written, [("name", written)])
            return None
        told = [self.bench.outside(it) for it in found if it not in self.bench.spoken]
        if role and (
            self.bench.drawn(role, found)
            or not any(is_beside(role, written, there, self.article.lang) for there in told)
        ):
            self._drop(name, f"{written}, {role}", [("words", role)])
            role = ""
        return Mention(written, max(1, times(written, self.article)), found, role)

    def _is_name(self, written: str) -> bool:
        """Tell a name from other words: by its capitals, or because the site or a rule knows it."""
        known = {
            it.name for field in (*KINDS, "names") for it in getattr(self.base, field)
        } | self.kinds.keys()
        return written in known or is_name(
            written, [it.text for it in self.sentences.values()], self.article.lang
        )

    def _topics(self, said: Iterable[str]) -> Iterator[str]:
        for topic in said:
            written = _clean(topic)
            told = [self.bench.outside(it) for it in self.sentences if it not in self.bench.spoken]
            drawn = self.bench.drawn(written, tuple(self.sentences))
            if written and not drawn and is_topic(written, told, self.article.lang):
                yield written
            elif written and written not in self.article.topics:
                self._drop("topics", written, [("words", written)])

    def _passed(
        self, name: str, written: str, evidence: Sequence[str], faults: Sequence[Fault]
    ) -> Line | None:
        if faults:
            self._drop(name, written, faults)
            return None
        self.told.add(written.casefold())
        rests = tuple(sorted(set(evidence), key=lambda it: int(it[1:])))
        whole = any(plain(self.sentences[it].text) == written for it in rests)
        return Line(written, rests, "verbatim" if whole or name == "quotes" else "generated")

    def _repeat(self, written: str) -> list[Fault]:
        return [("repeat", "")] if written.casefold() in self.told else []

    def _drop(self, name: str, written: str, faults: Sequence[Fault]) -> None:
        reason, words = faults[0]
        self.drops.append(Drop(name, reason, written, words))


def _clean(said: str) -> str:
    """Give a text in one line, as a brief file would give it back, its directions closed."""
    return text.closed(plain(said))


def _length(written: str, longest: int) -> list[Fault]:
    count = text.word_count(written)
    return [("length", f"{count} words")] if count > longest else []
