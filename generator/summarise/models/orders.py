"""Sentences of an article that speak to a program: no model is sent them, no line may rest on them."""

from __future__ import annotations

import functools
import re
import unicodedata

from generator import text
from generator.model import Article, Sentence
from generator.summarise.verify.vocabulary import LANGUAGES, vocabulary

LONGEST = 600  # characters that are looked at: an order that is hidden behind more is still held to the proof
STRAIGHT = str.maketrans({**dict.fromkeys("’‘ʼ´`′＇", "'"), "\u00a0": " "})
# Letters of other alphabets that look like Latin ones.
ALIKE = str.maketrans(
    "авеіјкмнорсѕтухԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιАВЕІКМНОРСТХ", "abeijkmhopcstyxdqwABEZHIKMNOPTYXoaiABEIKMHOPCTX"
)
LATIN = re.compile(r"[a-z]", re.IGNORECASE)
WORD = re.compile(r"\w+")
# Letters of an alphabet, one by one: "I g n o r e", "i-g-n-o-r-e".
LETTER = r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]"
SPELT = re.compile(rf"(?<![^\W_]){LETTER}(?P<gap>\W{{1,3}}|_){LETTER}(?:(?P=gap){LETTER})+(?![^\W_])")
# Six are more than stand so in the news, where groups A, B, C, D, E and F play: whose words end nobody knows.
SPELT_OUT = re.compile(rf"(?<![^\W_]){LETTER}(?:(?:[^\w,;/]{{1,3}}|_){LETTER}){{5,}}(?![^\W_])")
ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
GAP = re.compile(r"[\W_]+")
QUOTED = re.compile(r"[“„«][^“”„«»]*[”“»]|(?<![\w\"])\"[^\"]+\"|(?<![\w'])'[^']{2,}?'(?!\w)")
# Please, then, first: what may stand before an imperative.
IMPERATIVE = re.compile(
    r"\W*(?:(?:please|now|also|then|finally|instead|first|next|always|never|and|but|so|kindly|just|simply"
    r"|do not|don't|bitte)\b[\s,:]*)*"
    r"(?P<verb>\w+)(?P<next>.{0,30})",
    re.IGNORECASE,
)
# What may stand behind one, and not behind a noun: "Report cards show" orders nothing.
OBJECT = re.compile(
    r"\W*[:,\d“\"…]|\s?$|\s(?:[A-Z]|(?:the|an?|this|that|these|those|all|any|every|each|no|nothing|none|one|two"
    r"|three|my|our|his|her|their|its|it|them|him|me|us|how|what|who|whom|whether|if|only|as|for|with|by|to|on|in|of|up|out|down|off|over|at|from|not|never|so|back|away|aside|again|instead"
    r"|anything|everything|everyone|everybody|readers?|people|\w+ly)\b)"
)
# What has an imperative's form before a name that acts: "Judge Mira Stone sentenced", "Post Office staff".
TITLED = re.compile(
    r"\W*(?:(?:Judge|Mark)(?=\s[A-Z])|Cook(?=\sCounty)|Post(?=\sOffice)"
    r"|State(?=\s(?:Senator|Representative|Department|Police|Treasur)))"
    r"(?:\s[A-Z][\w’'.-]*){1,4}(?:,\s[^,]{2,60},)?\s(?:\w+ly\s|also\s|has\s|had\s|\w{3,}\s){0,1}"
    r"(?:\w+ed|is|are|was|were|has|had|will|would|says?|said|told|gave|took|made|found|set|put|held|let|sent|struck"
    r"|threw|wrote|won|lost|led)\b"
)
# “Say that again,” she told him: what somebody tells somebody is no order to who reads of it.
SPOKEN = re.compile(r"""\W*?["“„«'].*[,.!?]["”“»']\s[^\W\d]""")


def is_order(sentence: Sentence) -> bool:
    """Tell a sentence that gives a program orders; the title is never one that may be left out."""
    return sentence.kind != "title" and commands(sentence.text)


def commands(said: str) -> bool:
    """Tell words that order what a summary says, by their form, in any of the known languages."""
    seen = visible(said)[:LONGEST]
    opening, within = _patterns()
    if _is_spelt_out(said) or any(pattern.search(seen) for pattern in within):
        return True
    return not SPOKEN.match(seen) and any(pattern.match(seen) for pattern in opening)


def addresses(said: str, lang: str) -> str:
    """Give the words by which a sentence speaks to its reader, outside of quotation marks, or nothing."""
    words = vocabulary(lang)
    seen = QUOTED.sub(" … ", visible(said)).strip()
    if found := text.any_of(words.address).search(seen):
        return found[0].strip()
    opening = IMPERATIVE.match(seen)
    if opening is None or opening["verb"].casefold() not in words.imperatives:
        return ""
    if TITLED.match(seen):
        return ""
    return opening["verb"] if not lang.startswith("en") or OBJECT.match(opening["next"]) else ""


def keeps(line: str, address: str, lang: str) -> bool:
    """Tell whether a line speaks to its reader as its sentence does."""
    return (
        bool(addresses(line, lang))
        or re.search(rf"(?<!\w){re.escape(address)}(?!\w)", visible(line), re.IGNORECASE) is not None
    )


def orders(article: Article) -> tuple[str, ...]:
    """Give the ids of such sentences, and of what comes after them in their paragraph: it is what they order.

    After one that ends in a colon the next paragraph is too.
    """
    found: list[str] = []
    blocks: set[int] = set()
    opened = False
    for sentence in article.sentences:
        if sentence.block not in blocks and opened:
            blocks.add(sentence.block)
        if sentence.block in blocks or is_order(sentence):
            opened = is_order(sentence) and sentence.text.rstrip().endswith(":")
            blocks.add(sentence.block)
            found.append(sentence.id)
        else:
            opened = False
    return tuple(found)


def visible(said: str) -> str:
    """Give a text as a reader takes it: no signs without a form, one form for each letter, plain blanks.

    Letters that stand one by one are put together.
    """
    told = SPELT.sub(lambda found: GAP.sub("", found[0]), _shown(said))
    return WORD.sub(_latin, told) if not told.isascii() else told


def _shown(said: str) -> str:
    shown = "".join(
        s
        for s in unicodedata.normalize("NFKC", said)
        if unicodedata.category(s) not in ("Cf", "Cc", "Mn") or s in "\n\t"
    )
    return " ".join(unicodedata.normalize("NFC", shown).translate(STRAIGHT).split())


def _is_spelt_out(said: str) -> bool:
    """Tell words that are spelt letter by letter, at length and not as a list: what they say is hidden."""
    runs = (found[0] for found in SPELT_OUT.finditer(_shown(said)[:LONGEST]))
    return any(not (run.isupper() and ABBREVIATION.fullmatch(run)) for run in runs)


def _latin(word: re.Match[str]) -> str:
    """Give a word that mixes alphabets in one."""
    folded = word[0].translate(ALIKE)
    return folded if LATIN.search(word[0]) and folded != word[0] else word[0]


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """Give the patterns that hold for a sentence's beginning, and those for any part of it."""
    told = [
        pattern
        for tag in LANGUAGES  # an article in one may give its orders in another
        for pattern in vocabulary(tag).orders
    ]
    opening = tuple(it for it in told if it.startswith("^"))
    return (text.any_of(opening),), tuple(text.any_of((it,)) for it in told if it not in opening)
