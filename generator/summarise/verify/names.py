"""Names: which words of a line are names, and which names an article holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby, pairwise

from generator.summarise.verify.english import ACTING, ENDINGS, NATIONAL, OPENERS, SAME

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
SMALL = frozenset("of the and for de la du des del van von der den al bin y e".split())
PARTING = frozenset("and the for y e".split())
REMEMBERED = 20_000  # words of one language that come again and again
LONGEST_RUN = 8  # words
MOSTLY = 0.7  # of a line's words in capitals: a headline, whose capitals tell nothing
FEWEST = 5  # words of a headline
SPOKEN = 3  # letters of an acronym whose whole name may stand for it: two are too often words
SHORTEST = 4  # letters that a country and its people share
OTHERS = {word: row for row in SAME for word in row}


@dataclass(frozen=True, slots=True)
class Names:
    """The words of an article, folded, and how its capitals stand together."""

    words: frozenset[str]
    proper: frozenset[str]  # never without a capital, and with one within a sentence
    capitals: frozenset[str]  # written with a capital somewhere
    acronyms: frozenset[str]  # in capitals, without dots
    initials: frozenset[str]  # of names of several words, in capitals
    together: frozenset[tuple[str, str]]  # words of one name, in order
    forenames: frozenset[str]  # never at the end of a name


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    opens: bool  # a capital is due here whatever the word

    @property
    def capital(self) -> bool:
        return not self.text.islower() and any(sign.isupper() for sign in self.text)


@lru_cache(maxsize=REMEMBERED)
def fold(word: str) -> str:
    """Give a word without case, diacritics, dots and possessive ending."""
    if not word.isascii():
        word = "".join(s for s in unicodedata.normalize("NFKD", word) if not unicodedata.combining(s))
        word = word.replace("’", "'")
    word = word.casefold().replace(".", "")
    return word.removesuffix("'s").removesuffix("'")


def names_of(told: str) -> Names:
    """Gather the names of a text, and all its words: a name in capitals may stand there in small letters."""
    words: set[str] = set()
    low: set[str] = set()
    inside: set[str] = set()
    capitals: set[str] = set()
    acronyms: set[str] = set()
    initials: set[str] = set()
    together: set[tuple[str, str]] = set()
    ends: set[str] = set()
    for run in _runs(told, words, low, inside):
        acronyms.update(word.replace(".", "") for word in run if word.isupper())
        initials.update(_initials(run[:LONGEST_RUN]))
        for name in _names(run):
            folded = [fold(word) for word in name]
            capitals.update(folded)
            capitals.update(part for word in folded if "-" in word for part in word.split("-"))
            ends.add(folded[-1])
            together.update(combinations(folded[:LONGEST_RUN], 2))
    return Names(
        frozenset(words),
        frozenset(inside - low),
        frozenset(capitals),
        frozenset(acronyms),
        frozenset(initials),
        frozenset(together),
        frozenset(capitals - ends - OPENERS - OTHERS.keys()),
    )


def _runs(told: str, words: set[str], low: set[str], inside: set[str]) -> Iterator[list[str]]:
    """Part out the runs of capitals, small connecting words within; put every word into `words`.

    What has no capital goes into `low` too, what has one within a sentence into `inside`.
    """
    run: list[str] = []
    end = 0
    for found in WORD.finditer(told):
        word, start = found[0], found.start()
        key = fold(word)
        words.add(key)
        if "-" in key:
            words.update(key.split("-"))
        small = word == word.lower()
        if small:
            low.add(key)
        elif told[start - 1 : start] == " " and (told[start - 2].islower() or told[start - 2] == ","):
            inside.add(key)
        if run and ((small and word not in SMALL) or not _goes_on(run[-1], told[end:start])):
            yield _trimmed(run)
            run = []
        if run or not small:
            run.append(word)
        end = found.end()
    if run:
        yield _trimmed(run)


def _goes_on(last: str, gap: str) -> bool:
    """Tell whether a name may go on over a gap: a space, or the stop of an initial."""
    return (gap == " " or (gap == ". " and len(last) == 1)) and not last.endswith(("'s", "’s"))


def _names(run: list[str]) -> Iterator[list[str]]:
    """Part a run at "and" and the like; "of" and "de" hold a name together."""
    for _, words in groupby(run, key=lambda word: word in PARTING):
        if name := [word for word in words if word not in SMALL]:
            yield name


def _trimmed(run: list[str]) -> list[str]:
    while run[-1] in SMALL and len(run) > 1:
        run = run[:-1]
    return run


def _initials(run: list[str]) -> Iterator[str]:
    for start, end in combinations(range(len(run) + 1), 2):
        if end - start > 1:
            part = run[start:end]
            yield "".join(word[0] for word in part).upper()
            yield "".join(word[0] for word in part if word not in SMALL).upper()


def unheld(line: str, names: Names, lang: str = "en") -> Iterator[tuple[str, int]]:
    """Find the names of one sentence that the article does not hold, with their offsets.

    Part of a longer name will do, so will an acronym of a name or a name whose acronym is held,
    a country for its people. Where every noun has a capital (German) only names of several unknown
    words can be told.
    """
    words = _words(line)
    title = _is_headline(words)
    for run in _named(words, line):
        if len(run) >= SPOKEN and "".join(word.text[0] for word in run).upper() in names.acronyms:
            continue
        missing = [word for word in run if not _is_held(word.text, names)]
        if lang.startswith("de") and (len(run) == 1 or len(missing) < len(run) or run[0].opens):
            continue
        for word in missing:
            due = title or (word.opens and (len(missing) == 1 or len(run) == 1))
            if not (_is_ordinary(word.text, lang) or (due and not _acts(word, line, lang))):
                yield word.text, word.start
        if not missing and not title:
            yield from _mixed(run, names)


def spelled(line: str) -> list[tuple[int, int]]:
    """Give where the capitals of a line stand together, as names do."""
    return [(run[0].start, run[-1].end) for run in _named(_words(line), line)]


def is_name(written: str, sentences: Iterable[str], lang: str) -> bool:
    """Tell a name from other words: each has a capital, and not only because a sentence begins.

    Scripts without capitals tell nothing. Where every noun has one (German) a name has two words or more.
    """
    words = [found[0] for found in WORD.finditer(written) if found[0] not in SMALL]
    if not words or (lang.startswith("de") and len(words) == 1 and not written.isupper()):
        return False
    if any(word.islower() for word in words):
        return False
    if lang.startswith("en") and all(fold(word) in OPENERS for word in words):
        return False
    if len(words) > 1 or written.lower() == written.upper():
        return True
    at = re.compile(rf"[\w,;)]\s[\"“'‘(]?{re.escape(written)}(?!\w)")
    return any(at.search(sentence) for sentence in sentences)


def recapitalised(line: str, names: Names) -> str:
    """Give back the capitals of words that are never without one: a name in small letters is a name."""
    made = list(line)
    for found in WORD.finditer(line):
        key = fold(found[0])
        if found[0].islower() and key in names.proper and key not in OPENERS:
            made[found.start()] = line[found.start()].upper()
    return "".join(made)


def _words(line: str) -> list[_Word]:
    made: list[_Word] = []
    end = 0
    for found in WORD.finditer(line):
        between = line[end : found.start()]
        opens = not made or bool(set(between) - set(" ,-&/%$€£\u00a0"))
        if between == ". " and len(made[-1].text) == 1 and made[-1].capital:
            opens = False
        made.append(_Word(found[0], found.start(), found.end(), opens))
        end = found.end()
    return made


def _is_headline(words: list[_Word]) -> bool:
    letters = [word for word in words if word.text[0].isalpha()]
    return len(letters) >= FEWEST and sum(w.capital for w in letters) >= MOSTLY * len(letters)


def _named(words: list[_Word], line: str) -> Iterator[list[_Word]]:
    """Part out the runs of capitals that stand side by side."""
    run: list[_Word] = []
    for word in words:
        gap = line[run[-1].end : word.start] if run else ""
        aside = gap not in (" ", ". ") or run[-1].text.endswith(("'s", "’s"))
        if run and (aside or not word.capital or word.opens):
            yield run
            run = []
        if word.capital and len(word.text) > 1:
            run.append(word)
    if run:
        yield run


def _is_held(word: str, names: Names) -> bool:
    key = fold(word)
    if key in names.words or key.replace("-", "") in names.words:
        return True
    if (
        key.upper() == word.replace(".", "").removesuffix("'s").removesuffix("’s")
        and key.upper() in names.initials
    ):
        return True
    if any(other in names.words for other in OTHERS.get(key, ())):
        return True
    if any(form in names.words for form in _forms(key)):
        return True
    parts = re.split(r"[-'’]", word)
    return len(parts) > 1 and all(len(part) < 2 or part.islower() or _is_held(part, names) for part in parts)  # noqa: PLR2004


def _forms(key: str) -> Iterator[str]:
    """Give other forms of a name: plural, people, country."""
    for ending in ("s", "es", "n", "ns", "an", "ian", "ese", "i", "ic"):
        yield key + ending
    for ending in NATIONAL:
        if key.endswith(ending) and len(key) - len(ending) >= SHORTEST:
            base = key.removesuffix(ending)
            yield from (base + end for end in ("", "a", "y", "e", "o", "ia", "land", "n", "an", "ian"))


def _is_ordinary(word: str, lang: str) -> bool:
    """Tell a word that names nobody though it has a capital: a title, a rank, a common opener."""
    key = fold(word)
    return lang.startswith("en") and (key in OPENERS or re.split("['-]", key)[0] in OPENERS)


def _acts(word: _Word, line: str, lang: str) -> bool:
    """Tell a name from another word where both have a capital: by its letters, or by a verb after it."""
    if word.text[1:] != word.text[1:].lower() or word.text.endswith(("'s", "’s")):
        return True
    key = fold(word.text)
    plural = key.endswith("s") and not key.endswith(("ss", "is", "us"))
    if not lang.startswith("en") or plural or key.endswith(ENDINGS):
        return False
    following = WORD.match(line, word.end + 1) if line[word.end : word.end + 1] == " " else None
    return following is not None and (following[0] in ACTING or following[0].endswith("ed"))


def _mixed(run: list[_Word], names: Names) -> Iterator[tuple[str, int]]:
    """Find a first name and a last name that the article gives to two."""
    for first, second in pairwise(run):
        one, two = fold(first.text), fold(second.text)
        apart = (one, two) not in names.together and one in names.forenames and two in names.capitals
        if apart and two not in OPENERS:
            yield f"{first.text} {second.text}", first.start
