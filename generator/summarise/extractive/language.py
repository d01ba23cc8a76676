"""Words by language: what carries no meaning, what leans on the sentence before, what holds a clause."""

from __future__ import annotations

import re
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


# English words by what they do in a clause.
SUBORDINATE = frozenset(
    "which who whom whose that while whereas because after before when where until since as".split()
)
COORDINATE = frozenset("and but or nor yet so".split())
PREPOSITIONS = frozenset(
    """of in on at by for from with into over under through across among amid against between during within
    without about around above below near toward towards including like despite following per than to via upon
    behind""".split()
)
DETERMINERS = frozenset("a an the some more most many all every any another no these those this that".split())
LEANING = frozenset(
    "it he she they we you i this these those that its his her their each both such one them".split()
)
PRONOUNS = frozenset("it he she they we you i them".split())
MODALS = frozenset("will would can could may might must shall should cannot".split())
VERBS = frozenset("is are was were be been being has have had do does did".split())
RELATIVE = frozenset("which who whom whose that".split())
TELLING = VERBS | MODALS | PRONOUNS | SUBORDINATE - {"as", "since"}
# A sentence that opens so says nothing until its main clause is done.
PROMISING = SUBORDINATE | frozenset("despite although though unless with without".split())
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec""".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
HANGING = (
    PREPOSITIONS
    | SUBORDINATE
    | COORDINATE
    | VERBS
    | MODALS
    | frozenset("a an the its his her their our my not will".split())
)
HEDGES = frozenset(
    """about around approximately roughly nearly almost over under some up to between from than least most
    only just another additional estimated or and a an the worth of""".split()
)
# A source or a condition holds for a whole sentence; a negation or a modal for its clause.
SWAYS = re.compile(
    r"\b(?:if|unless|except|whether|allegedly|alleged|alleg(?:es|ing)|reportedly|supposedly|apparently|perhaps|possibly|probably|"
    r"sa(?:id|ys|y|ying)|according|claim(?:s|ed|ing)?|told|argu(?:e|es|ed|ing)|believ(?:e|es|ed|ing)|expect(?:s|ed|ing)?|"
    r"estimat(?:e|es|ed|ing)|forecasts?|predict(?:s|ed|ing)?|suggest(?:s|ed|ing)?|thinks?|thought|den(?:y|ies|ied|ying)|"
    r"reject(?:s|ed|ing)?|fears?|feared|hopes?|hoped|report(?:s|ed)? that|rumou?red|accus(?:es|ed|ing))\b",
    re.IGNORECASE,
)
TURNS = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|\w+n[’']t|refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|stop(?:s|ped)?|"
    r"could|may|might|would|should|will|can|must|unlikely|likely)\b",
    re.IGNORECASE,
)
NEGATES = re.compile(
    r"\b(?:not|no|nobody|no-one|nothing|never|none|neither|cannot|\w+n[’']t)\b", re.IGNORECASE
)
SOURCE_AT_END = re.compile(
    r",[”\"’']? (?:[\w.’'-]+ ){0,4}(?:said|says)(?: (?:on )?[A-Z][a-z]+day| in a statement)?\.$"
)
CLAUSE = re.compile(
    r"[,;:]\s|\s[–—-]\s|—|\s(?=(?:and|but|while|whereas|because|although|which|who|after|before)\s)"
)
