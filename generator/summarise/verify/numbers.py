"""Numbers by value: figures, spelled-out numbers, money, shares, ranges, clock times, dates in figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

MAGNITUDES = {
    "dozen": Decimal(12),
    **dict.fromkeys("hundred".split(), Decimal(100)),
    **dict.fromkeys("thousand k tausend tsd mille mil".split(), Decimal(10) ** 3),
    **dict.fromkeys("million m mn mio millionen millions millón millones".split(), Decimal(10) ** 6),
    **dict.fromkeys(
        "billion b bn mrd md mds milliarde milliarden milliard milliards".split(), Decimal(10) ** 9
    ),
    **dict.fromkeys("trillion tn".split(), Decimal(10) ** 12),
    "mil millones": Decimal(10) ** 9,
}
# What the words of other languages mean there is no matter of English: a German Billion is 10^12.
ELSEWHERE = {
    "de": "tausend tsd million millionen mio milliarde milliarden mrd",
    "fr": "mille million millions milliard milliards md mds",
    "es": "mil,millones mil millón millones",
}
ENGLISH = "hundred thousand million billion trillion bn mn tn"
UNITS = "one two three four five six seven eight nine".split()
TEENS = """ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
SPELLED: dict[str, Decimal] = {
    "zero": Decimal(0),
    "a": Decimal(1),
    "an": Decimal(1),
    "half a": Decimal("0.5"),
    **{word: Decimal(value) for value, word in enumerate([*UNITS, *TEENS], 1)},
    **{word: Decimal(value) for value, word in enumerate(ORDINALS, 1)},
    **{word: Decimal(10 * value) for value, word in enumerate(TENS, 2)},
    **{f"{word[:-1]}ieth": Decimal(10 * value) for value, word in enumerate(TENS, 2)},
    **{
        f"{tens} {unit}": Decimal(10 * ten + value)
        for ten, tens in enumerate(TENS, 2)
        for value, unit in [*enumerate(UNITS, 1), *enumerate(ORDINALS[:9], 1)]
    },
}
CURRENCIES = {
    **dict.fromkeys(("$", "dollar", "dollars", "usd"), "$"),
    **dict.fromkeys(("€", "euro", "euros", "eur"), "€"),
    **dict.fromkeys(("£", "pound", "pounds", "gbp", "sterling"), "£"),
    **dict.fromkeys(("¥", "yen", "jpy"), "¥"),
}
SHARES = r"%|percent\b|per\s?cent\b|percentage\spoints?\b|Prozent\b|pour\s?cent\b|por\s?ciento\b"
MONTHS = {
    name[:3]: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b",
    re.IGNORECASE,
)
DATE = re.compile(
    r"(?<![\w./-])(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<one>\d\d?)[/.](?P<two>\d\d?)[/.](?P<year>\d{4}))(?![\w/-])"
)
CLOCK = re.compile(
    r"(?<![\w.:])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b)"
    r"|(?<![\w.:])(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?![\w:])",
    re.IGNORECASE,
)
# Where a number can begin: much quicker to find than to try the whole grammar at each sign.
START = re.compile(
    r"[$€£¥]\s?\d|(?<![^\W_])(?:\d|zero|one|t(?:wo|h(?:ree|ir)|en|we)|f(?:our|ort|i[vfr])|s(?:ix|even|econ)|eigh|nin|elev"
    r"|(?:half\s)?an?[\s-](?:doz|hun|tho|mil|bil|tri))",
    re.IGNORECASE,
)
# What a pattern takes for s and i when case does not count, and lower() leaves as it is.
ALIKE = str.maketrans("ſıİ", "sii")
MOST_DIGITS = 1000  # are read of a number: a Decimal of a million overflows
BETWEEN = re.compile(r"\s?[-–—]\s?|\s(?:to|and|or|bis|und|à|et|a|y)\s")

Reading = tuple[str, Decimal]  # what it counts ("" plain, "%", a currency's sign, "clock") and the value


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, where it stands, and what it can mean."""

    text: str
    start: int
    end: int
    readings: frozenset[Reading]
    spelled: bool


@cache
def _grammar(lang: str) -> re.Pattern[str]:
    commas = lang in ELSEWHERE
    figures = (
        r"\d{1,3}(?:[.\u00a0\u202f ’]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
        if commas
        else r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    )
    magnitudes = "|".join(ELSEWHERE.get(lang, ENGLISH).replace(",", r"\s").split())
    small = rf"(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join([*UNITS, *ORDINALS[:9]])}))?|" + "|".join(
        word for word in SPELLED if " " not in word and word not in {"a", "an", *TENS}
    )
    times = r"dozen|hundred|thousand|million|billion|trillion"
    spelled = (
        rf"|\b(?:(?P<word>{small})\b(?:[\s-](?P<times>{times})\b)?"
        rf"|(?P<one>half\sa|an?)[\s-](?P<many>{times})\b)"
        rf"(?:(?<=hundred)\s(?:and\s)?(?P<rest>{small})\b)?(?:\s(?P<again>thousand|million|billion|trillion)\b)?"
    )
    return re.compile(
        r"(?P<sign>[$€£¥]\s?)?"
        rf"(?:(?<![\w.])(?P<digits>{figures})(?:st|nd|rd|th)?"
        rf"(?:[\s-]?(?P<magnitude>(?:{magnitudes})\b|[kmb](?![\w/])))?" + ("" if commas else spelled) + r")"
        rf"(?:[\s-]?(?P<share>{SHARES})"
        r"|[\s-](?:US\s|U\.S\.\s|Canadian\s|Australian\s)?(?P<unit>(?:dollar|euro|pound)s?|yen|USD|EUR|GBP|JPY)\b"
        r"|\s?(?P<after>[€£$]))?",
        re.IGNORECASE,
    )


def numbers(text: str, lang: str = "en") -> list[Number]:
    """Find the numbers of a text, in order. A unit after a range holds for both its ends."""
    made: list[Number] = []
    base = lang.partition("-")[0].lower()
    at = 0
    while begun := START.search(text, at):
        if (found := DATE.match(text, begun.start())) or (found := CLOCK.match(text, begun.start())):
            number = _date(found) if found.re is DATE else _clock(found)
        elif found := _grammar(base).match(text, begun.start()):
            number = _number(found, commas=base in ELSEWHERE)
            if made and BETWEEN.fullmatch(text, made[-1].end, found.start()):
                made[-1], number = _range(made[-1], number, _times(found["magnitude"]))
        else:
            at = begun.end()
            continue
        at = found.end()
        made.append(number)
    return made


def held_readings(text: str, lang: str = "en") -> frozenset[Reading]:
    """All that the numbers of a text can be taken for: "$600" is 600 too, "the 1990s" the 90s, "half" 50%."""
    known: set[Reading] = set()
    for number in numbers(text, lang):
        known |= number.readings
        known |= {("", value) for kind, value in number.readings if kind in CURRENCIES}
        if any(kind == "date" for kind, _ in number.readings):
            known |= {("", Decimal(part)) for part in re.findall(r"\d+", number.text)}
    known |= {("", value % 100) for kind, value in known if not kind and 1900 <= value < 2100}  # noqa: PLR2004
    small = text.casefold()
    known |= {
        ("%", Decimal(value))
        for word, value in {
            "half": 50,
            "quarter": 25,
            "three quarters": 75,
            "a fifth": 20,
            "a tenth": 10,
        }.items()
        if word in small
    }
    return frozenset(known)


def months(text: str) -> frozenset[int]:
    """Give the months that a text names, by number."""
    return frozenset(MONTHS[_lower(found[1])] for found in MONTH.finditer(text))


def _number(found: re.Match[str], *, commas: bool) -> Number:
    value = _value(found, commas=commas).normalize()
    kind = ""
    if found["share"]:
        kind = "%"
    elif sign := found["sign"] or found["unit"] or found["after"]:
        kind = CURRENCIES[_lower(sign.strip())]
    readings = {(kind, value)}
    if kind == "£" and found["unit"]:
        readings.add(("", value))  # pounds of weight
    if not kind and _lower(found["magnitude"] or "") in ("k", "m", "b"):
        readings.add((kind, _figures(found["digits"], commas=commas).normalize()))  # metres
    start = found.end("sign") if found["sign"] else found.start()
    spelled = not found["digits"]
    return Number(found.string[start : found.end()], start, found.end(), frozenset(readings), spelled)


def _value(found: re.Match[str], *, commas: bool) -> Decimal:
    if found["digits"]:
        return _figures(found["digits"], commas=commas) * _times(found["magnitude"])
    value = _spelled(found["word"] or found["one"]) * _times(found["times"] or found["many"])
    if found["rest"]:
        value += _spelled(found["rest"])
    return value * _times(found["again"])


def _times(word: str | None) -> Decimal:
    return MAGNITUDES[" ".join(_lower(word).split())] if word else Decimal(1)


def _spelled(words: str) -> Decimal:
    return SPELLED[re.sub(r"[\s-]+", " ", _lower(words))]


def _lower(word: str) -> str:
    return word.translate(ALIKE).lower()


def _figures(digits: str, *, commas: bool) -> Decimal:
    bare = re.sub(r"[\u00a0\u202f ’]", "", digits)[:MOST_DIGITS]
    if not commas:
        return Decimal(bare.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare):
        bare = bare.replace(".", "")
    whole, _, rest = bare.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{rest.replace('.', '')}")  # addresses in a row: any value will do


def _range(first: Number, last: Number, times: Decimal) -> tuple[Number, Number]:
    """Let "10 to 15 percent" say 10 percent, and "$2-3 million" 2 and 3 million dollars."""
    kinds = {kind for kind, _ in last.readings}
    own = {kind for kind, _ in first.readings}
    if not own <= {""}:
        more = {(kind, value) for kind in own for _, value in last.readings} if kinds <= {""} else set()
        last = replace(last, readings=last.readings | more)
        kinds |= own
    if first.text[-1:].isdigit() or own <= {""}:
        more = {
            (kind, (value * by).normalize())
            for _, value in first.readings
            for kind in kinds
            for by in (Decimal(1), times)
        }
        first = replace(first, readings=first.readings | more)
    return first, last


def _date(found: re.Match[str]) -> Number:
    """Read a date in figures; "3/4/2026" both ways."""
    year, one, two = (int(found[a] or found[b]) for a, b in (("y", "year"), ("m", "one"), ("d", "two")))
    readings = {("date", Decimal(10_000 * year + 100 * one + two))}
    if found["year"]:
        readings.add(("date", Decimal(10_000 * year + 100 * two + one)))
    return Number(found[0], found.start(), found.end(), frozenset(readings), spelled=False)


def _clock(found: re.Match[str]) -> Number:
    """Read a time of day, in minutes; without "am" or "pm" it may be either."""
    hour = int(found["hour"] or found["hours"])
    minute = int(found["minute"] or found["minutes"] or 0)
    half = (found["half"] or "").lower()[:1]
    hours = {hour % 12 + 12 if half == "p" else hour % 12} if half else {hour, (hour + 12) % 24}
    readings = {("clock", Decimal(60 * at + minute)) for at in hours}
    if half:
        readings.add(("", Decimal(f"{hour}.{minute:02}").normalize()))
    return Number(found[0], found.start(), found.end(), frozenset(readings), spelled=False)
