"""How deep HTML is nested, and what it would become: asked before it is cleaned."""

from __future__ import annotations

import re
from collections import Counter

from generator.content.bounds import TooMuchError
from generator.content.effort import A_MILLION
from generator.model import Limits

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
# Whose end may be left out, or that have none: they nest no deeper than what they stand in.
LIGHT = frozenset(
    (
        "area base br col colgroup dd dt embed hr img input li link meta option p param rp rt source "
        "tbody td tfoot th thead tr track wbr"
    ).split()
)
# What stays open in the next paragraph, which begins with a copy of it.
# https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements
STICKY = frozenset("a b big code em font i nobr s small strike strong tt u".split())
COPIES = A_MILLION // 4


def check(made: str, limits: Limits) -> None:
    """Raise TooMuchError where HTML is nested deeper than may be, or open tags would be copied too often."""
    opened: Counter[str] = Counter()
    depth = sticky = copies = 0
    for found in TAG.finditer(made):
        name = found[2].lower()
        if name not in LIGHT:
            step = -min(1, opened[name]) if found[1] else 1
            opened[name] += step
            depth += step
            sticky += step if name in STICKY else 0
        if not found[1]:
            copies += sticky
        if depth > limits.nesting:
            message = f"this is nested more than {limits.nesting} deep"
            hint = "close the tags, take out nesting, or raise limits.nesting in config.yaml"
            raise TooMuchError("too-deep", message, hint, found[0], made.count(found[0], 0, found.start()))
        if copies > COPIES:
            message = "tags that are not closed go on through too much of this text"
            raise TooMuchError("too-dense", message, f"close them: there is a <{name}> too much", found[0])
