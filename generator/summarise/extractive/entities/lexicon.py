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
    """Known names by their written form, and the words that tell what a name is. Words are in lower case."""

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
    particles: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    role_words: frozenset[str]
    no_surnames: frozenset[str]  # a title before them is part of a longer name
    company_suffixes: frozenset[str]
    organisation_words: frozenset[str]
    organisation_nouns: frozenset[str]
    organisation_has: frozenset[str]
    place_words: frozenset[str]
    place_nouns: frozenset[str]
    place_prepositions: frozenset[str]
    saying: frozenset[str]
    capitalises_nouns: bool


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
        particles=words.particles,
        titles=words.person_titles,
        roles=words.person_roles,
        role_words=words.role_words,
        no_surnames=words.organisation_words | words.stop,
        company_suffixes=words.company_suffixes,
        organisation_words=words.organisation_words,
        organisation_nouns=words.organisation_nouns,
        organisation_has=words.organisation_has,
        place_words=words.place_words,
        place_nouns=words.place_nouns,
        place_prepositions=words.place_prepositions,
        saying=words.saying,
        capitalises_nouns=words.capitalises_nouns,
    )
