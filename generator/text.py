"""Words, sentences, slugs and reading times of plain text in any script."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

WORDS_A_MINUTE = 230
LONGEST_SLUG = 200  # bytes; a digest and an ending come after it
# Names that Windows keeps for itself.
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]")
# Signs that tell names apart: C, C++ and C# are three.
SPOKEN = re.compile(r"\+\+|(?<=\w)#")
SPOKEN_AS = {"++": "plusplus", "#": "sharp"}

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
# Scripts that put no space between words: two signs are taken for one.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")

DROPPED = frozenset("'’‘ʼ\u00ad\u200b\u200d\u2060\ufeff")  # from slugs: it's is its

CLOSERS = "\"'”’“»›«‹)\\]」』】》"
AFTER = rf"[{CLOSERS}]*(?:[ \u00a0\u202f]»)?(?:\[[0-9]+\])*"
STOPS = ".!?…؟।॥۔։።"
STOP = re.compile(  # a run of stops is tried at its beginning alone, or a line of dots would take for ever
    rf"(?<![{STOPS}])[{STOPS}]++{AFTER}(?=\s)|(?<![。！？｡])[。！？｡]++{AFTER}(?!$)|(?=\n[^\S\n]*\n)"
)
NEXT = re.compile(r"[\s\"'“‘«‹„(\[「『¿¡]*")
LAST = re.compile(r"[^\s\"'“‘«‹„(\[—–-]*$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
NUMBER = re.compile(r"[0-9]+")
SPEAKER = re.compile(r"[A-Z]\w+ (?:said|says|asked|told|added|wrote|shouted|cried)\b")
REACH = 40  # characters before a stop that are looked at: no abbreviation is longer
BRACKET = 300  # characters that a bracket with sentences in it may hold
MONTH_DAY = re.compile(r"[0-9]{1,2}")

# Before a name or a number these never end a sentence.
TITLES: dict[str, frozenset[str]] = {
    "en": frozenset(
        """mr mrs ms mx dr prof gen sen rep gov pres lt col capt cmdr sgt maj adm rev hon fr br st mt ft vs
        v al cf approx est fig figs vol ch sec art ed eds pp dept univ messrs supt insp cpl pvt
        e.g i.e viz""".split()
    ),
    "de": frozenset(
        "hr fr frl dr prof ing dipl st bzw ca vgl z.b d.h u.a z.t s.o s.u ggf inkl abs abb".split()
    ),
    "fr": frozenset(
        "p art m mm mme mmes mlle mlles dr pr st ste me mgr cf p.ex ex env fig vol chap art".split()
    ),
    "es": frozenset("sr sra srta sres dr dra d dña lic ing gral cap p.ej ej fig vol pág págs art cf".split()),
}
# Before a number alone.
COUNTERS = frozenset(
    """no nos nr nos. p pp para art sec jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr
        juil déc ene abr ago dic núm""".split()
)
# They end a sentence where the next word is one that begins sentences.
PERHAPS = frozenset(
    """inc corp co ltd llc plc jr sr etc bros a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a b.c a.d ave
        blvd rd usw gmbh s.a""".split()
)
TIMES = frozenset({"a.m", "p.m"})
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sep sept oct nov dec et est edt
    ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest local eastern central mountain pacific today
    tomorrow""".split()
)
STARTERS = frozenset(
    """a an the this that these those it its he she they we you i his her their our in on at by for
        from with as if when while after before since although though because but and or so yet
        however meanwhile moreover still now then there here what who how why some many most
        each both all no not one two under over until even once last next such another other
        despite during according to der die das ein eine er sie es wir ich und aber in im am
        nach vor mit le la les un une il elle ils elles nous je et mais en dans el los las una
        él ella ellos y pero""".split()
)


def words(text: str) -> list[str]:
    """Take out the words of a text, as written."""
    return WORD.findall(text)


def word_count(text: str) -> int:
    """Count words; of scripts without spaces two signs count as one."""
    dense = len(DENSE.findall(text)) if not text.isascii() else 0
    return len(WORD.findall(DENSE.sub(" ", text) if dense else text)) + (dense + 1) // 2


def minutes(words: int) -> int:
    """Minutes that it takes to read so many words, at least 1."""
    return max(1, round(words / WORDS_A_MINUTE))


def slug(text: str) -> str:
    """Form of a text that can stand in an address: lower case letters and digits of any script, and hyphens.

    What has neither becomes a short digest; an empty text stays empty.
    """
    kept = ""
    for sign in SPOKEN.sub(lambda found: SPOKEN_AS[found[0]], _folded(text)):
        if sign.isalnum() or (_is_mark(sign) and kept[-1:].strip()):
            kept += sign
        elif sign not in DROPPED:
            kept += " "
    made = unicodedata.normalize("NFC", "-".join(kept.split()))
    if RESERVED.fullmatch(made):
        return f"{made}-{_short_digest(made)}"
    if len(made.encode()) > LONGEST_SLUG:
        cut = made.encode()[:LONGEST_SLUG].decode(errors="ignore").rpartition("-")[0]
        return f"{cut or made[: LONGEST_SLUG // 4]}-{_short_digest(made)}"
    return made or _short_digest(text.strip())


def _folded(text: str) -> str:
    """Fold case until nothing changes: some letters take two rounds."""
    while (folded := unicodedata.normalize("NFC", text.casefold())) != text:
        text = folded
    return text


def _is_mark(sign: str) -> bool:
    """Tell what belongs to the letter before it; the variation selectors of emoji do not."""
    return unicodedata.category(sign) in ("Mn", "Mc") and not "\ufe00" <= sign <= "\ufe0f"


def _short_digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest() if text else ""


def sentences(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """Find the sentences of a text: their spans, in order, without white space at their ends.

    What lies between two spans is white space alone. `lang` (BCP 47) chooses the abbreviations.
    """
    titles = TITLES.get(lang.partition("-")[0].lower(), TITLES["en"])
    ordinals = lang.lower().startswith("de")
    spans: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for stop in STOP.finditer(text):
        if stop.end() > start and _ends(text, start, stop, titles, ordinals=ordinals):
            spans.append((start, start + len(text[start : stop.end()].rstrip())))
            start = _skip(text, stop.end())
    end = len(text.rstrip())
    if end > start:
        spans.append((start, end))
    return spans


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends(text: str, start: int, stop: re.Match[str], titles: frozenset[str], *, ordinals: bool) -> bool:
    """Decide whether a stop (empty at a blank line) ends the sentence that begins at `start`."""
    if not stop[0] or stop[0][0] in "。！？।॥؟":
        return True
    opening = NEXT.match(text, stop.end())
    at = opening.end() if opening else stop.end()
    if at >= len(text):
        return True
    if text[at].islower() or _is_bracketed(text, start, stop.end()) or _is_named_speaker(text, at, stop[0]):
        return False
    if stop[0][0] != "." or stop[0].startswith(".."):
        return True
    found = LAST.search(text[max(start, stop.start() - REACH) : stop.start()])
    before = found[0] if found else ""
    alone = stop.start() - len(before) == start
    return not _abbreviates(before, text, at, titles, alone=alone, ordinals=ordinals)


def _is_bracketed(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket opened in this sentence is closed later on."""
    near = max(start, end - BRACKET)
    return text.rfind("(", near, end) > text.rfind(")", near, end) and ")" in text[end : end + BRACKET]


def _is_named_speaker(text: str, at: int, stop: str) -> bool:
    """Tell `"Yes!" Reyna said` from two sentences."""
    return stop[-1] in CLOSERS and stop[0] in "?!" and SPEAKER.match(text, at) is not None


def _abbreviates(
    before: str, text: str, at: int, titles: frozenset[str], *, alone: bool, ordinals: bool
) -> bool:
    """Tell whether the stop belongs to the word before it; `alone`: that word opens the sentence."""
    small = before.lower()
    if small.rpartition("’")[2] in titles:
        return True
    if small in COUNTERS and text[at].isdigit():
        return True
    if NUMBER.fullmatch(before):
        return alone or (ordinals and MONTH_DAY.fullmatch(before) is not None)
    following = WORD.match(text, at)
    next_word = following[0].lower() if following else ""
    if small in TIMES and next_word:
        return next_word in DAYS
    starts = re.split("['’]", next_word, maxsplit=1)[0] in STARTERS
    if small in PERHAPS or (INITIALS.fullmatch(before) and "." in before):
        return not starts
    return (
        len(before) == 1 and before.isalpha() and before.isupper() and (alone or before != "I") and not starts
    )
