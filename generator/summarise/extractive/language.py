"""English words by what they do in a clause."""

from __future__ import annotations

import re

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
    r"\b(?=\w)(?:if|unless|except|whether|allegedly|alleged|alleg(?:es|ing)|reportedly|supposedly|apparently|perhaps|possibly|probably|"
    r"sa(?:id|ys|y|ying)|according|claim(?:s|ed|ing)?|told|argu(?:e|es|ed|ing)|believ(?:e|es|ed|ing)|expect(?:s|ed|ing)?|"
    r"estimat(?:e|es|ed|ing)|forecasts?|predict(?:s|ed|ing)?|suggest(?:s|ed|ing)?|thinks?|thought|den(?:y|ies|ied|ying)|"
    r"(?:found|finds?|show(?:s|ed)|conclud(?:es|ed)|calculat(?:es|ed)|reckons?|warn(?:s|ed)|insist(?:s|ed)|"
    r"announced|admit(?:s|ted)|confirm(?:s|ed)|not(?:es|ed)|wrote|indicat(?:es|ed)|project(?:s|ed))(?:\s\w+){0,4}\sthat|"
    r"reject(?:s|ed|ing)?|fears?|feared|hopes?|hoped|report(?:s|ed)? that|rumou?red|accus(?:es|ed|ing))\b",
    re.IGNORECASE,
)
TURNS = re.compile(
    r"\b(?=\w)(?:not|no|never|none|neither|nor|without|cannot|\w+n[’']t|refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|stop(?:s|ped)?|"
    r"could|may|might|would|should|will|can|must|unlikely|likely)\b",
    re.IGNORECASE,
)
NEGATES = re.compile(
    r"\b(?=\w)(?:not|no|nobody|no-one|nothing|never|none|neither|cannot|\w+n[’']t)\b", re.IGNORECASE
)
SOURCE_AT_END = re.compile(
    r",[”\"’']? (?:[\w.’'-]+ ){0,4}(?:said|says)(?: (?:on )?[A-Z][a-z]+day| in a statement)?\.$"
)
CLAUSE = re.compile(
    r"[,;:]\s|\s[–—-]\s|—|\s(?=(?:and|but|while|whereas|because|although|which|who|after|before)\s)"
)
