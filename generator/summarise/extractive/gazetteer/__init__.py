"""What is generally known of places, organisations and given names, for typing the names in an article.

The text files beside this room hold it; their heads say the format, and how to extend them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

Kind = Literal["place", "organisation"]

ROOM = Path(__file__).parent
FILES: dict[str, Kind] = {"organisations.txt": "organisation", "places.txt": "place"}
GIVEN = "given_names.txt"
MARK = "? "  # before a form that is typed only beside a cue
WRITTEN = (
    ("'", "’"),
    ("US ", "U.S. "),
    ("UN ", "U.N. "),
    ("St ", "St. "),
)  # the files hold the first of each


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names as they are written, capitals and all, in every spelling: ' and ’, US Army and U.S. Army.

    kinds: every written form, name or alias -> its kind
    names: every written form -> the name that it stands for
    doubtful: the written forms that are typed only beside a cue
    given, doubtful_given: given names, and those that are one only beside a cue; none is in both
    """

    kinds: Mapping[str, Kind]
    names: Mapping[str, str]
    doubtful: frozenset[str]
    given: frozenset[str]
    doubtful_given: frozenset[str]


@functools.cache
def gazetteer() -> Gazetteer:
    """Read the files, once a process."""
    kinds: dict[str, Kind] = {}
    names: dict[str, str] = {}
    doubtful: set[str] = set()
    for file, kind in FILES.items():
        for line in _lines(file):
            marked = line.split(" | ")
            name = marked[0].removeprefix(MARK)
            for form in marked:
                for spelling in _spellings(form.removeprefix(MARK)):
                    kinds[spelling] = kind
                    names[spelling] = name
                    if form.startswith(MARK):
                        doubtful.add(spelling)
    given = {line: line.startswith(MARK) for line in _lines(GIVEN)}
    return Gazetteer(
        kinds=MappingProxyType(kinds),
        names=MappingProxyType(names),
        doubtful=frozenset(doubtful),
        given=frozenset(name for name, marked in given.items() if not marked),
        doubtful_given=frozenset(name.removeprefix(MARK) for name, marked in given.items() if marked),
    )


def _lines(file: str) -> Iterator[str]:
    """Give a file's entries: what is neither empty nor a comment."""
    for line in (ROOM / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _spellings(form: str) -> list[str]:
    return [form, *[form.replace(plain, other) for plain, other in WRITTEN if plain in form]]
