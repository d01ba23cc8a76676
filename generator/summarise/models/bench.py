"""What a model's lines are held against: the sentences that it was sent, and those that a line rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator import text
from generator.model import Article, ArticleBody, Sentence
from generator.summarise.grounding import quoted
from generator.summarise.models import counts, deeds, elsewhere, guilt, pairs, sides, ways
from generator.summarise.models.abroad import turned, unfounded
from generator.summarise.models.directions import exchanged
from generator.summarise.models.orders import addresses, keeps
from generator.summarise.models.quotations import FEWEST, Quotations, attributed
from generator.summarise.models.quoting import is_fair, is_whole
from generator.summarise.models.reversals import denied, reversed_by
from generator.summarise.models.signs import strange
from generator.summarise.models.wording import MODEL, Strictness, bent, foreign, roots
from generator.summarise.verify import (
    FATAL,
    Held,
    bounds,
    held,
    is_verbatim,
    plain,
    relations,
    scope,
    supported,
    unsupported,
)
from generator.summarise.verify.names import recapitalised
from generator.summarise.verify.support import stems

Fault = tuple[str, str]  # the reason, and the words at fault
ADDRESS = re.compile(
    r"https?:\S*|www\.\S*|[^\s@]+@[^\s@]+\.\w+|\b[\w-]+\.(?:com|org|net|io|ai|info|biz|example|ru|cn|co)\b"
)
LONGEST = 2000  # signs of a sentence whose clauses are looked at
CITED = 5  # sentences that a line may rest on
# What stands before a part of a sentence, in its clause, and takes it back or gives it to somebody.
DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut\w+|false(?:ly)?|rumou?rs?|not|never|no|nobody|unless|whether|if|alleg\w+|accus\w+|suspect\w*|doubt\w*"
    r"|claim(?:s|ed|ing)?|believ\w+|thinks?|thought|fear\w*|hop(?:e|es|ed)|wants?|suggest\w*|wrong(?:ly)?|pretend\w*|imagin\w+)\b"
)
REACH = 4  # words before the part


@dataclass(slots=True)
class Bench:
    """An article made ready to prove a model's lines.

    Headings and tables are no part of it: a model has not seen them, and a line rests on sentences.
    """

    article: Article
    heard: tuple[Sentence, ...]  # what the model was sent
    strict: Strictness
    wall: Held
    words: frozenset[str]
    quotations: Quotations
    spoken: dict[str, str]  # sentences that speak to their reader, and the words by which they do
    _cited: dict[tuple[str, ...], Held] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Article, heard: Sequence[Sentence], strict: Strictness = MODEL) -> Bench:
        """Hold lines against those sentences of an article."""
        wall = held(replace(article, body=ArticleBody(tuple(heard), "")))
        words = frozenset(word for sentence in heard for word in roots(sentence.text, article.lang))
        spoken = {sentence.id: addresses(sentence.text, article.lang) for sentence in heard}
        return cls(
            article,
            tuple(heard),
            strict,
            wall,
            words,
            Quotations(tuple(heard), article.lang),
            {name: word for name, word in spoken.items() if word},
        )

    def faults(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find what speaks against a line: the first of them is the reason that it is dropped for."""
        if missing := self._missing(evidence):
            return missing
        spoken = [
            it for it in evidence if it in self.spoken and not keeps(line, self.spoken[it], self.article.lang)
        ]
        if drawn := self.drawn(line, evidence):
            return drawn
        if spoken and not (evidence := [it for it in evidence if it not in spoken]):
            return [("order", self.spoken[spoken[0]])]
        if is_verbatim(line.rstrip(" ."), self._held(evidence)):
            return list(self._cut(line, evidence))
        found = [*self.errors(line, evidence), *self._quotations(line)]
        if any(not self.holding(it[0], evidence) for it in ADDRESS.finditer(line)):
            found.append(("address", line))
        return (
            found
            or list(self._beyond(line, evidence))
            or list(self._flags(line))
            or self._foreign(line, evidence)
        )

    def errors(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find numbers, quotations and names that the article does not hold, or only in other sentences.

        A name may also stand in the title or in the sentence before: there it is named, and here it is "it".
        """
        if missing := self._missing(evidence):
            return missing
        named = recapitalised(line, self.wall.names)
        found = [(item.kind, item.text) for item in unsupported(named, self.wall) if item.kind in FATAL]
        if found:
            return list(found)
        here = [it for it in unsupported(line, self._held(evidence)) if it.kind in ("number", "quotation")]
        beside = unsupported(named, self._held(("s0", *evidence, *_before(evidence))))
        here += [item for item in beside if item.kind == "name"]
        return [("evidence", item.text) for item in here]

    def quoted(self, said: str, evidence: Sequence[str], speaker: str) -> list[Fault]:
        """Find whether words stand in quotation marks in the sentences named, said by that speaker."""
        if missing := self._missing(evidence):
            return missing
        spans = self.quotations.holding(said, evidence)
        if not spans or text.word_count(said) < FEWEST:
            elsewhere = self.quotations.holding(said)
            return [("evidence" if elsewhere and not spans else "quotation", said)]
        if quoted(said, self._held(evidence)):
            return [("evidence", said)]
        if speaker and not any(self.quotations.may_say(speaker, span) for span in spans):
            return [("name", speaker)]
        if not any(is_whole(said, span.words, self.article.lang) for span in spans):
            return [("scope", said)]
        return []

    def drawn(self, said: str, evidence: Sequence[str]) -> list[Fault]:
        """Find a sign that is no letter, figure or stop, and that the sentences named do not hold."""
        sign = strange(said, self.texts(evidence))
        return [("words", sign)] if sign else []

    def outside(self, name: str) -> str:
        """Give a sentence with blanks for what somebody says in it, between quotation marks."""
        return self.quotations.outside(next(at for at, it in enumerate(self.heard) if it.id == name))

    def holding(self, words: str, evidence: Sequence[str]) -> tuple[str, ...]:
        """Give those of the sentences named that hold some words as they are."""
        return tuple(s.id for s in self._some(evidence) if is_verbatim(words, self._held((s.id,))))

    def texts(self, evidence: Sequence[str]) -> list[str]:
        """Give the words of the sentences named."""
        return [sentence.text for sentence in self._some(evidence)]

    def _some(self, evidence: Sequence[str]) -> tuple[Sentence, ...]:
        return tuple(s for s in self.heard if s.id in evidence)

    def _missing(self, evidence: Sequence[str]) -> list[Fault]:
        known = {sentence.id for sentence in self.heard}
        wrong = [name for name in evidence if name not in known]
        if wrong or not evidence:
            return [("evidence", ", ".join(wrong) or "none")]
        return [("evidence", f"{len(evidence)} sentences")] if len(set(evidence)) > CITED else []

    def _cut(self, line: str, evidence: Sequence[str]) -> Iterator[Fault]:
        """Find what was cut off a part of a sentence: that it is denied or only thought, a number's unit."""
        yield from (it for it in self.errors(line, evidence) if it[0] == "number")
        if said := self.quotations.lifted(line, evidence):
            yield "quotation", said
        if self._is_english():
            yield from (("scope", words) for words in bounds.loosened(line, self.texts(evidence)))
            yield from (("scope", word) for word in guilt.flat(line, self._clipped(evidence)))
        wanted = plain(line).strip(" .")
        for sentence in self._some(evidence):
            before, found, _ = plain(sentence.text).partition(wanted)
            if not found:
                continue
            lead = re.split(r"[,;:.](?:\s|$)", before)[-1]
            if denies := DENIES.search(" ".join(lead.split()[-REACH:])):
                yield "scope", denies[0]
            return

    def _quotations(self, line: str) -> Iterator[Fault]:
        """Find words that a line alone puts in quotation marks, or gives to somebody else."""
        for said, speaker in attributed(line, self.article.lang):
            spans = self.quotations.holding(said)
            if not spans:
                yield "quotation", said
            elif not any(is_fair(said, span.words, line, self.article.lang) for span in spans):
                yield "scope", said
            elif speaker and not any(self.quotations.may_say(speaker, span) for span in spans):
                yield "name", speaker

    def _beyond(self, line: str, evidence: Sequence[str]) -> Iterator[Fault]:
        """Find where a line goes further, or is surer, than the sentences that it rests on."""
        there = self.texts(evidence)
        lang = self.article.lang
        if said := self.quotations.lifted(line, evidence):
            yield "quotation", said
        for word in scope.beyond(line, " ".join((*there, *self.texts(["s0"]))), lang):
            yield "scope", word
        for number in scope.signless(line, " ".join(there), lang):
            yield "number", number
        if self._is_english():
            yield from (("scope", words) for words in bounds.loosened(line, there))
            yield from (("support", words) for words in relations.changed(line, there))
            yield from self._related(line, evidence)
        if doubt := scope.surer(line, tuple(there), lang):
            yield "scope", doubt

    def moved(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find a number that goes another way in the sentences named, or is of something else (English)."""
        if not self._is_english():
            return []
        told, near = self._clipped(evidence), self._clipped(["s0", *_before(evidence)])
        found = (*exchanged(line, told, near), pairs.counted(line, told))
        return [("number", number) for number in found if number]

    def _related(self, line: str, evidence: Sequence[str]) -> Iterator[Fault]:
        """Find what a line says of another name, of another number or the other way than its sentences."""
        named = recapitalised(line, self.wall.names)
        told = self._clipped(evidence)
        if word := denied(line, told):
            yield "negation", word
        if side := sides.changed(line, told):
            yield "support", side
        if verb := reversed_by(named, told):
            yield "support", verb
        yield from self.moved(line, evidence)
        yield from (("number", number) for number in counts.moved(line, told))
        if name := pairs.named(named, told):
            yield "support", name
        earlier, title = self._earlier(evidence), self.article.title
        yield from (("support", who) for who in guilt.misplaced(named, told, earlier, title))
        yield from (("support", deed) for deed in deeds.moved(named, told))
        yield from (("scope", word) for word in guilt.flat(line, told))

    def _clipped(self, evidence: Sequence[str]) -> list[str]:
        """Give the words of sentences, cut where none goes on: clauses are compared each with each."""
        return [told[:LONGEST] for told in self.texts(evidence)]

    def _earlier(self, evidence: Sequence[str]) -> list[str]:
        """Give for each of the sentences named the one before it."""
        return [" ".join(self._clipped(_before([sentence.id]))) for sentence in self._some(evidence)]

    def _flags(self, line: str) -> Iterator[Fault]:
        found = [item for item in unsupported(line, self.wall) if item.kind not in FATAL]
        if found:
            yield found[0].kind, found[0].text
        elif self._is_english() and len(stems(line)) > 1 and supported(line, self.wall) < self.strict.carries:
            yield "support", line

    def _foreign(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find words that are the model's own, or that come from elsewhere in the article."""
        rests, near = self.texts(evidence), self.texts(["s0", *_before(evidence)])
        if self._is_english():
            own = foreign(line, rests, near, self.words, self.strict)
        elif wrong := [
            *unfounded(line, rests, near, self.article.lang),
            *turned(line, rests, self.article.lang),
            *ways.turned(line, self._clipped(evidence), self.article.lang),
            *elsewhere.misplaced(line, self._clipped(evidence), self._earlier(evidence), self.article.lang),
        ]:
            return wrong
        else:
            own = bent(line, rests, self.words, self.article.lang, self.strict)
        if own:
            return [("words", " ".join(own))]
        told = roots(line, self.article.lang)
        there = {word for sentence in (*rests, *near) for word in roots(sentence, self.article.lang)}
        if sum(word in there for word in told) < self.strict.borne * len(told):
            return [("evidence", " ".join(evidence))]
        return []

    def _held(self, evidence: Sequence[str]) -> Held:
        named = tuple(sorted(set(evidence)))
        if named not in self._cited:
            self._cited[named] = held(replace(self.article, body=ArticleBody(self._some(named), "")))
        return self._cited[named]

    def _is_english(self) -> bool:
        return self.article.lang.partition("-")[0].lower() == "en"


def _before(evidence: Sequence[str]) -> list[str]:
    return [f"s{max(0, int(name[1:]) - 1)}" for name in evidence]
