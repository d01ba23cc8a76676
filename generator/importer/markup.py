"""HTML of others -> Markdown of ours: inert, and with the same words when it is read back.

Nothing that it writes has a meaning but what it puts there itself: each mark of Markdown, HTML, attribute
lists, footnotes, abbreviations and front matter that stands in a text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.importer.signs import sound

GONE = frozenset(
    (
        "script style noscript template iframe object embed applet form button input select textarea svg "
        "math canvas video audio picture img head title meta link base nav figcaption map area frame frameset"
    ).split()
)
BLOCKS = frozenset(
    (
        "p div section article main header footer aside body html figure address center details summary "
        "fieldset dl dt dd ul ol li blockquote pre table thead tbody tfoot tr td th caption "
        "h1 h2 h3 h4 h5 h6 hr"
    ).split()
)
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
EMPHASIS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
CODE = frozenset("code kbd samp tt var".split())
SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Always a mark of Markdown, or so near to one that it costs little to be sure.
SIGNS = re.compile(r"[\\`*_{}\[\]|]")
ENTITY = re.compile(r"&(?=[#\w])")
# At the start of a line: headings, lists, rules, quotes, definitions, fences.
STARTS = re.compile(r"^( *)(?:(\d{1,9})([.)])(?=\s|$)|([#+\-!])|([=:~]))", re.MULTILINE)
ROWS = frozenset("table thead tbody tfoot tr".split())
CELLS = frozenset(("td", "th"))
UNLIKE_CELLS = frozenset("table ul ol pre blockquote caption div p h1 h2 h3 h4 h5 h6".split())
BREAK = "\n"
DEEPEST = 60
NESTED = 12
LINK_SIGNS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in " <>()[]\"'`*_\\{}|^"})
Where = Callable[[str], str]


class TooDeepError(ValueError):
    """HTML that is nested deeper than any text is."""


@dataclass(slots=True)
class _Writer:
    """Collects blocks; `line` is the paragraph that is being written."""

    where: Where  # gives the address that a link keeps, or nothing
    layout: bool = False  # tables place things on a page, as in letters
    blocks: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def flush(self) -> None:
        made = paragraph("".join(self.line))
        self.line = []
        self.blocks += [made] if made else []

    def within(self) -> _Writer:
        return _Writer(self.where, self.layout)


def markdown(root: Any, where: Where, *, layout: bool = False) -> str:
    """Write what stands in an element as Markdown. Raises TooDeepError.

    `where` gives the address that a link keeps, or nothing: then its words alone stay. With `layout`
    tables are read as what stands in them.
    """
    writer = _Writer(where, layout)
    _walk(root, writer, 0)
    writer.flush()
    return "\n\n".join(writer.blocks)


def of_text(written: str) -> str:
    """Write plain text as Markdown: paragraphs at empty lines, the breaks within them as they are."""
    parts = re.split(r"\n[ \t]*\n", written.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (BREAK.join(escaped(line) for line in part.split("\n")) for part in parts)
    return "\n\n".join(made for made in map(paragraph, lines) if made)


def escaped(written: str) -> str:
    """Escape what has a meaning anywhere in a line."""
    plain = SPACE.sub(" ", sound(written))
    plain = ENTITY.sub("&amp;", plain).replace("<", "&lt;").replace(">", "&gt;")
    return SIGNS.sub(lambda found: f"\\{found[0]}", plain)


def paragraph(line: str) -> str:
    """Write a paragraph whose breaks are line ends; escape what has a meaning where a line begins."""
    lines = [part.strip(" ") for part in SPACE_RUNS.sub(" ", line).split(BREAK)]
    kept = [part for part in lines if part]
    return "  \n".join(STARTS.sub(_start, part) for part in kept)


SPACE_RUNS = re.compile(" {2,}")


def _start(found: re.Match[str]) -> str:
    spaces, number, mark, sign, other = found.groups()
    if number:
        return f"{spaces}{number}\\{mark}"
    return f"{spaces}\\{sign}" if sign else f"{spaces}&#{ord(other)};"


def _walk(element: Any, writer: _Writer, depth: int) -> None:
    if depth > DEEPEST:
        raise TooDeepError
    if element.text:
        writer.line.append(escaped(element.text))
    for child in element:
        _one(child, writer, depth + 1)
        if child.tail:
            writer.line.append(escaped(child.tail))


def _one(child: Any, writer: _Writer, depth: int) -> None:
    """Write an element; one that is a block ends the paragraph before it."""
    name = child.tag if isinstance(child.tag, str) else ""
    if not name or name in GONE or _is_hidden(child):
        return
    if name == "br":
        _break(writer)
    elif name == "wbr":
        pass
    elif name not in BLOCKS:
        _inline(name, child, writer, depth)
    else:
        writer.flush()
        _block(name, child, writer, depth)
        writer.flush()


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _break(writer: _Writer) -> None:
    """Break the line; two breaks end the paragraph."""
    if writer.line and writer.line[-1] == BREAK:
        writer.flush()
    elif any(part.strip() for part in writer.line):
        writer.line.append(BREAK)


def _inline(name: str, child: Any, writer: _Writer, depth: int) -> None:
    if any(isinstance(inner.tag, str) and inner.tag in BLOCKS for inner in child.iterdescendants()):
        _walk(child, writer, depth)  # a link or an emphasis around blocks: their words matter
        return
    inner = writer.within()
    if name in CODE:
        words = SPACE.sub(" ", sound("".join(child.itertext()))).strip()
        writer.line.append(_code(words))
        return
    _walk(child, inner, depth)
    words = "".join(inner.line)
    if inner.blocks:  # two breaks within: it is no single piece
        inner.flush()
        for block in inner.blocks:
            writer.flush()
            writer.blocks.append(block)
        return
    bare = words.strip(f" {BREAK}")
    if not bare:
        writer.line.append(words)
        return
    before, after = words[: words.index(bare)], words[words.index(bare) + len(bare) :]
    writer.line += [before, _marked(name, child, bare, writer), after]


def _marked(name: str, child: Any, words: str, writer: _Writer) -> str:
    if name == "a":
        address = writer.where(child.get("href") or "")
        return f"[{words}]({address.translate(LINK_SIGNS)})" if address and BREAK not in words else words
    mark = EMPHASIS.get(name, "")
    inside = any(isinstance(up.tag, str) and up.tag in EMPHASIS for up in child.iterancestors())
    plain = mark and not inside and BREAK not in words and "*" not in words
    return f"{mark}{words}{mark}" if plain else words


def _code(words: str) -> str:
    if not words:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", words)), default=0)
    if not longest and not words.startswith("\\"):
        return f"`{words}`"
    return escaped(words)  # marks around marks: the words matter more than their look


def _block(name: str, child: Any, writer: _Writer, depth: int) -> None:
    if name in HEADINGS:
        inner = writer.within()
        _walk(child, inner, depth)
        inner.flush()
        words = " ".join(" ".join(inner.blocks).split())
        if words:
            writer.blocks.append(f"{'#' * max(2, int(name[1]))} {words}")
    elif name == "pre":
        _pre(child, writer, depth)
    elif name in ("ul", "ol"):
        _list(name, child, writer, depth)
    elif name == "blockquote":
        inner = writer.within()
        _walk(child, inner, depth)
        inner.flush()
        if inner.blocks:
            lines = "\n\n".join(inner.blocks).split("\n")
            writer.blocks.append("\n".join(f"> {line}" if line else ">" for line in lines))
    elif name == "table" and not writer.layout and (rows := _rows(child, writer, depth)):
        writer.blocks.append("\n".join(rows))
    elif name != "hr":
        _walk(child, writer, depth)


def _pre(child: Any, writer: _Writer, depth: int) -> None:
    """Write what is set in lines as it is: as code where nothing is around it, else as lines."""
    lines = sound("".join(child.itertext())).replace("\t", "    ").splitlines()
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    alone = depth and not any(up.tag in ("li", "blockquote", "td", "th") for up in child.iterancestors())
    if lines and alone and not any("~~~" in line or line.rstrip() in ("---", "...") for line in lines):
        writer.blocks.append("\n".join(["~~~", *(line.rstrip() for line in lines), "~~~"]))
    elif lines:
        writer.blocks.append(paragraph(BREAK.join(escaped(line) for line in lines)))


def _list(name: str, child: Any, writer: _Writer, depth: int) -> None:
    items: list[str] = []
    if child.text and child.text.strip():
        writer.line.append(escaped(child.text))
        writer.flush()
    level = sum(up.tag in ("ul", "ol") for up in child.iterancestors())
    for item in child:
        inner = writer.within()
        _walk(item, inner, depth) if item.tag == "li" else _one(item, inner, depth)
        inner.line.append(escaped(item.tail or ""))
        inner.flush()
        if not inner.blocks:
            continue
        if level > NESTED:
            writer.blocks += inner.blocks
            continue
        mark = "-" if name == "ul" else f"{len(items) + 1}."
        lines = "\n\n".join(inner.blocks).split("\n")
        rest = [f"    {line}" if line else "" for line in lines[1:]]
        items.append("\n".join([f"{mark:<4}{lines[0]}", *rest]))
    if items:
        loose = any("\n\n" in item for item in items)
        writer.blocks.append(("\n\n" if loose else "\n").join(items))


def _rows(table: Any, writer: _Writer, depth: int) -> list[str]:
    """Write a table's rows, the first as its head; nothing for one that is no plain table of text."""
    rows: list[list[str]] = []
    inside = list(table.iterdescendants())
    if any(inner.tag in UNLIKE_CELLS for inner in inside) or any(map(_is_stray, (table, *inside))):
        return []
    if any(inner.tag in CELLS and inner.getparent().tag != "tr" for inner in inside):
        return []
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row:
            if cell.tag not in CELLS:
                continue
            inner = writer.within()
            _walk(cell, inner, depth)
            inner.flush()
            cells.append(" ".join(" ".join(inner.blocks).split()))
        rows += [cells] if any(cells) else []
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or width < 2:  # noqa: PLR2004 -- a head and a row, two columns: less is no table
        return []
    return [_row(rows[0], width), f"|{'---|' * width}", *(_row(row, width) for row in rows[1:])]


def _is_stray(element: Any) -> bool:
    """Tell words of a table that stand in none of its cells."""
    outside = element.text if element.tag in ROWS else ""
    after = element.tail if element.getparent() is not None and element.getparent().tag in ROWS else ""
    return bool(f"{outside or ''}{after or ''}".strip())


def _row(cells: list[str], width: int) -> str:
    return f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"


def texts(root: Any) -> Iterator[str]:
    """Give the words of a tree."""
    return (words for words in root.itertext() if words.strip())
