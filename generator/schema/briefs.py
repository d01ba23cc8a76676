"""The digests that hold a brief file together: of a field, of a sentence, of a text.

A field's digest is taken over its plain values as they stand in YAML, so that quoting, comments and the
order of keys change nothing, and a word does.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from generator.model import Brief, Sentence
from generator.schema.documents import FORBIDDEN

ENDING = ".brief.yaml"
# Fields of a brief that an editor may write, in the order of the file.
TOLD_OF = ("byline", "coverage", "machine", "proof")  # of a brief, by the program alone
FIELDS = tuple(field.name for field in fields(Brief) if field.name not in TOLD_OF)


def plain(written: str) -> str:
    """Give a text as a brief file holds it: one line, no sign that YAML or a feed cannot hold."""
    return unicodedata.normalize("NFC", " ".join(FORBIDDEN.sub("", written).split()))


def field_digest(value: Any) -> str:
    """Eight hex digits of a field's value; of every empty one the same."""
    told = json.dumps(_bare(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(told.encode(), digest_size=4).hexdigest()


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: bare for key, item in value.items() if (bare := _bare(item)) is not None} or None
    if isinstance(value, list):
        return [_bare(item) for item in value] or None
    return (plain(value) or None) if isinstance(value, str) else value


def sentence_digest(text: str) -> str:
    """Eight hex digits of a sentence's text: they find it again after an insertion."""
    return blake2b(plain(text).encode(), digest_size=4).hexdigest()


def text_digest(sentences: Iterable[Sentence]) -> str:
    """Sixteen hex digits of an article's title and words, however they are parted into sentences."""
    told = plain(" ".join(sentence.text for sentence in sentences))
    return blake2b(told.encode(), digest_size=8).hexdigest()


def is_edited(data: Mapping[str, Any], name: str) -> bool:
    """Whether a brief file holds a field otherwise than the machine wrote it."""
    machine = data.get("machine")
    written = machine.get(name) if isinstance(machine, Mapping) else None
    return name in data and written != field_digest(data[name])
