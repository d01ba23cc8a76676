"""What a site's own templates say in vain: files that no page reads, blocks that nothing above them has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.meta import find_referenced_templates

ENDING = ".html"
OUTSIDE = "<outside>"
THEME = "theme/"  # what stands before the name of a theme's template that another hides


@dataclass(frozen=True, slots=True)
class Unreached:
    """A template or a block of it (its line) that is never shown, and the name that was perhaps meant."""

    template: str
    line: int
    block: str  # empty for the whole template, OUTSIDE for what stands in no block
    meant: str


def unreached(own: Mapping[str, nodes.Template], theme: Mapping[str, nodes.Template]) -> Iterator[Unreached]:
    """Find them among the site's `own` templates; `theme` holds the theme's by name, without a prefix.

    Where one of its own names a template by an expression, any of them may be read. Of a template that
    extends one named so nothing is known.
    """
    read = {name for made in (*own.values(), *theme.values()) for name in find_referenced_templates(made)}
    free = any(name is None for made in own.values() for name in find_referenced_templates(made))
    for name, made in own.items():
        if name not in theme and name not in read and not free:
            yield Unreached(name, 1, "", near(name, theme))
        known = _blocks_above(name, made, own, theme)
        if known is not None:
            yield from _in_vain(name, made, known)


def _in_vain(name: str, made: nodes.Template, known: set[str]) -> Iterator[Unreached]:
    """Find blocks that are not known above, and words outside of any block."""
    for node in made.body:
        if isinstance(node, nodes.Block) and node.name not in known:
            yield Unreached(name, node.lineno, node.name, near(node.name, known))
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    yield Unreached(name, part.lineno, OUTSIDE, "")
                elif part.data.strip():
                    before = part.data[: len(part.data) - len(part.data.lstrip())]
                    yield Unreached(name, part.lineno + before.count("\n"), OUTSIDE, "")


def _blocks_above(
    name: str, made: nodes.Template, own: Mapping[str, nodes.Template], theme: Mapping[str, nodes.Template]
) -> set[str] | None:
    """Give the blocks of all that a template extends; None if it extends nothing, or what cannot be known."""
    found: set[str] = set()
    seen = {name}
    parent = _extended(made)
    if parent is None:
        return None
    while parent is not None:
        above = own.get(parent) or theme.get(parent.removeprefix(THEME))
        if above is None or parent in seen:
            return None
        seen.add(parent)
        found.update(block.name for block in above.find_all(nodes.Block))
        parent = _extended(above)
    return found


def _extended(made: nodes.Template) -> str | None:
    """Give the name of the template that one extends; empty if an expression names it."""
    for extends in made.find_all(nodes.Extends):
        name = extends.template
        return name.value if isinstance(name, nodes.Const) and isinstance(name.value, str) else ""
    return None


def near(name: str, known: Iterable[str]) -> str:
    """Give the known name that was perhaps meant; their endings, which all share, do not count."""
    stems = {other.removesuffix(ENDING): other for other in sorted(known)}
    found = difflib.get_close_matches(name.removesuffix(ENDING), stems, n=1, cutoff=0.6)
    return stems[found[0]] if found else ""
