"""Who and where: people, organisations and places of an article, and names that nothing tells the kind of.

Precision first: a name is typed by the gazetteer, by its own words (a title, a company's suffix, a given
name) or by what stands around it, and stays a plain name where these say nothing or disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model import EntityKind, Mention, Sentence
from generator.summarise.extractive.entities.cues import Cues, cues
from generator.summarise.extractive.entities.joining import leaders
from generator.summarise.extractive.entities.kinds import Form, kind_of
from generator.summarise.extractive.entities.lexicon import Lexicon, lexicon
from generator.summarise.extractive.entities.spotting import KEY, Reading, Spotted
from generator.summarise.extractive.entities.tokens import Tokens, tokens
from generator.summarise.extractive.trimming import dateline

MOST: Mapping[EntityKind | None, int] = {"person": 6, "organisation": 8, "place": 5, None: 8}
EVIDENCE = 3  # sentences that are named for each
OFTEN = 2  # times that a plain name must stand


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an article under all its forms; `places` are in reading order."""

    text: str
    kind: EntityKind | None
    places: tuple[tuple[Spotted, Cues], ...]


def find(sentences: Sequence[Sentence], lexicon: Lexicon) -> list[Name]:
    """Find who and what an article names, in reading order. Takes the sentences of its body."""
    begins = [dateline(sentence.text) for sentence in sentences]  # agencies and places of writing are no news
    spoken = (tokens(sentence.text) for sentence in sentences)
    said = [some.after(begin) if begin else some for some, begin in zip(spoken, begins, strict=True)]
    forms = _forms(sentences, said, lexicon)
    alone = {form.words[0]: form.says for form in forms.values() if len(form.words) == 1}
    parts = _parts(forms.values())
    kinds = {text: kind_of(form, alone, parts, lexicon) for text, form in forms.items()}
    places: dict[str, list[tuple[Spotted, Cues]]] = defaultdict(list)
    for text, leader in leaders(forms, kinds, lexicon).items():
        if leader:
            places[leader] += forms[text].places
            kinds[leader] = kinds[leader] or kinds[text]
    own = {text: lexicon.names[text] for text in places if text in lexicon.own}
    return [
        Name(own.get(text, text), kinds[text], tuple(sorted(stands, key=_order)))
        for text, stands in sorted(places.items(), key=lambda item: min(map(_order, item[1])))
    ]


def _order(place: tuple[Spotted, Cues]) -> tuple[int, int]:
    return place[0].sentence, place[0].start


def _forms(sentences: Sequence[Sentence], said: Sequence[Tokens], lexicon: Lexicon) -> dict[str, Form]:
    low = frozenset([word.bare for some in said for word in some.words if word.small])
    found: dict[str, list[tuple[Spotted, Cues]]] = defaultdict(list)
    for number, (sentence, some) in enumerate(zip(sentences, said, strict=True)):
        for spotted in Reading(sentence.text, number, some.words, some.starts, lexicon, low).names():
            found[spotted.form.translate(KEY)].append((spotted, cues(spotted, sentence.text, lexicon)))
    forms = [Form(places[0][0].form, places[0][0].words, tuple(places)) for places in found.values()]
    parts = _parts(forms)
    return {form.text: form for form in forms if _is_name(form, parts, low, lexicon)}


def _parts(forms: Iterable[Form]) -> frozenset[str]:
    """First and last words of the names that have several."""
    return frozenset(
        word for form in forms if len(form.words) > 1 for word in (form.words[0], form.words[-1])
    )


def _is_name(form: Form, parts: Collection[str], low: frozenset[str], lexicon: Lexicon) -> bool:
    """Tell a name from a word with a capital of its place; `parts` are words of longer names."""
    if form.text in lexicon.kinds and form.text not in lexicon.doubtful:
        return True
    if len(form.words) > 1:
        return True
    word = form.words[0].lower()
    if (
        word in lexicon.words.organisation_words
        or word in lexicon.words.place_words
        or word in lexicon.words.person_roles
        or word in low
    ):
        return False
    return form.words[0] in parts or any(not spotted.opens for spotted, _ in form.places)


def mentions(
    names: Iterable[Name], kind: EntityKind | None, sentences: Sequence[Sentence]
) -> tuple[Mention, ...]:
    """Give the names of a kind as the brief holds them, most often named first."""
    fit = [name for name in names if name.kind == kind and (kind or _is_told(name))]
    fit.sort(key=lambda name: -len(name.places))
    return tuple(_mention(name, sentences) for name in fit[: MOST[kind]])


def _is_told(name: Name) -> bool:
    return len(name.places) >= OFTEN


def _mention(name: Name, sentences: Sequence[Sentence]) -> Mention:
    told = ((cue.role, spotted.sentence) for spotted, cue in name.places if cue.role and name.kind != "place")
    role, at = next(told, ("", -1))
    stands = list(dict.fromkeys(spotted.sentence for spotted, _ in name.places))
    kept = stands[:EVIDENCE]
    if role and at not in kept:
        kept[-1] = at
    return Mention(name.text, len(name.places), tuple(sentences[number].id for number in kept), role)


__all__ = ["Lexicon", "Name", "find", "lexicon", "mentions"]
