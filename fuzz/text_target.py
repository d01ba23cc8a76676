"""generator/text and the numbers of verification: any text is taken apart, and nothing of it is lost."""

from __future__ import annotations

import unicodedata

from generator import text
from generator.summarise.verify import numbers

LANGUAGES = ("en", "de", "fr", "es", "ja")
LONGEST_SLUG = 255  # bytes of a name on the file systems in use
KEPT_FROM_SLUGS = frozenset('\\/?#%<>"|*: \t\n.')


def check(data: bytes) -> None:
    """Hold an input against all that `text` promises. Raises AssertionError where it breaks a promise."""
    written = data.decode("utf-8", "replace")
    _hold_slug(written)
    _hold_words(written)
    for lang in LANGUAGES:
        _hold_sentences(written, lang)
        _hold_numbers(written, lang)


def _hold_slug(written: str) -> None:
    made = text.slug(written)
    assert bool(made) == bool(written.strip()), (written, made)
    assert text.slug(made) == made, (written, made)
    assert unicodedata.is_normalized("NFC", made), made
    assert not KEPT_FROM_SLUGS.intersection(made), made
    assert len(made.encode()) <= LONGEST_SLUG, made


def _hold_words(written: str) -> None:
    at = 0
    for word in text.words(written):
        at = written.index(word, at) + len(word)
    assert text.word_count(written) >= 0
    assert text.minutes(text.word_count(written)) >= 1


def _hold_sentences(written: str, lang: str) -> None:
    last = 0
    for start, end in text.sentences(written, lang):
        assert last <= start < end <= len(written), (lang, start, end)
        assert not written[last:start].strip(), (lang, written[last:start])
        assert written[start:end] == written[start:end].strip(), (lang, written[start:end])
        last = end
    assert not written[last:].strip(), (lang, written[last:])


def _hold_numbers(written: str, lang: str) -> None:
    last = 0
    held = numbers.held_readings(written, lang)
    for number in numbers.numbers(written, lang):
        assert last <= number.start < number.end <= len(written), (lang, number)
        assert number.readings, (lang, number)
        assert number.readings <= held, (lang, number)
        last = number.end
    numbers.months(written)
