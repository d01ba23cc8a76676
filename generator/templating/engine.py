"""Jinja as it runs here: what each page does hundreds of times, done without asking for what never is so.

Plain Jinja would write the same. But it makes a Markup of each value that it is about to print, hands on the
variables around a call in case the function asks for them, and looks a macro's arguments over at every call.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from types import FunctionType
from typing import Any

import markupsafe
from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import do_mark_safe
from jinja2.nodes import Call
from jinja2.runtime import Context, Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape

# Of the Python that templates become: to be raised with each change of it, so that none of another is run.
EDITION = "1"

# What escapes without making a Markup: MarkupSafe has it since 3.0.
_written: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
_PLAIN = {str, int}
_marked = partial(str.__new__, Markup)


def _escaped(value: Any) -> str:
    """Give what is printed of a value."""
    kind = type(value)
    if kind is str:
        return _written(value)
    return value if kind is Markup else escape(value)


def _safe(value: Any) -> Markup:
    """Give what the filter of that name makes of a value."""
    return _marked(value) if type(value) is str else do_mark_safe(value)


def _joined(values: tuple[Any, ...]) -> str:
    """Give what `~` makes of values."""
    if {*map(type, values)} <= _PLAIN:
        return "".join(map(str, values))
    return markup_join(values)


class _Context(Context):
    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        """Call a function as it is, and a macro with what it is given, `missing` for the rest."""
        kind = type(called)
        if kind is FunctionType:
            return called(*args, **named)
        if kind is Macro and self.eval_ctx.autoescape and not _asks_more(called):
            wanting = called.arguments[len(args) :]
            if len(args) <= len(called.arguments) and (not named or named.keys() <= {*wanting}):
                rest = [named.get(name, missing) for name in wanting] if named else (missing,) * len(wanting)
                return _marked(called._func(*args, *rest))  # noqa: SLF001 -- what its __call__ comes to
        return super().call(called, *args, **named)


def _asks_more(macro: Macro) -> bool:
    return macro.caller or macro.catch_kwargs or macro.catch_varargs


class _Code(CodeGenerator):
    def write_commons(self) -> None:
        """Let values be escaped, and what a macro made be marked as safe, by the functions of Engine."""
        super().write_commons()
        self.writeline("escape = environment.escaped")
        self.writeline("Markup = environment.marked")
        self.writeline("markup_join = environment.joined")

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class Engine(Environment):
    """Jinja's environment, for templates that are given functions of ours: none asks for Jinja's context."""

    context_class = _Context
    code_generator_class = _Code
    escaped = staticmethod(_escaped)
    marked = _marked
    joined = staticmethod(_joined)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters["safe"] = _safe

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give them as the dict that each context copies; none is added to the environment's own later."""
        return {**self.globals, **(d or {})}
