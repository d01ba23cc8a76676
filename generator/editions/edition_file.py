"""The text of content/editions/DATE.yaml: made for an edition, or made longer by what it does not list."""

from __future__ import annotations

import re
import unicodedata

from generator.editions.issues import entries_of
from generator.model import Edition, Instalment
from generator.problems import InvalidSource, Problem
from generator.schema.documents import NULLS, Plain, parse, resolved
from generator.schema.sequences import appended

FOLDER = "editions/"
ENDING = ".yaml"
KEY = "stories"
HEAD = """\
# {title}. The stories listed here stand first on its front, in this order;
# all others follow by their weight. Change the order as you like; what is written here is kept.
# title: A headline for the whole edition
# note: A word to the reader, a paragraph or two.
"""
REMARK = 100  # characters of a headline
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")  # what YAML cannot hold, or show


def file_path(edition: Edition) -> str:
    """Give where an edition's file stands, under content/."""
    return f"{FOLDER}{edition.start.isoformat()}{ENDING}"


def unlisted(edition: Edition, listed: tuple[str, ...]) -> list[Instalment]:
    """Stories of the front that no listed article belongs to, in their order."""
    known = set(listed)
    return [story for story in edition.stories if not known & {entry.id for entry in entries_of([story])}]


def written(edition: Edition) -> str:
    """Write an edition's file anew."""
    return appended(HEAD.format(title=edition.title), parse("", ""), KEY, _items(unlisted(edition, ())))


def extended(old: str, path: str, edition: Edition, listed: tuple[str, ...]) -> str:
    """Put what a sound file does not list below what it lists; all that stands in it stays byte for byte.

    `listed` are the ids that it lists; `path` is how messages name it. Raises InvalidSource where the file
    is of a form that a list cannot be made longer in.
    """
    fresh = unlisted(edition, listed)
    if not fresh:
        return old
    before = parse(old, path)
    new = appended(old, before, KEY, _items(fresh))
    after = parse(new, path)
    data = before.value or {}
    wanted = {**data, KEY: [*(data.get(KEY) or []), *(story.id for story in fresh)]}
    if after.problems or _bare(after.value) != _bare(wanted):
        message = "this file is not of a form in which the list of stories can be made longer"
        raise InvalidSource([Problem(path, 1, 1, "edition-form", message, "put each story on a line")])
    return new


def _bare(data: dict[str, object]) -> dict[str, object]:
    """Leave out the line end that a block at the end of a file gets."""
    return {key: value.rstrip() if isinstance(value, str) else value for key, value in data.items()}


def _items(stories: list[Instalment]) -> list[tuple[str, str]]:
    return [(_scalar(story.id), _remark(story.lead.headline)) for story in stories]


def _scalar(name: str) -> str:
    """Write an id so that any reader of YAML takes it for text."""
    plain = name not in NULLS and isinstance(resolved(Plain(name)), str)
    return name if plain else f'"{name}"'


def _remark(headline: str) -> str:
    plain = unicodedata.normalize("NFC", UNSEEN.sub("", " ".join(headline.split())))
    return plain if len(plain) <= REMARK else f"{plain[: REMARK - 1].rstrip()}…"
