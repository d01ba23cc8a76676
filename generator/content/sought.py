"""Marks that a text does not hold are not looked for by the patterns for what stands in a line.

The library tries each of its patterns on each run of text, and some of these begin in a way that no search is
quick at. None can match where a literal that it needs is absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

# What each needs: see `markdown.inlinepatterns` and `markdown.extensions.footnotes`.
NEEDED: Mapping[str, str] = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "://",
    "automail": "@",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}


class Sought(Extension):
    """Puts the look for a literal before the search of a pattern that needs it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- the library's name
        for name, literal in NEEDED.items():
            if name in md.inlinePatterns:
                pattern: Any = md.inlinePatterns[name]
                pattern.compiled_re = _Pattern(pattern.compiled_re, literal)


class _Pattern:
    """A compiled pattern, as far as the library asks it."""

    def __init__(self, compiled: re.Pattern[str], literal: str) -> None:
        self._compiled, self._literal = compiled, literal

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self._compiled.finditer(text, start) if self._literal in text else iter(())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)
