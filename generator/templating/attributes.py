"""Which attributes of a value templates may ask for, found without rendering them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes
from jinja2.meta import find_referenced_templates

# By template; None where it may ask for any: it hands the value on, or names a template by an expression.
Attributes = Mapping[str, tuple[str, ...] | None]


def attributes(templates: Mapping[str, nodes.Template], value: str) -> Attributes:
    """Say for each template which attributes of `value` it may ask for, with all that it reads in turn."""
    found = {
        made: (_own(made, value), set(find_referenced_templates(made))) for made in set(templates.values())
    }
    own = {name: found[made][0] for name, made in templates.items()}
    read = {name: found[made][1] for name, made in templates.items()}
    return {name: _together(name, own, read) for name in templates}


def _together(
    name: str, own: Mapping[str, set[str] | None], read: Mapping[str, set[str | None]]
) -> tuple[str, ...] | None:
    seen: set[str] = set()
    found: set[str] = set()
    waiting: list[str | None] = [name]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        asked = own.get(one) if one else None
        if one is None or asked is None:
            return None
        seen.add(one)
        found |= asked
        waiting += read[one]
    return tuple(sorted(found))


def _own(made: nodes.Template, value: str) -> set[str] | None:
    """Find what a template asks of a value by itself; None where it does anything else with it."""
    asked = list(_asked(made, value))
    # A local variable of the same name hides the value: then nothing is known, and all is asked for.
    used = sum(1 for node in made.find_all(nodes.Name) if node.name == value)
    return set(asked) if used == len(asked) else None


def _asked(made: nodes.Template, value: str) -> Iterator[str]:
    for node in made.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == value:
            yield node.attr
    for item in made.find_all(nodes.Getitem):
        if (
            isinstance(item.node, nodes.Name)
            and item.node.name == value
            and isinstance(item.arg, nodes.Const)
        ):
            yield str(item.arg.value)
