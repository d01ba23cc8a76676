"""What a reader gets in a minute instead of three, and can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["verbatim", "trimmed", "generated", "edited"]
EntityKind = Literal["person", "organisation", "place"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place that a site knows, and the other forms of its name."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a brief and the sentences (ids, in order) that it rests on.

    `editor` is who wrote an edited line; `source` is where they know it from, if not from the article: such
    a line is not verified, its check is `added`.
    """

    text: str
    evidence: tuple[str, ...]
    kind: LineKind = "verbatim"
    check: str = "verified"
    editor: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters: `value` and `unit` as written ("$600", "billion"), and its clause."""

    value: str
    unit: str
    context: Line


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said; `speaker` is empty where the article does not name one."""

    line: Line
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, and as ISO 8601 (`2026`, `2026-12`, `2026-12-09`) where it resolves."""

    text: str
    iso: str | None
    line: Line


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an article: how often, and a role only where an apposition gives one."""

    name: str
    count: int
    evidence: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the brief leaves out: words of brief and article, sentences passed over as boilerplate."""

    words_in: int
    words_out: int
    boilerplate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a model's lines: `dropped` counts, by reason, those that did not pass.

    `filled` are the fields that `filler`, another summariser, wrote where nothing of the model's was left.
    """

    model: str
    filler: str
    filled: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reader gets in a minute instead of three, and can check. An empty field is an answer.

    `proof` is there where a model was asked.
    """

    headline: Line
    byline: str
    coverage: Coverage
    summary: tuple[Line, ...] = ()
    why_it_matters: Line | None = None
    key_points: tuple[Line, ...] = ()
    key_figures: tuple[Figure, ...] = ()
    people: tuple[Mention, ...] = ()
    organisations: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    names: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dates: tuple[DateMention, ...] = ()
    whats_next: tuple[Line, ...] = ()
    topics: tuple[str, ...] = ()
    machine: str = ""  # who wrote what no editor did, but for what `proof` names
    proof: Proof | None = None

    def writer(self, field: str, line: Line) -> str:
        """Name who wrote a line of a field."""
        if line.kind == "edited":
            return line.editor
        return self.proof.filler if self.proof and field in self.proof.filled else self.machine or self.byline

    @property
    def entities(self) -> tuple[tuple[EntityKind, Mention], ...]:
        """Give its people, organisations and places with their kinds."""
        return (
            *(("person", mention) for mention in self.people),
            *(("organisation", mention) for mention in self.organisations),
            *(("place", mention) for mention in self.places),
        )
