"""Days, months and years that an article names; in ISO 8601 where its own date resolves them."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator import text
from generator.model import DateMention, Line, LineKind
from generator.summarise.extractive.context import clause
from generator.summarise.extractive.ranking import Ranked
from generator.summarise.extractive.trimming import A_SENTENCE
from generator.text import Cues, Language, any_cue, any_of

MOST = 6
LONGEST = 30  # words of a sentence that is given whole where no clause can be cut out
YEAR = r"(?:1[5-9]|20|21)\d\d"
NAMED_YEAR = re.compile(rf"(?<![\w.,$€£-]){YEAR}(?![\w%]|[.,]\d)")
WORTH = {10: 0.3, 7: 0.15, 4: 0.0}  # by the length of the ISO form: a day says more than a month
DAY = r"(?:[12]\d|3[01]|[1-9])"
STOP = r"(?:\.(?=\s[a-z\d]))?"  # of an abbreviation, not of the sentence
NO_DAY = r"(?!\d|:|[.,]\d|\s(?:per\s?cent|people|million|billion)\b)"
WITHIN = "in by since until im bis seit en depuis desde hasta".split()  # before a month or a year alone
# Before a day of the week they tell none of what happened.
UPTO = re.compile(r"\b(?:until|till|by|from|bis|ab|hasta|à|dès)\s$", re.IGNORECASE)
UNRESOLVED = -0.2
HALF_A_YEAR = 183  # days
WEEK = 7
AROUND = 2  # words that may stand around a date: until the end of


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language writes dates."""

    pattern: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    other_year: re.Pattern[str]
    past: Cues
    future: Cues


def dates(items: Sequence[Ranked], published: date, words: Language) -> tuple[DateMention, ...]:
    """Give up to six dates in the article's order, those of the best sentences; each day once."""
    if not words.months:
        return ()
    calendar = _calendar(words)
    spotted: list[tuple[float, int, re.Match[str], str | None]] = []
    for place, item in enumerate(items):
        if len(item.sentence.text) > A_SENTENCE:
            continue
        for found in calendar.pattern.finditer(item.sentence.text):
            iso = resolved(found, published, calendar)
            spotted.append((-item.score - (WORTH[len(iso)] if iso else UNRESOLVED), place, found, iso))
    made: dict[str, tuple[int, int, DateMention]] = {}
    for _, place, found, iso in sorted(spotted, key=lambda it: (*it[:2], it[2].start())):
        if len(made) == MOST:
            break
        key = iso or found[0].lower()
        line = None if key in made else _line(items[place], found, whole=words.tag != "en")
        if line:
            made[key] = (place, found.start(), DateMention(found[0], iso, line))
    return tuple(entry[2] for entry in sorted(made.values(), key=lambda entry: entry[:2]))


def is_date(written: str, lang: str) -> bool:
    """Tell whether words are a date and little more: "in October 2027".

    Of a language without a calendar any number may be one.
    """
    words = text.language(lang)
    if not words.months:
        return any(sign.isdigit() for sign in written)
    found = _calendar(words).pattern.search(f"{written} ")
    return found is not None and len(text.words(written)) <= len(text.words(found[0])) + AROUND


def _line(item: Ranked, found: re.Match[str], *, whole: bool) -> Line | None:
    said = item.sentence.text
    cut = None if whole else clause(said, found.start(), found.end())
    if cut and cut.startswith(found[0]) and not said.startswith(cut):
        cut = None  # a clause that begins with its date reads badly
    if cut is None and item.words > LONGEST:
        return None
    told = cut or item.told
    if found[0] not in told:
        return None  # it stood in what is left out: a dateline
    kind: LineKind = "verbatim" if told == said else "trimmed"
    return Line(told, (item.sentence.id,), kind)


def resolved(found: re.Match[str], published: date, calendar: Calendar) -> str | None:
    """Give the ISO form of a date; None where the sentence does not tell which, or there is no such."""
    told, said = found.groupdict(), found.string
    if told["iso"]:
        return _valid(*map(int, told["iso"].split("-")))
    written = told["month"] or told["month2"] or told["month3"] or told["month4"] or ""
    month = calendar.months.get(written.lower().rstrip("."), 0)
    day = told["day"] or told["day2"]
    year = told["year"] or told["year2"] or told["year3"]
    if not year and calendar.other_year.match(said, found.end()):
        return None
    if month and day:
        return (
            _valid(int(year), month, int(day))
            if year
            else _nearest(month, int(day), said, published, calendar)
        )
    if month and year:
        return f"{year}-{month:02}"
    if month:
        near = _nearest(month, 15, said, published, calendar, months=True)
        return near and near[:7]
    if told["bare"]:
        return told["bare"]
    if told["weekday"]:
        return _weekday(found, calendar.weekdays[told["weekday"].lower()], published, calendar)
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _nearest(
    month: int, day: int, said: str, published: date, calendar: Calendar, *, months: bool = False
) -> str | None:
    """Resolve a day without a year to the nearest; None where what the sentence tells speaks against it."""
    near: list[date] = []
    for year in (published.year - 1, published.year, published.year + 1):
        made = _valid(year, month, day)
        if made and abs((date.fromisoformat(made) - published).days) <= HALF_A_YEAR:
            near.append(date.fromisoformat(made))
    if not near:
        return None
    best = min(near, key=lambda made: abs((made - published).days))
    apart = (best - published).days
    if months and (best.year, best.month) == (published.year, published.month):
        return best.isoformat()
    years = {int(year) for year in NAMED_YEAR.findall(said)}
    if years and best.year not in years:
        return None
    past, future = calendar.past.search(said), calendar.future.search(said)
    if (apart > 0 and past and not future) or (apart < 0 and future and not past):
        return None
    return best.isoformat()


def _weekday(found: re.Match[str], day: int, published: date, calendar: Calendar) -> str | None:
    """Resolve a day of the week: the last where the sentence tells what happened, the next where what will.

    `next Friday` is said of two days, so it resolves to none; nor does a day that is the article's own and
    still to come.
    """
    said, before = found.string, found.string[: found.start()]
    back = (published.weekday() - day) % WEEK
    future, past = calendar.future.search(said), calendar.past.search(said)
    which = found["which"] or ""
    if which == "last":
        return (published - timedelta(days=back or WEEK)).isoformat() if back else None
    if which == "next" or UPTO.search(before) or (future and past) or not (future or past):
        return None
    if past:
        return (published - timedelta(days=back)).isoformat()
    return (published + timedelta(days=WEEK - back)).isoformat() if back else None


@functools.lru_cache(maxsize=32)
def _calendar(words: Language) -> Calendar:
    months = {form: number for number, forms in enumerate(words.months, 1) for form in forms}
    weekdays = {form: number for number, forms in enumerate(words.weekdays) for form in forms}
    return Calendar(
        re.compile(_pattern(words, months, weekdays), re.VERBOSE),
        months,
        weekdays,
        any_of(words.other_year),
        any_cue(words.past),
        any_cue(words.future_cues),
    )


def _pattern(words: Language, months: dict[str, int], weekdays: dict[str, int]) -> str:
    month, weekday = _forms(months, words), _forms(weekdays, words)
    of = r"(?:\sof|\sde|\sdel)?"
    within = "".join(rf"(?<=\b{word}\s)|" for word in WITHIN).rstrip("|")
    begins = "".join(sorted(set(re.findall(r"(?:^|\|)(\w)", f"{month}|{weekday}|last|next|this"))))
    return rf"""(?=[1-9{begins}])(?<![\w-])(?:
      (?P<iso>{YEAR}-\d\d-\d\d)
    | (?P<month>{month})\.?\s(?P<day>{DAY})(?:st|nd|rd|th)?{NO_DAY}(?:,?\s(?P<year>{YEAR}))?
    | (?P<day2>{DAY})(?:st|nd|rd|th|\.|er)?{of}\s(?P<month2>{month}){STOP}(?:,?{of}\s(?P<year2>{YEAR}))?
    | (?P<month3>{month})\.?{of}\s(?P<year3>{YEAR})
    | (?:{within})(?P<bare>{YEAR})(?=[\s,.;)]|$)
    | (?:{within})(?P<month4>{month})
    | (?<!Black\s)(?<!Good\s)(?<!Super\s)(?<!Cyber\s)(?:(?P<which>last|next|this)\s)?(?P<weekday>{weekday})
      (?!\s(?:Times|Mirror|Post|Telegraph|Express|Mail|Night)\b)
    )(?![\w-])"""


def _forms(written: dict[str, int], words: Language) -> str:
    """Give the forms as they may be written, the longest first."""
    made = []
    for form in sorted(written, key=lambda form: (-len(form), form)):
        made += [form.capitalize()] if words.capitalises_days else [form, form.capitalize()]
    return "|".join(map(re.escape, made)) or r"(?!)"
