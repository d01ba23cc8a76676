"""Errors planted into lines that are right: what of them is found, and what in the lines as they were."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator import text
from generator.model import Article
from generator.summarise.verify import Held, Unsupported, held, unsupported
from generator.summarise.verify.english import OPENERS

# People and places that no article is likely to name.
INVENTED = """Oswin Tharbeck|Marlena Quistgaard|Port Ellery|Bexholme|Dunmorrow|Ivo Strandeker|Velsing Group|
    Nadira Colquist|Harrowden|Tamsin Okerby""".replace("\n    ", "").split("|")
PHRASES = [
    phrase.strip()
    for phrase in """after a bribe was paid|despite a criminal investigation|in secret talks with rivals|
    under pressure from shareholders|because of a faulty design|to the anger of local farmers|
    following threats against staff|with money from abroad|against the advice of doctors|
    without any permit at all|as a lawsuit looms|amid fears of a leak""".split("|")
]
ADJECTIVES = """faulty secret illegal disputed overpriced rusting unpopular lucrative leaking celebrated
    bankrupt foreign""".split()
SCOPE = "never only all hardly nearly always unanimously entirely".split()
BOUNDS = ("more than", "at least", "less than", "up to", "nearly")
VAGUE = ("hundreds of", "dozens of", "thousands of", "many", "all")
SMALL = re.compile(r"\b(?:\d|1\d|two|three|four|five|six|seven|eight|nine)(?=\s[a-z]{3,}s\b)", re.IGNORECASE)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
QUOTED = re.compile(r"[“\"]([^“”\"]{15,})[”\"]")
AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should)\b(?! not\b|n['’]t)")
# A verb of direction just before a number.
MOVING = re.compile(r"\b[a-z]+(?=\s(?:(?:by|to|about|another|almost|nearly|more|less|than)\s){0,3}[$€£]?\d)")
TURNS = {
    one: other
    for pair in """rose fell|rise fall|rises falls|rising falling|grew shrank|increased decreased|up down|
    climbed dropped|gained lost|higher lower|jumped plunged|raised lowered""".split("|")
    for one, other in (pair.split(), pair.split()[::-1])
}
FIGURE = re.compile(
    r"(?<![\w.,])(?P<sign>[$€£]?)\d+(?:[,.]\d+)*(?P<unit>%|\s(?:percent|per cent|[mb]illion))?"
)
YEAR = re.compile(r"20\d\d|19\d\d")
NAMES = re.compile(r"(?:(?<=[a-z,] )|^)[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*")
DONE = re.compile(r"^ (?!and\b|or\b)(?:\w+ )?\w+(?:ed|s|ght|ld|ok) (?:\w+ ){0,3}$")
NEGATED = re.compile(r"\b(?:not|never) |(?<=[a-z])n['’]t\b")


@dataclass(frozen=True, slots=True)
class Case:
    """A line and its article."""

    article: Article
    ready: Held
    line: str


Spoil = Callable[[Case, random.Random], "str | None"]


def invented_number(case: Case, dice: random.Random) -> str | None:
    """Put a number that the article does not hold in the place of one in figures."""
    figures = list(re.finditer(r"(?<![\w.,])\d+(?![\w.,]*\d)", case.line))
    if not figures:
        return None
    chosen = dice.choice(figures)
    said = {n for s in case.article.sentences for n in re.findall(r"\d+", s.text)}
    low = 10 ** (len(chosen[0]) - 1)
    free = [str(n) for n in range(low, min(10 * low, low + 1000)) if str(n) not in said]
    return case.line[: chosen.start()] + dice.choice(free) + case.line[chosen.end() :] if free else None


def swapped_number(case: Case, dice: random.Random) -> str | None:
    """Put another number of the article in the place of one, both bare figures."""
    own = re.findall(r"(?<![\w.,])\d+(?![\w.,]*\d)", case.line)
    others = sorted(
        {n for s in case.article.sentences for n in re.findall(r"(?<![\w.,])\d+(?![\w.,%]*\d)", s.text)}
        - set(own)
    )
    if not own or not others:
        return None
    return re.sub(rf"(?<![\w.,]){dice.choice(own)}(?![\w.,]*\d)", dice.choice(others), case.line, count=1)


def altered_quotation(case: Case, dice: random.Random) -> str | None:
    """Put another word of the article in the place of one within a quotation."""
    quoted = list(QUOTED.finditer(case.line))
    vocabulary = sorted({w for s in case.article.sentences for w in re.findall(r"\b[a-z]{5,}\b", s.text)})
    if not quoted or not vocabulary:
        return None
    chosen = dice.choice(quoted)
    inner = list(re.finditer(r"\b[a-z]{4,}\b", chosen[1]))
    if not inner:
        return None
    word = dice.choice(inner)
    at = chosen.start(1)
    other = dice.choice([w for w in vocabulary if w != word[0]] or ["nothing"])
    return case.line[: at + word.start()] + other + case.line[at + word.end() :]


def invented_name(case: Case, dice: random.Random) -> str | None:
    """Put a name that nobody bears in the place of one."""
    named = list(NAME.finditer(case.line))
    if not named:
        return None
    chosen = dice.choice(named)
    return case.line[: chosen.start()] + dice.choice(INVENTED) + case.line[chosen.end() :]


def swapped_name(case: Case, dice: random.Random) -> str | None:
    """Put another name of the article in the place of one."""
    named = list(NAME.finditer(case.line))
    others = sorted({n for s in case.article.sentences for n in NAME.findall(s.text) if n not in case.line})
    if not named or not others:
        return None
    chosen = dice.choice(named)
    return case.line[: chosen.start()] + dice.choice(others) + case.line[chosen.end() :]


def put_in_negation(case: Case, dice: random.Random) -> str | None:
    """Put "not" after an auxiliary."""
    places = list(AUXILIARY.finditer(case.line))
    if not places:
        return None
    at = dice.choice(places).end()
    return f"{case.line[:at]} not{case.line[at:]}"


def taken_negation(case: Case, dice: random.Random) -> str | None:
    """Take out a "not", "n't" or "never"."""
    places = list(NEGATED.finditer(case.line))
    if not places:
        return None
    chosen = dice.choice(places)
    return case.line[: chosen.start()] + case.line[chosen.end() :]


def invented_phrase(case: Case, dice: random.Random) -> str | None:
    """Add a phrase that says something new, in three to five words."""
    return f"{case.line.rstrip(' .')} {dice.choice(PHRASES)}."


def invented_word(case: Case, dice: random.Random) -> str | None:
    """Put an adjective before a word in small letters behind an article."""
    places = list(re.finditer(r"\b(?:the|a|an|its|their)\s(?=[a-z]{4,})", case.line))
    if not places:
        return None
    at = dice.choice(places).end()
    return f"{case.line[:at]}{dice.choice(ADJECTIVES)} {case.line[at:]}"


def small_name(case: Case, dice: random.Random) -> str | None:
    """Put a name that nobody bears in the place of one, in small letters."""
    named = list(NAME.finditer(case.line))
    if not named:
        return None
    chosen = dice.choice(named)
    return case.line[: chosen.start()] + dice.choice(INVENTED).lower() + case.line[chosen.end() :]


def put_in_scope(case: Case, dice: random.Random) -> str | None:
    """Put a word of scope after an auxiliary, or before a number."""
    places = [it.end() for it in AUXILIARY.finditer(case.line)]
    if not places:
        return None
    at = dice.choice(places)
    return f"{case.line[:at]} {dice.choice(SCOPE)}{case.line[at:]}"


def put_in_bound(case: Case, dice: random.Random) -> str | None:
    """Put a bound before a number that has none."""
    places = list(re.finditer(r"(?<=[a-z] )[$€£]?\d[\d,.]*(?=\s[a-z])", case.line))
    if not places:
        return None
    at = dice.choice(places).start()
    return f"{case.line[:at]}{dice.choice(BOUNDS)} {case.line[at:]}"


def made_vague(case: Case, dice: random.Random) -> str | None:
    """Put hundreds, or dozens, in the place of a small number."""
    places = list(SMALL.finditer(case.line))
    if not places:
        return None
    chosen = dice.choice(places)
    return f"{case.line[: chosen.start()]}{dice.choice(VAGUE)}{case.line[chosen.end() :]}"


def surer(case: Case, dice: random.Random) -> str | None:
    """Take the doubt out: may and could become will."""
    places = list(re.finditer(r"\b(?:may|could|might)\b", case.line))
    if not places:
        return None
    chosen = dice.choice(places)
    return f"{case.line[: chosen.start()]}will{case.line[chosen.end() :]}"


def turned_direction(case: Case, dice: random.Random) -> str | None:
    """Let what rose by a number fall by it, or the other way round."""
    places = [it for it in MOVING.finditer(case.line) if it[0].lower() in TURNS]
    if not places:
        return None
    chosen = dice.choice(places)
    return f"{case.line[: chosen.start()]}{TURNS[chosen[0].lower()]}{case.line[chosen.end() :]}"


def exchanged_numbers(case: Case, dice: random.Random) -> str | None:
    """Put two figures of a line, both of percent, of money or of neither, in each other's place."""
    figures = [it for it in FIGURE.finditer(case.line) if not YEAR.fullmatch(it[0])]
    pairs = [
        (one, other)
        for at, one in enumerate(figures)
        for other in figures[at + 1 :]
        if one.groups() == other.groups() and one[0] != other[0]
    ]
    return _exchanged(case.line, dice.choice(pairs)) if pairs else None


def exchanged_names(case: Case, dice: random.Random) -> str | None:
    """Put two names of a line in each other's place, where a verb stands between them and no "and"."""
    named = [it for it in NAMES.finditer(case.line) if it[0].lower() not in OPENERS]
    pairs = [
        (one, other)
        for one, other in pairwise(named)
        if one[0] != other[0] and DONE.search(case.line[one.end() : other.start()])
    ]
    return _exchanged(case.line, dice.choice(pairs)) if pairs else None


def _exchanged(line: str, pair: tuple[re.Match[str], re.Match[str]]) -> str:
    one, other = pair
    between = line[one.end() : other.start()]
    return f"{line[: one.start()]}{other[0]}{between}{one[0]}{line[other.end() :]}"


KINDS: dict[str, Spoil] = {
    "number invented": invented_number,
    "number swapped": swapped_number,
    "quotation altered": altered_quotation,
    "name invented": invented_name,
    "name swapped": swapped_name,
    "negation put in": put_in_negation,
    "negation taken out": taken_negation,
}
# What a model is held to, and an editor is not.
STRICT: dict[str, Spoil] = {
    "phrase invented": invented_phrase,
    "word invented": invented_word,
    "name in small letters": small_name,
    "scope put in": put_in_scope,
    "bound put in": put_in_bound,
    "number made vague": made_vague,
    "doubt taken out": surer,
    "direction turned": turned_direction,
    "numbers exchanged": exchanged_numbers,
    "names exchanged": exchanged_names,
}


def report(rows: Sequence[tuple[Article, str]]) -> dict[str, Any]:
    """Plant every kind into each line where it can be, in human summaries and in articles' own sentences."""
    human: list[Case] = []
    own: list[Case] = []
    for article, reference in rows:
        ready = held(article)
        human += (Case(article, ready, reference[a:b]) for a, b in text.sentences(reference))
        own += (Case(article, ready, sentence.text) for sentence in article.sentences[1:])
    return {"human summaries": _tried(human), "sentences of the articles": _tried(own)}


def _tried(cases: Sequence[Case]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    before = [unsupported(case.line, case.ready) for case in cases]
    for kind, spoil in KINDS.items():
        dice = random.Random(kind)
        count: Counter[str] = Counter()
        for case, known in zip(cases, before, strict=True):
            spoilt = spoil(case, dice)
            if spoilt is None or spoilt == case.line:
                continue
            news = _new(unsupported(spoilt, case.ready), known)
            count["planted"] += 1
            count["errors"] += any(item.fatal for item in news)
            count["found"] += bool(news)
        made[kind] = {key: count[key] for key in ("planted", "errors", "found")}
    alarms: Counter[str] = Counter()
    for known in before:
        alarms["planted"] += 1
        alarms["errors"] += any(item.fatal for item in known)
        alarms["found"] += bool(known)
        alarms.update({item.kind for item in known})
    return {"errors": made, "untouched": dict(alarms)}


def _new(found: Iterable[Unsupported], known: Iterable[Unsupported]) -> list[Unsupported]:
    """Leave out what the line as it was raised too."""
    old = Counter((item.kind, item.text if item.kind != "support" else "") for item in known)
    news = []
    for item in found:
        key = (item.kind, item.text if item.kind != "support" else "")
        if old[key]:
            old[key] -= 1
        else:
            news.append(item)
    return news


def show(made: dict[str, Any]) -> None:
    """Print what `report` made."""
    for source, tried in made.items():
        print(f"{source:30}{'lines':>8}{'as an error':>14}{'or flagged':>13}")
        for kind, row in (*tried["errors"].items(), ("untouched", tried["untouched"])):
            shares = [100 * row[key] / row["planted"] if row["planted"] else 0 for key in ("errors", "found")]
            print(f"{kind:30}{row['planted']:8}{shares[0]:13.1f}%{shares[1]:12.1f}%")
        kinds = {k: n for k, n in tried["untouched"].items() if k not in ("planted", "errors", "found")}
        print(
            "untouched, by kind: "
            + (", ".join(f"{k} {n}" for k, n in sorted(kinds.items())) or "none")
            + "\n"
        )
