"""Gists as they are kept, and what stands for one."""

from __future__ import annotations

import pickle
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from generator.model import Article
from generator.stories.gists import Gist
from generator.stories.measure import FRAMING

ERRORS = "surrogatepass"


def packed(gist: Gist) -> bytes:
    """Write a gist: the same for the same gist, whatever the order that its sets have here."""
    values = (getattr(gist, field.name) for field in fields(Gist))
    return pickle.dumps(tuple(sorted(it) if isinstance(it, frozenset) else it for it in values), protocol=5)


def unpacked(data: bytes) -> Gist:
    """Read what `packed` wrote."""
    values: tuple[Any, ...] = pickle.loads(data)  # noqa: S301 -- from the cache, which runs templates, too
    made: list[Any] = [frozenset(it) if isinstance(it, list) else it for it in values]
    return Gist(*made)


def grounds(gist: bytes, article: Article) -> str:
    """Digest of all that days are told from of an article: its gist, as it is packed, and its beginning."""
    made = blake2b(gist, digest_size=16)
    beginning = [sentence.text for sentence in article.sentences[:FRAMING]]
    made.update(repr(beginning).encode("utf-8", ERRORS))
    return made.hexdigest()
