"""Keys: what stands for a value follows from what it holds, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.keys import Keys, UnkeyedError


@dataclass(frozen=True, slots=True)
class Told:
    what: Any


def plain() -> st.SearchStrategy[Any]:
    leaves = st.one_of(st.text(max_size=3), st.integers(), st.booleans(), st.none(), st.dates())
    return st.recursive(
        leaves,
        lambda of: st.one_of(
            st.lists(of, max_size=3),
            st.lists(of, max_size=3).map(tuple),
            st.dictionaries(st.text(max_size=3), of, max_size=3),
            of.map(Told),
        ),
        max_leaves=12,
    )


def inside(value: Any) -> list[Any]:
    """A value, and all that it holds."""
    parts = (
        value.values()
        if isinstance(value, dict)
        else value
        if isinstance(value, (list, tuple))
        else [value.what]
        if isinstance(value, Told)
        else ()
    )
    return [value, *(one for part in parts for one in inside(part))]


@given(plain())
def test_a_key_does_not_depend_on_what_was_asked_before(value: Any):
    fresh, asked = Keys(passing={Told}), Keys()
    for one in reversed(inside(value)):
        asked.once(one)
        asked.of(one)
    assert asked.of(value) == asked.of(value) == fresh.of(value)
    assert asked.once(value) == fresh.once(value)


def in_rows(value: Any) -> Any:
    """A list and a tuple of the same are alike: a template sees no difference."""
    if isinstance(value, dict):
        return {name: in_rows(part) for name, part in value.items()}
    if isinstance(value, Told):
        return Told(in_rows(value.what))
    return tuple(map(in_rows, value)) if isinstance(value, (list, tuple)) else value


@given(plain(), plain())
@example([], ())
@example({"a": [1]}, {"a": [True]})
def test_what_differs_has_another_key(one: Any, other: Any):
    assert (Keys().of(one) == Keys().of(other)) is (repr(in_rows(one)) == repr(in_rows(other)))


def test_what_is_no_plain_data_has_none():
    with pytest.raises(UnkeyedError, match="object"):
        Keys().of({"day": date(2026, 11, 24), "what": [object()]})
