"""Marks that a text does not hold are not looked for: neither those of blocks nor those within a line.

The library tries each of its patterns on each run of text, and some of these begin in a way that no search is
quick at. None can match where all literals that it could need are absent, and most runs hold none of any. Of
blocks, a line that begins with a letter and stands alone is a paragraph, whatever else is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# One of which each needs: see `markdown.inlinepatterns` and `markdown.extensions.footnotes`.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("://",),
    "automail": ("@",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
# A sign of each literal: where none of them is, no pattern needs to be asked.
SIGNS = re.compile(
    f"[{re.escape(''.join(sorted({literal[-1] for some in NEEDED.values() for literal in some})))}]"
)
ANY = ("",)  # of one that is not named: it is always asked


class Sought(Extension):
    """Looks for what a pattern needs before the library tries it; comes after all other extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- the library's name
        md.treeprocessors.register(_Inlines(md), "inline", 20)  # in place of the library's
        md.parser.blockprocessors.register(_Plain(md.parser), "plain", 199)  # behind the toll


class _Plain(ParagraphProcessor):
    """Takes a line alone that begins with a letter: all other blocks begin otherwise, or have two lines."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 -- the library's form
        return block[:1].isalpha() and "\n" not in block


class _Inlines(InlineProcessor):
    """The library's own, but for patterns whose literals a text does not hold.

    What a pattern puts in place of what it matched holds no literal, so what is absent stays absent.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._needs: list[tuple[object, tuple[str, ...]]] = []
        self._all_known = True

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if not self._needs:
            every = self.inlinePatterns
            known = {
                self.inlinePatterns.get_index_for_name(it): it for it in NEEDED if it in self.inlinePatterns
            }
            names = [known.get(number, "") for number in range(len(self.inlinePatterns))]
            needed = [NEEDED.get(name, ANY) for name in names]
            self._needs, self._all_known = list(zip(every, needed, strict=True)), all(names)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or (self._all_known and not SIGNS.search(data)):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for number in range(patternIndex, len(self._needs)):
            pattern, needed = self._needs[number]
            matched, start = any(literal in data for literal in needed), 0
            while matched:
                data, matched, start = apply(pattern, data, number, start)
        return data
