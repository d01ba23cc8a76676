"""The codes of all faults that the program can tell, read from its source.

Whatever is called with a parameter `code` gives a fault its code: `Problem` itself, the exceptions and the small
functions that lead to it. Each such call must name its code in plain sight, or hand on one that it was given.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOM = Path(__file__).parent.parent / "generator"
HANDED_ON = "code"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Codes:
    """Codes by where they stand (`schema/documents.py:92`); a `*` in one is what the program fills in."""

    places: dict[str, list[str]] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)


@functools.cache
def codes() -> Codes:
    found = Codes()
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOM.rglob("*.py"))}
    shared = {name: at for tree in trees.values() for name, at in makers(tree).items() if name[0] != "_"}
    for path, tree in trees.items():
        known = shared | makers(tree)
        for node in [*given(tree, known), *unpacked(tree)]:
            place = f"{path.relative_to(ROOM).as_posix()}:{node.lineno}"
            for said in spelled(node):
                if said is None:
                    found.unseen.append(f"{place}: {ast.unparse(node)}")
                elif said != HANDED_ON:
                    found.places.setdefault(said, []).append(place)
    return found


def makers(tree: ast.Module) -> dict[str, int]:
    """What takes a code, by its name, and as the how manieth argument."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            fields = [it.target.id for it in node.body if isinstance(it, ast.AnnAssign)]
            if HANDED_ON in fields:
                found[node.name] = fields.index(HANDED_ON)
        for inner in getattr(node, "body", ()) if isinstance(node, (ast.ClassDef, ast.Module)) else ():
            if not isinstance(inner, Function):
                continue
            names = [it.arg for it in (*inner.args.posonlyargs, *inner.args.args) if it.arg != "self"]
            if HANDED_ON in names:
                name = node.name if inner.name == "__init__" else inner.name
                found[name] = names.index(HANDED_ON)
    return found


def given(tree: ast.Module, known: dict[str, int]) -> Iterator[ast.expr]:
    """The argument that is the code, of each call that has one."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in known:
            continue
        named = [it.value for it in node.keywords if it.arg == HANDED_ON]
        if any(isinstance(it, ast.Starred) for it in node.args):  # Problem(*where, code, …)
            named = [it for it in node.args if not isinstance(it, ast.Starred)][:1]
        yield from named or node.args[known[name] : known[name] + 1]


def unpacked(tree: ast.Module) -> Iterator[ast.expr]:
    """What functions return where `code, … = function(…)` takes it."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, Function)}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=ast.Call(func=ast.Name(id=name))):
                where = [getattr(part, "id", "") for part in parts]
                if HANDED_ON in where and name in functions:
                    for it in ast.walk(functions[name]):
                        if isinstance(it, ast.Return) and isinstance(it.value, ast.Tuple):
                            yield it.value.elts[where.index(HANDED_ON)]


def spelled(node: ast.expr) -> Iterator[str | None]:
    """The codes that an expression can be; None where that cannot be seen."""
    match node:
        case ast.Constant(value=str(said)):
            yield said
        case ast.IfExp(body=one, orelse=other):
            yield from (*spelled(one), *spelled(other))
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in parts)
        case (
            ast.Name(id="code") | ast.Attribute(attr="code") | ast.Subscript(slice=ast.Constant(value="code"))
        ):
            yield HANDED_ON
        case _:
            yield None
