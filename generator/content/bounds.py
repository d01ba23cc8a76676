"""Bounds for Python-Markdown: it pays for what it reads over again, and stops where that is too much.

Much of its work grows with the square of a text: from each open bracket it looks for the end as far as the
paragraph goes, it takes headings off a block one by one and copies the rest each time, it reads on from each
fence that nobody closes. Ten kilobytes of brackets take it a minute. Here each such step pays, before it is
done, for the signs that it is about to read: what is paid is a function of the text alone, and about 30
nanoseconds a sign, so that the same article is converted or refused on every machine.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.htmlparser import HTMLExtractor
from markdown.preprocessors import HtmlBlockPreprocessor, Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from generator.content.effort import A_MILLION, MARK, SMALL, TAKEN, inline_effort
from generator.content.sought import Sought
from generator.model import Limits

COPIED = 300  # signs are copied in the time in which one is read
MOVED = 17  # so are blocks moved up, all that are left
SPLIT = 4  # backticks and pipes are held against each other so often in that time
FENCE = re.compile(r"(~{3,}|`{3,})")
SPACES = re.compile(" {2,}")


class TooMuchError(ValueError):
    """A text that is not converted.

    The cause holds code, message, mend, words near the place, and how often they stand before it.
    """

    def __init__(self, code: str, message: str, hint: str, near: str, before: int = 0) -> None:
        super().__init__(message)
        self.code, self.hint, self.near, self.before = code, hint, near, before


class Toll:
    """What is left of an article's effort."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = 0
        self.cells = 0
        self.reset()

    def reset(self) -> None:
        self.left = self.limits.effort * A_MILLION
        self.cells = 0

    def pay(self, signs: int, near: str) -> None:
        """Pay for reading so many signs. Raises TooMuchError where the effort is used up."""
        self.left -= signs
        if self.left < 0:
            message = (
                "this takes too long to convert: marks that nothing closes, or too much without a blank line"
            )
            hint = "close brackets and tags, set blank lines, or raise limits.effort in config.yaml"
            raise TooMuchError("too-dense", message, hint, near)

    def deepen(self, depth: int, near: str) -> None:
        if depth > self.limits.nesting:
            message = f"this is nested more than {self.limits.nesting} deep"
            hint = "take out nesting, or raise limits.nesting in config.yaml"
            raise TooMuchError("too-deep", message, hint, near)

    def fill(self, cells: int, near: str) -> None:
        self.cells += cells
        if self.cells > self.limits.cells:
            message = f"the tables of this text have more than {self.limits.cells} cells"
            hint = "part the text, offer the table as a file, or raise limits.cells in config.yaml"
            raise TooMuchError("too-many-cells", message, hint, near)


class Bounded(Extension):
    """Puts a toll before each step of Python-Markdown whose time grows with the square of a text."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.toll = Toll(limits)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- the library's name
        md.registerExtension(self)
        md.preprocessors.register(_Lines(md, self.toll), "lines_paid", 26)  # before fenced_code
        md.preprocessors.register(_HtmlBlocks(md, self.toll), "html_block", 20)
        md.parser.blockprocessors.register(_Blocks(md, self.toll), "blocks_paid", 200)  # before all others
        md.parser.blockprocessors.register(_Tables(md, self.toll), "table", 75)
        md.treeprocessors.register(_Inlines(md, self.toll), "inline_paid", 21)  # before inline

    def reset(self) -> None:
        self.toll.reset()


class _Lines(Preprocessor):
    def __init__(self, md: Markdown, toll: Toll) -> None:
        super().__init__(md)
        self.toll = toll

    def run(self, lines: list[str]) -> list[str]:
        self._pay_blocks(lines)
        self._pay_fences(lines)
        return lines

    def _pay_blocks(self, lines: list[str]) -> None:
        """Pay for each block: all that are left move up when it is taken."""
        blank = [number for number, line in enumerate(lines) if not line.strip()]
        left = len(blank)
        for number in blank:
            self.toll.pay(left // MOVED, lines[min(number + 1, len(lines) - 1)])
            left -= 1

    def _pay_fences(self, lines: list[str]) -> None:
        """Pay for each fence: to the end of the text where nothing closes it, else for a copy of all."""
        bare = [line.rstrip(" ") if line.startswith(("```", "~~~")) else "" for line in lines]
        for line in filter(None, bare):  # behind a fence each run of spaces is tried in all its parts
            self.toll.pay(sum(len(run) ** 2 for run in SPACES.findall(line)), line)
        ends: dict[str, list[int]] = {}
        for number in range(len(bare) - 1, -1, -1):
            if bare[number]:
                ends.setdefault(bare[number], []).append(number)
        length = sum(map(len, lines)) + len(lines)
        number = read = 0
        while number < len(lines):
            opened = FENCE.match(bare[number])
            closing = ends.get(opened[1], []) if opened else []
            while closing and closing[-1] <= number:
                closing.pop()
            if opened:
                self.toll.pay(length // COPIED if closing else length - read, lines[number])
            upto = closing[-1] + 1 if closing else number + 1
            read += sum(len(line) + 1 for line in lines[number:upto])
            number = upto


class _HtmlBlocks(HtmlBlockPreprocessor):
    def __init__(self, md: Markdown, toll: Toll) -> None:
        super().__init__(md)
        self.toll = toll

    def run(self, lines: list[str]) -> list[str]:
        parser = _Extractor(self.md, self.toll)
        parser.feed("\n".join(lines))
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Extractor(HTMLExtractor):
    def __init__(self, md: Markdown, toll: Toll) -> None:
        self.toll = toll
        super().__init__(md)

    def parse_starttag(self, i: int) -> int:
        """Pay for a tag: as far as it goes, or to the next sign that could have ended it."""
        end = self.rawdata.find(">", i)
        self.toll.pay((end if end >= 0 else len(self.rawdata)) - i, self.rawdata[i : i + SMALL])
        return super().parse_starttag(i)

    def handle_endtag(self, tag: str) -> None:
        self.toll.pay((len(self.rawdata) + len(self.inline_stack)) // COPIED, f"</{tag}")
        super().handle_endtag(tag)

    def handle_empty_tag(self, data: str, is_block: bool) -> None:  # noqa: FBT001 -- the library's form
        if is_block:
            self.toll.pay(len(self.rawdata) // COPIED, data)
        super().handle_empty_tag(data, is_block)

    def inline_close_follows(self, text: str) -> bool:
        self.toll.pay(len(self.inline_stack) * len(self.rawdata) // TAKEN, text)
        return bool(super().inline_close_follows(text))


class _Blocks(BlockProcessor):
    """Never takes a block: it is asked first about each, as often as one is looked at."""

    def __init__(self, md: Markdown, toll: Toll) -> None:
        super().__init__(md.parser)
        self.toll = toll

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 -- the library's form
        self.toll.deepen(len(self.parser.state), block)
        self.toll.pay(len(block), block)
        return False


class _Tables(TableProcessor):
    def __init__(self, md: Markdown, toll: Toll) -> None:
        super().__init__(md.parser, {"use_align_attribute": True})
        self.toll = toll

    def run(self, parent: Element, blocks: list[str]) -> None:
        rows = blocks[0].count("\n")  # that under the headings is none
        self.toll.fill(rows * len(self.separator), blocks[0])
        super().run(parent, blocks)

    def _split(self, row: str) -> list[str]:
        ticks = row.count("`")
        self.toll.pay(ticks * (ticks + row.count("|")) // SPLIT, row)
        made: list[str] = super()._split(row)  # type: ignore[misc]  # the stubs leave it out
        return made


class _Inlines(Treeprocessor):
    def __init__(self, md: Markdown, toll: Toll) -> None:
        super().__init__(md)
        self.toll = toll

    def run(self, root: Element) -> None:
        for element in root.iter():
            for text in (element.text, element.tail):
                if text and not isinstance(text, AtomicString):
                    effort = inline_effort(text)
                    if effort > self.toll.left:
                        text = max(text.split("\n"), key=lambda line: len(MARK.findall(line)))  # noqa: PLW2901
                    self.toll.pay(effort, text)


class _Footnotes(FootnoteExtension):
    """The library's own; it numbers a note that is marked again at once, and pays for looking a note up."""

    def __init__(self, toll: Toll) -> None:
        super().__init__(BACKLINK_TITLE="")
        self.toll = toll

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002 -- as it is called
        """Number the marks of one note: fnref:1, fnref2:1, fnref3:1."""
        if not found:
            return reference
        name, mark, rest = reference.partition(self.get_separator())
        self.toll.pay(len(self.footnotes), f"[^{rest}]")
        self.found_refs[reference] = count = self.found_refs.get(reference, 0) + 1
        return reference if count == 1 else f"{name}{count}{mark}{rest}"


def extensions(limits: Limits) -> list[Any]:
    """Give the extensions of an article's Markdown, bounded."""
    bounded = Bounded(limits)
    return ["tables", "fenced_code", "def_list", "sane_lists", _Footnotes(bounded.toll), bounded, Sought()]
