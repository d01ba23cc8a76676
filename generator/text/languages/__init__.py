"""What is known of a language: words and patterns, one file a language. Beside this file, `TAG.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

NOTHING: frozenset[str] = frozenset()
AT_WORD = r"\b"
CAPITALS = "(?-i:"


@dataclass(frozen=True, slots=True)
class Language:
    """Words of one language, in lower case unless said otherwise. `tag` is empty where none is known.

    Tuples of texts are regular expressions, matched without regard to case.
    """

    tag: str = ""
    # Where sentences end. Of short forms, one written with a capital is found with a capital alone.
    abbreviations: frozenset[str] = NOTHING  # they never end a sentence
    perhaps: frozenset[str] = NOTHING  # they end one where the next word is a starter
    counters: frozenset[str] = NOTHING  # they end one unless a number follows
    counting_ends: frozenset[str] = NOTHING  # the same, as the end of a longer word: Bahnhofstr. 5
    starters: frozenset[str] = NOTHING  # words that begin sentences, and no name
    times: frozenset[str] = NOTHING  # a.m.: ends a sentence unless a word of a day follows
    days: frozenset[str] = NOTHING
    exclaiming: frozenset[str] = NOTHING  # names with a mark of exclamation
    ordinals: bool = False  # a number and a stop are an ordinal: 3. September
    # What sentences say.
    stop: frozenset[str] = NOTHING  # carry no meaning
    leaning: frozenset[str] = NOTHING  # pronouns and connectives: a line that opens so cannot stand alone
    first_person: frozenset[str] = NOTHING
    saying: frozenset[str] = NOTHING  # verbs of saying, in the forms that stand beside a quotation
    auxiliaries: frozenset[str] = NOTHING  # forms of be, have, do, and modals
    subjects: frozenset[str] = NOTHING  # pronouns that a verb follows
    # Names.
    capitalises_nouns: bool = (
        False  # a capital says nothing, and one before a number names nothing: a Boeing 747
    )
    not_names: frozenset[str] = NOTHING  # words with a capital that name nobody
    particles: frozenset[str] = NOTHING  # small words within names of persons
    person_titles: frozenset[str] = NOTHING  # before a person's name, and not a role: Mr, Dr
    person_roles: frozenset[str] = NOTHING  # nouns for what a person is
    role_words: frozenset[str] = NOTHING  # that stand before them: vice, former
    company_suffixes: frozenset[str] = NOTHING  # without a stop at their end
    organisation_words: frozenset[str] = NOTHING  # in names of organisations: University, Ministry
    organisation_nouns: frozenset[str] = NOTHING  # for what an organisation is: company, union
    organisation_has: frozenset[str] = NOTHING  # what only an organisation has: shares, a board
    organisation_before: frozenset[str] = NOTHING  # two words before one, joined by _: spokesman_for
    organisation_after: frozenset[str] = NOTHING  # words right after one: its spokesman
    organisation_does: frozenset[str] = NOTHING  # behind "which", what only one does: employs, owns
    place_words: frozenset[str] = NOTHING  # in names of places: River, County
    place_nouns: frozenset[str] = NOTHING  # for what a place is: city, village
    place_prepositions: frozenset[str] = NOTHING
    place_before: frozenset[str] = NOTHING  # two words before one, joined by _: mayor_of, born_in
    # Time, and what is to come.
    months: tuple[tuple[str, ...], ...] = ()  # their forms, in the order of the year
    weekdays: tuple[tuple[str, ...], ...] = ()  # their forms, Monday first
    capitalises_days: bool = False  # and months
    other_year: tuple[str, ...] = ()  # patterns behind a date without a year, that put it into some other
    past: tuple[str, ...] = ()  # patterns that tell what happened
    future_cues: tuple[str, ...] = ()  # patterns that tell what will
    looking_ahead: tuple[str, ...] = ()  # patterns of headings above what will
    why_cues: tuple[str, ...] = ()  # patterns of explicit significance
    # Lines that are no news, matched at their beginning; `$` is the end of the line.
    boilerplate_lines: tuple[str, ...] = ()
    boilerplate_headings: tuple[str, ...] = ()  # whole sections
    # Figures.
    decimal_comma: bool = False  # 1.234,5
    ranges: tuple[str, ...] = ()  # words between two numbers; the first joins the ends of one amount
    magnitudes: tuple[str, ...] = ()  # million, bn
    unread: frozenset[str] = NOTHING  # magnitudes after which an amount is none: hundred
    percents: tuple[str, ...] = ()
    coins: tuple[str, ...] = ()  # currencies in words
    units: tuple[str, ...] = ()  # case counts, as in `durations` and `counted`
    durations: tuple[str, ...] = ()  # units of time
    counted: str = ""  # a noun after a number: 2.600 Wohnungen
    uncounted: frozenset[str] = NOTHING  # words after a number that are no such noun
    before_no_figure: tuple[str, ...] = ()  # what makes the number after it no figure: page
    after_no_figure: tuple[str, ...] = ()  # what makes the number before it no figure: old
    before_no_duration: tuple[str, ...] = ()  # what makes a stretch of time a point in it: the past
    after_no_duration: tuple[str, ...] = ()


@functools.cache
def language(tag: str) -> Language:
    """Give what is known of a language (BCP 47), by its first subtag; nothing of one that has no file."""
    return _read(tag.partition("-")[0].lower())


@functools.cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a pattern that matches where any of these does; nowhere if there are none. Case is ignored."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns that are looked for in a text. Case is ignored but where they ask for capitals."""

    small: re.Pattern[str]  # tried on the text in lower case, which is faster
    written: re.Pattern[str] | None

    def search(self, said: str) -> bool:
        """Tell whether any of them is found."""
        if self.small.search(said.lower()):
            return True
        return self.written is not None and self.written.search(said) is not None

    def match(self, said: str) -> bool:
        """Tell whether the text begins with any of them."""
        if self.small.match(said.lower()):
            return True
        return self.written is not None and self.written.match(said) is not None


@functools.cache
def any_cue(patterns: tuple[str, ...]) -> Cues:
    r"""Compile cues.

    Those that begin with `\b` are tried at the beginnings of words alone: a word has to follow the `\b`, and
    no `|` may stand outside of brackets. Letters are in lower case, but within `(?-i:…)`.
    """
    return _cues(patterns, _tried)


@functools.cache
def any_line(patterns: tuple[str, ...], opening: str) -> Cues:
    """Compile what lines begin with, behind what `opening` lets pass. Letters are as in `any_cue`."""
    return _cues(patterns, lambda some: rf"{opening}(?:{'|'.join(some) or '(?!)'})")


def _cues(patterns: tuple[str, ...], joined: Callable[[tuple[str, ...]], str]) -> Cues:
    written = tuple(pattern for pattern in patterns if CAPITALS in pattern)
    small = tuple(pattern for pattern in patterns if CAPITALS not in pattern)
    asking = re.compile(joined(written), re.IGNORECASE) if written else None
    return Cues(re.compile(joined(small)), asking)


def _tried(patterns: tuple[str, ...]) -> str:
    cues = [pattern[len(AT_WORD) :] for pattern in patterns if pattern.startswith(AT_WORD)]
    others = [pattern for pattern in patterns if not pattern.startswith(AT_WORD)]
    at_words = [rf"(?<!\w)(?=\w)(?:{'|'.join(cues)})"] if cues else []
    return "|".join([*at_words, *others]) or "(?!)"


@functools.cache
def _read(name: str) -> Language:
    """Read a file: a text holds words, a list patterns or forms. Raises KeyError for an unknown key."""
    if not (name.isascii() and name.isalpha()):
        return Language()
    file = Path(__file__).with_name(f"{name}.toml")
    if not file.is_file():
        return Language()
    kinds = {field.name: field.type for field in fields(Language)}
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Language(name, **{key: _value(kinds[key], value) for key, value in told.items()})


def _value(kind: object, value: Any) -> Any:
    if kind == "frozenset[str]":
        return frozenset(str(value).split())
    if isinstance(value, list):
        return tuple(tuple(part) if isinstance(part, list) else part for part in value)
    return value
