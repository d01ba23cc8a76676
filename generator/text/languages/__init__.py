"""What is known of a language: word lists, one file a language. Beside this file, `TAG.toml`."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """Words of one language, in lower case unless said otherwise. `tag` is empty where none is known."""

    tag: str = ""
    # Where sentences end.
    abbreviations: frozenset[str] = NOTHING  # before a name or a number they never end a sentence
    counters: frozenset[str] = NOTHING  # the same, before a number alone
    perhaps: frozenset[str] = NOTHING  # they end one where the next word is a starter
    starters: frozenset[str] = NOTHING  # words that begin sentences
    times: frozenset[str] = NOTHING  # a.m.: ends a sentence unless a word of a day follows
    days: frozenset[str] = NOTHING
    ordinals: bool = False  # a number and a stop are an ordinal: 3. September
    # What sentences say.
    stop: frozenset[str] = NOTHING  # carry no meaning
    leaning: frozenset[str] = NOTHING  # pronouns and connectives: a line that opens so cannot stand alone
    first_person: frozenset[str] = NOTHING
    saying: frozenset[str] = NOTHING  # verbs of saying, in the forms that stand beside a quotation


def language(tag: str) -> Language:
    """Give what is known of a language (BCP 47), by its first subtag; nothing of one that has no file."""
    return _read(tag.partition("-")[0].lower())


@functools.cache
def _read(name: str) -> Language:
    """Read a file: a text holds words, true and false are themselves. Raises KeyError for an unknown key."""
    file = Path(__file__).with_name(f"{name}.toml")
    if not name.isalpha() or not file.is_file():
        return Language()
    kinds = {field.name: field.type for field in fields(Language)}
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Language(name, **{key: _value(kinds[key], value) for key, value in told.items()})


def _value(kind: object, value: Any) -> Any:
    return frozenset(str(value).split()) if kind == "frozenset[str]" else value
