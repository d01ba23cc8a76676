"""What a model's lines are held against: the sentences that it was sent, and those that a line rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator import text
from generator.model import Article, ArticleBody, Sentence
from generator.summarise.grounding import quoted
from generator.summarise.verify import FATAL, Held, held, is_verbatim, supported, unsupported
from generator.summarise.verify.support import stems

Fault = tuple[str, str]  # the reason, and the words at fault
ADDRESS = re.compile(
    r"https?:|www\.|[^\s@]@[^\s@]+\.\w|\b[\w-]+\.(?:com|org|net|io|ai|info|biz|example|ru|cn|co)\b"
)
CITED = 5  # sentences that a line may rest on
# docs/models.md says what these catch, and what they cost.
BORNE = 0.5  # share of a line's words that the sentences it rests on must hold
KNOWN = 0.7  # share of a line's words that the article must hold
CARRIES = 0.4  # support from which a line in English is printed
FEWEST = 5  # content words of a line that may have any of its own
ROOT = 5  # letters by which words of one root are alike
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


@dataclass(slots=True)
class Bench:
    """An article made ready to prove a model's lines.

    Headings and tables are no part of it: a model has not seen them, and a line rests on sentences.
    """

    article: Article
    heard: tuple[Sentence, ...]  # what the model was sent
    wall: Held
    words: frozenset[str]
    _cited: dict[tuple[str, ...], Held] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Article, heard: Sequence[Sentence]) -> Bench:
        """Hold lines against those sentences of an article."""
        wall = held(replace(article, body=ArticleBody(tuple(heard), "")))
        words = frozenset(word for sentence in heard for word in roots(sentence.text, article.lang))
        return cls(article, tuple(heard), wall, words)

    def faults(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find what speaks against a line: the first of them is the reason that it is dropped for."""
        if missing := self._missing(evidence):
            return missing
        cited = self._held(evidence)
        if is_verbatim(line, cited):
            return []
        found = self.errors(line, evidence)
        if ADDRESS.search(line):
            found.append(("address", line))
        found += self._flags(line)
        return found or self._foreign(line, evidence)

    def errors(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find numbers, quotations and names that the article does not hold, or only in other sentences.

        A name may also stand in the title or in the sentence before: there it is named, and here it is "it".
        """
        if missing := self._missing(evidence):
            return missing
        found = [(item.kind, item.text) for item in unsupported(line, self.wall) if item.kind in FATAL]
        if found:
            return list(found)
        here = [it for it in unsupported(line, self._held(evidence)) if it.kind in ("number", "quotation")]
        before = [f"s{max(0, int(name[1:]) - 1)}" for name in evidence]
        named = unsupported(line, self._held(("s0", *evidence, *before)))
        here += [item for item in named if item.kind == "name"]
        return [("evidence", item.text) for item in here]

    def quoted(self, said: str, evidence: Sequence[str]) -> list[Fault]:
        """Find whether words stand in the sentences named, word for word."""
        if missing := self._missing(evidence):
            return missing
        if faults := quoted(said, self.wall):
            return list(faults)
        return [("evidence", said)] if quoted(said, self._held(evidence)) else []

    def stands(self, said: str, evidence: Sequence[str]) -> bool:
        """Tell whether words stand in the sentences named."""
        return not self._missing(evidence) and is_verbatim(said, self._held(evidence))

    def is_near(self, name: str, evidence: Sequence[str]) -> bool:
        """Tell whether a name, or the last word of a longer one, stands in the sentences or beside them."""
        numbers = {int(it[1:]) for it in evidence if it != "s0"}
        near = [s for s in self.heard if any(abs(int(s.id[1:]) - n) <= 1 for n in numbers)]
        if not any(is_verbatim(name, held_of((s,), self.article)) for s in near):
            return self._is_longer_form(name, near)
        return True

    def _is_longer_form(self, name: str, near: Sequence[Sentence]) -> bool:
        """Tell the whole name of one who is near by the last word of it."""
        last = name.rsplit(maxsplit=1)[-1]
        return is_verbatim(name, self.wall) and any(
            is_verbatim(last, held_of((s,), self.article)) for s in near
        )

    def role(self, role: str, found: Sequence[str]) -> list[Fault]:
        """Find what of a role does not stand beside the name."""
        faults = [(item.kind, item.text) for item in unsupported(role, self.wall) if item.kind in FATAL]
        if faults or is_verbatim(role, self._held(found)):
            return list(faults)
        there = frozenset(w for s in self.heard if s.id in found for w in roots(s.text, self.article.lang))
        foreign = [word for word in roots(role, self.article.lang) if word not in there]
        return [("words", role)] if foreign or text.word_count(role) > CITED * 4 else []

    def _missing(self, evidence: Sequence[str]) -> list[Fault]:
        known = {sentence.id for sentence in self.heard}
        wrong = [name for name in evidence if name not in known]
        if wrong or not evidence:
            return [("evidence", ", ".join(wrong) or "none")]
        return [("evidence", f"{len(evidence)} sentences")] if len(set(evidence)) > CITED else []

    def _flags(self, line: str) -> Iterator[Fault]:
        found = [item for item in unsupported(line, self.wall) if item.kind not in FATAL]
        if found:
            yield found[0].kind, found[0].text
        elif self._is_english() and len(stems(line)) > 1 and supported(line, self.wall) < CARRIES:
            yield "support", line

    def _foreign(self, line: str, evidence: Sequence[str]) -> list[Fault]:
        """Find whether too many words are the model's own, or come from elsewhere in the article."""
        told = roots(line, self.article.lang)
        if not told:
            return []
        unknown = [word for word in told if word not in self.words]
        short = 1.0 if self._is_english() else KNOWN  # other languages bend their words more
        known, borne = (KNOWN, BORNE) if len(told) >= FEWEST else (short, short)
        if len(unknown) > (1 - known) * len(told):
            return [("words", " ".join(unknown[:FEWEST]))]
        there = {w for s in self.heard if s.id in evidence for w in roots(s.text, self.article.lang)}
        if sum(word in there for word in told) < borne * len(told):
            return [("evidence", " ".join(evidence))]
        return []

    def _held(self, evidence: Sequence[str]) -> Held:
        named = tuple(sorted(set(evidence)))
        if named not in self._cited:
            some = tuple(s for s in self.heard if s.id in named)
            self._cited[named] = held_of(some, self.article)
        return self._cited[named]

    def _is_english(self) -> bool:
        return self.article.lang.partition("-")[0].lower() == "en"


def held_of(sentences: Sequence[Sentence], article: Article) -> Held:
    """Make some of an article's sentences ready to be checked against."""
    return held(replace(article, body=ArticleBody(tuple(sentences), "")))


def roots(line: str, lang: str) -> list[str]:
    """Give a line's content words by what they begin with; of scripts without spaces, its pairs of signs."""
    if lang.partition("-")[0].lower() == "en":
        return stems(line)
    stop = text.language(lang).stop
    spaced = [word.casefold() for word in text.words(DENSE.sub(" ", line))]
    dense = DENSE.findall(line)
    pairs = [one + other for one, other in pairwise(dense)]
    return [word[:ROOT] for word in spaced if word not in stop] + pairs
