"""English words by what they do to a check; no other room reads them."""

from __future__ import annotations

EMPTY = frozenset(
    """a about above after again against all also am among an and any are as at be because been before
    being below between both but by can cannot could did do does doing down during each even ever
    every few for from further had has have having he her here hers herself him himself his how i if
    in into is it its itself just last like made make many may me might more most much must my
    myself near never new no nor not now of off on once one only or other our ours ourselves out
    over own per put said same say says shall she should since so some still such take than that the
    their theirs them themselves then there these they this those through to too two under until up
    upon us very was we were what when where which while who whom whose why will with within without
    would you your yours yourself yourselves s t d ll re ve n""".split()
)
# A sentence that opens with one of these names nobody; in a headline they are capitals too.
OPENERS = EMPTY | frozenset(
    """according actor actors actress adventurer although another anyone around aged amid along already
    always almost author authorities baby because besides best better big book boy boys boss british
    brother came caught cause causes business car cars case chief child city club coach company
    costs council country couple court crew critics customers daughter dad day days deal death
    despite doctor doctors driver dog dogs either else experts everyone everything eight eleven ex
    family fans felt father figures film final fire first five firm five former found four front
    gave friend friends game girl girls good government group half head health help high hospital
    hours house however home husband images including inside instead investigators judge judges jury
    killer kids lawyer lawyers leader leading left less let life little local long lot major man
    manager married me meanwhile media meet member men midfielder million millions minister mother
    mum model money month months mr mrs ms dr sir lord lady dame prof professor president prime
    queen king prince princess senator secretary chancellor chairman captain sergeant general
    officer detective inspector pope saint st street road avenue river lake mount north south east
    west northern southern eastern western nearly neither next nine nobody none nothing now won lost
    left made went took gets got goes met ran saw set spent told wore wrote kept led officers
    officials old older original others owner parents passengers past patients people perhaps photo
    photos picture pictures plan plans plane player players police politicians polls prosecutors
    post prices program project pupils quite rather real recent record report reporter reports
    research researchers residents results right rules sales school schools scientist scientists
    season second seven several ship shots should show shows six sister site small social soldiers
    someone something son sometimes star state step storm striker student students study survey
    survivors suspect teacher teachers team teen teenager tell ten thanks things third thousand
    thousands three today together tomorrow top town tourists train troops twelve twenty twice users
    vehicle victim victims video village violence visitors voters war watch water weather week weeks
    well whatever whether whole wife winner without witnesses woman women work worker workers world
    worse worst year years yes yesterday yet young""".split()
)
# After a name that opens a sentence.
ACTING = frozenset(
    """is are was were has had have will would could can did does may might must should said says told tells
    went took gave got came made met won lost left ran saw set spent wore wrote kept led bought sold paid
    found felt held knew put read rose fell sent stood thought became began broke brought built chose drew
    drove grew hit spoke struck taught threw also""".split()
)
ENDINGS = tuple(
    """est ing ed ly tion sion ment ness ity ship ism ist ists ers ors ous ive ful less able ible ance ence
    ants ents tions ments""".split()
)
# Other words for the same: a name of one row stands for each of its row.
SAME = [
    frozenset(row.casefold().split())
    for row in """US USA america american americans states
    UK GB britain british britons briton brits brit kingdom
    EU european europe union
    UN nations
    france french
    germany german germans
    spain spanish spaniard
    netherlands dutch holland
    greece greek greeks
    ireland irish
    scotland scottish scots
    wales welsh
    england english
    china chinese
    switzerland swiss
    sweden swedish swede
    denmark danish dane
    poland polish pole
    turkey turkish turk
    iraq iraqi iraqis
    israel israeli israelis
    pakistan pakistani
    thailand thai
    philippines filipino
    norway norwegian
    islam islamic muslim muslims
    christian christianity christians
    monday mon
    tuesday tue tues
    wednesday wed
    thursday thu thurs
    friday fri
    saturday sat
    sunday sun
    january jan
    february feb
    march mar
    april apr
    june jun
    july jul
    august aug
    september sep sept
    october oct
    november nov
    december dec
    TV television
    FA football
    PM minister
    MP member
    MPs members""".splitlines()
]
NATIONAL = ("an", "ian", "ean", "n", "ese", "ish", "i", "is", "ic", "ans", "ians", "s")

# What turns a clause; each holds for the few words after it.
TURNING = frozenset(
    """not no never none nobody nothing neither nor without cannot nt unable fail fails failed failing
    refuse refuses refused refusing deny denies denied denying reject rejects rejected lack lacks
    lacked unlikely avoid avoids avoided avoiding""".split()
)
