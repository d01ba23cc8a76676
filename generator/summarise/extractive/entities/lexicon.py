"""What is known of names before an article is read: the gazetteer, a site's own, and the language's cues."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Entity, EntityKind
from generator.summarise.extractive.gazetteer import gazetteer
from generator.text import Language


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known names by their written form, beside the words of the language that tell what a name is."""

    words: Language
    kinds: Mapping[str, EntityKind]
    names: Mapping[str, str]  # forms that stand for another
    doubtful: frozenset[str]  # forms that are typed only beside a cue
    lengths: Mapping[str, int]  # words of the longest known name that begins with a word
    own: frozenset[str]  # forms that the site itself names
    given: frozenset[str]
    doubtful_given: frozenset[str]
    common: frozenset[str]
    openers: frozenset[str]  # of sentences
    not_names: frozenset[str]
    calendar: frozenset[str]  # days and months
    no_surnames: frozenset[str]  # a title before them is part of a longer name


@functools.lru_cache(maxsize=32)
def lexicon(words: Language, known: tuple[Entity, ...] = ()) -> Lexicon:
    """Put together what is known; a site's own entities win over the gazetteer."""
    common = gazetteer()
    own = {form: entity for entity in known for form in (entity.name, *entity.aliases)}
    kinds = {**common.kinds, **{form: entity.kind for form, entity in own.items()}}
    lengths: dict[str, int] = {}
    for form in kinds:
        count, first = form.count(" ") + 1, form.split(" ", 1)[0]
        lengths[first] = max(lengths.get(first, 0), count)
    return Lexicon(
        words=words,
        kinds=kinds,
        names={**common.names, **{form: entity.name for form, entity in own.items()}},
        doubtful=common.doubtful - own.keys(),
        lengths=lengths,
        own=frozenset(own),
        given=common.given,
        doubtful_given=common.doubtful_given,
        common=words.stop | words.starters | words.leaning | words.first_person | words.subjects,
        openers=words.starters | words.leaning,
        not_names=words.not_names | words.first_person | words.leaning,
        calendar=frozenset(form for forms in (*words.months, *words.weekdays) for form in forms),
        no_surnames=words.organisation_words | words.stop,
    )
