"""What a line leaves out (English): a number's upper bound, a condition, a would, who would not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.summarise.verify.english import EMPTY
from generator.summarise.verify.numbers import numbers
from generator.summarise.verify.support import stem, stems

MONTH = re.compile(r"(?<!^)\bMay\b")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# Just before a number: it is the most, or the least, that there may be.
MOST = re.compile(
    r"\b(?:(?<!\bwent )(?<!\bgone )(?<!\bgoing )(?<!\bgoes )(?<!\bgo )up to"  # no price that went there
    r"|at most|as (?:much|many) as|no more than|less than|fewer than|a maximum of)\s[$€£]?$"
)
KEPT = re.compile(
    r"\b(?:up to|at most|as (?:much|many|few|little) as|more than|less|fewer|under|below|within|maximum|most"
    r"|limit\w*|ceiling|cap(?:s|ped)?|top|almost|nearly|only|reach\w*)\b"
)
FIRST = re.compile(
    r"\W*(?P<word>if|unless|without|provided|should)\s[^,]{3,120},\s(?P<main>.+)", re.IGNORECASE | re.DOTALL
)
LAST = re.compile(
    r"(?P<main>.{12,}?)(?<!\beven)(?<!\bas)(?<!\bknow)(?<!\basked)(?<!\bsee)(?<!\bwonder)"
    r"[\s,]\s?(?P<word>if|unless)\s(?!any\b|not\b)[^,]{6,}$",
    re.IGNORECASE | re.DOTALL,
)
DEPENDS = re.compile(
    r"\b(?:if|unless|without|provided|should|depend\w*|subject to|conditional\w*|once|when|until|unclear"
    r"|would|could|may|might|condition\w*|requires?|needs?|pending|whether|risk\w*|threat\w*|warn\w*)\b"
)
PROMISE = re.compile(r"\b(?:will|would|can|cannot|could|must|may|might|shall|faces?|risks?)\b|'ll\b")
UNSAID = re.compile(
    r"\b(?:declin|refus|unable|unclear"
    r"|not (?:say|said|know|known|clear|reveal|disclose|explain|confirm)|unknown|ask)\w*\b"
    r"(?:\s(?:to\s)?\w+){0,2}?\s(?P<ask>who|whom|what|which|whether|why|how|when|where|if)\s(?P<rest>[^.;:]+)"
)
UNTOLD = re.compile(
    r"\b(?:who|whom|what|which|whether|why|how|declin\w*|refus\w*|unclear|unknown|question\w*|ask\w*|n't|not|no"
    r"|silent|comment)\b"
)
MODAL = frozenset("would could might may".split())
UNSURE = MODAL | frozenset("will shall should can cannot must to not 'll if unless wouldn't couldn't".split())
SAYING = frozenset(
    "said says told according believe believes expects hopes wants proposed plans likely".split()
)
REACH = 3  # words before a verb among which its modal stands
PAST = {
    "rose": "rise", "fell": "fall", "lost": "lose", "won": "win", "gave": "give", "took": "take",
    "paid": "pay", "sold": "sell", "bought": "buy", "left": "leave", "made": "make", "built": "build",
    "went": "go",     "began": "begin", "grew": "grow", "came": "come", "sent": "send", "met": "meet",
    "led": "lead",
    "brought": "bring", "broke": "break", "ran": "run", "kept": "keep", "spent": "spend", "drove": "drive",
}  # fmt: skip
HALF = 0.5
FEWEST = 2  # words of sense


def loosened(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find what all the sentences that say what a line says have, and the line has not."""
    yield from _unbounded(line, " ".join(sentences))
    yield from _unconditioned(line, sentences)
    yield from _promised(line, sentences)
    yield from _unsaid(line, sentences)


def _unbounded(line: str, there: str) -> Iterator[str]:
    if KEPT.search(line.casefold()):
        return
    small = there.casefold()
    held = numbers(there, "en")
    for number in numbers(line, "en"):
        same = [other for other in held if other.readings & number.readings]
        bounds = [MOST.search(small[max(0, other.start - 30) : other.start]) for other in same]
        if same and (bound := bounds[0]) and all(bounds):
            yield bound[0].strip()


def _unconditioned(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find the condition of what a line says without any."""
    if DEPENDS.search(_small(line)):
        return
    words = set(stems(line))
    for sentence in sentences:
        found = FIRST.fullmatch(sentence) or LAST.fullmatch(sentence)
        if not found or not PROMISE.search(_small(found["main"])):
            continue
        shared = words.intersection(stems(found["main"]))
        others = {word for other in sentences if other != sentence for word in stems(other)}
        if len(shared) >= max(FEWEST, HALF * len(words)) and not shared <= others:
            yield found["word"].casefold()


def _promised(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find a verb that a line tells as a fact, and the sentences only with a would, a could or a may."""
    words = _tokens(line)
    if not SAYING.isdisjoint(words):
        return
    unsure: dict[str, str] = {}
    sure: set[str] = set()
    for sentence in sentences:
        tokens = _tokens(sentence)
        for at, word in enumerate(tokens):
            before = tokens[max(0, at - REACH) : at]
            if word in EMPTY:
                continue
            modal = next((it for it in reversed(before) if it in UNSURE), "")
            if modal in MODAL and all(it in EMPTY for it in before[before.index(modal) + 1 :]):
                unsure.setdefault(_base(word), modal)
            else:
                sure.add(_base(word))
    for at, word in enumerate(words):
        key = _base(word)
        if at and key in unsure and key not in sure and UNSURE.isdisjoint(words[max(0, at - REACH) : at]):
            yield unsure[key]


def _unsaid(line: str, sentences: Sequence[str]) -> Iterator[str]:
    """Find what somebody would not say, or did not know, told as if it were so."""
    if UNTOLD.search(line.casefold()):
        return
    words = set(stems(line))
    for sentence in sentences:
        for found in UNSAID.finditer(sentence.casefold()):
            if len(words.intersection(stems(found["rest"]))) >= max(FEWEST, HALF * len(words)):
                yield f"{found['ask']}"


def _tokens(told: str) -> list[str]:
    return [found[0].replace("’", "'") for found in WORD.finditer(_small(told))]


def _small(told: str) -> str:
    """Fold case; a month is no doubt."""
    return MONTH.sub("", told).casefold()


def _base(word: str) -> str:
    return stem(PAST.get(word, word))
