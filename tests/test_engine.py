"""Jinja as it runs here writes what plain Jinja writes, and fails where and as it fails."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.templating.engine import Engine

MACROS = """\
{% macro plain(text, of="&", n=1) -%}<b>{{ text }}{{ of }}{{ n }}</b>{%- endmacro %}
{% macro nested(it) %}{{ plain(it) }}{{ plain(plain(it)) }}{{ shown }}{% endmacro %}
{% macro rest() %}{{ varargs }}{{ kwargs | dictsort }}{% endmacro %}
{% macro box(title="<") %}[{{ title }}{{ caller() }}]{% endmacro %}
{% macro row(it) %}{{ caller(it) }}{% endmacro %}
"""
BASE = "<{% block a %}{{ shown }}{% endblock %}>{% block b scoped %}{% endblock %}"
IMPORT = '{% import "macros" as m with context %}'

SOURCES = {
    "text": "{{ shown }} {{ 'a' ~ shown }} {{ shown | safe }} {{ shown | e }} {{ [shown] | join('<') }}",
    "numbers": "{{ 1 }}{{ 2.5 }}{{ none }}{{ true }}{{ number }}",
    "marked": "{{ marked }}{{ marked ~ shown }}{{ marked + shown }}{{ own }}",
    "function": "{{ twice(shown) }}{{ twice(text=shown) }}{{ twice(*[shown]) }}{{ shown.upper() }}{{ marked.lower() }}",
    "globals": "{% for n in range(3) %}{{ n }}{% endfor %}{{ dict(a=1).a }}{% set c = joiner(',') %}{{ c() }}{{ c() }}",
    "macro": IMPORT
    + "{{ m.plain(shown) }}{{ m.plain(shown, '<') }}{{ m.plain(shown, '<', 2) }}{{ m.plain() }}",
    "macro, all given": IMPORT + "{{ m.plain(shown, '<', 2) ~ '<' }}{{ m.plain(n=3, text=shown) }}",
    "macro, by name": IMPORT + "{{ m.plain(shown, n='>') }}{{ m.nested(shown) }}",
    "macro, too much": IMPORT + "{{ m.plain(1, 2, 3, 4) }}",
    "macro, unknown": IMPORT + "{{ m.plain(1, colour=2) }}",
    "macro, rest": IMPORT + "{{ m.rest() }}{{ m.rest(1, shown, a='<') }}",
    "macro, called": IMPORT
    + "{% call m.box() %}{{ shown }}{% endcall %}{% call m.box(shown) %}!{% endcall %}",
    "macro, calls": IMPORT + "{% call(it) m.row(shown) %}<i>{{ it }}</i>{% endcall %}{{ m.box(shown) }}",
    "macro, here": "{% macro a(x) %}{{ x }}<{% endmacro %}{% set y = a(shown) %}{{ y }}{{ y ~ shown }}{{ y | length }}",
    "set block": "{% set it %}<b>{{ shown }}</b>{% endset %}{{ it }}{{ it ~ shown }}",
    "filter block": "{% filter upper %}<b>{{ shown }}</b>{% endfilter %}",
    "loop": "{% for it in words %}{{ loop.index }}{{ it }}{{ twice(it) }}{{ ', ' if not loop.last }}{% endfor %}",
    "loop, set": "{% for it in words %}{% set x = it %}{{ twice(x) }}{% endfor %}{{ twice(shown) }}",
    "loop, recursive": "{% for it in tree recursive %}<{{ it.n }}{{ loop(it.of) }}>{% endfor %}",
    "blocks": '{% extends "base" %}{% block a %}{{ super() }}{{ super() ~ shown }}{% endblock %}',
    "blocks, set": '{% extends "base" %}{% block b %}{% set x = shown %}{{ twice(x) }}{{ self.a() }}{% endblock %}',
    "include": '{% for it in words %}{% include "one" %}{% endfor %}',
    "unescaped": IMPORT
    + "{% autoescape false %}{{ shown }}{{ m.plain(shown) }}{{ marked ~ shown }}{% endautoescape %}",
    "unescaped macro": "{% autoescape false %}{% macro a(x) %}{{ x }}<{% endmacro %}{% endautoescape %}{{ a(shown) }}",
    "undefined": "{{ nobody }}",
    "undefined argument": "{{ twice(nobody) }}",
    "undefined attribute": IMPORT + "{{ m.plain(shown.colour) }}",
    "undefined macro": IMPORT + "{{ m.nothing(shown) }}",
    "not callable": "{{ shown() }}",
    "wrong call": "{{ twice(1, 2, 3) }}",
}


class Own:
    """Says itself what it is in HTML."""

    def __html__(self) -> str:
        return "<own>"


def _written(environment: Environment, source: str) -> str:
    environment.loader = DictLoader({"base": BASE, "macros": MACROS, "one": "({{ it }})", "it": source})
    given = {
        "shown": "<a & 'b' \"’\">",
        "marked": Markup("<i>M</i>"),
        "own": Own(),
        "number": 1234,
        "words": ["<", ">", "x"],
        "tree": [{"n": "<", "of": [{"n": 2, "of": []}]}, {"n": 3, "of": []}],
        "twice": lambda text: text * 2,
    }
    try:
        return environment.get_template("it").render(given)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is to be the same
        line = error.__traceback__
        while line is not None and line.tb_next and "<template>" not in line.tb_frame.f_code.co_filename:
            line = line.tb_next
        return f"{type(error).__name__}: {error}, line {line.tb_lineno if line else 0}"


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_it_writes_what_jinja_writes(source: str) -> None:
    options = {"autoescape": True, "undefined": StrictUndefined}
    expected = _written(Environment(**options), source)
    assert _written(Engine(**options), source) == expected
    assert "NameError" not in expected
