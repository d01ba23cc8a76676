"""The proof of a model's brief: each line is held against the article, and what does not pass is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.model import Article, Brief, Entity, Line, Proof
from generator.schema.briefs import plain
from generator.summarise.edits import lines_of, signed
from generator.summarise.extractive import words_read
from generator.summarise.models.answers import Answer
from generator.summarise.models.judge import KINDS, MOST, Drop, Judge
from generator.summarise.models.merging import LINES, merged, said
from generator.summarise.models.orders import orders

FILLED = ("headline", *LINES, "key_figures", *KINDS, "quotes", "dates")


@dataclass(frozen=True, slots=True)
class Proven:
    """A brief of which every line passed, and what was dropped; `latest` are the drops of the last answer."""

    brief: Brief
    drops: tuple[Drop, ...]
    latest: tuple[Drop, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether any line of the brief is the model's."""
        proof = self.brief.proof
        return proof is not None and self.brief.machine == proof.model


def proven(
    article: Article, answers: Sequence[Answer], base: Brief, by: str, known: Sequence[Entity] = ()
) -> Proven:
    """Prove a model's answers, of which a later one goes before the one before it; what passed of both stays.

    What stays empty has the lines of `base`, another summariser's brief of the article, which signs them.
    `known` are the site's own entities: what they are, the site says. What was dropped of any
    answer, and is not said in another, counts once.
    """
    judge = Judge(article, base, {form: it.kind for it in known for form in (it.name, *it.aliases)})
    made: dict[str, Any] = {}
    earlier: list[Drop] = []
    for answer in answers:
        earlier += judge.drops
        judge.drops = []
        judge.told = set()
        made = merged(made, {name: value for name, value in judge.fields(answer).items() if value})
    latest = tuple(judge.drops)
    told = said(made) | {_named(drop) for drop in latest}
    drops = (*{_named(drop): drop for drop in earlier if _named(drop) not in told}.values(), *latest)
    counts = tuple(sorted(Counter(drop.reason for drop in drops).items()))
    return Proven(_filled(article, made, base, by, counts), drops, latest)


def _named(drop: Drop) -> tuple[str, str]:
    return drop.field, drop.line.casefold()


def _filled(
    article: Article, made: dict[str, Any], base: Brief, by: str, counts: tuple[tuple[str, int], ...]
) -> Brief:
    """Put together what passed, and another summariser's lines where nothing did."""
    words = {plain(line.text).casefold() for value in made.values() for line in lines_of(value)}
    rests = {line.evidence for value in made.values() for line in lines_of(value)}
    deaf = set(orders(article))  # what was not good enough for the model is none for who stands in

    def is_new(line: Line) -> bool:
        known = plain(line.text).casefold() in words or line.evidence in rests
        return not known and deaf.isdisjoint(line.evidence)

    def others(value: Any) -> Any:
        if isinstance(value, Line):
            return value if is_new(value) else None
        if value and all(isinstance(item, Line) for item in value):
            return tuple(item for item in value if is_new(item))
        return value and tuple(it for it in value if all(deaf.isdisjoint(of.evidence) for of in lines_of(it)))

    filled = [name for name in FILLED if name not in made]
    rest = {
        name: getattr(base, name) if name == "headline" else others(getattr(base, name)) for name in filled
    }
    typed = {mention.name for name in KINDS for mention in (made | rest)[name]}
    topics = made.pop("topics", ())
    of_theirs = bool(made)
    brief = replace(
        base,
        **made,
        **rest,
        names=tuple(mention for mention in base.names if mention.name not in typed),
        topics=tuple(dict.fromkeys((*article.topics, *topics)))[: MOST["topics"]] or base.topics,
    )
    filler = base.machine or base.byline
    proof = Proof(by, filler, tuple(name for name in filled if rest[name]), counts)
    machine = by if of_theirs else filler
    coverage = replace(base.coverage, words_out=words_read(brief))
    return replace(brief, machine=machine, proof=proof, byline=signed(machine, proof), coverage=coverage)


__all__ = ["Drop", "Proven", "proven"]
