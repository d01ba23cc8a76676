"""Words by language: what carries no meaning, what opens a sentence that leans on the one before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Word lists of one language, in lower case."""

    stop: frozenset[str]
    leaning: frozenset[str]  # pronouns and connectives: a line that opens so cannot stand alone
    first_person: frozenset[str]


ENGLISH = Language(
    stop=frozenset(
        """a about above after again against all also am among an and any are as at be because been before
        being below between both but by can could did do does doing down during each even ever
        every few for from further had has have having he her here hers herself him himself his
        how i if in into is it its itself just last like made make many may me might more most
        much must my myself near never new no nor not now of off on once one only or other our
        ours ourselves out over own per put said same say says shall she should since so some
        still such take than that the their theirs them themselves then there these they this
        those through to too two under until up upon us very was we were what when where which
        while who whom whose why will with within without would year years yet you your yours
        yourself yourselves""".split()
    ),
    leaning=frozenset(
        """he she it they this that these those his her its their him them such but and or so yet however
        moreover furthermore therefore thus hence also meanwhile nevertheless nonetheless
        besides instead still otherwise additionally consequently similarly likewise then there
        both neither either another others""".split()
    ),
    first_person=frozenset("i we me us my our mine ours myself ourselves".split()),
)
NOTHING = Language(frozenset(), frozenset(), frozenset())


def language(tag: str) -> Language:
    """Give the lists of a language (BCP 47); of one that is not known here, empty ones."""
    return ENGLISH if tag.partition("-")[0].lower() == "en" else NOTHING
